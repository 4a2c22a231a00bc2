"""The unit of work: a batch of documents in, frames out, no shared state. What one document says is the engine's business."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

import polars as pl

from pipeline.documents.frame import from_frame
from pipeline.errors import LandscapeError
from pipeline.facts.engine import Extraction, extract
from pipeline.facts.entities import MENTION_SCHEMA
from pipeline.mentions import review_rows
from pipeline.tables import FACT_TABLES, TABLES

LOG = logging.getLogger(__name__)
SPAN_SCHEMA: dict[str, pl.DataType] = {
    "doc_id": pl.String(), "kind": pl.String(), "char_start": pl.Int64(), "char_end": pl.Int64(), "surface": pl.String(), "used": pl.Boolean(),
}  # fmt: skip


def document_tables(articles: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """`documents` and `document_texts` out of a frame of articles."""
    counted = articles.with_columns(char_count=pl.col("text").str.len_chars().cast(pl.Int64))
    return {name: TABLES[name].sorted(counted) for name in ("documents", "document_texts")}


def _sentences(extraction: Extraction) -> list[dict[str, Any]]:
    view, out = extraction.view, []
    for sentence in view.sentences:
        start, end = view.folded.raw_span(sentence.start, sentence.end)
        out.append(
            {
                "doc_id": extraction.document.doc_id,
                "sentence_no": sentence.number,
                "section": sentence.sentence.section,
                "char_start": start,
                "char_end": end,
                "text": extraction.document.text[start:end],
            }
        )
    return out


def _spans(extraction: Extraction) -> list[dict[str, Any]]:
    """Every mention, quantity and time inside a sentence, and whether a fact used it."""
    view, out = extraction.view, []
    for sentence in view.sentences:
        for token in sentence.tokens:
            start, end = view.folded.raw_span(token.start, token.end)
            out.append(
                {
                    "doc_id": extraction.document.doc_id,
                    "kind": token.kind,
                    "char_start": start,
                    "char_end": end,
                    "surface": extraction.document.text[start:end],
                    "used": (token.start, token.end) in extraction.used,
                }
            )
    return out


def _unknown_names(extraction: Extraction) -> list[dict[str, Any]]:
    """Rows of review_queue for the provisional names of a document."""
    document, view = extraction.document, extraction.view
    return [dict(row) for row in review_rows(document.doc_id, document.text, view.mentions, view.folded.raw_span)]


def extract_batch(articles: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Fact tables, claims, sentences, review_queue as in the registry, plus `mentions` (MENTION_SCHEMA), `spans` (SPAN_SCHEMA) and `failures`, rows of
    `quarantine` for articles that a rule failed on.

    Frames are sorted by their keys, so batches may be concatenated and sorted again to the same result whatever the batching.
    """
    names = (*FACT_TABLES, "claims", "sentences", "review_queue", "mentions", "spans", "failures")
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in names}
    for document in from_frame(articles):
        try:
            extraction = extract(document)
        except LandscapeError:  # a broken lexicon is no article's fault: nothing can be read with it
            raise
        except Exception as error:  # a bug that one article brings to light must not cost the others theirs; it is quarantined and logged
            LOG.exception("%s: extraction failed", document.doc_id)
            reason = (
                f"{document.doc_id}: a rule failed on this article ({type(error).__name__}: {error}); please report it with the article"
            )
            rows["failures"].append({"stage": "extraction", "doc_id": document.doc_id, "reason": " ".join(reason.split())})
            continue
        for table, found in extraction.rows.items():
            rows[table] += found
        rows["claims"] += extraction.claims
        rows["sentences"] += _sentences(extraction)
        rows["spans"] += _spans(extraction)
        rows["review_queue"] += _unknown_names(extraction)
        counts = Counter((m.type, m.entity_id, m.text, m.is_provisional) for m in extraction.view.mentions)
        for (kind, entity_id, surface, provisional), count in sorted(counts.items()):
            rows["mentions"].append(dict(zip(MENTION_SCHEMA, (document.doc_id, kind, entity_id, surface, provisional, count))))
    return {table: frame_of(table, found) for table, found in rows.items()}


def frame_of(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with the schema of `table`, missing columns null, sorted by key."""
    extra = {"mentions": MENTION_SCHEMA, "spans": SPAN_SCHEMA}
    schema = extra.get(table)
    if schema is not None:
        return pl.DataFrame(rows, schema=schema).sort(*schema)
    return TABLES["quarantine" if table == "failures" else table].frame(rows)

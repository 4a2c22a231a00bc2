"""One article looked at by itself, for trying a pattern or a name: what `landscape extract` prints. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from pipeline.documents import document_of
from pipeline.documents.document import Document
from pipeline.facts.engine import extract
from pipeline.facts.view import read
from pipeline.mentions import Mention
from pipeline.text import Quantity, TimeSpan


def _document(raw: bytes, name: str, published: date | None) -> Document:
    document = document_of(raw, name)
    return replace(document, published_start=published, published_end=published) if published else document


def facts_of(raw: bytes, name: str, published: date | None) -> Iterator[dict[str, Any]]:
    """Every fact of an article with its claim: {"table", "claim", "row"}, in the order of the text."""
    extraction = extract(_document(raw, name, published))
    rows = {row["claim_id"]: row for found in extraction.rows.values() for row in found}
    for claim in sorted(extraction.claims, key=lambda c: (c["char_start"], c["char_end"], c["claim_id"])):
        row = {k: v for k, v in rows[claim["claim_id"]].items() if v is not None and k not in ("claim_id", "doc_id")}
        yield {"table": claim["fact_table"], "claim": {k: v for k, v in claim.items() if k != "fact_table"}, "row": row}


def mentions_of(raw: bytes, name: str, published: date | None) -> Iterator[dict[str, Any]]:
    """Every name, quantity and time of an article, offsets in the article as decoded, in the order of the text."""
    view = read(_document(raw, name, published))
    spans: list[Mention | Quantity | TimeSpan] = [*view.mentions, *view.quantities, *view.times]
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        start, end = view.folded.raw_span(span.start, span.end)
        kind = "name" if isinstance(span, Mention) else type(span).__name__.lower()
        yield {"kind": kind} | asdict(span) | {"start": start, "end": end, "text": view.document.text[start:end]}

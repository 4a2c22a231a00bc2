"""Where a row comes from: the row, the rule, the quote in its sentence, the article. What `landscape explain` prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from pipeline.documents.reading import doc_id_of, document_of, list_seeds
from pipeline.errors import UsageError
from pipeline.releases.layout import PARQUET

AROUND = 60  # characters of the article shown on either side of a quote


def explain(release: Path, claim_id: str, seeds: Path) -> str:
    """The story of one claim in a few lines. The article's own words around the quote are shown only if the article is in `seeds`.

    Raises UsageError if the release has no such claim.
    """
    found = _rows(release, "claims", claim_id)
    if not found:
        raise UsageError(f"{claim_id}: {release} has no such claim; claim ids stand in the first column of every fact table")
    claim = found[0]
    row = _rows(release, claim["fact_table"], claim_id)[0]
    article = pl.read_parquet(release / PARQUET / "documents.parquet").row(by_predicate=pl.col("doc_id") == claim["doc_id"], named=True)
    cells = "\n".join(f"  {name} = {value}" for name, value in row.items() if value is not None and name not in ("claim_id", "doc_id"))
    credited = f", credited to {claim['attributed_to']}" if claim["attributed_to"] else ""
    day = article["published_end"] or "unknown"
    lines = [
        f"{claim['fact_table']} {claim_id}",
        cells,
        f"rule       {claim['rule_id']} (confidence {claim['confidence']:.2f}, {claim['review_status']})",
        f"assertion  {claim['assertion']}{credited}",
        f"article    {article['title'] or claim['doc_id']}, {article['publisher'] or 'publisher unknown'}, {day} ({article['published_basis'] or 'no date'})",
        f"place      {claim['doc_id']}, characters {claim['char_start']}–{claim['char_end']}",
        f"quote      {_in_context(seeds, claim) or claim['quote']}",
    ]
    return "\n".join(lines)


def _rows(release: Path, table: str, claim_id: str) -> list[dict[str, Any]]:
    return pl.scan_parquet(release / PARQUET / f"{table}.parquet").filter(pl.col("claim_id") == claim_id).collect().to_dicts()


def _in_context(seeds: Path, claim: dict[str, Any]) -> str | None:
    """The quote between 【】 with the words around it; None if the article is not at hand or has changed since."""
    if not seeds.is_dir():
        return None
    file = next((f for f in list_seeds(seeds).files if doc_id_of(f) == claim["doc_id"]), None)
    if file is None:
        return None
    text = document_of(file.read_bytes(), claim["doc_id"]).text
    start, end = claim["char_start"], claim["char_end"]
    if text[start:end] != claim["quote"]:
        return None
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"…{before}【{claim['quote']}】{after}…".split())

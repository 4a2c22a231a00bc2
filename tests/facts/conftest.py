"""What the tests of fact rules share: a sentence in, its rows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.documents import document_of
from pipeline.facts.engine import extract

PUBLISHED = date(2025, 6, 15)
Rows = list[dict[str, Any]]
FactsIn = Callable[..., Rows]


def _facts_in(text: str, published: date = PUBLISHED, table: str | None = None) -> Rows:
    document = replace(document_of(("文章標題\n\n" + text).encode(), "example.txt"), published_start=published, published_end=published)
    extraction = extract(document)
    claims = {c["claim_id"]: c for c in extraction.claims}
    return [
        row | {"table": name, **{k: claims[row["claim_id"]][k] for k in ("quote", "attributed_to", "assertion", "rule_id")}}
        for name, rows in extraction.rows.items()
        if table in (None, name)
        for row in rows
    ]


@pytest.fixture(scope="session")
def facts_in() -> FactsIn:
    """`facts_in(text, published=..., table=...)`: the rows of a text with their claim's quote, attributed_to, assertion and rule_id, and `table`."""
    return _facts_in

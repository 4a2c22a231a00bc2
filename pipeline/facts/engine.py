"""Runs the rules of every fact table over a document and turns what they find into rows and claims.

Here: evidence -> quote, claim ids, dates, attribution, assertion, de-duplication. Not here: any pattern of any table, and any contract.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.documents.document import Document
from pipeline.facts import (
    affiliations,
    cohort_memberships,
    comparisons,
    corporate_events,
    funding_rounds,
    launches,
    metrics,
    model_specs,
    partnerships,
    prices,
    rankings,
    spending,
    statements,
)
from pipeline.facts.attribution import attribution_of
from pipeline.facts.keys import KEY_FIELDS
from pipeline.facts.modality import assertion_of
from pipeline.facts.patterns import Fact
from pipeline.facts.timing import NO_DATE, date_fields, time_of
from pipeline.facts.view import DocumentView, SentenceView, read

QUOTE_LIMIT = 200
UNDATED_TABLES = frozenset(("cohort_memberships", "affiliations", "model_specs", "comparisons"))

FINDERS: dict[str, Callable[[SentenceView], Iterator[Fact]]] = {
    "cohort_memberships": cohort_memberships.find,
    "affiliations": affiliations.find,
    "launches": launches.find,
    "model_specs": model_specs.find,
    "funding_rounds": funding_rounds.find,
    "spending": spending.find,
    "prices": prices.find,
    "metrics": metrics.find,
    "rankings": rankings.find,
    "comparisons": comparisons.find,
    "partnerships": partnerships.find,
    "corporate_events": corporate_events.find,
    "statements": statements.find,
}


@dataclass(slots=True)
class Extraction:
    """What one document says: `rows` per fact table, `claims`, the view they came from, and the tokens that some fact used."""

    document: Document
    view: DocumentView
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {table: [] for table in FINDERS})
    claims: list[dict[str, Any]] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)


def claim_id(doc_id: str, table: str, start: int, end: int, fields: dict[str, Any]) -> str:
    """A stable hash of (document, table, raw span, key fields)."""
    keys = [repr(fields.get(k)) for k in KEY_FIELDS[table]]
    return hashlib.blake2b("\x1f".join([doc_id, table, str(start), str(end), *keys]).encode(), digest_size=8).hexdigest()


def quote_span(view: SentenceView, start: int, end: int) -> tuple[int, int]:
    """The raw span of the clauses that hold the evidence, at most QUOTE_LIMIT characters; a window inside it if the clauses are longer."""
    folded = view.document.folded
    covering = [c for c in view.clauses if c.start < end and c.end > start]
    left = min([start, *(c.start for c in covering)])
    right = max([end, *(c.end for c in covering)])
    raw_left, raw_right = folded.raw_span(left, right)
    if raw_right - raw_left > QUOTE_LIMIT:
        raw_left, raw_right = folded.raw_span(start, end)
    if raw_right - raw_left > QUOTE_LIMIT:
        raw_right = raw_left + QUOTE_LIMIT
    text = view.document.document.text
    while raw_left < raw_right and text[raw_left].isspace():
        raw_left += 1
    while raw_right > raw_left and text[raw_right - 1] in " \t\r\n，,。；;、：:":
        raw_right -= 1
    return raw_left, raw_right


def extract(document: Document) -> Extraction:
    """All facts of a document. Rows carry claim_id and doc_id; one claim a row. Deterministic."""
    view = read(document)
    out = Extraction(document, view)
    seen: set[str] = set()
    for sentence in view.sentences:
        for find in FINDERS.values():
            for fact in find(sentence):
                # A rule may find its evidence in a sentence before the one it was asked about (a list, and its label two sentences on).
                _take(out, view.sentence_at(fact.start), fact, seen)
    return out


def _take(out: Extraction, view: SentenceView, fact: Fact, seen: set[str]) -> None:
    start, end = quote_span(view, fact.start, fact.end)
    row = dict(fact.fields)
    if fact.table not in UNDATED_TABLES and "date_start" not in row:
        row |= date_fields(view, fact.time or time_of(view, view.shadow_offset(fact.start))) if not fact.timeless else NO_DATE
    identity = claim_id(out.document.doc_id, fact.table, start, end, row)
    if identity in seen:
        return
    seen.add(identity)
    credited, credited_assertion = attribution_of(view, view.shadow_offset(fact.start))
    attributed_to = fact.attributed_to or credited
    out.rows[fact.table].append({"claim_id": identity, "doc_id": out.document.doc_id, **row})
    out.claims.append(
        {
            "claim_id": identity,
            "doc_id": out.document.doc_id,
            "fact_table": fact.table,
            "sentence_no": view.number,
            "char_start": start,
            "char_end": end,
            "quote": out.document.text[start:end],
            "attributed_to": attributed_to,
            "assertion": fact.assertion or assertion_of(view, view.shadow_offset(fact.start)) or credited_assertion or "stated",
            "rule_id": fact.rule_id,
            "confidence": 0.5,  # until quality puts the rule's measured precision here
            "review_status": "auto",
        }
    )
    out.used.update((t.start, t.end) for t in fact.tokens)

"""When an extracted row and a gold fact are the same fact: same place, same entities, same number, same enumeration.

Here: comparing one row with one gold fact. Not here: choosing among matches, and scores.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

SLACK = 80  # characters that may lie between a gold span and the span of its row

_JOINTS = re.compile(r"[\s·•\-_.]+")
_NAMED = (
    ("organizations", "org_id"),
    ("people", "person_id"),
    ("models", "model_id"),
    ("products", "product_id"),
    ("cohorts", "cohort_id"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row of a table is judged by: (gold field, column) of its entities, its number, its enumeration."""

    entities: tuple[tuple[str, str], ...]
    number: str | None = None
    enumeration: str | None = None


JUDGED: dict[str, Judged] = {
    "cohort_memberships": Judged((("org", "org_id"),), enumeration="cohort_id"),
    "affiliations": Judged((("person", "person_id"), ("org", "org_id"))),
    "launches": Judged((("subject", "subject_id"),)),
    "model_specs": Judged((("model", "model_id"),), "value", "spec"),
    "funding_rounds": Judged((("org", "org_id"),), "value"),
    "spending": Judged((("org", "org_id"),), "value"),
    "prices": Judged((("subject", "subject_id"),), "price"),
    "metrics": Judged((("subject", "subject_id"),), "value", "metric"),
    "rankings": Judged((("subject", "subject_id"),), "rank"),
    "comparisons": Judged((("subject", "subject_id"), ("comparator", "comparator_id")), enumeration="aspect"),
    "partnerships": Judged((("org_a", "org_a"), ("org_b", "org_b"))),
    "corporate_events": Judged((("org", "org_id"),), enumeration="event"),
    "statements": Judged((("speaker", "speaker_id"),)),
}
DETAILS = ("modifier", "unit", "currency", "round", "role", "kind", "status", "relation", "direction", "per_tokens", "change_percent")


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact that people found in a document: table, fields as annotated, and the half-open span of its quote."""

    doc_id: str
    table: str
    fields: Mapping[str, Any]
    start: int
    end: int
    quote: str = ""

    @property
    def is_optional(self) -> bool:
        """Facts classed as `other` count where they are found and are not missed where they are not."""
        return self.fields.get("metric") == "other" or self.fields.get("event") == "other"


def name_key(name: object) -> str:
    """What spellings of one name share: case, spaces, dots, hyphens and underscores are dropped."""
    return _JOINTS.sub("", str(name)).casefold()


class Names:
    """Names as people write them -> ids of entities, by the dataset's own aliases and names."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], alternatives: Mapping[str, Sequence[str]] | None = None) -> None:
        self._alternatives = alternatives or {}
        self._ids: defaultdict[str, set[str]] = defaultdict(set)
        if "aliases" in tables:
            for surface, entity in tables["aliases"].select("surface", "entity_id").iter_rows():
                self._ids[name_key(surface)].add(entity)
        for name, key in _NAMED:
            for row in tables[name].iter_rows(named=True) if name in tables else ():
                for column in (key, "name", "name_zh", "name_zh_hant", "name_en"):
                    if row.get(column):
                        self._ids[name_key(row[column])].add(row[key])

    def mean(self, name: str | None, entity: str | None) -> bool:
        """Whether the name, or another name of the same thing, is that entity's."""
        if entity is None:
            return False
        keys = {name_key(n) for n in (name, *self._alternatives.get(name or "", ()))}
        return name_key(entity) in keys or any(entity in self._ids.get(key, ()) for key in keys)


def same_number(a: object, b: object) -> bool:
    """Equal but for rounding; None equals only None."""
    if a is None or b is None:
        return a is b
    try:
        x, y = float(a), float(b)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return abs(x - y) <= 1e-6 * max(1.0, abs(x), abs(y))


def days_of(text: object) -> tuple[str, str] | None:
    """First and last day (ISO) of a date as annotated: day, month, quarter, half, year or first/last; None if it is none of these.

    >>> days_of("2025-Q1"), days_of("2024-02")
    (('2025-01-01', '2025-03-31'), ('2024-02-01', '2024-02-29'))
    """
    written = str(text).strip()
    if "/" in written:
        first, last = (days_of(part) for part in written.split("/", 1))
        return (first[0], last[1]) if first and last else None
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", written):
        last_month = 3 * int(found[2])
        return _months(int(found[1]), last_month - 2, last_month)
    if found := re.fullmatch(r"(\d{4})-H([12])", written):
        last_month = 6 * int(found[2])
        return _months(int(found[1]), last_month - 5, last_month)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        return written, written
    if found := re.fullmatch(r"(\d{4})-(\d{2})", written):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    return (f"{written}-01-01", f"{written}-12-31") if re.fullmatch(r"\d{4}", written) else None


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    return f"{year}-{first:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"


def distance(gold: GoldFact, row: Mapping[str, Any]) -> int | None:
    """Characters between the spans, 0 if they touch; None if the row has no span."""
    start, end = row.get("char_start"), row.get("char_end")
    return None if start is None or end is None else max(0, max(start, gold.start) - min(end, gold.end))


def agree(gold: GoldFact, row: Mapping[str, Any], names: Names, *, strict: bool) -> bool:
    """Whether the key fields agree; `strict` compares the enumeration too (that of a cohort always)."""
    judged, fields = JUDGED[gold.table], gold.fields
    if not _same_entities(gold, row, names) or (judged.number is not None and not _same_amount(gold, row)):
        return False
    if judged.enumeration is None or not (strict or gold.table == "cohort_memberships"):
        return True
    wanted = fields.get(judged.enumeration)
    return wanted is None or name_key(wanted) == name_key(row.get(judged.enumeration))


def _same_entities(gold: GoldFact, row: Mapping[str, Any], names: Names) -> bool:
    fields = gold.fields
    if gold.table == "partnerships":
        pairs = ((row["org_a"], row["org_b"]), (row["org_b"], row["org_a"]))
        return any(names.mean(fields.get("org_a"), a) and names.mean(fields.get("org_b"), b) for a, b in pairs)
    for field, column in JUDGED[gold.table].entities:
        if fields.get(field) is None:
            continue
        entity = row.get(column)
        if entity is None and field in ("org", "subject"):
            entity = row.get("cohort_id")
        if not names.mean(fields[field], entity):
            return False
    return True


def _same_amount(gold: GoldFact, row: Mapping[str, Any]) -> bool:
    fields = gold.fields
    if gold.table == "rankings":
        return same_number(fields.get("rank"), row.get("rank")) and same_number(fields.get("count"), row.get("count"))
    if gold.table == "prices":
        column = "price" if fields.get("price") is not None else "change_percent"
        return same_number(fields.get(column), row.get(column))
    if fields.get("value") is not None:
        return same_number(fields["value"], row.get("value"))
    if fields.get("low") is not None or fields.get("high") is not None:
        return same_number(fields.get("low"), row.get("value_low")) and same_number(fields.get("high"), row.get("value_high"))
    if gold.table == "funding_rounds" and fields.get("valuation") is not None and row.get("value") is None:
        return same_number(fields["valuation"], row.get("valuation_value"))
    if fields.get("value_string"):
        return name_key(fields["value_string"]) in name_key(row.get("value_string") or "")
    return row.get("value") is None


def details(gold: GoldFact, row: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """(field, right) of every further field that the gold fact gives and the table has, `date` among them."""
    for field in DETAILS:
        wanted = gold.fields.get(field)
        if wanted is not None and field in row:
            numeric = isinstance(wanted, (int, float))
            yield field, same_number(wanted, row[field]) if numeric else name_key(wanted) == name_key(row[field])
    if gold.fields.get("date") and "date_start" in row:
        wanted_days = days_of(gold.fields["date"])
        if wanted_days is not None:
            yield "date", (str(row["date_start"]), str(row["date_end"])) == wanted_days

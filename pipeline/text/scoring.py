"""Scores found quantities and times against hand-marked ones: span and value both right. Marking conventions that differ from the schema are tolerated by name.

A file of marks is JSON: `reference_dates` {file: day}, `quantities` [{file, start, end, low, high, kind, ...}] with modifiers outside the span and fractions
as 0..1, `times` [{file, start, end, begin, finish, vague, alt}]. Offsets count code points of the raw file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.text.fold import fold
from pipeline.text.lengths import duration_quantity
from pipeline.text.spans import Quantity, TimeSpan
from pipeline.text.units import units

_LEVELS = ("数量级", "量级", "级别", "级")
_VERBS = ("达到", "高达", "达")

_CLOCK = re.compile(r"凌晨|清晨|早上|早间|上午|中午|下午|傍晚|晚间|晚上|深夜|晚|[\d:：点點时時分]+")

Mark = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Interval:
    """A found thing reduced to what is compared: offsets in the raw text and two bounds."""

    start: int
    end: int
    low: object
    high: object
    text: str
    modifier: str = "exact"
    unit: str | None = None
    per_tokens: int | None = None

    @property
    def is_price(self) -> bool:
        return self.per_tokens is not None


@dataclass(slots=True)
class Score:
    """Counts of one kind, and the lines that explain every difference."""

    marked: int = 0
    found: int = 0
    right: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    def shown(self, name: str) -> str:
        return f"{name}: {self.right} right of {self.marked} marked and {self.found} found, recall {self.recall:.3f}, precision {self.precision:.3f}"


def load_marks(path: Path) -> dict[str, Any]:
    """The marks in a file."""
    try:
        marks: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot read the marks ({error}); give a JSON file with quantities and times") from error
    if not {"reference_dates", "quantities", "times"} <= marks.keys():
        raise UsageError(f"{path}: no marks in it; it needs reference_dates, quantities and times")
    return marks


def core(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span without modifiers, verbs and level words around it."""
    table = units()
    before = sorted([*table.modifiers_before, *_VERBS], key=len, reverse=True)
    after = sorted([*table.modifiers_after, *_LEVELS], key=len, reverse=True)
    while start < end:
        text = fold(raw[start:end]).text
        if len(text) != end - start:
            folded = fold(raw[start:end])
            left = next((folded.raw_span(0, len(word))[1] for word in before if text.startswith(word)), 0)
            if not left:
                break
            start += left
        elif raw[start].isspace():
            start += 1
        elif word := next((word for word in before if text.startswith(word)), None):
            start += len(word)
        elif word := next((word for word in after if text.endswith(word) and len(text) > len(word)), None):
            end -= len(word)
        else:
            break
    while start < end and raw[start].isspace():
        start += 1
    return start, end


def quantity_intervals(raw: str, quantities: Iterable[Quantity], times: Iterable[TimeSpan]) -> list[Interval]:
    """Found quantities, and lengths of time as the quantities they also are."""
    lengths = (length for time in times if (length := duration_quantity(time)) is not None)
    out = []
    for found in sorted([*quantities, *lengths], key=lambda quantity: quantity.start):
        start, end = core(raw, found.start, found.end)
        low, high = (found.low, found.high) if found.value is None else (found.value, found.value)
        out.append(Interval(start, end, low, high, found.text, found.modifier, found.currency or found.unit, found.per_tokens))
    return out


def time_intervals(times: Iterable[TimeSpan]) -> list[Interval]:
    """Found times that have dates."""
    return [
        Interval(t.start, t.end, t.date_start, t.date_end, t.text, "duration" if t.is_duration else "exact") for t in times if t.date_start
    ]


def _same_value(found: Interval, mark: Mark) -> tuple[bool, str]:
    """Whether the values agree, and the convention that had to be tolerated."""
    factor = 100 if mark["kind"] == "fraction" else 1
    low, high = mark["low"] * factor, mark["high"] * factor
    if found.low == low and found.high == high:
        return True, ""
    if found.low == low and low == high and found.high is None:
        return True, "several is open above"
    if found.low == low and low == high and found.modifier == "magnitude":
        return True, "a level is a magnitude"
    return False, ""


def _same_days(found: Interval, mark: Mark) -> tuple[bool, str]:
    days = (found.low, found.high)
    allowed = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in [(mark["begin"], mark["finish"]), *mark.get("alt", [])]]
    if days in allowed:
        return True, ""
    begin, finish = allowed[0]
    if mark.get("vague") and isinstance(found.low, date) and isinstance(found.high, date) and begin <= found.low and found.high <= finish:
        return True, "vague, inside the marked days"
    if found.modifier == "duration" and isinstance(found.low, date) and found.high == finish and found.low - begin == timedelta(days=1):
        return True, "the last day of a length of time is inclusive"
    return False, ""


def _compare(score: Score, file: str, found: Sequence[Interval], marks: Sequence[Mark], others: Sequence[Mark], days: bool) -> None:
    """Pairs marks with what overlaps them; `others` are marks of the other kind, which excuse a find that is both."""
    used: set[Interval] = set()
    score.marked += len(marks)
    for mark in marks:
        hits = [one for one in found if one.start < mark["end"] and one.end > mark["start"]]
        if not hits:
            score.lines.append(f"  {file}:{mark['start']} missed {mark['text']}")
            continue
        best = max(hits, key=lambda one: ((one.start, one.end) == (mark["start"], mark["end"]), -one.start))
        used.add(best)
        same, tolerated = _same_days(best, mark) if days else _same_value(best, mark)
        span = (best.start, best.end) == (mark["start"], mark["end"])
        if days and not span and best.start == mark["start"] and _CLOCK.fullmatch(best.text[len(mark["text"]) :].strip()):
            span, tolerated = True, tolerated or "the part of the day belongs to the span"
        if (
            not days
            and best.is_price
            and best.start <= mark["start"]
            and mark["end"] <= best.end
            and (same or mark["low"] == best.per_tokens)
        ):
            same, span, tolerated = True, True, "a price takes the tokens it is for into its span"
        score.right += same and span
        if not span:
            score.lines.append(f"  {file}:{mark['start']} span {best.text} for {mark['text']}")
        elif not same:
            score.lines.append(f"  {file}:{mark['start']} value {best.low}..{best.high} for {mark['text']}")
        elif tolerated:
            score.lines.append(f"  {file}:{mark['start']} tolerated {best.text}: {tolerated}")
    for one in found:
        if any(one.start < other["end"] and one.end > other["start"] for other in others) and one not in used:
            continue
        score.found += 1
        if one not in used:
            score.lines.append(f"  {file}:{one.start} unmarked {one.text}")


def score_quantities(texts: dict[str, str], found: dict[str, tuple[list[Quantity], list[TimeSpan]]], marks: dict[str, Any]) -> Score:
    """Quantities against the marks; `found` holds quantities and times of each file with raw offsets."""
    score = Score()
    for file in marks["reference_dates"]:
        quantities, times = found[file]
        of_file = [mark for mark in marks["quantities"] if mark["file"] == file]
        others = [mark for mark in marks["times"] if mark["file"] == file]
        _compare(score, file, quantity_intervals(texts[file], quantities, times), of_file, others, days=False)
    return score


def score_times(found: dict[str, tuple[list[Quantity], list[TimeSpan]]], marks: dict[str, Any]) -> Score:
    """Times against the marks."""
    score = Score()
    for file in marks["reference_dates"]:
        of_file = [mark for mark in marks["times"] if mark["file"] == file]
        others = [mark for mark in marks["quantities"] if mark["file"] == file]
        _compare(score, file, time_intervals(found[file][1]), of_file, others, days=True)
    return score


def score_money(texts: dict[str, str], found: dict[str, list[Interval]], marks: dict[str, Any]) -> Score:
    """Money alone, for tools that find nothing else; spans are compared without modifiers."""
    score = Score()
    for file in marks["reference_dates"]:
        of_file = [mark for mark in marks["quantities"] if mark["file"] == file and mark["kind"] == "money"]
        raw = texts[file]
        trimmed = [Interval(*core(raw, one.start, one.end), one.low, one.high, one.text, one.modifier) for one in found[file]]
        _compare(score, file, trimmed, of_file, [], days=False)
    return score

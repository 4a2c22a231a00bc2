"""Who keeps a span that a name, a quantity and a time all claim. Nothing is found here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pipeline.mentions.spans import Mention
from pipeline.text.spans import Quantity, TimeSpan


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


_S = TypeVar("_S", bound=_Span)

_LEADERS = ("创始人", "创办人", "联合创始人", "发言人", "负责人", "员工")
_FIRM = frozenset(("model", "product", "benchmark", "cohort"))


def _mention_wins(mention: Mention, other: _Span) -> bool:
    """A name keeps what lies inside it and yields to what it lies inside; where they cross, known names and names with versions keep it."""
    if mention.start <= other.start and other.end <= mention.end:
        return True
    if other.start <= mention.start and mention.end <= other.end:
        # 360创始人 counts nobody
        return mention.text.isdigit() and other.text.startswith(_LEADERS, len(mention.text))
    return mention.type in _FIRM or not mention.is_provisional


def _contest(mentions: Sequence[Mention], others: Sequence[_S]) -> tuple[list[Mention], list[_S]]:
    if not others:
        return list(mentions), []
    lost: set[int] = set()
    kept = []
    first, count = 0, len(others)
    for mention in mentions:
        start, end = mention.start, mention.end
        while first < count and others[first].end <= start:
            first += 1
        if first == count or others[first].start >= end:
            kept.append(mention)
            continue
        last = first
        while last < count and others[last].start < end:
            last += 1
        if all(_mention_wins(mention, others[rival]) for rival in range(first, last)):
            kept.append(mention)
            lost.update(range(first, last))
    if not lost:
        return kept, list(others)
    return kept, [other for index, other in enumerate(others) if index not in lost]


def reconcile(
    mentions: Sequence[Mention], quantities: Sequence[Quantity], times: Sequence[TimeSpan]
) -> tuple[list[Mention], list[Quantity], list[TimeSpan]]:
    """The three without overlap: `Qwen3-235B` takes the quantity 235B, `AIME 2025` the year, `360亿元` takes the company 360.

    Each list must be sorted and free of overlaps within itself; the results are too, and a second call changes nothing.
    """
    left, kept_times = _contest(mentions, times)
    left, kept_quantities = _contest(left, quantities)
    return left, kept_quantities, kept_times

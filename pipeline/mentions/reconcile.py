"""Who keeps a span that a name, a quantity and a time all claim. Nothing is found here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar

from pipeline.mentions.spans import Mention
from pipeline.text.spans import Quantity, TimeSpan


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Span)

_FIRM = frozenset(("model", "product", "benchmark", "cohort"))


def _mention_wins(mention: Mention, other: _Span) -> bool:
    """A name keeps what lies inside it and yields to what it lies inside; where they cross, known names and names with versions keep it."""
    if mention.start <= other.start and other.end <= mention.end:
        return True
    if other.start <= mention.start and mention.end <= other.end:
        return False
    return mention.type in _FIRM or not mention.is_provisional


def _contest(mentions: Sequence[Mention], others: Sequence[_S]) -> tuple[list[Mention], list[_S]]:
    if not others:
        return list(mentions), []
    ends = [other.end for other in others]
    lost_others: set[int] = set()
    kept = []
    for mention in mentions:
        index = bisect_left(ends, mention.start + 1)
        rivals = []
        while index < len(others) and others[index].start < mention.end:
            rivals.append(index)
            index += 1
        if all(_mention_wins(mention, others[rival]) for rival in rivals):
            kept.append(mention)
            lost_others.update(rivals)
    if not lost_others:
        return kept, list(others)
    return kept, [other for index, other in enumerate(others) if index not in lost_others]


def reconcile(
    mentions: Sequence[Mention], quantities: Sequence[Quantity], times: Sequence[TimeSpan]
) -> tuple[list[Mention], list[Quantity], list[TimeSpan]]:
    """The three without overlap: `Qwen3-235B` takes the quantity 235B, `AIME 2025` the year, `360亿元` takes the company 360.

    Each list must be sorted and free of overlaps within itself; the results are too, and a second call changes nothing.
    """
    left, kept_times = _contest(mentions, times)
    left, kept_quantities = _contest(left, quantities)
    return left, kept_quantities, kept_times

"""What the searches for unknown names share: the candidate they make, the ground that is already taken, and where a name may begin or end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

_OPEN = frozenset(" \t\n　，。、；：！？“”‘’\"'《》（）()【】[]「」『』—-–|/*#>•·…~,;:!?.@+=<_`▲△●■◆")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that evidence speaks for. `rule` names the evidence, `gloss` is another name given beside it in brackets."""

    start: int
    end: int
    type: str
    rule: str
    gloss: str | None = None


class Ground:
    """Spans that are taken, for quick questions."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends: list[int] = []
        reach = 0
        for _, end in ordered:
            reach = max(reach, end)
            self._ends.append(reach)
        self._end_set = {end for _, end in ordered}

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a taken span shares a character with the given one."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start

    def ends_at(self, position: int) -> bool:
        """Whether a taken span ends at `position`."""
        return position in self._end_set

    def reach(self, position: int) -> int:
        """The end of the last taken span that begins at or before `position` (0 if none): nothing before it is free."""
        index = bisect_right(self._starts, position) - 1
        return self._ends[index] if index >= 0 else 0


class Anchors:
    """Words to search around, found in one pass, the longest where several begin at one place."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted(set(words)))
        self._automaton = AhoCorasick(self.words, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Every word with its span, from left to right, without overlap."""
        words = self.words
        return [(words[index], start, end) for index, start, end in self._automaton.find_matches_as_indexes(text)]


def is_edge(text: str, position: int) -> bool:
    """Whether punctuation, a blank or the end of the text stands at `position`."""
    return not 0 <= position < len(text) or text[position] in _OPEN

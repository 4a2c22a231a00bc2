"""Known names: where a name of the lexicon stands in a text, with every entity it may mean. Which of them it means is decided in readings.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.mentions.evidence import Ground
from pipeline.mentions.squash import Squashed, is_han, is_latin, squash

_URL = re.compile(r"(?:https?[:：]//|www\.)[^\s\u3000-\u9fff（）()\[\]<>\"'，。]+")
_DOMAIN = re.compile(r"\.(?:com|cn|net|org)(?![A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a name may mean. `is_ambiguous`: the lexicon wants context to speak for it."""

    type: str
    entity_id: str
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A known name in the text: its span and its readings, the preferred first."""

    start: int
    end: int
    readings: tuple[Reading, ...]


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Web addresses: what looks like a name in them is none."""
    return [match.span() for match in _URL.finditer(text)] if "http" in text or "www." in text else []


def starts_well(text: str, start: int) -> bool:
    """Whether a name may start here: not in the middle of a Latin word or number."""
    if start == 0 or not is_latin(text[start]):
        return True
    before = text[start - 1]
    if is_latin(before):
        return False
    return not (before in ".@/_" and start > 1 and is_latin(text[start - 2]) and before != "/") and before != "@"


def ends_well(text: str, end: int) -> bool:
    """Whether a name may end here: not in the middle of a Latin word or number, nor before the decimals of a version."""
    if end >= len(text) or not is_latin(text[end - 1]):
        return True
    after = text[end]
    if is_latin(after):
        return False
    following = text[end + 1] if end + 1 < len(text) else ""
    if after == "." and text[end - 1].isdigit() and following.isdigit():
        return False
    if after == "." and _DOMAIN.match(text, end):
        return False
    return not (after == "_" and is_latin(following))


def _is_common_word(text: str, start: int, end: int, common: frozenset[str]) -> bool:
    """Whether `text[start:end]`, a name with capitals elsewhere, is an ordinary lower-case word, `common` or of a Latin sentence (`the most`)."""
    if not text[start].islower() or not text[start:end].islower() or not text[start].isascii():
        return False
    if text[start:end] in common:
        return True
    before, after = text[start - 2 : start], text[end : end + 2]
    return (len(before) == 2 and before[1] in " -" and before[0].islower()) or (len(after) == 2 and after[0] in " -" and after[1].islower())


def _leftmost_longest(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


class KnownNames:
    """The names of the lexicon, ready to be found: one automaton over the squashed text.

    `protected` are longer words in which a name means nothing (`阿里山`): they are found like names and dropped.
    `common` are lower-case Latin words that are no name when written so.
    """

    def __init__(self, names: Iterable[tuple[str, Reading]], protected: Iterable[str], common: frozenset[str] = frozenset()) -> None:
        by_key: dict[str, list[Reading]] = {}
        capital: dict[str, bool] = {}
        for surface, reading in names:
            key = squash(surface).text
            capital[key] = capital.get(key, True) and any("A" <= char <= "Z" for char in surface)
            readings = by_key.setdefault(key, [])
            if all((known.type, known.entity_id) != (reading.type, reading.entity_id) for known in readings):
                readings.append(reading)
        for word in protected:
            by_key.setdefault(squash(word).text, [])
        by_key.pop("", None)
        self._readings = {key: tuple(sorted(found, key=lambda reading: reading.is_ambiguous)) for key, found in by_key.items()}
        self._common = common
        self._keys = tuple(self._readings)
        self._found = tuple(self._readings.values())
        # a name all in Chinese characters needs no look at its neighbours
        self._latin = tuple(not all(is_han(char) for char in key) for key in self._keys)
        self._capital = tuple(capital.get(key, False) for key in self._keys)
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.Standard) if self._keys else None

    def readings(self, surface: str) -> tuple[Reading, ...]:
        """Every entity `surface` may mean; empty for a name that is not known."""
        return self._readings.get(squash(surface).text, ())

    def find(self, text: str, squashed: Squashed, masked: Ground) -> list[Found]:
        """The known names of `text` outside `masked`, leftmost and longest first, none overlapping another, none cut out of a longer word."""
        if self._automaton is None:
            return []
        matches = self._automaton.find_matches_as_indexes(squashed.text, overlapping=True)
        matches.sort(key=_leftmost_longest)
        found: list[Found] = []
        taken = 0
        span, readings, latin = squashed.span, self._found, self._latin
        for pattern, squashed_start, squashed_end in matches:
            if squashed_start < taken:
                continue
            start, end = span(squashed_start, squashed_end)
            if latin[pattern]:
                if not (starts_well(text, start) and ends_well(text, end)):
                    continue
                if self._capital[pattern] and _is_common_word(text, start, end, self._common):
                    continue
            taken = squashed_end
            if readings[pattern] and not masked.overlaps(start, end):
                found.append(Found(start, end, readings[pattern]))
        return found

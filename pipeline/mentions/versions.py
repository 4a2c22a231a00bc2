"""Versions of known model families that nobody listed: `Qwen9-Max`, `GLM-7.5`. A listed version gets its id, any other a provisional one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.lexicon import Family
from pipeline.mentions.evidence import Ground
from pipeline.mentions.names import Found, KnownNames, Reading, starts_well
from pipeline.mentions.provisional import provisional_slug
from pipeline.mentions.spans import Mention
from pipeline.mentions.squash import Squashed, is_latin, squash

_TAIL = re.compile(r"(?:-(?=[A-Z0-9]|[a-z]*\d)[A-Za-z0-9]+(?:\.\d+)?[A-Za-z]*)+(?![A-Za-z0-9])")
_NEAR = 12  # characters between a short version name and the family it belongs to


@dataclass(frozen=True, slots=True)
class Version:
    """A version name in the text. `needs_context`: its stem is so short (`K2`, `R1`) that it may be anything."""

    start: int
    end: int
    version: str
    suffix: str
    family: Family
    needs_context: bool

    @property
    def name(self) -> str:
        """The canonical name."""
        return _canonical(self.family, self.version, self.suffix)


@lru_cache(maxsize=4096)
def _canonical(family: Family, version: str, suffix: str) -> str:
    return family.canonical(version, suffix)


class Versions:
    """The families of the lexicon, ready to be found."""

    def __init__(self, families: Sequence[Family]) -> None:
        self._stems: list[tuple[str, Family, bool]] = []
        for family in families:
            self._stems += [(squash(stem).text, family, False) for stem in family.stems]
            # a short stem counts before a digit only, which keeps its every letter from being looked at
            self._stems += [(squash(stem).text + digit, family, True) for stem in family.short_stems for digit in "0123456789"]
        keys = [key for key, _, _ in self._stems]
        self._automaton = AhoCorasick(keys, matchkind=MatchKind.Standard) if keys else None

    def find(self, text: str, squashed: Squashed, taken: Sequence[tuple[int, int]], masked: Ground) -> list[Version]:
        """The version names of `text` outside `masked`, the longest where several begin at one place.

        `taken` are the sorted spans of quantities and times: a number that goes on as one of them (`3月`, `5亿元`) is no version.
        """
        if self._automaton is None:
            return []
        ends = {end for _, end in taken}
        starts = dict(taken)
        best: dict[int, Version] = {}
        for pattern, squashed_start, _ in self._automaton.find_matches_as_indexes(squashed.text, overlapping=True):
            start = squashed.offset(squashed_start)
            if not starts_well(text, start) or masked.overlaps(start, start + 1):
                continue
            _, family, short = self._stems[pattern]
            expression = family.short_pattern if short else family.pattern
            match = expression.match(text, start) if expression else None
            if match is None:
                continue
            end = match.end()
            if end < len(text) and is_latin(text[end - 1]) and text[end] == "." and text[end + 1 : end + 2].isdigit():
                continue
            number = match.start("version")
            if starts.get(number, 0) > end and end not in ends and text[number - 1] == " ":
                continue
            known = best.get(start)
            if known is None or end > known.end:
                best[start] = Version(start, end, match["version"], match["suffix"], family, short)
        return [best[start] for start in sorted(best)]


def _in_context(text: str, version: Version, context: frozenset[str], found: Sequence[Found]) -> bool:
    """Whether a short version name is one: its family or developer stands shortly before it, or 模型 beside it where the text speaks of them."""
    related = {version.family.id, version.family.developer or ""}
    if context.isdisjoint(related):
        return False
    if "模型" in text[version.end : version.end + 4] or text[version.start - 2 : version.start] == "模型":
        return True
    index = bisect_left(found, version.start, key=lambda name: name.start)
    near = found[max(0, index - 3) : index]
    return any(version.start - name.end <= _NEAR and any(r.entity_id in related for r in name.readings) for name in near)


def _listed(names: KnownNames, surface: str, version: Version) -> tuple[Reading, ...]:
    """The models of the lexicon a version name means; `4.0` is `4` where only that is listed."""
    spellings = [surface, version.name]
    if version.version.endswith(".0"):
        spellings.append(_canonical(version.family, version.version[:-2], version.suffix))
    for spelling in spellings:
        readings = tuple(reading for reading in names.readings(spelling) if reading.type == "model")
        if readings:
            return readings
    return ()


def merge(
    text: str, names: KnownNames, found: Sequence[Found], versions: Sequence[Version], context: frozenset[str]
) -> tuple[list[Found], list[Mention]]:
    """Known names and versions without overlap, leftmost and longest first; a listed version becomes a known name, any other a provisional mention.

    `context` are the ids the text is known to speak of: a short version name counts if its family or its developer is among them.
    """
    kept: list[Found] = []
    unknown: list[Mention] = []
    spans: list[tuple[int, int, Found | Version]] = [(name.start, name.end, name) for name in found]
    spans += [(v.start, v.end, v) for v in versions if not v.needs_context or _in_context(text, v, context, found)]
    spans.sort(key=lambda span: (span[0], -span[1], isinstance(span[2], Version)))
    reached = 0
    for place, (start, end, item) in enumerate(spans):
        if start < reached:
            continue
        reached = end
        if isinstance(item, Found) and item.readings[0].type == "model" and is_latin(text[end - 1]) and (tail := _TAIL.match(text, end)):
            # a model is not cut before its version: what follows makes another one, listed where its own name is (GPT-5 in `OpenAI GPT-5`)
            reached = tail.end()
            inner = next((s for s in spans[place + 1 : place + 4] if s[0] < end and s[1] >= reached), None)
            if inner is None:
                name = text[start:reached]
                unknown.append(Mention(start, reached, name, "model", provisional_slug(name, "model"), True))
                continue
            _, reached, item = inner
        if isinstance(item, Found):
            kept.append(Found(start, reached, item.readings))
            continue
        readings = _listed(names, text[item.start : item.end], item)
        if readings:
            kept.append(Found(start, reached, (Reading(readings[0].type, readings[0].entity_id),)))
        else:
            unknown.append(Mention(start, reached, text[start:reached], "model", provisional_slug(item.name, "model"), True))
    return kept, unknown

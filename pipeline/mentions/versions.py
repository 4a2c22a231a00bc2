"""Versions of known model families that nobody listed: `Qwen9-Max`, `GLM-7.5`. A listed version gets its id, any other a provisional one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.lexicon import Family
from pipeline.mentions.names import Found, KnownNames, Reading, starts_well
from pipeline.mentions.provisional import provisional_slug
from pipeline.mentions.spans import Mention
from pipeline.mentions.squash import Squashed, is_latin, squash


@dataclass(frozen=True, slots=True)
class Version:
    """A version name in the text. `needs_context`: its stem is so short (`K2`, `R1`) that it may be anything."""

    start: int
    end: int
    name: str
    family: Family
    needs_context: bool


class Versions:
    """The families of the lexicon, ready to be found."""

    def __init__(self, families: Sequence[Family]) -> None:
        self._stems: list[tuple[str, Family, bool]] = []
        for family in families:
            self._stems += [(squash(stem).text, family, False) for stem in family.stems]
            self._stems += [(squash(stem).text, family, True) for stem in family.short_stems]
        keys = [key for key, _, _ in self._stems]
        self._automaton = AhoCorasick(keys, matchkind=MatchKind.Standard) if keys else None

    def find(self, text: str, squashed: Squashed, taken: Sequence[tuple[int, int]]) -> list[Version]:
        """The version names of `text`, leftmost and longest first, none overlapping another.

        `taken` are the sorted spans of quantities and times: a number that goes on as one of them (`3月`, `5亿元`) is no version.
        """
        if self._automaton is None:
            return []
        ends = {end for _, end in taken}
        starts = dict(taken)
        best: dict[int, Version] = {}
        for pattern, squashed_start, _ in self._automaton.find_matches_as_indexes(squashed.text, overlapping=True):
            start = squashed.offset(squashed_start)
            if not starts_well(text, start):
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
            name = family.canonical(match["version"], match["suffix"])
            known = best.get(start)
            if known is None or end > known.end:
                best[start] = Version(start, end, name, family, short)
        return [best[start] for start in sorted(best)]


def merge(
    text: str, names: KnownNames, found: Sequence[Found], versions: Sequence[Version], context: frozenset[str]
) -> tuple[list[Found], list[Mention]]:
    """Known names and versions without overlap, leftmost and longest first; a listed version becomes a known name, any other a provisional mention.

    `context` are the ids the text is known to speak of: a short version name counts if its family or its developer is among them.
    """
    kept: list[Found] = []
    unknown: list[Mention] = []
    spans: list[tuple[int, int, Found | Version]] = [(name.start, name.end, name) for name in found]
    spans += [(v.start, v.end, v) for v in versions if not v.needs_context or not context.isdisjoint((v.family.id, v.family.developer or ""))]
    spans.sort(key=lambda span: (span[0], -span[1], isinstance(span[2], Version)))
    reached = 0
    for start, end, item in spans:
        if start < reached:
            continue
        reached = end
        if isinstance(item, Found):
            kept.append(item)
            continue
        readings = tuple(reading for reading in names.readings(item.name) or names.readings(text[start:end]) if reading.type == "model")
        if readings:
            kept.append(Found(start, end, (Reading(readings[0].type, readings[0].entity_id),)))
        else:
            unknown.append(Mention(start, end, text[start:end], "model", provisional_slug(item.name, "model"), True))
    return kept, unknown

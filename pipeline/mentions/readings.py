"""What an ambiguous name means where it stands: DeepSeek the company, the model or the app.

Cues in its clause speak, and its siblings in a list; where they are silent, a default does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from pipeline.mentions.names import Found, Reading
from pipeline.mentions.spans import Mention
from pipeline.mentions.squash import is_latin, lowered
from pipeline.mentions.words import words

_LEFT, _RIGHT = 12, 18  # characters on either side in which a cue may stand
_MAKER_NEAR = 60
_TOUCHING, _NEAR = 3, 1
_CLAUSE_END = re.compile(r"[，。；！？!?;\n]")
_LIST_JOINT = re.compile(r"\s*(?:、|和|与|及|以及|或|/|，|,)\s*")
_OPENING = '“”"‘’「」『』《》（）() 的'


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Type -> cues that touch on the right, cues further right, the same on the left. A cue of one character counts only where it touches."""

    def joined(cues: tuple[str, ...], shortest: int) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(cue) for cue in cues if len(cue) >= shortest))

    return {
        name: (joined(cues.after, 1), joined(cues.after, 2), re.compile(f"(?:{joined(cues.before, 1).pattern})$"), joined(cues.before, 2))
        for name, cues in words().cues.items()
    }


def _scores(left: str, right: str, types: Sequence[str]) -> dict[str, int]:
    """How strongly the text on both sides speaks for each type."""
    scores = {}
    bare_left, bare_right = left.rstrip(_OPENING), right.lstrip(_OPENING)
    for name in types:
        touching_right, right_of, touching_left, left_of = _patterns()[name]
        score = 0
        if touching_right.match(bare_right):
            score += _TOUCHING
        elif right_of.search(bare_right):
            score += _NEAR
        if touching_left.search(bare_left):
            score += _TOUCHING
        elif left_of.search(bare_left):
            score += _NEAR
        scores[name] = score
    return scores


def _window(text: str, start: int, end: int) -> tuple[str, str]:
    """The clause around a span, no further than a cue may stand."""
    left, right = text[max(0, start - _LEFT) : start], text[end : end + _RIGHT]
    cut = _CLAUSE_END.search(right)
    if cut:
        right = right[: cut.start()]
    for match in reversed(list(_CLAUSE_END.finditer(left))):
        return left[match.end() :], right
    return left, right


def _siblings(text: str, found: Sequence[Found], index: int) -> list[str]:
    """The types of the unambiguous names that stand in one list with the name at `index`."""
    types = []
    for step in (-1, 1):
        here = index
        for _ in range(4):
            there = here + step
            if not 0 <= there < len(found):
                break
            first, second = (found[there], found[here]) if step < 0 else (found[here], found[there])
            if second.start - first.end > 4 or not _LIST_JOINT.fullmatch(text, first.end, second.start):
                break
            readings = found[there].readings
            if len(readings) == 1:
                types.append(readings[0].type)
            here = there
    return types


def _is_numbered(text: str, found: Sequence[Found], index: int) -> bool:
    """Whether a short Latin name is the number of something else: v4 in `TPU v4`."""
    start, end = found[index].start, found[index].end
    if end - start > 3 or not text[start].isascii() or text[start - 1 : start] != " " or not is_latin(text[start - 2 : start - 1]):
        return False
    return index == 0 or found[index - 1].end != start - 1


def _best(text: str, found: Sequence[Found], index: int, certain: Callable[[Reading, int], bool]) -> Reading | None:
    name = found[index]
    readings = name.readings
    types = tuple(dict.fromkeys(reading.type for reading in readings))
    scores = _scores(*_window(text, name.start, name.end), types)
    for sibling in _siblings(text, found, index):
        if sibling in scores:
            scores[sibling] += _TOUCHING
    if len(readings) == 1:
        if _is_numbered(text, found, index):
            return None
        reading = readings[0]
        is_word = name.end - name.start < 4 or not is_latin(text[name.start])
        enough = _TOUCHING if is_word else _NEAR
        return reading if scores[reading.type] >= enough or certain(reading, index) else None
    default = words().default.get(lowered(text[name.start : name.end]))
    order = words().order

    def rank(reading: Reading) -> tuple[int, bool, bool, int]:
        return (-scores[reading.type], reading.type != default, reading.is_ambiguous, order.index(reading.type))

    return min(readings, key=rank)


def resolve(text: str, found: Sequence[Found], makers: Mapping[str, tuple[str, ...]]) -> list[Mention]:
    """The mention each known name makes; a name with a single, ambiguous reading makes none unless something speaks for it.

    A cue that touches it or a sibling in a list speaks for a reading; so does an unambiguous name of the same entity anywhere in the text, and
    shortly before it a name of one that `makers` gives for it (the family and the developer of a model, the company of a product).
    """
    named = frozenset(name.readings[0].entity_id for name in found if len(name.readings) == 1 and not name.readings[0].is_ambiguous)

    def certain(reading: Reading, index: int) -> bool:
        if reading.entity_id in named:
            return True
        related = makers.get(reading.entity_id, ())
        start = found[index].start
        near = (found[before] for before in range(max(0, index - 4), index) if start - found[before].end <= _MAKER_NEAR)
        return any(other.entity_id in related for name in near for other in name.readings)

    chosen: list[Reading | None] = []
    for index, name in enumerate(found):
        sure = len(name.readings) == 1 and not name.readings[0].is_ambiguous
        chosen.append(name.readings[0] if sure else _best(text, found, index, certain))
    # what a name has meant once in a text it goes on meaning there
    meant = {reading.entity_id for reading in chosen if reading is not None}
    mentions = []
    for index, (name, reading) in enumerate(zip(found, chosen, strict=True)):
        if reading is None and name.readings[0].entity_id in meant and not _is_numbered(text, found, index):
            reading = name.readings[0]
        if reading is not None:
            mentions.append(Mention(name.start, name.end, text[name.start : name.end], reading.type, reading.entity_id))
    return mentions

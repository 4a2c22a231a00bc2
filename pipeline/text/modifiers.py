"""Modifiers on either side of a quantity, and the interval they leave it. The words are in `units.toml`."""

from __future__ import annotations

import re

from pipeline.text.sharing import Draft
from pipeline.text.units import Units

_LONGEST = 4
_MORE = re.compile(r"多(?![模语轮方元数维样媒少家种])")
# One-character modifiers that are the end of another word: 最近3家, 不过30家, 通过3家.
_FALSE_BEFORE = {"近": "最附靠临", "过": "不通难度", "约": "节签合违纽", "超": "赶", "破": "打"}


def _before(text: str, draft: Draft, table: Units) -> tuple[int, str | None]:
    """Where the modifier before a quantity starts, and its name."""
    end = draft.start - 1 if text[draft.start - 1 : draft.start] == " " else draft.start
    for length in range(min(_LONGEST, end), 0, -1):
        start = end - length
        word = text[start:end]
        name = table.modifiers_before.get(word)
        if name is None:
            continue
        previous = text[start - 1] if start else " "
        if previous in _FALSE_BEFORE.get(word, ""):
            continue
        if word in "过破" and not (draft.figure.scaled or draft.unit == "percent"):
            continue
        if word == "~" and previous.isalnum():
            continue
        return start, name
    return draft.start, None


def _after(text: str, draft: Draft, table: Units) -> tuple[int, str | None]:
    """Where the modifier after a quantity ends, and its name."""
    if draft.unit in ("percent", "multiple") and _MORE.match(text, draft.end):
        return draft.end + 1, "over"  # 三成多, 一倍多
    match = table.modifier_after.match(text, draft.end)
    if match is None or (match[0] == "+" and text[match.end() : match.end() + 1].isdigit()):
        return draft.end, None
    return match.end(), table.modifiers_after[match[0]]


def bend(text: str, draft: Draft, table: Units) -> None:
    """Takes the modifiers around a draft into its span and opens its interval."""
    draft.start, before = _before(text, draft, table)
    draft.end, after = _after(text, draft, table)
    name = before or after
    draft.bent = name is not None
    if name is None or draft.modifier != "exact" or draft.value is None:
        return
    draft.modifier = name
    if name in ("over", "at_least"):
        draft.low, draft.high = draft.value, None
    elif name in ("nearly", "under"):
        draft.low, draft.high = None, draft.value

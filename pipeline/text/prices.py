"""Prices per token: 0.7元/百万Token, 每千tokens 0.0006元. Which amounts share one is decided in `sharing`."""

from __future__ import annotations

import re

from pipeline.text.sharing import Draft
from pipeline.text.units import Units, per_value

_REACH = 28  # characters that 每百万tokens may stand before its price
_PER_BEFORE_GAP = re.compile(r"(?:的|价格|定价|仅需?|只要|低至|约|为|收费|输入|输出|成本|[：: ，,]){0,4}")
_PRICE_AHEAD = re.compile(r"(?:的|价格|定价|仅需?|只要|低至|约|为|收费|[：: ]){0,3}[$¥]?\d+(?:\.\d+)?(?:元|美元|美金|块)")


_TOKEN_WORD = re.compile(r"oken|TOKEN|词元|代币")


def is_denominator(text: str, start: int, table: Units) -> bool:
    """Whether the number at `start` only says what a price is for: 每百万tokens, 百万输入tokens 2元."""
    match = table.per_before.match(text, start)
    if match is None:
        return False
    return text[start - 1 : start] == "每" or _PRICE_AHEAD.match(text, match.end()) is not None


def price_per_tokens(text: str, draft: Draft, table: Units) -> None:
    """Gives an amount of money the tokens it is for; takes /百万Token, or 每百万tokens right before it, into the span."""
    after = table.per_after.match(text, draft.end)
    if after is not None:
        draft.per_tokens = per_value(after["count"])
        draft.end = after.end()
        return
    left = max(0, draft.start - _REACH)
    if _TOKEN_WORD.search(text, left, draft.start) is None:
        return
    for before in table.per_before.finditer(text, left, draft.start):
        gap = _PER_BEFORE_GAP.match(text, before.end(), draft.start)
        if gap is not None and gap.end() == draft.start and (before[0][0] in "每/" or draft.start - before.end() < 4):
            draft.per_tokens = per_value(before["count"])
            if not text[before.end() : draft.start].strip():
                draft.start = before.start()

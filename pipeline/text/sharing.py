"""What quantities lend each other: the unit of a list's last member, the currency in force, the tokens a price is for.

Reading a number and its own unit belongs in `quantities`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.figures import Figure
from pipeline.text.spans import Quantity

_LIST = re.compile(r" ?(?:[、,，/和与及跟或至到]|以及|甚至|乃至|或者|分别为|和|\+)* ?(?:是|为)?")
_CHANGE = re.compile(
    r"[的了]?(?:大幅|迅速|快速|骤|飙|猛|骤然|进一步|一路|再次|首次)?(?:增|升|降|涨|跌|扩|提|调|减|上升|下降|增加|增长|上涨|下跌|扩大|提升|提高|上调|下调|缩减|攀升|飙升|跃升|滑落|骤降|回落|降低|翻)(?:至|到|为)了?|(?:升|涨|增|降|跌)?(?:至|到)"
)
_DIRECTION = re.compile(r"[^。！？\n]{0,16}?(?:输入|输出|缓存|命中|推理|高峰|低谷|仅需|只要|只需|仅为|降至|降到|降低至|降为)")
_MEMORY = 200
_PER_MEMORY = 40
_COMMA = re.compile(r"[，,。；;]")
_RATIOS = frozenset(("percent", "multiple", "points"))
_NEAR = 60  # how far a bare number may stand from the one it continues
_CARRIED = frozenset(("tokens", "people", "downloads", "calls", "parameters", "interactions"))


@dataclass(slots=True)
class Draft:
    """A quantity while it is being read. `strong`: has a unit of its own; `bent`: has a modifier; `kind`: the group
    of the unit pattern; `wants_currency`: a money noun stands before it."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    modifier: str
    figure: Figure
    unit: str | None = None
    currency: str | None = None
    per_tokens: int | None = None
    strong: bool = False
    bent: bool = False
    kind: str = ""
    wants_currency: bool = False

    def scale(self, factor: float) -> None:
        if factor != 1:
            self.value = None if self.value is None else _times(self.value, factor)
            self.low = None if self.low is None else _times(self.low, factor)
            self.high = None if self.high is None else _times(self.high, factor)

    def shift(self, amount: float) -> None:
        if amount:
            self.value = None if self.value is None else self.value + amount
            self.low = None if self.low is None else self.low + amount
            self.high = None if self.high is None else self.high + amount

    @property
    def is_bare(self) -> bool:
        return not self.strong and self.currency is None and self.figure.unit is None


def _times(value: float, factor: float) -> float:
    """A product without the dust of binary fractions."""
    return float(f"{value * factor:.12g}")


def _lend(giver: Draft, taker: Draft) -> None:
    taker.unit, taker.currency, taker.wants_currency = giver.unit, giver.currency, giver.wants_currency


def share(text: str, drafts: list[Draft]) -> list[Quantity]:
    """The finished quantities of one text, in order."""
    for left, right in zip(reversed(drafts[:-1]), reversed(drafts[1:])):
        between = text[left.end : right.start] if right.start - left.end <= 8 else ""
        listed = bool(between) and _LIST.fullmatch(between) is not None
        changed = _CHANGE.fullmatch(between.strip()) is not None and not (right.unit in _RATIOS and left.figure.scaled)  # 从4亿增至6亿用户
        if (
            left.is_bare
            and (listed or changed)
            and (right.strong or left.unit is None)
            and (right.currency or right.unit or right.wants_currency)
        ):
            _lend(right, left)
        if listed and left.unit and right.unit and right.unit.isascii() and text[left.end - 1] == text[right.end - 1] == left.unit:
            left.unit = right.unit  # 两万张、十万张GPU
        if left.currency and right.per_tokens and left.per_tokens is None and listed and right.figure.start - right.start < 4:
            left.per_tokens = right.per_tokens
    currency: str | None = None
    currency_at = per_at = -(10**9)
    per: int | None = None
    previous: Draft | None = None
    out = []
    for draft in drafts:
        if previous is not None and draft.is_bare and draft.start - previous.end <= 24 and (previous.currency or previous.unit):
            between = text[previous.end : draft.start]
            changed = _CHANGE.search(between) is not None and _COMMA.search(between) is None
            listed = _COMMA.search(between) is None and _LIST.fullmatch(between) is not None
            if (changed or listed) and not (previous.unit in _RATIOS and draft.figure.scaled):
                _lend(previous, draft)
        if (
            draft.is_bare
            and draft.unit is None
            and previous is not None
            and draft.start - previous.end <= _NEAR
            and "\n" not in text[previous.end : draft.start]
        ):
            if previous.currency is not None and previous.per_tokens is None:
                draft.wants_currency = True
            elif previous.unit in _CARRIED and previous.is_bare:
                draft.unit = previous.unit
        if draft.wants_currency and draft.currency is None:
            near = currency is not None and draft.start - currency_at <= _MEMORY and "\n" not in text[currency_at : draft.start]
            draft.currency = currency if near else "CNY"
        if draft.currency is not None:
            if (
                draft.per_tokens is None
                and per is not None
                and draft.start - per_at <= _PER_MEMORY
                and _DIRECTION.match(text, per_at, draft.start)
            ):
                draft.per_tokens = per
            if draft.per_tokens is not None:
                per, per_at = draft.per_tokens, draft.end
            if draft.strong:
                currency, currency_at = draft.currency, draft.end
        out.append(_finished(text, draft))
        previous = draft
    return out


def _finished(text: str, draft: Draft) -> Quantity:
    return Quantity(
        draft.start,
        draft.end,
        text[draft.start : draft.end],
        draft.value,
        draft.low,
        draft.high,
        draft.modifier,
        None if draft.currency else draft.unit,
        draft.currency,
        draft.per_tokens,
    )

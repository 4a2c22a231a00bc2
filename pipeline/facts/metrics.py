"""Rules of `metrics`: what companies, models, products and countries measure. One row for each number that a cue names and a subject owns.

The parts: `metrics_cues` (what is measured), `metrics_growth` (changes), `metrics_counts` (models, cards, companies, offers), `metrics_subjects`
(whose number). Amounts of other tables (funding, spending, prices, sizes of models) have no cue here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.facts import metrics_counts, metrics_cues, metrics_growth
from pipeline.facts.metrics_cues import ANY_HOLDER, Cue, Reading, unit_of
from pipeline.facts.metrics_subjects import follower, holder, is_source, subject_fields
from pipeline.facts.patterns import Fact, quantity_fields
from pipeline.facts.timing import NO_DATE, date_fields, time_of_number
from pipeline.facts.view import SentenceView, Token

_AMOUNTS = ("MONEY", "PERCENT", "MULTIPLE", "COUNT", "TOKENS", "NUMBER", "PRICE", "PARAMS")
_MEASURED = frozenset(("MONEY", "PERCENT", "MULTIPLE", "COUNT", "TOKENS", "NUMBER"))
_JOINT = re.compile(r"[\s、和与及]{1,3}|以及")
_TO = re.compile(r"[^,，。;；]{0,14}(?:至|到|为|达)[^,，。;；\ue010-\ue017]{0,6}")
_VERSUS = re.compile(r"较|超|高于|低于|不及|远|预期|预测|上一?个?季|去年|同期|而|则|相比|从|优于|同比|乃至|甚至")
_CONVERTED = re.compile(r"[（(]\s*(?:[^（()）]{0,6})$")
_CONVERSION = re.compile(r"约合|折合|合人民币|相当于人民币|约等于|当前约")
_CAGR = re.compile(r"市场规模|市场")


@dataclass(slots=True)
class _Found:
    """A number with its reading, or its change, and the owner once known."""

    token: Token
    reading: Reading
    owner: Token | None


def _is_conversion(view: SentenceView, token: Token) -> bool:
    """Whether an amount only repeats the one before it in another currency."""
    if token.kind != "MONEY":
        return False
    words = view.document.folded.text[token.start : token.end]
    around = view.shadow[max(0, token.at - 10) : token.at]
    return bool(_CONVERSION.search(words) or (re.search(r"[（(][^（()）]*$", around) and _CONVERSION.search(around)))


def _groups(view: SentenceView) -> Iterator[list[Token]]:
    """The numbers of a sentence, those of one list together: 1.72亿、3286万."""
    group: list[Token] = []
    for token in (t for t in view.tokens if t.kind in _AMOUNTS and not _is_conversion(view, t)):
        if group and unit_of(group[-1]) == unit_of(token) and _JOINT.fullmatch(view.between(group[-1], token)):
            group.append(token)
            continue
        if group:
            yield group
        group = [token]
    if group:
        yield group


def _bounds(view: SentenceView, group: list[Token], amounts: list[Token]) -> tuple[int, int]:
    """The stretch of the clause that is the group's own: up to the numbers before and behind it."""
    clause = view.clause_at(group[0].at)
    left = max([clause.left, *(t.at + 1 for t in amounts if t.at < group[0].at)])
    last = view.clause_at(group[-1].at)
    right = min([last.right, *(t.at for t in amounts if t.at > group[-1].at)])
    return left, right


def _read(view: SentenceView, group: list[Token], left: int, right: int) -> Reading | None:
    """The reading of a list: by the words before its first number, else by those behind its last."""
    first = metrics_counts.read(view, group[0], left, right if len(group) == 1 else group[1].at) or metrics_cues.read(
        view, group[0], left, right if len(group) == 1 else group[0].at + 1
    )
    if first or len(group) == 1:
        return first
    return metrics_cues.read(view, group[-1], group[-1].at, right)


def _inherited(view: SentenceView, found: list[_Found], group: list[Token], left: int) -> tuple[Reading, Token | None] | None:
    """The reading of an earlier number that this one is set beside: from X to Y, X against Y."""
    for earlier in reversed(found):
        if unit_of(earlier.token) != unit_of(group[0]):
            continue
        between = view.shadow[earlier.token.at + 1 : group[0].at]
        if len(between) > 40 or "。" in between:
            return None
        own = view.shadow[left : group[0].at]
        if not (_TO.fullmatch(between) or _VERSUS.search(own)):
            return None
        if re.search(r"融资|估值|投资|成本|价格|支出|投入|占|研发|花费", own):
            return None
        names = [t for t in view.tokens_in(earlier.token.at + 1, group[0].at, *earlier.reading.cue.holders) if not is_source(view, t)]
        return earlier.reading, (names[0] if names else earlier.owner)
    return None


def _row(view: SentenceView, token: Token, owner: Token, cue: Cue, rule: str, left: int, right: int, **more: Any) -> Fact:
    quantity = token.quantity
    sign = int(more.pop("sign", cue.sign))
    metric = cue.metric
    unit = cue.unit or (quantity.currency if token.kind == "MONEY" else quantity.unit)
    fields: dict[str, Any] = {**subject_fields(owner, metric), "metric": metric, **quantity_fields(token, sign=sign), "unit": unit}
    fields |= {"currency": quantity.currency if token.kind == "MONEY" else None, "of_metric": cue.of_metric}
    time = more.pop("time", None) or time_of_number(view, token.at)
    fields |= more
    if "date_start" not in fields:
        fields |= date_fields(view, time) if time else NO_DATE
    start, end = min(view.folded_offset(left), token.start), max(view.folded_offset(right - 1) + 1, token.end)
    tokens = (token, owner, *((time,) if time else ()))
    inside = [t for t in tokens if view.start <= t.start < view.end]
    return Fact("metrics", fields, start, end, f"metrics.{rule}", tuple(inside))


def _pair(view: SentenceView, group: list[Token], owner: Token, kinds: tuple[str, ...]) -> list[Token] | None:
    """The owners of the numbers of a list, one each; None if they cannot be told."""
    if len(group) == 1:
        return [owner]
    siblings = [t for t in view.siblings(owner) if t.kind in kinds]
    return siblings if len(siblings) == len(group) else None


def _ends(view: SentenceView, first: Token, second: Token) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The dates of X and Y in `7—10月从X增至Y`: the first and the last month of the range."""
    time = time_of_number(view, first.at)
    if time is None or time.time.precision not in ("range", "quarter", "half") or time.time.date_start is None or time.time.date_end is None:
        return None
    if view.tokens_in(first.at, second.at, "TIME") or not re.search(r"从$", view.shadow[max(0, first.at - 1) : first.at]):
        return None
    text = view.document.raw_text(time.start, time.end)
    start, end = time.time.date_start, time.time.date_end
    if start.day != 1:
        return None
    month_end = next(d for d in (28, 29, 30, 31) if _is_last(start.replace(day=1), d))
    one = {"date_start": start, "date_end": start.replace(day=month_end), "date_precision": "month", "date_text": text}
    two = {"date_start": end.replace(day=1), "date_end": end, "date_precision": "month", "date_text": text}
    return one, two


def _is_last(month: Any, day: int) -> bool:
    from calendar import monthrange

    return monthrange(month.year, month.month)[1] == day


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `metrics` in a sentence."""
    amounts = [t for t in view.tokens if t.kind in _AMOUNTS]
    if not any(t.kind in _MEASURED for t in amounts):
        return
    yield from metrics_counts.offers(view)
    found: list[_Found] = []
    for group in _groups(view):
        if group[0].kind not in _MEASURED:
            continue
        left, right = _bounds(view, group, amounts)
        if facts := list(_changes(view, group, left, right, found)):
            yield from facts
            continue
        yield from _levels(view, group, left, right, found)


def _changes(view: SentenceView, group: list[Token], left: int, right: int, found: list[_Found]) -> Iterator[Fact]:
    change = metrics_growth.change(view, group[0], left, right)
    if change is None:
        return
    base = found[-1] if found and found[-1].reading.cue.metric != "growth" else None
    kinds = ANY_HOLDER
    owner = holder(view, change.left, kinds, cue=None, reach=1 if base else 0)
    clause = view.clause_at(group[0].at)
    here = [t for t in view.tokens_in(clause.left, group[0].at, *kinds)]
    if base and base.owner and not here and (change.of is None or len(change.of) < 2):
        owner = base.owner
    owner = owner or (base.owner if base else None)
    if owner is None or owner.kind == "COUNTRY":
        return
    of = metrics_cues.metric_named(change.of) if change.of else None
    of = of or change.of or (base.reading.cue.metric if base else None)
    owners = _pair(view, group, owner, kinds)
    for token, whose in zip(group, owners or [], strict=False):
        cue = Cue("growth", "growth", frozenset(), of_metric=of)
        rule = "growth" if base or change.of is None else "growth_of"
        yield _row(view, token, whose, cue, rule, change.left, max(change.right, token.at + 1), sign=change.sign)
        found.append(_Found(token, Reading(cue, change.left, change.right), whose))


def _levels(view: SentenceView, group: list[Token], left: int, right: int, found: list[_Found]) -> Iterator[Fact]:
    reading = _read(view, group, left, right)
    rule = reading.cue.rule if reading else ""
    owner: Token | None = None
    if reading is None:
        if inherited := _inherited(view, found, group, left):
            reading, owner = inherited
            rule = f"{reading.cue.rule}_compared"
    if reading is None:
        return
    cue = reading.cue
    if cue.metric == "growth":
        return
    if owner is None:
        owner = metrics_counts.owner(view, group[0], reading) or holder(
            view, group[0].at, cue.holders, cue=reading.left if reading.left < group[0].at else None, reach=2
        )
    if owner is None:
        return
    owners = _pair(view, group, owner, cue.holders)
    if owners is None:
        return
    previous = found[-1] if found else None
    for token, whose in zip(group, owners, strict=True):
        more: dict[str, Any] = {}
        if previous and rule.endswith("_compared") and (dates := _ends(view, previous.token, token)):
            more = dates[1]
        following = next((t for t in view.tokens if t.at > token.at and unit_of(t) == unit_of(token)) if False else iter(()), None)
        if following:
            more = {}
        left_at = min(reading.left, token.at) if not rule.endswith("_compared") else token.at
        yield _row(view, token, whose, cue, rule, left_at, max(reading.right, token.at + 1), **more)
        found.append(_Found(token, replace(reading, cue=cue), whose))


__all__ = ["find", "follower"]

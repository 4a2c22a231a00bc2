"""Ratios of cost to somebody else's, and scores in tests. Used by `metrics`; model against model belongs to `comparisons`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.facts.metrics_cues import Cue, Reading
from pipeline.facts.metrics_subjects import holder, subject_fields
from pipeline.facts.patterns import Fact, compiled, quantity_fields
from pipeline.facts.phrases import before, phrase_at, tokens
from pipeline.facts.timing import NO_DATE
from pipeline.facts.view import SentenceView, Token

_OF_COST = re.compile(r"的(?P<what>[^,，。;；的]{0,6}成本)")
_TO_LEVEL = compiled(
    r"(?P<what>[^,，。;；的{PERCENT}]{0,8}成本)[^,，。;；]{0,6}(?:降至|降到|压缩到|仅为|约为|只有|仅有|是|为)[^,，。;；{MODEL}{PRODUCT}]{1,14}的?$"
)
_UP_TO = re.compile(r"[^,，。;；]{0,6}(?:提升|提高|上升|增加|跃升|升|增|涨|降|下降|跌|飙升)[至到][^,，。;；]{0,2}")
_ANAPHOR = re.compile(r"(?:^|[,，。：“])[^,，。]{0,4}(?:它(?!们)|该公司|这家|其(?!中|他|它|余|实))")
_SCORE = re.compile(r"得分|准确率|正确率|通过率|成绩|分数|评分|得到|取得|获得|达到?|拿下|拿到|跑分|解决率|胜率|命中率|平均分|以")
_NO_SCORE = re.compile(r"提升|提高|下降|降低|高出|领先|增长|落后|成本|价格|高了|多出|超越|占|概率|提高了|缩小|差距")
SCORE = Cue("score", "other", frozenset(("percent", "points")), holders=("MODEL",))
RATIO = Cue("cost_ratio", "cost_ratio", frozenset(("percent",)), holders=("MODEL", "PRODUCT", "ORG"))


def find(view: SentenceView) -> Iterator[Fact]:
    """Rows of `cost_ratio` and of test scores in a sentence."""
    yield from _costs(view)
    yield from _scores(view)


def _fact(view: SentenceView, token: Token, owner: Token, reading: Reading, of_metric: str, rule: str) -> Fact:
    unit = token.quantity.unit
    fields: dict[str, Any] = {
        **subject_fields(owner, reading.cue.metric),
        "metric": reading.cue.metric,
        **quantity_fields(token),
        "unit": unit,
    }
    fields |= {"currency": None, "of_metric": of_metric, **NO_DATE}
    start, end = view.folded_offset(reading.left), max(token.end, view.folded_offset(reading.right - 1) + 1)
    used = tuple(t for t in (token, owner) if view.start <= t.start < view.end)
    return Fact("metrics", fields, min(start, token.start), end, f"metrics.{rule}", used)


def _costs(view: SentenceView) -> Iterator[Fact]:
    """用不到OpenAI十分之一的成本; 训练成本降至行业平均水平的10%."""
    if "成本" not in view.shadow:
        return
    for token in (t for t in view.tokens if t.kind == "PERCENT"):
        phrase = phrase_at(view, token.at)
        lead = view.shadow[phrase.left : token.at]
        if tokens(view, phrase, "MODEL", "PRODUCT") and len(tokens(view, phrase, "MODEL", "PRODUCT")) > 1:
            continue
        if (found := _OF_COST.match(view.shadow, token.at + 1)) and re.search(r"(?:用|以|花|凭)[^,，。]{0,10}$", lead):
            span, what = Reading(RATIO, token.at, found.end()), found["what"]
        elif level := _TO_LEVEL.search(lead):
            span, what = Reading(RATIO, phrase.left + level.start(), token.at + 1), level["what"]
        else:
            continue
        if owner := holder(view, token.at, ("MODEL", "PRODUCT"), reach=0) or _user(view, token):
            yield _fact(view, token, owner, span, re.sub(r"^(?:将|把|其|的|而)+|[\ue000-\uf8ff]", "", what), "cost_ratio")


def _user(view: SentenceView, token: Token) -> Token | None:
    """Who spends that little: the organisation that the phrase is about, not the one it is measured against."""
    phrase = phrase_at(view, token.at)
    last = [t for t in tokens(view, phrase, "ORG") if t.at < token.at]
    at = last[-1].at if last and re.fullmatch(r"[^,，。]{0,3}", view.shadow[last[-1].at + 1 : token.at]) else token.at
    carried = _ANAPHOR.search(view.shadow, 0, token.at)  # it, this company: the one of the sentence before
    return holder(view, at, ("ORG",), reach=3 if carried else 0)


def _scores(view: SentenceView) -> Iterator[Fact]:
    """A model's result in a named test: one for each test of a list."""
    marks = [t for t in view.tokens if t.kind == "BENCHMARK"]
    models = [t for t in view.tokens if t.kind == "MODEL"]
    if not marks or not models:
        return
    done: set[int] = set()
    for token in (t for t in view.tokens if t.kind == "PERCENT" or (t.kind == "COUNT" and t.quantity.unit == "points")):
        if token.at in done:
            continue
        phrase = phrase_at(view, token.at)
        group = _list_from(view, token)
        done.update(t.at for t in group)
        lead = view.shadow[phrase.left : token.at]
        if not _SCORE.search(lead[-14:]) and not re.match(r"的?(?:准确率|正确率|通过率|得分|成绩|分数)", view.shadow[token.at + 1 :]):
            continue
        if _NO_SCORE.search(lead):
            continue
        tests = _tests(view, token, len(group))
        owner = holder(view, token.at, ("MODEL",), reach=0)
        if len(group) == 1 and lead.rstrip().endswith("从") and (reached := _improved(view, token)):
            group, tests = [token, reached], tests * 2
            done.add(reached.at)
        if owner is None or len(tests) != len(group):
            continue
        for one, test in zip(group, tests, strict=True):
            reading = Reading(SCORE, min(test.at, one.at) if test.at >= phrase.left else one.at, one.at + 1)
            yield _fact(view, one, owner, reading, f"{test.mention.text}得分", "score")


def _improved(view: SentenceView, token: Token) -> Token | None:
    """Y in `得分从X提升至Y`."""
    later = next((t for t in view.tokens if t.at > token.at and t.kind == token.kind), None)
    return later if later and _UP_TO.fullmatch(view.between(token, later)) else None


def _list_from(view: SentenceView, token: Token) -> list[Token]:
    group = [token]
    for later in (t for t in view.tokens if t.at > token.at and t.kind == token.kind):
        if not re.fullmatch(r"[\s、和与及]{1,3}", view.between(group[-1], later)):
            break
        group.append(later)
    return group


def _tests(view: SentenceView, token: Token, count: int) -> list[Token]:
    """The tests that the numbers from `token` on belong to: the last ones named before, in this phrase or the one before."""
    phrase = phrase_at(view, token.at)
    for part in (phrase, *before(view, phrase)[:2]):
        if named := [t for t in tokens(view, part, "BENCHMARK") if t.at < token.at]:
            return named if count > 1 else named[-1:]
    return []

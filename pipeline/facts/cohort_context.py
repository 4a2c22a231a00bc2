"""Members of groups told over several sentences: `第一类…, 第二类…` before `这五家…形成了“五强”`, the last ones left.

Lists beside a label are in `cohort_memberships`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load

_O, _COUNT = KINDS["ORG"], KINDS["COUNT"]
_THESE = re.compile(rf"(?:这|上述){_COUNT}(?:[^。;；]{{0,24}}?)[“\"「『]?(?P<label>{KINDS['COHORT']})")
_KIND = re.compile(
    rf"(?:第[一二三四]类|一类|另一类|其一|其二|一是|二是)[^。;；{_O}]{{0,24}}?(?:是|为|包括|有|即|像)[^。;；{_O}]{{0,24}}?(?P<list>{_O}(?:[\s、和与及]{{1,2}}{_O})*)"
)
_REMAIN = re.compile(r"(?:只会|只|仅|最后|最终|还)?(?:剩下|剩|留下|存活|收敛到|收敛至|笑到最后|留在牌桌上?)")
_LIST_OF = re.compile(rf"(?P<list>{_O}(?:[\s、和与及]{{1,2}}{_O}){{2}})(?!(?:[\s、和与及]{{1,2}}){_O})")
_PART_OF = re.compile(
    r"是(?P<name>[“\"「]?[\u4e00-\u9fff]{0,3}?(?:五强|六虎|小虎|小龙|四强|三强|巨头))[”\"」]?(?:里|中|之中|当中)[^。;；]{0,24}?(?:的?一家|之一|一员|成员|玩家|公司)"
)
_DIGITS = {"三": 3, "四": 4, "五": 5, "六": 6, "七": 7}


@dataclass(frozen=True, slots=True)
class Member:
    """A member found outside the sentence of the label: the cohort's id, the organisation, and the stretch of `view` that names it."""

    cohort: str
    org: Token
    view: SentenceView
    left: int
    right: int
    rule: str
    status: str = "member"
    predicted: bool = False


@cache
def _number_of_id(cohort_id: str) -> int | None:
    entity = load().entities.get(cohort_id)
    return next((n for digit, n in _DIGITS.items() if entity and digit in (entity.name_zh or "")), None)


def number_of(label: Token) -> int | None:
    """How many members the name of the cohort counts (六小虎: 6); None if it counts none."""
    return _number_of_id(label.entity_id)


def _back(view: SentenceView, reach: int) -> Iterator[SentenceView]:
    behind, steps = view.previous, 0
    while behind is not None and steps < reach:
        yield behind
        behind, steps = behind.previous, steps + 1


def across_sentences(view: SentenceView) -> Iterator[Member]:
    """第一类…, 第二类…, then `这五家公司形成了“五强”`."""
    if found := _THESE.search(view.shadow):
        label = view.token_at(found.start("label"))
        if label is None:
            return
        kinds = [(v, k) for v in _back(view, 5) for k in _KIND.finditer(v.shadow)]
        members = {t.entity_id for v, k in kinds for t in v.tokens_in(*k.span("list"), "ORG")}
        if kinds and len(members) in (number_of(label), _count(view, found.start())):
            for sentence, kind in kinds:
                for org in sentence.tokens_in(*kind.span("list"), "ORG"):
                    yield Member(label.entity_id, org, sentence, kind.start(), kind.end(), "across_sentences")


def _count(view: SentenceView, left: int) -> int | None:
    token = next((t for t in view.tokens if t.at >= left and t.kind == "COUNT"), None)
    return int(token.quantity.value) if token and token.quantity.value else None


def _last_label(view: SentenceView, part: str) -> str | None:
    """The cohort named last before, among those whose name holds `part`."""
    for behind in _back(view, 400):
        for token in reversed(behind.tokens):
            if token.kind == "COHORT":
                entity = load().entities.get(token.entity_id)
                if entity and part in (entity.name_zh or ""):
                    return token.entity_id
    return None


def narrowed_down(view: SentenceView) -> Iterator[Member]:
    """`只会剩下A、B和C这三家` within a sentence."""
    shadow = view.shadow
    remain = _REMAIN.search(shadow)
    if remain:
        listed = _LIST_OF.search(shadow, remain.start())
        if listed and (_count_is(view, remain.start(), 3) or "笑到最后" in remain[0]):
            for org in view.tokens_in(*listed.span("list"), "ORG"):
                yield Member("final-three", org, view, remain.start(), listed.end(), "narrowed_down", predicted=True)


def _count_is(view: SentenceView, left: int, number: int) -> bool:
    return any(t.quantity.value == number for t in view.tokens if t.kind == "COUNT" and t.at >= left)


def one_of_unnamed(view: SentenceView) -> Iterator[Member]:
    """ORG是五强里…的一家: a short form of the label that stood before."""
    for found in _PART_OF.finditer(view.shadow):
        label = _last_label(view, found["name"].strip('“"「')[-2:])
        org = next((t for t in reversed(view.tokens) if t.at < found.start() and t.kind == "ORG"), None)
        if label and org and not re.search(r"[,，。;；]", view.shadow[org.at : found.start()]):
            yield Member(label, org, view, org.at, found.end(), "is_one_of")

"""Members of groups told over several sentences: `第一类…, 第二类…` before `这五家…形成了“五强”`, `收敛到五家公司` and the five named after it, seats lost.

Lists beside a label are in `cohort_memberships`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.facts.discourse import is_oblique
from pipeline.facts.speech_speakers import maker_of
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load

_O, _COUNT = KINDS["ORG"], KINDS["COUNT"]
_THESE = re.compile(rf"(?:这|上述){_COUNT}(?:[^。;；]{{0,24}}?)[“\"「『]?(?P<label>{KINDS['COHORT']})")
_KIND = re.compile(
    rf"(?:第[一二三四]类|一类|另一类|其一|其二|一是|二是)[^。;；{_O}]{{0,24}}?(?:是|为|包括|有|即|像)[^。;；{_O}]{{0,24}}?(?P<list>{_O}(?:[\s、和与及]{{1,2}}{_O})*)"
)
_NARROWED = re.compile(
    rf"(?:收敛|集中|缩减|缩小|减少|浓缩)(?:到|至|为|成)[^,，。;；]{{0,4}}?(?P<count>{_COUNT})(?:主要|头部)?(?:公司|企业|玩家|巨头|厂商)?"
)
_REMAIN = re.compile(r"(?:只会|只|仅|最后|最终|还)?(?:剩下|剩|留下|存活|收敛到|收敛至|笑到最后|留在牌桌上?)")
_LIST_OF = re.compile(rf"(?P<list>{_O}(?:[\s、和与及]{{1,2}}{_O}){{2}})(?!(?:[\s、和与及]{{1,2}}){_O})")
_ABROAD = re.compile(r"硅谷|海外|国外|\ue007")
_PART_OF = re.compile(
    r"是(?P<name>[“\"「]?[\u4e00-\u9fff]{0,3}?(?:五强|六虎|小虎|小龙|四强|三强|巨头))[”\"」]?(?:里|中|之中|当中)[^。;；]{0,24}?(?:的?一家|之一|一员|成员|玩家|公司)"
)
_EXAMPLES = re.compile(rf"^[\s“]*(?P<list>{_O}(?:[\s、和与及]{{1,2}}{_O})*)(?:就|便|正|也)?是[^。;；,，]{{0,8}}?(?:典型|代表|例子)")
_SEATS = re.compile(rf"(?P<label>{KINDS['COHORT']})[”\"」』]?(?:仅剩|只剩|还剩|剩下|仅存)(?:下)?(?P<count>{_COUNT})")
_GONE = re.compile(r"退出|放弃|出局|离场|掉队")
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
    """第一类…, 第二类…, then `这五家公司形成了“五强”`; and `A和B就是典型` after a sentence on the group."""
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
    if (found := _EXAMPLES.search(view.shadow)) and view.previous and re.search(r"小虎|小龙|五强|\ue004", view.previous.shadow):
        cohort = _last_label(view, "小虎" if "小虎" in view.previous.shadow else "")
        for org in view.tokens_in(*found.span("list"), "ORG") if cohort else ():
            yield Member(cohort or "", org, view, found.start(), found.end(), "examples")


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
    """`只会剩下A、B和C这三家` within a sentence; `在硅谷…收敛到五家公司` and the five that the next sentences are about."""
    shadow = view.shadow
    remain = _REMAIN.search(shadow)
    if remain:
        listed = _LIST_OF.search(shadow, remain.start())
        if listed and (_count_is(view, remain.start(), 3) or "笑到最后" in remain[0]):
            for org in view.tokens_in(*listed.span("list"), "ORG"):
                yield Member("final-three", org, view, remain.start(), listed.end(), "narrowed_down", predicted=True)
    narrowed = _NARROWED.search(shadow)
    if narrowed and _ABROAD.search(shadow) and _count(view, narrowed.start()) == 5 and "\ue000" not in shadow[narrowed.end() :]:
        yield from _named_next(view, 5)


def _count_is(view: SentenceView, left: int, number: int) -> bool:
    return any(t.quantity.value == number for t in view.tokens if t.kind == "COUNT" and t.at >= left)


def _named_next(view: SentenceView, number: int) -> Iterator[Member]:
    """The organisations that the next sentences of the paragraph are about, if they are as many as announced."""
    members: dict[str, Member] = {}
    for sentence in view.document.sentences[view.number + 1 : view.number + 4]:
        if sentence.sentence.paragraph != view.sentence.paragraph:
            break
        for clause in sentence.clauses:
            first = next(
                (t for t in clause.tokens if t.kind == "ORG" and (not is_oblique(sentence, t) or sentence.shadow[t.at - 1] == "的")), None
            )
            for org in sentence.siblings(first) if first else ():
                members.setdefault(org.entity_id, Member("overseas-five", org, sentence, clause.left, clause.right, "narrowed_down"))
    if len(members) == number:
        yield from members.values()


def one_of_unnamed(view: SentenceView) -> Iterator[Member]:
    """ORG是五强里…的一家: a short form of the label that stood before."""
    for found in _PART_OF.finditer(view.shadow):
        label = _last_label(view, found["name"].strip('“"「')[-2:])
        org = next((t for t in reversed(view.tokens) if t.at < found.start() and t.kind == "ORG"), None)
        if label and org and not re.search(r"[,，。;；]", view.shadow[org.at : found.start()]):
            yield Member(label, org, view, org.at, found.end(), "is_one_of")


def seats_lost(view: SentenceView) -> Iterator[Member]:
    """六小虎仅剩4席, after as many as are missing were said to have gone."""
    for found in _SEATS.finditer(view.shadow):
        label = view.token_at(found.start("label"))
        if label is None:
            continue
        total, left = number_of(label), _count(view, found.start())
        if not total or not left:
            continue
        for behind in _back(view, 3):
            gone = _GONE.search(behind.shadow)
            orgs = [
                o
                for t in behind.tokens[:12]
                if t.kind in ("ORG", "MODEL") and gone and t.at < gone.start()
                for o in [t if t.kind == "ORG" else maker_of(t)]
                if o
            ]
            if len({o.entity_id for o in orgs}) == total - left:
                for org in orgs:
                    yield Member(label.entity_id, org, view, found.start(), found.end(), "seats_lost", "left")
                break

"""Rules of `cohort_memberships`: which organisation belongs to which named group, by lists beside the group's label within a sentence.

Members that stand in other sentences than the label, and groups told by their number only, are in `cohort_context`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.cohort_context import across_sentences, narrowed_down, number_of, one_of_unnamed
from pipeline.facts.discourse import subject
from pipeline.facts.patterns import Fact
from pipeline.facts.speech_speakers import maker_of
from pipeline.facts.view import KINDS, SentenceView, Token

_O, _C = KINDS["ORG"], KINDS["COHORT"]
_M = f"[{_O}{KINDS['MODEL']}{KINDS['PRODUCT']}]"
_ONE = rf"(?:{_M}(?:[(（][^()（）]{{1,12}}[)）])?|[A-Za-z][A-Za-z0-9.]{{1,11}})"
_JOINT = r"[\s、/和与及以,，\"“”]{1,3}"
_LIST = rf"{_M}(?:{_JOINT}{_ONE})+"
_OPEN, _CLOSE = r"[“\"「『]?", r"[”\"」』]?"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("list_then_label", re.compile(
        rf"(?P<list>{_LIST})[、,，]?(?:等|这)?[^。;；,，{_O}{_C}]{{0,16}}?(?:组成|构成|形成|成为|并称|合称|被称为|被称作|号称|为代表|为首|领衔|这样|共同|入选|的|是|——)(?:了|的)?(?:[^。;；,，{_O}{_C}]{{0,12}}?)"
        rf"{_OPEN}(?P<label>{_C})")),
    ("list_then_label", re.compile(
        rf"(?P<list>{_LIST})[^。;；{_O}{_C}]{{0,40}}?(?:有|被称为|号称|素有|被视为|获称|并称|成为|组成)[^。;；,，{_O}{_C}]{{0,6}}?{_OPEN}(?P<label>{_C}){_CLOSE}(?:之称|称号|之名|$|[。;；,，])")),
    ("label_then_list", re.compile(
        rf"(?P<label>{_C}){_CLOSE}(?:阵营|成员|企业|公司|厂商)?\s?(?:[,，]?(?:——|—|－|:|：|即|也就是|包括|分别(?:是|为)?|指的是)|[(（]|之中的|中的|里的|的|是|有|为)?\s?(?:——|以|由|是|为|来自|包括|分别(?:是|为))?\s?"
        rf"(?P<list>{_LIST})")),
    ("label_then_each", re.compile(rf"(?P<label>{_C}){_CLOSE}(?:之)?中[,，]?从(?P<list>[^。;；]{{2,120}}再?到[^。;；]{{0,40}}?{_M})")),
)  # fmt: skip
_SINGLE = re.compile(
    rf"(?P<verb>跻身|位列|入选|名列|列入|挤进|晋级|作为|身为|属于|曾是|是|成为|成功进入|退出|掉出|跌出|淡出|不属于|并非|未入选)(?P<gap>[^。;；,，{_O}{_C}]{{0,12}}?){_OPEN}(?P<label>{_C}){_CLOSE}"
    r"(?P<part>之一|成员|行列|里的成员|中的成员|中的?一员|的一员|的成员|里的|中的?一家|阵营|之列|中最|里最)?"
)
_LABEL_ONE = re.compile(
    rf"{_OPEN}(?P<label>{_C}){_CLOSE}(?P<part>之一的?|成员(?:之一)?的?|中的|里的|(?=[,，]?是))(?P<gap>[,，]?(?:是|——|—)?[^。;；,，{_O}{_C}]{{0,14}}?)(?P<org>{_O})(?![、和与])"
)
_DIRECT_ONE = re.compile(rf"{_OPEN}(?P<label>{_C}){_CLOSE}(?P<org>{_O})(?![、和与])")
_STRONG = frozenset(("跻身", "位列", "入选", "名列", "列入", "挤进", "晋级", "身为", "成功进入", "属于"))
_OUT = frozenset(("退出", "掉出", "跌出", "淡出"))
_NEVER = frozenset(("不属于", "并非", "未入选"))


def _row(
    view: SentenceView,
    cohort: str,
    org: str,
    tokens: tuple[Token, ...],
    start: int,
    end: int,
    rule: str,
    status: str,
    assertion: str | None,
) -> Fact:
    fields = {"cohort_id": cohort, "org_id": org, "status": status}
    left, right = view.folded_offset(start), view.folded_offset(max(end - 1, start)) + 1
    return Fact(
        "cohort_memberships",
        fields,
        left,
        right,
        f"cohort_memberships.{rule}",
        tuple(t for t in tokens if t in view.tokens),
        assertion=assertion,
    )


def members_in(view: SentenceView, left: int, right: int) -> list[Token]:
    """The organisations named between two shadow offsets; a model in a list of companies stands for its maker. Each once."""
    out: dict[str, Token] = {}
    for token in view.tokens_in(left, right, "ORG", "MODEL", "PRODUCT"):
        org = token if token.kind == "ORG" else maker_of(token)
        if org:
            out.setdefault(org.entity_id, org)
    return list(out.values())


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `cohort_memberships` in a sentence, one for each member of a list."""
    seen: set[tuple[str, str]] = set()
    if _C in view.shadow:
        for fact in _beside(view):
            key = (fact.fields["cohort_id"], fact.fields["org_id"])
            if key not in seen:
                seen.add(key)
                yield fact
    for source in (across_sentences, narrowed_down, one_of_unnamed):
        for member in source(view):
            key = (member.cohort, member.org.entity_id)
            if key not in seen:
                seen.add(key)
                assertion = "predicted" if member.predicted else None
                where = member.view
                yield _row(
                    where,
                    member.cohort,
                    member.org.entity_id,
                    (member.org,),
                    member.left,
                    member.right,
                    member.rule,
                    member.status,
                    assertion,
                )


def _beside(view: SentenceView) -> Iterator[Fact]:
    shadow = view.shadow
    taken: set[int] = set()
    for rule, pattern in _RULES:
        for found in pattern.finditer(shadow):
            label = view.token_at(found.start("label"))
            if label is None or (label.at in taken and rule != "list_then_label"):
                continue
            members = members_in(view, *found.span("list"))
            if len(members) < 2 or not _fits(view, label, found, members):
                continue
            taken.add(label.at)
            for org in members:
                yield _row(view, label.entity_id, org.entity_id, (label, org), found.start(), found.end(), rule, "member", None)
    for found in _SINGLE.finditer(shadow):
        label = view.token_at(found.start("label"))
        verb = found["verb"]
        if label is None or (verb not in _STRONG | _OUT | _NEVER and not found["part"]):
            continue
        if "这些" in found["gap"]:
            continue
        member = subject(view, found.start(), ("ORG",), reach=1)
        if member:
            status = "left" if verb in _OUT else "never" if verb in _NEVER else "member"
            yield _row(
                view,
                label.entity_id,
                member.entity_id,
                (label, member),
                min(member.at, found.start()) if member in view.tokens else found.start(),
                found.end(),
                "is_one_of",
                status,
                None,
            )
    for pattern in (_LABEL_ONE, _DIRECT_ONE):
        for found in pattern.finditer(shadow):
            label, only = view.token_at(found.start("label")), view.token_at(found.start("org"))
            if label and only and (pattern is _LABEL_ONE or number_of(label)):
                yield _row(
                    view, label.entity_id, only.entity_id, (label, only), found.start(), found.end(), "label_before_name", "member", None
                )
    yield from _each_clause(view)


def _fits(view: SentenceView, label: Token, found: re.Match[str], members: list[Token]) -> bool:
    """False if the list has more members than the label counts, or the label only stands in front of a comparison with others."""
    number = number_of(label)
    return number is None or len(members) <= number + 1


def _each_clause(view: SentenceView) -> Iterator[Fact]:
    """基模五强各有优势：阿里…，字节…，…: the label, then as many organisations as it counts, one a clause."""
    for label in view.tokens:
        if label.kind != "COHORT":
            continue
        colon = re.compile(r"[:：]").search(view.shadow, label.at)
        number = number_of(label)
        if colon is None or number is None or colon.start() - label.at > 24:
            continue
        clauses = [c for c in view.clauses if c.left >= colon.end() - 1]
        firsts = [m for c in clauses for m in members_in(view, max(c.left, colon.end()), c.right)[:1]]
        members = {m.entity_id: m for m in firsts}
        if len(members) == number:
            for org in members.values():
                yield _row(
                    view, label.entity_id, org.entity_id, (label, org), label.at, clauses[-1].right, "label_then_each", "member", None
                )

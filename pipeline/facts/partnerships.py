"""Rules of `partnerships`: who works with whom, and who uses whose model. A pair has no order; lists give a row for each pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.discourse import subject
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

_STOP = r"。!?！？;；\n"
_TOGETHER = (
    rf"(?:与|和|同|跟|携手|联合|联手)(?P<others>{{ORGS}})(?P<gap>[^{_STOP},，]{{0,24}}?)"
    r"(?P<verb>合作|战略合作|达成|签署|签订|共建|共同|联合|携手|联手|成立|组建|推出|开发|研发|打造|启动|深度融合|建立)"
)
_LISTED = r"(?P<all>{ORG}(?:[、,，和与及]{1,2}{ORG})+)(?:等|三家|两家|双方)?(?:[^。!?！？;；,，]{0,10}?)(?P<verb>达成[^。,，]{0,8}合作|联合(?:推出|发布|成立|开发|研发|打造|启动|宣布)|共同(?:推出|成立|开发|研发|打造|启动)|牵头|合作(?:开发|推出|研发))"
_USES = (
    rf"(?P<users>{{ORGS}})(?P<gap>[^{_STOP}]{{0,40}}?)(?P<verb>接入|部署|集成|上架|引入|采用|搭载|适配|融合|选用|选择了|内置|上线了?|使用)(?:了|的)?"
    rf"(?P<between>[^{_STOP},，]{{0,16}}?)(?P<things>(?:{{MODEL}}|{{PRODUCT}}|{{ORG}})(?:(?:、|和|及|与|/|以及)(?:{{MODEL}}|{{PRODUCT}}|{{ORG}}))*)"
)
_KINDS = (
    ("joint_lab", re.compile(r"联合实验室|实验室")),
    ("deployment", re.compile(r"接入|部署|集成|适配|搭载|融合|上架|落地")),
    ("co_development", re.compile(r"共同开发|联合开发|合作开发|联合研发|共同研发|联合推出|共同打造|联合打造|联合开源|联合发布")),
    ("investment", re.compile(r"投资|入股|孵化|注资")),
    ("customer", re.compile(r"订单|采购|客户|大单|代工|供应")),
)
_NEGATED = re.compile(r"(?:没有|未|不|尚未|放弃|拒绝|取消)[^,，。]{0,6}$")


def kind_of(words: str) -> str:
    """The kind of partnership that the words around it name; strategic if they name none."""
    return next((kind for kind, cue in _KINDS if cue.search(words)), "strategic")


def _maker(token: Token) -> str | None:
    """The organisation behind a name: itself, or the developer of a model, or the owner of a product."""
    if token.kind == "ORG":
        return token.entity_id
    entity = load().entities.get(token.entity_id)
    return (entity.attributes.get("developer_org_id") or entity.attributes.get("org_id")) if entity else None


def _pair(view: SentenceView, a: str | None, b: str | None, kind: str, left: int, right: int, tokens: tuple[Token, ...], rule: str) -> Iterator[Fact]:
    if a is None or b is None or a == b:
        return
    start, end = view.folded_offset(left), view.folded_offset(right - 1) + 1
    fields = {"org_a": a, "org_b": b, "kind": kind, "field_text": None}
    yield Fact("partnerships", fields, start, end, f"partnerships.{rule}", tokens)


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `partnerships` in a sentence, one for each pair."""
    seen: set[frozenset[str]] = set()
    for fact in _all(view):
        pair = frozenset((fact.fields["org_a"], fact.fields["org_b"]))
        if pair not in seen:
            seen.add(pair)
            yield fact


def _all(view: SentenceView) -> Iterator[Fact]:
    text = view.shadow
    for found in compiled(_TOGETHER).finditer(text):
        if found["verb"] in ("推出", "开发", "研发", "打造", "启动", "成立", "组建", "共同", "联合", "建立", "达成") and not re.search(
            r"合作|联合|共同|携手|实验室|协议|伙伴|生态", text[found.start() : found.end() + 20]
        ):
            continue
        clause = view.clause_at(found.start())
        kind = kind_of(text[found.start() : clause.right])
        before = [t for t in clause.tokens if t.kind == "ORG" and t.at < found.start()]
        owner = before[-1] if before else subject(view, found.start(), ("ORG",), reach=2)
        if owner is None or _NEGATED.search(text, 0, found.start()):
            continue
        ours = view.siblings(owner) if owner in view.tokens else (owner,)
        for a in ours:
            for b in view.tokens_in(*found.span("others"), "ORG"):
                yield from _pair(view, a.entity_id, b.entity_id, kind, found.start(), max(found.end(), clause.right), (a, b), "together")
    for found in compiled(_LISTED).finditer(text):
        orgs = view.tokens_in(*found.span("all"), "ORG")
        kind = kind_of(text[found.start() : view.clause_at(found.end() - 1).right])
        for b in orgs[1:]:
            yield from _pair(view, orgs[0].entity_id, b.entity_id, kind, found.start(), found.end(), (orgs[0], b), "listed")
    for found in compiled(_USES).finditer(text):
        if re.search(r"超越|对标|竞争|[。;；]", found["gap"]):
            continue
        last = view.tokens_in(*found.span("gap"), "ORG")
        users = view.siblings(last[-1]) if last else view.tokens_in(*found.span("users"), "ORG")
        for user in users:
            for thing in view.tokens_in(*found.span("things"), "MODEL", "PRODUCT", "ORG"):
                yield from _pair(view, user.entity_id, _maker(thing), "deployment", user.at, found.end(), (user, thing), "uses_model")

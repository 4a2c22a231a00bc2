"""Rules of `launches`: models and products that come out, are opened, upgraded, renamed or shut down. Who did it is the subject of the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.discourse import is_oblique, subject
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

# verb -> kind of launch, longest first where one begins another
KINDS_OF_VERB: dict[str, str] = {
    "联合开源": "open_source", "全面开源": "open_source", "宣布开源": "open_source", "开源": "open_source",
    "停止运营": "shutdown", "停止服务": "shutdown", "停止更新": "shutdown", "下线": "shutdown", "关停": "shutdown", "停运": "shutdown", "停服": "shutdown",
    "更名为": "rename", "更名": "rename", "改名": "rename", "升级": "upgrade", "迭代": "upgrade", "更新": "upgrade",
    "发布": "launch", "推出": "launch", "上线": "launch", "问世": "launch", "亮相": "launch", "面世": "launch", "公测": "launch", "上架": "launch",
    "登场": "launch", "首发": "launch", "发表": "launch", "研发出": "launch", "开发出": "launch", "打造": "launch", "公布": "launch", "上马": "launch",
    "官宣": "announce", "亮出": "launch", "祭出": "launch", "公开": "launch", "释出": "launch", "发行": "launch", "带来": "launch",
}  # fmt: skip
_VERB = "(?:" + "|".join(sorted(KINDS_OF_VERB, key=len, reverse=True)) + ")"
_STOP = r"。!?！？;；,，“”「」\n"
_ACTIVE = rf"(?P<verb>{_VERB})(?P<gap>(?:了|的|过)?[^{_STOP}]{{0,28}}?)(?P<things>{{THINGS}})"
_ACTIVE_LATER = rf"(?P<verb>{_VERB})(?P<gap>(?:了|的|过)?[^。!?！？;；\n]{{0,24}}?——\s?)(?P<things>{{THINGS}})"
_PASSIVE = (
    rf"(?P<things>{{THINGS}})(?P<gap>(?:系列|大?模型|版本?|预览版|正式版|满血版|App|应用|产品|等)*[”\"」』]?"
    rf"(?:[^{_STOP}{{ANY}}]{{0,14}}?))(?P<verb>{_VERB})(?!会|者|平台|社区|模型|的是|生态|策略|战略|路线|计划|之路|版|大模型|AI|项目)"
)
_BLOCKED_GAP = re.compile(r"基于|搭载|接入|支持|使用|采用|相比|超越|对标|媲美|报告|财报|论文|数据|排名|榜单|战略合作|的竞品|与$|和$|对$|针对|类似|不如|除了|关于|围绕|有关|融资")
_BLOCKED_LEFT = re.compile(r"(?:基于|搭载|接入|支持|使用|采用|超越|对标|媲美|集成|部署|引入|通过|依托|借助|与|在|比)[“\"]?$")
_NEGATED = re.compile(r"(?:不会|不再|没有|未能|尚未|并未|还没|未)[^,，。]{0,8}$")


def _clause_kind(verb: str, view: SentenceView, left: int, right: int) -> str:
    """The kind of launch: the verb's, unless the clause says that it is a preview, or open."""
    kind = KINDS_OF_VERB[verb]
    around = view.shadow[left : right + 6]
    if kind == "launch" and "预览版" in around:
        return "preview"
    if kind == "launch" and re.search(r"并(?:且|将)?[^,，]{0,6}开源|开源(?:了|的)?[^,，。]{0,8}(?:模型|系列)", around):
        return "open_source"
    return kind


def _maker(view: SentenceView, thing: Token, at: int) -> str | None:
    """Who launches it: the organisation that the clause is about, else the one the lexicon gives."""
    org = subject(view, at, ("ORG",), reach=1)
    entity = load().entities.get(thing.entity_id)
    known = entity.attributes.get("developer_org_id") or entity.attributes.get("org_id") if entity else None
    return known or (org.entity_id if org else None)


def _rows(view: SentenceView, found: re.Match[str], rule: str, seen: set[int]) -> Iterator[Fact]:
    verb_at = found.start("verb")
    clause = view.clause_at(verb_at)
    negated = bool(_NEGATED.search(view.shadow, clause.left, verb_at))
    for thing in view.tokens_in(*found.span("things"), "MODEL", "PRODUCT"):
        if thing.at in seen:
            continue
        seen.add(thing.at)
        fields = {
            "subject_type": thing.kind.lower(),
            "subject_id": thing.entity_id,
            "org_id": _maker(view, thing, verb_at),
            "kind": _clause_kind(found["verb"], view, clause.left, clause.right),
        }
        start = min(view.folded_offset(found.start()), thing.start)
        yield Fact("launches", fields, start, max(view.folded_offset(found.end() - 1) + 1, thing.end), rule, (thing,), assertion="denied" if negated else None)


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `launches` in a sentence, one for each thing launched."""
    if not any(t.kind in ("MODEL", "PRODUCT") for t in view.tokens):
        return
    seen: set[int] = set()
    for rule, pattern in (("active", _ACTIVE), ("active_after_dash", _ACTIVE_LATER)):
        for found in compiled(pattern).finditer(view.shadow):
            if not _BLOCKED_GAP.search(found["gap"]):
                yield from _rows(view, found, f"launches.{rule}", seen)
    for found in compiled(_PASSIVE).finditer(view.shadow):
        first = view.token_at(found.start("things"))
        if first is None or _BLOCKED_GAP.search(found["gap"]) or _BLOCKED_LEFT.search(view.shadow, 0, found.start()) or is_oblique(view, first):
            continue
        yield from _rows(view, found, "launches.passive", seen)

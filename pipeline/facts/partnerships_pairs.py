"""What the rules of partnerships share: who belongs to one house, what kind of tie words name, how a pair becomes a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.facts.discourse import owner_of
from pipeline.facts.discourse_timing import time_of_event
from pipeline.facts.modality import assertion_of
from pipeline.facts.patterns import Fact
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

_KINDS = (
    ("joint_lab", re.compile(r"联合实验室|联合研究院|联合研究中心|联合创新中心")),
    ("investment", re.compile(r"合资|投资|入股|孵化|注资|参股|控股|共同所有|股东")),
    ("customer", re.compile(r"订单|采购|客户|大单|代工|供应|供货|生意|签约|买家|辅导")),
    ("deployment", re.compile(r"接入|部署|集成|适配|搭载|融合|上架|落地|内置")),
    (
        "co_development",
        re.compile(r"开发|研发|联合推出|共同推出|共同打造|联合打造|联合开源|联合发布|共建|共同建设|合作推出|建设|推出|训练"),
    ),
)
NEGATED = re.compile(
    r"(?<!在)没有|未能|未与|尚未|放弃|拒绝|取消|终止|结束|不再|并未|禁止|限制|不与|不会|禁用|封禁|无法|断供|停止|反对|而非|"
    r"不是|破裂|如果|是否|假如|若(?!干)|禁令|需要与|应该与|希望与|不选择|为何|为什么|未必"
)


@cache
def parent_of(org_id: str) -> str | None:
    """The parent organisation that the lexicon gives."""
    entity = load().entities.get(org_id)
    parent = entity.attributes.get("parent_org_id") if entity else None
    return str(parent) if parent else None


def same_house(a: str, b: str) -> bool:
    """True for one organisation, parent and child, or two children of one parent."""
    return a == b or parent_of(a) == b or parent_of(b) == a or (parent_of(a) is not None and parent_of(a) == parent_of(b))


def kind_of(words: str) -> str:
    """The kind of partnership that the words around it name; strategic if they name none."""
    return next((kind for kind, cue in _KINDS if cue.search(words)), "strategic")


def owners(tokens: Iterable[Token]) -> list[tuple[str, Token]]:
    """The organisations behind names, each once, in order."""
    found: dict[str, Token] = {}
    for token in tokens:
        owner = owner_of(token)
        if owner:
            found.setdefault(owner, token)
    return list(found.items())


def field_text(view: SentenceView, left: int, right: int) -> str | None:
    """The raw words of what the tie is about, trimmed."""
    return view.raw(left, right).strip(" \t\r\n，,。；;：:、！!?？的") or None


def pairs(
    view: SentenceView,
    ours: Iterable[tuple[str, Token]],
    theirs: Iterable[tuple[str, Token]],
    kind: str,
    left: int,
    right: int,
    rule: str,
    at: int | None = None,
) -> Iterator[Fact]:
    """A fact for each of `ours` with each of `theirs`, houses of one's own left out; the evidence is [left, right) of the shadow."""
    clause = view.clause_at(max(left, right - 1))
    place = at if at is not None else left
    others = list(theirs)
    for a, first in ours:
        for b, second in others:
            if same_house(a, b):
                continue
            inside = [t.at for t in (first, second) if view.start <= t.start < view.end and view.token_at(t.at) is t]
            start, end = view.folded_offset(min([left, *inside])), view.folded_offset(max([right - 1, *inside])) + 1
            fields = {"org_a": a, "org_b": b, "kind": kind, "field_text": field_text(view, place, clause.right)}
            yield Fact(
                "partnerships",
                fields,
                start,
                end,
                f"partnerships.{rule}",
                (first, second),
                time_of_event(view, place),
                assertion=assertion_of(view, place),
            )


def all_pairs(
    view: SentenceView, members: list[tuple[str, Token]], kind: str, left: int, right: int, rule: str, at: int | None = None
) -> Iterator[Fact]:
    """A fact for every two members of a list."""
    for number, member in enumerate(members):
        yield from pairs(view, [member], members[number + 1 :], kind, left, right, rule, at)

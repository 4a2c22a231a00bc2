"""Which models and products a comparison names: the list after a verb or preposition, and the thing that a clause is about.

Here: reading lists with owners in them (`OpenAI的o1、Meta的Llama`), companies that stand for their only model, carried subjects. Not here: what the
comparison says.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from pipeline.facts.discourse import is_oblique
from pipeline.facts.patterns import compiled
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load

THINGS = ("MODEL", "PRODUCT")
_NAMED = ("MODEL", "PRODUCT", "ORG")
_THING = f"[{KINDS['MODEL']}{KINDS['PRODUCT']}]"
# between the cue and the first thing compared with: owners and describing words, no verb and no other subject
_LEAD = re.compile(r"[^。!?！？;；,，:：、]{0,18}$")
_LEAD_BLOCK = re.compile(
    r"的是|所有|任何|不少|许多|之后|以来|以后|[与和跟比将把被]\s*$|发布|推出|基于|平均|预期|训练|就要|自己|比(?!较)|除非|上架"
)
_AMONG_OTHERS = re.compile(
    r"[^。!?！？;；,，]{0,12}?(?:所有|其他|其它|任何|众多|一众|许多)[^。!?！？;；,，]{0,26}[,，]?\s?(?:包括|如|比如|例如)(?:了)?"
)
_JOINT = re.compile(
    r"[\s”\"’》)）]*(?:系列|大?模型|芯片|显卡|GPU|正式版|版本?|等)*\s*(?:、|和|与|及|以及|跟|或|/|,\s|甚至|乃至|[,，]\s?(?:以及|甚至)){1,2}(?P<rest>[^。!?！？;；,，:：]{0,14})"
)
_BEHIND_OWNER = re.compile(r"\s?(?:、|和|与|及|以及|跟)\s?")
_OWNER_OF_NEXT = re.compile(rf"(?:公司|旗下|自家|最新)?的?\s?(?:最新的?)?{_THING}")
_PREFIX_OF_NEXT = re.compile(rf"\s?{KINDS['MODEL']}")
_ACTS = re.compile(r"(?:官方|团队|公司|方面|也|还|近日|今日|已经?)?(?:宣称|声称|表示|透露|宣布|称|推出|发布|开源|说)")
_RELEASED = re.compile(
    r"(?:发布|推出|开源|上线|公布|放出|带来|打造|训练|更新|创造|升级)(?:出|了|的|过)?(?:正式|最新|新)?[^。!?！？;；,，、]{0,14}$"
)
_TAKEN = re.compile(r"(?:为|让|使|令|将|把)$")  # a thing that something is done to is still what the clause is about
_UNNAMED = re.compile(
    rf"(?:基于|使用|采用|利用|用)[^。!?！？;；,，、]{{0,8}}{_THING}[^。!?！？;；,，、]{{0,6}}的?[^。!?！？;；,，、]{{0,8}}模型"
)
_ANAPHOR = re.compile(r"\s?(?:而|但|同时|并且?)?(?:其|它|该)")
_GLOSSED = re.compile(rf"{_THING}[\"”]?[(（]{_THING}[)）]")
_FOLLOWING = re.compile(r"^[^。!?！？;；,，:：、]{0,10}?(?<!目)的[^。!?！？;；,，:：、的]{0,14}?" + f"(?P<thing>{_THING})")


@cache
def _other_readings() -> dict[tuple[str, str], str]:
    """(surface, kind) -> the model or product that also goes by the name of a company."""
    found: dict[tuple[str, str], str] = {}
    for alias in load().aliases:
        if alias.entity_type in ("model", "product"):
            found.setdefault((alias.surface.casefold(), alias.entity_type), alias.entity_id)
    for entity in load().entities.values():
        if entity.type in ("model", "product"):
            for name in (entity.name_zh, entity.name_en):
                if name:
                    found.setdefault((name.casefold(), entity.type), entity.id)
    return found


def as_thing(token: Token, wanted: str = "model") -> tuple[str, str] | None:
    """(type, id) of what a name means in a comparison: itself, or for a company the model (or product) of the same name; None if there is none."""
    if token.kind in THINGS:
        return token.kind.lower(), token.entity_id
    if token.kind != "ORG":
        return None
    readings = _other_readings()
    surface = token.mention.text.casefold()
    for kind in (wanted, "model", "product"):
        if (surface, kind) in readings:
            return kind, readings[surface, kind]
    return None


def app_named(surface: str) -> str | None:
    """The product that goes by the name of a company or model."""
    return _other_readings().get((surface.casefold(), "product"))


def lexicon_thing(surface: str, like: Token) -> Token | None:
    """The token `like` with the model or product that the lexicon knows under `surface` in its place; None if it knows none."""
    entity_id = _other_readings().get((surface.casefold(), like.kind.lower()))
    if entity_id is None:
        return None
    return replace(like, value=replace(like.mention, entity_id=entity_id))


def is_owner(view: SentenceView, token: Token) -> bool:
    """True if the name only says whose thing comes next: `OpenAI的o1`, `ChatGPT o1`."""
    return bool((_PREFIX_OF_NEXT if token.kind == "PRODUCT" else _OWNER_OF_NEXT).match(view.shadow, token.at + 1))


def _is_thing(view: SentenceView, token: Token) -> bool:
    if is_owner(view, token):
        return False
    if token.kind in THINGS:
        return True
    return as_thing(token) is not None and not re.match(r"的|旗下|官方|公司|团队|其他|CEO|创始", view.shadow[token.at + 1 : token.at + 4])


def listed_from(view: SentenceView, at: int) -> list[Token]:
    """The models and products compared with, from shadow offset `at` on: `at` is right behind the verb or preposition."""
    found: list[Token] = []
    for token in view.tokens:
        if token.at < at or token.kind not in _NAMED:
            continue
        if not _is_thing(view, token):
            if token.kind == "ORG" or is_owner(view, token):
                continue
            break
        gap = view.shadow[(found[-1].at + 1 if found else at) : token.at]
        bare = re.sub(compiled("{ORG}|{MODEL}|{PRODUCT}"), "", gap)
        if not found:
            if gap != bare and _BEHIND_OWNER.fullmatch(bare):
                bare = ""  # 落后于OpenAI跟Claude: a company first, then the thing
            if not _LEAD.fullmatch(bare) or _LEAD_BLOCK.search(bare) or compiled("{COUNT}|{MONEY}|{PERSON}").search(bare):
                break
        else:
            joint = _JOINT.fullmatch(bare)
            if joint is None or _LEAD_BLOCK.search(joint["rest"]):
                break
        found.append(token)
    if not found and (among := _AMONG_OTHERS.match(view.shadow, at)) and among.end() > at:
        return listed_from(view, among.end())
    return found


def thing_after(view: SentenceView, at: int) -> Token | None:
    """The thing described by a comparison that stands before it: `性能媲美o1的推理模型R1`, `at` right behind the list."""
    found = _FOLLOWING.match(view.shadow[at:])
    return view.token_at(at + found.start("thing")) if found else None


def _candidates(view: SentenceView, left: int, right: int, without: Collection[Token]) -> list[Token]:
    """The things between two offsets that a comparison may be about: none in brackets, none compared with, no grade (`GPT-4级`)."""
    text = view.shadow
    return [
        t
        for t in view.tokens
        if left <= t.at < right
        and t.kind in _NAMED
        and t not in without
        and _is_thing(view, t)
        and text[t.at + 1 : t.at + 2] != "级"
        and not _ACTS.match(text, t.at + 1)
        and not _bracketed(text, left, t.at, right)
    ]


def _bracketed(text: str, left: int, at: int, right: int) -> bool:
    """True if `at` stands in brackets that are closed before `right`."""
    return any(text.rfind(o, left, at) > text.rfind(c, left, at) and at < text.find(c, at) < right for o, c in ("()", "（）"))


def in_brackets(view: SentenceView, token: Token) -> Token:
    """The more exact name in brackets right behind a name (`通用模型(Pro)`), else the name itself."""
    found = _GLOSSED.match(view.shadow, token.at)
    inner = view.token_at(found.end() - 2) if found else None
    return inner if inner is not None and inner.mention.text.isascii() and not token.mention.text.isascii() else token


def _topic(view: SentenceView, left: int, right: int, without: Collection[Token]) -> Token | None:
    """The thing that a clause is about: its first one that is no object, else the last one released in it."""
    things = _candidates(view, left, right, without)
    for token in things:
        if token.kind in THINGS and (not is_oblique(view, token) or view.shadow.startswith("为例", token.at + 1)):
            return token
    for token in reversed(things):
        if token.kind in THINGS and (_RELEASED.search(view.shadow, left, token.at) or _TAKEN.search(view.shadow, left, token.at)):
            return token
    return next((t for t in things if t.kind == "ORG" and not is_oblique(view, t)), None)


def subject_of(view: SentenceView, at: int, *, reach: int = 2, without: Collection[Token] = (), like: Token | None = None) -> Token | None:
    """The model or product that the comparison at shadow offset `at` is about: in its clause, earlier clauses, then up to `reach` sentences back.

    `without`: the things compared with; `like`: one of them, a chip is not set against a model.
    """
    clause = view.clause_at(at)
    if _UNNAMED.search(view.shadow, clause.left, at):
        return None
    for part in reversed(view.clauses[: clause.number + 1]):
        if part.right <= at and view.shadow[part.right : part.right + 1] in ("；", ";") and not _ANAPHOR.match(view.shadow, part.right + 1):
            return None
        token = _topic(view, part.left, min(part.right, at), without)
        if token is not None and same_sort(token, like):
            return in_brackets(view, token)
    behind, steps = view.previous, 0
    while behind is not None and steps < reach and not view.is_heading:
        for part in behind.clauses:
            token = _topic(behind, part.left, part.right, ())
            if token is not None and same_sort(token, like):
                return in_brackets(behind, token)
        if behind.sentence.section != view.sentence.section:
            return None
        behind, steps = behind.previous, steps + 1
    return None


def same_sort(one: Token, other: Token | None) -> bool:
    """False for a chip or device on one side and software on the other."""
    return other is None or _is_hardware(one) == _is_hardware(other)


def _is_hardware(token: Token) -> bool:
    entity = load().entities.get(token.entity_id)
    return token.kind == "PRODUCT" and entity is not None and entity.attributes.get("category") == "hardware"

"""Titles: how a word for a role reads, how several stand together, which government a public office belongs to. Words are in `roles.toml`."""

from __future__ import annotations

import re
from functools import cache

from pipeline.facts.view import KINDS
from pipeline.lexicon import load

PERSON, ORG, COUNTRY = KINDS["PERSON"], KINDS["ORG"], KINDS["COUNTRY"]
UNIT = r"[^,，。;；:：!！?？、(（)）“”\"\n\ue000-\ue021]{0,18}?"
AND = r"(?:兼任?|和|与|及|暨|以及|、|/|&|\s)"
_NOT_IN_TITLE = re.compile(
    r"发布|推出|宣布|表示|认为|收购|投资(?!组合|部|银行|总监|合伙|业务|研究|委员|人)|起诉|合作|的是|对|向|将|被|让|使|与|在|由|从|把|是|等|称|说|有|为|和|以及|或|成为|针对|吸引|看|比|用|大量|许多|多名|多位|一些|部分|其他|所有"
)

# public offices: the ending of the title -> the kind of house it belongs to
_OFFICES = re.compile(
    r"(?:副?总统|副?总理|首相|国务卿|[\u4e00-\u9fff]{0,8}部长|副部长|财长|外长|防长|国家安全顾问|白宫[\u4e00-\u9fff]{0,6}|特使|(?P<house>参议员|众议员|国会议员|议员))$"
)


@cache
def role_pattern() -> str:
    """An alternation of the words for roles, longest first."""
    return "(?:" + "|".join(re.escape(w) for w in load().triggers.roles) + ")"


@cache
def role_of(title: str) -> str:
    """The role of the schema that a title stands for: the longest role word it ends in or holds."""
    title = re.sub(r"[(（].*?[)）]$", "", title).strip()
    if _OFFICES.search(title):
        return "other"
    roles = load().triggers.roles
    for word, role in roles.items():
        if title.endswith(word):
            return _unless_unit(title, word, role)
    return next((role for word, role in roles.items() if word in title), "other")


def _unless_unit(title: str, word: str, role: str) -> str:
    """A general manager of a unit is its head; a vice chair is an executive, not the chair."""
    before = title[: -len(word)]
    if word.startswith("副") and role == "chair":
        return "executive"
    if role == "executive" and word == "总经理" and re.search(r"事业部|业务|部门|中心", before):
        return "head"
    if role in ("head", "executive") and word == "经理" and "投资组合" in before:
        return "other"
    return role


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"{UNIT}{role_pattern()}(?![人员])")


def parts_of(titles: str) -> list[tuple[int, int]]:
    """The single titles in `创始人兼CEO`, as spans of the string; one span if it is one title or cannot be told apart."""
    out: list[tuple[int, int]] = []
    at = 0
    for joint in re.finditer(r"兼任?|、|和|与|及|暨|/|&|\s+(?=\S)", titles):
        left, right = at, joint.start()
        if has_role(titles[left:right]) and has_role(titles[joint.end() :]):
            out.append((left, right))
            at = joint.end()
    out.append((at, len(titles)))
    return out


def has_role(text: str) -> bool:
    """True if the text ends in a word for a role."""
    return bool(re.search(rf"{role_pattern()}$", text.strip()))


def reads_as_title(text: str) -> bool:
    """False if what stands between a company and a role word is a piece of sentence rather than a unit's name."""
    roles = role_pattern()
    unit = re.sub(rf"{roles}$", "", text)
    return not _NOT_IN_TITLE.search(re.sub(rf"{roles}|{AND}", "", unit))


@cache
def office_of(title: str, country: str | None) -> str | None:
    """The id of the organisation that a public office belongs to (副总统 + US -> the US government); None if the title is no public office."""
    office = _OFFICES.search(title.strip())
    if office is None:
        return None
    if office["house"]:
        return "us-congress" if office["house"] == "众议员" else "us-senate" if country in (None, "US") and "众" not in title else None
    if country is None:
        return None
    return next(
        (
            e.id
            for e in load().entities.values()
            if e.type == "org"
            and e.attributes.get("country") == country
            and (e.name_zh or "").endswith("政府")
            and e.attributes.get("parent_org_id") is None
        ),
        None,
    )

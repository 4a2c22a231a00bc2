"""Rules of `affiliations`: who holds which role where. Roles before and after names, several roles of one person, offices, an organisation carried over.

Changes of place (joined, left, used to work at) and founders are in `affiliations_moves`; how titles read in `affiliations_titles`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.facts.affiliations_moves import founders, moves
from pipeline.facts.affiliations_posts import posts
from pipeline.facts.affiliations_titles import (
    COUNTRY,
    ORG,
    PERSON,
    UNIT,
    has_role,
    office_of,
    parts_of,
    reads_as_title,
    role_of,
    role_pattern,
)
from pipeline.facts.discourse import subject
from pipeline.facts.patterns import Fact
from pipeline.facts.speech_speakers import maker_of
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

_FORMER = re.compile(r"(?:前任?|原|曾任|曾是|曾担任|曾为|昔日|当时的?|时任)\s*$")
_TOP = frozenset(("founder", "co_founder", "ceo", "chair", "cto", "chief_scientist", "vp", "executive", "spokesperson", "head"))


def _row(
    view: SentenceView,
    person: Token,
    org: str,
    org_token: Token | None,
    title: str,
    raw: str | None,
    status: str,
    rule: str,
    span: tuple[int, int],
    assertion: str | None = None,
) -> Fact:
    fields = {
        "person_id": person.entity_id,
        "org_id": org,
        "role": role_of(title) if title else "other",
        "role_text": raw or None,
        "status": status,
    }
    start, end = view.folded_offset(span[0]), view.folded_offset(max(span[1] - 1, span[0])) + 1
    inside = person in view.tokens
    return Fact(
        "affiliations",
        fields,
        min(start, person.start) if inside else start,
        max(end, person.end) if inside else end,
        f"affiliations.{rule}",
        tuple(t for t in (person if inside else None, org_token) if t),
        assertion=assertion or "stated",
    )


def _titles(view: SentenceView, left: int, right: int) -> Iterator[tuple[str, str]]:
    """(title, raw title) for each title between two shadow offsets."""
    text = view.shadow[left:right]
    for start, end in parts_of(text):
        lead = re.match(r"[\s的]*(?:及其|旗下的?)?", text[start:end])
        start += lead.end() if lead else 0
        yield (
            re.sub(r"^(?:前任?|原|现任?|新任|首任|时任)", "", text[start:end].strip(" 的")),
            view.raw(left + start, left + end).strip(" 的"),
        )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    role = role_pattern()
    title = rf"(?:\s?(?:的|旗下|公司|集团|中国区?|现任|新任|前任?|原)?\s?{UNIT}{role}(?:[(（][A-Za-z]{{2,5}}[)）])?)"
    more = rf"(?:\s?(?:兼任?|和|与|及|暨|、|/|\\?&|·)\s?(?!{ORG}){UNIT}{role}){{0,3}}"
    house = rf"[{ORG}\ue002\ue003](?:[(（][{ORG}A-Za-z ]{{1,12}}[)）])?"
    nick = r"(?:[“\"「][^”\"」]{1,8}[”\"」]\s?)?"
    return {
        "before": re.compile(
            rf"(?P<before>前任?|原|曾任|现任?|时任|即将成为|来自)?\s?(?P<org>{house})(?P<title>{title}{more})"
            rf"(?=(?P<rest>(?:[、,，兼和及与]\s?(?:前任?|原|曾任|现任?)?\s?{house}{title}{more}){{0,3}})(?:的|,|，|:|：|——|是|叫|为|名叫|、)?\s?{nick}(?P<person>{PERSON}))"
        ),
        "and_title": re.compile(
            rf"{PERSON}(?:[(（][^)）]{{0,30}}[)）])?\s?(?:和|与|、|及|以及)\s?(?P<title>{UNIT}{role}{more})(?=\s?(?P<person>{PERSON}))"
        ),
        "after": re.compile(
            rf"(?P<person>{PERSON})(?:博士|教授|先生|女士)?(?P<gap>[(（,，]?[^。;；!！?？“”\"\n{PERSON}{ORG}、]{{0,24}}?)"
            rf"(?P<verb>是|为|担任|出任|任|现任|曾任|曾是|曾担任|就任|接任|原为|作为|身为|原|(?<![日此之目以])前|[(（]|——)\s?(?:了)?"
            rf"[^,，。;；、的{ORG}{PERSON}]{{0,8}}?(?P<org>{ORG})(?P<title>{title}{more})"
        ),
        "office": re.compile(
            rf"(?P<country>{COUNTRY})?(?P<title>[\u4e00-\u9fff]{{0,10}}?(?:副?总统|副?总理|首相|国务卿|部长|参议员|众议员|国会议员|财长|外长))\s?(?P<person>{PERSON})"
        ),
        "carried": re.compile(
            rf"(?P<own>其|这家公司的?|该公司的?|公司)?(?P<title>(?:前|现任|时任|联席|集团|公司)?{role}{more})\s?{nick}(?P<person>{PERSON})"
        ),
        "of": re.compile(rf"(?P<org>{ORG})的(?P<person>{PERSON})"),
        "beside": re.compile(
            rf"(?:^|[,，。;；:：、\s]|在|据|由|而|但|正如|连|就像|像)(?P<org>{ORG})\s?(?P<person>{PERSON})(?![、和与]{ORG})"
        ),
        "house": re.compile(
            rf"(?P<person>{PERSON})(?:[(（][^)）]{{0,24}}[)）])?\s?(?P<title>旗下|自己的|名下)(?:的)?[^,，。;；、的{ORG}{PERSON}]{{0,10}}?(?P<org>{ORG})"
        ),
        "leads": re.compile(
            rf"(?P<person>{PERSON})\s?(?:所|一手|亲自)?(?P<title>执掌|掌管|掌舵|带领|领导|领衔|牵头|主导|控制|主持)的[^,，。;；、的{ORG}{PERSON}]{{0,12}}?(?P<org>{ORG})"
        ),
    }


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `affiliations` in a sentence; the first rule to name a person, an organisation and a role has it."""
    if (
        PERSON not in view.shadow
        and "founders" not in view.notes
        and not re.search(r"加入|离开|离职|创立|创办|创建|加盟|担任|出任|接任|卸任|辞任|现为|任职", view.shadow)
    ):
        return
    seen: set[tuple[int, str, str]] = set()
    people: set[int] = set()
    for source in (_before, _after, _and_title, _offices, _house, founders, moves, posts, _carried, _of):
        for fact in source(view):
            person = fact.tokens[0].at if fact.tokens and fact.tokens[0].kind == "PERSON" else -1
            if source in (_of, _carried) and (person in people or (source is _of and any(k[0] == person for k in seen))):
                continue
            key = (person, fact.fields["org_id"], fact.fields["role"])
            if key not in seen:
                seen.add(key)
                if source in (_before, _and_title, _offices):
                    people.add(person)
                yield fact


def _before(view: SentenceView) -> Iterator[Fact]:
    """ORG1 title、ORG2 title PERSON: every organisation with its titles; the person stands last."""
    for found in _patterns()["before"].finditer(view.shadow):
        person, org = view.token_at(found.start("person")), view.token_at(found.start("org"))
        if org and org.kind != "ORG":
            org = maker_of(org)
        if not person or not org or not reads_as_title(found["title"]):
            continue
        left = found.start("title")
        former = (
            bool(_FORMER.search(found["before"] or ""))
            or bool(_FORMER.search(view.shadow, 0, found.start("org")))
            or found["title"].lstrip(" 的").startswith(("前", "原"))
        )
        status = "former" if former else "joined" if found["before"] == "即将成为" or "新任" in found["title"] else "current"
        if re.search(r"挖走|挖角|挖来", view.shadow[max(0, found.start() - 12) : found.start()]):
            status = "left"
        assertion = "planned" if found["before"] == "即将成为" else None
        for title, raw in _titles(view, left, found.end("title")):
            yield _row(
                view,
                person,
                org.entity_id,
                org,
                title,
                raw,
                status,
                "title_before_name",
                (found.start("org"), found.end("person")),
                assertion,
            )
            for other in _sharing(view, person, title):
                yield _row(view, other, org.entity_id, org, title, raw, status, "title_before_names", (found.start("org"), other.at + 1))


# titles that several people of one house hold at a time; a CEO is one, so the next name of a list is somebody else
_SHARED = re.compile(
    r"(?:联合创始人|共同创始人|联创|创始人|共同创办人|创办人|分析师|经济学家|策略师|研究员|科学家|研究人员|教授|合伙人|主持人|工程师|作者|学生|博士|副总裁|高管)s?$"
)


def _sharing(view: SentenceView, person: Token, title: str) -> list[Token]:
    """Who else a title before the first name of a list belongs to: 分析师A和B."""
    if not _SHARED.search(title):
        return []
    out: list[Token] = []
    at = person.at + 1
    while joint := re.compile(rf"(?:[(（][^)）]{{0,30}}[)）])?\s?(?:、|和|与|及|以及|&)\s?(?={PERSON})").match(view.shadow, at):
        token = view.token_at(joint.end())
        if token is None:
            break
        out.append(token)
        at = joint.end() + 1
    return out


def _after(view: SentenceView) -> Iterator[Fact]:
    """PERSON（ORG title）, PERSON曾任ORG title, PERSON将担任ORG的title."""
    if ORG not in view.shadow:
        return
    for found in _patterns()["after"].finditer(view.shadow):
        person, org = view.token_at(found.start("person")), view.token_at(found.start("org"))
        gap, verb = found["gap"], found["verb"]
        if (
            not person
            or not org
            or not reads_as_title(found["title"])
            or (verb in "（(——" and gap)
            or (len(gap) > 8 and verb in ("是", "为", "前", "原", "任"))
        ):
            continue
        if re.search(r"[表示说称认和与]|分别|推出|发布|宣布|以|被|的", gap):
            continue
        former = re.search(r"曾|前|原", verb + gap) or re.match(r"\s?的?(?:前|原)", found["title"])
        future = re.search(r"将|拟|即将|有望", gap)
        status = "former" if former else "joined" if future or verb in ("出任", "就任", "接任") else "current"
        for title, raw in _titles(view, found.start("title"), found.end("title")):
            yield _row(
                view, person, org.entity_id, org, title, raw, status, "title_after_name", found.span(), "planned" if future else None
            )


def _and_title(view: SentenceView) -> Iterator[Fact]:
    """ORG的title1 PERSON1 和 title2 PERSON2: the second belongs to the same house."""
    for found in _patterns()["and_title"].finditer(view.shadow):
        person = view.token_at(found.start("person"))
        clause = view.clause_at(found.start())
        before = view.tokens_in(clause.left, found.start(), "ORG")
        if person and before and reads_as_title(found["title"]) and has_role(view.shadow[before[-1].at + 1 : found.start()]):
            for title, raw in _titles(view, *found.span("title")):
                yield _row(
                    view, person, before[-1].entity_id, before[-1], title, raw, "current", "title_before_name", (before[-1].at, found.end())
                )


def _offices(view: SentenceView) -> Iterator[Fact]:
    """美国副总统万斯, 参议员克鲁兹: a public office names its house by itself."""
    for found in _patterns()["office"].finditer(view.shadow):
        person = view.token_at(found.start("person"))
        country = view.token_at(found.start("country")) if found["country"] else None
        org = office_of(found["title"], country.entity_id.upper() if country else None)
        if person and org:
            former = bool(_FORMER.search(view.shadow, 0, found.start())) or found["title"].startswith("前")
            title = re.sub(r"^(?:由|与|和|前|原|对|向)", "", found["title"])
            fact = _row(
                view,
                person,
                org,
                None,
                title,
                view.raw(found.end("title") - len(title), found.end("title")),
                "former" if former else "current",
                "office",
                found.span(),
            )
            fact.fields["role"] = "other"
            yield fact


def _house(view: SentenceView) -> Iterator[Fact]:
    """PERSON旗下ORG, PERSON执掌的ORG."""
    for name, role in (("house", "owner"), ("leads", "head")):
        for found in _patterns()[name].finditer(view.shadow):
            person, org = view.token_at(found.start("person")), view.token_at(found.start("org"))
            if person and org:
                fact = _row(view, person, org.entity_id, org, "", view.raw(*found.span("title")), "current", name, found.span())
                fact.fields["role"] = role
                yield fact


def _is_company(org: Token) -> bool:
    entity = load().entities.get(org.entity_id)
    return entity is None or entity.attributes.get("org_type") not in ("government", "media", "university", "benchmark", "analyst", "other")


def _carried(view: SentenceView) -> Iterator[Fact]:
    """A top role before a name with the organisation left out: the clause's or the paragraph's."""
    for found in _patterns()["carried"].finditer(view.shadow):
        person = view.token_at(found.start("person"))
        left = found.start("own") if found["own"] else found.start("title")
        title = re.sub(r"^.*?(?:接触|联系|采访|拜访|与|和|及|由|是|对|向|据|其|,|，)", "", found["title"])
        if not person or role_of(title) not in _TOP or office_of(title, "US") or COUNTRY in view.shadow[max(0, left - 2) : left]:
            continue
        if (view.shadow[left - 1 : left] in ("的", ORG, PERSON) and left) or re.search(
            r"一位|一名|某|联席主持|节目|评委|多位|行业|知名|著名", view.shadow[max(0, left - 4) : left] + title
        ):
            continue
        org = _own(view, left) if found["own"] and found["own"] != "公司" else None
        org = org or subject(view, left, ("ORG",), reach=4)
        if org is None or not _is_company(org):
            continue
        raw = view.raw(found.end("title") - len(title), found.end("title")).strip()
        for number, (start, end) in enumerate(parts_of(title)):
            part = title[start:end].strip()
            yield _row(
                view,
                person,
                org.entity_id,
                None,
                part,
                part if number or end < len(title) else raw,
                "former" if part.startswith("前") else "current",
                "carried_org",
                (left, found.end()),
            )


# what may stand right before a title whose company is left out
_FREE = re.compile(r"(?:接触|联系|采访|拜访|与|和|及|由|是|对|向|据|让|被|给|而|但|在|连|其|中|时|后|\ue020|\ue001)$")


def _own(view: SentenceView, at: int) -> Token | None:
    """Whose 其 is: the last company named before it in the sentence."""
    return next((t for t in reversed(view.tokens) if t.at < at and t.kind == "ORG" and _is_company(t)), None)


def _of(view: SentenceView) -> Iterator[Fact]:
    """ORG的PERSON and ORG PERSON side by side: belonging without a role."""
    for name in ("of", "beside"):
        for found in _patterns()[name].finditer(view.shadow):
            person, org = view.token_at(found.start("person")), view.token_at(found.start("org"))
            if (
                not person
                or not org
                or len(view.siblings(org)) > 1
                or (name == "of" and re.search(r"[与和对向、]\s?$", view.shadow[: found.start()]))
            ):
                continue
            if name == "beside" and (not _is_company(org) or person.mention.is_provisional):
                continue
            yield _row(view, person, org.entity_id, org, "", None, "current", name, (org.at, found.end()))

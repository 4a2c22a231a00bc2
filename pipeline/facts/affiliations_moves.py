"""Rules of `affiliations` for founders and for changes of place: founded, joined, left, used to work at. Titles are in `affiliations`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.facts.affiliations_titles import ORG, PERSON, role_of, role_pattern
from pipeline.facts.discourse import is_oblique, subject
from pipeline.facts.patterns import Fact
from pipeline.facts.speech_speakers import person_before
from pipeline.facts.view import SentenceView, Token

_LIST = rf"{ORG}(?:[、,，/和与及\s]{{1,2}}{ORG}){{0,8}}"
_PEOPLE = rf"{PERSON}(?:[、,，和与及\s]{{1,2}}{PERSON}){{0,5}}"
_FOUND = r"(?:联合|共同|一手|亲手|合伙)?(?:创立|创办|创建|成立|创设|联合创立)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "founded": re.compile(
            rf"(?P<person>{_PEOPLE})(?:[(（][^)）]{{0,24}}[)）])?(?:等人?)?(?P<gap>[^,，。;；:：“”\"{PERSON}{ORG}]{{0,14}}?)(?P<verb>{_FOUND})"
            rf"(?:了|的)?[^,，。;；、的“{ORG}{PERSON}]{{0,8}}?(?P<org>{ORG})"
        ),
        "founded_by": re.compile(
            rf"由[^,，。;；“”]{{0,24}}?(?P<person>{_PEOPLE})(?:[(（][^)）]{{0,24}}[)）])?(?:等人?)?"
            rf"[^,，。;；{PERSON}{ORG}]{{0,10}}?(?P<verb>{_FOUND}|领导|带领|执掌|牵头|领衔)(?!的)"
        ),
        "moved": re.compile(
            rf"(?P<verb>加入|加盟|跳槽到?|转投|入职|离开|离职|退出|辞去|回归|重返|回到)(?:了|后)?(?P<gap>[^,，。;；、“”{ORG}{PERSON}]{{0,6}}?)(?P<org>{ORG})"
        ),
        "worked": re.compile(
            rf"(?P<past>曾经?|此前|先后|之前|原)(?:曾|先后|还)?(?:在|于|任职于|就职于|供职于|效力于)(?P<orgs>{_LIST})(?:等[^,，。;；担任工供就]{{0,6}})?"
            rf"(?P<verb>任职|工作|就职|供职|效力|担任(?:过)?|领导|负责|从事|做|实习|出任)?(?P<title>[^,，。;；{PERSON}{ORG}]{{0,24}})"
        ),
        "once": re.compile(
            rf"(?P<person>{PERSON})(?:此前|之前)?(?:曾任|曾任职于|曾供职于|曾就职于|曾效力于|曾服务于)(?P<org>{ORG})(?=$|[,，。;；、\s)）])"
        ),
    }


def _fact(
    view: SentenceView,
    person: Token,
    org: Token | str,
    role: str,
    raw: str | None,
    status: str,
    rule: str,
    left: int,
    right: int,
    assertion: str = "stated",
) -> Fact:
    token = org if isinstance(org, Token) else None
    fields = {
        "person_id": person.entity_id,
        "org_id": org.entity_id if isinstance(org, Token) else org,
        "role": role,
        "role_text": raw,
        "status": status,
    }
    start, end = view.folded_offset(left), view.folded_offset(max(right - 1, left)) + 1
    tokens = tuple(t for t in (person, token) if t and t in view.tokens)
    return Fact("affiliations", fields, start, end, f"affiliations.{rule}", tokens, assertion=assertion)


def founders(view: SentenceView) -> Iterator[Fact]:
    """PERSON创办的ORG, ORG由PERSON创立, 他创办了ORG."""
    shadow = view.shadow
    if not re.search(r"创立|创办|创建|成立|创设|领导|带领|执掌|牵头|领衔", shadow):
        return
    for found in _patterns()["founded"].finditer(shadow):
        org = view.token_at(found.start("org"))
        verb = view.raw(*found.span("verb"))
        if not org or (verb == "成立" and not re.search(r"的$|了$", shadow[: found.start("org")]) and found["gap"]):
            continue
        if re.search(r"投资|加入|收购|离开|说|表示|认为|对|向|的", found["gap"]):
            continue
        people = view.tokens_in(*found.span("person"), "PERSON")
        role = "co_founder" if verb.startswith(("联合", "共同", "合伙")) or len(people) > 1 else "founder"
        for person in people:
            yield _fact(view, person, org, role, verb, "current", "founded", found.start(), found.end())
    for found in _patterns()["founded_by"].finditer(shadow):
        org = subject(view, found.start(), ("ORG",), reach=1)
        role = "founder" if re.search(_FOUND, found["verb"]) else "head"
        if org:
            for person in view.tokens_in(*found.span("person"), "PERSON"):
                yield _fact(
                    view, person, org, role, view.raw(*found.span("verb")), "current", "founded_by", found.start("person"), found.end()
                )
    for found in re.finditer(
        rf"(?:^|[,，。;；])\s?(?P<who>他|她)?(?P<gap>[^,，。;；:：“”{PERSON}{ORG}]{{0,12}}?)(?P<verb>{_FOUND})(?:了)?[^,，。;；、的“{ORG}{PERSON}]{{0,6}}?(?P<org>{ORG})",
        shadow,
    ):
        house, mover = view.token_at(found.start("org")), _mover(view, found.start("verb"), found["who"])
        if house and mover and not re.search(r"由|被|后|前$", found["gap"]) and (found["who"] or found["verb"] != "成立"):
            yield _fact(
                view, mover, house, "founder", view.raw(*found.span("verb")), "current", "founded", found.start("verb"), found.end()
            )


def _mover(view: SentenceView, at: int, who: str | None) -> Token | None:
    """Who moves: the person the clause is about, the one an earlier clause is about, or the one a pronoun means. None if a company stands in between."""
    if who:
        return person_before(view, at)
    for token in reversed([t for t in view.tokens if t.at < at and t.kind in ("PERSON", "ORG")]):
        if token.kind == "PERSON" and not is_oblique(view, token):
            return token
        before = view.shadow[max(0, token.at - 3) : token.at]
        if token.kind == "ORG" and not is_oblique(view, token) and not re.search(r"[在于任、和与]$|离开$|加入$", before):
            return None
    return None


def moves(view: SentenceView) -> Iterator[Fact]:
    """PERSON加入ORG, PERSON离开ORG, PERSON曾在ORG1、ORG2任职."""
    shadow = view.shadow
    for found in _patterns()["moved"].finditer(shadow):
        org = view.token_at(found.start("org"))
        pronoun = re.search(r"(?:^|[,，。])\s?(他|她)(?!们)[^,，。]{0,12}$", shadow[: found.start()])
        person = _mover(view, found.start(), pronoun[1] if pronoun else None)
        if (
            not org
            or not person
            or re.search(r"[的与和合作计划]$|接入", shadow[: found.start()])
            or re.match(r"的?(?:计划|阵营|联盟|大战|战场|队伍)", shadow[found.end() :])
        ):
            continue
        left = found["verb"] in ("离开", "离职", "退出", "辞去")
        title = re.match(
            rf"[,，]?(?:成为|担任|出任|任|并担任|负责)(?P<title>[^,，。;；{PERSON}]{{0,20}}?{role_pattern()})", shadow[found.end() :]
        )
        role = role_of(title["title"]) if title else "unspecified"
        yield _fact(
            view, person, org, role, view.raw(*found.span("verb")), "left" if left else "joined", "moved", found.start(), found.end()
        )
    for found in _patterns()["worked"].finditer(shadow):
        yield from _worked(view, found)
    for found in _patterns()["once"].finditer(shadow):
        person, org = view.token_at(found.start("person")), view.token_at(found.start("org"))
        if person and org:
            yield _fact(view, person, org, "unspecified", "曾任", "former", "worked_at", found.start(), found.end())


def _worked(view: SentenceView, found: re.Match[str]) -> Iterator[Fact]:
    shadow = view.shadow
    if not found["verb"] and not re.search(r"任职于|就职于|供职于|效力于", found[0]):
        return
    after = re.match(
        rf"(?P<verb>任职|工作|就职|供职|效力)?[^,，。;；{PERSON}]{{0,4}}?的[^,，。;；{ORG}{PERSON}]{{0,8}}?({PERSON})",
        shadow[found.start("verb") if found["verb"] else found.end("orgs") :],
    )
    if after:
        person = view.token_at((found.start("verb") if found["verb"] else found.end("orgs")) + after.end() - 1)
    else:
        person = _mover(view, found.start(), None) or (
            person_before(view, found.start()) if re.search(r"[他她]", shadow[: found.start()]) else None
        )
    if person is None:
        return
    title = found["title"] if found["verb"] and re.match(r"担任|领导|负责|出任", found["verb"]) else ""
    verb = found["verb"] or ""
    role = "head" if verb.startswith(("领导", "负责")) else "other" if "到" in title else role_of(title) if title else "unspecified"
    for org in view.tokens_in(*found.span("orgs"), "ORG"):
        yield _fact(view, person, org, role, verb + title or None, "former", "worked_at", found.start(), found.end("orgs"))

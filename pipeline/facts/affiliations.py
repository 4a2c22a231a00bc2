"""Rules of `affiliations`: who holds which role where. Roles before and after names, several roles of one person, changes of place.

The words for roles are in the lexicon (`roles.toml`); here is only how they stand beside names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.facts.discourse import subject
from pipeline.facts.patterns import Fact, Match, Rule
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load

_P, _O = KINDS["PERSON"], KINDS["ORG"]
_UNIT = r"[^,，。;；:：!?！？、()（）“”\"\n" + _P + _O + r"]{0,18}?"


@cache
def _roles() -> str:
    words = [re.escape(w) for w in load().triggers.roles]
    return "(?:" + "|".join(words) + ")"


def role_of(title: str) -> str:
    """The role of the schema that a title stands for: the longest role word it ends in or holds."""
    roles = load().triggers.roles
    for word, role in roles.items():
        if title.endswith(word):
            return role
    return next((role for word, role in roles.items() if word in title), "other")


def _status(text: str) -> str:
    if re.search(r"前任?$|原$|曾任$|曾是$|曾担任$|[前原]\s*$", text):
        return "former"
    if re.search(r"新任$|加入|加盟|出任|就任|接任|任命", text):
        return "joined"
    return "current"


def _fact(view: SentenceView, person: Token, org: Token, title: str, title_raw: str | None, status: str, rule: str) -> Fact:
    start, end = min(person.start, org.start), max(person.end, org.end)
    fields = {
        "person_id": person.entity_id,
        "org_id": org.entity_id,
        "role": role_of(title) if title else "other",
        "role_text": title_raw,
        "status": status,
    }
    return Fact("affiliations", fields, start, end, rule, (person, org))


def _titled(match: Match) -> Iterator[Fact]:
    """ORG1 role1、ORG2 role2 PERSON: one fact for each organisation; the person stands last."""
    view, person = match.view, match.token("person")
    for part in re.finditer(
        rf"(?P<before>前任?|原|曾任)?\s*(?P<org>{_O})的?(?P<title>{_UNIT}{_roles()}(?:(?:兼|和|与|及|、|/|&|,)\s*(?!{_O}){_UNIT}{_roles()})*)",
        match.text("titles"),
    ):
        left = match.found.start("titles")
        org = view.token_at(left + part.start("org"))
        if org is None:
            continue
        title_left, title_right = left + part.start("title"), left + part.end("title")
        before = view.shadow[max(0, left + part.start("org") - 3) : left + part.start("org")]
        status = "former" if _status(before) == "former" or part["title"].startswith(("前", "原")) else "current"
        first = re.split(r"兼|、|和|与|及|/|&|,", part["title"])[0]
        yield _fact(view, person, org, first, view.raw(title_left, title_right).strip() or None, status, "affiliations.title_before_name")


def _of(match: Match) -> Iterator[Fact]:
    yield _fact(match.view, match.token("person"), match.token("org"), "", None, "current", "affiliations.of")


def _after(match: Match) -> Iterator[Fact]:
    verb = match.text("verb") if match.has("verb") else ""
    status = "former" if re.search(r"曾|前|原", verb) else _status(verb)
    yield _fact(
        match.view,
        match.token("person"),
        match.token("org"),
        match.text("title"),
        match.raw("title").strip(),
        status,
        "affiliations.title_after_name",
    )


def _founded(match: Match) -> Iterator[Fact]:
    for person in match.tokens("person"):
        for org in match.tokens("org"):
            yield _fact(match.view, person, org, "创始人", None, "current", "affiliations.founded")


def _moved(match: Match) -> Iterator[Fact]:
    status = "left" if re.search(r"离|辞|退", match.text("verb")) else "joined"
    yield _fact(match.view, match.token("person"), match.token("org"), "", None, status, "affiliations.moved")


def _carried(match: Match) -> Iterator[Fact]:
    """A role before a name with the organisation left out: the clause's or the paragraph's."""
    view = match.view
    org = subject(view, match.left, ("ORG",), reach=4)
    if org is None:
        return
    person = match.token("person")
    fields = {
        "person_id": person.entity_id,
        "org_id": org.entity_id,
        "role": role_of(match.text("title")),
        "role_text": match.raw("title"),
        "status": "current",
    }
    yield Fact("affiliations", fields, match.start, match.end, "affiliations.carried_org", (person,))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, made once because the role words come from the lexicon."""
    role = _roles()
    one = rf"{_O}的?{_UNIT}{role}(?:(?:兼|和|与|及|、|/|&|,)\s*(?!{_O}){_UNIT}{role})*"
    return (
        Rule(
            "affiliations.title_before_name",
            rf"(?P<titles>{one}(?:[、,，兼和及与]\s*(?:前|原|曾任)?{one})*)(?:的|,|，|:|：|\s|——)?[“\"]?(?P<person>{{PERSON}})",
            _titled,
            examples=("长河智能创始人兼CEO陈默表示", "云帆科技CEO、远山资本合伙人周明说"),
            needs=("ORG", "PERSON"),
        ),
        Rule(
            "affiliations.of",
            r"(?<![与和对向、])(?P<org>{ORG})的(?P<person>{PERSON})",
            _of,
            examples=("云帆科技的周明认为",),
            needs=("ORG", "PERSON"),
        ),
        Rule(
            "affiliations.title_after_name",
            rf"(?P<person>{{PERSON}})(?:\s?[(（,，]\s?|\s)?(?P<verb>(?:目前|现在|此前|曾经?|当时)?(?:是|为|担任|出任|任|现任|曾任|曾是|就任|接任|原为|作为|身为|原|前)?(?:了)?)(?P<org>{{ORG}})的?(?P<title>{_UNIT}{role})",
            _after,
            examples=("周明曾任云帆科技研究副总裁", "陈默(长河智能CEO)"),
            needs=("ORG", "PERSON"),
        ),
        Rule(
            "affiliations.founded",
            r"(?P<person>{PERSONS})(?:等人?)?(?:联合|共同|于{TIME}|在{TIME})?(?:创立|创办|创建|成立)(?:了|的)?(?P<org>{ORG})",
            _founded,
            examples=("陈默创办的长河智能",),
            needs=("ORG", "PERSON"),
        ),
        Rule(
            "affiliations.founded_by",
            r"(?P<org>{ORG})(?:是|则|也)?由(?P<person>{PERSONS})(?:等人?)?[^,，。]{0,8}?(?:创立|创办|创建|成立)",
            _founded,
            needs=("ORG", "PERSON"),
        ),
        Rule(
            "affiliations.moved",
            r"(?P<person>{PERSON})[^,，。;；“”]{0,10}?(?P<verb>加入|加盟|离开|离职|退出|辞去|回到|回归)(?:了|后)?(?P<org>{ORG})",
            _moved,
            examples=("周明今年加入云帆科技",),
            needs=("ORG", "PERSON"),
        ),
        Rule(
            "affiliations.carried_org",
            rf"(?<![{_O}的\w])(?:其|公司|该公司)?(?P<title>(?:联合)?{role})(?P<person>{{PERSON}})",
            _carried,
            needs=("PERSON",),
        ),
    )


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `affiliations` in a sentence; the first rule to name a pair of person and organisation has it."""
    if _P not in view.shadow:
        return
    seen: set[tuple[int, str]] = set()
    people: set[int] = set()
    for rule in rules():
        for fact in rule.find(view):
            person = fact.tokens[0]
            if rule.rule_id in ("affiliations.of", "affiliations.carried_org") and person.at in people:
                continue
            key = (person.at, fact.fields["org_id"])
            if key not in seen:
                seen.add(key), people.add(person.at)
                yield fact

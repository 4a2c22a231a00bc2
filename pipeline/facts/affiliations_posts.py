"""Rules of `affiliations` for posts given and taken: `A和B分别出任X的董事长和CEO`, `A出任CEO` with the company left out, `X聘请了A`, `A离开公司`.

Titles beside names are in `affiliations`, changes of place with the house named in `affiliations_moves`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.facts.affiliations_titles import ORG, PERSON, UNIT, office_of, parts_of, role_of, role_pattern
from pipeline.facts.discourse import is_oblique
from pipeline.facts.patterns import Fact
from pipeline.facts.speech_speakers import company_before
from pipeline.facts.view import SentenceView, Token

_TAKES = r"(?:出任|担任|接任|就任|转任|升任|晋升为|被任命为|获任|兼任)"
_QUITS = r"(?:卸任|辞任|辞去|不再担任)"
_TOP = frozenset(("ceo", "chair", "cto", "chief_scientist", "vp", "executive"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    role = role_pattern()
    people = rf"{PERSON}(?:\s?[、和与及]\s?{PERSON}){{1,3}}"
    return {
        "respectively": re.compile(
            rf"(?P<people>{people})(?:将)?分别(?:将)?(?:出任|担任|接任|任|为|是)(?:了)?(?P<org>{ORG})?的?(?P<titles>{UNIT}{role}(?:[、和与及]{UNIT}{role}){{1,3}})"
        ),
        "takes": re.compile(
            rf"(?P<person>{PERSON})(?P<gap>[^,，。;；:：、{PERSON}{ORG}]{{0,6}}?)(?P<verb>{_TAKES}|{_QUITS})(?:了)?(?:该?公司的?|集团)?(?P<title>[^,，。;；:：、的{PERSON}{ORG}]{{0,6}}?{role})(?!的|\s?{ORG})"
        ),
        "quits": re.compile(
            rf"(?P<person>{PERSON})(?P<gap>[^,，。;；:：、{PERSON}{ORG}]{{0,6}}?)(?P<verb>离开|退出|加入|加盟)(?:了)?(?:该)?(?:公司|团队)(?![\u4e00-\u9fff]{{0,2}}(?:的|大楼|总部))"
        ),
        "hires": re.compile(
            rf"(?P<org>{ORG})(?P<gap>[^,，。;；:：“”{PERSON}{ORG}]{{0,6}}?)(?P<verb>聘请|聘用|招募|任命|挖来|请来|招来|迎来)(?:了|到)?[^,，。;；:：的{PERSON}{ORG}]{{0,12}}?(?P<person>{PERSON})(?![的、和与])"
        ),
    }


def _fact(view: SentenceView, person: Token, org: Token, role: str, raw: str, status: str, rule: str, left: int, right: int) -> Fact:
    fields = {"person_id": person.entity_id, "org_id": org.entity_id, "role": role, "role_text": raw or None, "status": status}
    tokens = tuple(t for t in (person, org) if t in view.tokens)
    return Fact("affiliations", fields, view.folded_offset(left), view.folded_offset(right - 1) + 1, f"affiliations.{rule}", tokens)


def _house(view: SentenceView, at: int) -> Token | None:
    """The company a post without one belongs to: the one the text has been about, else the only one its sentence goes on to name."""
    before = company_before(view, at)
    later = {t.entity_id: t for t in view.tokens if t.kind == "ORG" and t.at > at and not is_oblique(view, t)}
    return before or (next(iter(later.values())) if len(later) == 1 else None)


def posts(view: SentenceView) -> Iterator[Fact]:
    """Facts of posts given and taken in a sentence."""
    shadow = view.shadow
    if PERSON not in shadow:
        return
    for found in _patterns()["respectively"].finditer(shadow):
        people = view.tokens_in(*found.span("people"), "PERSON")
        spans = parts_of(found["titles"])
        org = view.token_at(found.start("org")) if found["org"] else _house(view, found.start())
        if org and len(people) == len(spans):
            for person, (left, right) in zip(people, spans, strict=True):
                title = found["titles"][left:right].strip()
                yield _fact(view, person, org, role_of(title), title, "joined", "respectively", found.start(), found.end())
    for name in ("takes", "quits"):
        for found in _patterns()[name].finditer(shadow):
            holder = view.token_at(found.start("person"))
            title = found["title"] if name == "takes" else ""
            if holder is None or re.search(r"[让请由的说称]|建议|希望|要求|没有|拒绝", found["gap"]):
                continue
            if title and (role_of(title) not in _TOP or office_of(title, "US")):
                continue
            org = _house(view, found.start())
            left_it = bool(re.fullmatch(rf"{_QUITS}|离开|退出", found["verb"]))
            if org:
                role = role_of(title) if title else "unspecified"
                raw = view.raw(*found.span("title")) if title else view.raw(*found.span("verb"))
                yield _fact(view, holder, org, role, raw, "left" if left_it else "joined", "post", found.start(), found.end())
    for found in _patterns()["hires"].finditer(shadow):
        org, holder = view.token_at(found.start("org")), view.token_at(found.start("person"))
        if org and holder and not is_oblique(view, org) and not re.search(r"被|拟|考虑|试图|想|没", found["gap"]):
            yield _fact(view, holder, org, "unspecified", view.raw(*found.span("verb")), "joined", "hired", found.start(), found.end())

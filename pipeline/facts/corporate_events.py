"""Rules of `corporate_events`: what happens to a company. The cues stand in `corporate_events_cues`, events between parties in `corporate_events_parties`.

Here: who a cue speaks of (owner of a model or product, lists, carried subjects, 前者/后者), how sure the text is, and one row for each company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts import launches
from pipeline.facts.corporate_events_cues import CUES, Cue
from pipeline.facts.corporate_events_parties import parties
from pipeline.facts.discourse import actors, carried, is_oblique, owner_of, topic_of
from pipeline.facts.discourse_timing import time_of_event
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import KINDS, Clause, SentenceView, Token
from pipeline.lexicon import load

_SUBJECTS = ("ORG", "MODEL", "PRODUCT")
_OF_THINGS = frozenset(
    ("goes_free", "price_cut", "price_rise", "open_source_strategy", "award", "recognition")
)  # told of a model or product as well
_ONCE = frozenset(("pivot", "platform_restriction", "exit_foundation_models", "emergency"))  # several clauses, one event
_PRONOUN = re.compile(r"(?:^|[,，;；。]|但|而)\s*[“\"]?(?:目前|此后|随后|同时)?(?:公司|其|它|该|这家|前者|后者)|剩余团队")
_AFTER = re.compile(r"(?:[^,，。;；]{0,6}的|[,，])(?P<org>" + KINDS["ORG"] + ")")  # 奉行开源路线的X
_FROM_TO = re.compile(rf"从{KINDS['ORG']}[、和]?到{KINDS['ORG']}")  # 从A到B都在降价
_GENERIC = re.compile(
    r"(?:一半|大多数?|多数|很多|不少|一些|多家|部分|众多|大量|各家|其他|许多|更多|国内外?|海外|几家|所有|整个|"
    r"传统)[^,，]{0,8}?(?:公司|企业|厂商|玩家|巨头|大厂|机构|平台|团队|云厂商)|已有多家|多家(?=不再|已|开始|纷纷)|这些|"
    r"们|创业者|投资人|投资方|业内|行业|市场|大家|人们|开发者|谁"
)
_IRREALIS = re.compile(
    r"如果|假如|倘若|要是|一旦|是否|能否|会不会|应该|应当|需要|必须|建议|呼吁|何时|为什么|为何|吗$|可能性|若(?!干)|即使|假设|怎么"
)
_PLANNED = re.compile(
    r"将(?:于|在|从|会|要|很快|不再|自|全面|面向|对|向|免费)|将[^,，其该这把]{0,6}$|即将|计划|拟|打算|准备|未来|要$|筹备|正考虑"
)
_PREDICTED = re.compile(r"很可能|有望|预计|或将|料将|大概率")
_DENIED = re.compile(r"否认|辟谣|不实|并非|没有|不会|从未|未曾")


def _house(view: SentenceView, clause: Clause, at: int, own: Token) -> tuple[Token, ...]:
    """The subject of a clause with its list: the company before the verb of saying where the thing announced is its own."""
    org = topic_of(view, clause, ("ORG",), at)
    if org is not None and own.kind != "ORG":
        owner, company = owner_of(own), load().entities.get(org.entity_id)
        if owner in (None, org.entity_id, company.attributes.get("parent_org_id") if company else None):
            return view.siblings(org)
    return view.siblings(own)


def _subjects(view: SentenceView, at: int, end: int, cue: Cue) -> tuple[Token, ...]:
    """The names a cue at shadow offset `at` speaks of; empty if its clause is about somebody unnamed."""
    clause = view.clause_at(at)
    kinds = _SUBJECTS if cue.event in _OF_THINGS else ("ORG",)
    before = view.shadow[clause.left : at]
    if span := _FROM_TO.search(before):
        return tuple(view.tokens_in(clause.left + span.start(), clause.left + span.end(), "ORG"))
    own = topic_of(view, clause, kinds, at)
    person = topic_of(view, clause, ("PERSON",), at)
    if own is None:
        if (after := _AFTER.match(view.shadow, end)) and (token := view.token_at(after.start("org"))):
            return (token,)
        if _GENERIC.search(before) or any(t.kind in ("COHORT", "COUNTRY") for t in clause.tokens if t.at < at):
            return ()
        if person:
            token = carried(view, ("ORG",), 3) if re.search(r"公司|宣布", before) else None
            return (token,) if token else ()
        reach = 2 if not cue.near or _PRONOUN.search(view.shadow[:at]) else 0
        return actors(view, at, kinds, reach=reach)
    if (
        person
        and person.at > own.at
        and cue.event in ("reorganization", "pivot", "award", "ipo_filing")
        and not re.search(r"宣布|[将把](?:其|公司|该公司)", before)
    ):
        return ()
    if cue.event == "goes_free":  # everything that becomes free, each with its owner
        things = [t for t in clause.tokens if t.at < at and t.kind in ("MODEL", "PRODUCT")]
        joined = tuple(t for i, t in enumerate(things) if not is_oblique(view, t) or (i and view.shadow[t.at - 1] in "与和"))
        if len({owner_of(t) for t in joined}) > 1:
            return joined
    return _house(view, clause, at, own)


def _clause_text(view: SentenceView, clause: Clause) -> str | None:
    return view.raw(clause.left, clause.right).strip(" \t\r\n，,。；;：:、！!?？") or None


def _assertion(before: str, around: str) -> str | None:
    if _DENIED.search(before):
        return "denied"
    if _PREDICTED.search(before):
        return "predicted"
    return (
        "planned" if _PLANNED.search(before) or re.search(r"将(?!其|该|这|把|[^,，]{0,14}(?:价格|重心|产品线|团队|模型))", around) else None
    )


def _told(view: SentenceView, cue: Cue) -> Iterator[Fact]:
    """The facts of one cue in a sentence."""
    last = -1
    for match in compiled(cue.pattern).finditer(view.shadow):
        clause = view.clause_at(match.start())
        if clause.number == last:
            continue
        text, before = view.shadow[clause.left : clause.right], view.shadow[clause.left : match.start()]
        if (cue.unless and compiled(cue.unless).search(text)) or _IRREALIS.search(before):
            continue
        last = clause.number
        start, end = view.folded_offset(match.start()), view.folded_offset(match.end() - 1) + 1
        owners: dict[str, Token] = {}
        for token in _subjects(view, match.start(), match.end(), cue)[: 1 if cue.event == "team_transfer" else None]:
            if owner := owner_of(token):
                owners.setdefault(owner, token)
        for owner, token in owners.items():
            fields = {
                "org_id": owner,
                "event": cue.event,
                "person_id": None,
                "counterparty_org_id": None,
                "detail_text": _clause_text(view, clause),
            }
            inside = clause.start <= token.start < clause.end
            yield Fact(
                "corporate_events",
                fields,
                min(start, token.start) if inside else start,
                end,
                f"corporate_events.{cue.event}.{cue.rule}",
                (token,) if inside else (),
                time_of_event(view, match.start()),
                assertion=_assertion(before, text),
            )


def _ended(view: SentenceView) -> Iterator[Fact]:
    """The end of a product, listed under launches as well: one event for the company."""
    done: set[tuple[str | None, int]] = set()
    for fact in launches.find(view):
        key = (fact.fields["org_id"], view.clause_at(view.shadow_offset(fact.start)).number)
        if fact.fields["kind"] != "shutdown" or fact.fields["org_id"] is None or key in done:
            continue
        done.add(key)
        fields = {"org_id": fact.fields["org_id"], "event": "product_shutdown", "person_id": None, "counterparty_org_id": None}
        fields["detail_text"] = _clause_text(view, view.clauses[key[1]])
        yield Fact(
            "corporate_events",
            fields,
            fact.start,
            fact.end,
            "corporate_events.product_shutdown.of_launches",
            fact.tokens,
            fact.time,
            fact.timeless,
            fact.assertion,
        )


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `corporate_events` in a sentence, one for each company and clause."""
    told: set[tuple[str, str, int]] = set()
    for facts in (parties(view), _ended(view), *(_told(view, cue) for cue in CUES)):
        for fact in facts:
            number = view.clause_at(view.shadow_offset(fact.start)).number
            key = (fact.fields["org_id"], fact.fields["event"], 0 if fact.fields["event"] in _ONCE else number)
            if key not in told:
                told.add(key)
                yield fact

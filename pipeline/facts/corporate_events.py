"""Rules of `corporate_events`: what happens to a company. The cues stand in `corporate_events_cues`, events between parties in `corporate_events_parties`.

Here: who a cue speaks of (owner of a model or product, lists, carried subjects, 前者/后者), how sure the text is, and one row for each company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts import launches
from pipeline.facts.corporate_events_cues import CUES, Cue
from pipeline.facts.corporate_events_parties import parties
from pipeline.facts.discourse import actors, is_oblique, owner_of, topic_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.timing import time_of
from pipeline.facts.view import Clause, SentenceView, Token

_SUBJECTS = ("ORG", "MODEL", "PRODUCT")
_GENERIC = re.compile(
    r"(?:很多|不少|一些|多家|部分|众多|大量|各家|其他|许多|更多|国内外?|海外|几家|所有|整个|传统)[^,，]{0,8}(?:公司|企业|厂商|玩家|巨头|大厂|机构|平台|团队|云厂商)|创业者|投资人|投资方|业内|行业|市场|大家|人们|开发者|谁"
)
_IRREALIS = re.compile(r"如果|假如|倘若|要是|一旦|是否|能否|会不会|应该|应当|需要|必须|建议|呼吁|何时|为什么|为何|吗$|可能性|若(?!干)|即使|假设|怎么")
_PLANNED = re.compile(r"将(?:于|在|从|会|要|很快|不再|自|全面|面向|对|向|免费)|将[^,，其该这把]{0,6}$|即将|计划|拟|打算|准备|未来|要$|筹备|正考虑")
_PREDICTED = re.compile(r"很可能|有望|预计|或将|料将|大概率")
_DENIED = re.compile(r"否认|辟谣|不实|并非|没有|不会|从未|未曾")


def _subjects(view: SentenceView, at: int, cue: Cue) -> tuple[Token, ...]:
    """The names a cue at shadow offset `at` speaks of; empty if its clause is about somebody unnamed."""
    clause = view.clause_at(at)
    own = topic_of(view, clause, _SUBJECTS, at)
    if own is None:
        before = view.shadow[clause.left : at]
        if _GENERIC.search(before) or any(t.kind == "COHORT" for t in clause.tokens if t.at < at):
            return ()
        if cue.event == "goes_free":
            return actors(view, at, _SUBJECTS, reach=2)
        return actors(view, at, ("ORG",), reach=1 if cue.near else 2) or actors(view, at, _SUBJECTS, reach=1)
    if cue.event == "goes_free":  # everything that becomes free, each with its owner
        things = tuple(t for t in clause.tokens if t.at < at and t.kind in ("MODEL", "PRODUCT") and not is_oblique(view, t))
        return things or view.siblings(own)
    return view.siblings(own)


def _clause_text(view: SentenceView, clause: Clause) -> str | None:
    return view.raw(clause.left, clause.right).strip(" \t\r\n，,。；;：:、！!?？") or None


def _assertion(before: str, around: str) -> str | None:
    if _DENIED.search(before):
        return "denied"
    if _PREDICTED.search(before):
        return "predicted"
    return "planned" if _PLANNED.search(before) or re.search(r"将(?!其|该|这|把|[^,，]{0,14}(?:价格|重心|产品线|团队|模型))", around) else None


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
        for token in _subjects(view, match.start(), cue):
            if owner := owner_of(token):
                owners.setdefault(owner, token)
        for owner, token in owners.items():
            fields = {"org_id": owner, "event": cue.event, "person_id": None, "counterparty_org_id": None, "detail_text": _clause_text(view, clause)}
            inside = clause.start <= token.start < clause.end
            yield Fact(
                "corporate_events",
                fields,
                min(start, token.start) if inside else start,
                end,
                f"corporate_events.{cue.event}.{cue.rule}",
                (token,) if inside else (),
                time_of(view, match.start()),
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
        yield Fact("corporate_events", fields, fact.start, fact.end, "corporate_events.product_shutdown.of_launches", fact.tokens, fact.time, fact.timeless, fact.assertion)


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `corporate_events` in a sentence, one for each company and clause."""
    told: set[tuple[str, str, int]] = set()
    for facts in (parties(view), _ended(view), *(_told(view, cue) for cue in CUES)):
        for fact in facts:
            key = (fact.fields["org_id"], fact.fields["event"], view.clause_at(view.shadow_offset(fact.start)).number)
            if key not in told:
                told.add(key)
                yield fact

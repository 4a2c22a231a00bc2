"""How a launch becomes a fact: who launches, of what kind it is, what dates it, how sure the text is; each thing told once a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.facts.discourse import actors, house_of
from pipeline.facts.launches_cues import ATTRIBUTIVE_VERB, IRREALIS, KINDS_OF_VERB, NEGATED, OPENED, PLANNED, PREVIEW, SAME_DAY
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load
from pipeline.mentions.find import readings_of


@dataclass(slots=True)
class Found:
    """What has been found in a sentence so far: places already used up and (entity, kind) pairs already told."""

    view: SentenceView
    places: set[int] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    things: list[tuple[Token, int]] = field(default_factory=list)


def _maker(view: SentenceView, thing: Token, entity_id: str, at: int) -> str | None:
    """Who launches it: an organisation of the clause that belongs to the developer's house, else the developer, else whom the clause is about."""
    known = house_of(entity_id)
    doers = [t.entity_id for t in actors(view, at, reach=1)]
    if known is None:
        return doers[0] if doers else (thing.entity_id if thing.kind == "ORG" else None)
    parents = {d: load().entities[d].attributes.get("parent_org_id") for d in doers if d in load().entities}
    return next(
        (d for d in doers if known in (d, parents.get(d)) or load().entities[known].attributes.get("parent_org_id") == d), str(known)
    )


def _time(view: SentenceView, at: int, left: int, *, carry: bool) -> Token | None:
    """The time that dates a launch at shadow offset `at`: the nearest before it in its clause, else (if `carry`) in earlier clauses."""
    clause = view.clause_at(at)
    start = min(clause.left, left)
    here = [t for t in view.tokens_in(start, at, "TIME") if t.time.date_start is not None]
    if here:
        return here[-1]
    if SAME_DAY.search(view.shadow, clause.left, at):
        return None
    last = view.clauses[clause.number - 1] if clause.number else None
    dated = [t for t in last.tokens if t.kind == "TIME" and t.time.date_start is not None] if last else []
    if last and dated and last.right - last.left <= 8:  # 2025年2月6日，X发布的Y: the clause before is nothing but the time
        return dated[-1]
    if not carry or PLANNED.search(view.shadow, clause.left, at):
        return None
    earlier = [t for t in view.tokens_in(0, start, "TIME") if t.time.date_start is not None]
    return next(
        (t for t in reversed(earlier) if not compiled(rf"^[^,，。]{{0,10}}{ATTRIBUTIVE_VERB}的").search(view.shadow[t.at + 1 :])), None
    )


def _kind(view: SentenceView, verb: str, thing: Token, left: int) -> str:
    kind = KINDS_OF_VERB.get(verb, "launch")
    if kind not in ("launch", "open_source"):
        return kind
    tail = re.split(r"[,，。;；、]", view.shadow[thing.at + 1 : thing.at + 14])[0]
    clause = view.clause_at(thing.at)
    if PREVIEW.search(tail):
        return "preview"
    if re.match(r"[\s\ue000-\uf8ff]{0,2}两?[款个]?开源", tail) or re.search(
        r"开源版本?[“\"]?$", view.shadow[max(0, thing.at - 6) : thing.at]
    ):
        return "open_source"
    if kind == "launch" and OPENED.search(view.shadow[max(clause.left, left - 4) : thing.at]):
        return "open_source"
    return kind


def emit(
    found: Found,
    thing: Token,
    verb: str,
    at: int,
    rule: str,
    *,
    kind: str | None = None,
    carry: bool = True,
    entity: tuple[str, str] | None = None,
) -> Iterator[Fact]:
    """A launch of `thing` by the verb at shadow offset `at`, once a sentence."""
    view = found.view
    subject_type, subject_id = entity or (
        read_as(thing, "model") if "开源" in verb and thing.kind == "PRODUCT" else (thing.kind.lower(), thing.entity_id)
    )
    kind = kind or _kind(view, verb, thing, at)
    if (
        IRREALIS.search(view.shadow[view.clause_at(at).left : at])
        or (subject_id, kind) in found.told
        or (thing.at in found.places and kind != "open_source")
    ):
        return
    found.told.add((subject_id, kind))
    found.places.add(thing.at)
    found.things.append((thing, at))
    left, right = min(thing.at, at), max(thing.at + 1, at + len(verb))
    clause = view.clause_at(at)
    before = view.shadow[clause.left : at]
    assertion = "denied" if NEGATED.search(before) else ("planned" if PLANNED.search(before) else None)
    dated = re.match(rf"(?:系列|模型)?[(（](?P<time>{KINDS['TIME']})[)）]", view.shadow[thing.at + 1 :])
    time = (
        view.token_at(thing.at + 1 + dated.start("time"))
        if dated
        else _time(view, left if rule.endswith("nominal") else at, left, carry=carry)
    )
    if time is None and rule.endswith(("passive", "nominal")):
        inner = [t for t in view.tokens_in(left, right, "TIME") if t.time.date_start is not None]
        time = inner[-1] if inner else None
    fields = {"subject_type": subject_type, "subject_id": subject_id, "org_id": _maker(view, thing, subject_id, left), "kind": kind}
    start, end = view.folded_offset(left), max(view.folded_offset(right - 1) + 1, thing.end if thing.at + 1 >= right else 0)
    yield Fact("launches", fields, start, end, f"launches.{rule}", (thing,), time, time is None, assertion)


def read_as(thing: Token, wanted: str) -> tuple[str, str]:
    """The reading of a name as a model or product, if it has one: 千问 with new functions is the app, DeepSeek made open is the model."""
    if thing.kind.lower() != wanted:
        for reading in readings_of(thing.mention):
            if reading.type == wanted:
                return wanted, reading.entity_id
    return thing.kind.lower(), thing.entity_id

"""How an event between parties becomes a fact: its fields, its words, its time and how sure the text is."""

from __future__ import annotations

import re
from typing import Any

from pipeline.facts.discourse_timing import calendar_year, time_of_event
from pipeline.facts.patterns import Fact
from pipeline.facts.view import SentenceView, Token


def event_fact(view: SentenceView, event: str, rule: str, org: str, left: int, right: int, *, person: Token | None = None, other: str | None = None,
          time: Token | None = None, assertion: str | None = None) -> Fact:  # fmt: skip
    clause = view.clause_at(left)
    fields: dict[str, Any] = {
        "org_id": org,
        "event": event,
        "person_id": person.entity_id if person else None,
        "counterparty_org_id": other if other != org else None,
        "detail_text": view.raw(clause.left, clause.right).strip(" \t\r\n，,。；;：:、！!?？") or None,
    }
    if event == "founded" and time is not None:
        fields |= calendar_year(view, time)
    start, end = view.folded_offset(left), view.folded_offset(max(left, right - 1)) + 1
    return Fact(
        "corporate_events",
        fields,
        start,
        end,
        f"corporate_events.{event}.{rule}",
        (person,) if person else (),
        time or time_of_event(view, left),
        assertion=assertion,
    )


def assertion_before(view: SentenceView, left: int, at: int) -> str | None:
    text = view.shadow[left:at]
    if re.search(r"否认|并未|没有|辟谣|不会", text):
        return "denied"
    if re.search(r"传$|传出|传闻|被曝|据传|曝", text):
        return "rumoured"
    if re.search(r"可能|有望|预计", text):
        return "predicted"
    return "planned" if re.search(r"将|计划|拟|洽谈|打算|正在就|考虑|提出|要约", text) else None

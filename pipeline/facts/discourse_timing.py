"""Which time a told event has: that of its clause, or one it inherits from an earlier clause that speaks of the same company.

Times of numbers are in `timing`; finding times in text is the text layer's work.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from pipeline.facts.discourse import topic_of
from pipeline.facts.timing import date_fields, time_of
from pipeline.facts.view import SentenceView, Token

_YEARS = re.compile(r"(\d{1,2}|[一二两三四五六七八九十])\s?(?:多)?年")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_BARE_YEAR = re.compile(r"\d{4}\s?年")
_AFTER_EVENT = re.compile(r"(?:发布|推出|上线|开源|问世|成立|公布)$")
_SHORT = 8  # a clause of so few characters is nothing but its time


def time_of_event(view: SentenceView, at: int) -> Token | None:
    """The time of what happens at shadow offset `at`: as `timing.time_of`, but none from a clause about another company."""
    token = time_of(view, at)
    clause = view.clause_at(at)
    if (
        token is not None
        and _AFTER_EVENT.search(view.shadow, max(0, token.at - 6), token.at)
        and view.document.folded.text[token.start : token.end].endswith("后")
    ):
        return None  # X发布两天后 counts from another event
    if token is None or token.at >= clause.left:
        return token
    home = view.clause_at(token.at)
    own, other = topic_of(view, clause, ("ORG",)), topic_of(view, home, ("ORG",))
    if own and other and own.entity_id != other.entity_id and home.right - home.left > _SHORT:
        return None
    return token


def calendar_year(view: SentenceView, token: Token) -> dict[str, Any]:
    """date_* of a founding: the year itself where the text says `自2019年成立以来`, which as a span runs on to the document's day."""
    fields = date_fields(view, token)
    start = fields["date_start"]
    if (
        start is not None
        and fields["date_precision"] == "range"
        and _BARE_YEAR.fullmatch(view.document.folded.text[token.start : token.end].strip())
    ):
        fields |= {"date_start": date(start.year, 1, 1), "date_end": date(start.year, 12, 31), "date_precision": "year"}
    return fields


def years_before(view: SentenceView, token: Token) -> dict[str, Any] | None:
    """date_* of what lies a whole number of years before the document (`距离X发布不足两年`): that calendar year. None if the duration is in no years."""
    found = _YEARS.search(view.document.folded.text, token.start, token.end)
    reference = view.document.document.reference_date
    if not found or reference is None:
        return None
    year = reference.year - (int(found[1]) if found[1].isdigit() else _DIGITS[found[1]])
    return {
        "date_start": date(year, 1, 1),
        "date_end": date(year, 12, 31),
        "date_precision": "year",
        "date_text": view.document.raw_text(token.start, token.end),
    }

"""Which time expression dates a fact, and how a time becomes the date_* columns. Finding the expressions is the text layer's work."""

from __future__ import annotations

import re
from typing import Any

from pipeline.facts.view import SentenceView, Token

NO_DATE: dict[str, Any] = {"date_start": None, "date_end": None, "date_precision": None, "date_text": None}
_CONTRAST = re.compile(r"(?:较|比|相比|与|自|同比)[^,，]{0,3}$")  # 较2023年增长: the year compared with, not the year of the fact


def date_fields(view: SentenceView, token: Token | None) -> dict[str, Any]:
    """date_start, date_end, date_precision, date_text of a time token; all None without one."""
    if token is None or token.kind != "TIME" or token.time.date_start is None:
        return dict(NO_DATE)
    time = token.time
    return {
        "date_start": time.date_start,
        "date_end": time.date_end,
        "date_precision": time.precision,
        "date_text": view.document.raw_text(token.start, token.end),
    }


def time_of(view: SentenceView, at: int) -> Token | None:
    """The time that dates what stands at shadow offset `at`: the last one before it in its clause, else the first after it there, else the last in
    earlier clauses of the sentence."""
    clause = view.clause_at(at)
    here = [
        t
        for t in clause.tokens
        if t.kind == "TIME" and t.time.date_start is not None and not _CONTRAST.search(view.shadow, max(0, t.at - 6), t.at)
    ]
    before = [t for t in here if t.at < at]
    if before:
        return before[-1]
    if here:
        return here[0]
    earlier = [t for t in view.tokens if t.kind == "TIME" and t.at < clause.left and t.time.date_start is not None]
    return earlier[-1] if earlier else None

"""What a number counts when no unit stands right after it: an adjective and noun after it, or the nearest noun before it."""

from __future__ import annotations

import re

from pipeline.text.sharing import Draft
from pipeline.text.units import Units

_ADJECTIVE = re.compile(
    r"[日月周年]?(?:活跃|付费|免费|普通|中国|国内|终端|中小|核心|注册|全球|海外|个人|企业|新增|的|专业|月活|日活|AI|真实|在线|独立){1,3}"
)
_STOP = re.compile(r"[。！？!?\n；;]")
_WINDOW = 30


def noun_behind(text: str, start: int, table: Units) -> str | None:
    """What a bare number counts, by the last noun before it in its sentence."""
    left = max(0, start - _WINDOW)
    for stop in _STOP.finditer(text, left, start):
        left = stop.end()
    last = before = None
    for match in table.noun_behind.finditer(text, left, start):
        last, before = match, last
    if last is None:
        return None
    unit = table.before[last[0].lower()]
    if unit == "calls" and before is not None and last.start() - before.end() <= 1 and table.before[before[0].lower()] == "tokens":
        return "tokens"  # tokens调用量
    return unit


def name_unit(text: str, draft: Draft, table: Units) -> None:
    """The unit of a bare number, by an adjective and noun after it or the nearest noun before it."""
    adjective = _ADJECTIVE.match(text, draft.end)
    if adjective is not None or draft.modifier == "magnitude":
        noun = table.tail.match(text, adjective.end() if adjective is not None else draft.end)
        if noun is not None and noun.lastgroup == "noun":
            draft.unit = table.nouns[noun[0].strip().lower()]
            return
        if adjective is not None and adjective[0].endswith(("月活", "日活", "活跃")):
            draft.unit = "people"
            return
    unit = noun_behind(text, draft.start, table)
    if unit == "money":
        draft.wants_currency = True
    else:
        draft.unit = unit or None

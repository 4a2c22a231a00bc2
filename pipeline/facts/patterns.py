"""Patterns over shadow strings: their notation, and what a rule gives back.

A pattern is a regular expression in which `{ORG}`, `{MONEY}`, … stand for one tagged token, `{ORGS}`, `{MODELS}`, … for a list `A、B和C`, `{ANY}` for
any name, and `{..}` for a short gap inside the clause. How the rules of one table use it belongs to that table's module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.facts.view import KINDS, Token

_JOINT = r"(?:[\s、/和与及跟\"“”‘’《》「」]|以及|还有|甚至|乃至){1,4}"
_GROUPS = {
    "ANY": ("ORG", "PERSON", "MODEL", "PRODUCT", "COHORT", "COUNTRY"),
    "ACTOR": ("ORG", "PERSON", "COHORT"),
    "THING": ("MODEL", "PRODUCT"),
    "AMOUNT": ("MONEY", "PERCENT", "MULTIPLE", "COUNT", "PARAMS", "TOKENS", "PRICE", "NUMBER"),
    "WHEN": ("TIME", "DURATION"),
}
_MACRO = re.compile(r"\{(\.\.|[A-Z]+)\}")
_GAP = r"[^。!?！？;；,，]{0,12}?"


def _expand(name: str) -> str:
    if name == "..":
        return _GAP
    if name in KINDS:
        return KINDS[name]
    if name in _GROUPS:
        return "[" + "".join(KINDS[k] for k in _GROUPS[name]) + "]"
    if name.endswith("S") and (name[:-1] in KINDS or name[:-1] in _GROUPS):
        one = _expand(name[:-1])
        return f"{one}(?:{_JOINT}{one})*"
    raise ValueError(f"unknown token {{{name}}} in a pattern")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression that `pattern` stands for."""
    return re.compile(_MACRO.sub(lambda m: _expand(m[1]), pattern))


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule found: the row's own fields (no claim_id, doc_id) and the evidence.

    `start`/`end` is the narrowest evidence in the folded document; `tokens` are the mentions, quantities and times that the row used up.
    `time` sets the date_* columns; None lets the engine look for one unless `timeless`. `assertion`/`attributed_to` override what the engine finds.
    """

    table: str
    fields: dict[str, Any]
    start: int
    end: int
    rule_id: str
    tokens: tuple[Token, ...] = ()
    time: Token | None = None
    timeless: bool = False
    assertion: str | None = None
    attributed_to: str | None = None


def quantity_fields(token: Token, prefix: str = "value", *, sign: int = 1) -> dict[str, Any]:
    """The value columns of a quantity token: value, value_low, value_high, modifier (with another prefix: prefix_value, prefix_low, …)."""
    q = token.quantity
    value, low, high = q.value, q.low, q.high
    if sign < 0:
        value, low, high = (None if x is None else -x for x in (value, high, low))
    if prefix == "value":
        return {"value": value, "value_low": low, "value_high": high, "modifier": q.modifier}
    return {f"{prefix}_value": value, f"{prefix}_low": low, f"{prefix}_high": high, f"{prefix}_modifier": q.modifier}

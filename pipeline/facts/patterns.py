"""Patterns over shadow strings: their notation, what a match offers, and what a rule gives back.

A pattern is a regular expression in which `{ORG}`, `{MONEY}`, … stand for one tagged token, `{ORGS}`, `{MODELS}`, … for a list `A、B和C`, `{ANY}` for
any name, and `{..}` for a short gap inside the clause. How the rules of one table use it belongs to that table's module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline.facts.view import KINDS, SentenceView, Token

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


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence; groups lead back to tokens."""

    view: SentenceView
    found: re.Match[str]

    def has(self, group: str) -> bool:
        return group in self.found.re.groupindex and self.found[group] is not None

    def token(self, group: str) -> Token:
        """The first token inside the group."""
        left, right = self.found.span(group)
        return self.view.tokens_in(left, right)[0]

    def tokens(self, group: str, *kinds: str) -> list[Token]:
        """All tokens inside the group; empty if the group took no part."""
        if not self.has(group):
            return []
        left, right = self.found.span(group)
        return self.view.tokens_in(left, right, *kinds)

    def optional(self, group: str) -> Token | None:
        tokens = self.tokens(group)
        return tokens[0] if tokens else None

    def text(self, group: str) -> str:
        """The shadow text of the group."""
        return self.found[group] or ""

    def raw(self, group: str) -> str:
        """The raw characters of the group, as the source wrote them."""
        left, right = self.found.span(group)
        return self.view.raw(left, right)

    @property
    def left(self) -> int:
        return self.found.start()

    @property
    def right(self) -> int:
        return self.found.end()

    @property
    def start(self) -> int:
        return self.view.folded_offset(self.found.start())

    @property
    def end(self) -> int:
        return self.view.folded_offset(self.found.end() - 1) + 1 if self.found.end() > self.found.start() else self.start


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of one table with the sentences that show what it is for.

    `build` turns a match into facts. `examples` are invented sentences that it must find, `counter_examples` ones that it must leave alone.
    `needs`: token kinds without which a sentence is not worth searching.
    """

    rule_id: str
    pattern: str
    build: Callable[[Match], Iterator[Fact]]
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = field(default=())
    needs: tuple[str, ...] = ()

    def find(self, view: SentenceView) -> Iterator[Fact]:
        if any(KINDS[kind] not in view.shadow for kind in self.needs):
            return
        for found in compiled(self.pattern).finditer(view.shadow):
            yield from self.build(Match(view, found))


def quantity_fields(token: Token, prefix: str = "value", *, sign: int = 1) -> dict[str, Any]:
    """The value columns of a quantity token: value, value_low, value_high, modifier (with another prefix: prefix_value, prefix_low, …)."""
    q = token.quantity
    value, low, high = q.value, q.low, q.high
    if sign < 0:
        value, low, high = (None if x is None else -x for x in (value, high, low))
    if prefix == "value":
        return {"value": value, "value_low": low, "value_high": high, "modifier": q.modifier}
    return {f"{prefix}_value": value, f"{prefix}_low": low, f"{prefix}_high": high, f"{prefix}_modifier": q.modifier}

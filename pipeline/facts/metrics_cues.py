"""What a number counts, by its unit and the words beside it. The table of measures is `metrics_cues.toml`; whose number it is belongs to
`metrics_subjects`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.facts.patterns import compiled
from pipeline.facts.view import SentenceView, Token

AS_WRITTEN = "as written"  # of_metric of a cue: the words that announced the number
REACH = 18  # characters of shadow between a cue and its number
ANY_HOLDER = ("ORG", "PRODUCT", "MODEL", "COHORT", "COUNTRY")


@dataclass(frozen=True, slots=True)
class Cue:
    """A measure and the words that announce it.

    `units`: what the number may be counted in (money, percent, the units of the schema, none, or the measure word). `before` is looked for in front of
    the number in its clause, nearest to it; `after` right behind it. `inside` is looked for in the words of the number itself. `holders`: kinds of
    subject, best first. `unit` replaces the number's own. `sign` -1 for losses.
    """

    rule: str
    metric: str
    units: frozenset[str]
    before: str = ""
    after: str = ""
    inside: str = ""
    holders: tuple[str, ...] = ANY_HOLDER
    unit: str | None = None
    of_metric: str | None = None
    sign: int = 1
    blocked: str = ""  # words of the clause that forbid the reading


@cache
def cues() -> tuple[Cue, ...]:
    """The table of measures (`metrics_cues.toml`), read once."""
    data = tomllib.loads((files(__package__) / "metrics_cues.toml").read_text(encoding="utf-8"))
    return tuple(
        Cue(**(row | {"rule": rule, "units": frozenset(row["units"]), "holders": tuple(row["holders"])})) for rule, row in data.items()
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number measures: the cue and where its words stand in the shadow (`left`, `right`)."""

    cue: Cue
    left: int
    right: int


def unit_of(token: Token) -> str:
    """The unit that cues are chosen by: money, percent, multiple, a unit of the schema, a measure word or none."""
    if token.kind == "MONEY":
        return "money"
    return token.quantity.unit or "none"


@cache
def _searches() -> tuple[tuple[Cue, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    return tuple(
        (
            cue,
            re.compile(cue.before) if cue.before else None,
            re.compile(r"[”\"」』）)\s]{0,2}(?:" + cue.after + ")") if cue.after else None,
            re.compile(cue.inside) if cue.inside else None,
            re.compile(cue.blocked) if cue.blocked else None,
        )
        for cue in cues()
    )


# What may stand between a measure and its number besides plain characters: no other name.
_NAME_BETWEEN = compiled("{ORG}|{PRODUCT}|{MODEL}|{COHORT}|{PERSON}")
_SLACK = 3
_BOTH = ("users_counted",)  # words before count only together with words inside: 拥有…1亿用户
_CONVERSION = re.compile(r"约合|折合|合人民币|相当于人民币|约等于|当前约")


def read(view: SentenceView, token: Token, left: int, right: int, *, far: bool = False) -> Reading | None:
    """The measure of a number whose own part of the phrase is `left`..`right` of the shadow.

    Words right behind the number win, then words inside it, then the nearest words before it; at one distance the longer words. `far`: the words
    before may stand further off, in the phrase before.
    """
    unit = unit_of(token)
    lead, words = view.shadow[left : token.at], view.document.folded.text[token.start : token.end]
    best: tuple[tuple[int, int], Reading] | None = None
    for cue, before, after, inside, blocked in _searches():
        if unit not in cue.units or (blocked and blocked.search(view.shadow, left, right)):
            continue
        found: tuple[tuple[int, int], Reading] | None = None
        needs_both = cue.rule in _BOTH
        if after and (match := after.match(view.shadow, token.at + 1, right)) and match.end() > token.at + 1:
            found = (0, -(match.end() - match.start())), Reading(cue, token.at + 1, match.end())
        elif (
            inside
            and (match := inside.search(words))
            and (not needs_both or (before and (before_touches(before, lead) or before.match(words))))
        ):
            found = (0, -len(match[0])), Reading(cue, token.at, token.at + 1)
        elif before and not needs_both:
            for match in before.finditer(lead):
                gap = lead[match.end() :]
                if len(gap) <= (REACH * 2 if far else REACH) and (far or not _NAME_BETWEEN.search(gap)):
                    found = (
                        (max(1, len(gap) - _SLACK), -(match.end() - match.start())),
                        Reading(cue, left + match.start(), left + match.end()),
                    )
        if found and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else None


def before_touches(before: re.Pattern[str], lead: str) -> bool:
    """Whether words of `before` stand close in front of the number."""
    return any(len(lead) - match.end() <= _SLACK for match in before.finditer(lead))


_NAMED = (
    ("daily_calls", "调用量"), ("monthly_downloads", "月均下载"), ("downloads", "下载"), ("monthly_active_users", "月活"),
    ("daily_active_users", "日活"), ("revenue", "营收|收入|营业额"), ("profit", "利润|盈利"), ("market_share", "份额|市占"),
    ("users", "用户"), ("headcount", "员工|人数"), ("gmv", "GMV|成交额|交易额"),
)  # fmt: skip


def metric_named(noun: str) -> str | None:
    """The metric that a noun names: 云收入 -> revenue."""
    return next((metric for metric, words in _NAMED if re.search(words, noun)), None)


def is_conversion(view: SentenceView, token: Token) -> bool:
    """Whether an amount only repeats the one before it in another currency."""
    if token.kind != "MONEY":
        return False
    around = view.shadow[max(0, token.at - 10) : token.at]
    inside = re.search(r"[（(][^（()）]*$", around)
    if inside and re.search(r"\ue010[（(]$", around) and view.shadow[token.at + 1 : token.at + 2] in ("）", ")"):
        return True
    return bool(_CONVERSION.search(view.document.folded.text[token.start : token.end]) or (inside and _CONVERSION.search(around)))

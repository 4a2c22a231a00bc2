"""The value types of the text layer: what a quantity, a time and a sentence are. No finding happens here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as it stands in the text.

    `value` is the headline number as written (None for a range, several or magnitude); `low`/`high` is the interval it stands for (None = open).
    `modifier` is one of exact, about, over, nearly, under, at_least, several, magnitude, range. `unit` is the unit of `schema.md`
    (people, tokens, calls, models, ..., percent, multiple, parameters) or the Chinese measure word as written (家, 条, 款); None for a bare number.
    `currency` is an ISO 4217 code for money, `per_tokens` the number of tokens a price is for. `start`/`end` cover modifiers, number and unit.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    modifier: str
    unit: str | None = None
    currency: str | None = None
    per_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression resolved to an inclusive interval of days.

    `precision` is one of day, month, quarter, half, year, fiscal_year, range, unknown. A duration (`7个月`, `20天`) has `is_duration` True and no dates
    unless it is anchored (`近3年`, `过去半年` resolve to an interval ending at the reference date).
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: str
    is_duration: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `start`/`end` in the text it was found in, `section` the heading it stands under, `paragraph` the number of its paragraph."""

    start: int
    end: int
    section: str | None
    paragraph: int
    is_heading: bool = False

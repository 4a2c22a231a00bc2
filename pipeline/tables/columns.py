"""What columns of several tables share: descriptions, enumerations, patterns, row rules, and the groups value*, unit, currency, date_*.

Here: pieces that models are put together from. Not here: any table.
"""

from __future__ import annotations

from typing import Any

import pandera.polars as pa
import polars as pl

SLUG = r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$"
CLAIM_ID = r"^[0-9a-f]{16,40}$"
CURRENCY = r"^[A-Z]{3}$"
NOT_BLANK = r"(?s)^.*\S"
COUNTRY = r"^[A-Z]{2}$"
QUOTE_LIMIT = 200  # characters of an article that a release may carry in one cell

MODIFIERS = ("exact", "about", "over", "nearly", "under", "at_least", "several", "magnitude", "range")
PRECISIONS = ("day", "month", "quarter", "half", "year", "fiscal_year", "range", "unknown")
SUBJECTS = ("org", "model", "product", "cohort", "country", "other")
CURRENCIES = "ISO 4217"


def described(en: str, zh: str, *, unit: str | None = None, **checks: Any) -> Any:
    """A column described in English and Chinese, with the unit of its values; `checks` are those of `pandera.Field`."""
    return pa.Field(description=en, metadata={"zh": zh, "unit": unit}, **checks)


def as_written(en: str, zh: str, *, nullable: bool = True) -> Any:
    """A column of characters as they stand in the source: not blank and short enough to be published."""
    return described(en, zh, nullable=nullable, str_matches=NOT_BLANK, str_length={"max_value": QUOTE_LIMIT})


def in_chinese(title: str, description: str) -> dict[str, str]:
    """The Chinese title and description of a table; the English ones are the model's own."""
    return {"title_zh": title, "description_zh": description}


def row_rule(message: str, holds: pl.Expr) -> Any:
    """A rule over the columns of one row. As in an SQL CHECK, only false breaks it: what cannot be decided because of a null passes."""

    def check(cls: type[pa.DataFrameModel], data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(holds.fill_null(True))

    return pa.dataframe_check(check, error=message)


def given(*names: str) -> pl.Expr:
    """At least one of the columns is not null."""
    return pl.any_horizontal(pl.col(name).is_not_null() for name in names)


def finite(*names: str) -> pl.Expr:
    """None of the numbers is NaN or infinite."""
    return pl.all_horizontal(pl.col(names).is_finite().fill_null(True))


def follows_modifier(value: str, low: str, high: str, modifier: str) -> pl.Expr:
    """The number, its interval and its modifier say the same thing.

    Of a negative number (a decline) the interval is mirrored: a fall of over 30% is value -30, value_low null, value_high -30.
    """
    v, lo, hi, m = pl.col(value), pl.col(low), pl.col(high), pl.col(modifier)
    none = v.is_null() & lo.is_null() & hi.is_null()
    point = v.is_not_null() & (lo == v).fill_null(False) & (hi == v).fill_null(False)
    floor = v.is_not_null() & (lo == v).fill_null(False) & hi.is_null()
    ceiling = v.is_not_null() & lo.is_null() & (hi == v).fill_null(False)
    ordered = (lo <= hi).fill_null(True)
    closed = v.is_null() & lo.is_not_null() & hi.is_not_null() & ordered
    open_ended = v.is_null() & (lo.is_not_null() | hi.is_not_null()) & ordered
    negative = (v < 0).fill_null(False)
    return (
        pl.when(m.is_null())
        .then(none)
        .when(m.is_in(["exact", "about"]))
        .then(point)
        .when(m.is_in(["over", "at_least"]))
        .then(pl.when(negative).then(ceiling).otherwise(floor))
        .when(m.is_in(["nearly", "under"]))
        .then(pl.when(negative).then(floor).otherwise(ceiling))
        .when(m == "several")
        .then(open_ended)
        .otherwise(closed)
    )


def subject_rules(prefix: str = "subject") -> tuple[Any, Any, Any]:
    """The rules of a polymorphic subject: an entity has an id, `other` a text instead, and a country an ISO code."""
    kind, key, words = pl.col(f"{prefix}_type"), pl.col(f"{prefix}_id"), pl.col(f"{prefix}_text")
    return (
        row_rule(f"{prefix}_id is missing although {prefix}_type names an entity", (kind == "other") | key.is_not_null()),
        row_rule(f"{prefix}_type other needs {prefix}_text and no {prefix}_id", (kind != "other") | (key.is_null() & words.is_not_null())),
        row_rule(f"{prefix}_id of a country is not an ISO 3166-1 alpha-2 code", (kind != "country") | key.str.contains(COUNTRY)),
    )


class Model(pa.DataFrameModel):
    """Base of all contracts: exactly the declared columns."""

    class Config:
        strict = True


class Fact(Model):
    """The columns every fact table begins with."""

    claim_id: str = described(
        "The claim this row is: its quote and place in the article",
        "本行对应的论断：引文及其在文章中的位置",
        unique=True,
        str_matches=CLAIM_ID,
    )
    doc_id: str = described("The article that says it", "出处文章")


class Valued(Model):
    """value*: a number as written and the interval it stands for."""

    value: float = described("The headline number as written; null for an interval", "文中的数值；区间时为空", nullable=True)
    value_low: float = described("Lower end of what the number stands for; null = open", "数值所指区间的下限；空表示无下限", nullable=True)
    value_high: float = described("Upper end of what the number stands for; null = open", "数值所指区间的上限；空表示无上限", nullable=True)
    modifier: str = described("How the text qualifies the number", "文中对数值的修饰（约、超、近等）", nullable=True, isin=MODIFIERS)

    numbers_finite = row_rule("value, value_low or value_high is not a finite number", finite("value", "value_low", "value_high"))
    value_follows_modifier = row_rule(
        "value, value_low, value_high and modifier contradict one another", follows_modifier("value", "value_low", "value_high", "modifier")
    )


class WithUnit(Model):
    """The unit of value*."""

    unit: str = described(
        "What is counted, percent, multiple, or the ISO 4217 code of money",
        "计数对象、百分比（percent）、倍数（multiple）或货币代码",
        nullable=True,
        str_matches=r"^\S(?:.{0,38}\S)?$",
    )

    unit_needs_number = row_rule("unit without a number", pl.col("unit").is_null() | given("value", "value_low", "value_high"))


class WithCurrency(Model):
    """The currency of value*."""

    currency: str = described("Currency of the amount", "金额的货币", unit=CURRENCIES, nullable=True, str_matches=CURRENCY)

    currency_with_amount = row_rule(
        "amount without currency, or currency without amount", pl.col("currency").is_not_null() == given("value", "value_low", "value_high")
    )


class Dated(Model):
    """date_*: when it happened or holds, as an inclusive interval of days."""

    date_start: pl.Date = described("First day of when it happened or holds", "发生或有效时间的第一天", nullable=True)
    date_end: pl.Date = described("Last day of when it happened or holds", "发生或有效时间的最后一天", nullable=True)
    date_precision: str = described("How exactly the text gives the time", "时间的精度", nullable=True, isin=PRECISIONS)
    date_text: str = as_written("The time as written", "原文中的时间表述")

    both_dates_or_none = row_rule(
        "one of date_start and date_end is missing", pl.col("date_start").is_null() == pl.col("date_end").is_null()
    )
    dates_in_order = row_rule("date_end is before date_start", pl.col("date_start") <= pl.col("date_end"))
    precision_with_dates = row_rule(
        "date_precision is missing although there is a date", pl.col("date_start").is_null() | pl.col("date_precision").is_not_null()
    )
    no_precision_without_dates = row_rule(
        "date_precision is given although there is no date",
        pl.col("date_start").is_not_null() | pl.col("date_precision").is_null() | (pl.col("date_precision") == "unknown"),
    )
    day_is_one_day = row_rule(
        "date_precision is day but the interval is longer",
        (pl.col("date_precision") != "day") | (pl.col("date_start") == pl.col("date_end")),
    )

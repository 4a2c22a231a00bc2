"""Every constraint of every contract is broken once and seen to fail. The parameters come from the registry, so a new constraint needs a new breakage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.quality.contracts import broken_rows
from pipeline.tables import TABLES, Table
from pipeline.tables.examples import example_row

DAY, NEXT = date(2025, 3, 1), date(2025, 3, 2)
INFINITE = float("inf")

# rule over a row -> what breaks it, over the example row of any table that has the rule
BREAKS: dict[str, dict[str, Any]] = {
    "one of date_start and date_end is missing": {"date_start": DAY, "date_precision": "range"},
    "date_end is before date_start": {"date_start": NEXT, "date_end": DAY, "date_precision": "range"},
    "date_precision is missing although there is a date": {"date_start": DAY, "date_end": DAY},
    "date_precision is given although there is no date": {"date_precision": "month"},
    "date_precision is day but the interval is longer": {"date_start": DAY, "date_end": NEXT, "date_precision": "day"},
    "value, value_low or value_high is not a finite number": {"value": INFINITE, "value_low": INFINITE, "value_high": INFINITE, "modifier": "exact"},
    "value, value_low, value_high and modifier contradict one another": {"value": 3.0, "value_low": 4.0, "value_high": None, "modifier": "over"},
    "unit without a number": {"unit": "people", "value": None, "value_low": None, "value_high": None, "modifier": None},
    "amount without currency, or currency without amount": {"currency": None},
    "one of published_start and published_end is missing": {"published_start": DAY, "published_basis": "declared"},
    "published_end is before published_start": {"published_start": NEXT, "published_end": DAY, "published_basis": "declared"},
    "published_basis and the publication date must be given together": {"published_basis": "declared"},
    "duplicate_of names the document itself": {"duplicate_of": "example-article"},
    "char_end is not after char_start": {"char_start": 16, "char_end": 16},
    "text is not as long as its span": {"char_end": 3},
    "quote is not as long as its span": {"char_end": 3},
    "an organisation without any name": {"name_zh": None},
    "a person without any name": {"name_zh": None},
    "a product without any name": {"name_zh": None},
    "a cohort without any name": {"name_zh": None},
    "parent_org_id names the organisation itself": {"parent_org_id": "example-org"},
    "entity_type is given for what is not a name": {"kind": "time", "entity_type": "org"},
    "valuation_value, valuation_low or valuation_high is not a finite number": {"valuation_low": INFINITE},
    "valuation_value, valuation_low, valuation_high and valuation_modifier contradict one another": {"valuation_value": 5.0},
    "valuation without currency, or currency without valuation": {"valuation_currency": "USD"},
    "valuation_basis without a valuation": {"valuation_basis": "pre"},
    "none of amount, valuation, round, investors and date is given": {
        "value": None, "value_low": None, "value_high": None, "modifier": None, "currency": None, "round": "unknown",
    },
    "an amount or valuation below zero": {"value": -1.0, "value_low": -1.0, "value_high": -1.0},
    "an amount below zero": {"value": -1.0, "value_low": -1.0, "value_high": -1.0},
    "none of org_id, cohort_id and member_org_ids is given": {"org_id": None, "member_org_ids": []},
    "no amount": {"value": None, "value_low": None, "value_high": None, "modifier": None},
    "an organisation partners with itself": {"org_b": "example-org"},
    "neither org_id nor cohort_id is given": {"org_id": None},
    "an organisation is its own counterparty": {"counterparty_org_id": "example-org"},
    "neither a number nor value_string": {"value": None, "value_low": None, "value_high": None, "modifier": None},
    "architecture needs value_string": {"spec": "architecture"},
    "a parameter count needs the unit parameters": {"spec": "active_parameters", "unit": "tokens"},
    "subject_id is missing although subject_type names an entity": {"subject_id": None},
    "subject_type other needs subject_text and no subject_id": {"subject_type": "other", "subject_id": None},
    "subject_id of a country is not an ISO 3166-1 alpha-2 code": {"subject_type": "country", "subject_id": "China"},
    "price, price_low, price_high or change_percent is not a finite number": {"price": float("nan")},
    "neither a price nor an interval nor a change": {"price": None},
    "price without currency, or currency without price": {"currency": None},
    "price, price_low, price_high and modifier contradict one another": {"price_low": 2.0, "modifier": "over"},
    "price outside its interval, or the interval upside down": {"price_low": 2.0, "price_high": 3.0},
    "baseline without change_percent": {"baseline": "industry"},
    "no number": {"value": None, "value_low": None, "value_high": None, "modifier": None},
    "unit is a currency but not that of the row, or the reverse": {"unit": "USD"},
    "growth is neither percent nor multiple": {"metric": "growth", "unit": "people"},
    "a share outside 0 to 100 percent": {"metric": "market_share", "unit": "percent", "value": 120.0, "value_low": 120.0, "value_high": 120.0},
    "a count below zero": {"metric": "users", "value": -2.0, "value_low": -2.0, "value_high": -2.0},
    "neither rank nor count with top_n": {"rank": None},
    "count without top_n": {"count": 2},
    "rank or count exceeds top_n": {"rank": 4, "top_n": 3},
    "compared with itself": {"comparator_type": "model", "comparator_id": "example-model"},
    "relation ratio without a number": {"relation": "ratio"},
    "a claim in conflict with itself": {"claim_id_b": "0" * 16},
}  # fmt: skip


def wrong_value(check: Any) -> Any:
    """A value that the check of a column refuses."""
    told = check.statistics
    match check.name:
        case "str_matches":
            return " "
        case "isin":
            return "no such value"
        case "str_length":
            return "" if told.get("min_value") else "长" * (told["max_value"] + 1)
        case "greater_than_or_equal_to":
            return told["min_value"] - 1
        case "greater_than":
            return told["min_value"]
        case "less_than_or_equal_to":
            return told["max_value"] + 1
    raise AssertionError(f"no way to break {check.name}: add one")


def cases() -> Iterator[Any]:
    for name, table in TABLES.items():
        for column, described in table.contract.columns.items():
            if not described.nullable:
                yield pytest.param(name, {column: None}, f"{name}.{column}: is empty", id=f"{name}.{column}-null")
            for check in described.checks:
                if check.name == "str_matches" and described.dtype.type != pl.String():
                    continue
                yield pytest.param(name, {column: wrong_value(check)}, f"{name}.{column}: ", id=f"{name}.{column}-{check.name}")
        for check in table.contract.checks:
            yield pytest.param(name, BREAKS[check.error], f"{name}: {check.error}", id=f"{name}-{check.error}")


def one_row(table: Table, changes: dict[str, Any]) -> pl.DataFrame:
    row = example_row(table)
    assert changes.keys() <= row.keys()
    fitting = {k: float(v) if table.schema[k] == pl.Float64 and isinstance(v, int) else v for k, v in changes.items()}
    return pl.DataFrame([row | fitting], schema=table.schema)


@pytest.mark.parametrize("name", TABLES)
def test_the_example_row_keeps_the_contract(name: str) -> None:
    assert broken_rows(TABLES[name], one_row(TABLES[name], {})).is_empty()


@pytest.mark.parametrize(("name", "changes", "reason"), list(cases()))
def test_a_broken_constraint_is_seen_and_named(name: str, changes: dict[str, Any], reason: str) -> None:
    found = broken_rows(TABLES[name], one_row(TABLES[name], changes))
    assert found["row"].to_list() == [0]
    assert reason in found["reason"][0]


@pytest.mark.parametrize("name", [n for n, t in TABLES.items() if t.primary_key])
def test_two_rows_of_one_key_both_fail(name: str) -> None:
    row = one_row(TABLES[name], {})
    found = broken_rows(TABLES[name], pl.concat([row, row]))
    assert found["row"].to_list() == [0, 1]
    assert all("not unique" in reason for reason in found["reason"])


def test_every_breakage_belongs_to_a_rule() -> None:
    assert set(BREAKS) == {check.error for table in TABLES.values() for check in table.contract.checks}


@pytest.mark.parametrize(
    ("modifier", "value", "low", "high"),
    [
        ("exact", 5.0, 5.0, 5.0),
        ("about", 5.0, 5.0, 5.0),
        ("over", 5.0, 5.0, None),
        ("at_least", 5.0, 5.0, None),
        ("nearly", 5.0, None, 5.0),
        ("under", 5.0, None, 5.0),
        ("several", None, 5.0, 50.0),
        ("several", None, 5.0, None),
        ("magnitude", None, 5.0, 50.0),
        ("range", None, 5.0, 50.0),
        ("over", -5.0, None, -5.0),
        ("nearly", -5.0, -5.0, None),
    ],
)
def test_value_and_interval_follow_the_modifier(modifier: str, value: float | None, low: float | None, high: float | None) -> None:
    table = TABLES["metrics"]
    numbers = {"value": value, "value_low": low, "value_high": high, "modifier": modifier}
    right = one_row(table, {"metric": "growth", "unit": "percent"} | numbers)
    assert broken_rows(table, right).is_empty()
    wrong = one_row(table, {"metric": "growth", "unit": "percent"} | numbers | {"value": 7.0})
    assert "contradict one another" in broken_rows(table, wrong)["reason"][0]

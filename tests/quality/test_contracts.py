"""Rows that fail leave with a reason, what hangs on them follows, and the rest goes through unchanged."""

from __future__ import annotations

import json
import random

import polars as pl
import pytest

from pipeline.quality.contracts import ContractError, check
from pipeline.tables import ENTITY_TABLES, FACT_TABLES, TABLES, ForeignKey
from pipeline.tables.examples import DOC_ID, TEXT, claim_number, example_tables

Tables = dict[str, pl.DataFrame]


def with_value(tables: Tables, name: str, column: str, value: object) -> Tables:
    dtype = TABLES[name].schema[column]
    changed = pl.Series(column, [value] * tables[name].height, dtype=dtype)
    return tables | {name: tables[name].with_columns(changed)}


def reasons(quarantine: pl.DataFrame, name: str) -> list[str]:
    return quarantine.filter(pl.col("table") == name)["reason"].to_list()


def test_a_good_dataset_goes_through_whole() -> None:
    tables = example_tables()
    checked = check(tables)
    assert checked.quarantine.is_empty()
    assert dict(checked.quarantine.schema) == TABLES["quarantine"].schema
    assert all(checked.tables[name].equals(tables[name]) for name in tables)


REFERENCES = [
    pytest.param(name, key, id=f"{name}.{key.columns[0]}->{key.table}") for name, table in TABLES.items() for key in table.foreign_keys
]


@pytest.mark.parametrize(("name", "key"), REFERENCES)
def test_a_reference_to_nothing_is_quarantined(name: str, key: ForeignKey) -> None:
    (column,) = key.columns
    missing = "f" * 16 if column.startswith("claim_id") else "nobody"
    tables = with_value(example_tables(), name, column, [missing] if key.list else missing)
    if key.when is not None:
        tables = with_value(tables, name, *key.when)
    kept = {name, key.table, "documents", *ENTITY_TABLES, *(("claims",) if name in FACT_TABLES else ())}
    checked = check({n: tables[n] for n in TABLES if n in kept})
    assert any(f"{name}.{column}: '{missing}' is not in {key.table}" in reason for reason in reasons(checked.quarantine, name))
    assert checked.tables[name].is_empty()


def test_a_missing_organisation_takes_facts_and_claims_with_it() -> None:
    tables = example_tables()
    tables["organizations"] = tables["organizations"].filter(pl.col("org_id") != "example-partner")
    checked = check(tables)
    assert reasons(checked.quarantine, "partnerships") == ["partnerships.org_b: 'example-partner' is not in organizations"]
    assert reasons(checked.quarantine, "claims") == ["claims: no such row in partnerships"]
    assert checked.tables["claims"].height == len(FACT_TABLES) - 1
    assert checked.tables["metrics"].height == 1


def test_a_bad_document_takes_everything_it_says_with_it() -> None:
    tables = with_value(example_tables(), "documents", "script", "latin")
    checked = check(tables)
    assert checked.tables["claims"].is_empty()
    assert all(checked.tables[name].is_empty() for name in FACT_TABLES)
    assert checked.tables["organizations"].height == 2
    gone = checked.quarantine.filter(pl.col("table").is_in(["documents", "claims", *FACT_TABLES]))
    assert gone.height == 1 + 2 * len(FACT_TABLES)
    assert gone["doc_id"].unique().to_list() == [DOC_ID]


def test_a_fact_without_its_claim_leaves() -> None:
    tables = example_tables()
    tables["claims"] = tables["claims"].filter(pl.col("fact_table") != "metrics")
    checked = check(tables)
    assert checked.tables["metrics"].is_empty()
    assert checked.tables["prices"].height == 1


def test_a_claim_of_another_table_does_not_count() -> None:
    tables = example_tables()
    swapped = pl.when(pl.col("fact_table") == "metrics").then(pl.lit("prices")).otherwise("fact_table")
    tables["claims"] = tables["claims"].with_columns(fact_table=swapped)
    checked = check(tables)
    assert checked.tables["metrics"].is_empty()
    assert checked.tables["prices"].height == 1


def test_a_rejected_claim_stands_without_its_row() -> None:
    tables = example_tables()
    status = pl.when(pl.col("fact_table") == "metrics").then(pl.lit("rejected")).otherwise("review_status")
    tables["claims"] = tables["claims"].with_columns(review_status=status)
    tables["metrics"] = tables["metrics"].clear()
    checked = check(tables)
    assert checked.quarantine.is_empty()
    assert checked.tables["claims"].height == len(FACT_TABLES)


def test_a_quote_that_is_not_at_its_place_is_quarantined_with_its_fact() -> None:
    tables = example_tables()
    shifted = pl.when(pl.col("fact_table") == "launches").then(pl.lit("甲" + TEXT[1:])).otherwise("quote")
    tables["claims"] = tables["claims"].with_columns(quote=shifted)
    checked = check(tables)
    assert reasons(checked.quarantine, "claims") == [f"quote: is not what stands at 0-{len(TEXT)} of '{DOC_ID}'"]
    assert checked.tables["launches"].is_empty()


def test_quotes_are_left_alone_without_texts() -> None:
    tables = example_tables()
    tables["claims"] = tables["claims"].with_columns(quote=pl.lit("乙" + TEXT[1:]))
    del tables["document_texts"]
    del tables["sentences"]
    assert check(tables).quarantine.is_empty()


def test_an_investor_in_a_list_must_exist() -> None:
    tables = with_value(example_tables(), "funding_rounds", "investors", ["example-partner", "unheard-of"])
    assert reasons(check(tables).quarantine, "funding_rounds") == ["funding_rounds.investors: 'unheard-of' is not in organizations"]


def test_an_exact_copy_leaves_and_the_row_stays() -> None:
    tables = example_tables()
    tables["people"] = pl.concat([tables["people"], tables["people"]])
    checked = check(tables)
    assert checked.tables["people"].height == 1
    assert reasons(checked.quarantine, "people") == ["people: an exact copy of another row"]


def test_the_quarantined_row_is_whole_and_readable() -> None:
    tables = with_value(example_tables(), "metrics", "unit", None)
    tables = with_value(tables, "metrics", "metric", "growth")
    row = check(tables).quarantine.filter(pl.col("table") == "metrics").row(0, named=True)
    assert json.loads(row["row"])["claim_id"] == claim_number(FACT_TABLES.index("metrics"))
    assert list(json.loads(row["row"])) == list(TABLES["metrics"].schema)
    assert row["stage"] == "contracts"
    assert row["reason"] == "metrics: growth is neither percent nor multiple"


def test_all_that_is_wrong_with_a_row_is_named() -> None:
    tables = with_value(with_value(example_tables(), "people", "name_zh", None), "people", "person_id", "Not A Slug")
    (reason,) = reasons(check(tables).quarantine, "people")
    assert "people: a person without any name" in reason
    assert "people.person_id: 'Not A Slug' breaks" in reason


@pytest.mark.parametrize("change", ["missing", "unknown", "retyped"])
def test_a_frame_that_is_no_such_table_stops_the_run(change: str) -> None:
    tables = example_tables()
    frame = tables["prices"]
    tables["prices"] = {
        "missing": frame.drop("direction"),
        "unknown": frame.with_columns(mood=pl.lit("fine")),
        "retyped": frame.with_columns(per_tokens=pl.col("per_tokens").cast(pl.Float64)),
    }[change]
    with pytest.raises(ContractError, match=r"table prices, column (direction|mood|per_tokens): is "):
        check(tables)


def test_an_unknown_table_stops_the_run() -> None:
    with pytest.raises(ContractError, match="table moods: is not in the registry"):
        check({"moods": pl.DataFrame()})


def test_the_result_does_not_depend_on_the_order_of_rows() -> None:
    tables = example_tables()
    tables["organizations"] = tables["organizations"].filter(pl.col("org_id") != "example-partner")
    first = check(tables)
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in tables.items()}
    names = list(shuffled)
    random.Random(3).shuffle(names)
    second = check({name: shuffled[name] for name in names})
    assert second.quarantine.equals(first.quarantine)
    assert all(second.tables[name].equals(first.tables[name]) for name in tables)

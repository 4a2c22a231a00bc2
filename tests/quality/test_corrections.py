"""Decisions of people change what they name, say who decided, and stop the build when they no longer fit."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from pipeline.quality.contracts import check
from pipeline.quality.corrections import CorrectionError, apply_corrections, read_corrections
from pipeline.tables import FACT_TABLES
from pipeline.tables.examples import claim_number, example_tables

METRIC = claim_number(FACT_TABLES.index("metrics"))
BASE = {
    "claim": f'"{METRIC}"',
    "decision": '"correct"',
    "set": "{ value = 32, value_low = 32, value_high = 32 }",
    "expect": "{ value = 1.0 }",
    "reason": '"the sentence counts 32"',
    "author": '"A. Person"',
    "date": "2025-06-01",
}


def written(folder: Path, **changes: str | None) -> Path:
    """A file of one correction: BASE with these fields changed, None leaves a field out."""
    fields = {name: value for name, value in (BASE | changes).items() if value is not None}
    path = folder / "corrections.toml"
    path.write_text("[[correction]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items()), "utf-8")
    return path


def test_a_corrected_claim_has_the_new_value_and_says_so(tmp_path: Path) -> None:
    tables, rejected = apply_corrections(example_tables(), read_corrections(written(tmp_path)))
    row = tables["metrics"].row(0, named=True)
    assert (row["value"], row["value_low"], row["claim_id"]) == (32.0, 32.0, METRIC)
    status = dict(tables["claims"].select("claim_id", "review_status").iter_rows())
    assert status[METRIC] == "corrected"
    assert set(status.values()) == {"auto", "corrected"}
    assert rejected.is_empty()
    assert check(tables).quarantine.is_empty()


def test_attribution_and_assertion_can_be_corrected(tmp_path: Path) -> None:
    path = written(tmp_path, set='{ assertion = "predicted", attributed_to = "甲" }')
    tables, _ = apply_corrections(example_tables(), read_corrections(path))
    claim = tables["claims"].row(by_predicate=pl.col("claim_id") == METRIC, named=True)
    assert (claim["assertion"], claim["attributed_to"], claim["review_status"]) == ("predicted", "甲", "corrected")


def test_a_confirmed_claim_changes_in_nothing_else(tmp_path: Path) -> None:
    before = example_tables()
    tables, _ = apply_corrections(before, read_corrections(written(tmp_path, decision='"confirm"', set=None)))
    assert tables["metrics"].equals(before["metrics"])
    assert tables["claims"].filter(pl.col("review_status") == "confirmed")["claim_id"].to_list() == [METRIC]


def test_a_rejected_claim_keeps_its_quote_and_loses_its_row(tmp_path: Path) -> None:
    tables, rejected = apply_corrections(example_tables(), read_corrections(written(tmp_path, decision='"reject"', set=None)))
    assert tables["metrics"].is_empty()
    assert tables["claims"].filter(pl.col("review_status") == "rejected")["claim_id"].to_list() == [METRIC]
    assert rejected.select("stage", "table", "reason").row(0) == (
        "corrections",
        "metrics",
        "rejected by A. Person on 2025-06-01: the sentence counts 32",
    )
    assert check(tables).quarantine.is_empty()


def entity(folder: Path, name: str, decision: str, **changes: str | None) -> Path:
    fields = {"claim": None, "entity": f'"{name}"', "decision": f'"{decision}"', "set": None, "expect": '{ name_zh = "示例公司乙" }'}
    return written(folder, **(fields | changes))


def test_a_confirmed_entity_is_no_longer_provisional(tmp_path: Path) -> None:
    tables = example_tables()
    tables["organizations"] = tables["organizations"].with_columns(is_provisional=pl.lit(True))
    done, _ = apply_corrections(tables, read_corrections(entity(tmp_path, "org/example-partner", "confirm")))
    assert dict(done["organizations"].select("org_id", "is_provisional").iter_rows()) == {"example-org": True, "example-partner": False}


def test_an_entity_that_is_another_is_that_one_everywhere(tmp_path: Path) -> None:
    tables = example_tables()
    tables["metrics"] = tables["metrics"].with_columns(subject_id=pl.lit("example-partner"))
    lists = pl.Series("investors", [["example-partner", "example-org"]])
    tables["funding_rounds"] = tables["funding_rounds"].with_columns(lists)
    tables["partnerships"] = tables["partnerships"].clear()
    tables["claims"] = tables["claims"].filter(pl.col("fact_table") != "partnerships")
    path = entity(tmp_path, "org/example-partner", "correct", set='{ id = "example-org" }')
    done, rejected = apply_corrections(tables, read_corrections(path))
    assert done["organizations"]["org_id"].to_list() == ["example-org"]
    assert done["metrics"]["subject_id"].to_list() == ["example-org"]
    assert done["funding_rounds"]["investors"].to_list() == [["example-org"]]
    corrected = done["claims"].filter(pl.col("review_status") == "corrected")["fact_table"].to_list()
    assert sorted(corrected) == ["funding_rounds", "metrics"]
    assert rejected.is_empty()
    assert check(done).quarantine.is_empty()


def test_what_is_no_entity_goes_with_its_facts(tmp_path: Path) -> None:
    done, rejected = apply_corrections(example_tables(), read_corrections(entity(tmp_path, "org/example-partner", "reject")))
    assert done["organizations"]["org_id"].to_list() == ["example-org"]
    assert done["partnerships"].is_empty()
    assert rejected["table"].to_list() == ["organizations", "partnerships"]
    assert check(done).quarantine.is_empty()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"expect": "{ value = 2.0 }"}, "expects value = 2.0 but finds 1.0"),
        ({"expect": "{ mood = 2.0 }"}, "has no column mood"),
        ({"claim": '"ffffffffffffffff"'}, "there is no claim ffffffffffffffff"),
        ({"set": "{ value = 32 }"}, "after the correction the row would not hold: metrics: value, value_low"),
        ({"set": '{ metric = "moods" }'}, "'moods' is not one of the allowed values"),
        ({"set": '{ value = "many" }'}, "wrong type"),
        ({"set": '{ quote = "别的话" }'}, "quote cannot be set"),
        ({"set": '{ colour = "red" }'}, "colour cannot be set"),
    ],
)
def test_a_decision_that_no_longer_fits_stops_the_build(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    corrections = read_corrections(written(tmp_path, **changes))
    with pytest.raises(CorrectionError) as error:
        apply_corrections(example_tables(), corrections)
    assert message in str(error.value)
    assert str(error.value).startswith(f"{tmp_path / 'corrections.toml'}, correction 1: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"expect": None}, "expect is missing"),
        ({"reason": None}, "reason is missing"),
        ({"author": '" "'}, "author is missing"),
        ({"date": '"2025-06-01"'}, "date is missing or not a date"),
        ({"decision": '"guess"'}, "decision 'guess' is not known"),
        ({"set": None}, "set belongs to the decision correct"),
        ({"decision": '"reject"'}, "set belongs to the decision correct"),
        ({"entity": '"org/x"'}, "either a claim or an entity"),
        ({"claim": None, "entity": '"planet/x"'}, "must be one of org"),
        ({"claim": None, "entity": '"org/x"'}, "corrected by set = { id"),
        ({"mood": '"good"'}, "'mood' is not known"),
        ({"set": "3"}, "set must be a table"),
        ({"author": "= ="}, "cannot be read as corrections"),
    ],
)
def test_a_badly_written_entry_is_named(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    with pytest.raises(CorrectionError, match=r"corrections\.toml") as error:
        read_corrections(written(tmp_path, **changes))
    assert message in str(error.value)


def test_two_entries_about_one_claim_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8") * 2, "utf-8")
    with pytest.raises(CorrectionError, match=r"correction 2: decides on claim .* again"):
        read_corrections(path)


def test_an_empty_file_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text("# nothing yet\n", "utf-8")
    assert read_corrections(path) == []


def test_the_example_in_the_documentation_is_valid(tmp_path: Path) -> None:
    from pipeline.quality import corrections

    lines = [line.strip() for line in (corrections.__doc__ or "").splitlines() if line.startswith("    ")]
    path = tmp_path / "corrections.toml"
    path.write_text("\n".join(lines), "utf-8")
    assert len(read_corrections(path)) == 1

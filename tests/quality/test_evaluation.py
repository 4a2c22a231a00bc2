"""Scores against gold: what counts as the same fact, what is optional, and what a rule's precision is worth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LandscapeError
from pipeline.quality.evaluation import (
    Score,
    evaluate,
    read_alternatives,
    read_gold,
    read_release,
    report,
    rule_confidence,
    with_confidence,
)
from pipeline.quality.matching import GoldFact, days_of, name_key, same_number
from pipeline.tables import FACT_TABLES, TABLES
from pipeline.tables.examples import DOC_ID, TEXT, claim_number, example_row, example_tables

END = len(TEXT)


def gold(table: str, start: int = 0, end: int = END, doc: str = DOC_ID, **fields: Any) -> GoldFact:
    return GoldFact(doc, table, fields, start, end, TEXT[start:end])


def dataset(table: str, *rows: dict[str, Any], at: tuple[int, int] = (0, END), rule: str = "a_rule") -> dict[str, pl.DataFrame]:
    """The example entities with these rows of one table, each claim at `at`."""
    tables = {name: frame.clear() if name in FACT_TABLES else frame for name, frame in example_tables().items()}
    base, claim = example_row(TABLES[table]), example_row(TABLES["claims"])
    place = {"char_start": at[0], "char_end": at[1], "fact_table": table, "rule_id": rule}
    tables[table] = TABLES[table].frame([base | row | {"claim_id": claim_number(i)} for i, row in enumerate(rows)])
    tables["claims"] = TABLES["claims"].frame([claim | place | {"claim_id": claim_number(i)} for i in range(len(rows))])
    return tables


def hits(tables: dict[str, pl.DataFrame], fact: GoldFact, **options: Any) -> int:
    return evaluate(tables, [fact], **options).strict[fact.table].hits


def test_names_agree_through_the_release_s_own_names() -> None:
    tables = dataset("metrics", {})
    assert hits(tables, gold("metrics", subject="示例公司甲", metric="monthly_active_users", value=1)) == 1
    assert hits(tables, gold("metrics", subject="example-org", metric="monthly_active_users", value=1)) == 1
    assert hits(tables, gold("metrics", subject="Example Org", metric="monthly_active_users", value=1)) == 1
    assert hits(tables, gold("metrics", subject="别的公司", metric="monthly_active_users", value=1)) == 0
    assert hits(tables, gold("metrics", subject="别的公司", value=1), alternatives={"别的公司": ["示例公司甲"]}) == 1


def test_a_wrong_metric_counts_leniently_only() -> None:
    found = evaluate(dataset("metrics", {}), [gold("metrics", subject="example-org", metric="downloads", value=1)])
    assert (found.strict["metrics"].hits, found.lenient["metrics"].hits) == (0, 1)


def test_another_cohort_is_never_the_same() -> None:
    found = evaluate(dataset("cohort_memberships", {}), [gold("cohort_memberships", org="example-org", cohort_id="others")])
    assert found.lenient["cohort_memberships"].hits == 0


@pytest.mark.parametrize(("start", "right"), [(0, 1), (END + 80, 1), (END + 81, 0)])
def test_spans_may_lie_eighty_characters_apart(start: int, right: int) -> None:
    fact = GoldFact(DOC_ID, "metrics", {"subject": "example-org", "value": 1}, start, start + 5)
    assert hits(dataset("metrics", {}), fact) == right


def test_of_two_rows_the_nearer_is_taken_and_each_only_once() -> None:
    tables = dataset("metrics", {}, {})
    found = evaluate(tables, [gold("metrics", subject="example-org", value=1)])
    assert found.strict["metrics"] == Score(gold=1, predicted=2, hits=1)
    twice = evaluate(tables, [gold("metrics", subject="example-org", value=1)] * 3)
    assert twice.strict["metrics"] == Score(gold=3, predicted=2, hits=2)
    assert len(twice.missed) == 1


def test_partners_have_no_order() -> None:
    assert hits(dataset("partnerships", {}), gold("partnerships", org_a="example-partner", org_b="example-org")) == 1


@pytest.mark.parametrize(
    ("table", "row", "fields", "right"),
    [
        ("metrics", {"value": None, "value_low": 3.0, "value_high": 5.0}, {"low": 3, "high": 5}, 1),
        ("metrics", {"value": None, "value_low": 3.0, "value_high": 6.0}, {"low": 3, "high": 5}, 0),
        ("metrics", {}, {}, 0),
        ("funding_rounds", {"value": None, "valuation_value": 9.0}, {"valuation": 9}, 1),
        ("model_specs", {"spec": "architecture", "value": None, "value_string": "稀疏 MoE"}, {"value_string": "moe"}, 1),
        ("model_specs", {"spec": "architecture", "value": None, "value_string": "dense"}, {"value_string": "moe"}, 0),
        ("prices", {"price": None, "change_percent": -90.0}, {"change_percent": -90}, 1),
        ("prices", {}, {"price": 1}, 1),
        ("rankings", {}, {"rank": 1}, 1),
        ("rankings", {"rank": None, "count": 2, "top_n": 9}, {"count": 2, "top_n": 9}, 1),
        ("rankings", {}, {"count": 1, "top_n": 9}, 0),
    ],
)
def test_numbers_agree_by_value_interval_or_words(table: str, row: dict[str, Any], fields: dict[str, Any], right: int) -> None:
    who = {"metrics": ("subject", "example-org"), "rankings": ("subject", "example-org"), "funding_rounds": ("org", "example-org")}
    name, entity = who.get(table, ("model" if table == "model_specs" else "subject", "example-model"))
    assert hits(dataset(table, row), gold(table, **{name: entity}, **fields)) == right


def test_a_cohort_may_stand_where_an_organisation_does() -> None:
    row = {"org_id": None, "cohort_id": "example-cohort"}
    assert hits(dataset("corporate_events", row), gold("corporate_events", org="示例阵营", event="founded")) == 1


def test_facts_called_other_are_optional() -> None:
    tables = dataset("metrics", {"metric": "other"})
    found = evaluate(tables, [gold("metrics", subject="example-org", metric="other", value=1)])
    assert found.strict["metrics"] == Score(1, 1, 1)
    missed = evaluate(tables, [gold("metrics", subject="example-org", metric="other", value=77)])
    assert missed.strict["metrics"] == Score(0, 1, 0)
    assert missed.missed == []


def test_further_fields_are_counted_over_matched_rows_only() -> None:
    from datetime import date

    row = {"date_start": date(2025, 1, 1), "date_end": date(2025, 3, 31), "date_precision": "quarter"}
    facts = [gold("metrics", subject="example-org", value=1, unit="people", modifier="over", date="2025-Q1")]
    found = evaluate(dataset("metrics", row), [*facts, gold("metrics", subject="example-org", value=5, unit="people")])
    assert found.fields == {"date": (1, 1), "modifier": (0, 1), "unit": (1, 1)}


def test_documents_without_gold_do_not_count_against_a_rule() -> None:
    tables = dataset("metrics", {})
    found = evaluate(tables, [gold("metrics", doc="another", subject="example-org", value=1)])
    assert found.total == Score(1, 0, 0)
    assert evaluate(tables, [], documents=[DOC_ID]).strict["metrics"].predicted == 1


def test_confidence_is_smoothed_precision() -> None:
    found = evaluate(dataset("metrics", {}, {}, rule="metrics.count"), [gold("metrics", subject="example-org", value=1)])
    assert found.rules["metrics.count"].precision == 0.5
    assert rule_confidence([found]) == {"metrics.count": 0.5}
    assert rule_confidence([found, found]) == {"metrics.count": 0.5}
    claims = with_confidence(dataset("metrics", {}, rule="metrics.count")["claims"], {"metrics.count": 0.9})
    assert claims["confidence"].to_list() == [0.9]
    assert with_confidence(claims, {})["confidence"].to_list() == [0.5]


@given(st.floats(-1e13, 1e13, allow_nan=False))
def test_a_number_is_the_same_as_itself_and_not_as_its_double(number: float) -> None:
    assert same_number(number, number)
    assert same_number(number, None) is False
    assert same_number(number, 2 * number) == (abs(number) <= 1e-6 * max(1.0, abs(2 * number)))


def test_spellings_of_a_name_are_one() -> None:
    assert name_key("GLM-4.5 V") == name_key("glm45v")


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025-Q4", ("2025-10-01", "2025-12-31")),
        ("2025-H1", ("2025-01-01", "2025-06-30")),
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2024-03/2024-Q4", ("2024-03-01", "2024-12-31")),
        ("2025-05-08", ("2025-05-08", "2025-05-08")),
        ("lately", None),
        ("2024/later", None),
    ],
)
def test_annotated_dates_are_intervals_of_days(written: str, days: tuple[str, str] | None) -> None:
    assert days_of(written) == days


def line(**changes: Any) -> str:
    fact = {"doc": DOC_ID, "table": "metrics", "fields": {"subject": "示例公司甲", "value": 1}, "quote": TEXT, "start": 0, "end": END}
    return json.dumps(fact | changes, ensure_ascii=False)


def test_gold_and_names_are_read_from_files(tmp_path: Path) -> None:
    path = tmp_path / "gold" / "one.jsonl"
    path.parent.mkdir()
    path.write_text(line() + "\n\n" + line(table="prices") + "\n", "utf-8")
    (tmp_path / "aliases.json").write_text('{"甲": ["乙"]}', "utf-8")
    assert [fact.table for fact in read_gold([path])] == ["metrics", "prices"]
    assert read_alternatives([path]) == {"甲": ["乙"]}
    assert read_alternatives([]) == {}


@pytest.mark.parametrize("text", ["{", "[]", line(table="moods"), line(start="a"), '{"doc": "x"}'])
def test_a_bad_line_of_gold_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line() + "\n" + text + "\n", "utf-8")
    with pytest.raises(LandscapeError, match=r"gold\.jsonl, line 2: "):
        read_gold([path])


def test_the_report_of_a_release_names_misses_and_extras(tmp_path: Path) -> None:
    release, path = tmp_path / "release", tmp_path / "gold.jsonl"
    (release / "parquet").mkdir(parents=True)
    for name, frame in dataset("metrics", {}, rule="metrics.count").items():
        frame.write_parquet(release / "parquet" / f"{name}.parquet")
    path.write_text(line() + "\n" + line(fields={"subject": "示例公司甲", "value": 8}) + "\n", "utf-8")
    text = report(release, [path], errors=2, rules=True)
    assert "missed metrics example-article {'subject': '示例公司甲', 'value': 8}" in text
    assert "metrics.count" in text
    assert text.splitlines()[0].split() == ["table", "gold", "rows", "P", "R", "F1", "lenient"]
    with pytest.raises(LandscapeError, match=r"claims\.parquet: cannot be read"):
        read_release(tmp_path)

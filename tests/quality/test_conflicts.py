"""What cannot both be right is shown with both claims; what merely differs is not. Companies and numbers are invented."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.quality.conflicts import cohort_size, find_conflicts
from pipeline.quality.wording import interval_en, interval_zh, number_en, number_zh
from pipeline.tables import TABLES
from pipeline.tables.examples import claim_number, example_row, example_tables

Tables = dict[str, pl.DataFrame]
APRIL = (date(2025, 4, 1), date(2025, 4, 30))
MAY = (date(2025, 5, 1), date(2025, 5, 31))
JUNE = (date(2025, 6, 1), date(2025, 6, 30))
NO_VALUE = {"value": None, "value_low": None, "value_high": None, "modifier": None}


def exactly(value: float) -> dict[str, Any]:
    return {"value": value, "value_low": value, "value_high": value, "modifier": "exact"}


def dated(days: tuple[date, date]) -> dict[str, Any]:
    return {"date_start": days[0], "date_end": days[1], "date_precision": "month"}


def dataset(*facts: tuple[str, dict[str, Any]], published: tuple[date, date] | None = MAY, **entities: list[dict[str, Any]]) -> Tables:
    """These facts, each in a sentence of its own: (table, fields); `doc_id`, `sentence_no` and `assertion` may be among the fields."""
    tables = {name: frame for name, frame in example_tables().items() if TABLES[name].kind == "entity"}
    rows: dict[str, list[dict[str, Any]]] = {"claims": []}
    docs: set[str] = set()
    for number, (table, fields) in enumerate(facts):
        doc_id = fields.get("doc_id", "first")
        docs.add(doc_id)
        key = {"claim_id": claim_number(number), "doc_id": doc_id}
        own = {k: v for k, v in fields.items() if k in TABLES[table].schema}
        rows.setdefault(table, []).append(example_row(TABLES[table]) | own | key)
        claim = {k: v for k, v in fields.items() if k in ("assertion", "attributed_to", "sentence_no", "char_start")}
        claim = {"sentence_no": number, "char_start": number, "fact_table": table} | claim
        rows["claims"].append(example_row(TABLES["claims"]) | claim | key)
    start, end = published or (None, None)
    about = {"published_start": start, "published_end": end}
    rows["documents"] = [example_row(TABLES["documents"]) | {"doc_id": doc} | about for doc in sorted(docs)]
    for name, found in entities.items():
        rows[name] = [example_row(TABLES[name]) | row for row in found]
    return tables | {name: TABLES[name].frame(found) for name, found in rows.items()}


def kinds(tables: Tables) -> list[tuple[str, str]]:
    return sorted(find_conflicts(tables).select("kind", "field").iter_rows())


def metric(value: float, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "metrics", {"metric": "users", "unit": "people"} | exactly(value) | fields


def test_two_numbers_of_one_measure_at_one_time_conflict() -> None:
    found = find_conflicts(dataset(metric(3e7, doc_id="one"), metric(4e7, doc_id="two")))
    row = found.row(0, named=True)
    assert found.height == 1
    assert (row["kind"], row["field"], row["claim_id_a"], row["claim_id_b"]) == ("value", "value", claim_number(0), claim_number(1))
    assert row["explanation_en"] == "示例公司甲, users: 30,000,000 people according to one, 40,000,000 people according to two."
    assert row["explanation_zh"] == "示例公司甲的用户数：one 称3000万人，two 称4000万人。"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(metric(3e7), id="the same number"),
        pytest.param(metric(4e7, metric="downloads"), id="another measure"),
        pytest.param(metric(4e7, unit="customers"), id="another unit"),
        pytest.param(metric(4e7, subject_id="example-partner"), id="another subject"),
        pytest.param(metric(4e7, **dated(APRIL)), id="another time"),
        pytest.param(metric(4e7, assertion="predicted"), id="a prediction"),
        pytest.param(metric(4e7, assertion="denied"), id="what is denied"),
        pytest.param(metric(4e7, sentence_no=0), id="the same sentence"),
        pytest.param(metric(3e7, value_high=None, modifier="over"), id="an interval that reaches it"),
        pytest.param(metric(3.1e7, modifier="about"), id="roughly the same number"),
    ],
)
def test_what_merely_differs_is_no_conflict(other: tuple[str, dict[str, Any]]) -> None:
    assert kinds(dataset(metric(3e7), other)) == []


def test_open_intervals_conflict_when_they_exclude_one_another() -> None:
    over = metric(5e7, value_high=None, modifier="over")
    assert kinds(dataset(metric(3e7), over)) == [("value", "value")]
    assert kinds(dataset(metric(6e7), over)) == []


def test_undated_numbers_hold_when_their_articles_appeared() -> None:
    tables = dataset(metric(3e7, doc_id="one"), metric(4e7, doc_id="two"))
    later = pl.when(pl.col("doc_id") == "two").then(pl.lit(JUNE[0]))
    tables["documents"] = tables["documents"].with_columns(
        published_start=later.otherwise("published_start"), published_end=later.otherwise("published_end")
    )
    assert kinds(tables) == []


def test_a_running_total_does_not_fall() -> None:
    early, late = dated(APRIL), dated(MAY)
    assert kinds(dataset(metric(22, metric="models_total", **early), metric(11, metric="models_total", **late))) == [("value", "value")]
    assert kinds(dataset(metric(11, metric="models_total", **early), metric(22, metric="models_total", **late))) == []


def test_models_released_so_far_is_a_total() -> None:
    assert kinds(dataset(metric(11, metric="models_released"), metric(22, metric="models_total"))) == [("value", "value")]
    assert kinds(dataset(metric(11, metric="models_released", **dated(MAY)), metric(22, metric="models_total"))) == []


def test_without_any_date_only_one_article_contradicts_itself() -> None:
    assert kinds(dataset(metric(3e7, doc_id="one"), metric(4e7, doc_id="two"), published=None)) == []
    assert kinds(dataset(metric(3e7), metric(4e7), published=None)) == [("value", "value")]


def test_a_copy_of_an_article_does_not_contradict_twice() -> None:
    tables = dataset(metric(3e7, doc_id="one"), metric(4e7, doc_id="two"), metric(4e7, doc_id="two-copy"))
    copy = pl.when(pl.col("doc_id") == "two-copy").then(pl.lit("two")).otherwise("duplicate_of")
    tables["documents"] = tables["documents"].with_columns(duplicate_of=copy)
    assert find_conflicts(tables).height == 1


def spec(name: str, value: float, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "model_specs", {"spec": name, "unit": "parameters"} | exactly(value) | fields


@pytest.mark.parametrize(("active", "conflict"), [(4e9, True), (3.7e10, False), (8e11, True)])
def test_active_parameters_must_fit_the_total(active: float, conflict: bool) -> None:
    found = find_conflicts(dataset(spec("total_parameters", 7e11), spec("active_parameters", active, sentence_no=0)))
    assert found.height == conflict
    if conflict:
        assert "active parameters" in found["explanation_en"][0]
        assert "7000亿" in found["explanation_zh"][0]


def test_parameters_without_more_are_the_total() -> None:
    assert kinds(dataset(spec("parameters", 7e11), spec("total_parameters", 6e11))) == [("value", "value")]


def test_two_architectures_conflict_and_two_spellings_do_not() -> None:
    words = {"spec": "architecture", "unit": None} | NO_VALUE
    first = ("model_specs", words | {"value_string": "Mo E"})
    assert kinds(dataset(first, ("model_specs", words | {"value_string": "moe"}))) == []
    assert kinds(dataset(first, ("model_specs", words | {"value_string": "dense"}))) == [("value", "value_string")]


def test_a_price_of_one_thing_under_one_condition_is_one_price() -> None:
    price = {"price": 2.0, "currency": "CNY", "per_tokens": 1000000, "direction": "input"}
    one, two = ("prices", price), ("prices", price | {"price": 4.0})
    assert kinds(dataset(one, two)) == [("value", "price")]
    assert kinds(dataset(one, ("prices", price | {"price": 4.0, "condition": "previous"}))) == []
    assert kinds(dataset(one, ("prices", price | {"price": 4.0, "direction": "output"}))) == []


def test_a_named_round_happens_once_and_an_unnamed_one_may_happen_again() -> None:
    def raised(value: float, name: str, **fields: Any) -> tuple[str, dict[str, Any]]:
        return "funding_rounds", {"round": name, "currency": "USD"} | exactly(value) | fields

    assert kinds(dataset(raised(1e8, "B"), raised(2e8, "B"))) == [("value", "value")]
    assert kinds(dataset(raised(1e8, "unknown"), raised(2e8, "unknown"))) == []
    assert kinds(dataset(raised(1e8, "unknown", **dated(MAY)), raised(2e8, "unknown", **dated(MAY)))) == [("value", "value")]


def test_valuations_at_one_time_conflict() -> None:
    def worth(value: float) -> tuple[str, dict[str, Any]]:
        columns = {"valuation_value": value, "valuation_low": value, "valuation_high": value}
        none = NO_VALUE | {"currency": None}
        return "funding_rounds", none | columns | {"valuation_modifier": "exact", "valuation_currency": "USD"}

    assert kinds(dataset(worth(1e10), worth(3e10))) == [("value", "valuation_value")]


def test_an_event_told_before_it_can_have_happened() -> None:
    stopped = ("launches", {"kind": "shutdown"} | dated(JUNE))
    found = find_conflicts(dataset(stopped))
    row = found.row(0, named=True)
    assert (row["kind"], row["field"], row["claim_id_b"]) == ("temporal", "date_start", None)
    assert "2025-06-01" in row["explanation_en"]
    assert "shutdown" in row["explanation_en"]
    assert "停止运营" in row["explanation_zh"]
    assert kinds(dataset(("launches", {"kind": "shutdown", "assertion": "planned"} | dated(JUNE)))) == []
    assert kinds(dataset(stopped, published=JUNE)) == []


def test_a_model_is_launched_once() -> None:
    assert kinds(dataset(("launches", dated(MAY)), ("launches", dated(APRIL)))) == [("temporal", "date_start")]


def test_two_makers_of_one_model_are_an_identity_conflict_unless_they_are_one_house() -> None:
    tables = dataset(("launches", {"org_id": "example-org"}), ("launches", {"org_id": "example-partner"}))
    assert kinds(tables) == [("identity", "org_id")]
    parent = pl.when(pl.col("org_id") == "example-partner").then(pl.lit("example-org")).otherwise("parent_org_id")
    tables["organizations"] = tables["organizations"].with_columns(parent_org_id=parent)
    assert kinds(tables) == []


def test_two_chief_executives_at_one_time_are_an_identity_conflict() -> None:
    people = [{"person_id": "wang-jia", "name_zh": "王甲"}, {"person_id": "li-yi", "name_zh": "李乙"}]
    facts = [("affiliations", {"person_id": p["person_id"], "role": "ceo"}) for p in people]
    found = find_conflicts(dataset(*facts, people=people))
    assert found["kind"].to_list() == ["identity"]
    assert "王甲" in found["explanation_zh"][0]
    assert "李乙" in found["explanation_zh"][0]


def members(cohort: str, orgs: str, place: int, **fields: Any) -> list[tuple[str, dict[str, Any]]]:
    """One list: all its rows share the quote at `place`."""
    return [
        ("cohort_memberships", {"cohort_id": cohort, "org_id": f"org-{o}", "char_start": place, "sentence_no": place} | fields)
        for o in orgs
    ]


def cohorts(name: str) -> dict[str, list[dict[str, Any]]]:
    return {
        "cohorts": [{"cohort_id": "trio", "name_zh": name}],
        "organizations": [{"org_id": f"org-{o}", "name_zh": f"公司{o}"} for o in "abcdef"],
    }


def test_lists_of_a_counted_cohort_must_agree() -> None:
    facts = [*members("trio", "abc", 1), *members("trio", "abd", 2)]
    found = find_conflicts(dataset(*facts, **cohorts("三巨头")))
    assert found.select("kind", "field").rows() == [("membership", "org_id")]
    assert "公司c" in found["explanation_zh"][0]
    assert "公司d" in found["explanation_zh"][0]


def test_a_list_with_one_too_many_conflicts_with_the_full_list() -> None:
    found = find_conflicts(dataset(*members("trio", "abcd", 1), *members("trio", "abc", 2), **cohorts("新ABC")))
    assert found.height == 1
    assert "公司d" in found["explanation_en"][0]


def test_a_stranger_to_a_full_list_conflicts_and_a_member_does_not() -> None:
    assert kinds(dataset(*members("trio", "abc", 1), *members("trio", "d", 2), **cohorts("三巨头"))) == [("membership", "org_id")]
    assert kinds(dataset(*members("trio", "abc", 1), *members("trio", "b", 2), **cohorts("三巨头"))) == []


def test_an_open_cohort_may_have_any_members() -> None:
    assert kinds(dataset(*members("trio", "abc", 1), *members("trio", "de", 2), **cohorts("主力军"))) == []


def test_member_and_never_a_member_conflict() -> None:
    facts = [*members("trio", "a", 1), *members("trio", "a", 2, status="never")]
    assert kinds(dataset(*facts, **cohorts("主力军"))) == [("membership", "status")]


@pytest.mark.parametrize(("name", "size"), [("新ABC", 3), ("五虎", 5), ("三大云", 3), ("主力军", None), ("BATX", 4)])
def test_names_of_cohorts_count_their_members(name: str, size: int | None) -> None:
    assert cohort_size(name) == size


def test_an_acquisition_and_its_denial_conflict() -> None:
    facts = [
        ("corporate_events", {"event": event, "counterparty_org_id": "example-partner"}) for event in ("acquisition", "acquisition_denied")
    ]
    assert kinds(dataset(*facts)) == [("value", "event")]


def test_conflicts_are_rows_of_the_table_and_the_same_every_time() -> None:
    facts = [metric(float(i), doc_id=f"doc-{i}") for i in range(6)]
    first, again = find_conflicts(dataset(*facts)), find_conflicts(dataset(*facts))
    assert first.height == 15
    assert first.equals(again)
    assert first["conflict_id"].is_sorted()
    assert (first["claim_id_a"] < first["claim_id_b"]).all()
    TABLES["conflicts"].contract.validate(first, lazy=True)


def test_no_tables_no_conflicts() -> None:
    assert find_conflicts({}).is_empty()


def test_a_crowded_measure_is_compared_within_limits() -> None:
    facts = [metric(float(i % 400), doc_id=f"doc-{i}") for i in range(3000)]
    tables = dataset(*facts)
    started = time.perf_counter()
    found = find_conflicts(tables)
    assert time.perf_counter() - started < 5
    assert found.height <= 30 * 29 // 2
    rare = dataset(*[metric(7.0, doc_id=f"doc-{i}") for i in range(200)], metric(9.0, doc_id="odd"))
    assert find_conflicts(rare).height == 5


@pytest.mark.parametrize(
    ("low", "high", "unit", "en", "zh"),
    [
        (1.72e8, 1.72e8, "people", "172,000,000 people", "1.72亿人"),
        (5.0, None, "percent", "at least 5 percent", "不少于5%"),
        (None, 30000.0, None, "at most 30,000", "不超过3万"),
        (0.5, 1.5, "USD", "0.5 to 1.5 USD", "0.5至1.5美元"),
        (4e12, 4e12, "sheep", "4,000,000,000,000 sheep", "4万亿 sheep"),
    ],
)
def test_numbers_are_told_as_people_say_them(low: float | None, high: float | None, unit: str | None, en: str, zh: str) -> None:
    assert interval_en(low, high, unit) == en
    assert interval_zh(low, high, unit) == zh


def test_round_numbers_keep_their_zeros() -> None:
    assert number_en(100.0) == "100"
    assert number_en(1e6) == "1,000,000"
    assert number_zh(-300.0) == "-300"

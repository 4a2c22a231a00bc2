"""What a run warns of against the last release, and that a warning stops nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.orchestration import checks
from pipeline.orchestration.build import build
from pipeline.orchestration.definitions import definitions
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.resources import Workplace


def test_a_table_that_scores_lower_is_named_with_both_scores() -> None:
    before = {"scores": {"prices": {"f1": 0.9}, "metrics": {"f1": 0.8}, "gone": {"f1": 1.0}}}
    now = {"scores": {"prices": {"f1": 0.7}, "metrics": {"f1": 0.79}, "new": {"f1": 0.1}}}
    assert checks.fallen_scores(before, now) == [("prices", 0.9, 0.7)]
    assert checks.fallen_scores({}, now) == []


def test_less_in_facts_or_more_for_review_is_named_where_there_are_enough_to_tell() -> None:
    before = {"coverage": {"MONEY": {"handled": 0.8, "review": 0.0, "total": 200}, "TIME": {"handled": 0.5, "review": 0.1, "total": 20}}}
    now = {"coverage": {"MONEY": {"handled": 0.7, "review": 0.1, "total": 300}, "TIME": {"handled": 0.1, "review": 0.1, "total": 30}}}
    assert [row[0] for row in checks.fallen_coverage(before, now)] == ["MONEY in facts", "MONEY left for review"]


def test_a_fifth_of_the_rows_may_go_without_a_warning() -> None:
    assert checks.fallen_rows({"rows": {"claims": 100, "prices": 10}}, {"rows": {"claims": 80, "prices": 7}}) == [("prices", 10, 7)]


def test_a_column_that_came_went_or_changed_type_is_named(tmp_path: Path) -> None:
    (tmp_path / "parquet").mkdir()
    frame = pl.DataFrame({"claim_id": ["a"], "confidence": ["high"], "gone": [1]})
    frame.write_parquet(tmp_path / "parquet" / "claims.parquet")
    changed = {(row[0], row[1]): row[2:] for row in checks.changed_columns(tmp_path)}
    assert changed["claims", "gone"] == ("Int64", "–")
    assert changed["claims", "confidence"][0] == "String"
    assert changed["claims", "quote"][0] == "–"
    assert ("claims", "claim_id") not in changed


def test_silence_counts_from_the_youngest_file_and_a_clock_that_went_back_is_no_silence(seeds: Path) -> None:
    youngest = max(file.stat().st_mtime for file in seeds.iterdir())
    assert checks.silent_days(seeds, youngest + 20 * 86_400) == 20
    assert checks.silent_days(seeds, youngest - 86_400) == 0
    assert checks.silent_days(seeds / "nowhere", youngest) is None


def test_a_warning_shows_its_rows_and_the_release_is_made_all_the_same(places: Places, seeds: Path) -> None:
    build(places, Silence())
    (seeds / "page_hans.md").unlink()
    shutil.rmtree(places.state)
    job = definitions(Workplace.of(places)).resolve_job_def("landscape")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance)
    assert result.success
    warned = {e.check_name: e for e in result.get_asset_check_evaluations() if not e.passed}
    assert {e.severity for e in warned.values()} == {dg.AssetCheckSeverity.WARN}
    fallen = warned["rows_hold"]
    assert "claims" in str(fallen.metadata["failing"].value)
    assert "page_hans" in str(fallen.metadata["lost"].value)
    assert (places.datasets / "latest.json").read_text("utf-8").count("0.1.0") == 0
    order = [event.step_key for event in result.events_for_node("warnings")][:1] + [
        event.step_key for event in result.events_for_node("release__release")
    ][:1]
    assert order == ["warnings", "release__release"]

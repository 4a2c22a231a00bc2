"""When a run starts: the sensor sees what changed, waits for what is still being written, and asks for one run however much changed."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from pipeline.orchestration import triggers
from pipeline.orchestration.definitions import definitions, workplace_of_environment
from pipeline.orchestration.dev import environment
from pipeline.orchestration.places import Places
from pipeline.orchestration.resources import Workplace
from pipeline.orchestration.triggers import every_day, seeds_changed, snapshot
from pipeline.orchestration.unchanged import LastRun


def _settled(folder: Path) -> None:
    for file in folder.iterdir():
        os.utime(file, (1_700_000_000, 1_700_000_000))


def _tick(workplace: Workplace, cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(cursor=cursor, resources={"workplace": workplace})
    result = seeds_changed(context)
    assert isinstance(result, (dg.SensorResult, dg.SkipReason))
    return result


def test_a_burst_of_files_is_one_run(workplace: Workplace, seeds: Path) -> None:
    for number in range(1000):
        (seeds / f"{number}.txt").write_text("文", "utf-8")
    _settled(seeds)
    result = _tick(workplace, None)
    assert isinstance(result, dg.SensorResult)
    assert len(result.run_requests or []) == 1


def test_nothing_changed_is_no_run(workplace: Workplace, seeds: Path) -> None:
    _settled(seeds)
    first = _tick(workplace, None)
    assert isinstance(first, dg.SensorResult)
    assert isinstance(_tick(workplace, first.cursor), dg.SkipReason)


def test_a_file_still_being_written_waits_for_the_next_tick(workplace: Workplace, seeds: Path) -> None:
    _settled(seeds)
    (seeds / "late.txt").write_text("未完", "utf-8")
    result = _tick(workplace, None)
    assert isinstance(result, dg.SkipReason)
    assert "late.txt" in (result.skip_message or "")


def test_new_changed_renamed_and_removed_files_all_change_the_snapshot(seeds: Path) -> None:
    _settled(seeds)
    places = Places(seeds)
    seen = {snapshot(places, time.time())[0]}
    (seeds / "new.txt").write_text("新", "utf-8")
    seen.add(snapshot(places, time.time())[0])
    (seeds / "new.txt").write_text("改了", "utf-8")
    seen.add(snapshot(places, time.time())[0])
    (seeds / "new.txt").rename(seeds / "renamed.txt")
    seen.add(snapshot(places, time.time())[0])
    (seeds / "plain_hant.txt").unlink()
    seen.add(snapshot(places, time.time())[0])
    assert len(seen) == 5


def test_a_clock_that_went_back_does_not_block_the_sensor(workplace: Workplace, seeds: Path) -> None:
    for file in seeds.iterdir():
        os.utime(file, (time.time() + 86_400, time.time() + 86_400))
    assert isinstance(_tick(workplace, None), dg.SensorResult)


def test_schedule_and_sensor_are_on_by_default() -> None:
    assert every_day.default_status == dg.DefaultScheduleStatus.RUNNING
    assert seeds_changed.default_status == dg.DefaultSensorStatus.RUNNING


def test_the_code_location_loads_with_an_asset_a_table_grouped_by_stage(workplace: Workplace) -> None:
    defs = definitions(workplace)
    dg.Definitions.validate_loadable(defs)
    graph = defs.resolve_asset_graph()
    groups = {key.path[0] for key in graph.get_all_asset_keys()}
    assert groups == {"documents", "extraction", "entities", "tables", "quality", "release", "warehouse"}
    assert dg.AssetKey(["tables", "prices"]) in graph.get_all_asset_keys()
    checks = {(key.asset_key.path[-1], key.name) for key in graph.asset_check_keys}
    assert ("funding_rounds", "contract") in checks
    assert {("figures", name) for name in ("scores_hold", "coverage_holds", "rows_hold", "columns_hold", "news_arrive")} <= checks


def test_the_places_survive_the_way_through_the_environment(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    given = replace(places, workers=3, on_failure="true", gold=places.seeds)
    for name, value in environment(given).items():
        monkeypatch.setenv(name, value)
    assert workplace_of_environment().places == given
    assert Workplace.of(given).places == given


def test_a_daily_run_is_skipped_when_nothing_changed_and_begun_when_in_doubt(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    context = dg.build_schedule_context(resources={"workplace": Workplace.of(places)})
    _settled(places.seeds)
    assert isinstance(every_day(context), dg.RunRequest)
    monkeypatch.setattr(triggers, "recall", lambda _: LastRun({}, "1.2.0", "", [], 0))
    skipped = every_day(context)
    assert isinstance(skipped, dg.SkipReason)
    assert "nothing new: v1.2.0" in (skipped.skip_message or "")
    assert isinstance(_tick(Workplace.of(places), "another"), dg.SensorResult)

"""One run of the job: what it publishes, what it leaves alone, what it survives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock

from pipeline.errors import LandscapeError
from pipeline.facts import engine
from pipeline.orchestration.build import build
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.unchanged import forget
from pipeline.releases.compare import same_data
from pipeline.releases.verify import verify
from pipeline.tables import PUBLIC_TABLES


def test_a_run_publishes_every_public_table_and_the_release_verifies(places: Places) -> None:
    outcome = build(places, Silence())
    assert outcome.is_new
    assert verify(outcome.folder) == []
    assert {f.stem for f in (outcome.folder / "parquet").glob("*.parquet")} == {t for t in PUBLIC_TABLES if t != "changes"}


def test_a_second_run_without_a_change_publishes_nothing(places: Places) -> None:
    first = build(places, Silence())
    before = sorted(p.name for p in places.datasets.iterdir())
    second = build(places, Silence())
    assert (second.is_new, second.version, second.folder) == (False, first.version, first.folder)
    assert sorted(p.name for p in places.datasets.iterdir()) == before


def test_a_removed_article_takes_its_rows_with_it_for_the_reason_source(places: Places, seeds: Path) -> None:
    build(places, Silence())
    (seeds / "page_hans.md").unlink()
    outcome = build(places, Silence())
    changes = pl.read_parquet(outcome.folder / "changes" / "documents.parquet")
    assert changes.select("key", "change", "reason").rows() == [('{"doc_id":"page_hans"}', "removed", "source")]
    claims = pl.read_parquet(outcome.folder / "changes" / "claims.parquet")
    assert set(claims["reason"]) == {"source"}


def test_an_incremental_build_equals_a_build_from_nothing(places: Places, seeds: Path, tmp_path: Path) -> None:
    shutil.copy(seeds / "page_hans.md", tmp_path / "later.md")
    (seeds / "page_hans.md").unlink()
    build(places, Silence())
    shutil.copy(tmp_path / "later.md", seeds / "page_hans.md")
    step_by_step = build(places, Silence())
    fresh = build(replace(places, datasets=tmp_path / "fresh", state=tmp_path / "fresh-state"), Silence())
    differing = [line for line in same_data(step_by_step.folder, fresh.folder) if line.startswith(("parquet/", "csv/"))]
    assert differing == []


def test_bad_files_are_quarantined_with_their_reason_and_the_others_go_through(places: Places, seeds: Path) -> None:
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (seeds / "english.txt").write_text("Nothing in this file is Chinese, not a single word of it.", "utf-8")
    outcome = build(places, Silence())
    assert outcome.is_new
    assert sorted(reason.split(": ")[0] for reason in outcome.rejected) == ["binary.txt", "empty.txt", "english.txt"]
    assert all("\n" not in reason for reason in outcome.rejected)


def test_an_article_that_trips_a_rule_costs_only_itself(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: engine.SentenceView) -> Iterator[engine.Fact]:
        if view.document.document.doc_id == "page_hans":
            raise ValueError("no such token")
        yield from ()

    monkeypatch.setitem(engine.FINDERS, "launches", broken)
    outcome = build(places, Silence())
    assert outcome.is_new
    assert [reason.split(":")[0] for reason in outcome.rejected] == ["page_hans"]
    quarantine = pl.read_parquet(places.frames / "tables" / "quarantine.parquet")
    assert quarantine.filter(pl.col("stage") == "extraction")["doc_id"].to_list() == ["page_hans"]
    assert pl.read_parquet(outcome.folder / "parquet" / "claims.parquet")["doc_id"].unique().to_list() == ["plain_hant"]


def test_a_second_run_at_the_same_time_stops_with_a_clear_line(places: Places) -> None:
    places.state.mkdir(parents=True)
    with FileLock(places.state / "run.lock"), pytest.raises(LandscapeError, match="another run is at work"):
        build(places, Silence(), wait_seconds=0.1)
    assert not places.datasets.exists()


def test_a_broken_cache_is_made_anew(places: Places) -> None:
    first = build(places, Silence())
    forget(places)
    for file in places.cache.rglob("*.parquet"):
        file.write_bytes(file.read_bytes()[:100])
    assert build(places, Silence()).version == first.version

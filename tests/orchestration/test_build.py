"""One run of the job: what it publishes, what it leaves alone, what it survives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock

from pipeline.errors import LandscapeError
from pipeline.facts import engine
from pipeline.orchestration.build import build
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.resources import Workplace
from pipeline.releases.compare import same_data
from pipeline.releases.verify import verify
from pipeline.tables import PUBLIC_TABLES


def test_a_run_publishes_every_public_table_and_the_release_verifies(workplace: Workplace) -> None:
    outcome = build(workplace, Silence())
    assert outcome.is_new
    assert verify(outcome.folder) == []
    assert {f.stem for f in (outcome.folder / "parquet").glob("*.parquet")} == {t for t in PUBLIC_TABLES if t != "changes"}


def test_a_second_run_without_a_change_publishes_nothing(workplace: Workplace) -> None:
    first = build(workplace, Silence())
    before = sorted(p.name for p in workplace.datasets_path.iterdir())
    second = build(workplace, Silence())
    assert (second.is_new, second.version, second.folder) == (False, first.version, first.folder)
    assert sorted(p.name for p in workplace.datasets_path.iterdir()) == before


def test_a_removed_article_takes_its_rows_with_it_for_the_reason_source(workplace: Workplace, seeds: Path) -> None:
    build(workplace, Silence())
    (seeds / "page_hans.md").unlink()
    outcome = build(workplace, Silence())
    changes = pl.read_parquet(outcome.folder / "changes" / "documents.parquet")
    assert changes.select("key", "change", "reason").rows() == [('{"doc_id":"page_hans"}', "removed", "source")]
    claims = pl.read_parquet(outcome.folder / "changes" / "claims.parquet")
    assert set(claims["reason"]) == {"source"}


def test_an_incremental_build_equals_a_build_from_nothing(workplace: Workplace, seeds: Path, tmp_path: Path) -> None:
    shutil.copy(seeds / "page_hans.md", tmp_path / "later.md")
    (seeds / "page_hans.md").unlink()
    build(workplace, Silence())
    shutil.copy(tmp_path / "later.md", seeds / "page_hans.md")
    step_by_step = build(workplace, Silence())
    fresh = build(workplace.model_copy(update={"datasets": str(tmp_path / "fresh"), "state": str(tmp_path / "fresh-state")}), Silence())
    differing = [line for line in same_data(step_by_step.folder, fresh.folder) if line.startswith(("parquet/", "csv/"))]
    assert differing == []


def test_bad_files_are_quarantined_with_their_reason_and_the_others_go_through(workplace: Workplace, seeds: Path) -> None:
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (seeds / "english.txt").write_text("Nothing in this file is Chinese, not a single word of it.", "utf-8")
    outcome = build(workplace, Silence())
    assert outcome.is_new
    reasons = dict(outcome.quarantine.select("doc_id", "reason").iter_rows())
    assert set(reasons) == {"empty", "binary", "english"}
    assert all("\n" not in reason and reason.startswith(f"{doc_id}.txt") for doc_id, reason in reasons.items())


def test_an_article_that_trips_a_rule_costs_only_itself(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: engine.SentenceView) -> Iterator[engine.Fact]:
        if view.document.document.doc_id == "page_hans":
            raise ValueError("no such token")
        yield from ()

    monkeypatch.setitem(engine.FINDERS, "launches", broken)
    outcome = build(workplace, Silence())
    assert outcome.is_new
    assert outcome.quarantine.select("stage", "doc_id").rows() == [("extraction", "page_hans")]
    assert pl.read_parquet(outcome.folder / "parquet" / "claims.parquet")["doc_id"].unique().to_list() == ["plain_hant"]


def test_a_second_run_at_the_same_time_stops_with_a_clear_line(workplace: Workplace) -> None:
    workplace.state_path.mkdir(parents=True)
    with FileLock(workplace.state_path / "run.lock"), pytest.raises(LandscapeError, match="another run is at work"):
        build(workplace, Silence(), wait_seconds=0.1)
    assert not workplace.datasets_path.exists()


def test_a_broken_cache_is_made_anew(workplace: Workplace) -> None:
    first = build(workplace, Silence())
    for file in workplace.cache_path.rglob("*.parquet"):
        file.write_bytes(file.read_bytes()[:100])
    assert build(workplace, Silence()).version == first.version

"""A run that would find nothing new is not begun, and every change of what a release is made of, or of the release itself, begins one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.orchestration import unchanged
from pipeline.orchestration.build import NOTHING, build
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.reports import read
from pipeline.orchestration.unchanged import inputs_of, recall, remember
from pipeline.releases.staging import remove_folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Places:
    root = tmp_path_factory.mktemp("unchanged")
    shutil.copytree(Path(__file__).parent.parent / "articles", root / "seeds")
    (root / "seeds" / "empty.txt").write_bytes(b"")
    places = Places(root / "seeds", root / "datasets", root / "state", workers=1)
    build(places, Silence())
    return places


@pytest.fixture
def done(built: Places, tmp_path: Path) -> Places:
    """A copy of a finished build that a test may spoil."""
    shutil.copytree(built.seeds.parent, tmp_path / "copy")
    root = tmp_path / "copy"
    return replace(built, seeds=root / "seeds", datasets=root / "datasets", state=root / "state")


def test_nothing_changed_is_no_run_but_says_what_stays_in_quarantine(done: Places) -> None:
    outcome = build(done, Silence())
    assert (outcome.is_new, outcome.version, outcome.summary) == (False, "0.1.0", NOTHING)
    assert [reason.split(":")[0] for reason in outcome.rejected] == ["empty.txt"]
    last = read(done.reports)[-1]
    assert (last["outcome"], last["stages"]) == ("nothing new", [])


def _touch(places: Places) -> None:
    for file in places.seeds.iterdir():
        file.touch()


def _without_release(places: Places) -> None:
    remove_folder(places.datasets / "v0.1.0")


def _damaged(places: Places) -> None:
    file = places.datasets / "v0.1.0" / "parquet" / "claims.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"x")


CHANGES: dict[str, Callable[[Places], object]] = {
    "an article is new": lambda p: (p.seeds / "new.txt").write_text("新", "utf-8"),
    "an article changed, size and time kept": lambda p: (p.seeds / "plain_hant.txt").write_bytes(
        (p.seeds / "plain_hant.txt").read_bytes().replace("遠".encode(), "近".encode())
    ),
    "an article is renamed": lambda p: (p.seeds / "plain_hant.txt").rename(p.seeds / "other.txt"),
    "an article is gone": lambda p: (p.seeds / "plain_hant.txt").unlink(),
    "sources.toml is new": lambda p: (p.seeds / "sources.toml").write_text("", "utf-8"),
    "the release is gone": _without_release,
    "the release is damaged": _damaged,
    "the index is gone": lambda p: (p.datasets / "versions.json").unlink(),
    "the pointer is gone": lambda p: (p.datasets / "latest.json").unlink(),
    "the database is gone": lambda p: p.warehouse.unlink(),
    "the state is gone": lambda p: shutil.rmtree(p.state),
    "the note is broken": lambda p: (p.state / unchanged.FILE).write_text("{", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_run_begins_when(change: str, done: Places) -> None:
    assert recall(done) is not None
    CHANGES[change](done)
    assert recall(done) is None


def test_a_touched_file_is_no_change(done: Places) -> None:
    _touch(done)
    assert recall(done) is not None


def test_other_code_gold_corrections_version_or_a_wish_for_it_begin_a_run(
    done: Places, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "corrections.csv").write_text("", "utf-8")
    assert recall(replace(done, gold=tmp_path / "gold")) is not None  # an empty folder scores nothing
    (tmp_path / "gold" / "a.jsonl").write_text("", "utf-8")
    others = ({"gold": tmp_path / "gold"}, {"corrections": tmp_path / "corrections.csv"}, {"version": "2.0.0"}, {"is_fresh": True})
    assert [recall(replace(done, **other)) for other in others] == [None] * 4  # type: ignore[arg-type]
    monkeypatch.setattr(unchanged, "code", lambda: "another")
    assert recall(done) is None


def test_inputs_that_changed_while_the_run_was_under_way_are_not_taken_for_done(done: Places) -> None:
    before = inputs_of(done)
    (done.seeds / "late.txt").write_text("晚", "utf-8")
    assert not remember(done, before, set(), "0.1.0", [], 0)
    assert recall(done) is None


def test_a_file_that_cannot_be_read_is_looked_at_again_next_time(done: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "sha256_of", lambda path: (_ for _ in ()).throw(PermissionError(13, "denied")))
    before = inputs_of(done)
    assert before["seeds/plain_hant.txt"] == unchanged.UNREADABLE
    monkeypatch.undo()
    assert not remember(done, before, set(), "0.1.0", [], 0)


def test_what_is_noted_holds_no_word_of_an_article(done: Places) -> None:
    noted = json.loads((done.state / unchanged.FILE).read_text("utf-8"))
    assert set(noted) == {"inputs", "version", "manifest", "rejected", "rejected_rows"}

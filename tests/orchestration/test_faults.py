"""What may go wrong with disks, files and clocks: one clear line, the good input through, nothing published touched."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import pipeline
from pipeline.documents import reading
from pipeline.errors import LandscapeError
from pipeline.orchestration import retries, stages
from pipeline.orchestration.build import build
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.reports import read
from pipeline.orchestration.retries import patiently
from pipeline.orchestration.triggers import snapshot
from pipeline.releases.layout import releases_in
from pipeline.releases.verify import verify

PACKAGE = Path(pipeline.__file__).parent


def _command(places: Places, *options: str) -> list[str]:
    folders = ["--seeds", str(places.seeds), "--datasets", str(places.datasets), "--state", str(places.state)]
    return [sys.executable, "-m", "pipeline.cli", "build", *folders, "--log", "plain", *options]


def _run(places: Places, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(places), capture_output=True, text=True, check=False, **how)  # type: ignore[call-overload,no-any-return]


def _published(datasets: Path) -> dict[str, bytes]:
    return {str(f.relative_to(datasets)): f.read_bytes() for f in sorted(datasets.rglob("*")) if f.is_file() and not f.name.startswith(".")}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)], check=False).returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("full", ["datasets", "state"])
def test_a_full_disk_is_one_line_and_nothing_published_is_touched(full: str, places: Places, disk: Path, seeds: Path) -> None:
    build(places, Silence())
    before = _published(places.datasets)
    on_disk = replace(places, **{full: disk / full})  # type: ignore[arg-type]
    (seeds / "page_hans.md").unlink()
    if full == "datasets":
        shutil.copytree(places.datasets, on_disk.datasets)
    rest = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "ballast").write_bytes(b"x" * max(0, rest - 150_000))
    done = _run(on_disk)
    errors = [line for line in done.stderr.splitlines() if line.startswith("landscape:")]
    assert done.returncode == 1, done.stderr
    assert len(errors) == 1, done.stderr
    assert "No space left" in errors[0] or "disk is full" in errors[0]
    assert "Traceback" not in done.stderr
    assert _published(on_disk.datasets) == before
    (disk / "ballast").unlink()
    assert verify(build(on_disk, Silence()).folder) == []


def test_a_limit_on_file_sizes_is_one_line(places: Places) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = _run(places, preexec_fn=limit)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("landscape:"), done.stderr
    assert "Traceback" not in done.stderr
    assert releases_in(places.datasets) == {}


@pytest.mark.parametrize("which", ["datasets", "state"])
def test_a_folder_that_may_not_be_written_is_one_line(which: str, places: Places, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(LandscapeError) as caught:
        build(replace(places, **{which: tmp_path / "file" / which}), Silence())  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert str(tmp_path / "file") in str(caught.value)


def test_a_broken_row_of_the_lexicon_is_named_with_its_file_and_number(places: Places, tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "copy" / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "sql", tmp_path / "copy" / "sql")
    file = tmp_path / "copy" / "pipeline" / "lexicon" / "people.csv"
    file.write_text(file.read_text("utf-8") + "half-a-row,某人\n", "utf-8")
    number = len(file.read_text("utf-8").splitlines())
    done = _run(places, cwd=tmp_path / "copy")
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("landscape:"), done.stderr
    assert "people.csv" in last
    assert str(number) in last
    assert "Traceback" not in done.stderr
    assert read(places.reports)[-1]["outcome"] == "failed"


def test_a_broken_sources_file_is_reported_and_the_articles_go_through(places: Places, seeds: Path) -> None:
    (seeds / "sources.toml").write_text('["page_hans.md"\ntitle = ', "utf-8")
    outcome = build(places, Silence())
    assert outcome.is_new
    (reason,) = outcome.rejected
    assert reason.startswith("sources.toml: not valid TOML")


def test_a_file_that_vanishes_while_it_is_read_costs_only_itself(places: Places, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = reading.list_seeds

    def vanishing(folder: Path) -> reading.Seeds:
        found = listed(folder)
        (folder / "page_hans.md").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(reading, "list_seeds", vanishing)
    outcome = build(places, Silence())
    assert [reason.split(":")[0] for reason in outcome.rejected] == ["page_hans.md"]
    assert pl.read_parquet(outcome.folder / "parquet" / "documents.parquet")["doc_id"].to_list() == ["plain_hant"]
    monkeypatch.undo()
    shutil.copy(PACKAGE.parent / "tests" / "articles" / "page_hans.md", seeds)
    assert build(places, Silence()).is_new


def test_a_file_of_150_megabytes_and_odd_encodings_cost_only_themselves(places: Places, seeds: Path) -> None:
    with (seeds / "dump.txt").open("wb") as file:
        file.truncate(150 * 2**20)
    text = (seeds / "plain_hant.txt").read_text("utf-8")
    (seeds / "big5.txt").write_bytes(text.replace("：", ":").encode("big5", "replace"))
    (seeds / "utf16.txt").write_bytes(text.encode("utf-16"))
    (seeds / "broken.txt").write_bytes(text.encode()[:-1] + b"\xff\xfe\x80")
    start = time.monotonic()
    outcome = build(places, Silence())
    assert outcome.is_new
    assert time.monotonic() - start < 120
    assert any(reason.startswith("dump.txt: has 150 MB") for reason in outcome.rejected)
    assert all("\n" not in reason for reason in outcome.rejected)
    assert {"big5", "plain_hant", "page_hans"} <= set(pl.read_parquet(outcome.folder / "parquet" / "documents.parquet")["doc_id"])


def test_a_clock_that_goes_back_changes_nothing(places: Places, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    first = build(places, Silence())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    for file in seeds.iterdir():
        os.utime(file, (time.time() + 10**7, time.time() + 10**7))
    assert build(places, Silence()).version == first.version
    (seeds / "page_hans.md").unlink()
    second = build(places, Silence())
    assert second.is_new
    assert verify(second.folder) == []
    assert list(releases_in(places.datasets).values()) == [first.folder, second.folder]


def test_a_hundred_thousand_files_are_listed_in_a_tick(places: Places, seeds: Path) -> None:
    for number in range(100_000):
        os.close(os.open(seeds / f"{number}.txt", os.O_CREAT | os.O_WRONLY))
    start = time.monotonic()
    digest, _ = snapshot(places, time.time() + 60)
    assert time.monotonic() - start < 10
    assert len(digest) == 64
    shutil.rmtree(seeds)


@pytest.mark.parametrize(
    ("number", "attempts"), [(errno.EIO, 3), (errno.ESTALE, 3), (errno.ENOSPC, 1), (errno.EACCES, 1), (errno.EROFS, 1)]
)
def test_only_what_may_pass_is_tried_again(number: int, attempts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "PAUSES", (0.0, 0.0))
    tried: list[int] = []

    def action() -> None:
        tried.append(1)
        raise OSError(number, "no luck", "/disk/file")

    with pytest.raises(OSError, match="no luck"):
        patiently(action)
    assert len(tried) == attempts


def test_a_disk_that_stumbles_once_does_not_fail_a_run(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "PAUSES", (0.0,))
    publish, failures = stages.publish, [OSError(errno.EIO, "Input/output error", "/disk")]

    def stumbling(*given: object) -> object:
        if failures:
            raise LandscapeError("/disk: the disk reports an error") from failures.pop()
        return publish(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "publish", stumbling)
    assert build(places, Silence()).is_new


@pytest.mark.parametrize("stage", ["ingest", "extract", "contracts", "figures", "publish"])
def test_an_error_of_any_stage_is_one_line_a_report_and_nothing_published(
    stage: str, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, stage, _raising(OSError(errno.ENOSPC, "No space left on device", "/disk/file")))
    with pytest.raises(LandscapeError, match=r"^/disk/file: No space left on device"):
        build(places, Silence())
    assert read(places.reports)[-1]["outcome"] == "failed"
    assert releases_in(places.datasets) == {}


def _raising(error: Exception) -> Callable[..., object]:
    def fail(*_: object) -> object:
        raise error

    return fail

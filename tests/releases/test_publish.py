"""Publication: whole or not at all, never twice, one at a time, and every error in one line."""

import errno
import json
import os
import subprocess
import sys
import textwrap

import filelock
import polars as pl
import pytest

from pipeline.errors import LandscapeError, UsageError
from pipeline.releases import staging
from pipeline.releases.compare import same_data
from pipeline.releases.index import rebuild_index
from pipeline.releases.layout import releases_in
from pipeline.releases.publish import NothingNew, publish, rebuild
from pipeline.releases.verify import verify

LIGHT = ("parquet", "csv")


def test_a_release_is_read_only(industry, released):
    folder = released(industry).folder
    assert {oct(path.stat().st_mode & 0o777) for path in folder.rglob("*") if path.is_file()} == {"0o444"}
    assert {oct(path.stat().st_mode & 0o777) for path in [folder, *folder.iterdir()] if path.is_dir()} == {"0o555"}


def test_the_first_release_with_every_format_verifies(industry, released):
    folder = released(industry, formats=("parquet", "csv", "duckdb", "sqlite", "xlsx")).folder
    assert verify(folder) == []
    assert {"landscape.duckdb", "landscape.db", "landscape.xlsx"} <= {file.name for file in folder.iterdir()}


def test_no_article_text_is_in_a_release(industry, released):
    tables = {file.stem for file in (released(industry).folder / "parquet").iterdir()}
    assert not tables & {"sentences", "document_texts", "quarantine"}


def test_tables_that_are_not_public_are_left_out_even_when_given(industry, datasets):
    tables = industry.tables() | {"document_texts": pl.DataFrame({"doc_id": ["north"], "text": ["全文"]})}
    publish(tables, datasets, inputs=industry.inputs(), formats=LIGHT)
    assert not list(datasets.rglob("document_texts*"))


def test_source_date_epoch_is_the_date_of_the_release(industry, released, datasets, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    released(industry)
    assert json.loads((datasets / "versions.json").read_text())["versions"][0]["published"] == "2025-01-01T00:00:00Z"


def test_a_rebuild_has_the_date_of_the_first_publication_and_the_same_bytes(industry, released, datasets, monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    formats = ("parquet", "csv", "duckdb", "sqlite", "xlsx")
    first = released(industry, formats=formats)
    before = industry.tables()
    industry.article("east", "东方来信")
    second = released(industry, formats=formats)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    for release, tables in ((second, industry.tables()), (first, before)):
        again = rebuild(
            tables, datasets, str(release.version), tmp_path / f"again-{release.version}", inputs=industry.inputs(), formats=formats
        )
        assert same_data(release.folder, again) == []
        if release is second:  # what is not data is the same too, but for the DuckDB file and the digests of it
            other = {"landscape.duckdb", "SHA256SUMS", "croissant.json", "dataset.jsonld"}
            files = [path.relative_to(again) for path in again.rglob("*") if path.is_file() and path.name not in other]
            assert [file for file in files if (again / file).read_bytes() != (release.folder / file).read_bytes()] == []


def test_a_rebuild_of_other_rows_is_another_release(industry, released, datasets, tmp_path):
    first = released(industry)
    industry.company("xin", "新公司")
    again = rebuild(industry.tables(), datasets, "0.1.0", tmp_path / "again", inputs=industry.inputs(), formats=LIGHT)
    assert same_data(first.folder, again) == ["csv/organizations.csv: other bytes", "parquet/organizations.parquet: other bytes"]


def test_only_a_version_that_exists_can_be_rebuilt(industry, released, datasets, tmp_path):
    released(industry)
    with pytest.raises(UsageError, match=r"there is no release 0\.2\.0; there are 0\.1\.0"):
        rebuild(industry.tables(), datasets, "0.2.0", tmp_path / "x", inputs=industry.inputs())


def test_what_a_killed_run_left_is_removed(industry, released, datasets):
    left = datasets / ".building-v0.1.0-abcd"
    (left / "parquet").mkdir(parents=True)
    (left / "parquet" / "half.parquet").write_text("PAR1")
    (left / "parquet").chmod(0o555)
    (datasets / ".building-versions.json").write_text("{")
    released(industry)
    assert not list(datasets.glob(".building-*"))


@pytest.mark.parametrize("damage", [None, "{ broken", '{"versions": []}'])
def test_the_index_can_be_rebuilt_from_the_folders(industry, released, datasets, damage):
    released(industry)
    industry.company("xin", "新公司")
    released(industry)
    before = {name: (datasets / name).read_bytes() for name in ("versions.json", "latest.json", "CHANGELOG.md")}
    for name in before:
        (datasets / name).unlink() if damage is None else (datasets / name).write_text(damage)
    rebuild_index(datasets)
    assert {name: (datasets / name).read_bytes() for name in before} == before


def test_a_run_that_finds_nothing_new_mends_the_index(industry, released, datasets):
    released(industry)
    (datasets / "versions.json").unlink()
    assert isinstance(publish(industry.tables(), datasets, inputs=industry.inputs()), NothingNew)
    assert json.loads((datasets / "versions.json").read_text())["last_successful"] == "0.1.0"


def test_a_damaged_previous_release_is_not_compared_with(industry, released, datasets):
    path = released(industry).folder / "parquet" / "claims.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    industry.company("xin", "新公司")
    with pytest.raises(LandscapeError, match=r"claims\.parquet: is not what was published; restore the release"):
        publish(industry.tables(), datasets, inputs=industry.inputs())
    assert [str(version) for version in releases_in(datasets)] == ["0.1.0"]


def test_a_second_run_waits_and_then_says_so(industry, datasets):
    datasets.mkdir()
    with filelock.FileLock(datasets / ".lock"), pytest.raises(LandscapeError, match=r"another run is publishing here .* within 0\.2 s"):
        publish(industry.tables(), datasets, inputs=industry.inputs(), wait=0.2)
    assert not releases_in(datasets)


def test_two_runs_at_once_publish_once(industry, datasets, tmp_path):
    """Two processes, the same new rows: one publishes, the other waits and finds nothing new."""
    code = textwrap.dedent("""
        import sys, pickle
        from pathlib import Path
        from pipeline.releases.publish import publish
        tables, inputs = pickle.loads(Path(sys.argv[1]).read_bytes())
        print(type(publish(tables, Path(sys.argv[2]), inputs=inputs, formats=("parquet", "csv"))).__name__)
    """)
    import pickle

    (tmp_path / "run").write_bytes(pickle.dumps((industry.tables(), industry.inputs())))
    runs = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / "run", datasets], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]  # fmt: skip
    assert sorted(run.communicate(timeout=120)[0].strip() for run in runs) == ["NothingNew", "Published"]
    assert verify(datasets / "v0.1.0") == []


def test_a_version_asked_for_may_raise(industry, released):
    assert str(released(industry, version="1.0.0").version) == "1.0.0"


def test_a_version_asked_for_without_a_difference_publishes_nothing(industry, released, datasets):
    released(industry)
    assert isinstance(publish(industry.tables(), datasets, inputs=industry.inputs(), version="2.0.0"), NothingNew)


def test_a_release_of_no_article_is_refused(industry, datasets):
    empty = {name: frame.clear() for name, frame in industry.tables().items()}
    with pytest.raises(LandscapeError, match="no article came through"):
        publish(empty, datasets, inputs=industry.inputs())


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda t: {k: v for k, v in t.items() if k != "people"}, "table people is missing"),
        (lambda t: t | {"people": t["people"].drop("name_en")}, "table people, column name_en: is missing"),
        (lambda t: t | {"claims": t["claims"].with_columns(pl.col("char_start").cast(pl.Int32))}, "column char_start: is Int32"),
        (lambda t: t | {"claims": pl.concat([t["claims"], t["claims"]])}, "table claims: two rows have the key"),
        (lambda t: t | {"claims": t["claims"].with_columns(confidence=pl.lit(float("nan")))}, "column confidence: not a finite number"),
        (lambda t: t | {"claims": t["claims"].with_columns(claim_id=pl.lit(None, pl.String))}, r"a key \(claim_id\) is empty"),
        (lambda t: t | {"people": t["people"].select(*reversed(t["people"].columns))}, "reorder them"),
    ],
)
def test_frames_that_are_no_release_are_refused(industry, datasets, edit, message):
    with pytest.raises(LandscapeError, match=message):
        publish(edit(industry.tables()), datasets, inputs=industry.inputs())
    assert not datasets.exists()


def test_the_order_of_rows_does_not_matter(industry, released, datasets):
    released(industry)
    shuffled = {name: frame[::-1] for name, frame in industry.tables().items()}
    assert isinstance(publish(shuffled, datasets, inputs=industry.inputs()), NothingNew)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the file system is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.EIO, "the disk reports"),
    ],
)
@pytest.mark.parametrize("step", ["seal", "rename_into_place"])
def test_an_error_of_the_disk_is_one_line_and_publishes_nothing(industry, released, datasets, monkeypatch, step, code, message):
    released(industry)
    before = sorted(datasets.rglob("*"))
    industry.company("xin", "新公司")

    def fail(*_):
        raise OSError(code, os.strerror(code), str(datasets / "file"))

    monkeypatch.setattr(staging, step, fail)
    with pytest.raises(LandscapeError, match=rf"file: {message}.*nothing was published$") as caught:
        publish(industry.tables(), datasets, inputs=industry.inputs(), formats=LIGHT)
    assert "\n" not in str(caught.value)
    assert sorted(datasets.rglob("*")) == before


@pytest.mark.parametrize("limit", [1_000, 9_000, 60_000, 300_000])
def test_no_space_left_while_writing_is_one_line_and_publishes_nothing(industry, datasets, limit, tmp_path):
    """A limit on the size of a file stands in for a full disk: every writer meets it at another place."""
    import pickle

    code = textwrap.dedent("""
        import sys, pickle, resource, signal
        from pathlib import Path
        from pipeline.errors import LandscapeError
        from pipeline.releases.publish import publish
        tables, inputs = pickle.loads(Path(sys.argv[1]).read_bytes())
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
        try:
            publish(tables, Path(sys.argv[2]), inputs=inputs)
        except LandscapeError as error:
            print(error)
    """)
    (tmp_path / "run").write_bytes(pickle.dumps((industry.tables(), industry.inputs())))
    run = subprocess.run([sys.executable, "-c", code, tmp_path / "run", datasets, str(limit)], capture_output=True, text=True, timeout=120)
    assert run.stderr == ""
    assert run.stdout.count("\n") == 1, run.stdout
    assert not releases_in(datasets)
    assert not list(datasets.glob(".building-*"))


def test_a_file_where_the_folder_should_be_is_named(industry, tmp_path):
    (tmp_path / "datasets").write_text("a file")
    with pytest.raises(LandscapeError, match=r"datasets: .*nothing was published"):
        publish(industry.tables(), tmp_path / "datasets", inputs=industry.inputs())

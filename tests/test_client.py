"""The Python client: finds releases from any folder and opens them read-only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import pipeline.client as landscape
from pipeline.errors import LandscapeError
from pipeline.warehouse import generated, load


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of generated rows: 0.1.0 and, twice as large, 0.10.0, which is the latest."""
    base = tmp_path_factory.mktemp("client") / "datasets"
    for version, claims in (("0.1.0", 100), ("0.10.0", 200)):
        tables = generated.tables(claims)
        folder = base / f"v{version}"
        (folder / "parquet").mkdir(parents=True)
        for name, frame in tables.items():
            frame.write_parquet(folder / "parquet" / f"{name}.parquet")
        load.build(folder / "landscape.duckdb", tables)
    (base / "latest.json").write_text(json.dumps({"version": "0.10.0", "path": "v0.10.0"}))
    (base / "versions.json").write_text(json.dumps({"versions": [{"version": "0.10.0"}, {"version": "0.1.0"}]}))
    return base


def test_load_gives_a_polars_frame_of_the_latest_release(datasets: Path) -> None:
    frame = landscape.load("prices", datasets=datasets)
    assert isinstance(frame, pl.DataFrame)
    assert frame.equals(generated.tables(200)["prices"])


@pytest.mark.parametrize("version", ["0.1.0", "v0.1.0"])
def test_a_version_is_pinned_with_or_without_v(version: str, datasets: Path) -> None:
    assert landscape.load("prices", version, datasets).equals(generated.tables(100)["prices"])


def test_load_gives_arrow_on_request(datasets: Path) -> None:
    assert isinstance(landscape.load("prices", datasets=datasets, to="arrow"), pa.Table)


def test_connect_opens_read_only(datasets: Path) -> None:
    with landscape.connect(datasets=datasets) as con:
        assert con.sql("SELECT count(*) FROM v_facts").fetchone() == con.sql("SELECT count(*) FROM claims").fetchone()
        with pytest.raises(duckdb.Error, match="read-only"):
            con.execute("DELETE FROM claims")


def test_releases_lists_the_newest_first(datasets: Path) -> None:
    assert [entry["version"] for entry in landscape.releases(datasets)] == ["0.10.0", "0.1.0"]


def test_the_folder_comes_from_the_environment_or_the_working_folder(
    datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDSCAPE_DATASETS", raising=False)
    monkeypatch.chdir(datasets.parent)
    assert landscape.load("prices").height
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LandscapeError, match="set LANDSCAPE_DATASETS"):
        landscape.load("prices")
    monkeypatch.setenv("LANDSCAPE_DATASETS", str(datasets))
    assert landscape.load("prices").height


def test_what_is_not_there_is_named_with_what_is(datasets: Path, tmp_path: Path) -> None:
    with pytest.raises(LandscapeError, match=r"price: no such table in .*prices"):
        landscape.load("price", datasets=datasets)
    with pytest.raises(LandscapeError, match=r"9\.9\.9: no such release in .*; there are v0\.1\.0, v0\.10\.0"):
        landscape.load("prices", "9.9.9", datasets)
    with pytest.raises(LandscapeError, match="no such release"):
        landscape.release_folder("../../etc", datasets)
    with pytest.raises(LandscapeError, match=r"latest\.json: no such file"):
        landscape.load("prices", datasets=tmp_path)
    with pytest.raises(LandscapeError, match="must be polars, arrow or pandas"):
        landscape.load("prices", datasets=datasets, to="numpy")  # type: ignore[call-overload]


def test_pandas_is_asked_for_by_name_when_it_is_missing(datasets: Path) -> None:
    pytest.importorskip("pyarrow")
    if "pandas" not in sys.modules:
        try:
            import pandas  # noqa: F401
        except ImportError:
            with pytest.raises(LandscapeError, match="pip install pandas"):
                landscape.load("prices", datasets=datasets, to="pandas")
            return
    assert len(landscape.load("prices", datasets=datasets, to="pandas"))


def test_importing_the_client_imports_nothing_heavy() -> None:
    code = "import sys, pipeline.client; print(sorted({'duckdb', 'polars', 'pyarrow', 'pandera', 'dagster'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"

"""Python access to published releases: `import pipeline.client as landscape`.

    landscape.load("funding_rounds")                      # a Polars frame of the latest release
    landscape.load("prices", version="1.2.0", to="pandas")
    landscape.connect().sql("FROM v_price_history").pl()  # a read-only DuckDB connection

Releases are looked for in `datasets=`, else in the folder LANDSCAPE_DATASETS names, else in ./datasets.
Here: finding and opening. Not here: building a release, or the sandbox of `landscape query`; SQL on a connection may do all that DuckDB may.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from pipeline.errors import LandscapeError

if TYPE_CHECKING:
    import duckdb
    import polars as pl
    import pyarrow as pa

__all__ = ["connect", "load", "release_folder", "releases"]


@overload
def load(table: str, version: str = ..., datasets: str | Path | None = ..., *, to: Literal["polars"] = ...) -> pl.DataFrame: ...
@overload
def load(table: str, version: str = ..., datasets: str | Path | None = ..., *, to: Literal["arrow"]) -> pa.Table: ...
@overload
def load(table: str, version: str = ..., datasets: str | Path | None = ..., *, to: Literal["pandas"]) -> Any: ...
def load(table: str, version: str = "latest", datasets: str | Path | None = None, *, to: str = "polars") -> Any:
    """A table of a release as a Polars frame, or as an Arrow table or a pandas frame (`to`; pandas must be installed).

    Raises LandscapeError when there is no such release or table.
    """
    folder = release_folder(version, datasets) / "parquet"
    path = folder / f"{table}.parquet"
    if not path.is_file():
        raise LandscapeError(f"{table}: no such table in {folder}; there are {', '.join(sorted(p.stem for p in folder.glob('*.parquet')))}")
    if to == "polars":
        import polars as pl

        return pl.read_parquet(path)
    import pyarrow.parquet as pq

    arrow = pq.read_table(path)
    if to == "arrow":
        return arrow
    if to != "pandas":
        raise LandscapeError(f"to={to!r}: must be polars, arrow or pandas")
    try:
        return arrow.to_pandas()
    except ImportError as error:
        raise LandscapeError("to='pandas': pandas is not installed; run `pip install pandas`") from error


def connect(version: str = "latest", datasets: str | Path | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the DuckDB file of a release; any number of processes may hold one. `FROM start_here` says what is in it."""
    path = release_folder(version, datasets) / "landscape.duckdb"
    if not path.is_file():
        raise LandscapeError(f"{path}: no such file; the release was written without its DuckDB file")
    import duckdb

    return duckdb.connect(str(path), read_only=True)


def releases(datasets: str | Path | None = None) -> list[dict[str, Any]]:
    """Every published release, newest first: the entries of versions.json (version, published, rows, ...)."""
    path = _datasets(datasets) / "versions.json"
    return list(_json(path).get("versions", []))


def release_folder(version: str = "latest", datasets: str | Path | None = None) -> Path:
    """The folder of a release: `latest`, `1.2.0` or `v1.2.0`."""
    base = _datasets(datasets)
    if version == "latest":
        version = str(_json(base / "latest.json").get("version", ""))
    name = version.removeprefix("v")
    folder = base / f"v{name}"
    if not re.fullmatch(r"\d+\.\d+\.\d+", name) or not folder.is_dir():
        known = sorted((p.name for p in base.glob("v*.*.*") if p.is_dir()), key=lambda n: [int(part) for part in re.findall(r"\d+", n)])
        raise LandscapeError(f"{version or 'latest'}: no such release in {base}; there are {', '.join(known) or 'none'}")
    return folder


def _datasets(datasets: str | Path | None) -> Path:
    folder = Path(datasets or os.environ.get("LANDSCAPE_DATASETS") or "datasets")
    if not folder.is_dir():
        raise LandscapeError(f"{folder}: no such folder of releases; pass datasets= or set LANDSCAPE_DATASETS")
    return folder


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LandscapeError(f"{path}: no such file; is {path.parent} a folder of releases?") from error
    except (OSError, ValueError) as error:
        raise LandscapeError(f"{path}: cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise LandscapeError(f"{path}: is not a JSON object")
    return content

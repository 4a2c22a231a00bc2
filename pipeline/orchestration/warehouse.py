"""The database of the state folder: every table, also those that never leave it (sentences, article texts, quarantine), and the reports of the runs.

It is built beside the old one and swapped in, so whoever reads the old one goes on reading it. How tables become a database is the warehouse's business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.orchestration.places import Places
from pipeline.orchestration.reports import FIELDS
from pipeline.releases.checksums import sha256_of
from pipeline.warehouse.load import build

RUNS = "runs"
_NUMBERS = ("seconds", "peak_mb", "f1")
_COUNTS = ("articles", "articles_read", "characters", "claims", "quarantined", "review_queue", "conflicts")
_NESTED = ("rows", "stages")
_TYPES: dict[str, pl.DataType] = (
    dict.fromkeys(_NUMBERS, pl.Float64()) | dict.fromkeys(_COUNTS, pl.Int64()) | {"started": pl.Datetime("us", "UTC")}
)
SCHEMA: dict[str, pl.DataType] = {name: _TYPES.get(name, pl.String()) for name in FIELDS}
_ABOUT = "One row a run of the pipeline: what came in, what came out, what was left, how long it took, how it ended. 每次运行一行。"


def runs_frame(reports: list[dict[str, Any]]) -> pl.DataFrame:
    """Reports as the table `runs` (SCHEMA), oldest first; what is nested becomes JSON."""
    rows = []
    for report in reports:
        row = {name: report.get(name) for name in FIELDS}
        row["started"] = datetime.fromisoformat(report["started"]) if report.get("started") else None
        rows.append(row | {name: json.dumps(report[name], ensure_ascii=False) if name in report else None for name in _NESTED})
    return pl.DataFrame(rows, schema=SCHEMA, strict=False)


def refresh(places: Places, tables: Mapping[str, pl.DataFrame], reports: list[dict[str, Any]], code: str) -> bool:
    """Build `places.warehouse` out of `tables`, unless it holds them already, made by the same `code`. Returns whether it was built."""
    digest = _digest(places, tables, code)
    if places.warehouse.exists() and _noted(places) == digest:
        return False
    beside = places.state / ".landscape.new.duckdb"
    build(beside, tables)
    with duckdb.connect(str(beside)) as con:
        con.register("given", runs_frame(reports).to_arrow())
        con.execute(f"CREATE TABLE {RUNS} AS FROM given")
        con.execute(f"COMMENT ON TABLE {RUNS} IS '{_ABOUT}'")
    _note(places).unlink(missing_ok=True)
    beside.replace(places.warehouse)
    _note(places).write_text(digest, "utf-8")
    return True


def _note(places: Places) -> Path:
    return places.state / "landscape.duckdb.sha256"


def _noted(places: Places) -> str | None:
    note = _note(places)
    return note.read_text("utf-8") if note.exists() else None


def _digest(places: Places, names: Iterable[str], code: str) -> str:
    """sha256 over the files of the tables, as the I/O manager wrote them, and the code that makes a database of them."""
    digest = hashlib.sha256(code.encode())
    for name in sorted(names):
        file = places.frames / ("quality" if name == "conflicts" else "tables") / f"{name}.parquet"
        digest.update(f"\0{name}\0{sha256_of(file)}".encode())
    return digest.hexdigest()

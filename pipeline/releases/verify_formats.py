"""Agreement of the formats: CSV, SQLite, XLSX and DuckDB hold, cell by cell, what the parquet files hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases.frames import first_line
from pipeline.releases.layout import CSV, DUCKDB_FILE, SQLITE_FILE, XLSX_FILE
from pipeline.releases.metadata.schemas import TableSchema
from pipeline.releases.problems import Problem
from pipeline.releases.writers.csv_files import read_csv
from pipeline.releases.writers.duckdb_file import read_duckdb
from pipeline.releases.writers.sqlite_file import read_sqlite
from pipeline.releases.xlsx_reader import Sheets, comparable, open_sheets

_SHOWN = 10
_DIGITS = 1e-14  # Excel keeps 15 to 16 digits of a number


def format_problems(
    release: Path, tables: Mapping[str, pl.DataFrame], schemas: Mapping[str, TableSchema], damaged: frozenset[str] = frozenset()
) -> list[Problem]:
    """Every cell in which a format differs from parquet; at most ten per file and table. A damaged DuckDB file is not opened."""
    problems: list[Problem] = []
    sheets: Sheets | None = None
    if (release / XLSX_FILE).is_file():
        try:
            sheets = open_sheets(release / XLSX_FILE)
        except LandscapeError as error:
            problems.append(Problem(XLSX_FILE, None, None, str(error)))
    for name, frame in tables.items():
        key = list(schemas[name].get("primaryKey", [])) or frame.columns
        for file, read in _readers(release, name, dict(frame.schema), key):
            if (release / file).is_file() and not (file == DUCKDB_FILE and file in damaged):
                problems += _compared(file, name, frame, key, read)
        if sheets is not None:
            problems += _sheet_problems(sheets, name, frame, key)
    return problems


def _readers(release: Path, name: str, schema: dict[str, pl.DataType], key: list[str]) -> list[tuple[str, Callable[[], pl.DataFrame]]]:
    csv = f"{CSV}/{name}.csv"
    return [
        (csv, lambda: read_csv(release / csv, schema)),
        (SQLITE_FILE, lambda: read_sqlite(release / SQLITE_FILE, name, schema)),
        (DUCKDB_FILE, lambda: read_duckdb(release / DUCKDB_FILE, name, list(schema), key)),
    ]


def _compared(file: str, name: str, frame: pl.DataFrame, key: list[str], read: Callable[[], pl.DataFrame]) -> list[Problem]:
    import duckdb

    try:
        found = read()
    except (LandscapeError, sqlite3.Error, duckdb.Error, pl.exceptions.PolarsError, OverflowError, UnicodeDecodeError, TypeError) as error:
        return [Problem(file, name, None, f"cannot be read ({first_line(error)})")]
    return list(differing_cells(file, name, frame, found, key))


def _sheet_problems(sheets: Sheets, name: str, frame: pl.DataFrame, key: list[str]) -> list[Problem]:
    try:
        found = sheets.frame(name, dict(frame.schema))
    except LandscapeError as error:
        return [Problem(XLSX_FILE, name, None, str(error))]
    expected = comparable(frame.head(sheets.limit))
    return list(differing_cells(XLSX_FILE, name, expected, found, key, _DIGITS))


def differing_cells(
    file: str, name: str, expected: pl.DataFrame, found: pl.DataFrame, key: list[str], tolerance: float = 0.0
) -> Iterator[Problem]:
    """The first cells that differ, rows side by side in the order of the files."""
    if dict(found.schema) != dict(expected.schema):
        wrong = next((c for c in [*expected.columns, *found.columns] if found.schema.get(c) != expected.schema.get(c)), "order of columns")
        yield Problem(
            file, name, None, f"{wrong} is {found.schema.get(wrong, 'missing')}, in parquet {expected.schema.get(wrong, 'not there')}"
        )
        return
    if found.height != expected.height:
        yield Problem(file, name, None, f"has {found.height:,} rows, parquet has {expected.height:,}")
    rows = min(found.height, expected.height)
    if rows == 0 or (tolerance == 0 and found.equals(expected)):
        return
    shown = 0
    for column, dtype in expected.schema.items():
        left, right = expected[column].head(rows), found[column].head(rows)
        differs = left.ne_missing(right)
        if tolerance and dtype.is_float():
            differs = differs & ((left - right).abs() <= tolerance * left.abs()).fill_null(False).not_()
        for number in differs.arg_true():
            if shown == _SHOWN:
                yield Problem(file, name, None, "and more cells differ")
                return
            shown += 1
            row = ", ".join(str(expected[part][number]) for part in key)
            yield Problem(file, name, row, f"{column} is {right[number]!r}, in parquet {left[number]!r}")

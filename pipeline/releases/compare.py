"""Comparing two releases for CI: does a rebuild give the data that was committed? `same_data` names every file that differs."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases.checksums import files_in, sha256_of
from pipeline.releases.frames import first_line, read_tables
from pipeline.releases.layout import CHANGES, CSV, DUCKDB_FILE, PARQUET, SQLITE_FILE, XLSX_FILE
from pipeline.releases.writers.duckdb_file import read_duckdb
from pipeline.releases.writers.sqlite_file import read_sqlite
from pipeline.tables import TABLES

_DATA_FOLDERS = (PARQUET, CSV, CHANGES)


def same_data(left: Path, right: Path) -> list[str]:
    """What differs between the data files of two releases, nothing when they are the same.

    Parquet, CSV and changes must be the same byte for byte. The workbook is compared part by part, since machines compress differently; the SQLite and
    DuckDB files by their tables, since those files depend on the library (SQLite) or on nothing at all (DuckDB). A database that only one side has differs.
    """
    files = [{name for name in files_in(folder) if name.split("/")[0] in _DATA_FOLDERS and "/" in name} for folder in (left, right)]
    differences = [f"{name}: only in {left if name in files[0] else right}" for name in sorted(files[0] ^ files[1])]
    differences += [f"{name}: other bytes" for name in sorted(files[0] & files[1]) if sha256_of(left / name) != sha256_of(right / name)]
    for name in (XLSX_FILE, SQLITE_FILE, DUCKDB_FILE):
        present = [(folder / name).is_file() for folder in (left, right)]
        if all(present):
            differences += _workbook(left, right) if name == XLSX_FILE else _database(left, right, name)
        elif any(present):
            differences.append(f"{name}: only in {left if present[0] else right}")
    return differences


def _workbook(left: Path, right: Path) -> list[str]:
    try:
        with zipfile.ZipFile(left / XLSX_FILE) as a, zipfile.ZipFile(right / XLSX_FILE) as b:
            names = [{item.filename: item.CRC for item in book.infolist()} for book in (a, b)]
    except (zipfile.BadZipFile, OSError) as error:
        raise LandscapeError(f"{XLSX_FILE}: is no workbook ({first_line(error)})") from error
    return [f"{XLSX_FILE}: {part} differs" for part in sorted({*names[0], *names[1]}) if names[0].get(part) != names[1].get(part)]


def _database(left: Path, right: Path, file: str) -> list[str]:
    import duckdb

    differences = []
    for name, frame in read_tables(left).items():
        key = list(TABLES[name].primary_key) if name in TABLES else frame.columns
        try:
            if file == SQLITE_FILE:
                a, b = (read_sqlite(folder / file, name, dict(frame.schema)) for folder in (left, right))
            else:
                a, b = (read_duckdb(folder / file, name, frame.columns, key) for folder in (left, right))
        except (sqlite3.Error, duckdb.Error, pl.exceptions.PolarsError) as error:
            raise LandscapeError(f"{file}, table {name}: cannot be read ({first_line(error)})") from error
        if not a.equals(b):
            differences.append(f"{file}: table {name} differs")
    return differences

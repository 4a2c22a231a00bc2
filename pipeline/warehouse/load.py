"""Builds the DuckDB file: tables with keys and comments out of the registry, reference tables, views and macros out of sql/.

Always a new file beside the old one, swapped in when complete: nothing is migrated and a reader never sees half a file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import polars as pl

from pipeline.errors import LandscapeError
from pipeline.tables import TABLES, Table
from pipeline.tables.ddl import bilingual, comments, create_table, quoted
from pipeline.warehouse import reference, scripts
from pipeline.warehouse.reference import fill

BLOCK_SIZE = 16384  # bytes; the smallest: dozens of small tables and indexes each take at least a block
MEMORY_LIMIT = "4GB"
DATABASE = "landscape"


def build(path: Path, tables: Mapping[str, pl.DataFrame], *, exchange_rates: Path | None = None, threads: int = 2) -> None:
    """Write the DuckDB file at `path` out of `tables` (name -> frame with the registry's schema); replaces an older file in one step.

    Public tables that are not given become empty ones, so that every view works. `exchange_rates` replaces the reference table that ships.
    Raises LandscapeError on a table the registry does not know, a broken reference file, or rows that break a key.
    """
    if unknown := sorted(set(tables) - set(TABLES)):
        raise LandscapeError(f"{path.name}: no such table in the registry: {', '.join(unknown)}")
    wanted = [table for name, table in TABLES.items() if name in tables or table.public]
    frames = {table.name: tables.get(table.name, table.empty()) for table in wanted}
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    _remove(unfinished)
    try:
        _write(unfinished, wanted, frames, exchange_rates, threads)
        _sync(unfinished)
        unfinished.replace(path)
        _sync(path.parent)
    except duckdb.Error as error:
        full = "the disk is full: free some space and run again; " if _is_full(path.parent) else ""
        raise LandscapeError(f"{path.name}: {full}{first_line(error)}") from error
    finally:
        _remove(unfinished)


def first_line(error: BaseException) -> str:
    """What an exception of DuckDB says, in one line."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _write(path: Path, wanted: list[Table], frames: dict[str, pl.DataFrame], rates: Path | None, threads: int) -> None:
    with duckdb.connect(
        ":memory:", config={"threads": threads, "memory_limit": MEMORY_LIMIT, "autoinstall_known_extensions": False}
    ) as con:
        con.execute(f"ATTACH {quoted(str(path))} AS {DATABASE} (BLOCK_SIZE {BLOCK_SIZE})")
        con.execute(f"USE {DATABASE}")
        for table in _parents_first(wanted):
            con.execute(create_table(table, foreign_keys=True))
            fill(con, table.name, table.sorted(frames[table.name]))
            for statement in comments(table):
                con.execute(statement)
        reference.load(con, frames["claims"], frames["documents"], rates)
        described = _column_comments(wanted)
        for script in scripts.views_and_macros():
            con.execute(script.sql)
            _describe(con, script, described)
        con.execute("USE memory")
        con.execute(f"DETACH {DATABASE}")


def _parents_first(wanted: Iterable[Table]) -> list[Table]:
    """The tables in an order in which every foreign key finds its table made and filled."""
    left = {table.name: table for table in wanted}
    ordered: list[Table] = []
    while left:
        ready = [t for t in left.values() if not {k.table for k in t.foreign_keys} & (left.keys() - {t.name})]
        ordered += ready
        left = {name: table for name, table in left.items() if table not in ready}
    return ordered


def _column_comments(wanted: list[Table]) -> dict[str, tuple[str, str]]:
    """Column name -> description in English and Chinese, where a view takes over a column under its own name; facts speak first."""
    by_kind = sorted(wanted, key=lambda t: ("fact", "source", "derived", "entity").index(t.kind))
    return {c.name: (c.description_en, c.description_zh) for table in reversed(by_kind) for c in table.columns}


def _describe(con: duckdb.DuckDBPyConnection, script: scripts.Script, inherited: dict[str, tuple[str, str]]) -> None:
    about = quoted(f"{script.question_en} {script.question_zh}")
    if script.kind == "macro":
        con.execute(f"COMMENT ON MACRO {'TABLE ' if script.is_table_macro else ''}{script.name} IS {about}")
        return
    con.execute(f"COMMENT ON VIEW {script.name} IS {about}")
    for (column,) in con.execute("SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [script.name]).fetchall():
        if words := script.columns.get(column) or inherited.get(column) or reference.COLUMNS.get(column):
            con.execute(f"COMMENT ON COLUMN {script.name}.{column} IS {quoted(bilingual(*words))}")
            inherited.setdefault(column, words)


def _is_full(folder: Path) -> bool:
    """Whether less than a few blocks are left: what DuckDB says then does not name the disk."""
    return shutil.disk_usage(folder).free < 64 * BLOCK_SIZE


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)

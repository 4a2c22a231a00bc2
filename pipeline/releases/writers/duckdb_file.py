"""DuckDB: `landscape.duckdb` as the warehouse stage builds it. DuckDB never writes the same bytes twice: compare its tables, not its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl


def write_duckdb(tables: Mapping[str, pl.DataFrame], path: Path) -> None:
    """The public tables with keys, comments, views and macros."""
    from pipeline.warehouse.load import build

    build(path, dict(tables))


def read_duckdb(path: Path, table: str, columns: list[str], order: list[str]) -> pl.DataFrame:
    """One table, read-only, rows by `order`."""
    import duckdb

    quoted = ['"' + name.replace('"', '""') + '"' for name in (table, *columns)]
    by = ", ".join('"' + name.replace('"', '""') + '"' for name in order)
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.sql(f"SELECT {', '.join(quoted[1:])} FROM {quoted[0]} ORDER BY {by}").pl()

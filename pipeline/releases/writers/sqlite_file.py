"""SQLite: `landscape.db`, for readers that have SQLite and nothing else. Keys and foreign keys declared, every column explained in the DDL.

Dates are ISO 8601 text, booleans 0 and 1, lists JSON text. The bytes are the same for the same rows and the same SQLite library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipeline.releases import cells
from pipeline.tables import Column, Table

_BATCH_ROWS = 50_000


def write_sqlite(tables: Mapping[str, pl.DataFrame], path: Path, registry: Mapping[str, Table]) -> None:
    """All tables in one file, plus `dictionary`, which explains every column in both languages."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for name, table in registry.items():
            connection.execute(_ddl(table, tables))
            _fill(connection, name, tables[name])
        for name, table in registry.items():
            for column in [column.name for column in table.columns if column.name in ("doc_id", "claim_id")]:
                if table.primary_key != (column,):
                    connection.execute(f"CREATE INDEX {_quoted(f'{name}_{column}')} ON {_quoted(name)} ({_quoted(column)})")
        _dictionary(connection, registry)
        connection.execute("COMMIT")
    finally:
        connection.close()


def read_sqlite(path: Path, table: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """One table as published, in the given schema, rows in the order of the file."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        cursor = connection.execute(f"SELECT {', '.join(_quoted(name) for name in schema)} FROM {_quoted(table)} ORDER BY rowid")
        rows = cursor.fetchall()
    finally:
        connection.close()
    stored = pl.DataFrame(rows, schema={name: _stored(dtype) for name, dtype in schema.items()}, orient="row")
    return stored.select(_restored(stored[name], dtype) for name, dtype in schema.items())


def _fill(connection: sqlite3.Connection, name: str, frame: pl.DataFrame) -> None:
    insert = f"INSERT INTO {_quoted(name)} VALUES ({', '.join('?' * frame.width)})"
    for start in range(0, frame.height, _BATCH_ROWS):
        batch = frame.slice(start, _BATCH_ROWS).select(_as_stored(column, dtype) for column, dtype in frame.schema.items())
        connection.executemany(insert, batch.iter_rows())


def _ddl(table: Table, present: Mapping[str, pl.DataFrame]) -> str:
    lines = [(_column_ddl(column), column.description_en) for column in table.columns]
    lines.append((f"PRIMARY KEY ({_names(table.primary_key)})", ""))
    lines += [
        (f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {_quoted(key.table)} ({_names(key.ref_columns)})", "")
        for key in table.foreign_keys
        if not key.list and key.when is None and key.table in present
    ]
    body = "".join(
        f"  {text}{',' if number < len(lines) - 1 else ''}{f' -- {_one_line(note)}' if note else ''}\n"
        for number, (text, note) in enumerate(lines)
    )
    return f"CREATE TABLE {_quoted(table.name)} ( -- {_one_line(table.description_en)}\n{body})"


def _column_ddl(column: Column) -> str:
    kind = "INTEGER" if column.dtype.is_integer() or column.dtype == pl.Boolean else "REAL" if column.dtype.is_float() else "TEXT"
    return f"{_quoted(column.name)} {kind}{'' if column.nullable else ' NOT NULL'}"


def _dictionary(connection: sqlite3.Connection, registry: Mapping[str, Table]) -> None:
    connection.execute("CREATE TABLE dictionary (table_name TEXT, column_name TEXT, unit TEXT, description_en TEXT, description_zh TEXT)")
    for name, table in registry.items():
        rows = [(name, column.name, column.unit, column.description_en, column.description_zh) for column in table.columns]
        connection.executemany("INSERT INTO dictionary VALUES (?, ?, ?, ?, ?)", rows)


def _as_stored(name: str, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.List):
        return cells.list_json(name).alias(name)
    if dtype == pl.Date:
        return pl.col(name).cast(pl.String)
    return pl.col(name).cast(pl.Int8) if dtype == pl.Boolean else pl.col(name)


def _stored(dtype: pl.DataType) -> pl.DataType:
    if isinstance(dtype, pl.List) or dtype == pl.Date:
        return pl.String()
    return pl.Int64() if dtype == pl.Boolean else dtype


def _restored(column: pl.Series, dtype: pl.DataType) -> pl.Series:
    if isinstance(dtype, pl.List):
        return cells.cells_from_json(column.fill_null("null"), dtype).alias(column.name)
    return column.str.to_date("%Y-%m-%d") if dtype == pl.Date else column.cast(dtype)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _one_line(text: str) -> str:
    return " ".join(text.split())

"""DDL: CREATE TABLE and COMMENT statements for DuckDB, generated from the registry.

Keys, NOT NULL and enumerations are constraints of the database; row rules are pandera's, and foreign keys are left to the contracts unless asked
for: DuckDB can neither rebuild a referenced parent in one transaction nor express polymorphic and list references.
"""

from __future__ import annotations

import polars as pl

from pipeline.tables.registry import TABLES, Column, ForeignKey, Table

_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Float64(): "DOUBLE",
    pl.Int64(): "BIGINT",
    pl.Boolean(): "BOOLEAN",
    pl.Date(): "DATE",
    pl.List(pl.String()): "VARCHAR[]",
}


def quoted(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name in quotation marks: some columns (table, column, row) are words of SQL."""
    return '"' + name.replace('"', '""') + '"'


def bilingual(english: str, chinese: str) -> str:
    """`English. 中文。`"""
    return f"{english.rstrip('.')}. {chinese.rstrip('。')}。"


def sql_type(column: Column) -> str:
    """The DuckDB type of a column."""
    return _TYPES[column.dtype]


def create_table(table: Table, *, foreign_keys: bool = False) -> str:
    """CREATE TABLE with primary key, NOT NULL and a CHECK for every enumeration; with simple foreign keys if asked for."""
    lines = [_column_line(column) for column in table.columns]
    if table.primary_key:
        lines.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    if foreign_keys:
        lines += [
            f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {identifier(key.table)} ({_names(key.ref_columns)})"
            for key in table.foreign_keys
            if _supported(table, key)
        ]
    body = ",\n".join(f"  {line}" for line in lines)
    return f"CREATE TABLE {identifier(table.name)} (\n{body}\n);"


def comments(table: Table) -> list[str]:
    """COMMENT ON statements for the table and each column, in both languages, with the unit."""
    out = [f"COMMENT ON TABLE {identifier(table.name)} IS {quoted(bilingual(table.description_en, table.description_zh))};"]
    for column in table.columns:
        unit = f" [{column.unit}]" if column.unit else ""
        text = bilingual(column.description_en, column.description_zh) + unit
        out.append(f"COMMENT ON COLUMN {identifier(table.name)}.{identifier(column.name)} IS {quoted(text)};")
    return out


def create_all(names: tuple[str, ...] | None = None, *, foreign_keys: bool = False) -> list[str]:
    """The statements for the tables named (by default all), each with its comments; parents stand before children."""
    chosen = [TABLES[name] for name in names] if names is not None else list(TABLES.values())
    if foreign_keys:
        chosen.sort(key=lambda t: ("source", "entity", "fact", "derived").index(t.kind) if t.name != "claims" else 0)
    return [statement for table in chosen for statement in (create_table(table, foreign_keys=foreign_keys), *comments(table))]


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(identifier(name) for name in columns)


def _supported(table: Table, key: ForeignKey) -> bool:
    return not key.list and key.when is None and key.table != table.name


def _column_line(column: Column) -> str:
    parts = [identifier(column.name), sql_type(column)]
    if not column.nullable:
        parts.append("NOT NULL")
    if column.enum is not None:
        parts.append(f"CHECK ({identifier(column.name)} IN ({', '.join(quoted(value) for value in column.enum)}))")
    return " ".join(parts)

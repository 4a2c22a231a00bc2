"""How the shape of a release differs from the one before: tables and columns, types, keys, enumerations, words. Rows are compared in `diff`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline.releases.metadata.schemas import TableSchema
from pipeline.releases.versions import Level

COLUMNS = ("release", "table", "column", "change", "old", "new", "level")


@dataclass(frozen=True)
class SchemaChange:
    """One difference. `column` is None where the whole table is meant; `old` and `new` are words for people."""

    table: str
    column: str | None
    change: str
    old: str | None
    new: str | None
    level: Level


def schema_changes(old: Mapping[str, TableSchema], new: Mapping[str, TableSchema]) -> list[SchemaChange]:
    """Every difference, table by table. Renaming is a removal and an addition: nobody can tell, and a reader's code breaks the same."""
    changes = [SchemaChange(name, None, "table_removed", name, None, Level.MAJOR) for name in old if name not in new]
    for name, schema in new.items():
        if name in old:
            changes.extend(_of_table(name, old[name], schema))
        else:
            changes.append(SchemaChange(name, None, "table_added", None, name, Level.MINOR))
    return changes


def changes_frame(changes: list[SchemaChange], release: str) -> pl.DataFrame:
    """The changes as the rows of `changes/schema_changes.csv`."""
    rows = [(release, c.table, c.column, c.change, c.old, c.new, c.level.name.lower()) for c in changes]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _of_table(name: str, old: TableSchema, new: TableSchema) -> list[SchemaChange]:
    before = {field["name"]: field for field in old["fields"]}
    after = {field["name"]: field for field in new["fields"]}
    changes = [SchemaChange(name, column, "column_removed", column, None, Level.MAJOR) for column in before if column not in after]
    kept = [column for column in before if column in after]
    positions = [column for column in after if column in before]
    if kept != positions:
        changes.append(SchemaChange(name, None, "columns_reordered", ", ".join(kept), ", ".join(positions), Level.MAJOR))
    last_kept = max((list(after).index(column) for column in kept), default=-1)
    for number, column in enumerate(after):
        if column not in before:
            at_end = number > last_kept
            changes.append(
                SchemaChange(
                    name, column, "column_added" if at_end else "column_inserted", None, column, Level.MINOR if at_end else Level.MAJOR
                )
            )
    if old.get("primaryKey") != new.get("primaryKey"):
        changes.append(SchemaChange(name, None, "key_changed", _words(old.get("primaryKey")), _words(new.get("primaryKey")), Level.MAJOR))
    if old.get("foreignKeys") != new.get("foreignKeys"):
        changes.append(SchemaChange(name, None, "references_changed", None, None, Level.PATCH))
    for column in kept:
        changes.extend(_of_column(name, column, before[column], after[column]))
    return changes


def _of_column(table: str, column: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[SchemaChange]:
    changes = []
    for field, change, level in (
        ("x-dtype", "retyped", Level.MAJOR),
        ("x-unit", "unit_changed", Level.MAJOR),
        ("description", "described", Level.PATCH),
    ):
        if old.get(field) != new.get(field):
            changes.append(SchemaChange(table, column, change, old.get(field), new.get(field), level))
    if old.get("x-description-zh") != new.get("x-description-zh"):
        changes.append(SchemaChange(table, column, "described", old.get("x-description-zh"), new.get("x-description-zh"), Level.PATCH))
    if old.get("x-references") != new.get("x-references"):
        changes.append(SchemaChange(table, column, "references_changed", None, None, Level.PATCH))
    before, after = dict(old.get("constraints", {})), dict(new.get("constraints", {}))
    was, now = before.pop("enum", None), after.pop("enum", None)
    if was != now:
        withdrawn = [value for value in was or () if now is not None and value not in now] or (was is None and now is not None)
        changes.append(SchemaChange(table, column, "values_changed", _words(was), _words(now), Level.MAJOR if withdrawn else Level.MINOR))
    if before != after:
        changes.append(SchemaChange(table, column, "constraints_changed", str(before), str(after), Level.MINOR))
    return changes


def _words(values: Any) -> str | None:
    return None if values is None else ", ".join(str(value) for value in values)

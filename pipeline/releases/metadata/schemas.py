"""Table schemas as Frictionless Table Schema, out of the registry. The one description that datapackage.json, Croissant and the schema diff share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipeline.tables import Column, ForeignKey, Table

TableSchema = dict[str, Any]
_TYPES: dict[pl.DataType, str] = {pl.String(): "string", pl.Boolean(): "boolean", pl.Date(): "date"}


def field_type(dtype: pl.DataType) -> str:
    """The Frictionless type of a column."""
    if isinstance(dtype, pl.List):
        return "array"
    return "integer" if dtype.is_integer() else "number" if dtype.is_float() else _TYPES[dtype]


def table_schema(table: Table) -> TableSchema:
    """Fields with types, constraints, units and descriptions in both languages; keys; foreign keys to other tables.

    Foreign keys that the standard cannot say (a list of keys, a key that holds for some rows only) are in `x-references` of their field.
    """
    schema: TableSchema = {"fields": [_field(table, column) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    keys = [_foreign_key(table, key) for key in table.foreign_keys if not key.list and key.when is None]
    if keys:
        schema["foreignKeys"] = keys
    schema["missingValues"] = [""]
    return schema


def schemas_of(registry: Mapping[str, Table]) -> dict[str, TableSchema]:
    """Table -> schema, in the order of the registry."""
    return {name: table_schema(table) for name, table in registry.items()}


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": field_type(column.dtype)}
    field["description"] = column.description_en
    field["x-description-zh"] = column.description_zh
    if column.unit:
        field["x-unit"] = column.unit
    field["x-dtype"] = str(column.dtype)
    constraints = _constraints(table, column)
    if constraints:
        field["constraints"] = constraints
    references = [_reference(key) for key in table.foreign_keys if (key.list or key.when is not None) and key.columns == (column.name,)]
    if references:
        field["x-references"] = references
    return field


def _constraints(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if table.primary_key == (column.name,):
        constraints["unique"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    for check in table.contract.columns[column.name].checks:
        statistics = check.statistics or {}
        if check.name == "greater_than_or_equal_to":
            constraints["minimum"] = statistics["min_value"]
        elif check.name == "less_than_or_equal_to":
            constraints["maximum"] = statistics["max_value"]
        elif check.name == "str_length" and statistics.get("max_value") is not None:
            # The guard of the CSV file may put one apostrophe in front.
            constraints["maxLength"] = int(statistics["max_value"]) + 1
        elif check.name == "str_matches" and str(statistics["pattern"]).startswith("^"):
            constraints["pattern"] = str(statistics["pattern"])
    return constraints


def _foreign_key(table: Table, key: ForeignKey) -> dict[str, Any]:
    resource = "" if key.table == table.name else key.table
    return {"fields": list(key.columns), "reference": {"resource": resource, "fields": list(key.ref_columns)}}


def _reference(key: ForeignKey) -> dict[str, Any]:
    reference: dict[str, Any] = {"resource": key.table, "fields": list(key.ref_columns), "list": key.list}
    if key.when is not None:
        reference["when"] = {key.when[0]: key.when[1]}
    return reference

"""Parquet: the form every other file is checked against. One file a table, typed, with its descriptions inside.

The bytes depend on the rows, the registry and the pinned pyarrow alone: fixed row groups, fixed compression, no clock, no threads, no version of the release.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables import Column, Table

ROW_GROUP_ROWS = 100_000
ZSTD_LEVEL = 9
_PLAIN: dict[pl.DataType, pa.DataType] = {
    pl.String(): pa.string(),
    pl.Boolean(): pa.bool_(),
    pl.Int64(): pa.int64(),
    pl.Int32(): pa.int32(),
    pl.Int16(): pa.int16(),
    pl.Float64(): pa.float64(),
    pl.Date(): pa.date32(),
}


def arrow_type(dtype: pl.DataType) -> pa.DataType:
    """The Arrow type a column is stored as; texts as plain `string`, lists as lists of those. Raises KeyError for a type no release uses."""
    if isinstance(dtype, pl.List):
        return pa.list_(arrow_type(dtype.inner if isinstance(dtype.inner, pl.DataType) else dtype.inner()))
    return _PLAIN[dtype]


def write_parquet(frame: pl.DataFrame, path: Path, table: Table) -> None:
    """One table with title, description and version of the table in the file, description (en, zh) and unit in each field."""
    notes = {
        "title": table.title_en,
        "title_zh": table.title_zh,
        "description": table.description_en,
        "description_zh": table.description_zh,
        "table_version": table.version,
        "primary_key": ", ".join(table.primary_key),
    }
    write_frame(frame, path, [_field(column) for column in table.columns], notes)


def write_frame(frame: pl.DataFrame, path: Path, fields: list[pa.Field], notes: dict[str, str]) -> None:
    """A frame with the given Arrow fields and file metadata."""
    schema = pa.schema(fields, metadata=notes)
    with pq.ParquetWriter(
        path, schema, compression="zstd", compression_level=ZSTD_LEVEL, version="2.6", data_page_version="1.0", write_statistics=True
    ) as writer:
        for start in range(0, frame.height, ROW_GROUP_ROWS):
            arrow = frame.slice(start, ROW_GROUP_ROWS).to_arrow().select(schema.names).cast(schema)
            writer.write_table(arrow.combine_chunks(), row_group_size=ROW_GROUP_ROWS)


def plain_fields(schema: dict[str, pl.DataType]) -> list[pa.Field]:
    """Arrow fields without descriptions."""
    return [pa.field(name, arrow_type(dtype)) for name, dtype in schema.items()]


def _field(column: Column) -> pa.Field:
    notes = {"description_en": column.description_en, "description_zh": column.description_zh}
    if column.unit:
        notes["unit"] = column.unit
    if column.enum:
        notes["values"] = ", ".join(str(value) for value in column.enum)
    return pa.field(column.name, arrow_type(column.dtype), nullable=column.nullable, metadata=notes)

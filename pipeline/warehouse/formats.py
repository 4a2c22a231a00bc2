"""How a result is written: an aligned table, CSV, JSON, parquet. Not here: where the result comes from."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import LandscapeError

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"\A[=+\-@\t\r]")
_WIDE = 4096  # columns: a table that goes into a file or a pipe is never folded

FORMATS = ("table", "csv", "json", "parquet")

Batches = Iterator[pa.RecordBatch]


def to_file(schema: pa.Schema, batches: Batches, format: str, output: Path, rows: int) -> int:
    """Write the result in the format to a file, which appears only when complete; returns the rows written. `rows` bounds a table only."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        if format == "parquet":
            written = _parquet(schema, batches, unfinished)
        else:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                if format == "table":
                    text, written = table(schema, batches, rows, None)
                    file.write(text + "\n")
                else:
                    written = to_stream(schema, batches, format, file)
        unfinished.replace(output)
    except OSError as error:
        raise LandscapeError(f"--output {output}: cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def to_stream(schema: pa.Schema, batches: Batches, format: str, stream: TextIO) -> int:
    """Write CSV or JSON as the batches arrive; returns the rows written."""
    return _json(schema, batches, stream) if format == "json" else _csv(schema, batches, stream)


def terminal_width() -> int | None:
    """Columns of the terminal that stdout is, or None for a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def table(schema: pa.Schema, batches: Batches, rows: int, width: int | None) -> tuple[str, int]:
    """An aligned table of at most `rows` rows, cells folded to fit `width` columns (None = not folded); Chinese characters take two.

    Returns the text and the number of rows in it.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for field in schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_decimal(field.type)
        grid.add_column(Text(field.name), justify="right" if numeric else "left", overflow="fold")
    more = False
    for number, row in enumerate(_rows(batches)):
        if number == rows:
            more = True
            break
        grid.add_row(*(Text(cell(value)) for value in row))
    paper = io.StringIO()
    Console(file=paper, highlight=False, color_system=None, width=width or _WIDE).print(grid)
    lines = [line.rstrip() for line in paper.getvalue().rstrip("\n").split("\n")]
    if more:
        lines.append(f"(the first {rows} rows; --format csv, json or parquet gives all)")
    return "\n".join(lines), grid.row_count


def _csv(schema: pa.Schema, batches: Batches, stream: TextIO) -> int:
    """RFC 4180 with a header; null is empty; a text that a spreadsheet would run as a formula gets an apostrophe in front."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(schema.names)
    count = 0
    for row in _rows(batches):
        writer.writerow([_csv_cell(value) for value in row])
        count += 1
    return count


def _json(schema: pa.Schema, batches: Batches, stream: TextIO) -> int:
    """A JSON array with an object a row, a row a line; dates as ISO 8601."""
    count = 0
    stream.write("[")
    for count, row in enumerate(_rows(batches), 1):
        stream.write(("\n" if count == 1 else ",\n") + json.dumps(dict(zip(schema.names, row)), ensure_ascii=False, default=str))
    stream.write("\n]\n" if count else "]\n")
    return count


def _parquet(schema: pa.Schema, batches: Batches, path: Path) -> int:
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def _rows(batches: Batches) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns))


def cell(value: Any) -> str:
    """A value for the eye: 70700000000.0 as 70,700,000,000, a list as a, b; nothing that could steer a terminal."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return f"{value:,.0f}"
    if isinstance(value, list):
        return ", ".join(cell(item) for item in value)
    return _UNPRINTABLE.sub("·", str(value))


def _csv_cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value

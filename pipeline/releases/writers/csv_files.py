"""CSV: RFC 4180, UTF-8 without a byte order mark, comma, `"` doubled, lines end with CR LF, a header line.

A null is an empty cell, an empty text is `""`. Lists are JSON, dates ISO 8601, booleans `true` and `false`, floats the fewest digits that give them back.
Texts that a spreadsheet could run as a formula are guarded, see `cells`. `read_csv` reverses all of it.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases import cells
from pipeline.releases.frames import first_line

LINE_END = "\r\n"


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """One table."""
    frame.lazy().select(_as_text(name, dtype) for name, dtype in frame.schema.items()).collect().write_csv(
        path, line_terminator=LINE_END, quote_style="necessary"
    )


def read_csv(path: Path, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """The frame that was written, in the given schema. Raises LandscapeError naming file, column and first row that cannot be read."""
    try:
        texts = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LandscapeError(f"{path}: is not the CSV that was published ({first_line(error)})") from error
    if texts.columns != list(schema):
        raise LandscapeError(f"{path}: has the columns {', '.join(texts.columns)}, expected {', '.join(schema)}")
    return texts.select(_typed(path, texts[name], dtype) for name, dtype in schema.items())


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.List):
        return cells.list_json(name).alias(name)
    return cells.guarded(pl.col(name)).alias(name) if dtype == pl.String else pl.col(name)


def _typed(path: Path, column: pl.Series, dtype: pl.DataType) -> pl.Series:
    name = column.name
    if dtype == pl.String:
        return column.to_frame().select(cells.unguarded(pl.col(name)).alias(name)).to_series()
    try:
        if isinstance(dtype, pl.List):
            return cells.cells_from_json(column.fill_null("null"), dtype).alias(name)
        if dtype == pl.Boolean:
            return column.replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean)
        return column.str.to_date("%Y-%m-%d") if dtype == pl.Date else column.cast(dtype)
    except pl.exceptions.PolarsError as error:
        raise LandscapeError(f"{path}, column {name}: holds a cell that is no {dtype} ({first_line(error)})") from error

"""Cells and rows as text, and back: JSON for keys and changes, and the guard that keeps a spreadsheet from running a cell as a formula.

The guard is reversible. A text that a spreadsheet could run (it begins with `= + - @`, their full-width forms, a tab, a carriage return or a line feed)
gets one apostrophe in front, and so does such a text that begins with apostrophes already; so one apostrophe taken off every cell that matches
`GUARDED` gives back what was there. Texts that are plain numbers (`-5`, `+3.2`) run nothing and stay as they are; number columns are never touched.
"""

from __future__ import annotations

import polars as pl

_RISKY = r"[=+\-@＝＋－＠\t\r\n]"
_NUMBER = r"^[+-][0-9]+(\.[0-9]+)?$"
RISKY = rf"^'*{_RISKY}"
GUARDED = rf"^'+{_RISKY}"


def guarded(column: pl.Expr) -> pl.Expr:
    """A text column with an apostrophe before every cell that a spreadsheet could take for a formula."""
    risky = column.str.contains(RISKY) & column.str.contains(_NUMBER).not_()
    return pl.when(risky).then(pl.concat_str(pl.lit("'"), column)).otherwise(column)


def unguarded(column: pl.Expr) -> pl.Expr:
    """The text column that `guarded` was given."""
    return pl.when(column.str.contains(GUARDED)).then(column.str.slice(1)).otherwise(column)


def row_json(columns: list[str]) -> pl.Expr:
    """One JSON object a row, in the order of `columns`; nulls are written, floats with the fewest digits that give them back."""
    return pl.struct(columns).struct.json_encode() if columns else pl.lit("{}")


def cell_json(column: str) -> pl.Expr:
    """The bare JSON of one cell: `null`, `"text"`, `1.5`, `["a"]`, dates as `"2025-01-31"`."""
    return pl.struct(pl.col(column).alias("v")).struct.json_encode().str.slice(5).str.head(-1)


def list_json(column: str) -> pl.Expr:
    """A list column as JSON text, null where the list is null."""
    return pl.when(pl.col(column).is_null()).then(None).otherwise(cell_json(column))


def rows_from_json(text: pl.Series, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Frame of the given schema from a column of `row_json`."""
    if text.len() == 0:
        return pl.DataFrame(schema=schema)
    return text.str.json_decode(pl.Struct(schema)).struct.unnest().select(list(schema))


def cells_from_json(text: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Column of the given type from a column of `cell_json`."""
    if text.len() == 0:
        return pl.Series(text.name, [], dtype=dtype)
    wrapped = text.to_frame("t").select(pl.concat_str(pl.lit('{"v":'), pl.col("t"), pl.lit("}"))).to_series()
    return wrapped.str.json_decode(pl.Struct({"v": dtype})).struct.field("v").alias(text.name)

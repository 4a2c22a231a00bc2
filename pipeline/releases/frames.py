"""The frames a release is made of: which tables are public, the one canonical form of their rows, and reading them back from a release."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases.layout import CHANGES, PARQUET, tables_in
from pipeline.tables import TABLES, Table

Tables = dict[str, pl.DataFrame]


def public_tables() -> dict[str, Table]:
    """The tables a release publishes as data, in publication order. `changes` is not one of them: it is written per release, a file a table."""
    return {name: table for name, table in TABLES.items() if table.public and name != CHANGES}


def canonical_tables(tables: Mapping[str, pl.DataFrame]) -> Tables:
    """The public tables in the one form that is published: columns and types of the registry, sorted by primary key, no negative zero.

    Raises LandscapeError when a table or column is missing or of another type, a key is null or not unique, or a number is not finite: those would
    be rows that no reader, and no difference, could tell apart.
    """
    missing = [name for name in public_tables() if name not in tables]
    if missing:
        raise LandscapeError(f"table {missing[0]} is missing from the run: a release holds every public table, empty ones too")
    return {name: _canonical(table, tables[name]) for name, table in public_tables().items()}


def _canonical(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    schema = table.schema
    # Polars forgets the type of a list column without a list when it turns rows around.
    empty = [name for name, dtype in frame.schema.items() if dtype == pl.List(pl.Null) and name in schema]
    frame = frame.with_columns(pl.col(name).cast(schema[name]) for name in empty)
    if list(frame.schema.items()) != list(schema.items()):
        wrong = next((name for name in [*schema, *frame.columns] if frame.schema.get(name) != schema.get(name)), None)
        if wrong is None:
            raise LandscapeError(
                f"table {table.name}: columns are {', '.join(frame.columns)}, in the registry {', '.join(schema)}: reorder them"
            )
        found, wanted = frame.schema.get(wrong, "missing"), schema.get(wrong, "not there")
        raise LandscapeError(f"table {table.name}, column {wrong}: is {found}, in the registry {wanted}: make the two agree")
    key = list(table.primary_key)
    floats = [name for name, dtype in schema.items() if dtype.is_float()]
    for name in floats:
        if not (frame[name].is_finite().fill_null(True)).all():
            row = frame.filter(pl.col(name).is_finite().not_().fill_null(False)).select(key).row(0)
            raise LandscapeError(
                f"table {table.name}, row {row}, column {name}: not a finite number; a release can only hold numbers that all formats hold"
            )
    if any(frame[name].null_count() for name in key):
        raise LandscapeError(f"table {table.name}: a key ({', '.join(key)}) is empty; every row needs one")
    sorted_frame = frame.with_columns(pl.col(name) + 0.0 for name in floats).sort(key)
    if frame.height and sorted_frame.select(pl.struct(key).rle_id().max() + 1).item() != frame.height:
        twice = frame.filter(pl.struct(key).is_duplicated()).select(key).row(0)
        raise LandscapeError(f"table {table.name}: two rows have the key {twice}; keys must be unique")
    return sorted_frame


def read_table(release: Path, table: str) -> pl.DataFrame:
    """One table of a release. Raises LandscapeError naming the file when it cannot be read."""
    path = release / PARQUET / f"{table}.parquet"
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LandscapeError(f"{path}: cannot be read ({first_line(error)}); restore the release from where you got it") from error


def read_tables(release: Path) -> Tables:
    """Every table of a release, names sorted."""
    return {name: read_table(release, name) for name in tables_in(release)}


def first_line(error: BaseException) -> str:
    """The first line of an error's message, for messages that must stay one line."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__

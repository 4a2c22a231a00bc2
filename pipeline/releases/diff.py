"""What differs between two releases, as data, and applying it: `apply(old, diff(old, new)) == new` for every table.

One row of changes is one changed thing: `release, table, key, change, column, old, new, reason`.

- `key`: the primary key as a JSON object.
- `change`: `added` and `removed` are whole rows: `column` is null and `new` or `old` holds the row as a JSON object. `modified` is one cell: `old` and
  `new` hold its JSON value. A column that is new is `modified` cells (null before); a column that went is in the schema changes only.
- `reason`: `source` (the article behind the row came, went or changed), `correction` (a human decision) or `pipeline` (code or lexicon), see `reasons`.

Frames must have unique keys. Which version a difference makes is decided in `versions`, schemas are compared in `schema_changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases import cells
from pipeline.releases.reasons import ANCHORS, Reasons
from pipeline.tables import TABLES

CHANGE_SCHEMA = TABLES["changes"].schema
Keys = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Diff:
    """`changes`: table -> rows of `CHANGE_SCHEMA` for every table of either side. `schemas` and `keys` describe the new side."""

    release: str
    changes: dict[str, pl.DataFrame]
    schemas: dict[str, dict[str, pl.DataType]]
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def count(self, change: str | None = None, table: str | None = None) -> int:
        """Number of changes, of one kind and table if given."""
        frames = [frame for name, frame in self.changes.items() if table in (None, name)]
        if change is None:
            return sum(frame.height for frame in frames)
        return sum(frame.filter(pl.col("change") == change).height for frame in frames)

    def is_empty(self) -> bool:
        """True when no cell differs."""
        return self.count() == 0


def key_columns(tables: Iterable[str], known: Keys | None = None) -> dict[str, tuple[str, ...]]:
    """Primary keys by table: as given, else out of the registry. A table whose rows have no key is a log and left out.

    Raises LandscapeError for a table nobody knows the key of."""
    found: dict[str, tuple[str, ...]] = {}
    for name in tables:
        if known is not None and name in known:
            found[name] = tuple(known[name])
        elif name in TABLES:
            found[name] = TABLES[name].primary_key
        else:
            raise LandscapeError(f"table {name}: no primary key is known; give it in `keys`")
    return {name: key for name, key in found.items() if key}


def diff(
    old: Mapping[str, pl.DataFrame],
    new: Mapping[str, pl.DataFrame],
    *,
    release: str = "",
    keys: Keys | None = None,
    reasons: Reasons | None = None,
) -> Diff:
    """Every added, removed and modified cell. `keys` are needed for tables the registry does not know (any more)."""
    primary = key_columns([*new, *(name for name in old if name not in new)], keys)
    why = reasons if reasons is not None else Reasons()
    changes: dict[str, pl.DataFrame] = {}
    for name, key in primary.items():
        after = new[name] if name in new else old[name].clear()
        before = _conformed(old.get(name), after)
        found = _table_changes(before, after, list(key))
        changes[name] = _labelled(found, name, release, why)
    schemas = {name: dict(frame.schema) for name, frame in new.items() if name in primary}
    return Diff(release, changes, schemas, {name: primary[name] for name in schemas})


def apply(old: Mapping[str, pl.DataFrame], changes: Diff) -> dict[str, pl.DataFrame]:
    """The new tables, from the old ones and what changed: sorted by key, in the new schema.

    Raises LandscapeError when the changes do not fit the old tables (a key to remove or modify is not there, one to add is)."""
    return {name: _applied(name, old.get(name), changes) for name in changes.schemas}


def _conformed(old: pl.DataFrame | None, like: pl.DataFrame) -> pl.DataFrame:
    """The old frame with the columns and types of the new one: gone columns dropped, new ones null, retyped ones cast where that is possible."""
    if old is None:
        return like.clear()
    columns = []
    for name, dtype in like.schema.items():
        if name not in old.columns:
            columns.append(pl.lit(None, dtype=dtype).alias(name))
        elif old.schema[name] == dtype:
            columns.append(pl.col(name))
        elif old.schema[name].is_nested() or dtype.is_nested():
            columns.append(pl.lit(None, dtype=dtype).alias(name))
        else:
            columns.append(pl.col(name).cast(dtype, strict=False))
    return old.select(columns) if old.height else like.clear()


def _table_changes(before: pl.DataFrame, after: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Columns key, change, column, old, new, and whatever of ANCHORS the table has (of the new row, else of the old one)."""
    if before.equals(after):
        return _found(before.clear(), key, "modified", None, pl.lit(None), pl.lit(None))
    # A key that is null after the schema changed stands for a row that cannot be matched: it is gone, its successor is new.
    removed = before.join(after, on=key, how="anti", nulls_equal=True)
    added = after.join(before, on=key, how="anti", nulls_equal=True)
    row = cells.row_json(after.columns)
    frames = [
        _found(removed, key, "removed", None, row, pl.lit(None, dtype=pl.String)),
        _found(added, key, "added", None, pl.lit(None, dtype=pl.String), row),
    ]
    values = [name for name in after.columns if name not in key]
    both = after.join(before, on=key, how="inner", nulls_equal=True, suffix="\0old", maintain_order="left")
    for name in values:
        differs = both.filter(pl.col(name).ne_missing(pl.col(f"{name}\0old")))
        if differs.height:
            frames.append(_found(differs, key, "modified", name, cells.cell_json(f"{name}\0old"), cells.cell_json(name)))
    return pl.concat(frames)


def _found(frame: pl.DataFrame, key: list[str], change: str, column: str | None, old: pl.Expr, new: pl.Expr) -> pl.DataFrame:
    anchors = [
        (pl.col(name).cast(pl.String) if name in frame.columns else pl.lit(None, dtype=pl.String)).alias(f"\0{name}") for name in ANCHORS
    ]
    # Corrections name an entity by its id: the first key column serves for those.
    anchors.append(pl.col(key[0]).cast(pl.String).alias("\0id"))
    return frame.select(
        cells.row_json(key).alias("key"),
        pl.lit(change).alias("change"),
        pl.lit(column, dtype=pl.String).alias("column"),
        old.cast(pl.String).alias("old"),
        new.cast(pl.String).alias("new"),
        *anchors,
    )


def _labelled(found: pl.DataFrame, table: str, release: str, why: Reasons) -> pl.DataFrame:
    named = found.with_columns(pl.lit(release).alias("release"), pl.lit(table).alias("table"))
    return why.label(named, table).select(list(CHANGE_SCHEMA)).sort("key", "change", "column", nulls_last=False)


def _applied(name: str, old: pl.DataFrame | None, changes: Diff) -> pl.DataFrame:
    schema, key = changes.schemas[name], list(changes.keys[name])
    empty = pl.DataFrame(schema=schema)
    frame = _conformed(old, empty)
    found = changes.changes.get(name)
    if found is None or not found.height:
        return frame.sort(key)
    key_schema = {column: schema[column] for column in key}
    removed = found.filter(pl.col("change") == "removed")
    gone = cells.rows_from_json(removed["key"], key_schema)
    kept = frame.join(gone, on=key, how="anti", nulls_equal=True)
    if kept.height != frame.height - gone.height:
        raise LandscapeError(
            f"table {name}: the changes of {changes.release} remove {gone.height} rows, {frame.height - kept.height} of them are there"
        )
    modified = found.filter(pl.col("change") == "modified")
    for (column,), group in modified.group_by("column", maintain_order=True):
        kept = _with_cells(name, kept, key, str(column), group, changes)
    added = cells.rows_from_json(found.filter(pl.col("change") == "added")["new"], schema)
    if kept.join(added, on=key, how="semi", nulls_equal=True).height:
        raise LandscapeError(f"table {name}: the changes of {changes.release} add a row that is there already")
    return pl.concat([kept, added]).sort(key)


def _with_cells(name: str, frame: pl.DataFrame, key: list[str], column: str, group: pl.DataFrame, changes: Diff) -> pl.DataFrame:
    schema = changes.schemas[name]
    values = cells.rows_from_json(group["key"], {part: schema[part] for part in key}).with_columns(
        cells.cells_from_json(group["new"], schema[column]).alias("\0new"), pl.lit(True).alias("\0set")
    )
    joined = frame.join(values, on=key, how="left", nulls_equal=True, maintain_order="left")
    if joined["\0set"].count() != group.height:
        raise LandscapeError(f"table {name}, column {column}: the changes of {changes.release} modify rows that are not there")
    replaced = pl.when(pl.col("\0set")).then(pl.col("\0new")).otherwise(pl.col(column)).alias(column)
    return joined.with_columns(replaced).select(frame.columns)

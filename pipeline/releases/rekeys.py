"""Ids that changed while the row stayed the same: `changes/id_changes.csv`, old id to new id. Renaming is found here, never decided.

A claim of an edited article moves (`source`): same quote, same facts, another place. An id that changes without its article changing is a re-key: it
breaks every reader who kept the id, and makes the release a major one.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipeline.releases import cells
from pipeline.releases.diff import Diff
from pipeline.tables import ENTITY_TABLES, FACT_TABLES

SCHEMA: dict[str, pl.DataType] = {name: pl.String() for name in ("release", "table", "old_id", "new_id", "reason")}
_PLACES = {"claim_id", "sentence_no", "char_start", "char_end"}


def id_changes(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame], changes: Diff) -> pl.DataFrame:
    """One row per id that changed, rows of `SCHEMA`. Only unambiguous pairs count: one row that went, one that came, the same in all else."""
    found = [_entities(name, old, new, changes) for name in ENTITY_TABLES if name in old and name in new]
    if "claims" in old and "claims" in new:
        found.append(_claims(old, new, changes))
    return pl.concat([pl.DataFrame(schema=SCHEMA), *found]).sort("table", "old_id")


def breaking_rekeys(changes: pl.DataFrame) -> bool:
    """True when an id changed although no article did."""
    return changes.filter(pl.col("reason") != "source").height > 0


def _entities(name: str, old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame], changes: Diff) -> pl.DataFrame:
    key = changes.keys[name][0]
    values = [column for column in new[name].columns if column != key and column in old[name].columns]
    went = _rows(old[name], changes, name, "removed", [key]).select(pl.col(key).alias("old_id"), cells.row_json(values).alias("same"))
    came = _rows(new[name], changes, name, "added", [key]).select(pl.col(key).alias("new_id"), cells.row_json(values).alias("same"))
    # The article behind an entity says nothing about its id: that is the lexicon's.
    return _paired(went, came).select(
        pl.lit("").alias("release"), pl.lit(name).alias("table"), "old_id", "new_id", pl.lit("pipeline").alias("reason")
    )


def _claims(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame], changes: Diff) -> pl.DataFrame:
    went, came = (
        _signed(tables, _rows(tables["claims"], changes, "claims", change, ["claim_id"]))
        for tables, change in ((old, "removed"), (new, "added"))
    )
    pairs = _paired(went.rename({"claim_id": "old_id"}), came.rename({"claim_id": "new_id"}))
    reasons = changes.changes["claims"].filter(pl.col("change") == "added").select("key", "reason")
    keyed = pairs.with_columns(pl.struct(pl.col("new_id").alias("claim_id")).struct.json_encode().alias("key")).join(
        reasons, on="key", how="left"
    )
    return keyed.select(pl.lit("").alias("release"), pl.lit("claims").alias("table"), "old_id", "new_id", "reason")


def _signed(tables: Mapping[str, pl.DataFrame], claims: pl.DataFrame) -> pl.DataFrame:
    """claim_id and everything about the claim and its fact but the id and the place, as text."""
    values = [column for column in claims.columns if column not in _PLACES]
    signed = claims.select("claim_id", cells.row_json(values).alias("claim"))
    facts = [
        tables[name].join(claims, on="claim_id", how="semi").select("claim_id", cells.row_json(_values(tables[name])).alias("fact"))
        for name in FACT_TABLES
        if name in tables
    ]
    empty = pl.DataFrame(schema={"claim_id": pl.String, "fact": pl.String})
    joined = signed.join(pl.concat([empty, *facts]), on="claim_id", how="left")
    return joined.select("claim_id", pl.concat_str("claim", pl.col("fact").fill_null("")).alias("same"))


def _values(frame: pl.DataFrame) -> list[str]:
    return [column for column in frame.columns if column not in _PLACES]


def _rows(frame: pl.DataFrame, changes: Diff, table: str, change: str, key: list[str]) -> pl.DataFrame:
    found = changes.changes[table].filter(pl.col("change") == change)
    return frame.join(cells.rows_from_json(found["key"], {part: frame.schema[part] for part in key}), on=key, how="semi")


def _paired(went: pl.DataFrame, came: pl.DataFrame) -> pl.DataFrame:
    once = [frame.filter(pl.col("same").is_unique()) for frame in (went, came)]
    return once[0].join(once[1], on="same", how="inner").select("old_id", "new_id")

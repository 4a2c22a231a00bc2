"""Contracts: every row of every table against its model, its quote, its keys. What fails leaves for quarantine with a reason; nothing is lost.

Here: running the contracts and the cascade over references. Not here: the rules of a table, which stand with its columns in the registry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandera.errors
import polars as pl

from pipeline.errors import LandscapeError
from pipeline.tables import FACT_TABLES, TABLES, ForeignKey, Table

Tables = dict[str, pl.DataFrame]
STAGE = "contracts"
ROW = "__row__"  # the number of a row in its frame while it is being checked
_SHOWN = 60  # characters of a wrong value that a reason quotes
_BROKEN = {"row": pl.UInt32(), "reason": pl.String()}


class ContractError(LandscapeError):
    """A frame that is not a table of the registry at all: a column is missing, unknown or of another type."""


class Checked(NamedTuple):
    """`tables` with the rows that hold, `quarantine` with the rows that do not (schema of the `quarantine` table)."""

    tables: Tables
    quarantine: pl.DataFrame


def check(tables: Mapping[str, pl.DataFrame]) -> Checked:
    """All contracts: columns, keys, row rules, quotes, references, and that claims and facts come in pairs.

    A table that is not handed in counts as empty; names that the registry does not know raise ContractError, as do wrong columns. Rows that fail
    leave; a row whose reference left follows it, and its reason names the reference. `document_texts`, if handed in, is what quotes are held against.
    """
    frames = {name: _numbered(name, frame) for name, frame in tables.items()}
    broken: dict[str, list[pl.DataFrame]] = {name: [] for name in frames}
    kept = dict(frames)

    def reject(name: str, found: pl.DataFrame) -> bool:
        if found.is_empty():
            return False
        broken[name].append(found)
        kept[name] = kept[name].join(found, left_on=ROW, right_on="row", how="anti", maintain_order="left")
        return True

    for name in frames:
        reject(name, _copies(TABLES[name], kept[name]))
        reject(name, broken_rows(TABLES[name], kept[name]))
    if "document_texts" in kept:
        texts = dict(kept["document_texts"].select("doc_id", "text").iter_rows())
        for name, column in (("claims", "quote"), ("sentences", "text")):
            if name in kept:
                reject(name, _misquoted(kept[name], column, texts))
    shrunk = {*TABLES}  # at first every reference is followed, then only those to tables that lost rows
    while shrunk:
        lost: set[str] = set()
        for name in frames:
            for key in TABLES[name].foreign_keys:
                if key.table in shrunk and reject(name, _dangling(kept, name, key)):
                    lost.add(name)
        if shrunk & {"claims", *FACT_TABLES} and "claims" in frames:
            for name, found in _unpaired(kept):
                if reject(name, found):
                    lost.add(name)
        shrunk = lost
    ordered = {name: TABLES[name].sorted(frame.drop(ROW)) for name, frame in kept.items()}
    return Checked(ordered, _quarantine(frames, broken))


def broken_rows(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frame that break the table's own contract: `row` (number, from 0, or the frame's own row number) and `reason`."""
    if frame.is_empty():
        return pl.DataFrame(schema=_BROKEN)
    plain = frame.drop(ROW, strict=False)
    try:
        table.contract.validate(plain, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
    else:
        return pl.DataFrame(schema=_BROKEN)
    if cases["index"].null_count():
        case = cases.filter(pl.col("index").is_null()).row(0, named=True)
        raise ContractError(
            f"table {table.name}, column {case['column']}: {case['check']} ({case['failure_case']}); build the frame by the registry"
        )
    reasons = [_reason(table, case) for case in cases.select("schema_context", "column", "check", "failure_case").iter_rows(named=True)]
    found = (
        pl.DataFrame({"row": cases["index"].cast(pl.UInt32), "reason": reasons}, schema=_BROKEN)
        .unique()
        .sort("row", "reason")
        .group_by("row", maintain_order=True)
        .agg(pl.col("reason").str.join("; "))
    )
    if ROW in frame.columns:
        found = found.with_columns(row=frame[ROW].gather(found["row"]))
    return found


def _reason(table: Table, case: dict[str, Any]) -> str:
    """One line naming table, column and rule."""
    rule, column = str(case["check"]), f"{table.name}.{case['column']}"
    if rule == "multiple_fields_uniqueness":
        return f"{table.name}: the key ({', '.join(table.primary_key)}) is not unique"
    if case["schema_context"] != "Column":
        return f"{table.name}: {rule}"
    if rule == "not_nullable":
        return f"{column}: is empty"
    value = str(case["failure_case"])
    value = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    if rule == "field_uniqueness":
        return f"{column}: '{value}' is not unique"
    if rule.startswith("isin("):
        return f"{column}: '{value}' is not one of the allowed values"
    return f"{column}: '{value}' breaks {rule}"


def _numbered(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame in the registry's columns and order, rows numbered. Raises ContractError."""
    table = TABLES.get(name)
    if table is None:
        raise ContractError(f"table {name}: is not in the registry")
    wanted, found = table.schema, dict(frame.schema)
    for column in [*wanted, *found]:
        if wanted.get(column) != found.get(column):
            is_, should = found.get(column, "missing"), wanted.get(column, "not there")
            raise ContractError(f"table {name}, column {column}: is {is_}, in the registry {should}; build the frame by the registry")
    return table.sorted(frame).with_row_index(ROW)


def _copies(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """All but the first of rows that are equal in every column."""
    if not table.primary_key:
        return pl.DataFrame(schema=_BROKEN)
    twice = frame.filter(pl.struct(table.primary_key).is_duplicated())
    later = twice.filter(~pl.struct(list(table.schema)).is_first_distinct())
    return later.select(row=pl.col(ROW), reason=pl.lit(f"{table.name}: an exact copy of another row"))


def _misquoted(frame: pl.DataFrame, column: str, texts: dict[str, str]) -> pl.DataFrame:
    """Rows whose words are not at their offsets in the document, or whose document has no text."""
    rows, reasons = [], []
    for row, doc_id, start, end, words in frame.select(ROW, "doc_id", "char_start", "char_end", column).iter_rows():
        text = texts.get(doc_id)
        if text is None:
            rows.append(row)
            reasons.append(f"{column}: document '{doc_id}' has no text to hold it against")
        elif text[start:end] != words:
            rows.append(row)
            reasons.append(f"{column}: is not what stands at {start}-{end} of '{doc_id}'")
    return pl.DataFrame({"row": rows, "reason": reasons}, schema=_BROKEN)


def _dangling(kept: Tables, name: str, key: ForeignKey) -> pl.DataFrame:
    """Rows whose reference names no row of the table it points to."""
    frame = kept[name]
    if frame.is_empty():
        return pl.DataFrame(schema=_BROKEN)
    target = kept.get(key.table)
    parents = target.select(key.ref_columns) if target is not None else TABLES[key.table].empty().select(key.ref_columns)
    named = frame if key.when is None else frame.filter(pl.col(key.when[0]) == key.when[1])
    named = named.select(ROW, *key.columns)
    if key.list:
        named = named.explode(key.columns[0], empty_as_null=True)
    lost = named.drop_nulls().join(parents, left_on=key.columns, right_on=key.ref_columns, how="anti", maintain_order="left")
    label = pl.concat_str([pl.col(c).cast(pl.String) for c in key.columns], separator="|")
    reason = pl.format(f"{name}.{', '.join(key.columns)}: '{{}}' is not in {key.table}", label)
    return lost.select(row=pl.col(ROW), reason=reason).unique("row", keep="first", maintain_order=True)


def _unpaired(kept: Tables) -> list[tuple[str, pl.DataFrame]]:
    """Claims without their fact row and fact rows without their claim. A claim that a person rejected stays without one."""
    claims = kept["claims"].select(ROW, "claim_id", "doc_id", "fact_table", "review_status")
    standing = claims.filter(pl.col("review_status") != "rejected")
    key, found = ["claim_id", "doc_id"], []
    for name in FACT_TABLES:
        mine = standing.filter(pl.col("fact_table") == name)
        facts = kept[name] if name in kept else TABLES[name].empty().with_row_index(ROW)
        lone = mine.join(facts.select(key), on=key, how="anti", maintain_order="left")
        found.append(("claims", lone.select(row=pl.col(ROW), reason=pl.lit(f"claims: no such row in {name}"))))
        if name in kept:
            lone = facts.select(ROW, *key).join(mine.select(key), on=key, how="anti", maintain_order="left")
            reason = pl.lit(f"{name}: its claim is of another table or document, or was rejected")
            found.append((name, lone.select(row=pl.col(ROW), reason=reason)))
    return found


def _quarantine(frames: Tables, broken: dict[str, list[pl.DataFrame]]) -> pl.DataFrame:
    """The rejected rows as rows of the `quarantine` table, sorted."""
    rows = []
    for name, found in broken.items():
        if not found:
            continue
        left = pl.concat(found).join(frames[name], left_on="row", right_on=ROW, how="left", maintain_order="left")
        rows += [
            {"stage": STAGE, "doc_id": row.get("doc_id"), "table": name, "row": row_json(name, row), "reason": row["reason"]}
            for row in left.iter_rows(named=True)
        ]
    return TABLES["quarantine"].frame(rows)


def row_json(table: str, row: Mapping[str, Any]) -> str:
    """The row as one line of JSON, columns in the order of the registry, dates in ISO form."""
    return json.dumps({column: row[column] for column in TABLES[table].schema}, ensure_ascii=False, default=str)

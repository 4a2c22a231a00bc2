"""Rows against the schema a release declares: keys, references, enumerations, limits, quotes.

The registry's contracts are run too where its schema is that of the release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipeline.quality.contracts import broken_rows
from pipeline.releases.layout import PARQUET
from pipeline.releases.metadata.schemas import TableSchema, table_schema
from pipeline.releases.problems import Problem
from pipeline.tables import FACT_TABLES, TABLES

QUOTE_CHARACTERS = 200
_SHOWN = 20  # problems of one kind and table; the rest is counted


def row_problems(tables: Mapping[str, pl.DataFrame], schemas: Mapping[str, TableSchema], texts: Mapping[str, str] | None) -> list[Problem]:
    """All problems of rows, table by table."""
    problems: list[Problem] = []
    for name, frame in tables.items():
        problems += _shortened(list(_key_problems(name, frame, schemas[name])))
        problems += _shortened(list(_reference_problems(name, frame, tables, schemas[name])))
        if name in TABLES and _same_shape(table_schema(TABLES[name]), schemas[name]):
            found = broken_rows(TABLES[name], frame)
            problems += _shortened([_problem(name, frame, row, reason) for row, reason in found.select("row", "reason").iter_rows()])
        else:
            problems += _shortened(list(_constraint_problems(name, frame, schemas[name])))
    if "claims" in tables:
        problems += _shortened(list(_quote_problems(tables, texts)))
        problems += _shortened(list(_pair_problems(tables)))
    return problems


def _same_shape(registry: TableSchema, declared: TableSchema) -> bool:
    return [(f["name"], f["x-dtype"], f.get("constraints")) for f in registry["fields"]] == [
        (f["name"], f["x-dtype"], f.get("constraints")) for f in declared["fields"]
    ]


def _key_problems(name: str, frame: pl.DataFrame, schema: TableSchema) -> Iterator[Problem]:
    key = schema.get("primaryKey", [])
    if not key or not frame.height:
        return
    for row in frame.filter(pl.struct(key).is_duplicated()).select(key).unique(maintain_order=True).iter_rows():
        yield Problem(_file(name), name, _words(key, row), "the key is not unique")
    if not frame.select(key).equals(frame.select(key).sort(key)):
        yield Problem(_file(name), name, None, "rows are not sorted by key")


def _reference_problems(name: str, frame: pl.DataFrame, tables: Mapping[str, pl.DataFrame], schema: TableSchema) -> Iterator[Problem]:
    for columns, target, target_columns, is_list, when in _references(name, schema):
        if target not in tables:
            continue
        rows = frame if when is None else frame.filter(pl.all_horizontal(pl.col(column) == value for column, value in when.items()))
        if is_list:
            rows = rows.filter(pl.col(columns[0]).list.len() > 0).explode(columns[0])
        missing = rows.drop_nulls(columns).join(tables[target], left_on=columns, right_on=target_columns, how="anti")
        for row in missing.iter_rows(named=True):
            value = ", ".join(str(row[column]) for column in columns)
            yield _problem(name, row, None, f"{', '.join(columns)}: {value!r} is not in {target}", schema)


def _references(name: str, schema: TableSchema) -> Iterator[tuple[list[str], str, list[str], bool, dict[str, str] | None]]:
    for key in schema.get("foreignKeys", []):
        yield key["fields"], key["reference"]["resource"] or name, key["reference"]["fields"], False, None
    for field in schema["fields"]:
        for reference in field.get("x-references", []):
            yield [field["name"]], reference["resource"], reference["fields"], reference["list"], reference.get("when")


def _constraint_problems(name: str, frame: pl.DataFrame, schema: TableSchema) -> Iterator[Problem]:
    for field in schema["fields"]:
        constraints, column = field.get("constraints", {}), pl.col(field["name"])
        checks: list[tuple[pl.Expr, str]] = []
        if constraints.get("required"):
            checks.append((column.is_null(), "is empty"))
        if "enum" in constraints:
            checks.append((column.is_in(constraints["enum"]).not_(), "is not one of the allowed values"))
        if "maxLength" in constraints:
            checks.append((column.str.len_chars() >= constraints["maxLength"], "is too long"))
        if "pattern" in constraints:
            checks.append((column.str.contains(constraints["pattern"]).not_(), "does not match its pattern"))
        if "minimum" in constraints:
            checks.append((column < constraints["minimum"], "is too small"))
        if "maximum" in constraints:
            checks.append((column > constraints["maximum"], "is too large"))
        for broken, message in checks:
            for row in frame.filter(broken.fill_null(False)).iter_rows(named=True):
                yield _problem(name, row, None, f"{field['name']} {message}", schema)


def _quote_problems(tables: Mapping[str, pl.DataFrame], texts: Mapping[str, str] | None) -> Iterator[Problem]:
    claims = tables["claims"]
    length = pl.col("quote").str.len_chars()
    wrong = claims.filter((length > QUOTE_CHARACTERS) | (length == 0) | (length != pl.col("char_end") - pl.col("char_start")))
    for row in wrong.iter_rows(named=True):
        message = f"the quote has {len(row['quote'])} characters for {row['char_start']}-{row['char_end']}, at most {QUOTE_CHARACTERS} are allowed"
        yield Problem(_file("claims"), "claims", row["claim_id"], message)
    if texts is None:
        return
    for claim_id, doc_id, start, end, quote in claims.select("claim_id", "doc_id", "char_start", "char_end", "quote").iter_rows():
        if doc_id in texts and texts[doc_id][start:end] != quote:
            yield Problem(_file("claims"), "claims", claim_id, f"the quote is not what stands at {start}-{end} of {doc_id}")


def _pair_problems(tables: Mapping[str, pl.DataFrame]) -> Iterator[Problem]:
    """Every claim that stands has its fact row, and every fact row is of the table its claim names."""
    claims = tables["claims"].select("claim_id", "fact_table", "review_status")
    for name in FACT_TABLES:
        if name not in tables:
            continue
        mine = claims.filter(pl.col("fact_table") == name)
        lone = mine.filter(pl.col("review_status") != "rejected").join(tables[name], on="claim_id", how="anti")
        for claim_id in lone["claim_id"]:
            yield Problem(_file("claims"), "claims", claim_id, f"has no row in {name}")
        for claim_id in tables[name].join(mine, on="claim_id", how="anti")["claim_id"]:
            yield Problem(_file(name), name, claim_id, "its claim is of another table")


def _problem(
    name: str, frame: pl.DataFrame | Mapping[str, Any], row: int | None, message: str, schema: TableSchema | None = None
) -> Problem:
    values = frame.row(row, named=True) if isinstance(frame, pl.DataFrame) and row is not None else frame
    key = list(schema.get("primaryKey", [])) if schema is not None else list(TABLES[name].primary_key)
    return Problem(_file(name), name, _words(key, [values[column] for column in key]), message)


def _words(key: list[str], values: Any) -> str:
    return ", ".join(str(value) for _, value in zip(key, values, strict=True))


def _file(name: str) -> str:
    return f"{PARQUET}/{name}.parquet"


def _shortened(problems: list[Problem]) -> list[Problem]:
    """The first problems, and how many more there are."""
    if len(problems) <= _SHOWN:
        return problems
    more = Problem(problems[0].file, problems[0].table, None, f"and {len(problems) - _SHOWN:,} more problems of this kind")
    return [*problems[:_SHOWN], more]

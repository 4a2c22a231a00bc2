"""The generated DDL is what DuckDB takes: tables, keys, enumerations, comments in both languages."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from pipeline.tables import TABLES
from pipeline.tables.ddl import comments, create_all, create_table
from pipeline.tables.examples import example_tables


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for statement in create_all():
        connection.execute(statement)
    return connection


def test_every_column_has_its_type_and_a_comment(database: duckdb.DuckDBPyConnection) -> None:
    found = database.execute("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'main'").fetchall()
    wanted = {(table.name, column) for table in TABLES.values() for column in table.schema}
    assert {(t, c) for t, c, _ in found} >= wanted
    told = {(t, c): comment for t, c, comment in found}
    assert all(told[key] and "。" in told[key] for key in wanted)


def test_tables_are_commented_in_english_and_chinese() -> None:
    text = comments(TABLES["prices"])[0]
    assert "Prices of models and products" in text
    assert "价格" in text


@pytest.mark.parametrize("name", [n for n, t in TABLES.items() if t.primary_key])
def test_example_row_goes_in_once_and_not_twice(name: str, database: duckdb.DuckDBPyConnection) -> None:
    frame = example_tables()[name]  # noqa: F841 - DuckDB reads it by name
    database.execute(f"INSERT INTO {name} SELECT * FROM frame")
    with pytest.raises(duckdb.ConstraintException):
        database.execute(f"INSERT INTO {name} SELECT * FROM frame")


def test_enumeration_is_enforced_by_the_database(database: duckdb.DuckDBPyConnection) -> None:
    frame = example_tables()["launches"].with_columns(kind=pl.lit("rumour"))  # noqa: F841
    with pytest.raises(duckdb.ConstraintException):
        database.execute("INSERT INTO launches SELECT * FROM frame")


def test_null_is_allowed_where_the_registry_allows_it() -> None:
    sql = create_table(TABLES["models"])
    assert '"open_weights" BOOLEAN,' in sql
    assert '"model_id" VARCHAR NOT NULL' in sql


def test_foreign_keys_on_request_are_the_simple_ones() -> None:
    sql = create_table(TABLES["funding_rounds"], foreign_keys=True)
    assert 'FOREIGN KEY ("org_id") REFERENCES "organizations" ("org_id")' in sql
    assert "investors" not in sql.split("PRIMARY KEY")[1]
    connection = duckdb.connect()
    for statement in create_all(foreign_keys=True):
        connection.execute(statement)

"""What the registry promises of every table: names, descriptions in two languages, keys that exist, an empty frame of the right types."""

from __future__ import annotations

import polars as pl
import pytest

from pipeline.tables import ENTITY_TABLES, FACT_TABLES, PUBLIC_TABLES, TABLES, Table
from pipeline.tables.examples import example_row

NAMES = tuple(TABLES)
TYPES = (pl.String(), pl.Float64(), pl.Int64(), pl.Boolean(), pl.Date(), pl.List(pl.String()))


@pytest.fixture(params=NAMES)
def table(request: pytest.FixtureRequest) -> Table:
    return TABLES[request.param]


def test_the_thirteen_fact_tables_are_there() -> None:
    assert len(FACT_TABLES) == 13
    assert set(ENTITY_TABLES) == {"organizations", "people", "models", "products", "cohorts"}


def test_articles_and_rejected_rows_are_never_public() -> None:
    assert set(TABLES) - set(PUBLIC_TABLES) == {"sentences", "document_texts", "quarantine"}


def test_every_table_and_column_is_described_in_both_languages(table: Table) -> None:
    for en, zh in [(table.title_en, table.title_zh), *((c.description_en, c.description_zh) for c in table.columns)]:
        assert en.strip()
        assert en.isascii()
        assert any("一" <= character <= "鿿" for character in zh)
    assert table.description_en.endswith(".")
    assert table.description_zh.endswith("。")


def test_columns_have_publishable_types(table: Table) -> None:
    assert all(column.dtype in TYPES for column in table.columns)
    assert len({column.name for column in table.columns}) == len(table.columns)


def test_empty_frame_has_the_schema_and_keeps_the_contract(table: Table) -> None:
    assert dict(table.empty().schema) == table.schema
    table.contract.validate(table.empty(), lazy=True)


def test_primary_key_columns_are_never_null(table: Table) -> None:
    nullable = {column.name for column in table.columns if column.nullable}
    assert set(table.primary_key) <= set(table.schema) - nullable


def test_foreign_keys_name_existing_columns_and_whole_keys(table: Table) -> None:
    for key in table.foreign_keys:
        assert set(key.columns) <= set(table.schema)
        assert key.ref_columns == TABLES[key.table].primary_key
        assert key.list == isinstance(table.schema[key.columns[0]], pl.List)
        if key.when is not None:
            column = next(c for c in table.columns if c.name == key.when[0])
            assert key.when[1] in (column.enum or ())


def test_every_column_named_like_an_id_is_a_key_or_checked(table: Table) -> None:
    """An id that nothing holds against anything would be a dangling reference waiting to happen."""
    ids = {c for c in table.schema if c.endswith("_id") and c not in ("conflict_id", "wikidata_id", "rule_id")}
    assert ids <= {
        *table.primary_key,
        *(c for key in table.foreign_keys for c in key.columns),
        *(("doc_id",) if table.name == "quarantine" else ()),
    }


@pytest.mark.parametrize("name", FACT_TABLES)
def test_fact_rows_begin_with_claim_and_document(name: str) -> None:
    assert list(TABLES[name].schema)[:2] == ["claim_id", "doc_id"]


def test_frame_fills_missing_columns_and_sorts_by_key() -> None:
    people = TABLES["people"]
    rows = [{"person_id": key, "name_zh": "某", "is_provisional": False} for key in ("b", "a")]
    frame = people.frame(rows)
    assert frame["person_id"].to_list() == ["a", "b"]
    assert dict(frame.schema) == people.schema
    assert frame["name_en"].to_list() == [None, None]


def test_frame_refuses_a_column_the_table_does_not_have() -> None:
    with pytest.raises(KeyError, match="people has no column salary"):
        TABLES["people"].frame([example_row(TABLES["people"]) | {"salary": 1}])

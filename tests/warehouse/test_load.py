"""What the DuckDB file is: complete, described, keyed, and swapped in whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline.errors import LandscapeError
from pipeline.tables import TABLES
from pipeline.warehouse import generated, load, reference, scripts

Ask = Callable[..., list[tuple[Any, ...]]]


def test_generated_rows_keep_every_rule_of_the_registry() -> None:
    for name, frame in generated.tables(600).items():
        TABLES[name].contract.validate(frame, lazy=True)
        assert frame.equals(TABLES[name].sorted(frame)), name


def test_generated_rows_are_the_same_every_time() -> None:
    first, second = generated.tables(200), generated.tables(200)
    assert all(frame.equals(second[name]) for name, frame in first.items())
    assert not first["metrics"].equals(generated.tables(200, seed=1)["metrics"])


def test_every_public_table_is_there_with_its_rows(small_tables: dict[str, pl.DataFrame], ask: Ask) -> None:
    for name, table in TABLES.items():
        if table.public:
            expected = small_tables.get(name, table.empty()).height
            assert ask(f'SELECT count(*) FROM "{name}"') == [(expected,)], name
    there = {name for (name,) in ask("SELECT table_name FROM duckdb_tables()")}
    assert not there & {name for name, table in TABLES.items() if not table.public}


def test_every_table_view_macro_and_column_is_described_in_both_languages(ask: Ask) -> None:
    bare = ask(
        r"""
        SELECT 'table', table_name FROM duckdb_tables() WHERE NOT regexp_matches(coalesce(comment, ''), '[a-z].*\p{Han}')
        UNION ALL
        SELECT 'view', view_name FROM duckdb_views() WHERE NOT internal AND NOT regexp_matches(coalesce(comment, ''), '[a-z].*\p{Han}')
        UNION ALL
        SELECT 'macro', function_name FROM duckdb_functions()
        WHERE database_name = current_database() AND NOT internal AND NOT regexp_matches(coalesce(comment, ''), '[a-z].*\p{Han}')
        UNION ALL
        SELECT 'column', table_name || '.' || column_name FROM duckdb_columns()
        WHERE NOT internal AND NOT regexp_matches(coalesce(comment, ''), '[A-Za-z].*\p{Han}')
        """
    )
    assert bare == []


def test_keys_are_in_the_file(ask: Ask) -> None:
    keys = dict(ask("SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY 1"))
    assert keys["PRIMARY KEY"] >= len([t for t in TABLES.values() if t.public and t.primary_key])
    assert keys["FOREIGN KEY"] >= 26
    assert keys["CHECK"] >= 20


def test_every_view_can_be_read(ask: Ask) -> None:
    for (view,) in ask("SELECT view_name FROM duckdb_views() WHERE NOT internal"):
        ask(f"FROM {view}")


def test_older_clients_can_read_the_file(small_database: Path) -> None:
    with duckdb.connect(str(small_database), read_only=True) as con:
        assert con.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'landscape'").fetchone() == (
            "v1.0.0+",
        )


def test_a_release_of_a_few_articles_stays_small(small_database: Path) -> None:
    assert small_database.stat().st_size < 3_000_000


def test_rows_that_break_a_key_leave_the_old_file_alone(small_tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    path = tmp_path / "landscape.duckdb"
    load.build(path, small_tables)
    before = path.read_bytes()
    broken = small_tables | {"claims": small_tables["claims"].head(3)}
    with pytest.raises(LandscapeError, match=r"landscape\.duckdb: Constraint Error"):
        load.build(path, broken)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["landscape.duckdb"]


def test_a_new_file_replaces_the_old_one_under_a_reader(small_tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    path = tmp_path / "landscape.duckdb"
    load.build(path, small_tables)
    with path.open("rb") as reader:
        inode = path.stat().st_ino
        load.build(path, small_tables | {"conflicts": TABLES["conflicts"].empty()})
        assert path.stat().st_ino != inode
        assert reader.read(4096)


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LandscapeError, match="no such table in the registry: nonsense"):
        load.build(tmp_path / "x.duckdb", {"nonsense": pl.DataFrame()})


def test_exchange_rates_can_be_replaced(small_tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text(
        "currency,year,cny_per_unit,period_start,period_end,source,source_url\nUSD,2023,7.5,2023-01-01,2023-12-31,house rate,https://example.org\n"
    )
    load.build(tmp_path / "landscape.duckdb", small_tables, exchange_rates=rates)
    with duckdb.connect(str(tmp_path / "landscape.duckdb"), read_only=True) as con:
        found = con.execute("SELECT value_cny, rate_source FROM v_funding_history WHERE year(on_date) = 2023").fetchall()
    assert found == [(7.5e8, "house rate")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("currency,year\nUSD,2023\n", "column cny_per_unit"),
        ("currency,year,cny_per_unit,period_start,period_end,source,source_url\nUSD,2023,-1,2023-01-01,2023-12-31,a,b\n", "row 2"),
        ("currency,year,cny_per_unit,period_start,period_end,source,source_url\nUSD,2023,7,2023-01-01,,a,b\n", "row 2"),
    ],
)
def test_a_broken_rate_file_is_named_with_its_row(content: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(content)
    with pytest.raises(LandscapeError, match=complaint) as caught:
        reference.exchange_rates(path)
    assert "rates.csv" in str(caught.value)


def test_shipped_rates_are_complete_and_cited() -> None:
    rates = reference.exchange_rates()
    for currency in ("USD", "HKD", "EUR", "JPY", "GBP"):
        years = set(rates.filter(pl.col("currency") == currency)["year"])
        assert set(range(2020, 2027)) <= years, currency
    assert rates["source_url"].str.starts_with("https://").all()
    assert rates.filter((pl.col("currency") == "USD") & ~pl.col("cny_per_unit").is_between(6, 7.6)).is_empty()


def test_no_public_folder_is_needed_to_find_the_sql() -> None:
    assert (scripts.folder() / "views" / "v_facts.sql").is_file()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("CREATE VIEW v_x AS SELECT 1;", "-- en"),
        ("-- en: What?\nCREATE VIEW v_x AS SELECT 1;", "-- zh"),
        ("-- en: What?\n-- zh: 什么？\nCREATE VIEW other AS SELECT 1;", "CREATE VIEW v_x"),
    ],
)
def test_a_view_without_its_header_is_refused(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "v_x.sql"
    path.write_text(text)
    with pytest.raises(LandscapeError, match=complaint):
        scripts.read(path, "view")


def test_views_that_use_one_another_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    for one, other in (("v_a", "v_b"), ("v_b", "v_a")):
        (tmp_path / "views" / f"{one}.sql").write_text(f"-- en: What?\n-- zh: 什么？\nCREATE VIEW {one} AS FROM {other};")
    with pytest.raises(LandscapeError, match="circle"):
        scripts.views_and_macros(tmp_path)

"""`landscape query`: what it prints and exports, and that no SQL gets out of its sandbox."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len

from pipeline.errors import LandscapeError, UsageError
from pipeline.warehouse.query import Limits, run_query

QUICK = Limits(seconds=1.0, memory=512 << 20, rows=5)
REFUSED = "is not allowed here"
CLOSED = "file system operations are disabled|does not exist|disabled through configuration"
STOPPED = "stopped after 1 seconds|more than 512 MiB of memory|maximum supported string size"

ATTACKS = {
    "read a file as text": ("SELECT * FROM read_text('/etc/passwd')", CLOSED),
    "read a file as csv": ("SELECT * FROM read_csv('/etc/passwd')", CLOSED),
    "read a file by its name": ("FROM '/etc/passwd'", CLOSED),
    "read a parquet file": ("SELECT * FROM read_parquet('/tmp/x.parquet')", CLOSED),
    "read bytes": ("SELECT * FROM read_blob('/proc/self/environ')", CLOSED),
    "list a folder": ("SELECT * FROM glob('/*')", CLOSED),
    "read through a nested query": ("FROM query('FROM read_text(''/etc/passwd'')')", CLOSED),
    "read through serialised sql": ("FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''/etc/passwd'')'))", CLOSED),
    "read in a subquery of explain": ("EXPLAIN ANALYZE FROM read_text('/etc/passwd')", CLOSED),
    "read the environment": ("SELECT getenv('HOME')", CLOSED),
    "fetch a url": ("FROM read_csv('https://example.org/x.csv')", CLOSED),
    "fetch from a bucket": ("FROM read_parquet('s3://bucket/x.parquet')", CLOSED),
    "read a variable of python": ("SELECT * FROM request", CLOSED),
    "scan a pointer": ("FROM arrow_scan(1, 2, 3)", "No function matches"),
    "write a file": ("COPY (SELECT 1) TO '/tmp/landscape-attack.csv'", REFUSED),
    "export the database": ("EXPORT DATABASE '/tmp/landscape-attack'", REFUSED),
    "import a database": ("IMPORT DATABASE '/tmp'", CLOSED),
    "attach a file": ("ATTACH '/tmp/landscape-attack.duckdb'", REFUSED),
    "detach the file": ("DETACH landscape", REFUSED),
    "install an extension": ("INSTALL httpfs", REFUSED),
    "load an extension": ("LOAD '/tmp/evil.duckdb_extension'", REFUSED),
    "pragma": ("PRAGMA database_list", REFUSED),
    "pragma behind a comment": ("/* x */ -- y\n PRAGMA enable_profiling", REFUSED),
    "change a setting": ("SET memory_limit = '100GB'", REFUSED),
    "reset a setting": ("RESET lock_configuration", REFUSED),
    "set a variable": ("SET VARIABLE x = 1", REFUSED),
    "call a function": ("CALL enable_logging('QueryLog')", REFUSED),
    "log to a file": ("FROM enable_logging(storage = 'file', storage_path = '/tmp/landscape-attack')", REFUSED),
    "checkpoint": ("FROM checkpoint()", REFUSED),
    "create a table": ("CREATE TABLE x AS SELECT 1", REFUSED),
    "create a temporary table": ("CREATE TEMP TABLE x AS SELECT 1", REFUSED),
    "create a macro": ("CREATE MACRO cny(a, b, c) AS 0", REFUSED),
    "create a secret": ("CREATE SECRET (TYPE s3)", f"{REFUSED}|syntax error"),
    "insert": ("INSERT INTO people VALUES ('x')", REFUSED),
    "update": ("UPDATE claims SET quote = ''", REFUSED),
    "delete": ("DELETE FROM claims", REFUSED),
    "drop": ("DROP TABLE claims", REFUSED),
    "prepare": ("PREPARE p AS SELECT 1", REFUSED),
    "begin a transaction": ("BEGIN", REFUSED),
    "vacuum": ("VACUUM", REFUSED),
    "two statements": ("SELECT 1; DROP TABLE claims", REFUSED),
    "two queries": ("SELECT 1; SELECT 2", "2 statements"),
    "no statement": (" -- nothing", "no statement"),
}
RUNAWAYS = {
    "endless recursion": "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT count(*) FROM r",
    "recursion that grows": "WITH RECURSIVE r AS (SELECT 'x' AS a UNION ALL SELECT a || a FROM r) SELECT max(length(a)) FROM r",
    "cross join of 10 GB": "SELECT * FROM range(100000) AS a, range(100000) AS b ORDER BY random()",
    "cross join counted": "SELECT count(*) FROM range(100000) AS a, range(100000) AS b, range(1000) AS c",
    "series without end": "SELECT list(a) FROM generate_series(1, 100000000000) AS t(a)",
    "a list of billions": "SELECT range(4000000000)",
    "a string of gigabytes": "SELECT length(repeat('x', 4000000000))",
    "many strings of gigabytes": "SELECT max(length(repeat('x', 1000000000 + range::INTEGER))) FROM range(100)",
    "strings glued together": "SELECT length(string_agg(repeat('x', 1000000))) FROM range(100000)",
    "a padded string": "SELECT length(rpad('x', 2000000000, 'y'))",
    "a regex that multiplies": "SELECT length(regexp_replace(repeat('a', 50000000), 'a', repeat('b', 1000), 'g'))",
    "a table of distinct values": "SELECT count(DISTINCT hash(range)) FROM range(2000000000)",
}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def untouched(small_database: Path) -> Path:
    """The file, and the promise that it is the same byte for byte when the module's tests are over."""
    before = _hash(small_database)
    yield small_database
    assert _hash(small_database) == before
    assert [p.name for p in small_database.parent.iterdir()] == [small_database.name]
    assert not list(Path("/tmp").glob("landscape-attack*"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_fails_with_one_clear_line(attack: str, untouched: Path) -> None:
    sql, complaint = ATTACKS[attack]
    with pytest.raises(LandscapeError, match=complaint) as caught:
        run_query(untouched, sql, limits=QUICK)
    assert "\n" not in str(caught.value)
    assert "root:" not in str(caught.value)


@pytest.mark.parametrize("runaway", RUNAWAYS)
def test_a_runaway_is_stopped(runaway: str, untouched: Path) -> None:
    with pytest.raises(LandscapeError, match=STOPPED) as caught:
        run_query(untouched, RUNAWAYS[runaway], limits=QUICK)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM start_here",
        "SHOW TABLES",
        "DESCRIBE prices",
        "SUMMARIZE claims",
        "EXPLAIN SELECT 1",
        "WITH a AS (SELECT 1) FROM a",
        "VALUES (1)",
        "SELECT 1;",
    ],
)
def test_reading_statements_run(sql: str, small_database: Path) -> None:
    assert run_query(small_database, sql)


def test_columns_align_although_chinese_characters_are_wide(small_database: Path) -> None:
    text = run_query(small_database, "SELECT * FROM (VALUES ('智谱AI', 1), ('Kimi', 20), ('月之暗面', 300)) AS t(name, n)")
    lines = text.splitlines()
    assert len({cell_len(line) for line in lines}) == 1, text
    assert lines[2].startswith("智谱AI")
    assert lines[4].endswith("300")


def test_a_table_is_cut_and_says_so(small_database: Path) -> None:
    text = run_query(small_database, "FROM range(1000)", limits=QUICK)
    assert text.endswith("(the first 5 rows; --format csv, json or parquet gives all)")
    assert len(text.splitlines()) == 2 + 5 + 1


def test_large_numbers_are_grouped_and_nulls_are_blank(small_database: Path) -> None:
    assert "70,700,000,000" in run_query(small_database, "SELECT 7.07e10::DOUBLE AS value, NULL AS nothing, 2024 AS year")


def test_a_quote_cannot_steer_the_terminal(small_database: Path) -> None:
    text = run_query(small_database, r"SELECT chr(27) || '[31mred' || chr(8238) AS x, '[bold]not markup[/bold]' AS y")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]not markup[/bold]" in text


def test_csv_json_and_parquet_hold_all_rows(small_database: Path, tmp_path: Path) -> None:
    sql = "SELECT range AS n, '智谱, \"' || range AS name, DATE '2024-01-01' AS day, [1, 2] AS parts FROM range(3000)"
    for form in ("csv", "json", "parquet"):
        assert run_query(small_database, sql, format=form, output=tmp_path / f"x.{form}", limits=QUICK).endswith("3,000 rows")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), rows[7]) == (3000, {"n": "7", "name": '智谱, "7', "day": "2024-01-01", "parts": "[1, 2]"})
    records = json.loads((tmp_path / "x.json").read_text("utf-8"))
    assert (len(records), records[7]) == (3000, {"n": 7, "name": '智谱, "7', "day": "2024-01-01", "parts": [1, 2]})
    frame = pl.read_parquet(tmp_path / "x.parquet")
    assert (frame.height, frame["name"][7]) == (3000, '智谱, "7')


def test_csv_and_json_go_to_standard_output(small_database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_query(small_database, "SELECT '智谱' AS name, NULL AS x", format="csv") == ""
    assert run_query(small_database, "SELECT '智谱' AS name, NULL AS x", format="json") == ""
    assert capsys.readouterr().out == 'name,x\r\n智谱,\r\n[\n{"name": "智谱", "x": null}\n]\n'


def test_a_formula_is_harmless_in_csv(small_database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_query(small_database, "SELECT '=1+1' AS a, '-2' AS b, -2 AS c", format="csv")
    assert capsys.readouterr().out == "a,b,c\r\n'=1+1,'-2,-2\r\n"


def test_an_empty_result_has_its_header(small_database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "company" in run_query(small_database, "SELECT company FROM v_price_history WHERE false")
    run_query(small_database, "SELECT company FROM v_price_history WHERE false", format="json")
    assert json.loads(capsys.readouterr().out) == []


def test_a_query_that_fails_half_way_leaves_no_file(small_database: Path, tmp_path: Path) -> None:
    sql = "SELECT CASE WHEN range > 90000 THEN error('broken') ELSE 'x' END AS x FROM range(100000)"
    with pytest.raises(LandscapeError, match="broken"):
        run_query(small_database, sql, format="csv", output=tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_usage_errors_say_what_to_do(small_database: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--format xml: must be one of table, csv, json, parquet"):
        run_query(small_database, "SELECT 1", format="xml")
    with pytest.raises(UsageError, match="--output FILE"):
        run_query(small_database, "SELECT 1", format="parquet")
    with pytest.raises(LandscapeError, match="no such file; give --release"):
        run_query(tmp_path, "SELECT 1")
    with pytest.raises(LandscapeError, match=r"--output .*cannot be written"):
        run_query(small_database, "SELECT 1", format="csv", output=tmp_path / "missing" / "x.csv")


def test_a_typo_gets_a_hint(small_database: Path) -> None:
    with pytest.raises(LandscapeError, match='Did you mean "v_price_history"'):
        run_query(small_database, "FROM v_price_histori")

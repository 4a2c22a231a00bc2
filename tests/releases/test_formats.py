"""Formulas, HTML, line ends and quotes survive every format and run in none; every format holds the same cells."""

import re
import shutil
import sqlite3
import zipfile

import polars as pl
import pyarrow.parquet as pq
import pytest

from pipeline.releases.frames import public_tables, read_table
from pipeline.releases.metadata.datapackage import read_schemas
from pipeline.releases.publish import publish
from pipeline.releases.staging import remove_folder
from pipeline.releases.verify import verify
from pipeline.releases.verify_formats import differing_cells, format_problems
from pipeline.releases.writers.duckdb_file import read_duckdb
from pipeline.releases.writers.parquet_files import write_parquet
from pipeline.releases.writers.sqlite_file import read_sqlite
from pipeline.releases.writers.xlsx_file import write_xlsx
from pipeline.releases.xlsx_reader import comparable, open_sheets

EVERY = ("parquet", "csv", "duckdb", "sqlite", "xlsx")
NASTY = [
    '=cmd|"/c calc"!A1', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "<script>alert(1)</script>", "a\r\nb\nc", 'say "hi", ok', "'quoted'",
    "'=guarded already", "_x0041_ is not A", "bell\x07 and null\x00", "&amp; < > ]]>", "https://evil.example/", "mailto:x@example.org", "-5", " spaces ",
    "民营🚀公司", "\ufeffmark", "null", "NaN", "TRUE", "2025-01-01", "1e5", "{=1}", "; DROP TABLE claims; --", "[]",
]  # fmt: skip


@pytest.fixture(scope="module")
def release(tmp_path_factory, new_industry):
    industry = new_industry()
    for number, text in enumerate(NASTY):
        industry.fact(
            "statements", "north", text, start=1000 * (number + 1),
            speaker_type="org", speaker_id="beichen", kind="opinion", text=text, venue=text, is_direct_quote=bool(number % 2),
        )  # fmt: skip
    datasets = tmp_path_factory.mktemp("formats") / "datasets"
    yield publish(industry.tables(), datasets, inputs=industry.inputs(), formats=EVERY).folder
    remove_folder(datasets)


@pytest.fixture
def damaged(release, tmp_path):
    """A copy that may be changed."""
    folder = tmp_path / release.name
    shutil.copytree(release, folder)
    yield folder
    remove_folder(folder)


def test_every_format_holds_every_cell(release):
    schemas = read_schemas(release)
    assert format_problems(release, {name: read_table(release, name) for name in schemas}, schemas) == []
    statements = read_table(release, "statements")
    assert set(NASTY) <= set(statements["text"])
    schema = dict(statements.schema)
    assert read_sqlite(release / "landscape.db", "statements", schema).equals(statements)
    assert read_duckdb(release / "landscape.duckdb", "statements", statements.columns, ["claim_id"]).equals(statements)
    assert open_sheets(release / "landscape.xlsx").frame("statements", schema).equals(comparable(statements))


def test_the_workbook_has_no_formula_and_only_the_links_we_mean(release):
    with zipfile.ZipFile(release / "landscape.xlsx") as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    assert not any(re.search(r"<f[ >/]", text) for text in parts.values())
    assert not any("vbaProject" in name or "externalLink" in name for name in parts)
    targets = [target for text in parts.values() for target in re.findall(r'Target="([^"]*)" TargetMode="External"', text)]
    assert set(targets) == {"https://example.org/north", "https://example.org/south"}
    locations = {target for text in parts.values() for target in re.findall(r'<hyperlink [^>]*location="([^"]*)"', text)}
    assert {"documents!A2", "documents!A3"} <= {target.replace("'", "") for target in locations}


def test_the_workbook_is_laid_out_for_people(release):
    with zipfile.ZipFile(release / "landscape.xlsx") as book:
        workbook = book.read("xl/workbook.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', workbook)
        claims = book.read(f"xl/worksheets/sheet{names.index('claims') + 1}.xml").decode()
        dates = {item.date_time for item in book.infolist()}
    assert names == ["About", "Dictionary", *public_tables()]
    assert 'state="frozen"' in claims
    assert "<autoFilter" in claims
    assert "<cols>" in claims
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_dates_in_the_workbook_are_dates(release):
    with zipfile.ZipFile(release / "landscape.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet3.xml").decode()
    assert re.search(r'<c r="F2" s="\d+"><v>45717</v></c>', sheet), "2025-03-01 is day 45717"


def test_a_table_longer_than_a_sheet_is_cut_and_says_so(release, tmp_path):
    from datetime import UTC, datetime

    from pipeline.releases.metadata.dataset import Facts
    from pipeline.releases.versions import Version

    tables = {name: read_table(release, name) for name in public_tables()}
    write_xlsx(tables, tmp_path / "l.xlsx", public_tables(), Facts(Version(0, 1, 0), datetime(2025, 1, 1, tzinfo=UTC), {}), sheet_rows=5)
    sheets = open_sheets(tmp_path / "l.xlsx")
    assert sheets.frame("claims", dict(tables["claims"].schema)).height == 5
    with zipfile.ZipFile(tmp_path / "l.xlsx") as book:
        about = book.read("xl/worksheets/sheet1.xml").decode()
    assert f"The sheet holds the first 5 rows, {tables['claims'].height - 5} more are in the other formats." in about


def test_a_csv_cell_that_differs_is_named_with_its_row(damaged):
    path = damaged / "csv" / "organizations.csv"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace("北辰智能".encode(), "北辰智慧".encode(), 1))
    found = [problem for problem in verify(damaged) if problem.file == "csv/organizations.csv" and problem.row]
    assert [(problem.table, problem.row, problem.message) for problem in found] == [
        ("organizations", "beichen", "name_zh is '北辰智慧', in parquet '北辰智能'")
    ]


def test_a_database_cell_that_differs_is_named_with_its_row(damaged):
    path = damaged / "landscape.db"
    path.chmod(0o644)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE funding_rounds SET value = value + 1 WHERE org_id = 'nandou'")
    connection.commit()
    connection.close()
    assert any(
        problem.table == "funding_rounds" and problem.row and "value is 120000001.0" in problem.message for problem in verify(damaged)
    )


def test_parquet_files_carry_their_descriptions(release):
    table = public_tables()["funding_rounds"]
    schema = pq.read_schema(release / "parquet" / "funding_rounds.parquet")
    notes = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert (notes["title"], notes["description"], notes["table_version"]) == (table.title_en, table.description_en, table.version)
    for column in table.columns:
        field = {key.decode(): value.decode() for key, value in schema.field(column.name).metadata.items()}
        assert field["description_en"] == column.description_en
        assert field["description_zh"] == column.description_zh
        assert field.get("unit") == column.unit


def test_row_groups_are_fixed_and_bytes_do_not_depend_on_chunks(tmp_path):
    table = public_tables()["cohorts"]
    frame = table.frame([{"cohort_id": f"c{number:07}", "name_zh": "组", "is_provisional": False} for number in range(250_000)])
    chunked = pl.concat([frame[:3], frame[3:100_001], frame[100_001:]], rechunk=False)
    write_parquet(frame, tmp_path / "a.parquet", table)
    write_parquet(chunked, tmp_path / "b.parquet", table)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    meta = pq.read_metadata(tmp_path / "a.parquet")
    assert [meta.row_group(number).num_rows for number in range(meta.num_row_groups)] == [100_000, 100_000, 50_000]


def test_sqlite_explains_itself(release):
    connection = sqlite3.connect(f"file:{release}/landscape.db?mode=ro&immutable=1", uri=True)
    (ddl,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'funding_rounds'").fetchone()
    assert "-- " + public_tables()["funding_rounds"].columns[2].description_en in ddl
    assert 'FOREIGN KEY ("claim_id") REFERENCES "claims"' in ddl
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    (count,) = connection.execute("SELECT count(*) FROM dictionary").fetchone()
    assert count == sum(len(table.columns) for table in public_tables().values())
    connection.close()


def test_differing_cells_reports_a_missing_row():
    left, right = pl.DataFrame({"k": ["a", "b"]}), pl.DataFrame({"k": ["a"]})
    assert [problem.message for problem in differing_cells("f", "t", left, right, ["k"])] == ["has 1 rows, parquet has 2"]

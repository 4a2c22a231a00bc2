"""The database of the state folder: complete, built beside the old one, left alone when nothing differs, never locked for readers."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.orchestration.build import build
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Silence
from pipeline.orchestration.unchanged import forget
from pipeline.tables import TABLES


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Places:
    root = tmp_path_factory.mktemp("warehouse")
    shutil.copytree(Path(__file__).parent.parent / "articles", root / "seeds")
    places = Places(root / "seeds", root / "datasets", root / "state", workers=1)
    build(places, Silence())
    return places


def test_it_holds_every_table_also_those_no_release_has_and_the_reports(built: Places) -> None:
    with duckdb.connect(str(built.warehouse), read_only=True) as con:
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        articles = con.execute("SELECT count(*) FROM document_texts").fetchone()
        (run,) = con.execute("SELECT outcome, version, articles, json_array_length(stages::json) FROM runs").fetchall()
    assert {
        "sentences",
        "document_texts",
        "quarantine",
        "runs",
        "claims",
        *(t for t in TABLES if TABLES[t].public and t != "changes"),
    } <= tables
    assert articles == (4,)
    assert run[:3] == ("published", "0.1.0", 4)
    assert run[3] >= 6


def test_a_run_without_a_difference_leaves_it_alone(built: Places) -> None:
    before = built.warehouse.stat().st_ino
    forget(built)
    build(built, Silence())
    assert built.warehouse.stat().st_ino == before


def test_who_reads_it_goes_on_reading_while_it_is_built_anew(built: Places) -> None:
    with duckdb.connect(str(built.warehouse), read_only=True) as reader:
        before = reader.execute("SELECT count(*) FROM documents").fetchone()
        (built.seeds / "page_hans.md").unlink()
        build(built, Silence())
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == before
    duckdb.connect(str(built.warehouse), read_only=True).close()
    # DuckDB keeps one database a path in a process; another process sees the new file at once.
    with duckdb.connect(":memory:") as con:
        con.execute(f"ATTACH '{built.warehouse}' AS now (READ_ONLY)")
        assert con.execute("SELECT count(*) FROM now.documents").fetchone() == (3,)
        assert con.execute("SELECT count(*) FROM now.runs").fetchone() == (3,)

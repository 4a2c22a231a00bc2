"""The examples and the pages made of them: every answer comes from a release and none can go stale."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.client import release_folder
from pipeline.errors import LandscapeError
from pipeline.warehouse import bench, cookbook, load, scripts
from pipeline.warehouse.query import run_query

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = scripts.examples()
NAMES = [example.name for example in EXAMPLES]


def test_there_are_at_least_twenty_examples_numbered_in_order() -> None:
    assert len(EXAMPLES) >= 20
    assert [int(name[:2]) for name in NAMES] == list(range(1, len(NAMES) + 1))


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_an_example_gives_the_same_answer_however_many_threads_work_on_it(example: scripts.Script, database: Path) -> None:
    found = []
    for threads in (1, 4):
        with duckdb.connect(str(database), read_only=True, config={"threads": threads}) as con:
            found.append(cookbook.ask(con, example))
    assert found[0] == found[1]


@pytest.mark.parametrize("example", EXAMPLES[::6], ids=NAMES[::6])
def test_an_example_runs_in_the_sandbox(example: scripts.Script, database: Path) -> None:
    assert run_query(database, example.sql)


def test_the_page_is_the_same_every_time_and_holds_every_question(small_database: Path) -> None:
    page = cookbook.answers(small_database)
    assert page == cookbook.answers(small_database)
    assert all(example.question_en in page for example in EXAMPLES)
    chinese = cookbook.answers(small_database, "zh")
    assert all(example.question_zh in chinese for example in EXAMPLES)


def test_markup_in_a_cell_stays_text(small_tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    documents = small_tables["documents"].with_columns(pl.lit("<b>a|b</b> *c* [d](e)").alias("publisher"))
    load.build(tmp_path / "landscape.duckdb", small_tables | {"documents": documents})
    page = cookbook.answers(tmp_path)
    assert "&lt;b>a\\|b&lt;/b> \\*c\\* \\[d\\](e)" in page


def test_a_broken_example_is_named(database: Path) -> None:
    broken = scripts.Script("example", "99_broken", "What?", "什么？", "SELECT nothing FROM nowhere", {})
    with (
        duckdb.connect(str(database), read_only=True) as con,
        pytest.raises(LandscapeError, match=r"sql/examples/99_broken\.sql: Catalog Error"),
    ):
        cookbook.ask(con, broken)


def test_the_cookbook_is_what_the_committed_release_answers() -> None:
    """Run `python -m pipeline.warehouse.cookbook` after committing a release."""
    if not (REPOSITORY / "datasets" / "latest.json").is_file():
        pytest.skip("no release is committed")
    release = release_folder(datasets=REPOSITORY / "datasets")
    for language, name in cookbook.PAGES.items():
        assert (REPOSITORY / "docs" / name).read_text("utf-8") == cookbook.answers(release, language), f"docs/{name} is stale"


def test_the_benchmark_measures_every_example(database: Path) -> None:
    timings = bench.measure(database, runs=1)
    assert [timing.name for timing in timings] == NAMES
    assert all(timing.seconds > 0 for timing in timings)

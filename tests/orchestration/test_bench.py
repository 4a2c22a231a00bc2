"""The benchmark of the pipeline: invented articles that differ, and a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.documents import read_documents
from pipeline.orchestration import bench
from pipeline.orchestration.bench_articles import article, write


def test_articles_are_the_same_for_the_same_number_and_no_two_count_as_copies(tmp_path: Path) -> None:
    assert article(3) == article(3)
    assert article(3) != article(4)
    write(tmp_path, range(60))
    documents, rejected = read_documents(tmp_path)
    assert rejected == []
    assert [document.doc_id for document in documents if document.duplicate_of] == []
    assert all(document.published_start for document in documents)


def test_the_table_has_a_line_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    report = {"seconds": 4.0, "peak_mb": 300.0, "stages": [{"stage": "extraction", "seconds": 3.0}, {"stage": "release", "seconds": 1.0}]}
    monkeypatch.setattr(bench, "_built", lambda places: report)
    head, line = bench.run("pipeline", corpus=None, peers=None, sizes=[5], workers=1)
    assert "share of each stage" in head
    assert line.split()[0] == "5"
    assert "extraction 75%" in line

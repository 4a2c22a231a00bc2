"""The benchmark prints its table, scores marks by the schema's conventions, and says what it skipped."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.text.bench import run, scores

TEXT = "今年4月融资約18亿元，春节期间上线了三款模型，训练用了萬卡級別的集群。"


def mark(text: str, **fields: object) -> dict[str, object]:
    start = TEXT.index(text)
    return {"file": "a.txt", "start": start, "end": start + len(text), "text": text, **fields}


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    quantities = [
        mark("18亿元", kind="money", low=1.8e9, high=1.8e9),
        mark("三款", kind="count", low=3, high=3),
        mark("萬卡", kind="count", low=10000, high=10000),
    ]
    times = [
        mark("今年4月", begin="2025-04-01", finish="2025-04-30", vague=False, alt=[]),
        mark("春节", begin="2025-01-28", finish="2025-02-05", vague=True, alt=[]),
    ]
    path = tmp_path / "marks.json"
    path.write_text(json.dumps({"reference_dates": {"a.txt": "2025-05-15"}, "quantities": quantities, "times": times}), encoding="utf-8")
    return path


def test_conventions_of_the_schema_are_tolerated_by_name(marks: Path) -> None:
    found = dict(scores(marks, {"a.txt": TEXT}))
    assert found["quantities"].recall == found["quantities"].precision == 1.0
    assert found["times"].recall == found["times"].precision == 1.0
    assert [line.split("tolerated ")[1] for line in found["quantities"].lines] == ["萬卡級別: a level is a magnitude"]
    assert [line.split("tolerated ")[1] for line in found["times"].lines] == ["春节: vague, inside the marked days"]


def test_a_wrong_value_is_a_miss(marks: Path) -> None:
    content = json.loads(marks.read_text(encoding="utf-8"))
    content["quantities"][1]["low"] = content["quantities"][1]["high"] = 4
    content["times"][0]["finish"] = date(2025, 4, 29).isoformat()
    marks.write_text(json.dumps(content), encoding="utf-8")
    found = dict(scores(marks, {"a.txt": TEXT}))
    assert found["quantities"].right == 2
    assert found["times"].right == 1


def test_marks_of_a_text_that_is_missing_are_named(marks: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.txt"):
        scores(marks, {})


def test_the_benchmark_runs_without_a_corpus_and_says_what_it_skipped() -> None:
    shown = run(None, sizes=(1,), strings=50, lengths=(100, 200))
    assert "MB/s" in shown
    assert "50 strings: exceptions none; broken spans 0" in shown
    assert "skipped: no Python with the other tools was named" in shown


def test_a_python_without_the_other_tools_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match="jionlp"):
        run(tmp_path, peers=Path(sys.executable), sizes=(), strings=1, lengths=(100, 200))


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.txt"):
        run(tmp_path, sizes=(), strings=1, lengths=(100, 200))

"""What people write into sources.toml, and what they get wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.documents.sources import Source, read_sources


def sources(folder: Path, content: str) -> tuple[dict[str, Source], list[str]]:
    (folder / "sources.toml").write_text(content, encoding="utf-8")
    return read_sources(folder)


def test_no_file_is_fine(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ({}, [])


def test_every_key_may_be_left_out(tmp_path: Path) -> None:
    found, problems = sources(tmp_path, '["甲.txt"]\n["b.txt"]\ntitle = "题"\npublished = 2025-03-18\nauthor = ""\n')
    assert found == {"甲.txt": Source(), "b.txt": Source(title="题", published=date(2025, 3, 18))}
    assert problems == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('["a.txt"\ntitle = 1', ["not valid TOML", "line 1"]),
        ('["a.txt"]\npublishd = 2025-03-18', ["a.txt", "publishd", "known key"]),
        ('["a.txt"]\npublished = "last week"', ["a.txt", "published", "not a date"]),
        ('["a.txt"]\ntitle = 7', ["a.txt", "title", "not a text"]),
        ('title = "x"', ["title", "not a table"]),
        ('[a.txt]\ntitle = "x"', ['["a.txt"]']),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, content: str, words: list[str]) -> None:
    _, problems = sources(tmp_path, content)
    assert len(problems) == 1
    assert problems[0].startswith("sources.toml: ")
    assert "\n" not in problems[0]
    assert all(word in problems[0] for word in words)


def test_what_is_right_beside_something_wrong_is_used(tmp_path: Path) -> None:
    found, problems = sources(tmp_path, '["a.txt"]\ntitle = "题"\ncolour = "red"\n["b.txt"]\npublished = "2025-03-18"\n')
    assert found == {"a.txt": Source(title="题"), "b.txt": Source(published=date(2025, 3, 18))}
    assert len(problems) == 1

"""A small seeds folder of invented articles and a workplace around it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.orchestration.places import Places
from pipeline.orchestration.resources import Workplace

ARTICLES = Path(__file__).parent.parent / "articles"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name in ("plain_hant.txt", "page_hans.md"):
        shutil.copy(ARTICLES / name, folder / name)
    return folder


@pytest.fixture
def places(tmp_path: Path, seeds: Path) -> Places:
    return Places(seeds=seeds, datasets=tmp_path / "datasets", state=tmp_path / "state", workers=1)


@pytest.fixture
def workplace(places: Places) -> Workplace:
    return Workplace.of(places)

"""The invented articles of tests/articles, and how the tests of this stage look at a document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.documents.document import Document
from pipeline.documents.reading import document_of

ARTICLES = Path(__file__).resolve().parent.parent / "articles"


@pytest.fixture
def articles() -> Path:
    return ARTICLES


@pytest.fixture
def read() -> Callable[[str], Document]:
    """Read an invented article by its file name."""
    return lambda name: document_of((ARTICLES / name).read_bytes(), Path(name).stem)


@pytest.fixture
def body_of() -> Callable[[Document], str]:
    """The body of a document, its spans joined by a bar so that a gap can be seen."""
    return lambda document: "|".join(document.text[start:end] for start, end in document.body)

"""Rules of `launches`."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.facts.patterns import Fact
from pipeline.facts.view import SentenceView


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `launches` in a sentence."""
    yield from ()

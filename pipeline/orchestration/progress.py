"""What a run tells whoever watches: one line a stage, with seconds and rows. A live display on a terminal, plain or JSON lines elsewhere."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Style = Literal["live", "plain", "json", "silent"]


class Watcher(Protocol):
    """Is told when a stage begins and ends."""

    def began(self, stage: str) -> None: ...

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None: ...


@dataclass(slots=True)
class Stage:
    """A stage under way; the stage sets `rows` when it knows them, and a `note` on anything worth knowing."""

    name: str
    rows: int = 0
    note: str = ""


def _told(stage: str, seconds: float, rows: int, note: str) -> str:
    return f"{stage:<12} {seconds:6.2f} s  {rows:>9,} rows{'  ' + note if note else ''}"


@dataclass(slots=True)
class Lines:
    """One line a stage on standard error: plain text or JSON."""

    as_json: bool = False

    def began(self, stage: str) -> None: ...

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None:
        line: dict[str, Any] = {"stage": stage, "seconds": round(seconds, 3), "rows": rows} | ({"note": note} if note else {})
        print(json.dumps(line) if self.as_json else _told(stage, seconds, rows, note), file=sys.stderr, flush=True)


@dataclass(slots=True)
class Live:
    """A spinner with the stage under way above the lines of those done, on a terminal."""

    _status: Any = field(default=None)
    _console: Any = field(default=None)

    def began(self, stage: str) -> None:
        from rich.console import Console

        self._console = self._console or Console(stderr=True)
        self._status = self._console.status(f"{stage} …")
        self._status.start()

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None:
        self._status.stop()
        self._console.print(f"[green]✓[/green] {_told(stage, seconds, rows, note)}", highlight=False)


class Silence:
    """Says nothing."""

    def began(self, stage: str) -> None: ...

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None: ...


WATCHER: ContextVar[Watcher] = ContextVar("watcher", default=Silence())  # noqa: B039 - it has no state


def watcher(style: Style) -> Watcher:
    """The watcher of a style."""
    if style == "live":
        return Live()
    return Silence() if style == "silent" else Lines(as_json=style == "json")


@contextmanager
def stage(name: str) -> Iterator[Stage]:
    """Announce a stage for as long as the block runs. A stage that fails is announced as ended, too: a display must not spin on."""
    under_way, watching = Stage(name), WATCHER.get()
    watching.began(name)
    start = time.perf_counter()
    try:
        yield under_way
    finally:
        watching.ended(name, time.perf_counter() - start, under_way.rows, under_way.note)

"""What a run tells whoever watches: one line a stage, with seconds and rows. A live display on a terminal, plain or JSON lines elsewhere."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Style = Literal["live", "plain", "json", "silent"]


class Watcher(Protocol):
    """Is told when a stage begins and ends, what there is to say beside, and facts about the run for its report."""

    def began(self, stage: str) -> None: ...

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None: ...

    def said(self, line: str) -> None: ...

    def learned(self, **facts: Any) -> None: ...


@dataclass(slots=True)
class Stage:
    """A stage under way; the stage sets `rows` when it knows them, and a `note` on anything worth knowing."""

    name: str
    rows: int = 0
    note: str = ""


def told(stage: str, seconds: float, rows: int, note: str) -> str:
    """A stage in one line."""
    return f"{stage:<12} {seconds:6.2f} s  {rows:>9,} rows{'  ' + note if note else ''}"


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@dataclass(slots=True)
class Lines:
    """One line a stage, on standard error unless told otherwise: plain text or JSON."""

    as_json: bool = False
    write: Callable[[str], object] = _to_stderr

    def began(self, stage: str) -> None: ...

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None:
        line: dict[str, Any] = {"stage": stage, "seconds": round(seconds, 3), "rows": rows} | ({"note": note} if note else {})
        self.write(json.dumps(line, ensure_ascii=False) if self.as_json else told(stage, seconds, rows, note))

    def said(self, line: str) -> None:
        self.write(json.dumps({"message": line}, ensure_ascii=False) if self.as_json else line)

    def learned(self, **facts: Any) -> None: ...


@dataclass(slots=True)
class Live:
    """A spinner with the stage under way above the lines of those done, on a terminal."""

    _status: Any = field(default=None)
    _console: Any = field(default=None)

    def _screen(self) -> Any:
        from rich.console import Console

        self._console = self._console or Console(stderr=True)
        return self._console

    def began(self, stage: str) -> None:
        self._status = self._screen().status(f"{stage} …")
        self._status.start()

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None:
        self._status.stop()
        self._screen().print(f"[green]✓[/green] {told(stage, seconds, rows, note)}", highlight=False)

    def said(self, line: str) -> None:
        self._screen().print(line, highlight=False, markup=False)

    def learned(self, **facts: Any) -> None: ...


class Silence:
    """Says nothing."""

    def began(self, stage: str) -> None: ...

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None: ...

    def said(self, line: str) -> None: ...

    def learned(self, **facts: Any) -> None: ...


WATCHER: ContextVar[Watcher] = ContextVar("watcher", default=Silence())  # noqa: B039 - it has no state


def watcher(style: Style) -> Watcher:
    """The watcher of a style."""
    if style == "live":
        return Live()
    return Silence() if style == "silent" else Lines(as_json=style == "json")


def learned(**facts: Any) -> None:
    """Tell the watcher of this run facts for its report."""
    WATCHER.get().learned(**facts)


@contextmanager
def stage(name: str) -> Iterator[Stage]:
    """Announce a stage for as long as the block runs. A stage that fails is announced as ended, too: a display must not spin on."""
    under_way, watching = Stage(name), WATCHER.get()
    watching.began(name)
    start = time.perf_counter()
    try:
        yield under_way
    except Exception:
        under_way.note = "failed"
        raise
    finally:
        watching.ended(name, time.perf_counter() - start, under_way.rows, under_way.note)

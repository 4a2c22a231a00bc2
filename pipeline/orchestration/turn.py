"""One run at a time: whoever wants to build takes its turn, the others wait. A turn ends with a report, and somebody is told when it ended badly.

Every way to run goes through here: `landscape build`, and each run of Dagster through the resource `Turn`. The lock is of the operating system, so a
killed run frees it; that it was killed is found by the next one, from the note it left.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.errors import LandscapeError
from pipeline.orchestration import hook
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import WATCHER, Watcher
from pipeline.orchestration.reports import Journal, append
from pipeline.orchestration.unchanged import inputs_of

WAIT_SECONDS = 600.0
LOCK = "run.lock"
NOTE = "running.json"
_CURRENT: ContextVar[tuple[Path, Journal] | None] = ContextVar("turn", default=None)


@contextmanager
def turn(places: Places, watching: Watcher, *, trigger: str, wait_seconds: float = WAIT_SECONDS) -> Iterator[Journal]:
    """Hold the state folder for one run. Inside a turn of the same folder, a further one is part of it.

    Raises LandscapeError when another run holds it for longer than `wait_seconds` or the folder cannot be written.
    """
    state = places.state.resolve()
    current = _CURRENT.get()
    if current is not None and current[0] == state:
        yield current[1]
        return
    hook.checked(places.on_failure)
    lock = _acquired(places.state, watching, wait_seconds)
    try:
        _report_killed(places, watching)
        journal = Journal(watching, trigger)
        _write_note(places.state, journal)
        outer = WATCHER.get()
        _CURRENT.set((state, journal))
        WATCHER.set(journal)
        try:
            journal.inputs = _inputs(places)
            yield journal
        except BaseException as error:
            journal.learned(outcome="failed", error=_line(error))
            raise
        finally:
            _CURRENT.set(current)
            WATCHER.set(outer)
            _close(places, journal)
    except OSError as error:
        raise _unusable(places.state, error) from error
    finally:
        lock.release()


def is_taken(state: Path) -> bool:
    """Whether a run is under way, or one was killed and nobody looked yet."""
    return (state / NOTE).exists()


def _inputs(places: Places) -> dict[str, str]:
    """What the run is made of; nothing if that cannot be listed: the stage that needs it says so better."""
    try:
        return inputs_of(places)
    except OSError:
        return {}


def _acquired(state: Path, watching: Watcher, wait_seconds: float) -> FileLock:
    lock = FileLock(state / LOCK)
    try:
        state.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            watching.said(f"{state}: {_holder(state)} is at work there; waiting up to {wait_seconds:g} s")
            lock.acquire(timeout=wait_seconds, poll_interval=0.1)
    except Timeout as error:
        raise LandscapeError(
            f"{state}: {_holder(state)} is at work there and did not finish within {wait_seconds:g} s; run again later or give --state another folder"
        ) from error
    except OSError as error:
        raise _unusable(state, error) from error
    return lock


def _unusable(state: Path, error: OSError) -> LandscapeError:
    place = error.filename or state
    return LandscapeError(f"{place}: {error.strerror or error}; free space or give --state a folder that can be written, and run again")


def _holder(state: Path) -> str:
    note = _read_note(state)
    return f"another run (process {note['pid']}, since {note['started']})" if note else "another run"


def _read_note(state: Path) -> dict[str, Any] | None:
    try:
        note = json.loads((state / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) and {"pid", "started", "run_id", "trigger"} <= note.keys() else None


def _write_note(state: Path, journal: Journal) -> None:
    note = {"run_id": journal.run_id, "pid": os.getpid(), "started": f"{journal.started:%Y-%m-%d %H:%M:%S} UTC", "trigger": journal.trigger}
    (state / NOTE).write_text(json.dumps(note), "utf-8")


def _report_killed(places: Places, watching: Watcher) -> None:
    """What a killed run could not report itself."""
    if not (places.state / NOTE).exists():
        return
    note = _read_note(places.state) or {"run_id": "unknown", "trigger": "unknown", "started": "an unknown time"}
    error = f"the run begun at {note['started']} was killed; nothing it published is incomplete, this run does its work"
    watching.said(error)
    report = {"run_id": note["run_id"], "trigger": note["trigger"], "outcome": "killed", "error": error}
    report["started"] = datetime.now(UTC).isoformat()
    append(places.reports, report)
    _tell(places, report, watching)


def _close(places: Places, journal: Journal) -> None:
    """The report on the disk and, if it is bad news, told. A disk that refuses must not hide what the run has to say."""
    report = journal.report()
    try:
        append(places.reports, report)
        (places.state / NOTE).unlink(missing_ok=True)
    except OSError as error:
        journal.said(f"{error.filename or places.reports}: the report of this run could not be written ({error.strerror})")
    if report["outcome"] == "failed" or report.get("quarantined"):
        _tell(places, report, journal)


def _tell(places: Places, report: dict[str, Any], watching: Watcher) -> None:
    if places.on_failure and (problem := hook.tell(places.on_failure, report)):
        watching.said(problem)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__

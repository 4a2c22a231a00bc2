"""One run in this process: what `landscape build` does. The work is the job that the schedule runs, too; a run that would find nothing new is not begun.

Dagster is imported only when there is work: a look that finds nothing new takes a moment.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Watcher
from pipeline.orchestration.reports import Journal, append
from pipeline.orchestration.turn import WAIT_SECONDS, is_taken, turn
from pipeline.orchestration.unchanged import LastRun, recall

NOTHING = "no input changed since the last run"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the version it published or found unchanged, a line on what changed, and what is in quarantine.

    `rejected`: the reason of each article that could not be used; `rejected_rows`: how many rows broke a contract.
    """

    version: str
    is_new: bool
    summary: str
    folder: Path
    rejected: tuple[str, ...]
    rejected_rows: int


def build(places: Places, watching: Watcher, *, wait_seconds: float = WAIT_SECONDS) -> Outcome:
    """Run every asset, unless nothing changed. Raises LandscapeError if the run cannot end well or another run is at work for longer than `wait_seconds`."""
    if not is_taken(places.state) and (last := recall(places)):
        journal = Journal(watching, "command line")
        _note(journal, last)
        append(places.reports, journal.report())
        return _as_before(places, last)
    with turn(places, watching, trigger="command line", wait_seconds=wait_seconds) as journal:
        if last := recall(places):  # a run we waited for did what we wanted to
            _note(journal, last)
            return _as_before(places, last)
        if places.is_fresh:
            shutil.rmtree(places.cache, ignore_errors=True)
        from pipeline.orchestration.job import run_job

        return run_job(places, journal)


def _note(journal: Journal, last: LastRun) -> None:
    journal.learned(outcome="nothing new", version=last.version, changes=NOTHING)


def _as_before(places: Places, last: LastRun) -> Outcome:
    return Outcome(last.version, False, NOTHING, places.datasets / f"v{last.version}", tuple(last.rejected), last.rejected_rows)

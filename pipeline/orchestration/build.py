"""One run of the job in this process: what `landscape build` does, and the same job that the schedule runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import polars as pl
from filelock import FileLock, Timeout

from pipeline.errors import LandscapeError
from pipeline.orchestration.definitions import definitions
from pipeline.orchestration.progress import WATCHER, Watcher
from pipeline.orchestration.resources import Workplace

WAIT_SECONDS = 60
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: the version it published or found unchanged, a line on what changed, and what it left in quarantine."""

    version: str
    is_new: bool
    summary: str
    folder: Path
    quarantine: pl.DataFrame


def build(workplace: Workplace, watching: Watcher, *, wait_seconds: float = WAIT_SECONDS) -> Outcome:
    """Run every asset. Raises LandscapeError if the run cannot end well or another run holds the state folder for longer than `wait_seconds`."""
    try:
        workplace.state_path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workplace.state_path / "run.lock")
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise LandscapeError(f"{workplace.state_path}: another run is at work there; wait for it or give --state another folder") from error
    except OSError as error:
        raise LandscapeError(
            f"{workplace.state_path}: cannot keep state there ({error.strerror}); give --state a folder that can be written"
        ) from error
    with lock:
        token = WATCHER.set(watching)
        try:
            return _run(workplace)
        finally:
            WATCHER.reset(token)


def _run(workplace: Workplace) -> Outcome:
    job = definitions(workplace).resolve_job_def("landscape")
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, run_config=_QUIET)
        if failed := [e for e in result.get_asset_check_evaluations() if not e.passed]:
            raise LandscapeError(f"{'/'.join(failed[0].asset_key.path)}: rows break the contract after quarantine; see the log of the run")
        made = next(m for m in result.asset_materializations_for_node("release__release"))
    facts = {name: value.value for name, value in made.metadata.items()}
    quarantine = pl.read_parquet(workplace.frames_path / "tables" / "quarantine.parquet")
    return Outcome(str(facts["version"]), bool(facts["published"]), str(facts["changes"]), Path(str(facts["path"])), quarantine)

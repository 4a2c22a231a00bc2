"""The job of Dagster run in this process, its records thrown away afterwards, its errors as a user can read them."""

from __future__ import annotations

import dagster as dg

from pipeline.errors import LandscapeError
from pipeline.orchestration.build import Outcome
from pipeline.orchestration.definitions import definitions
from pipeline.orchestration.places import Places
from pipeline.orchestration.reports import Journal
from pipeline.orchestration.resources import Workplace

_OF_THE_DISK = ("No space left on device", "File too large", "Read-only file system", "Permission denied", "Input/output error")
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_job(places: Places, journal: Journal) -> Outcome:
    """Every asset and check, inside a turn that the caller holds. Raises LandscapeError for what a user can mend, whatever Dagster made of it."""
    job = definitions(Workplace.of(places)).resolve_job_def("landscape")
    with dg.DagsterInstance.ephemeral() as instance:
        try:
            result = job.execute_in_process(instance=instance, run_config=_QUIET)
        except Exception as error:
            raise _readable(error, places) from error
        failed = [e for e in result.get_asset_check_evaluations() if not e.passed and e.severity == dg.AssetCheckSeverity.ERROR]
    if failed:
        raise LandscapeError(f"{'/'.join(failed[0].asset_key.path)}: rows break the contract after quarantine; see the log of the run")
    facts = journal.facts
    return Outcome(
        facts["version"],
        facts["outcome"] == "published",
        facts["changes"],
        places.datasets / f"v{facts['version']}",
        tuple(facts["rejected"]),
        facts["rejected_rows"],
    )


def _readable(error: BaseException, places: Places) -> BaseException:
    """What a user can act on, below the wrappings of Dagster; the error itself if there is nothing of the kind."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, (LandscapeError, OSError)):
            return below
        # Polars and DuckDB have errors of their own for what the disk says.
        if said := next((words for words in _OF_THE_DISK if words in str(below)), None):
            return LandscapeError(
                f"{places.state}: {said}; free space or give --state another folder, and run again; nothing was published"
            )
        below = getattr(below, "user_exception", None) or below.__cause__
    return error

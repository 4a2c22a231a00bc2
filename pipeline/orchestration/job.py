"""The job of Dagster run in this process, its records thrown away afterwards, its errors as a user can read them."""

from __future__ import annotations

import dagster as dg

from pipeline.errors import LandscapeError
from pipeline.orchestration.build import Outcome
from pipeline.orchestration.definitions import definitions
from pipeline.orchestration.places import Places
from pipeline.orchestration.reports import Journal
from pipeline.orchestration.resources import Workplace

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def run_job(places: Places, journal: Journal) -> Outcome:
    """Every asset and check, inside a turn that the caller holds. Raises LandscapeError for what a user can mend, whatever Dagster made of it."""
    job = definitions(Workplace.of(places)).resolve_job_def("landscape")
    with dg.DagsterInstance.ephemeral() as instance:
        try:
            result = job.execute_in_process(instance=instance, run_config=_QUIET)
        except dg.DagsterError as error:
            raise _cause(error) from error
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


def _cause(error: BaseException) -> BaseException:
    """The error below those of Dagster that a user can act on; the error itself if there is none."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, (LandscapeError, OSError)):
            return below
        below = getattr(below, "user_exception", None) or below.__cause__
    return error

"""What `dagster dev` loads: assets, job, schedule and sensor of a workplace described by environment variables (all with defaults)."""

from __future__ import annotations

import os

import dagster as dg

from pipeline.orchestration.assets import ASSETS
from pipeline.orchestration.resources import FrameFiles, JsonFiles, Workplace
from pipeline.orchestration.triggers import JOB, every_day, seeds_changed

ENVIRONMENT = {
    "seeds": "LANDSCAPE_SEEDS",
    "datasets": "LANDSCAPE_DATASETS",
    "state": "LANDSCAPE_STATE",
    "corrections": "LANDSCAPE_CORRECTIONS",
}


def workplace_of_environment() -> Workplace:
    """The workplace that LANDSCAPE_SEEDS, LANDSCAPE_DATASETS, LANDSCAPE_STATE and LANDSCAPE_CORRECTIONS describe."""
    return Workplace.model_validate({name: os.environ[variable] for name, variable in ENVIRONMENT.items() if variable in os.environ})


def definitions(workplace: Workplace) -> dg.Definitions:
    """The whole code location for one workplace."""
    resources = {
        "workplace": workplace,
        "frames": FrameFiles(folder=str(workplace.frames_path)),
        "json": JsonFiles(folder=str(workplace.frames_path)),
    }
    return dg.Definitions(
        assets=list(ASSETS),
        jobs=[JOB],
        schedules=[every_day],
        sensors=[seeds_changed],
        resources=resources,
        executor=dg.in_process_executor,
    )


defs = definitions(workplace_of_environment())

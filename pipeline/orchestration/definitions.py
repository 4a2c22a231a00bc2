"""What `dagster dev` loads: assets, checks, job, schedule and sensor of a workplace described by environment variables (all with defaults)."""

from __future__ import annotations

import os

import dagster as dg

from pipeline.orchestration.assets import ASSETS
from pipeline.orchestration.checks import warnings
from pipeline.orchestration.places import ENVIRONMENT
from pipeline.orchestration.resources import FrameFiles, JsonFiles, Turn, Workplace
from pipeline.orchestration.triggers import JOB, every_day, seeds_changed


def workplace_of_environment() -> Workplace:
    """The workplace that the variables of ENVIRONMENT describe."""
    return Workplace.model_validate({name: os.environ[variable] for name, variable in ENVIRONMENT.items() if os.environ.get(variable)})


def definitions(workplace: Workplace) -> dg.Definitions:
    """The whole code location for one workplace."""
    frames = str(workplace.places.frames)
    resources = {
        "workplace": workplace,
        "turn": Turn(workplace=workplace),
        "frames": FrameFiles(folder=frames),
        "json": JsonFiles(folder=frames),
    }
    return dg.Definitions(
        assets=list(ASSETS),
        asset_checks=[warnings],
        jobs=[JOB],
        schedules=[every_day],
        sensors=[seeds_changed],
        resources=resources,
        executor=dg.in_process_executor,
    )


defs = definitions(workplace_of_environment())

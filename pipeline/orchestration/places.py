"""Where a run reads and writes: the folders and options of one build, as a plain value. What Dagster makes of it stands in `resources`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "seeds": "LANDSCAPE_SEEDS",
    "datasets": "LANDSCAPE_DATASETS",
    "state": "LANDSCAPE_STATE",
    "corrections": "LANDSCAPE_CORRECTIONS",
    "gold": "LANDSCAPE_GOLD",
    "workers": "LANDSCAPE_WORKERS",
    "on_failure": "LANDSCAPE_ON_FAILURE",
    "sign_key": "LANDSCAPE_SIGN_KEY",
}


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a build.

    `state` holds what may be thrown away: frames of the last run, cached extractions, the warehouse, reports, Dagster's own records. `gold` is a folder of
    gold facts (JSON lines) to score against, `version` may raise the version that the diff decides, `workers` is a number of processes (0: one a core),
    `is_fresh` reads every article anew, `on_failure` is a command or a loopback URL that is told of failures (see `hook`),
    `sign_key` a minisign secret key that signs what is published; its password, if it has one, is in LANDSCAPE_SIGN_PASSWORD.
    """

    seeds: Path = Path("seeds")
    datasets: Path = Path("datasets")
    state: Path = Path(".landscape")
    corrections: Path | None = None
    gold: Path | None = None
    version: str | None = None
    workers: int = 0
    is_fresh: bool = False
    on_failure: str | None = None
    sign_key: Path | None = None

    @property
    def frames(self) -> Path:
        return self.state / "frames"

    @property
    def cache(self) -> Path:
        return self.state / "cache"

    @property
    def warehouse(self) -> Path:
        return self.state / "landscape.duckdb"

    @property
    def reports(self) -> Path:
        return self.state / "runs.jsonl"

    @property
    def processes(self) -> int:
        """How many processes may read articles at once."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return self.workers or cores

"""When a run starts: the job, a daily schedule, and a sensor that sees new, changed, renamed and removed files in the seeds folder."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import dagster as dg

from pipeline.orchestration.resources import Workplace

SETTLED_SECONDS = 2.0  # a file touched more recently than this may still be being written
JOB = dg.define_asset_job(
    "landscape", selection=dg.AssetSelection.all(), description="From the seeds folder to a release, if anything differs."
)


def snapshot(seeds: Path, now: float) -> tuple[str, list[str]]:
    """A digest of names, sizes and times of the files in `seeds`, and the files that are still being written at `now` (seconds since the epoch)."""
    listed, writing = [], []
    for file in sorted(seeds.iterdir()) if seeds.is_dir() else []:
        try:
            seen = file.stat()
        except FileNotFoundError:  # removed while we look: the next tick sees the folder without it
            continue
        if not file.is_file() or file.name.startswith("."):
            continue
        if 0 <= now - seen.st_mtime < SETTLED_SECONDS:
            writing.append(file.name)
        listed.append((file.name, seen.st_size, seen.st_mtime_ns))
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest(), writing


@dg.sensor(job=JOB, minimum_interval_seconds=10, default_status=dg.DefaultSensorStatus.RUNNING)
def seeds_changed(context: dg.SensorEvaluationContext, workplace: Workplace) -> dg.SensorResult | dg.SkipReason:
    """One run for whatever changed since the last tick, however many files; a file still being written waits for the next tick."""
    digest, writing = snapshot(workplace.seeds_path, time.time())
    if writing:
        return dg.SkipReason(f"still being written: {', '.join(writing[:3])}{' …' if len(writing) > 3 else ''}")
    if digest == context.cursor:
        return dg.SkipReason("nothing changed")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"seeds-{digest}-{time.time_ns()}")], cursor=digest)


every_day = dg.ScheduleDefinition(
    name="every_day",
    job=JOB,
    cron_schedule="15 3 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)

"""When a run starts: the job, a daily schedule, and a sensor that sees new, changed, renamed and removed files in the seeds folder."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import dagster as dg

from pipeline.orchestration.places import Places
from pipeline.orchestration.resources import Workplace
from pipeline.orchestration.unchanged import recall

SETTLED_SECONDS = 2.0  # a file touched more recently than this may still be being written
JOB = dg.define_asset_job(
    "landscape", selection=dg.AssetSelection.all(), description="From the seeds folder to a release, if anything differs."
)


def snapshot(places: Places, now: float) -> tuple[str, list[str]]:
    """A digest of names, sizes and times of what a release is made of, and the files still being written at `now` (seconds since the epoch)."""
    listed: list[tuple[str, int, int]] = []
    writing: list[str] = []
    try:
        with os.scandir(places.seeds) as entries:
            files = sorted((e.name, e.path) for e in entries if not e.name.startswith("."))
    except OSError:
        files = []
    files += [(f"corrections {places.corrections}", str(places.corrections))] if places.corrections else []
    for name, path in files:
        try:
            seen = os.stat(path)  # noqa: PTH116 - a hundred thousand Path objects cost more than the looks
        except OSError:  # removed while we look: the next tick sees the folder without it
            continue
        if 0 <= now - seen.st_mtime < SETTLED_SECONDS:
            writing.append(Path(path).name)
        listed.append((name, seen.st_size, seen.st_mtime_ns))
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest(), writing


@dg.sensor(job=JOB, minimum_interval_seconds=10, default_status=dg.DefaultSensorStatus.RUNNING)
def seeds_changed(context: dg.SensorEvaluationContext, workplace: Workplace) -> dg.SensorResult | dg.SkipReason:
    """One run for whatever changed since the last tick, however many files; a file still being written waits for the next tick."""
    places = workplace.places
    digest, writing = snapshot(places, time.time())
    if writing:
        return dg.SkipReason(f"still being written: {', '.join(writing[:3])}{' …' if len(writing) > 3 else ''}")
    if digest == context.cursor:
        return dg.SkipReason("nothing changed")
    if last := recall(places):  # the files were touched, or somebody built them already
        return dg.SensorResult(skip_reason=f"nothing new: v{last.version} is made of the same input", cursor=digest)
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"seeds-{digest}-{time.time_ns()}")], cursor=digest)


@dg.schedule(job=JOB, cron_schedule="15 3 * * *", execution_timezone="Asia/Shanghai", default_status=dg.DefaultScheduleStatus.RUNNING)
def every_day(context: dg.ScheduleEvaluationContext, workplace: Workplace) -> dg.RunRequest | dg.SkipReason:
    """A run every night for what no file tells: new code, new names, a run that failed. If there is nothing of it, no run."""
    if last := recall(workplace.places):
        return dg.SkipReason(f"nothing new: v{last.version} is made of the same input")
    return dg.RunRequest()

"""The report of a run: what came in, what came out, what was left, how long each stage took, how it ended. One JSON line a run in `runs.jsonl`.

Who writes one and when is decided in `turn`; as a table of the warehouse they appear in `warehouse`, as pictures in `pictures`.
"""

from __future__ import annotations

import json
import os
import resource
import secrets
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.orchestration.progress import Watcher

KEPT = 10_000  # reports; older ones are dropped when the file is read for the warehouse
FIELDS = (
    "run_id", "started", "trigger", "outcome", "version", "changes", "error", "seconds", "peak_mb", "articles", "articles_read", "characters", "claims",
    "quarantined", "review_queue", "conflicts", "f1", "rows", "stages",
)  # fmt: skip


@dataclass(slots=True)
class Journal:
    """A watcher that passes everything on and remembers it for the report."""

    watching: Watcher
    trigger: str
    run_id: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}")
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    stages: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    _clock: float = field(default_factory=time.perf_counter)

    def began(self, stage: str) -> None:
        self.watching.began(stage)

    def ended(self, stage: str, seconds: float, rows: int, note: str) -> None:
        self.stages.append({"stage": stage, "seconds": round(seconds, 3), "rows": rows} | ({"note": note} if note else {}))
        self.watching.ended(stage, seconds, rows, note)

    def said(self, line: str) -> None:
        self.watching.said(line)

    def learned(self, **facts: Any) -> None:
        self.facts |= facts
        self.watching.learned(**facts)

    def report(self) -> dict[str, Any]:
        """The report as it stands: every one of FIELDS that is known, `outcome` `incomplete` as long as nobody said otherwise."""
        known = {"run_id": self.run_id, "started": self.started.isoformat(), "trigger": self.trigger, "outcome": "incomplete"}
        measured = {"seconds": round(time.perf_counter() - self._clock, 3), "peak_mb": peak_megabytes(), "stages": self.stages}
        return known | {name: value for name, value in self.facts.items() if name in FIELDS} | measured


def peak_megabytes() -> float:
    """The largest resident set of this process so far plus that of its largest child, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return round(sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / unit, 1)


def append(file: Path, report: dict[str, Any]) -> None:
    """Add one line in one write, so that lines of two processes never mix."""
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, (json.dumps(report, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(handle)


def read(file: Path) -> list[dict[str, Any]]:
    """The reports, oldest first; a line that a crash cut short is passed over."""
    if not file.exists():
        return []
    found = []
    for line in file.read_text("utf-8", errors="replace").splitlines()[-KEPT:]:
        try:
            report = json.loads(line)
        except ValueError:
            continue
        if isinstance(report, dict):
            found.append(report)
    return found

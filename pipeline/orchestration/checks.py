"""Checks that warn: the scores, the coverage or the number of rows fell against the last release, the columns changed, nothing new came for long.

Contracts, which block, are checked where the tables are made (`assets`). Each check compares this run with the newest published release, so it stands
before the release in the graph; a warning never stops one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from pipeline.orchestration.resources import Workplace
from pipeline.releases.layout import PARQUET, QUALITY_FILE, releases_in
from pipeline.tables import FACT_TABLES, TABLES

SCORE_DROP = 0.02  # of F1 of a table, or of a share of coverage
ROW_DROP = 0.2  # of the rows of a table
SILENT_DAYS = 14  # without a newer article

FIGURES = dg.AssetKey(["quality", "figures"])
CLAIMS = dg.AssetKey(["tables", "claims"])
DOCUMENTS = dg.AssetKey(["tables", "documents"])


def _newest(datasets: Path) -> Path | None:
    found = releases_in(datasets)
    return next(reversed(found.values())) if found else None


def _last_figures(datasets: Path) -> Mapping[str, Any]:
    newest = _newest(datasets)
    file = newest / QUALITY_FILE if newest else None
    figures: Mapping[str, Any] = json.loads(file.read_text("utf-8")) if file and file.exists() else {}
    return figures


def _told(fallen: Iterable[tuple[str, Any, Any]]) -> dg.AssetCheckResult:
    """Passed if nothing fell; else a table of what, from where, to where."""
    rows = list(fallen)
    lines = ["| what | last release | now |", "|---|---|---|", *(f"| {what} | {was} | {now} |" for what, was, now in rows)]
    metadata = {"fallen": dg.MetadataValue.md("\n".join(lines))} if rows else {}
    return dg.AssetCheckResult(passed=not rows, severity=dg.AssetCheckSeverity.WARN, metadata=metadata)


def fallen_scores(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Tables whose F1 is lower than in the last release by more than SCORE_DROP, where both were scored."""
    old, new = before.get("scores", {}), now.get("scores", {})
    return [(t, old[t]["f1"], new[t]["f1"]) for t in new if t in old and old[t]["f1"] - new[t]["f1"] > SCORE_DROP]


def fallen_coverage(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Kinds of span of which a smaller share ends in a fact than in the last release, by more than SCORE_DROP."""
    old, new = before.get("coverage", {}), now.get("coverage", {})
    return [(k, old[k]["handled"], new[k]["handled"]) for k in new if k in old and old[k]["handled"] - new[k]["handled"] > SCORE_DROP]


def fallen_rows(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Tables with fewer rows than in the last release, by more than ROW_DROP."""
    old, new = before.get("rows", {}), now.get("rows", {})
    return [(t, old[t], new[t]) for t in new if old.get(t, 0) and new[t] < old[t] * (1 - ROW_DROP)]


@dg.asset_check(asset=FIGURES, blocking=True, description="No table scores clearly lower against gold than in the last release.")
def scores_hold(workplace: Workplace, figures: dg.AssetIn(input_manager_key="json")) -> dg.AssetCheckResult:  # type: ignore[valid-type]
    return _told(fallen_scores(_last_figures(workplace.datasets_path), figures))

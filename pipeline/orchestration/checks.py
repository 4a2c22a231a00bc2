"""Checks that warn: the scores, the coverage or the number of rows fell against the last release, the columns changed, nothing new came for long.

Contracts, which block, are checked where the tables are made (`assets`). Each check compares this run with the newest published release, so it stands
before the release in the graph (`blocking`); as it only warns, it never stops one. All belong to the figures: a check on a table that looks at the
figures would have to come before them and after them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from pipeline.orchestration.pictures import SHOWN, table
from pipeline.orchestration.reports import Journal
from pipeline.orchestration.resources import Workplace
from pipeline.orchestration.stages import CHECKED
from pipeline.releases.layout import PARQUET, QUALITY_FILE, releases_in
from pipeline.tables import TABLES

SCORE_DROP = 0.02  # of F1 of a table, or of a share of coverage
ROW_DROP = 0.2  # of the rows of a table
SPANS = 100  # of a kind below which its share says little
SILENT_DAYS = 14  # without a new file

FIGURES = dg.AssetKey(["quality", "figures"])
CLAIMS = dg.AssetKey(["tables", "claims"])
DOCUMENTS = dg.AssetKey(["tables", "documents"])
Row = tuple[object, ...]


def _spec(name: str, description: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(name, asset=FIGURES, additional_deps=[CLAIMS, DOCUMENTS], blocking=True, description=description)


SPECS = (
    _spec("scores_hold", f"No table scores lower against gold than in the last release by more than {SCORE_DROP}."),
    _spec(
        "coverage_holds",
        f"The share of spans of a kind that rules place is not lower than in the last release by more than {SCORE_DROP}.",
    ),
    _spec("rows_hold", f"No table lost more than {ROW_DROP:.0%} of its rows since the last release."),
    _spec("columns_hold", "Every table has the columns and types of the last release."),
    _spec("news_arrive", f"A new or changed article came within {SILENT_DAYS} days."),
)


def fallen_scores(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Row]:
    """(table, F1 before, F1 now) of the tables whose F1 is lower than in the last release by more than SCORE_DROP, where both were scored."""
    old, new = before.get("scores", {}), now.get("scores", {})
    return [(t, old[t]["f1"], new[t]["f1"]) for t in new if t in old and old[t]["f1"] - new[t]["f1"] > SCORE_DROP]


def fallen_coverage(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Row]:
    """(kind of span, share before, share now) where less ends in a fact, or more is left for review, than in the last release by more than SCORE_DROP."""
    old, new = before.get("coverage", {}), now.get("coverage", {})
    both = [kind for kind in new if kind in old and min(old[kind]["total"], new[kind]["total"]) >= SPANS]
    less = [(f"{k} in facts", old[k]["handled"], new[k]["handled"]) for k in both if old[k]["handled"] - new[k]["handled"] > SCORE_DROP]
    more = [(f"{k} left for review", old[k]["review"], new[k]["review"]) for k in both if new[k]["review"] - old[k]["review"] > SCORE_DROP]
    return [*less, *more]


def fallen_rows(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Row]:
    """(table, rows before, rows now) of the tables that lost more than ROW_DROP of their rows."""
    old, new = before.get("rows", {}), now.get("rows", {})
    return [(t, old[t], new[t]) for t in new if old.get(t, 0) and new[t] < old[t] * (1 - ROW_DROP)]


def changed_columns(release: Path) -> list[Row]:
    """(table, column, type in the release, type now) of the columns that came, went or changed type; absent ones as a dash."""
    found: list[Row] = []
    for name in CHECKED:
        file = release / PARQUET / f"{name}.parquet"
        old = {c: str(d) for c, d in pl.read_parquet_schema(file).items()} if file.exists() else {}
        new = {c: str(d) for c, d in TABLES[name].schema.items()}
        found += [(name, c, old.get(c, "–"), new.get(c, "–")) for c in sorted(old.keys() | new.keys()) if old.get(c) != new.get(c)]
    return found


def lost_claims(release: Path, claims: pl.DataFrame, tables: Sequence[object]) -> list[Row]:
    """(table, article, quote) of claims of these fact tables that the release has and this run has not, the first few."""
    file = release / PARQUET / "claims.parquet"
    if not file.exists():
        return []
    gone = pl.read_parquet(file).filter(pl.col("fact_table").is_in([str(t) for t in tables])).join(claims, on="claim_id", how="anti")
    return list(gone.sort("fact_table", "doc_id", "char_start").select("fact_table", "doc_id", "quote").head(SHOWN).iter_rows())


def silent_days(seeds: Path, now: float) -> float | None:
    """Days since the youngest file of the folder was written; 0 if that lies in the future (a clock went back), None in an empty folder."""
    times = [file.stat().st_mtime for file in seeds.iterdir() if file.is_file() and not file.name.startswith(".")] if seeds.is_dir() else []
    return max(0.0, (now - max(times)) / 86_400) if times else None


def _told(spec: dg.AssetCheckSpec, columns: Sequence[str], rows: Iterable[Row], **beside: Any) -> dg.AssetCheckResult:
    """Passed if there are no rows; else they are shown."""
    failing = list(rows)
    metadata: dict[str, Any] = {"failing_rows": len(failing)} | beside
    if failing:
        metadata["failing"] = dg.MetadataValue.md(table(columns, failing[: 4 * SHOWN]))
    first = "; ".join(" ".join(str(cell) for cell in row) for row in failing[:3])
    return dg.AssetCheckResult(
        passed=not failing,
        check_name=spec.name,
        asset_key=spec.asset_key,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{', '.join(columns)}: {first}{' …' if len(failing) > 3 else ''}" if failing else None,
        metadata=metadata,
    )


@dg.multi_asset_check(
    name="warnings",
    specs=SPECS,
    ins={"figures": dg.AssetIn(FIGURES), "claims": dg.AssetIn(CLAIMS), "documents": dg.AssetIn(DOCUMENTS)},
)
def warnings(
    workplace: Workplace, turn: dg.ResourceParam[Journal], figures: dict[str, Any], claims: pl.DataFrame, documents: pl.DataFrame
) -> Iterator[dg.AssetCheckResult]:
    """This run against the newest release, and the age of the newest file."""
    places = workplace.places
    release = next(reversed(releases_in(places.datasets).values()), places.datasets / "none")
    file = release / QUALITY_FILE
    before = json.loads(file.read_text("utf-8")) if file.exists() else {}
    scores, coverage, rows, columns, news = SPECS
    yield _told(scores, ("table", "F1 in the last release", "F1 now"), fallen_scores(before, figures))
    yield _told(coverage, ("spans", "share in the last release", "share now"), fallen_coverage(before, figures))
    fallen = fallen_rows(before, figures)
    lost = lost_claims(release, claims, [row[0] for row in fallen]) if fallen else []
    shown = {"lost": dg.MetadataValue.md(table(("table", "article", "quote"), lost))} if lost else {}
    yield _told(rows, ("table", "rows in the last release", "rows now"), fallen, **shown)
    yield _told(columns, ("table", "column", "last release", "now"), changed_columns(release) if release.exists() else [])
    days = silent_days(places.seeds, time.time())
    silent = [(f"{days:.0f}", SILENT_DAYS)] if days is not None and days > SILENT_DAYS else []
    newest = documents.get_column("published_end").max()
    yield _told(news, ("days since the youngest file", "limit"), silent, newest_article=str(newest))

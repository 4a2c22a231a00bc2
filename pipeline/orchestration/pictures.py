"""Small pictures for the UI: tables and bars as markdown, short enough (INLINE) that Dagster shows them in place. Its own plots draw plain numbers over time.

What is shown comes from frames of the run and from published releases.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.releases.layout import QUALITY_FILE, releases_in
from pipeline.tables import FACT_TABLES

INLINE = 1000  # characters of markdown; what is longer hides behind a link
SHOWN = 12  # rows of a picture
BAR = 16  # blocks of the longest bar
CELL = 80  # characters


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A markdown table; cells in one line, at most CELL characters each."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(v) for v in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def bars(what: str, measure: str, counted: Iterable[tuple[str, float]], *, top: float | None = None) -> str:
    """A row a label with its number and a bar, up to `top` or the largest, in the order given."""
    rows = list(counted)[:SHOWN]
    longest = top or max((n for _, n in rows), default=0) or 1
    return table(
        (what, measure, " "), [(label[:24], f"{n:,.4g}" if n < 10 else f"{n:,.0f}", "█" * round(BAR * n / longest)) for label, n in rows]
    )


def claims_by_table(tables: Mapping[str, pl.DataFrame]) -> str:
    """The fact tables, fullest first."""
    counts = sorted(((name, tables[name].height) for name in FACT_TABLES), key=lambda c: (-c[1], c[0]))
    return bars("table", "claims", counts)


def claims_by_source(claims: pl.DataFrame, documents: pl.DataFrame) -> str:
    """Claims by publisher; articles without one count under their own name."""
    named = claims.join(documents.select("doc_id", source=pl.coalesce("publisher", "doc_id")), on="doc_id", how="left")
    counted = named.group_by("source").len().sort(["len", "source"], descending=[True, False])
    return bars("source", "claims", [(str(source), count) for source, count in counted.iter_rows()])


def claims_over_time(claims: pl.DataFrame, documents: pl.DataFrame) -> str:
    """Claims by the month in which their article appeared."""
    dated = claims.join(documents.select("doc_id", "published_start").drop_nulls(), on="doc_id")
    monthly = dated.group_by(pl.col("published_start").dt.strftime("%Y-%m")).len().sort("published_start")
    return bars("month", "claims", list(monthly.iter_rows())[-SHOWN:])


def quality_over_releases(datasets: Path) -> str:
    """Claims of the last releases, and F1 where they were scored."""
    claims, scores = [], []
    for version, folder in list(releases_in(datasets).items())[-SHOWN // 2 :]:
        file = folder / QUALITY_FILE
        figures: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        claims.append((str(version), float(figures.get("rows", {}).get("claims", 0))))
        if (f1 := overall(figures)) is not None:
            scores.append((str(version), f1))
    parts = [bars("release", "claims", claims)] + ([bars("release", "F1", scores, top=1.0)] if scores else [])
    return "\n\n".join(parts)


def overall(figures: Mapping[str, Any]) -> float | None:
    """The F1 over all tables, of the figures of a release; None where nothing was scored."""
    found = figures.get("scores", {}).get("ALL")
    return None if found is None else float(found["f1"])


def runs(reports: Sequence[Mapping[str, Any]]) -> str:
    """The last runs, newest first, narrow enough for the column they stand in."""
    keys = ("outcome", "version", "seconds", "peak_mb", "claims", "quarantined")
    shown = [
        (str(report.get("started", ""))[5:16].replace("T", " "), *(report.get(key) for key in keys))
        for report in list(reports)[: -SHOWN // 2 - 1 : -1]
    ]
    return table(("started", "ended", "version", "s", "MB", "claims", "left"), shown)

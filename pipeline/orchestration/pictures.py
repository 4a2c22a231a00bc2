"""Small pictures for the UI: bars, lines and tables as markdown. What is shown comes from frames of the run and from published releases."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.releases.layout import QUALITY_FILE, releases_in
from pipeline.tables import FACT_TABLES

WIDTH, BAR, LABEL = 560, 18, 190  # pixels
INK, GRID = "#4f43dd", "#8a8fa3"
SHOWN = 12  # bars, points or rows


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A markdown table; cells in one line, at most 80 characters each."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(v) for v in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= 80 else text[:79] + "…"


def bars(title: str, counted: Iterable[tuple[str, float]]) -> str:
    """A bar a label, longest first as given, as a markdown image with the numbers in its text alternative."""
    rows = list(counted)[:SHOWN]
    top = max((n for _, n in rows), default=0) or 1
    parts = []
    for number, (label, count) in enumerate(rows):
        y = number * (BAR + 6) + 4
        width = (WIDTH - LABEL - 70) * count / top
        parts.append(_text(LABEL - 8, y + BAR - 5, label, "end"))
        parts.append(f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" rx="2" fill="{INK}"/>')
        parts.append(_text(LABEL + width + 6, y + BAR - 5, f"{count:,.0f}"))
    return _image(title, rows, len(rows) * (BAR + 6) + 8, parts)


def line(title: str, points: Sequence[tuple[str, float]], *, top: float | None = None) -> str:
    """A line through points in the order given, from zero to `top` or the largest, as a markdown image."""
    shown = list(points)[-SHOWN * 3 :]
    height, left, right = 150, 50, WIDTH - 20
    highest = top or max((n for _, n in shown), default=0) or 1
    step = (right - left) / max(1, len(shown) - 1)
    places = [(left + i * step, 120 - 100 * n / highest) for i, (_, n) in enumerate(shown)]
    parts = [
        f'<path d="M{left} 20V120H{right}" fill="none" stroke="{GRID}"/>',
        _text(left - 6, 25, f"{highest:g}", "end"),
        _text(left - 6, 124, "0", "end"),
    ]
    parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}" fill="none" stroke="{INK}" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}"/>' for x, y in places]
    if shown:
        parts += [_text(left, 140, shown[0][0]), _text(right, 140, shown[-1][0], "end") if len(shown) > 1 else ""]
    return _image(title, shown, height, parts)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{GRID}" font-family="sans-serif" font-size="12">{escape(words[:24])}</text>'


def _image(title: str, rows: Iterable[tuple[str, float]], height: int, parts: Sequence[str]) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">{"".join(parts)}</svg>'
    spoken = f"{title}: " + ", ".join(f"{label} {n:g}" for label, n in rows)
    words = spoken.replace("[", "(").replace("]", ")").replace("\n", " ")
    return f"**{title}**\n\n![{words}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def claims_by_table(tables: Mapping[str, pl.DataFrame]) -> str:
    counts = sorted(((name, tables[name].height) for name in FACT_TABLES), key=lambda c: (-c[1], c[0]))
    return bars("Claims by table", counts)


def claims_by_source(claims: pl.DataFrame, documents: pl.DataFrame) -> str:
    """Claims by publisher; articles without one count under their own name."""
    named = claims.join(documents.select("doc_id", source=pl.coalesce("publisher", "doc_id")), on="doc_id", how="left")
    counted = named.group_by("source").len().sort(["len", "source"], descending=[True, False])
    return bars("Claims by source", [(str(source), count) for source, count in counted.iter_rows()])


def claims_over_time(claims: pl.DataFrame, documents: pl.DataFrame) -> str:
    """Claims by the month in which their article appeared."""
    dated = claims.join(documents.select("doc_id", "published_start").drop_nulls(), on="doc_id")
    monthly = dated.group_by(pl.col("published_start").dt.strftime("%Y-%m")).len().sort("published_start")
    return line("Claims by month of publication", list(monthly.iter_rows()))


def quality_over_releases(datasets: Path) -> str:
    """Claims and F1 of the last releases, where they were scored."""
    claims, scores = [], []
    for version, folder in list(releases_in(datasets).items())[-SHOWN:]:
        file = folder / QUALITY_FILE
        figures: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        claims.append((str(version), float(figures.get("rows", {}).get("claims", 0))))
        if (f1 := overall(figures)) is not None:
            scores.append((str(version), f1))
    parts = [line("Claims a release", claims)] + ([line("F1 against gold", scores, top=1.0)] if scores else [])
    return "\n\n".join(parts)


def overall(figures: Mapping[str, Any]) -> float | None:
    """The F1 over all tables, of the figures of a release; None where nothing was scored."""
    found = figures.get("scores", {}).get("ALL")
    return None if found is None else float(found["f1"])


def runs(reports: Sequence[Mapping[str, Any]]) -> str:
    """The last runs, newest first."""
    keys = ("outcome", "version", "seconds", "peak_mb", "claims", "quarantined")
    shown = [
        (
            str(report.get("started", ""))[:19].replace("T", " "),
            *(report.get(key) for key in keys),
            report.get("error") or report.get("changes"),
        )
        for report in list(reports)[: -SHOWN - 1 : -1]
    ]
    return table(("started", "outcome", "version", "seconds", "peak MB", "claims", "quarantined", "what"), shown)

"""The figures of a release: what `quality.json` and `QUALITY.md` are made of. Measuring belongs to evaluation and coverage; this puts it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.quality.coverage import shares
from pipeline.quality.evaluation import evaluate, read_alternatives, read_gold
from pipeline.tables import FACT_TABLES


def quality_figures(tables: Mapping[str, pl.DataFrame], spans: pl.DataFrame, gold: Sequence[Path]) -> dict[str, Any]:
    """scores and rules (only if `gold` has facts of these articles), coverage, conflicts, quarantine, review_queue, rows per table."""
    known = set(tables["documents"]["doc_id"])
    facts = [g for g in read_gold(gold) if g.doc_id in known]
    out: dict[str, Any] = {
        "rows": {name: tables[name].height for name in ("documents", "claims", *FACT_TABLES)},
        "coverage": shares(spans),
        "conflicts": _counts(tables["conflicts"], "kind"),
        "quarantine": _counts(tables["quarantine"], "stage"),
        "review_queue": _counts(tables["review_queue"], "kind"),
    }
    if facts:
        found = evaluate(tables, facts, read_alternatives(gold))
        out["scores"] = {row["table"]: {k: v for k, v in row.items() if k != "table"} for row in found.as_rows()}
        out["fields"] = {name: {"right": right, "compared": compared} for name, (right, compared) in found.fields.items()}
        out["rules"] = {rule: {"rows": s.predicted, "right": s.hits, "precision": round(s.precision, 4)} for rule, s in found.rules.items()}
    return out


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counted = frame.group_by(column).len().sort(column)
    return {"total": frame.height, **dict(counted.iter_rows())}

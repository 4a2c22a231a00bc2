"""The measured precision of every rule, as recorded by `landscape evaluate --record`: counts over hand-made gold, kept in `measured.csv` beside this file.

A rule's confidence is its precision smoothed by Laplace. The counts are a measurement of the rules, not of any article's content.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.errors import LandscapeError

FILE = Path(__file__).with_name("measured.csv")
COLUMNS = ("rule_id", "rows", "right")


@cache
def measured_confidence(file: Path = FILE) -> dict[str, float]:
    """rule_id -> (right + 1) / (rows + 2), four places. Raises LandscapeError naming file and line."""
    confidence: dict[str, float] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 2):
            try:
                rows, right = int(row["rows"]), int(row["right"])
            except (KeyError, TypeError, ValueError) as error:
                raise LandscapeError(
                    f"{file.name}, line {number}: needs rule_id, rows, right; run `landscape evaluate --record` to write it anew"
                ) from error
            confidence[row["rule_id"]] = round((right + 1) / (rows + 2), 4)
    return confidence


def record(counts: Mapping[str, tuple[int, int]], file: Path = FILE) -> None:
    """Write rule_id -> (rows, right), sorted, as `measured.csv`."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((rule, rows, right) for rule, (rows, right) in sorted(counts.items()))

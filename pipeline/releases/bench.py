"""Time and peak memory of releasing many generated claims: `python -m pipeline.releases.bench [CLAIMS] [--seconds S] [--gigabytes G]`.

A first release, then a second one after an edit, an addition and a removal, so that comparing is measured too. Exits with 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from pipeline.releases.build import FORMATS
from pipeline.releases.inputs import inputs_of
from pipeline.releases.publish import NothingNew, Published, publish
from pipeline.releases.staging import remove_folder
from pipeline.warehouse.generated import tables as generated


def main(arguments: list[str] | None = None) -> int:
    """Prints one line a step; returns the exit code."""
    parser = argparse.ArgumentParser(description="time and memory of releasing generated claims")
    parser.add_argument("claims", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=180.0, help="limit for the first release")
    parser.add_argument("--gigabytes", type=float, default=4.0, help="limit for the peak memory of the process and its children")
    parser.add_argument("--formats", nargs="*", default=list(FORMATS))
    options = parser.parse_args(arguments)
    tables = generated(options.claims)
    print(f"{options.claims:,} claims, {sum(frame.height for frame in tables.values()):,} rows in {len(tables)} tables")
    with tempfile.TemporaryDirectory() as place:
        datasets = Path(place, "datasets")
        try:
            first = _timed("first release", lambda: _released(tables, datasets, options.formats))
            for path in sorted(path for path in _newest(datasets).rglob("*.*") if path.stat().st_size > 20e6):
                print(f"  {path.name} {path.stat().st_size / 1e6:,.0f} MB")
            _timed("second release", lambda: _released(_edited(tables), datasets, options.formats))
            _timed("nothing new", lambda: _released(_edited(tables), datasets, options.formats))
        finally:
            remove_folder(datasets)
    peak = peak_gigabytes()
    print(f"peak memory {peak:.2f} GB")
    return 0 if first <= options.seconds and peak <= options.gigabytes else 1


def peak_gigabytes() -> float:
    """The largest resident set of this process plus that of its largest child so far."""
    unit = 1e9 if sys.platform == "darwin" else 1e6
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / unit


def _released(tables: dict[str, pl.DataFrame], datasets: Path, formats: list[str]) -> Published | NothingNew:
    return publish(tables, datasets, inputs=inputs_of(tables["documents"]), formats=tuple(formats))


def _edited(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """One claim in a hundred with another confidence, the metrics of one article in a hundred gone with their claims."""
    claims, metrics = tables["claims"], tables["metrics"]
    gone = metrics.filter(pl.col("doc_id").hash(seed=1) % 100 == 0)["claim_id"]
    left = pl.col("claim_id").is_in(gone.implode()).not_()
    confidence = pl.when(pl.col("claim_id").hash(seed=1) % 100 == 0).then(0.5).otherwise(pl.col("confidence"))
    conflicts = tables["conflicts"].filter(
        *(pl.col(name).is_in(gone.implode()).fill_null(False).not_() for name in ("claim_id_a", "claim_id_b"))
    )
    edited = {
        "claims": claims.filter(left).with_columns(confidence.alias("confidence")),
        "metrics": metrics.filter(left),
        "conflicts": conflicts,
    }
    return tables | edited


def _newest(datasets: Path) -> Path:
    return max(datasets.glob("v*"))


def _timed(what: str, step: Callable[[], object]) -> float:
    started, busy = time.perf_counter(), time.process_time()
    step()
    seconds = time.perf_counter() - started
    print(
        f"{what}: {seconds:.1f} s ({time.process_time() - busy:.1f} s of processor time), peak memory so far {peak_gigabytes():.2f} GB",
        flush=True,
    )
    return seconds


if __name__ == "__main__":
    sys.exit(main())

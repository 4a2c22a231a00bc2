"""How long every example takes on a release and on a generated one: `python -m pipeline.warehouse.bench [RELEASE] [--claims N]`.

Limits: 50 ms each on the release, 1 s each on a million generated claims. Here: measuring. Not here: what the examples ask.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from pipeline.client import release_folder
from pipeline.errors import LandscapeError
from pipeline.tables import ENTITY_TABLES
from pipeline.warehouse import generated, load, scripts
from pipeline.warehouse.cookbook import ask
from pipeline.warehouse.query import database_of

RELEASE_LIMIT = 0.050  # seconds an example may take on a published release
GENERATED_LIMIT = 1.0  # and on a million claims
RUNS = 5  # the best counts: what else the machine does is not the query's fault


@dataclass(frozen=True, slots=True)
class Timing:
    """An example, its best time in seconds and the rows it returns."""

    name: str
    seconds: float
    rows: int


def measure(database: Path, runs: int = RUNS, threads: int = 2) -> list[Timing]:
    """Every example's best time on one open connection to the DuckDB file."""
    timings: list[Timing] = []
    with duckdb.connect(str(database), read_only=True, config={"threads": threads}) as con:
        for example in scripts.examples():
            best, rows = float("inf"), 0
            for _ in range(runs):
                start = time.perf_counter()
                rows = len(ask(con, example)[1])
                best = min(best, time.perf_counter() - start)
            timings.append(Timing(example.name, best, rows))
    return timings


def generate(claims: int, path: Path, release: Path | None = None) -> float:
    """Build the DuckDB file of a generated release, about the entities of `release` if given, so that examples find them; returns seconds."""
    entities = None
    if release is not None:
        entities = {name: pl.read_parquet(release / "parquet" / f"{name}.parquet") for name in (*ENTITY_TABLES, "aliases")}
    tables = generated.tables(claims, entities=entities)
    start = time.perf_counter()
    load.build(path, tables)
    return time.perf_counter() - start


def report(release: Path, claims: int) -> tuple[str, bool]:
    """The table of all times, and whether every one is within its limit."""
    small = measure(database_of(release))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.duckdb"
        seconds = generate(claims, path, release)
        size = path.stat().st_size
        large = measure(path)
    lines = [f"{'example':<32}{release.resolve().name:>12}{f'{claims:,} claims':>20}"]
    lines += [f"{a.name:<32}{a.seconds * 1e3:>9.1f} ms{b.seconds * 1e3:>17.1f} ms" for a, b in zip(small, large, strict=True)]
    slowest_small, slowest_large = max(t.seconds for t in small), max(t.seconds for t in large)
    lines.append(f"{'slowest':<32}{slowest_small * 1e3:>9.1f} ms{slowest_large * 1e3:>17.1f} ms")
    lines.append(f"{'limit':<32}{RELEASE_LIMIT * 1e3:>9.1f} ms{GENERATED_LIMIT * 1e3:>17.1f} ms")
    lines.append(f"the generated file: {size / 1e6:,.0f} MB, built in {seconds:.1f} s")
    return "\n".join(lines), slowest_small <= RELEASE_LIMIT and slowest_large <= GENERATED_LIMIT


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; 0 when every example is within its limit, else 1."""
    parser = argparse.ArgumentParser(description="time of every example query")
    parser.add_argument("release", nargs="?", type=Path, help="a release folder; the latest below ./datasets by default")
    parser.add_argument("--claims", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    try:
        text, within = report(options.release or release_folder(), options.claims)
    except LandscapeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(text)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())

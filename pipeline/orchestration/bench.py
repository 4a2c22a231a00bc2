"""`landscape bench WHAT`: speed and memory as a table. `pipeline` is measured here, the other layers by their own benchmarks.

Each size runs in a process of its own on invented articles (`bench_articles`), so that its peak memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import LandscapeError
from pipeline.orchestration.bench_articles import write
from pipeline.orchestration.places import Places
from pipeline.orchestration.reports import read
from pipeline.releases.staging import remove_folder

REFERENCE = date(2025, 5, 15)
STAGES = ("documents", "extraction", "entities", "contracts", "quality", "release", "warehouse")
_OTHERS = {"text": "pipeline.text.bench", "release": "pipeline.releases.bench", "query": "pipeline.warehouse.bench"}


def run(what: str, *, corpus: Path | None, peers: Path | None, sizes: Sequence[int], workers: int) -> Iterator[str]:
    """The lines of the table, as they become known."""
    if what == "pipeline":
        yield from pipeline(sizes, workers)
    elif what == "text":
        from pipeline.text.bench import run as text

        yield text(corpus, peers=peers)
        if corpus is not None:
            yield whole_layer(corpus)
    else:
        command = [sys.executable, "-m", _OTHERS[what]]
        done = subprocess.run(command, check=False)
        if done.returncode:
            raise LandscapeError(f"bench {what}: a limit is passed or the benchmark failed (exit code {done.returncode}); see above")


def whole_layer(corpus: Path) -> str:
    """Throughput of folding, sentences, quantities, times and names together over a folder of articles: processor time, best of three."""
    from pipeline.mentions import mentions_in, reconcile
    from pipeline.text import fold, quantities_in, sentences_in, times_in

    texts = [file.read_text("utf-8") for file in sorted(corpus.glob("*.txt"))]
    size, spent = sum(len(text.encode()) for text in texts) / 1e6, []
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            folded = fold(text).text
            sentences_in(folded)
            quantities, times = quantities_in(folded), times_in(folded, REFERENCE)
            reconcile(mentions_in(folded, REFERENCE, quantities, times), quantities, times)
        spent.append(time.process_time() - start)
    return f"\nThe whole layer with names: {size:.2f} MB, {size / max(min(spent), 1e-9):.2f} MB/s"


def pipeline(sizes: Sequence[int], workers: int) -> Iterator[str]:
    """For each number of articles: a build from nothing, then one more article. Start-up of the interpreter is in the seconds, not in the stages."""
    yield f"{'articles':>9}{'MB':>8}{'seconds':>9}{'MB/s':>7}{'peak MB':>9}{'one more':>10}{'release MB':>12}   share of each stage"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            places = Places(Path(folder, "seeds"), Path(folder, "datasets"), Path(folder, "state"), workers=workers)
            written = write(places.seeds, range(size)) / 1e6
            try:
                first = _built(places)
                release = sum(file.stat().st_size for file in places.datasets.glob("v*/**/*") if file.is_file()) / 1e6
                write(places.seeds, range(size, size + 1))
                more = _built(places)
            finally:
                if places.datasets.exists():
                    remove_folder(places.datasets)
        spent = {stage["stage"]: stage["seconds"] for stage in first["stages"]}
        total = sum(spent.values())
        shares = ", ".join(f"{name} {spent.get(name, 0) / total:.0%}" for name in STAGES)
        seconds = first["seconds"]
        yield (
            f"{size:>9,}{written:>8.1f}{seconds:>9.1f}{written / seconds:>7.2f}{first['peak_mb']:>9.0f}{more['seconds']:>8.1f} s{release:>12.1f}   {shares}"
        )


def _built(places: Places) -> dict[str, Any]:
    """The report of a build in a process of its own."""
    options = [
        "--seeds",
        places.seeds,
        "--datasets",
        places.datasets,
        "--state",
        places.state,
        "--workers",
        places.workers,
        "--log",
        "json",
    ]
    command = [sys.executable, "-m", "pipeline.cli", "build", *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        line = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""
        raise LandscapeError(f"bench pipeline: the build failed: {json.loads(line)['error'] if line.startswith('{') else line}")
    return read(places.reports)[-1]

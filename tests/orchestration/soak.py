"""Ticks over a changing folder with random kills: `python tests/orchestration/soak.py --ticks 300`.

At every tick a few articles come, change, go or are renamed, and a build runs, often to be killed at a random moment. No release may ever fail `verify`,
and what stands at the end must equal, byte for byte, a build of the same folder from nothing. Runs are forked from a process that has imported everything
but computed nothing, so that a tick costs the work and not the imports.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import LandscapeError
from pipeline.orchestration import job  # noqa: F401 - imported before the fork
from pipeline.orchestration.bench_articles import article
from pipeline.orchestration.build import build
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Silence
from pipeline.releases.compare import same_data
from pipeline.releases.layout import releases_in
from pipeline.releases.staging import remove_folder
from pipeline.releases.verify import verify

FORK = multiprocessing.get_context("fork")


@dataclass
class Soaked:
    """What a soak saw: how many builds ended, were killed, which releases they made, and what was wrong."""

    ended: int = 0
    killed: int = 0
    releases: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        wrong = "; ".join(self.problems) or "none"
        return f"{self.ended} builds ended, {self.killed} were killed, {self.releases} releases, problems: {wrong}"


def soak(root: Path, ticks: int, *, seed: int = 0, kill_share: float = 0.5, articles: int = 6, seconds: float = float("inf")) -> Soaked:
    """Run the ticks below `root`, but begin none after so many `seconds`; see the module."""
    end = time.monotonic() + seconds
    source, seen, soaked = random.Random(seed), set[str](), Soaked()
    places = Places(root / "seeds", root / "datasets", root / "state", workers=1)
    places.seeds.mkdir(parents=True)
    for number in range(articles):
        _write(places.seeds / f"a{number}.txt", number, source)
    usual = 5.0  # seconds that a build takes; learned on the way
    for tick in range(ticks):
        if time.monotonic() > end:
            break
        if tick % 10 == 9:
            print(f"tick {tick + 1}: {soaked}", file=sys.stderr, flush=True)
        _change(places.seeds, source)
        start = time.monotonic()
        after = source.uniform(0, usual) if source.random() < kill_share else None
        code = _child(lambda: _build(places), kill_after=after)
        if code == -signal.SIGKILL:
            soaked.killed += 1
        else:
            soaked.ended += 1
            usual = 0.5 * usual + 0.5 * (time.monotonic() - start)
            if code:
                soaked.problems.append(f"a build ended with {code}")
        for folder in releases_in(places.datasets).values():
            if folder.name not in seen:
                seen.add(folder.name)
                soaked.releases += 1
                if _child(lambda: len(verify(folder))):  # noqa: B023 - the child runs at once
                    soaked.problems.append(f"{folder.name} fails verify")
    anew = replace(places, datasets=root / "datasets-anew", state=root / "state-anew")
    for each in (places, anew):
        if _child(lambda: _build(each)):  # noqa: B023 - the child runs at once
            soaked.problems.append("the last build failed")
    if _child(lambda: len(_differences(places, anew))):
        soaked.problems.append("the last release differs from a build from nothing")
    soaked.releases = len(releases_in(places.datasets))
    for each in (places, anew):
        remove_folder(each.datasets)
    return soaked


def _change(seeds: Path, source: random.Random) -> None:
    """One to three articles come, change, go or get another name; at least two stay."""
    for _ in range(source.randint(1, 3)):
        files = sorted(seeds.iterdir())
        what, file = source.choice(("come", "change", "go", "rename")), source.choice(files)
        fresh = seeds / f"b{source.getrandbits(40):010x}.txt"
        if what == "come":
            _write(fresh, source.getrandbits(30), source)
        elif what == "change":
            _write(file, source.getrandbits(30), source)
        elif what == "go" and len(files) > 2:
            file.unlink()
        elif what == "rename":
            file.rename(fresh)


def _write(file: Path, number: int, source: random.Random) -> None:
    """An invented article cut to a few paragraphs: a tick should cost little."""
    paragraphs = article(number).split("\n\n")
    file.write_text("\n\n".join(paragraphs[: source.randint(5, 9)]) + "\n", "utf-8")


def _build(places: Places) -> int:
    try:
        build(places, Silence())
    except LandscapeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _differences(places: Places, anew: Places) -> list[str]:
    """What differs between the data files of the newest release and those of the build from nothing."""
    newest = [next(reversed(releases_in(each.datasets).values())) for each in (places, anew)]
    return [line for line in same_data(*newest) if line.startswith(("parquet/", "csv/"))]


def _child(action: Callable[[], int], *, kill_after: float | None = None) -> int:
    """The exit code of `action` run in a fork, at most 100; killed after so many seconds if it is not done by then."""
    process = FORK.Process(target=lambda: os._exit(min(action(), 100)))
    process.start()
    process.join(kill_after)
    if process.exitcode is None:
        process.kill()
        process.join()
    return process.exitcode or 0


def main() -> int:
    """Prints what was seen; 0 when nothing was wrong."""
    parser = argparse.ArgumentParser(description="builds over a changing folder, with random kills")
    parser.add_argument("--ticks", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kills", type=float, default=0.5, help="share of the ticks that are killed if they last long enough")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no tick after so many seconds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(Path(folder, "soak"), options.ticks, seed=options.seed, kill_share=options.kills, seconds=options.seconds)
    print(soaked)
    return 1 if soaked.problems else 0


if __name__ == "__main__":
    sys.exit(main())

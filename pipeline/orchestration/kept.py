"""What one run keeps for the next: sets of frames, each valid for one version of the code that made it. It may be thrown away at any time.

A set is written beside the old one and swapped in as a whole; one that is broken, or of another version, counts as absent.
"""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path

import polars as pl

Frames = dict[str, pl.DataFrame]
_VERSION = "version"
_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def code_version(*packages: str) -> str:
    """sha256 over the sources and data files of some packages of the pipeline: what a result of theirs depends on beside its input."""
    digest = hashlib.sha256()
    for package in packages:
        for file in sorted((_PACKAGE / package).rglob("*")):
            if file.is_file() and file.suffix in (".py", ".csv", ".toml"):
                digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def load(folder: Path, version: str) -> Frames | None:
    """The frames kept in `folder`, if they were made by this version and can be read."""
    try:
        if (folder / _VERSION).read_text("utf-8") != version:
            return None
        return {file.stem: pl.read_parquet(file) for file in sorted(folder.glob("*.parquet"))}
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError):  # made anew: nothing is lost but time
        return None


def save(folder: Path, version: str, frames: Frames) -> None:
    """Keep the frames. A crash on the way leaves the old set, the new one, or none."""
    beside, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, frame in frames.items():
        frame.write_parquet(beside / f"{name}.parquet", compression="lz4")
    (beside / _VERSION).write_text(version, "utf-8")
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)

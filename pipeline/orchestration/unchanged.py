"""Whether there is anything to do: what the last run was made of, compared with what is there now, in a moment and without reading an article.

The comparison is by content, never by time: articles, sources.toml, corrections, gold, code, lexicon, libraries. The release that run made must still be
there, whole and the newest. In doubt there is something to do: a run finds out.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.errors import LandscapeError
from pipeline.orchestration.places import Places
from pipeline.releases.checksums import read_checksums, sha256_of
from pipeline.releases.layout import CHECKSUMS_FILE, LATEST_FILE, PARQUET, VERSIONS_FILE, releases_in

FILE = "last_run.json"
LIBRARIES = ("polars", "pyarrow", "duckdb", "xlsxwriter", "opencc", "ahocorasick-rs", "rensa", "lunardate", "pandera")
LARGEST = 100 * 2**20  # bytes; of what is larger than any article can be, the size says enough
UNREADABLE = "unreadable"
_PACKAGE = Path(__file__).resolve().parent.parent
_SOURCES = (".py", ".csv", ".toml", ".sql")


@dataclass(frozen=True, slots=True)
class LastRun:
    """A run that ended well: digests of what it was made of, the release it made or found, and what it left in quarantine."""

    inputs: Mapping[str, str]
    version: str
    manifest: str
    rejected: list[str]
    rejected_rows: int


def inputs_of(places: Places) -> dict[str, str]:
    """Name -> digest of everything a release is made of: `seeds/NAME`, `gold/NAME`, `corrections`, `code`, `libraries`."""
    found = {f"seeds/{name}": digest for name, digest in _folder(places.seeds).items()}
    if places.gold:
        found |= {f"gold/{name}": digest for name, digest in _folder(places.gold).items()}
    if places.corrections:
        found["corrections"] = _digest(places.corrections)
    versions = [f"{name} {metadata.version(name)}" for name in LIBRARIES]
    return found | {"code": code(), "libraries": "; ".join([*versions, platform.python_version()])}


def code() -> str:
    """sha256 over the code, lexicon and SQL as they are on the disk now; never cached, as a server may outlive an edit."""
    digest = hashlib.sha256()
    for root in (_PACKAGE, _PACKAGE.parent / "sql"):
        for file in sorted(root.rglob("*")) if root.is_dir() else []:
            if file.suffix in _SOURCES and file.is_file():
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def recall(places: Places) -> LastRun | None:
    """The last run, if a run now would find exactly the same and its release is still there."""
    if places.version or places.is_fresh or not places.warehouse.exists():
        return None
    try:
        last = LastRun(**json.loads((places.state / FILE).read_text("utf-8")))
        same = _release_stands(places.datasets, last) and inputs_of(places) == last.inputs
    except (OSError, ValueError, TypeError, KeyError, LandscapeError):
        return None
    return last if same else None


def remember(places: Places, before: Mapping[str, str], read: set[str], version: str, rejected: list[str], rejected_rows: int) -> bool:
    """Note that a run ended well. `before`: the inputs when it began, `read`: sha256 of the articles it read.

    Nothing is noted when the inputs changed on the way or some could not be read: the next run looks again. Returns whether it was noted.
    """
    release = releases_in(places.datasets)[_newest(places.datasets)]
    settled = inputs_of(places) == before and UNREADABLE not in before.values() and read <= set(before.values())
    if not settled:
        forget(places)
        return False
    last = LastRun(before, version, sha256_of(release / CHECKSUMS_FILE), rejected, rejected_rows)
    beside = places.state / f".{FILE}"
    beside.write_text(json.dumps(asdict(last), ensure_ascii=False), "utf-8")
    beside.replace(places.state / FILE)
    return True


def forget(places: Places) -> None:
    """Whatever comes next, the stages run."""
    (places.state / FILE).unlink(missing_ok=True)


def _release_stands(datasets: Path, last: LastRun) -> bool:
    """The release is the newest, the index says so, and what the next one will be compared with is as published."""
    folder = releases_in(datasets)[_newest(datasets)]
    index: dict[str, Any] = json.loads((datasets / VERSIONS_FILE).read_text("utf-8"))
    latest: dict[str, Any] = json.loads((datasets / LATEST_FILE).read_text("utf-8"))
    if not folder.name == f"v{last.version}" == f"v{index['last_successful']}" == f"v{latest['version']}":
        return False
    if not sha256_of(folder / CHECKSUMS_FILE) == latest["manifest_sha256"] == last.manifest:
        return False
    listed = read_checksums(folder)
    return all(
        (folder / name).is_file() and (not name.startswith(f"{PARQUET}/") or sha256_of(folder / name) == listed[name]) for name in listed
    )


def _newest(datasets: Path) -> Any:
    found = releases_in(datasets)
    if not found:
        raise KeyError(datasets)
    return next(reversed(found))


def _folder(folder: Path) -> dict[str, str]:
    with os.scandir(folder) as entries:
        return {entry.name: _digest(Path(entry.path)) for entry in sorted(entries, key=lambda e: e.name) if not entry.name.startswith(".")}


def _digest(path: Path) -> str:
    """sha256 of a file; for what is no file, or larger than an article can be, what it is."""
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):
            return f"no file {stat.S_IFMT(seen.st_mode)}"
        return f"{seen.st_size} bytes" if seen.st_size > LARGEST else sha256_of(path)
    except FileNotFoundError:
        return "absent"
    except OSError:
        return UNREADABLE

"""Publication: the next release of a datasets folder appears whole or not at all.

The steps: hold the lock, remove what a killed run left, compare with the newest release, build beside it, sync, make read-only, rename, index. Until the
rename nothing is published; after it the release is, and `versions.json` and `latest.json` are written from the folders by this run or by the next.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filelock
import polars as pl
from xlsxwriter.exceptions import XlsxWriterException

from pipeline.errors import LandscapeError, UsageError
from pipeline.releases import index, staging
from pipeline.releases.build import FORMATS, Plan, write_release
from pipeline.releases.checksums import read_checksums, sha256_of
from pipeline.releases.diff import diff
from pipeline.releases.frames import Tables, canonical_tables, first_line, public_tables, read_tables
from pipeline.releases.inputs import Inputs, read_inputs
from pipeline.releases.layout import LOCK_FILE, PARQUET, QUALITY_FILE, release_folder, releases_in
from pipeline.releases.metadata.datapackage import read_schemas
from pipeline.releases.metadata.schemas import schemas_of
from pipeline.releases.reasons import reasons_between
from pipeline.releases.rekeys import breaking_rekeys, id_changes
from pipeline.releases.schema_changes import schema_changes
from pipeline.releases.signing import Signer
from pipeline.releases.versions import Level, Version, next_version

LOCK_SECONDS = 60.0


@dataclass(frozen=True)
class Published:
    """A release that is now there. `changes`: number of added, removed and modified entries in `changes/`."""

    version: Version
    folder: Path
    previous: Version | None
    level: Level
    changes: Mapping[str, int]


@dataclass(frozen=True)
class NothingNew:
    """No cell and no schema differs from the newest release, so there is no new one."""

    version: Version
    folder: Path


def publish(
    tables: Mapping[str, pl.DataFrame],
    datasets: Path,
    *,
    inputs: Inputs,
    version: str | None = None,
    quality: Mapping[str, Any] | None = None,
    signer: Signer | None = None,
    formats: tuple[str, ...] = FORMATS,
    wait: float = LOCK_SECONDS,
) -> Published | NothingNew:
    """Publishes `tables` (all public ones, in the registry's schema) as the next release below `datasets`.

    `version` may only raise the version the difference decides. `wait`: seconds to wait for another run that publishes. Raises LandscapeError, with
    nothing published, when rows break a rule, another run holds the lock, or the disk refuses.
    """
    asked = None if version is None else Version.parse(version)
    rows = canonical_tables(tables)
    if not rows["documents"].height:
        raise LandscapeError("no article came through: a release of nothing is not published; see the quarantine and the seeds folder")
    with _errors_in_one_line(datasets):
        datasets.mkdir(parents=True, exist_ok=True)
        with _locked(datasets, wait):
            staging.remove_leftovers(datasets)
            index.rebuild_index(datasets)
            releases = releases_in(datasets)
            previous = next(reversed(releases)) if releases else None
            plan = _plan(rows, datasets, previous, inputs, asked, quality or {})
            if previous is not None and plan.level is Level.NONE:
                return NothingNew(previous, releases[previous])
            plan = replace(plan, published=_now(), formats=formats, signer=signer)
            target = release_folder(datasets, plan.version)
            with staging.building_folder(datasets, str(plan.version)) as folder:
                write_release(folder, plan)
                staging.seal(folder)
                staging.rename_into_place(folder, target)
            index.rebuild_index(datasets)
    counts = {kind: plan.diff.count(kind) for kind in ("added", "removed", "modified")}
    return Published(plan.version, target, previous, plan.level, counts)


def rebuild(
    tables: Mapping[str, pl.DataFrame],
    datasets: Path,
    version: str,
    into: Path,
    *,
    inputs: Inputs,
    quality: Mapping[str, Any] | None = None,
    formats: tuple[str, ...] = FORMATS,
) -> Path:
    """Writes a published version again, from `tables`, into the new folder `into`, for `compare.same_data`. The date is that of the first publication.

    Nothing below `datasets` is touched. Raises LandscapeError when there is no such version."""
    wanted = Version.parse(version)
    releases = releases_in(datasets)
    if wanted not in releases:
        raise UsageError(f"{datasets}: there is no release {wanted}; there are {', '.join(map(str, releases)) or 'none'}")
    before = [older for older in releases if older < wanted]
    with _errors_in_one_line(into):
        plan = _plan(canonical_tables(tables), datasets, before[-1] if before else None, inputs, wanted, quality or {})
        moment = datetime.strptime(index.published_moment(datasets, wanted), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        into.mkdir(parents=True)
        write_release(into, replace(plan, version=wanted, published=moment, formats=formats))
    return into


def _plan(
    rows: Tables, datasets: Path, previous: Version | None, inputs: Inputs, asked: Version | None, quality: Mapping[str, Any]
) -> Plan:
    registry = public_tables()
    if previous is None:
        shape, old, before, older_quality = [], dict[str, pl.DataFrame](), None, None
        keys: dict[str, list[str]] = {}
    else:
        folder = release_folder(datasets, previous)
        _check_parquet(folder)
        declared = read_schemas(folder)
        shape, old, before = schema_changes(declared, schemas_of(registry)), read_tables(folder), read_inputs(folder)
        older_quality = _quality_of(folder)
        keys = {name: schema["primaryKey"] for name, schema in declared.items() if name not in registry}
    reasons = reasons_between(old, rows, before, inputs) if previous is not None else None
    # A first release has nothing before it: its changes are empty, not the whole dataset twice.
    base = old if previous is not None else rows
    found = diff(base, rows, keys=keys, reasons=reasons)
    rekeyed = id_changes(base, rows, found)
    level = max((_rows_level(found), *(change.level for change in shape), Level.MAJOR if breaking_rekeys(rekeyed) else Level.NONE))
    unchanged = previous is not None and level is Level.NONE
    version = previous if previous is not None and unchanged else next_version(previous, level, asked)
    named = replace(found, release=str(version), changes={name: _released(frame, version) for name, frame in found.changes.items()})
    return Plan(
        version,
        _now(),
        rows,
        named,
        shape,
        _released(rekeyed, version),
        level,
        inputs,
        previous,
        old,
        quality,
        older_quality,
    )


def _rows_level(found: Any) -> Level:
    if found.count("added"):
        return Level.MINOR
    return Level.NONE if found.is_empty() else Level.PATCH


def _released(frame: pl.DataFrame, version: Version) -> pl.DataFrame:
    return frame.with_columns(pl.lit(str(version), dtype=pl.String).alias("release"))


def _quality_of(folder: Path) -> Mapping[str, Any] | None:
    path = folder / QUALITY_FILE
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LandscapeError(f"{path}: cannot be read ({error}); restore the release from where you got it") from error
    return found


def _check_parquet(folder: Path) -> None:
    """The release to compare with must be as published: a damaged one would make damaged changes."""
    for name, digest in read_checksums(folder).items():
        if name.startswith(f"{PARQUET}/"):
            path = folder / name
            if not path.is_file() or sha256_of(path) != digest:
                raise LandscapeError(
                    f"{path}: is not what was published; restore the release (git checkout, or download it again) and run again"
                )


def _now() -> datetime:
    """SOURCE_DATE_EPOCH if set, else the clock, whole seconds in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is not a number of seconds since 1970; unset it or give one") from error


@contextmanager
def _locked(datasets: Path, wait: float) -> Iterator[None]:
    lock = filelock.FileLock(datasets / LOCK_FILE, timeout=wait)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise LandscapeError(
            f"{datasets}: another run is publishing here and did not finish within {wait:g} s; run again when it has"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _errors_in_one_line(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise staging.in_one_line(error, where) from error
    except (sqlite3.Error, XlsxWriterException) as error:
        raise LandscapeError(
            f"{where}: a file could not be written ({first_line(error)}); check the disk; nothing was published"
        ) from error

"""The chain of changes: every release is the one before plus its `changes/`, back to the first. A release nobody can trace is a silent change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases.checksums import damaged_files, read_checksums
from pipeline.releases.diff import CHANGE_SCHEMA, Diff, apply
from pipeline.releases.frames import first_line, read_tables
from pipeline.releases.index import SUMMARY_FILE
from pipeline.releases.layout import CHANGES, DATAPACKAGE_FILE, PARQUET, release_folder
from pipeline.releases.metadata.datapackage import read_schemas
from pipeline.releases.metadata.schemas import TableSchema
from pipeline.releases.problems import Problem
from pipeline.releases.verify_formats import differing_cells
from pipeline.releases.versions import Version


def read_changes(release: Path, tables: Mapping[str, pl.DataFrame], schemas: Mapping[str, TableSchema]) -> Diff:
    """The changes of a published release; `tables` and `schemas` are its own. Raises LandscapeError naming the file that is missing or broken."""
    changes = {}
    for name in [*tables, *(file.stem for file in sorted((release / CHANGES).glob("*.parquet")) if file.stem not in tables)]:
        path = release / CHANGES / f"{name}.parquet"
        try:
            changes[name] = pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise LandscapeError(f"{path}: cannot be read ({first_line(error)}); restore the release from where you got it") from error
        if dict(changes[name].schema) != CHANGE_SCHEMA:
            raise LandscapeError(f"{path}: has other columns than {', '.join(CHANGE_SCHEMA)}; restore the release from where you got it")
    keys = {name: tuple(schemas[name]["primaryKey"]) for name in tables}
    return Diff(release.name, changes, {name: dict(frame.schema) for name, frame in tables.items()}, keys)


def chain_problems(release: Path) -> list[Problem]:
    """Problems of this release's link and of every link before it. Where a release is damaged the chain ends: it says so and reads no further."""
    problems: list[Problem] = []
    current: Path | None = release
    while current is not None:
        try:
            _check_bytes(current)
            previous = _previous(current)
            if previous is not None:
                _check_bytes(previous)
            problems += _link(release, current, previous)
            current = previous
        except LandscapeError as error:
            return [*problems, Problem(CHANGES, None, None, str(error))]
    return problems


def _check_bytes(release: Path) -> None:
    wanted = (f"{PARQUET}/", f"{CHANGES}/", DATAPACKAGE_FILE, SUMMARY_FILE)
    digests = {name: digest for name, digest in read_checksums(release).items() if name.startswith(wanted)}
    damaged = sorted(damaged_files(release, digests))
    if damaged:
        raise LandscapeError(f"{release / damaged[0]}: is not what was published, so the chain of changes cannot be followed; restore it")


def _link(release: Path, current: Path, previous: Path | None) -> Iterator[Problem]:
    rows = read_tables(current)
    place = CHANGES if current == release else f"../{current.name}/{CHANGES}"
    changes = read_changes(current, rows, read_schemas(current))
    if previous is None:
        if not changes.is_empty():
            yield Problem(place, None, None, "a first release has nothing before it, but there are changes")
        return
    for name, frame in changes.changes.items():
        wrong = frame.filter((pl.col("table") != name) | (pl.col("release") != current.name.removeprefix("v")))
        if wrong.height:
            yield Problem(f"{place}/{name}.parquet", name, wrong["key"][0], "is a change of another table or release")
    try:
        led_to = apply(read_tables(previous), changes)
    except (LandscapeError, pl.exceptions.PolarsError) as error:
        yield Problem(place, None, None, f"{previous.name} plus these changes leads nowhere: {first_line(error)}")
        return
    for name, frame in rows.items():
        for problem in differing_cells(f"{place}/{name}.parquet", name, frame, led_to[name], list(changes.keys[name])):
            yield Problem(problem.file, name, problem.row, f"{previous.name} plus the changes is not {current.name}: {problem.message}")


def _previous(release: Path) -> Path | None:
    path = release / SUMMARY_FILE
    try:
        summary: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = None if summary["previous"] is None else Version.parse(summary["previous"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LandscapeError(f"{path}: cannot be read ({error}); restore the release from where you got it") from error
    if version is None:
        return None
    folder = release_folder(release.resolve().parent, version)
    if not folder.is_dir():
        raise LandscapeError(
            f"{folder}: is not there, so the changes of {release.name} cannot be checked; put it beside, or leave the chain out"
        )
    return folder

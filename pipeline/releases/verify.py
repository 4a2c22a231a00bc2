"""`verify(release)`: everything a reader relies on, checked on the files as they are; every problem names file, table and row.

Bytes against SHA256SUMS, keys and contracts, quotes, agreement of all formats cell by cell, and the chain of changes from the first release on. A release
is held against what it says about itself (`datapackage.json`), so old ones stay verifiable; the registry's contracts join in where its schema is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases import index, layout
from pipeline.releases.checksums import damaged_files, files_in, read_checksums, sha256_of
from pipeline.releases.frames import Tables, read_table
from pipeline.releases.metadata.datapackage import read_schemas
from pipeline.releases.metadata.schemas import TableSchema
from pipeline.releases.problems import Problem
from pipeline.releases.signing import signature_problems
from pipeline.releases.verify_chain import chain_problems
from pipeline.releases.verify_formats import format_problems
from pipeline.releases.verify_rows import row_problems
from pipeline.releases.versions import Version

Result = TypeVar("Result")


def verify(release: Path, *, key: Path | None = None, texts: dict[str, str] | None = None, chain: bool = True) -> list[Problem]:
    """What is wrong with a release, nothing when all is well.

    `key`: minisign public key the signature must belong to. `texts`: doc_id -> article as decoded, to hold the quotes against. `chain`: also check
    that the releases before it, each plus its changes, lead to this one (reads them all). A problem with the bytes of a file does not stop the others.
    Raises LandscapeError when the folder is no release at all.
    """
    if not release.is_dir():
        raise LandscapeError(f"{release}: is no folder; give the folder of a release, as datasets/v0.1.0")
    problems = list(_byte_problems(release))
    damaged = frozenset(problem.file for problem in problems)
    problems += _named(signature_problems(release, key))
    problems += _index_problems(release)
    schemas = _collected(problems, layout.DATAPACKAGE_FILE, lambda: read_schemas(release)) or {}
    tables: Tables = {}
    for name in schemas:
        path = f"{layout.PARQUET}/{name}.parquet"
        if path in damaged:  # already said; and a reader of damaged parquet may do anything
            continue
        frame = _collected(problems, path, lambda name=name: read_table(release, name))  # type: ignore[misc]
        if frame is not None:
            wrong = _schema_problem(path, name, frame, schemas[name])
            if wrong is None:
                tables[name] = frame
            else:
                problems.append(wrong)
    problems += row_problems(tables, schemas, texts)
    problems += format_problems(release, tables, schemas, damaged)
    if chain:
        problems += chain_problems(release)
    return problems


def _collected(problems: list[Problem], file: str, step: Callable[[], Result]) -> Result | None:
    """The result of a step, or None and its error among the problems."""
    try:
        return step()
    except LandscapeError as error:
        problems.append(Problem(file, None, None, str(error)))
        return None


def _named(found: list[tuple[str, str]]) -> list[Problem]:
    return [Problem(name, None, None, message) for name, message in found]


def _byte_problems(release: Path) -> Iterator[Problem]:
    try:
        listed = read_checksums(release)
    except LandscapeError as error:
        yield Problem(layout.CHECKSUMS_FILE, None, None, str(error))
        return
    changed = damaged_files(release, listed)
    present = set(files_in(release)) - {layout.CHECKSUMS_FILE, layout.SIGNATURE_FILE}
    for name in sorted(listed):
        if name not in present:
            yield Problem(name, None, None, "is missing; restore it from where you got the release")
        elif (release / name).is_symlink():
            yield Problem(name, None, None, "is a link, not a file; restore it from where you got the release")
        elif name in changed:
            yield Problem(
                name, None, None, f"is not the file that was published (its sha256 differs from {layout.CHECKSUMS_FILE}); restore it"
            )
    for name in sorted(present - set(listed)):
        yield Problem(name, None, None, f"does not belong to the release ({layout.CHECKSUMS_FILE} does not list it); remove it")
    folders = {parent.as_posix() for name in listed for parent in Path(name).parents} - {"."}
    for path in sorted(release.rglob("*")):
        name = path.relative_to(release).as_posix()
        if path.is_dir() and not path.is_symlink() and name not in folders:
            yield Problem(name, None, None, "is a folder that does not belong to the release; remove it")


def _index_problems(release: Path) -> Iterator[Problem]:
    """The manifest is the one `versions.json` beside the release knows, if there is one."""
    version = Version.of_folder(release.resolve().name)
    if version is None or not (release / layout.CHECKSUMS_FILE).is_file():
        return
    try:
        entries = index.read_index(release.resolve().parent)
    except LandscapeError as error:
        yield Problem(f"../{layout.VERSIONS_FILE}", None, None, str(error))
        return
    digest = sha256_of(release / layout.CHECKSUMS_FILE)
    for entry in entries:
        if entry["version"] == str(version) and entry.get("manifest_sha256") != digest:
            message = (
                f"is not the one that ../{layout.VERSIONS_FILE} knows for {version}: the release or the index was changed after publication"
            )
            yield Problem(layout.CHECKSUMS_FILE, None, None, message)


def _schema_problem(path: str, table: str, frame: pl.DataFrame, schema: TableSchema) -> Problem | None:
    declared = {field["name"]: field["x-dtype"] for field in schema["fields"]}
    found = {name: str(dtype) for name, dtype in frame.schema.items()}
    if list(declared.items()) == list(found.items()):
        return None
    wrong = next((name for name in [*declared, *found] if declared.get(name) != found.get(name)), "the order of the columns")
    return Problem(
        path,
        table,
        None,
        f"column {wrong} is {found.get(wrong, 'missing')}, {layout.DATAPACKAGE_FILE} says {declared.get(wrong, 'not there')}",
    )

"""Writing one release into an empty folder: data files, changes, metadata, checksums. Where the folder is and when it is renamed is decided in `publish`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.releases import layout
from pipeline.releases.changelog import changelog, one_line
from pipeline.releases.checksums import checksums_text, hashes_of, listed_files, sha256_of
from pipeline.releases.diff import CHANGE_SCHEMA, Diff
from pipeline.releases.frames import Tables, public_tables
from pipeline.releases.index import SUMMARY_FILE
from pipeline.releases.inputs import Inputs
from pipeline.releases.metadata.card import card, card_zh
from pipeline.releases.metadata.citation import citation
from pipeline.releases.metadata.croissant import croissant, schema_org
from pipeline.releases.metadata.datapackage import datapackage
from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.metadata.dictionary import dictionary
from pipeline.releases.quality_report import quality_json, quality_page
from pipeline.releases.schema_changes import SchemaChange, changes_frame
from pipeline.releases.signing import Signer
from pipeline.releases.versions import Level, Version
from pipeline.releases.writers.csv_files import write_csv
from pipeline.releases.writers.duckdb_file import write_duckdb
from pipeline.releases.writers.parquet_files import plain_fields, write_frame, write_parquet
from pipeline.releases.writers.sqlite_file import write_sqlite
from pipeline.releases.writers.xlsx_file import write_xlsx

FORMATS = ("parquet", "csv", "duckdb", "sqlite", "xlsx")


@dataclass(frozen=True)
class Plan:
    """What to write. `old` are the tables of the release before (empty for a first one), `diff` what changed since."""

    version: Version
    published: datetime
    tables: Tables
    diff: Diff
    schema: list[SchemaChange]
    id_changes: pl.DataFrame
    level: Level
    inputs: Inputs
    previous: Version | None = None
    old: Tables = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)
    previous_quality: Mapping[str, Any] | None = None
    formats: tuple[str, ...] = FORMATS
    signer: Signer | None = None


def write_release(folder: Path, plan: Plan) -> None:
    """Every file of the release below `folder`, which is empty. Raises OSError and the errors of the writers; leaves what is written so far."""
    registry = public_tables()
    facts = Facts(plan.version, plan.published, {name: plan.tables[name].height for name in registry}, plan.previous)
    _write_data(folder, plan, facts)
    _write_changes(folder, plan)
    facts = replace(facts, hashes=hashes_of(folder, listed_files(folder)))
    documents = plan.tables["documents"]
    texts = {
        layout.DATAPACKAGE_FILE: datapackage(registry, facts, documents),
        layout.CROISSANT_FILE: croissant(registry, facts),
        layout.SCHEMA_ORG_FILE: schema_org(registry, facts, documents),
        layout.README_FILE: card(registry, facts),
        layout.README_ZH_FILE: card_zh(registry, facts),
        layout.DICTIONARY_FILE: dictionary(registry, facts),
        layout.CITATION_FILE: citation(facts),
        layout.CHANGELOG_FILE: changelog(plan.old, plan.tables, plan.diff, plan.schema, plan.id_changes, plan.inputs, facts),
        layout.INPUTS_FILE: plan.inputs.as_json(),
        layout.QUALITY_FILE: quality_json(plan.quality),
        layout.QUALITY_PAGE: quality_page(plan.quality, plan.previous_quality, facts),
        SUMMARY_FILE: _summary(plan, facts),
    }
    if plan.signer is not None:
        texts[layout.PUBLIC_KEY_FILE] = plan.signer.public_key_text
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    digests = {name: facts.hashes[name][1] if name in facts.hashes else sha256_of(folder / name) for name in listed_files(folder)}
    checksums = checksums_text(digests).encode()
    (folder / layout.CHECKSUMS_FILE).write_bytes(checksums)
    if plan.signer is not None:
        (folder / layout.SIGNATURE_FILE).write_bytes(plan.signer.signature_of(checksums, plan.version, plan.published))


def _write_data(folder: Path, plan: Plan, facts: Facts) -> None:
    registry = public_tables()
    for name in (layout.PARQUET, layout.CSV, layout.CHANGES):
        (folder / name).mkdir()
    for name, table in registry.items():
        write_parquet(plan.tables[name], folder / layout.PARQUET / f"{name}.parquet", table)
        write_csv(plan.tables[name], folder / layout.CSV / f"{name}.csv")
    writers: dict[str, Callable[[], None]] = {
        "xlsx": lambda: write_xlsx(plan.tables, folder / layout.XLSX_FILE, registry, facts),
        "duckdb": lambda: write_duckdb(plan.tables | {layout.CHANGES: _all_changes(plan)}, folder / layout.DUCKDB_FILE),
        "sqlite": lambda: write_sqlite(plan.tables, folder / layout.SQLITE_FILE, registry),
    }
    # Different files, and libraries that do their work outside the interpreter: two at a time.
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(write) for name, write in writers.items() if name in plan.formats]:
            done.result()


def _all_changes(plan: Plan) -> pl.DataFrame:
    return pl.concat(list(plan.diff.changes.values()))


def _write_changes(folder: Path, plan: Plan) -> None:
    fields = plain_fields(CHANGE_SCHEMA)
    for name, changes in plan.diff.changes.items():
        notes = {"title": f"Changes of {name}", "description": "Added, removed and modified cells against the release before, and why."}
        write_frame(changes, folder / layout.CHANGES / f"{name}.parquet", fields, notes)
    write_csv(changes_frame(plan.schema, str(plan.version)), folder / layout.SCHEMA_CHANGES_FILE)
    write_csv(plan.id_changes, folder / layout.ID_CHANGES_FILE)


def _summary(plan: Plan, facts: Facts) -> str:
    content = {
        "published": facts.moment,
        "previous": None if plan.previous is None else str(plan.previous),
        "level": plan.level.name.lower() if plan.previous is not None else "first",
        "breaking": plan.level is Level.MAJOR and plan.previous is not None,
        "summary": one_line(plan.old, plan.tables, plan.diff, plan.schema),
        "changes": {kind: plan.diff.count(kind) for kind in ("added", "removed", "modified")},
        "rows": dict(facts.rows),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

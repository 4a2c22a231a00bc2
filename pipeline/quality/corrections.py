"""Corrections: decisions of people about claims and entities, read from a TOML file and applied to the tables.

Here: the form of the file, its guards, and what each decision does. Not here: any decision; and nothing a general rule could do.

    [[correction]]
    claim = "0123456789abcdef"            # or: entity = "org/some-company"
    decision = "correct"                  # confirm | reject | correct
    set = { value = 32.0, unit = "models" }  # correct a claim: columns of its row; correct an entity: { id = "the-right-one" }
    expect = { value = 30.0 }             # what stands there now; if it no longer does, the build stops
    reason = "the sentence counts 32"
    author = "A. Person"
    date = 2025-06-01
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.quality.contracts import Tables, broken_rows, row_json
from pipeline.tables import FACT_TABLES, TABLES

STAGE = "corrections"
DECISIONS = ("confirm", "reject", "correct")
ENTITY_KEYS = {
    "org": ("organizations", "org_id"),
    "person": ("people", "person_id"),
    "model": ("models", "model_id"),
    "product": ("products", "product_id"),
    "cohort": ("cohorts", "cohort_id"),
}
STATUS = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected"}
FIXED = ("claim_id", "doc_id", "fact_table", "sentence_no", "char_start", "char_end", "quote", "rule_id", "confidence", "review_status")
_FIELDS = {"claim", "entity", "decision", "set", "expect", "reason", "author", "date"}


class CorrectionError(LandscapeError):
    """An entry of the corrections file cannot be applied; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. `target` is a claim_id, or `<type>/<id>` for an entity; `where` names file and entry for messages."""

    where: str
    kind: Literal["claim", "entity"]
    target: str
    decision: str
    expect: Mapping[str, Any]
    changes: Mapping[str, Any]
    reason: str
    author: str
    date: date

    @property
    def verdict(self) -> str:
        """For the quarantine: who rejected it, when and why."""
        return f"rejected by {self.author} on {self.date}: {self.reason}"


class Corrected(NamedTuple):
    """`tables` after the decisions, `quarantine` with the rows that people rejected (schema of the `quarantine` table)."""

    tables: Tables
    quarantine: pl.DataFrame


def read_corrections(path: Path) -> list[Correction]:
    """The entries of the file in order. Raises CorrectionError naming file and entry."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read as corrections ({error}); it must be TOML in UTF-8") from error
    if unknown := sorted(raw.keys() - {"correction"}):
        raise CorrectionError(f"{path}: '{unknown[0]}' is not known; entries are [[correction]]")
    entries = raw.get("correction", [])
    if not isinstance(entries, list):
        raise CorrectionError(f"{path}: write entries as [[correction]], with two brackets")
    corrections = [_entry(f"{path}, correction {number}", entry) for number, entry in enumerate(entries, 1)]
    seen: dict[tuple[str, str], str] = {}
    for c in corrections:
        if (first := seen.setdefault((c.kind, c.target), c.where)) != c.where:
            raise CorrectionError(f"{c.where}: decides on {c.kind} {c.target} again (see {first}); keep one of the two")
    return corrections


def _entry(where: str, raw: Mapping[str, Any]) -> Correction:
    if unknown := sorted(raw.keys() - _FIELDS):
        raise CorrectionError(f"{where}: '{unknown[0]}' is not known; use {', '.join(sorted(_FIELDS))}")
    for name in ("decision", "reason", "author"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            raise CorrectionError(f"{where}: {name} is missing; say it in words")
    if type(raw.get("date")) is not date:
        raise CorrectionError(f"{where}: date is missing or not a date; write it as 2025-06-01, without quotation marks")
    if raw["decision"] not in DECISIONS:
        raise CorrectionError(f"{where}: decision '{raw['decision']}' is not known; use {', '.join(DECISIONS)}")
    if ("claim" in raw) == ("entity" in raw):
        raise CorrectionError(f"{where}: name either a claim or an entity")
    for name in ("expect", "set"):
        if not isinstance(raw.get(name, {}), dict):
            raise CorrectionError(f"{where}: {name} must be a table of columns, such as {{ value = 30.0 }}")
    if not raw.get("expect"):
        raise CorrectionError(f"{where}: expect is missing; give at least one column with what stands there now")
    if (raw["decision"] == "correct") != bool(raw.get("set")):
        raise CorrectionError(f"{where}: set belongs to the decision correct, and only to it")
    kind: Literal["claim", "entity"] = "claim" if "claim" in raw else "entity"
    target = str(raw[kind])
    if kind == "entity" and (target.partition("/")[0] not in ENTITY_KEYS or not target.partition("/")[2]):
        raise CorrectionError(f"{where}: entity '{target}' must be one of {', '.join(ENTITY_KEYS)}, a slash and an id")
    if kind == "entity" and raw["decision"] == "correct" and set(raw["set"]) != {"id"}:
        raise CorrectionError(f"{where}: an entity is corrected by set = {{ id = the entity that is meant }}")
    return Correction(
        where, kind, target, raw["decision"], raw["expect"], raw.get("set", {}), raw["reason"].strip(), raw["author"].strip(), raw["date"]
    )


def apply_corrections(tables: Tables, corrections: Sequence[Correction]) -> Corrected:
    """The tables with every decision carried out, in the order of the file.

    A claim confirmed, corrected or rejected says so in `review_status`; of a rejected one the fact row goes to quarantine and the claim stays.
    A confirmed entity is no longer provisional; a corrected one becomes another everywhere; with a rejected one go its aliases and facts.
    Raises CorrectionError if an entry names nothing, if its `expect` no longer holds, or if what it sets breaks the table's contract.
    """
    work, rejected = dict(tables), []
    for correction in corrections:
        step = _on_claim if correction.kind == "claim" else _on_entity
        rejected += step(work, correction)
    return Corrected(work, TABLES["quarantine"].frame(rejected))


def _only_row(tables: Tables, table: str, key: str, value: str, c: Correction) -> dict[str, Any]:
    rows = tables[table].filter(pl.col(key) == value).to_dicts() if table in tables else []
    if len(rows) != 1:
        raise CorrectionError(
            f"{c.where}: there is no {c.kind} {c.target}; the article, a rule or the lexicon changed: review or remove the entry"
        )
    return rows[0]


def _guard(row: Mapping[str, Any], c: Correction) -> None:
    for column, wanted in c.expect.items():
        if column not in row:
            raise CorrectionError(f"{c.where}: {c.kind} {c.target} has no column {column} to expect anything of")
        if row[column] != wanted:
            raise CorrectionError(f"{c.where}: expects {column} = {wanted!r} but finds {row[column]!r}; review or remove the entry")


def _on_claim(tables: Tables, c: Correction) -> list[dict[str, Any]]:
    claim = _only_row(tables, "claims", "claim_id", c.target, c)
    table: str = claim["fact_table"]
    fact = _only_row(tables, table, "claim_id", c.target, c)
    _guard(claim | fact, c)
    for column in c.changes:
        if column in FIXED or column not in claim | fact:
            raise CorrectionError(f"{c.where}: {column} cannot be set; use a column of {table}, attributed_to or assertion")
    for name, row in ((table, fact), ("claims", claim)):
        mine = {k: v for k, v in c.changes.items() if k in row and not (name == "claims" and k in fact)}
        mine |= {"review_status": STATUS[c.decision]} if name == "claims" else {}
        if mine:
            tables[name] = _replaced(tables[name], name, row | mine, c)
    if c.decision != "reject":
        return []
    tables[table] = tables[table].filter(pl.col("claim_id") != c.target)
    return [{"stage": STAGE, "doc_id": fact["doc_id"], "table": table, "row": row_json(table, fact), "reason": c.verdict}]


def _replaced(frame: pl.DataFrame, name: str, row: dict[str, Any], c: Correction) -> pl.DataFrame:
    """The frame with the row of this key exchanged. Raises CorrectionError if the new row breaks the contract."""
    table = TABLES[name]
    floats = {k: float(v) if table.schema[k] == pl.Float64 and type(v) is int else v for k, v in row.items()}
    try:
        new = pl.DataFrame([floats], schema=table.schema)
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise CorrectionError(f"{c.where}: a value of set has the wrong type for {name} ({str(error).splitlines()[0]})") from error
    broken = broken_rows(table, new)
    if broken.height:
        raise CorrectionError(f"{c.where}: after the correction the row would not hold: {broken['reason'][0]}")
    (key,) = table.primary_key
    return table.sorted(pl.concat([frame.filter(pl.col(key) != row[key]), new]))


def _on_entity(tables: Tables, c: Correction) -> list[dict[str, Any]]:
    kind, _, entity = c.target.partition("/")
    table, key = ENTITY_KEYS[kind]
    row = _only_row(tables, table, key, entity, c)
    _guard(row, c)
    if c.decision == "confirm":
        tables[table] = _replaced(tables[table], table, row | {"is_provisional": False}, c)
        return []
    if c.decision == "correct":
        meant = str(c.changes["id"])
        if tables[table].filter(pl.col(key) == meant).is_empty():
            raise CorrectionError(f"{c.where}: set names {kind} {meant}, which is not in {table}; use the id of an entity of this release")
        for name in tables:
            references = _refers(name, table, entity)
            if references and name in FACT_TABLES:
                touched = tables[name].filter(pl.any_horizontal(holds for _, _, holds in references))
                _mark(tables, touched, "corrected")
            tables[name] = _relinked(tables[name], name, table, entity, meant)
        tables[table] = tables[table].filter(pl.col(key) != entity)
        return []
    return _without_entity(tables, table, key, entity, c)


def _mark(tables: Tables, facts: pl.DataFrame, status: str) -> None:
    """Write the review status of the claims of these facts."""
    if "claims" in tables and facts.height:
        theirs = pl.col("claim_id").is_in(facts["claim_id"].implode())
        tables["claims"] = tables["claims"].with_columns(review_status=pl.when(theirs).then(pl.lit(status)).otherwise("review_status"))


def _refers(name: str, table: str, entity: str) -> list[tuple[str, bool, pl.Expr]]:
    """(column, is a list, condition) of each reference of table `name` to the entity."""
    out = []
    for reference in TABLES[name].foreign_keys:
        if reference.table == table:
            (column,) = reference.columns
            holds = pl.col(column).list.contains(entity) if reference.list else pl.col(column) == entity
            if reference.when is not None:
                holds = holds & (pl.col(reference.when[0]) == reference.when[1])
            out.append((column, reference.list, holds.fill_null(False)))
    return out


def _relinked(frame: pl.DataFrame, name: str, table: str, entity: str, meant: str) -> pl.DataFrame:
    references = _refers(name, table, entity)
    for column, is_list, holds in references:
        renamed = pl.col(column).list.eval(pl.element().replace(entity, meant)).list.unique(maintain_order=True)
        changed = renamed if is_list else pl.lit(meant)
        frame = frame.with_columns(pl.when(holds).then(changed).otherwise(column).alias(column))
    if not references:
        return frame
    return TABLES[name].sorted(frame.unique(TABLES[name].primary_key, keep="first", maintain_order=True))


def _without_entity(tables: Tables, table: str, key: str, entity: str, c: Correction) -> list[dict[str, Any]]:
    """Take out the entity, its aliases and every fact that refers to it; claims of those facts are marked rejected. Other references become null."""
    row = tables[table].row(by_predicate=pl.col(key) == entity, named=True)
    rejected = [{"stage": STAGE, "doc_id": None, "table": table, "row": row_json(table, row), "reason": c.verdict}]
    tables[table] = tables[table].filter(pl.col(key) != entity)
    for name in [n for n in tables if n in FACT_TABLES or n == "aliases"]:
        references = _refers(name, table, entity)
        if not references:
            continue
        hit = pl.any_horizontal(holds for _, _, holds in references)
        gone = tables[name].filter(hit)
        tables[name] = tables[name].filter(~hit)
        rejected += [
            {"stage": STAGE, "doc_id": row.get("doc_id"), "table": name, "row": row_json(name, row), "reason": c.verdict}
            for row in gone.iter_rows(named=True)
        ]
        if name in FACT_TABLES:
            _mark(tables, gone, "rejected")
    for name in ("organizations", "models", "products"):
        for column, _, holds in _refers(name, table, entity) if name in tables else ():
            tables[name] = tables[name].with_columns(pl.when(holds).then(None).otherwise(column).alias(column))
    return rejected

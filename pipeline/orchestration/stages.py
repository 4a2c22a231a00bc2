"""The stages of a run as plain functions on frames, in the order the data flows. Dagster's assets call them; so could any other engine.

Here: which function of which stage is called with what. Not here: the work itself, which lives in the packages, and anything of Dagster's.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from pipeline.facts.batch import document_tables
from pipeline.facts.entities import entity_frames
from pipeline.lexicon import load
from pipeline.orchestration import incremental
from pipeline.orchestration.places import Places
from pipeline.quality.conflicts import find_conflicts
from pipeline.quality.contracts import broken_rows, check
from pipeline.quality.corrections import apply_corrections, read_corrections
from pipeline.quality.coverage import classify, leftovers
from pipeline.quality.evaluation import with_confidence
from pipeline.quality.figures import quality_figures
from pipeline.quality.ignorable import ignorable
from pipeline.quality.measured import measured_confidence
from pipeline.releases.inputs import Inputs, inputs_of
from pipeline.releases.publish import NothingNew, Published
from pipeline.releases.publish import publish as publish_release
from pipeline.releases.signing import read_signer
from pipeline.tables import FACT_TABLES, PUBLIC_TABLES, TABLES

Frames = dict[str, pl.DataFrame]
EXTRACTED: tuple[str, ...] = ("sentences", "mentions", "spans", "failures", "review_queue", "claims", *FACT_TABLES)
ENTITIES: tuple[str, ...] = ("organizations", "people", "models", "products", "cohorts", "aliases")
WAREHOUSE_ONLY: tuple[str, ...] = ("document_texts", "sentences", "quarantine")
CHECKED: tuple[str, ...] = ("documents", *ENTITIES, "claims", *FACT_TABLES, "review_queue")


class Ingested(NamedTuple):
    """`articles`: ARTICLE_SCHEMA, one row a document that can be used; `rejected`: the quarantine rows of those that cannot."""

    articles: pl.DataFrame
    rejected: pl.DataFrame


def ingest(seeds: Path, cache: Path | None = None) -> Ingested:
    """Read every file of the folder; those that did not change come out of `cache`."""
    articles, rejected = incremental.ingest(seeds, cache)
    columns = TABLES["quarantine"].schema
    return Ingested(articles, TABLES["quarantine"].frame([{c: getattr(r, c) for c in columns} for r in rejected]))


def extract(articles: pl.DataFrame, cache: Path | None = None, workers: int = 1) -> incremental.Extracted:
    """Everything the articles say (frames: EXTRACTED); what unchanged articles say comes out of `cache`."""
    return incremental.extract(articles, cache, workers)


def _referred(facts: Frames) -> set[tuple[str, str]]:
    """(type, id) of every entity that a fact refers to."""
    kind_of = {"organizations": "org", "people": "person", "models": "model", "products": "product", "cohorts": "cohort"}
    found: set[tuple[str, str]] = set()
    for name in FACT_TABLES:
        for key in TABLES[name].foreign_keys:
            if key.table not in kind_of:
                continue
            frame = facts[name] if key.when is None else facts[name].filter(pl.col(key.when[0]) == key.when[1])
            column = frame.get_column(key.columns[0])
            values = column.explode() if key.list else column
            found |= {(kind_of[key.table], v) for v in values.drop_nulls().unique().to_list()}
    return found


def entities(extracted: Frames) -> Frames:
    """The entity tables of what was extracted: ENTITIES."""
    return entity_frames(extracted["mentions"], sorted(_referred(extracted)), load())


def accounted(articles: pl.DataFrame, extracted: Frames) -> pl.DataFrame:
    """`spans` with the outcome of each: handled by a fact, ignored for a reason, or left for review."""
    return classify(
        extracted["spans"], extracted["claims"], extracted["review_queue"], ignorable(extracted["spans"], extracted["sentences"])
    )


def contracts(articles: pl.DataFrame, rejected: pl.DataFrame, extracted: Frames, named: Frames, corrections: Path | None) -> Frames:
    """The tables that keep their contracts (CHECKED and WAREHOUSE_ONLY), corrected by hand where people decided; `quarantine` holds the rest."""
    tables = document_tables(articles) | {t: extracted[t] for t in ("sentences", "review_queue", "claims", *FACT_TABLES)} | named
    left = leftovers(accounted(articles, extracted), tables["document_texts"])
    tables["review_queue"] = TABLES["review_queue"].sorted(pl.concat([tables["review_queue"], left]))
    tables["claims"] = with_confidence(tables["claims"], measured_confidence())
    decided = apply_corrections(tables, read_corrections(corrections) if corrections else [])
    checked = check(decided.tables)
    rejections = [rejected, extracted["failures"], decided.quarantine, checked.quarantine]
    return checked.tables | {"quarantine": TABLES["quarantine"].sorted(pl.concat(rejections))}


def broken(name: str, frame: pl.DataFrame) -> int:
    """How many rows of a table break its contract."""
    return broken_rows(TABLES[name], frame).height


def conflicts(tables: Frames) -> pl.DataFrame:
    """What disagrees with what."""
    return find_conflicts(tables)


def figures(tables: Frames, articles: pl.DataFrame, extracted: Frames, gold: Path | None) -> dict[str, Any]:
    """What quality.json says: scores against gold where there is gold of these articles, coverage, conflicts, quarantine, review queue, rules."""
    return quality_figures(tables, accounted(articles, extracted), sorted(gold.glob("*.jsonl")) if gold else [])


def public(tables: Frames) -> Frames:
    """The tables that a release holds."""
    return {name: frame for name, frame in tables.items() if name in PUBLIC_TABLES}


def inputs(tables: Frames, corrections: Path | None) -> Inputs:
    """What the release is made of: digests of articles, code and lexicon, and the decisions of people."""
    decisions = {c.target: c.reason for c in read_corrections(corrections)} if corrections else {}
    return inputs_of(tables["documents"], lexicon=load().version, corrections=decisions)


def publish(tables: Frames, quality: dict[str, Any], places: Places) -> Published | NothingNew:
    """The next release of the datasets folder, if any cell differs from the last one; signed if there is a key."""
    made_of = inputs(tables, places.corrections)
    signer = read_signer(places.sign_key, os.environ.get("LANDSCAPE_SIGN_PASSWORD")) if places.sign_key else None
    return publish_release(public(tables), places.datasets, inputs=made_of, version=places.version, quality=quality, signer=signer)

"""Only what is new: articles that did not change keep what was read out of them, the rest is read, in batches and over processes if that pays.

The result is the same, byte for byte, as that of a build from nothing. What an article says is decided elsewhere; here is only which ones to ask.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import polars as pl

from pipeline.documents import fingerprint, list_seeds, mark_duplicates, read_documents
from pipeline.documents.duplicates import Fingerprint
from pipeline.documents.frame import from_frame, to_frame
from pipeline.documents.reading import Known
from pipeline.documents.sources import Source
from pipeline.errors import LandscapeError
from pipeline.facts.batch import extract_batch
from pipeline.orchestration import kept
from pipeline.tables import TABLES
from pipeline.tables.quarantine import Quarantined

Frames = kept.Frames
READING = ("documents", "text")
RULES = ("documents", "text", "lexicon", "mentions", "facts", "tables")
BATCH_CHARACTERS = 400_000  # of text in one batch: what bounds the memory of a worker
WORTH_A_PROCESS = 2_000_000  # characters below which starting a worker costs more than it saves
FINGERPRINTS = {"doc_id": pl.String(), "published": pl.Date(), "exact": pl.String(), "signature": pl.List(pl.UInt64())}


class Extracted(NamedTuple):
    """The frames, how many articles were read for them, and why: `new` (only what changed) or `all` (the rules changed, or nothing was kept)."""

    frames: Frames
    read: int
    scope: str


def ingest(seeds: Path, cache: Path | None) -> tuple[pl.DataFrame, list[Quarantined]]:
    """The articles of a folder (ARTICLE_SCHEMA) and what could not be read; unchanged files are taken over from `cache`."""
    version = kept.code_version(*READING)
    before = kept.load(cache / "documents", version) if cache else None
    sources = list_seeds(seeds).sources
    known: Known = {}
    prints: dict[str, Fingerprint] = {}
    if before is not None:
        origin = dict(before["origins"].iter_rows())
        known = {(d.doc_id, d.sha256, origin[d.doc_id]): d for d in from_frame(before["articles"])}
        prints = {
            row["doc_id"]: Fingerprint(**row | {"signature": tuple(row["signature"])})
            for row in before["fingerprints"].iter_rows(named=True)
        }
    documents, rejected = read_documents(seeds, known=known)
    fresh = {d.doc_id for d in documents if (d.doc_id, d.sha256, _origin(sources, d.doc_id)) not in known}
    made = {d.doc_id: fingerprint(d) if d.doc_id in fresh or d.doc_id not in prints else prints[d.doc_id] for d in documents}
    marked = mark_duplicates(documents, made)
    if cache and (fresh or before is None or before["articles"].height != len(documents)):
        rows = [dict(zip(FINGERPRINTS, astuple(p), strict=True)) for p in made.values()]
        origins = {"doc_id": [d.doc_id for d in documents], "origin": [_origin(sources, d.doc_id) for d in documents]}
        frames = {
            "articles": to_frame(documents),
            "fingerprints": pl.DataFrame(rows, schema=FINGERPRINTS),
            "origins": pl.DataFrame(origins),
        }
        kept.save(cache / "documents", version, frames)
    return to_frame(marked), rejected


def extract(articles: pl.DataFrame, cache: Path | None, workers: int = 1) -> Extracted:
    """Everything the articles say, with the frames of `extract_batch`; what unchanged articles say is taken over from `cache`."""
    version = kept.code_version(*RULES)
    before = kept.load(cache / "extraction", version) if cache else None
    digests = articles.select("doc_id", digest=pl.struct(pl.exclude("text")).map_elements(_digest, return_dtype=pl.String))
    fresh = articles
    if before is not None:
        changed = digests.join(before["digests"], on=["doc_id", "digest"], how="anti")
        fresh = articles.join(changed, on="doc_id", how="semi")
    found = list(_batches(fresh, workers))
    if before is not None:
        unchanged = digests.join(before["digests"], on=["doc_id", "digest"], how="semi")
        found.append({n: f.join(unchanged, on="doc_id", how="semi") for n, f in before.items() if n != "digests"})
    found = found or [extract_batch(fresh)]  # no article at all: frames without rows
    # Parts go as soon as they are joined, so that the largest tables are not held twice.
    frames = {name: _joined(name, [part.pop(name) for part in found]) for name in list(found[0])}
    if cache and (fresh.height or before is None or before["digests"].height != digests.height):
        kept.save(cache / "extraction", version, frames | {"digests": digests})
    return Extracted(frames, fresh.height, "all" if before is None else "new")


def _origin(sources: dict[str, Source], doc_id: str) -> str:
    """What sources.toml says of a document, as a comparable string."""
    return next((repr(entry) for name, entry in sorted(sources.items()) if name.rsplit(".", 1)[0] == doc_id), "")


def _digest(row: dict[str, object]) -> str:
    return hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()


def _joined(name: str, parts: list[pl.DataFrame]) -> pl.DataFrame:
    frame = pl.concat(parts)
    return TABLES[name].sorted(frame) if name in TABLES else frame.sort(frame.columns)


def _batches(articles: pl.DataFrame, workers: int) -> Iterator[Frames]:
    """The frames of each batch, in order; over processes when there is enough to do."""
    if articles.is_empty():
        return
    sizes = articles["text"].str.len_chars()
    number = (sizes.cum_sum() - sizes) // BATCH_CHARACTERS
    batches = articles.with_columns(batch=number).partition_by("batch", maintain_order=True, include_key=False)
    if workers < 2 or len(batches) < 2 or sizes.sum() < WORTH_A_PROCESS:
        yield from map(extract_batch, batches)
        return
    try:
        with ProcessPoolExecutor(min(workers, len(batches)), mp_context=get_context("spawn"), initializer=_leave_with_parent) as pool:
            yield from pool.map(extract_batch, batches)
    except BrokenProcessPool as error:
        raise LandscapeError("a worker process died, most likely for want of memory; run again with fewer --workers") from error


def _leave_with_parent() -> None:
    """A worker whose parent is killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()

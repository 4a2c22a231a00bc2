"""The value of a rejected input: what left the pipeline, where and why. The contracts that reject rows live in the quality stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document or row that did not go on: `stage` is where it stopped, `reason` one line, `row` JSON (None for a document).

    `doc_id` is the document concerned (None for an entity row), `table` the table the row was meant for (None for a whole document).
    """

    stage: str
    doc_id: str | None
    table: str | None
    row: str | None
    reason: str

"""The value type of the mention layer: a name standing in the text and the entity it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. `type` is one of org, person, model, product, cohort, benchmark, media, country.

    `entity_id` is the id in the lexicon, or a provisional slug (`is_provisional`) for a name the lexicon does not know.
    """

    start: int
    end: int
    text: str
    type: str
    entity_id: str
    is_provisional: bool = False

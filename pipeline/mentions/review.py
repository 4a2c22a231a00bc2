"""Names the lexicon does not know, as rows of `review_queue`: somebody decides whether they belong in the lexicon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypedDict

from pipeline.mentions.spans import Mention

_CONTEXT = 30  # characters on either side


class ReviewRow(TypedDict):
    """A row of `review_queue`: the first place of an unknown name in a document, and how often the document names it."""

    kind: str
    surface: str
    entity_type: str
    doc_id: str
    char_start: int
    char_end: int
    context: str
    count: int


def review_rows(
    doc_id: str, raw: str, mentions: Iterable[Mention], raw_span: Callable[[int, int], tuple[int, int]] | None = None
) -> list[ReviewRow]:
    """One row per unknown name of a document, in the order of the text.

    `mentions` have offsets of `raw`, or of its folded form if `raw_span` (of `Folded`) leads back to `raw`.
    """
    rows: dict[tuple[str, str], ReviewRow] = {}
    for mention in mentions:
        if not mention.is_provisional:
            continue
        row = rows.get((mention.type, mention.entity_id))
        if row is not None:
            row["count"] += 1
            continue
        start, end = raw_span(mention.start, mention.end) if raw_span else (mention.start, mention.end)
        context = " ".join(raw[max(0, start - _CONTEXT) : end + _CONTEXT].split())
        rows[mention.type, mention.entity_id] = ReviewRow(
            kind="name",
            surface=raw[start:end],
            entity_type=mention.type,
            doc_id=doc_id,
            char_start=start,
            char_end=end,
            context=context,
            count=1,
        )
    return list(rows.values())

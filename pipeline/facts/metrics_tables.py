"""Tables in the text: one row of figures for each subject named in the head of the table. Used by `metrics`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.metrics_cues import Cue, cues
from pipeline.facts.metrics_subjects import subject_fields
from pipeline.facts.patterns import Fact, quantity_fields
from pipeline.facts.timing import NO_DATE, date_fields
from pipeline.facts.view import SentenceView, Token

_RULE = re.compile(r"[\s|:\-—]*")
_AHEAD = 3


def _cells(view: SentenceView) -> list[tuple[int, int]]:
    """The cells of a table row, as stretches of the shadow; the border bars are dropped."""
    line = view.shadow
    left = 1 if line.lstrip().startswith("|") else 0
    cells: list[tuple[int, int]] = []
    start = line.index("|") + 1 if left else 0
    for bar in re.finditer(r"\|", line[start:]):
        cells.append((start if not cells else cells[-1][1] + 1, start + bar.start()))
    end = cells[-1][1] + 1 if cells else start
    if line[end:].strip():
        cells.append((end, len(line)))
    return cells


def _head(view: SentenceView) -> SentenceView | None:
    """The first row of the table that `view` is a row of."""
    row, behind = None, view.previous
    while behind is not None and ("|" in behind.shadow or _RULE.fullmatch(behind.shadow)):
        row = behind if not _RULE.fullmatch(behind.shadow) else row
        behind = behind.previous
    return row


def _around(view: SentenceView) -> Iterator[SentenceView]:
    """The sentences that may say what a table measures: the few before it and the few behind it."""
    every = view.document.sentences
    first = last = view.number
    while first and "|" in every[first - 1].shadow:
        first -= 1
    while last + 1 < len(every) and "|" in every[last + 1].shadow:
        last += 1
    yield from every[last + 1 : last + 1 + _AHEAD]
    yield from reversed(every[max(0, first - _AHEAD) : first])


def _measure(view: SentenceView, head: str, unit: str) -> Cue | None:
    """The measure that the cell's head, else a line around the table, names."""
    for text in (head, *(s.shadow for s in _around(view))):
        for cue in cues():
            if unit in cue.units and cue.before and re.search(cue.before, text):
                return cue
    return None


def find(view: SentenceView) -> Iterator[Fact]:
    """A row of `metrics` for each amount of a table row that starts with a time, under a head that names a subject."""
    head = _head(view)
    cells = _cells(view)
    if head is None or not cells:
        return
    heads = _cells(head)
    time = next((t for t in view.tokens_in(*cells[0]) if t.kind == "TIME"), None)
    if time is None:
        return
    offset = len(heads) - len(cells)
    for number, (left, right) in enumerate(cells[1:], start=1):
        amounts = [t for t in view.tokens_in(left, right) if t.kind in ("MONEY", "COUNT", "TOKENS", "PERCENT")]
        column = number + offset
        if len(amounts) != 1 or not 0 <= column < len(heads):
            continue
        owner = next((t for t in head.tokens_in(*heads[column]) if t.kind in ("ORG", "PRODUCT", "MODEL")), None)
        unit = "money" if amounts[0].kind == "MONEY" else amounts[0].quantity.unit or "none"
        title = head.shadow[slice(*heads[column])]
        cue = _measure(view, title, unit) if owner else None
        if owner and cue:
            yield _row(view, amounts[0], owner, cue, time, "预" in title)


def _row(view: SentenceView, amount: Token, owner: Token, cue: Cue, time: Token, predicted: bool) -> Fact:
    currency = amount.quantity.currency
    fields = {**subject_fields(owner, cue.metric), "metric": cue.metric, **quantity_fields(amount, sign=cue.sign)}
    fields |= {"unit": cue.unit or currency or amount.quantity.unit, "currency": currency, "of_metric": cue.of_metric}
    fields |= date_fields(view, time) if time.time.date_start else NO_DATE
    assertion = "predicted" if predicted else None
    return Fact("metrics", fields, amount.start, amount.end, "metrics.table", (amount, time), assertion=assertion)

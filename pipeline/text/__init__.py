"""The text layer: folding, sentences, quantities and times of Chinese business news. Names belong to `pipeline.mentions`, meaning to `pipeline.facts`.

Functions ending in `_in` work on folded text (the pipeline's path); `find_*` take any text and give offsets in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.text.fold import Folded, fold
from pipeline.text.lengths import duration_quantity
from pipeline.text.quantities import quantities_in
from pipeline.text.sentences import clauses_in, sentences_in
from pipeline.text.spans import Quantity, Sentence, TimeSpan
from pipeline.text.times import times_in


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of any text, in order; offsets and `text` are those of the given text."""
    folded = fold(text)
    out = []
    for quantity in quantities_in(folded.text):
        start, end = folded.raw_span(quantity.start, quantity.end)
        out.append(replace(quantity, start=start, end=end, text=text[start:end]))
    return out


def find_times(text: str, reference: date | None) -> list[TimeSpan]:
    """The times of any text, resolved against `reference`; offsets and `text` are those of the given text."""
    folded = fold(text)
    out = []
    for time in times_in(folded.text, reference):
        start, end = folded.raw_span(time.start, time.end)
        out.append(replace(time, start=start, end=end, text=text[start:end]))
    return out


def find_sentences(text: str) -> list[Sentence]:
    """The sentences and headings of any text, in order; offsets are those of the given text, `section` is folded."""
    folded = fold(text)
    out = []
    for sentence in sentences_in(folded.text):
        start, end = folded.raw_span(sentence.start, sentence.end)
        out.append(replace(sentence, start=start, end=end))
    return out


__all__ = [
    "Folded",
    "Quantity",
    "Sentence",
    "TimeSpan",
    "clauses_in",
    "duration_quantity",
    "find_quantities",
    "find_sentences",
    "find_times",
    "fold",
    "quantities_in",
    "sentences_in",
    "times_in",
]

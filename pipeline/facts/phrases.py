"""Phrases: the stretches of a sentence between commas and stops, also inside quoted speech, which clauses keep whole. Used where a number must be
read with the words next to it. Nothing is decided about meaning here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.facts.view import SentenceView, Token

_STOP = re.compile(r"[,，;；。!?！？：:\n]|……|——|---+")
_LABEL = re.compile(r"\s*(?![^:：]*(?:说|称|表示|道|指出|写|注))[^\ue000-\ue021]{2,12}")  # 训练成本：560万美元 is one phrase
_KEY = "phrases"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the shadow without its closing mark; `hard` if a full stop or semicolon ends it."""

    number: int
    left: int
    right: int
    hard: bool
    soft: bool = False


def phrases(view: SentenceView) -> tuple[Phrase, ...]:
    """The phrases of a sentence, in order."""
    known = view.notes.get(_KEY)
    if isinstance(known, tuple):
        return known
    out: list[Phrase] = []
    left = 0
    for stop in _STOP.finditer(view.shadow):
        if stop[0] in ":：" and _LABEL.fullmatch(view.shadow, left, stop.start()):
            continue
        if stop.start() > left:
            out.append(Phrase(len(out), left, stop.start(), stop[0] in "。!?！？\n", stop[0] in ";；"))
        left = stop.end()
    if left < len(view.shadow):
        out.append(Phrase(len(out), left, len(view.shadow), True))
    found = tuple(out)
    view.notes[_KEY] = found
    return found


def phrase_at(view: SentenceView, at: int) -> Phrase:
    """The phrase that holds shadow offset `at`."""
    every = phrases(view)
    return next((p for p in every if at < p.right), every[-1])


def before(view: SentenceView, phrase: Phrase, *, across: bool = True) -> list[Phrase]:
    """The phrases before `phrase`, the nearest first, as far as the last full stop (or semicolon, unless `across`)."""
    out: list[Phrase] = []
    for earlier in reversed(phrases(view)[: phrase.number]):
        if earlier.hard or (earlier.soft and not across):
            break
        out.append(earlier)
    return out


def tokens(view: SentenceView, phrase: Phrase, *kinds: str) -> list[Token]:
    """The tokens of `kinds` (all if none) of a phrase."""
    return view.tokens_in(phrase.left, phrase.right, *kinds)

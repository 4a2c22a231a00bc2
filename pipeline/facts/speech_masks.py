"""Quotations and brackets of a sentence, and the shadow with their insides blanked out, so that a rule sees only the words of the author.

Finding who is quoted belongs to `speech`.
"""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = {"“": "”", "「": "」", "『": "』", "‘": "’"}
_BRACKETS = {"(": ")", "（": "）", "《": "》", "【": "】"}
QUOTED, BRACKETED = "\ue0ff", "\ue0fe"  # stand for one blanked character each


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `left` is its first character inside, `right` the closing mark (or the end of the sentence)."""

    left: int
    right: int


def quotes_in(shadow: str) -> list[Quote]:
    """The outermost quotations of a shadow, in order. An opening mark that is never closed runs to the end; straight marks take turns."""
    out: list[Quote] = []
    at, length = 0, len(shadow)
    while at < length:
        mark = shadow[at]
        closing = _PAIRS.get(mark) or ('"' if mark == '"' else None)
        if closing is None:
            at += 1
            continue
        right = _closing(shadow, at, mark, closing)
        if right < 0:
            if mark in '‘"':
                at += 1
                continue
            right = length
        out.append(Quote(at + 1, right))
        at = right + 1
    return out


def _closing(shadow: str, at: int, mark: str, closing: str) -> int:
    if mark == '"':
        return shadow.find('"', at + 1)
    depth = 0
    for place in range(at, len(shadow)):
        if shadow[place] == mark:
            depth += 1
        elif shadow[place] == closing:
            depth -= 1
            if depth == 0:
                return place
    return -1


def masked(shadow: str, quotes: list[Quote]) -> str:
    """`shadow` with the insides of quotations and brackets blanked out, character for character."""
    out = list(shadow)
    for quote in quotes:
        for place in range(quote.left, quote.right):
            out[place] = QUOTED
    at = 0
    while at < len(out):
        closing = _BRACKETS.get(out[at])
        if closing:
            end = at + 1
            while end < len(out) and out[end] != closing and end - at < 120:
                end += 1
            if end < len(out) and out[end] == closing:
                for place in range(at + 1, end):
                    out[place] = BRACKETED
                at = end
        at += 1
    return "".join(out)

"""One spelling for names: a text without case and without the joints of Latin names, and the way back to its offsets.

Names of the lexicon and texts go through the same function, so that `DeepSeek R1`, `deepseek-r1` and `DeepSeekR1` meet. Nothing is looked up here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_JOINT = re.compile(r"[ \-_.‐‑‒–·・•‧]{1,3}")
_MIDDLE_DOTS = frozenset("·・•‧")
_LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def lowered(text: str) -> str:
    """`text` in lower case, of the same length (a few letters outside ASCII grow when lowered: then only ASCII is)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character."""
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿"


def is_latin(char: str) -> bool:
    """Whether `char` is an ASCII letter or digit (false for an empty string)."""
    return char in _LATIN


@dataclass(frozen=True, slots=True)
class Squashed:
    """A squashed text. `cuts` are the offsets in `text` from which `shifts` characters have been dropped before."""

    text: str
    cuts: tuple[int, ...]
    shifts: tuple[int, ...]

    def offset(self, position: int) -> int:
        """The offset in the original of the character at `position`."""
        return position + self.shifts[bisect_right(self.cuts, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original half-open span of `text[start:end]` (not empty)."""
        return self.offset(start), self.offset(end - 1) + 1


def _joint(before: str, joint: str, after: str) -> str:
    """What is left of a joint between two characters: nothing inside a name, a dot or a hyphen between digits, itself elsewhere."""
    if before in _DIGITS and after in _DIGITS:
        return "." if joint == "." else "-"
    if is_latin(before) and is_latin(after):
        return ""
    if joint in _MIDDLE_DOTS and before.isalpha() and after.isalpha():
        return ""
    if joint.isspace() and ((is_latin(before) and is_han(after)) or (is_han(before) and is_latin(after))):
        return ""
    return joint


def squash(text: str) -> Squashed:
    """`text` lowered and without the joints of names. Linear in its length.

    >>> squash("GPT-4o, Qwen 2.5").text
    'gpt4o, qwen2.5'
    """
    pieces: list[str] = []
    cuts, shifts = [0], [0]
    last, dropped, length = 0, 0, len(text)
    for match in _JOINT.finditer(text):
        start, end = match.span()
        if start == 0 or end >= length:
            continue
        joint = text[start:end]
        left = _joint(text[start - 1], joint, text[end])
        if left == joint:
            continue
        pieces.append(text[last:start])
        pieces.append(left)
        dropped += end - start - len(left)
        cuts.append(end - dropped)
        shifts.append(dropped)
        last = end
    pieces.append(text[last:])
    return Squashed(lowered("".join(pieces)), tuple(cuts), tuple(shifts))

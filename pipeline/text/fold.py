"""Folding: every text in one form (Simplified, half-width, no invisible characters, Taiwan vocabulary undone), with a map back to the raw offsets.

Two steps: a conversion that keeps the length (OpenCC t2s, single characters), then a list of edits that does not (deletions, words). Nothing here knows
what a word means to the pipeline; the table of words is `fold.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_CHUNK = 1 << 16
_CJK = "\u3400-\u4dbf\u4e00-\u9fff〇"
_SPACES = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
# Joined to Chinese on the other side, a space between these is typography, not a border.
_JOINS_LEFT = re.compile(rf"[{_CJK}][A-Za-z0-9$¥€£+<>≈~\-–—]|[A-Za-z0-9%+)\-–—~][{_CJK}]|[0-9]%|\$[0-9]")
# Traditional text writes the particle 着 as 著, which OpenCC leaves; these are the words that keep it.
_PARTICLE = re.compile(r"著(?<![显名专原编土卓论昭执遗译巨合所]著)(?![名作称述者书录文有])")
_THOUSANDS = re.compile(r"[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_LONE_LETTER = re.compile(r"[BM](?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back. `raw_span` and `folded_offset` take and return half-open code point offsets."""

    text: str
    raw: str
    _folded_cuts: list[int] = field(repr=False)  # start of each piece in `text`; pieces alternate kept and edited
    _raw_cuts: list[int] = field(repr=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw characters that became `text[start:end]`; an edited word is taken whole, a deletion at either end is left out."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}..{end} is outside the folded text of {len(self.text)} characters")
        if len(self._folded_cuts) == 1:
            return start, end
        left = self._raw_start(start)
        return (left, left) if end == start else (left, self._raw_end(end))

    def folded_offset(self, raw_offset: int) -> int:
        """The offset in `text` of a raw offset; inside a deletion or an edited word: the place nearest to it."""
        if not 0 <= raw_offset <= len(self.raw):
            raise ValueError(f"offset {raw_offset} is outside the raw text of {len(self.raw)} characters")
        piece = bisect_right(self._raw_cuts, raw_offset) - 1
        base = self._folded_cuts[piece]
        limit = self._folded_cuts[piece + 1] if piece + 1 < len(self._folded_cuts) else len(self.text)
        return min(base + raw_offset - self._raw_cuts[piece], limit)

    def _raw_start(self, start: int) -> int:
        piece = bisect_right(self._folded_cuts, start) - 1
        base = self._raw_cuts[piece]
        return base if piece % 2 else base + start - self._folded_cuts[piece]

    def _raw_end(self, end: int) -> int:
        piece = bisect_left(self._folded_cuts, end) - 1
        if piece % 2:
            return self._raw_cuts[piece + 1]
        return self._raw_cuts[piece] + end - self._folded_cuts[piece]


@dataclass(frozen=True, slots=True)
class _Table:
    variants: dict[str, str]
    always: tuple[re.Pattern[str], re.Pattern[str]]  # the characters an edit may begin with, the edit
    taiwan: tuple[re.Pattern[str], re.Pattern[str]]
    words: dict[str, str]
    markers: tuple[str, ...]


@cache
def _table() -> _Table:
    data = tomllib.loads((files(__package__) / "fold.toml").read_text(encoding="utf-8"))
    always, taiwan = data["vocabulary"], data["taiwan"]

    def pattern(words: list[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        firsts = "".join(sorted({word[0] for word in words}))
        blanks = f"[{_INVISIBLE}]+|[{_SPACES}]+"
        return re.compile(f"[{firsts}{_INVISIBLE}{_SPACES}]"), re.compile(f"{blanks}|" + "|".join(map(re.escape, longest_first)))

    return _Table(
        data["variants"], pattern(list(always)), pattern([*always, *taiwan]), {**taiwan, **always}, tuple(data["markers"]["words"])
    )


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _single(character: str) -> str:
    """The form of one character, always one character."""
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if code == 0:
        return "\u200b"
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A or character in "＋－．／％＄＆＃＠＝＜＞～＿＊":
        return chr(code - 0xFEE0)
    variant = _table().variants.get(character)
    if variant is not None:
        return variant
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F or 0x1D400 <= code <= 0x1D7FF:
        compatible = unicodedata.normalize("NFKC", character)
        return compatible if len(compatible) == 1 else character
    return character


def simplified(raw: str) -> str:
    """Simplified and half-width, one character for one character: the first step of `fold`, for callers that need no map."""
    text = raw
    for character in sorted(set(raw)):
        form = _single(character)
        if form is not character and form != character:
            text = text.replace(character, form)
    if text.isascii():
        return text
    convert = _converter()
    pieces = []
    for at in range(0, len(text), _CHUNK):
        piece = text[at : at + _CHUNK]
        done = convert(piece)
        if len(done) != len(piece):
            done = "".join(one if len(one := convert(character)) == 1 else character for character in piece)
        pieces.append(done)
    converted = "".join(pieces)
    return converted if converted == text else _PARTICLE.sub("着", converted)


def _edit(text: str, start: int, end: int, words: dict[str, str]) -> str | None:
    """What stands for `text[start:end]`; None where it stays."""
    first = text[start]
    word = words.get(text[start:end])
    if word is not None:
        return word
    if not first.isspace() or first in "\u001c\u001d\u001e\u001f\u0085\r\x0b\x0c":
        return ""
    if start == 0 or end == len(text):
        return None
    pair = text[start - 1] + text[end]
    if _JOINS_LEFT.match(pair):
        return ""
    if text[start - 1].isdigit() and end - start == 1 and (_THOUSANDS.match(text, start) or _LONE_LETTER.match(text, end)):
        return ""
    if text[end] == "+" and text[start - 1] in "ABCDEF" and "轮" in text[end + 1 : end + 3]:
        return ""
    return None


def fold(raw: str) -> Folded:
    """Fold a text. Linear in its length; any string is accepted (lone surrogates become U+FFFD)."""
    text = simplified(raw)
    table = _table()
    is_taiwan = text != raw and any(word in text for word in table.markers)
    opening, edit = table.taiwan if is_taiwan else table.always
    read = edit.match
    out: list[str] = []
    folded_cuts, raw_cuts = [0], [0]
    position = length = 0
    resume = 0
    for found in opening.finditer(text):
        start = found.start()
        if start < resume:
            continue
        match = read(text, start)
        if match is None:
            continue
        resume = end = match.end()
        form = _edit(text, start, end, table.words)
        if form is None:
            continue
        out.append(text[position:start])
        length += start - position
        out.append(form)
        folded_cuts.append(length)
        raw_cuts.append(start)
        length += len(form)
        folded_cuts.append(length)
        raw_cuts.append(end)
        position = end
    if not out:
        return Folded(text, raw, folded_cuts, raw_cuts)
    out.append(text[position:])
    return Folded("".join(out), raw, folded_cuts, raw_cuts)

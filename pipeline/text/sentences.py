"""Sentences and clauses of folded text, and the headings they stand under. What a sentence says belongs to later stages.

A line is a paragraph. Quotes and brackets are kept whole as long as they close on their line. Furniture of a page is the business of `documents`,
which hands over the spans of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.text.spans import Sentence

_OPENING = "“「『（(《【[〔〈‘"
_CLOSING = "”」』）)》】]〕〉’"
_PARTNER = dict(zip(_CLOSING, _OPENING))
_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"(?:\s|>|[-*+](?=\s)|#{1,6}(?=\s|\S)|\|)+")
_IMAGE_LINE = re.compile(r"(?:\[?!\[[^\]]*\](?:\([^)]*\))?(?:\]\([^)]*\))?\s*)+$")
# One class test finds the place; what it is follows. Two or more blanks part a subtitle from its text, a full stop parts Latin sentences.
_PAIRED = re.escape(_OPENING + _CLOSING) + '"'
_RULE_LINE = re.compile(r"[\W_]+$")  # nothing to read in it
_EVENT = re.compile(
    rf"[{_PAIRED}。！？!?…. \u3000]"
    rf"(?:(?<=[{_PAIRED}])|(?<=[。！？!?…])[。！？!?…]*|(?<=\u3000)\u3000*|(?<= ) +|(?<=\.)(?= [A-Z“]))"
)
_FINAL = "。！？!?…"
# After a closed quote these make the rest of the line part of the same sentence: “……。”王某说。
_ATTRIBUTION = re.compile(
    r"[^。！？!?“”「」]{0,30}?(?:说|表示|称|指出|认为|强调|坦言|告诉|分析|解释|补充|写道|写到|感慨|感叹|直言|透露|提醒|回应|介绍|回忆|总结|道(?=[，,。:：]))"
)
_CLAUSE_EVENT = re.compile(rf"[{re.escape(_OPENING + _CLOSING)}]|[，,;；:：。！？!?]|\"")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,2}[章节部]|[(（][一二三四五六七八九十\d]{1,2}[)）]|0\d\b|\d{1,2}[、.．](?!\d))"
)
_SENTENCE_LIKE = re.compile(r"[。；;]|[，,].*[，,]")
_HEADING_LENGTH = 40


def _pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Opening offset -> closing offset of every quote and bracket that closes before `end`."""
    stack: list[int] = []
    pairs: dict[int, int] = {}
    straight = -1
    for match in _EVENT.finditer(text, start, end):
        at = match.start()
        mark = text[at]
        if mark in _OPENING:
            stack.append(at)
        elif mark in _PARTNER:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 9), -1):
                if text[stack[depth]] == _PARTNER[mark]:
                    pairs[stack[depth]] = at
                    del stack[depth:]
                    break
        elif mark == '"':
            if straight >= 0:
                pairs[straight] = at
                straight = -1
            else:
                straight = at
    return pairs


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one line."""
    pairs = _pairs(text, start, end)
    begin, resume = start, start
    for match in _EVENT.finditer(text, start, end):
        at, after = match.span()
        if at < resume:
            continue
        mark = text[at]
        closing = pairs.get(at)
        if closing is not None:
            resume = closing + 1
            if text[closing - 1] not in _FINAL or mark in "（(《【[〔〈" or _ATTRIBUTION.match(text, resume, end):
                continue
            after = resume
        elif mark in _OPENING or mark in _CLOSING or mark == '"':
            continue
        elif mark in " \u3000":
            if at == begin or not _is_border(text, at, after):
                continue
        elif mark == "…" and after < end and text[after] not in "”」』" and "。" not in match[0]:
            continue
        while after < end and text[after] in "”」』’）)":
            after += 1
        if mark in "！？!?" and after < end and text[after] in "，,、；;[":  # a question that goes on, a markdown image
            continue
        yield _trim(text, begin, after)
        begin = resume = after
    yield _trim(text, begin, end)


def _is_border(text: str, start: int, end: int) -> bool:
    """A run of blanks between a subtitle and its text, not inside Latin text."""
    return not (text[start - 1].isascii() and end < len(text) and text[end].isascii())


def _is_heading(text: str, start: int, end: int, hashes: bool, after_blank: bool) -> bool:
    if hashes:
        return True
    if end - start > _HEADING_LENGTH or text[end - 1] in "。；;，,：:…":
        return False
    line = text[start:end]
    if _NUMBERED.match(line):
        return not _SENTENCE_LIKE.search(line)
    return end - start <= 28 and not _SENTENCE_LIKE.search(line) and (after_blank or text[end - 1] not in "！!")


def sentences_in(folded: str, body: Sequence[tuple[int, int]] | None = None) -> list[Sentence]:
    """The sentences of a folded text, in order; `body` limits them to half-open spans of it. Headings are sentences too (`is_heading`)."""
    out: list[Sentence] = []
    section: str | None = None
    paragraph = 0
    for left, right in body if body is not None else ((0, len(folded)),):
        blank = True
        for match in _LINE.finditer(folded, left, right):
            start, end = _trim(folded, *match.span())
            if start == end:
                blank = True
                continue
            mark = _MARK.match(folded, start, end)
            hashes = False
            if mark is not None:
                hashes = "#" in mark[0]
                start = mark.end()
            if start >= end or _IMAGE_LINE.match(folded, start, end) or _RULE_LINE.match(folded, start, end):
                continue
            is_heading = _is_heading(folded, start, end, hashes, blank)
            blank = False
            if is_heading:
                section = folded[start:end]
                out.append(Sentence(start, end, section, paragraph, True))
            else:
                out.extend(Sentence(first, last, section, paragraph) for first, last in _split(folded, start, end) if last > first)
            paragraph += 1
    return out


def clauses_in(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of `folded[start:end]`: split at ，,;；:：。！？ outside quotes and brackets, without the mark. Digits keep their comma and colon."""
    pairs = _pairs(folded, start, end)
    out: list[tuple[int, int]] = []
    begin = resume = start
    for match in _CLAUSE_EVENT.finditer(folded, start, end):
        at = match.start()
        if at < resume:
            continue
        mark = folded[at]
        closing = pairs.get(at)
        if closing is not None:
            resume = closing + 1
            continue
        if mark in _OPENING or mark in _CLOSING or mark == '"':
            continue
        if mark in ",:" and start < at < end - 1 and folded[at - 1].isdigit() and folded[at + 1].isdigit():
            continue
        if mark == ":" and folded.startswith("//", at + 1):
            continue
        span = _trim(folded, begin, at)
        if span[1] > span[0]:
            out.append(span)
        begin = resume = at + 1
    span = _trim(folded, begin, end)
    if span[1] > span[0]:
        out.append(span)
    return out

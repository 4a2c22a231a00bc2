"""Unknown Latin names: an organisation, a model or a product by the Chinese words that touch it. Also Chinese names before 大模型."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.mentions.evidence import Candidate, Ground
from pipeline.mentions.organizations import name_start, speaks_left, speaks_right
from pipeline.mentions.squash import is_han, is_latin
from pipeline.mentions.words import words

_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9+]*(?:[-.][A-Za-z0-9]+)*(?: [A-Z0-9][A-Za-z0-9+]*(?:[-.][A-Za-z0-9]+)*){0,3}")
_LOOKS_LIKE_MODEL = re.compile(r"(?=.*[A-Za-z])(?=.*\d)|[A-Za-z]+-[A-Z]|[a-z][A-Z]|^[A-Z]{3,}$")
_HAN_MODEL = "大模型"
_BRACKET = re.compile(r"[（(]")


@cache
def _model_after() -> re.Pattern[str]:
    return re.compile(rf"[ “”]?(?:{'|'.join(map(re.escape, words().models.after))})")


@cache
def _model_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words().models.before))})[ “「]?$")


def _generic(name: str) -> bool:
    lists = words().models.latin_generic
    return all(part in lists or part.isdigit() or part.upper() in lists for part in name.split(" "))


def _latin_names(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> Iterator[Candidate]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start < 2 or end - start > 40 or ground.overlaps(start, end):
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before and (is_latin(before) or before in "/@.#_-&'’=?"):
            continue
        if after and after in "/@_='’&":
            continue
        near_right = text[end + 1 : end + 2] if after == " " else after
        near_left = text[start - 2 : start - 1] if before == " " else before
        if (near_right and is_latin(near_right)) or (near_left and is_latin(near_left)):
            continue
        name = match.group()
        if _generic(name):
            continue
        if before == "、" and types.get(start - 1, (0, ""))[1] == "org" and after in ("、", "等") and name[0].isupper():
            yield Candidate(start, end, "org", "latin_listed")
        else:
            yield from _typed(text, start, end, name)


def _typed(text: str, start: int, end: int, name: str) -> Iterator[Candidate]:
    model_left = _model_before().search(text, max(0, start - 8), start)
    model_right = _model_after().match(text, end)
    if model_right or (model_left and _LOOKS_LIKE_MODEL.search(name) and any(char.isdigit() for char in name)):
        if name[0].isupper() or any(char.isdigit() or char.isupper() for char in name.split(" ")[0]):
            yield Candidate(start, end, "model", "latin_model")
        return
    if name[0].isupper() or any(char.isupper() for char in name[1:]):
        if speaks_right(text, end):
            yield Candidate(start, end, "org", "latin_org")
        elif speaks_left(text, start) and not (text[end : end + 1] and is_han(text[end]) and text[end] in "芯服平产手浏"):
            yield Candidate(start, end, "org", "latin_org_left")


def _chinese_models(text: str, ground: Ground) -> Iterator[Candidate]:
    position = text.find(_HAN_MODEL)
    generic = words().models.generic
    while position >= 0:
        end = position + len(_HAN_MODEL)
        begin = name_start(text, position, ground)
        if begin is not None and 2 <= position - begin <= 4 and not ground.overlaps(begin, end):
            stem = text[begin:position]
            spoken_for = text[max(0, begin - 4) : begin].endswith(words().models.before_chinese)
            if spoken_for and all(is_han(char) for char in stem) and not any(word in stem for word in generic):
                yield Candidate(begin, end, "model", "chinese_model")
        position = text.find(_HAN_MODEL, end)


def find_latin(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> list[Candidate]:
    """Unknown Latin organisations and models, and Chinese model names, outside the taken `ground`.

    `types` maps the end of each known mention to its start and type.
    """
    return [*_latin_names(text, ground, types), *_chinese_models(text, ground)]

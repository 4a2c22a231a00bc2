"""Unknown names by the company they keep: in a list of organisations or of persons, or between `据` and 数据.

Titles and endings are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.mentions.evidence import Candidate, Ground
from pipeline.mentions.organizations import plausible
from pipeline.mentions.squash import is_han
from pipeline.mentions.words import words

_JOINT = "、"
_LONGEST_ITEM = 8
_LONGEST_LIST = 6
_ITEM_END = re.compile(r"、|等|以及|和|及|，|。|；|\n")
_OF_ORGANIZATIONS = re.compile(
    r"等(?:[一-鿿]{0,4}?)(?:公司|企业|厂商|车企|大厂|巨头|品牌|券商|银行|创企|投资机构|投资方|机构|基金|高校|大学|个股|概念股|股|运营商|供应商|股东)"
)
_CREDITS = ("据", "按照", "援引", "引述")
_SOURCE = re.compile(
    r" ?(?P<name>[A-Z][A-Za-z0-9.&-]*(?: [A-Z][A-Za-z0-9.&-]*){0,3}) ?(?:的|发布的|公布的|最新)?"
    r"(?:数据|统计|报告|研报|测算|调研|预测|监测|估算|调查|研究)"
)
_BEFORE_LIST = frozenset("是为有由和与含")
_ITEM = re.compile(r"[一-鿿]{2,3}?(?=[、等和与，。（(\n]|$)")


@cache
def _not_items() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().organizations.topics)) or r"(?!)")


def _is_item(text: str, start: int, end: int, ground: Ground) -> bool:
    name = text[start:end]
    return (
        2 <= len(name) <= _LONGEST_ITEM
        and all(is_han(char) for char in name)
        and plausible(name)
        and not ground.overlaps(start, end)
        and _not_items().search(name) is None
    )


def _organizations(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> Iterator[Candidate]:
    """Chinese names between two known organisations of a list, or between one and `等…公司`."""
    begins = {start for start, kind in types.values() if kind == "org"}
    for first, (_, kind) in types.items():
        if kind != "org" or text[first : first + 1] != _JOINT:
            continue
        items: list[tuple[int, int]] = []
        position = first + 1
        for _ in range(_LONGEST_LIST):
            if position in begins:
                yield from (Candidate(start, end, "org", "listed") for start, end in items)
                break
            stop = _ITEM_END.search(text, position, position + _LONGEST_ITEM + 1)
            if stop is None or not _is_item(text, position, stop.start(), ground):
                break
            items.append((position, stop.start()))
            if stop.group() == "等":
                if _OF_ORGANIZATIONS.match(text, stop.start()):
                    yield from (Candidate(start, end, "org", "listed") for start, end in items)
                break
            if stop.group() in "，。；\n":
                break
            position = stop.end()


def _looks_like_person(name: str) -> bool:
    lists = words().persons
    first = 2 if name[:2] in lists.double_surnames and len(name) > 2 else 1
    if first == 1 and name[0] not in lists.surnames:
        return False
    return name not in lists.not_names and name[:2] not in lists.not_names and not any(char in lists.not_given for char in name[first:])


def _opens(text: str, start: int) -> bool:
    """Whether the first name of a list may begin at `start`."""
    before = text[start - 1 : start]
    return before in _BEFORE_LIST or not is_han(before)


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """The spans of neighbouring items of two or three Chinese characters, list by list."""
    position = text.find(_JOINT)
    while position >= 0:
        first = next((n for n in (2, 3) if position >= n and _opens(text, position - n)), 0)
        spans = [(position - first, position)] if first and all(map(is_han, text[position - first : position])) else []
        joint = position
        while text[joint : joint + 1] == _JOINT and (item := _ITEM.match(text, joint + 1)):
            spans.append(item.span())
            joint = item.end()
        if spans:
            yield spans
        position = text.find(_JOINT, max(joint, position + 1))


def _persons(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> Iterator[Candidate]:
    """Chinese names in a list beside a known person, or three and more names that look like persons, most of them of three characters."""
    ends = {end for end, (_, kind) in types.items() if kind == "person"}
    begins = {types[end][0] for end in ends}
    for run in _runs(text):
        spans = [span for span in run if span[0] not in begins]
        if not spans or not all(_looks_like_person(text[start:end]) and not ground.overlaps(start, end) for start, end in spans):
            continue
        begin, stop = spans[0][0], spans[-1][1]
        beside_known = len(spans) < len(run) or begin - 1 in ends or (text[stop : stop + 1] in (_JOINT, "和", "与") and stop + 1 in begins)
        is_list = len(spans) > 2 and sum(end - start == 3 for start, end in spans) * 2 > len(spans)
        if beside_known or is_list:
            yield from (Candidate(start, end, "person", "listed") for start, end in spans)


def _sources(text: str, ground: Ground) -> Iterator[Candidate]:
    generic = words().models.latin_generic
    for credit in _CREDITS:
        position = text.find(credit)
        while position >= 0:
            match = _SOURCE.match(text, position + len(credit))
            position = text.find(credit, position + 1)
            if match is None or ground.overlaps(*match.span("name")) or all(part in generic for part in match["name"].split(" ")):
                continue
            yield Candidate(*match.span("name"), "org", "source")


def find_neighbours(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> list[Candidate]:
    """Unknown organisations and persons outside the taken `ground`. `types` maps the end of each known mention to its start and type."""
    return [*_organizations(text, ground, types), *_persons(text, ground, types), *_sources(text, ground)]

"""Unknown names by the company they keep: an item in a list of organisations or of persons, a Latin name after `据` and before 数据. Titles and endings are not read here."""

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
_SOURCE = re.compile(
    r"(?:据|根据|按照|引述|援引) ?(?P<name>[A-Z][A-Za-z0-9.&-]*(?: [A-Z][A-Za-z0-9.&-]*){0,3}) ?(?:的|发布的|公布的|最新)?"
    r"(?:数据|统计|报告|研报|测算|调研|预测|监测|估算|调查|研究)"
)
_NAME = r"[一-鿿]{2,3}"
_RUN = re.compile(
    rf"(?<![一-鿿]){_NAME}(?:、{_NAME}){{2,}}(?=、|等|和|与|，|。|（|\(|$)|(?<=、){_NAME}(?=[、等和与，。（(]|$)|(?<![一-鿿]){_NAME}(?=、)"
)
_EACH = re.compile(_NAME)


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


def _persons(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> Iterator[Candidate]:
    """Chinese names in a list beside a known person, or three and more names that look like persons, most of them of three characters."""
    ends = {end for end, (_, kind) in types.items() if kind == "person"}
    begins = {types[end][0] for end in ends}
    for run in _RUN.finditer(text):
        spans = [match.span() for match in _EACH.finditer(text, run.start(), run.end())]
        if any(ground.overlaps(start, end) or not _looks_like_person(text[start:end]) for start, end in spans):
            continue
        beside_known = run.start() - 1 in ends or (text[run.end() : run.end() + 1] in (_JOINT, "和", "与") and run.end() + 1 in begins)
        is_list = len(spans) > 2 and sum(end - start == 3 for start, end in spans) * 2 > len(spans)
        if beside_known or is_list:
            yield from (Candidate(start, end, "person", "listed") for start, end in spans)


def _sources(text: str, ground: Ground) -> Iterator[Candidate]:
    generic = words().models.latin_generic
    for match in _SOURCE.finditer(text):
        start, end = match.span("name")
        if not ground.overlaps(start, end) and not all(part in generic for part in match["name"].split(" ")):
            yield Candidate(start, end, "org", "source")


def find_neighbours(text: str, ground: Ground, types: Mapping[int, tuple[int, str]]) -> list[Candidate]:
    """Unknown organisations and persons outside the taken `ground`. `types` maps the end of each known mention to its start and type."""
    return [*_organizations(text, ground, types), *_persons(text, ground, types), *_sources(text, ground)]

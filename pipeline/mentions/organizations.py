"""Unknown organisations with Chinese names: by their ending (`…大学`, `…资本`), by a round they closed, by a founder or chief named after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.mentions.evidence import Anchors, Candidate, Ground, is_edge
from pipeline.mentions.squash import is_han
from pipeline.mentions.words import words

_LONGEST_STEM = 8
_LATIN_PREFIX = re.compile(r"[A-Za-z0-9]+ ?$")
_NUMBERED = re.compile(r"^[第一二三四五六七八九十两几数多百千万\d]")
_BRACKET = re.compile(r"[（(][^（）()]{1,30}[)）]")
_LIST_JOINT = "、"


@cache
def _openers() -> re.Pattern[str]:
    """The last word in a stretch after which a name begins; two-character words that merely contain one are stepped over."""
    lists = words().organizations
    harmless, openers = ("|".join(map(re.escape, which)) for which in (lists.harmless, lists.openers))
    return re.compile(f"(?:{harmless})|(?P<opener>{openers})")


@cache
def _after() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().organizations.after)))


@cache
def _after_weak() -> re.Pattern[str]:
    return re.compile(f"[”」 ]?(?:{'|'.join(map(re.escape, words().organizations.after_weak))}|[（(][A-Z][A-Za-z ]+[)）])")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, words().organizations.before))})$")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().organizations.goes_on)))


@cache
def _round() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, words().organizations.funding))
    when = "近日|日前|今日|昨日|近期|刚刚|率先|连续|又|于近日|在近日"
    return re.compile(
        rf"(?P<name>[A-Za-z0-9一-鿿 .·-]{{2,14}}?)(?:{when})*(?:宣布|正式|已经|已|再次)*(?:{verbs})(?:了)?[^，。；]{{0,24}}(?:融资|轮)"
    )


def speaks_right(text: str, end: int) -> bool:
    """Whether the words after a name, brackets stepped over, speak of an organisation."""
    bracket = _BRACKET.match(text, end)
    if bracket:
        end = bracket.end()
    if text[end : end + 1] in ("”", "」", " "):
        end += 1
    return _after().match(text, end) is not None


def speaks_left(text: str, start: int) -> bool:
    """Whether the words before a name speak of an organisation."""
    while start and text[start - 1] in "“「 ":
        start -= 1
    return _before().search(text, max(0, start - 5), start) is not None


def name_start(text: str, end: int, ground: Ground) -> int | None:
    """Where the name that ends at `end` begins: after an edge, a taken span or an opening word; None if no beginning is near."""
    floor = max(0, end - _LONGEST_STEM - 2)
    edge = end
    while edge > floor and not is_edge(text, edge - 1):
        edge -= 1
    reach = ground.reach(end - 1)
    start = max(edge, reach if reach < end else end)
    opener = -1
    for match in _openers().finditer(text, start, end):
        if match.group("opener") is not None:
            opener = match.end()
    if opener > 0:
        return opener if opener < end else None
    if start == floor and not is_edge(text, start - 1) and not ground.ends_at(start):
        return None
    return start


def plausible(name: str) -> bool:
    """Whether `name` may name an organisation: long enough, no number, no common word."""
    lists = words().organizations
    if len(name) < 2 or name in lists.generic or _NUMBERED.match(name) or name.endswith(lists.never_last):
        return False
    return not any(char in lists.never_inside for char in name)


class OrganizationFinder:
    """Endings of organisations, ready to be found. `chiefs` are the titles whose bearer leads what is named before them."""

    def __init__(self, chiefs: frozenset[str]) -> None:
        lists = words().organizations
        self._strong = frozenset(lists.strong_suffixes)
        self._weak = frozenset(lists.weak_suffixes)
        self._chiefs = chiefs
        titles = "|".join(map(re.escape, sorted(chiefs, key=lambda title: (-len(title), title))))
        # one title after another: 创始人兼CEO, 董事长、总裁
        self._chain = re.compile(rf"(?:{titles})(?:兼任|兼|暨|、|和|及|与|\\?&|/|，)?\s?$")
        self._anchors = Anchors({*self._strong, *self._weak, *chiefs, "融资"})

    def find(self, text: str, ground: Ground, types: Mapping[int, tuple[int, str]], persons: frozenset[int]) -> list[Candidate]:
        """Unknown organisations of `text` outside the taken `ground`; candidates may overlap each other.

        `types` maps the end of each known mention to its start and type; `persons` are the offsets at which a person's name begins.
        """
        found: list[Candidate] = []
        for word, start, end in self._anchors.find(text):
            if word in self._strong or word in self._weak:
                found += self._by_ending(text, word, start, end, ground, types)
            elif word == "融资":
                found += self._by_round(text, start, end, ground)
            else:
                found += self._by_chief(text, start, end, ground, persons)
        return found

    def _by_ending(
        self, text: str, word: str, start: int, end: int, ground: Ground, types: Mapping[int, tuple[int, str]]
    ) -> Iterator[Candidate]:
        if _goes_on().match(text, start) or ground.overlaps(start, end):
            return
        begin = name_start(text, start, ground)
        if begin is None or begin >= start or start - begin > _LONGEST_STEM or not plausible(text[begin:start]):
            return
        known = types.get(begin)
        is_topic = any(topic in text[begin:start] for topic in words().organizations.topics)
        if is_topic and (known is None or word not in self._strong):
            return
        if known is not None:
            if known[1] != "country":
                return
            # a country is part of a Chinese name, and of one that is nothing without it (美国AI安全研究所)
            if is_topic or text[known[0] : begin] == "中国":
                begin = known[0]
        if word in self._strong:
            yield Candidate(begin, end, "org", "ending")
        elif _after_weak().match(text, end) or self._listed(text, begin, end, types):
            yield Candidate(begin, end, "org", "weak_ending")

    @staticmethod
    def _listed(text: str, begin: int, end: int, types: Mapping[int, tuple[int, str]]) -> bool:
        return text[begin - 1 : begin] == _LIST_JOINT and types.get(begin - 1, (0, ""))[1] == "org" and is_edge(text, end)

    @staticmethod
    def _by_round(text: str, start: int, end: int, ground: Ground) -> Iterator[Candidate]:
        clause = start
        while clause > 0 and start - clause < 40 and text[clause - 1] not in "，。；！？\n|":
            clause -= 1
        match = _round().match(text, clause)
        if match is None or match.end() < end - 1:
            return
        begin, stop = match.span("name")
        inner = name_start(text, stop, ground)
        if inner is None or inner >= stop:
            return
        begin = max(begin, inner)
        if stop - begin <= 3 and text[begin] in words().persons.surnames:
            return
        if plausible(text[begin:stop]) and 2 <= stop - begin <= 8 and not ground.overlaps(begin, stop):
            yield Candidate(begin, stop, "org", "round")

    def _by_chief(self, text: str, start: int, end: int, ground: Ground, persons: frozenset[int]) -> Iterator[Candidate]:
        after = end + 1 if text[end : end + 1] in (" ", "，", "：") else end
        if after not in persons:
            return
        stop = start - 1 if text[start - 1 : start] == " " else start
        while earlier := self._chain.search(text, max(0, stop - 14), stop):
            stop = earlier.start()
        begin = name_start(text, stop, ground)
        if begin is None or begin >= stop:
            return
        name = text[begin:stop]
        if plausible(name) and 2 <= len(name) <= 8 and is_han(name[0]) and not ground.overlaps(begin, stop):
            yield Candidate(begin, stop, "org", "chief")

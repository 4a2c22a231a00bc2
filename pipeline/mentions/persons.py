"""Unknown persons: a name beside a title or a verb of speech. Known persons are in names.py, later short forms in coreference.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon import Triggers
from pipeline.mentions.evidence import Anchors, Candidate, Ground, is_edge
from pipeline.mentions.squash import is_han, is_latin
from pipeline.mentions.words import PersonWords, words

_LATIN_NAME = re.compile(
    r"[A-Z][a-zé'’-]+(?: (?:[A-Z]\.|de|van|von|bin|al|El|[A-Z][a-zé'’]+(?:-[A-Z][a-z]+)?|[A-Z][a-z]+[A-Z][a-z]+)){1,3}(?![A-Za-z0-9])"
)
_GLOSS = re.compile(r"[（(]\s*((?:[A-Z]\.\s?)?[A-Z][A-Za-zé'’.-]+(?: [A-Z][A-Za-zé'’.-]*){0,3})\s*[)），,]")
_DOT = re.compile(r"[·・•‧]|(?<=[一-鿿])\.(?=[一-鿿])")
_LINK = re.compile(r" |(?:名叫|叫做|叫|是|名为)(?=[一-鿿])")
_LONGEST_PART = 8
_AFTER_TITLE = frozenset(("博士", "教授", "副教授", "院士", "先生", "女士", "老师", "院长"))
_SELDOM_LAST = frozenset("来道以因本今")
_NEVER_FIRST = frozenset("司士家")
_OF_INSTITUTIONS = frozenset(("显示", "数据显示", "统计", "测算", "公告称", "官宣"))


@cache
def _after() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().persons.after)))


@cache
def _straddling() -> frozenset[str]:
    """Words of two characters that a name would cut in half if it ended between them (认|为)."""
    return frozenset(word for word in words().persons.after if len(word) == 2)


@cache
def _foreign_stops() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words().persons.foreign_stops)))


def _ends_name(text: str, position: int) -> bool:
    """Whether a person's name may end at `position`."""
    if _DOT.match(text, position) or text[position - 1 : position + 1] in _straddling():
        return False
    return is_edge(text, position) or not is_han(text[position]) or _after().match(text, position) is not None


def chinese_name_end(text: str, start: int, lists: PersonWords) -> int:
    """The end of the Chinese name of two to four characters that starts at `start`, 0 if there is none."""
    if text[start : start + 2] in lists.double_surnames:
        first, lengths = 2, (4, 3)
    elif text[start : start + 1] in lists.surnames:
        first, lengths = 1, (3, 2)
    else:
        return 0
    for length in lengths:
        name = text[start : start + length]
        given = name[first:]
        if len(name) < length or not all(is_han(char) and char not in lists.not_given for char in given):
            continue
        if name in lists.not_names or name[:2] in lists.not_names:
            continue
        if _ends_name(text, start + length):
            return start + length
    return 0


def _run_right(text: str, start: int, lists: PersonWords) -> int:
    end = start
    while end < len(text) and end - start < _LONGEST_PART and text[end] in lists.transliteration:
        end += 1
    stop = _foreign_stops().search(text, start + 1, end + 2)
    end = min(end, stop.start()) if stop else end
    while end > start + 1 and text[end - 1] in _SELDOM_LAST and end < len(text) and is_han(text[end]):
        end -= 1
    return end


def _run_left(text: str, end: int, floor: int, lists: PersonWords) -> int:
    start = end
    while start > floor and end - start < 6 and text[start - 1] in lists.transliteration:
        start -= 1
    while start < end and text[start] in _NEVER_FIRST and end - start > 1:
        start += 1
    return start


def gloss_at(text: str, end: int) -> str | None:
    """The Latin name in brackets right after `end`, if there is one."""
    match = _GLOSS.match(text, end)
    return match.group(1) if match else None


class PersonFinder:
    """Titles and verbs of speech, ready to be found."""

    def __init__(self, triggers: Triggers) -> None:
        lists = words().persons
        self._titles = frozenset({*triggers.roles, *lists.titles} - lists.bylines)
        self._verbs = frozenset(triggers.speech_verbs) - _OF_INSTITUTIONS
        self._lists = lists
        self._anchors = Anchors({*self._titles, *lists.bylines, *triggers.speech_verbs})

    def find(self, text: str, ground: Ground) -> list[Candidate]:
        """Unknown persons of `text` outside the taken `ground`; candidates may overlap each other."""
        anchors = self._anchors.find(text)
        title_ends = {end for word, _, end in anchors if word in self._titles}
        found = list(self._foreign(text, ground, title_ends))
        for word, start, end in anchors:
            if word in self._titles:
                found += self._after_title(text, end, ground)
                if word in _AFTER_TITLE:
                    found += self._before(text, start, ground, "before_title")
            elif word in self._verbs:
                found += self._before(text, start, ground, "before_verb")
        found += self._latin(text, ground, title_ends, {start for word, start, _ in anchors if word in self._verbs})
        return found

    def _after_title(self, text: str, position: int, ground: Ground) -> Iterator[Candidate]:
        linked = _LINK.match(text, position)
        start = linked.end() if linked else position
        if start >= len(text) or not is_han(text[start]):
            return
        end = chinese_name_end(text, start, self._lists)
        rule = "title_chinese"
        if not end:
            end = _run_right(text, start, self._lists)
            rule = "title_foreign"
            if end - start < 2 or not _ends_name(text, end) or text[start] in _NEVER_FIRST or text[start:end] in self._lists.not_names:
                return
        if not ground.overlaps(start, end):
            yield Candidate(start, end, "person", rule, gloss_at(text, end))

    def _before(self, text: str, end: int, ground: Ground, rule: str) -> Iterator[Candidate]:
        for length in (3, 2, 4):
            start = end - length
            if start < 0:
                continue
            of_organization = text[start - 1 : start] == "的" and ground.ends_at(start - 1) and length > 2
            if not (is_edge(text, start - 1) or ground.ends_at(start) or of_organization) or _DOT.match(text, max(start - 1, 0)):
                continue
            name = text[start:end]
            first = 2 if name[:2] in self._lists.double_surnames and length > 2 else 1
            if (length == 4 and first == 1) or (first == 1 and name[0] not in self._lists.surnames):
                continue
            if name in self._lists.not_names or name[:2] in self._lists.not_names:
                continue
            if all(is_han(char) and char not in self._lists.not_given for char in name[first:]) and not ground.overlaps(start, end):
                yield Candidate(start, end, "person", f"{rule}_{length}")
                return

    def _foreign(self, text: str, ground: Ground, title_ends: set[int]) -> Iterator[Candidate]:
        done = 0
        for dot in _DOT.finditer(text):
            if dot.start() < done:
                continue
            floor = max(
                done, ground.reach(dot.start()), max((end for end in range(dot.start() - 5, dot.start()) if end in title_ends), default=0)
            )
            start = _run_left(text, dot.start(), floor, self._lists)
            end = dot.end()
            while True:
                reached = _run_right(text, end, self._lists)
                if reached == end:
                    end -= 1
                    break
                end = reached
                if end < len(text) and _DOT.match(text, end):
                    end += 1
                    continue
                break
            if start < dot.start() and end > dot.end() and not ground.overlaps(start, end):
                yield Candidate(start, end, "person", "foreign", gloss_at(text, end))
                done = end

    def _latin(self, text: str, ground: Ground, title_ends: set[int], verb_starts: set[int]) -> Iterator[Candidate]:
        for match in _LATIN_NAME.finditer(text):
            start, end = match.span()
            before = start - 1 if start and text[start - 1] == " " else start
            after = end + 1 if text[end : end + 1] == " " else end
            if start and text[start - 1] in "-'’.":
                continue
            if (before in title_ends or after in verb_starts or text.startswith(self._lists.deeds, after)) and not ground.overlaps(
                start, end
            ):
                yield Candidate(start, end, "person", "latin")
            elif self._is_given(text, start, end) and not ground.overlaps(start, end):
                yield Candidate(start, end, "person", "latin_given")

    def _is_given(self, text: str, start: int, end: int) -> bool:
        """Whether a Latin name begins with a given name and stands in a Chinese sentence, not in a Latin one."""
        first, _, rest = text[start:end].partition(" ")
        if first not in self._lists.latin_given or rest.split(" ")[-1] in words().models.latin_generic:
            return False
        left = text[start - 2 : start] if text[start - 1 : start] == " " else text[start - 1 : start]
        right = text[end : end + 2] if text[end : end + 1] == " " else text[end : end + 1]
        return not is_latin(left[:1]) and not is_latin(right[-1:])

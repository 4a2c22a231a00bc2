"""Other names for what the text has already named: `(以下简称…)`, glosses in brackets, the last name of a person named in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.mentions.evidence import Ground
from pipeline.mentions.organizations import name_start
from pipeline.mentions.spans import Mention
from pipeline.mentions.squash import is_han
from pipeline.mentions.words import words

_CALLED = re.compile(
    r"[（(]\s*(?:以下简称|以下称|下称|简称|又称|又名|原名|曾用名|英文名|中文名|也称|亦称)[：:为]?\s*"
    r"[“\"「『]?(?P<name>[^，。；“”\"「」『』（）()]{2,16})[”\"」』]?\s*[）)]"
)
_GLOSS = re.compile(r"[（(]\s*(?P<name>[A-Z][A-Za-z0-9.&' -]{1,30}[A-Za-z0-9.])\s*[）)]")
_DOTS = re.compile(r"[·・•‧]")
_GLOSSED_TYPES = frozenset(("org", "person", "model", "product"))
_TICKER = re.compile(r"[A-Z]{2,5}[.:]|[A-Z]{1,5}$|.*\d{4}")
_BRACKETS = ("（", "(")
_LONGEST_PREFIX = 10


def short_forms(name: str) -> list[str]:
    """What a person named in full is called afterwards: the part after the last dot, the last word of a Latin name."""
    parts = [part for part in _DOTS.split(name) if part]
    if len(parts) > 1:
        return [parts[-1]] if len(parts[-1]) > 1 else []
    words_of_name = name.split(" ")
    if len(words_of_name) > 1 and name.isascii() and len(words_of_name[-1]) > 2:
        return [words_of_name[-1]]
    return []


def _before_bracket(text: str, start: int, mention: Mention, ground: Ground) -> tuple[str, int] | None:
    """The unknown name before the bracket that holds nothing but `mention`, and where it starts."""
    if text[mention.end : mention.end + 1] not in ("）", ")"):
        return None
    stop = start - 1 - (text[start - 2 : start - 1] == " ")
    begin = name_start(text, stop, ground)
    if (
        begin is None
        or begin >= stop
        or stop - begin > _LONGEST_PREFIX
        or not all(is_han(char) or char in "·・" for char in text[begin:stop])
    ):
        return None
    name = text[begin:stop]
    lists = words()
    if mention.type == "person":
        fits = all(char in lists.persons.transliteration or char in "·・" for char in name) or (
            len(name) <= 3 and name[0] in lists.persons.surnames
        )
    else:
        fits = mention.type == "org" and name.endswith((*lists.organizations.weak_suffixes, *lists.organizations.strong_suffixes))
    return (name, begin) if fits and len(name) > 1 and name not in lists.organizations.generic else None


def other_names(text: str, mentions: Iterable[Mention], ground: Ground, known: Mapping[str, str]) -> dict[str, Mention]:
    """Surface -> a mention of what it means, for names the text itself explains.

    `known` maps person ids to their full names, for persons whose short form is no alias of the lexicon. A surface explained twice, differently, is left out.
    """
    found: dict[str, Mention] = {}
    clashes: set[str] = set()

    def note(surface: str, mention: Mention) -> None:
        first = found.setdefault(surface, mention)
        if (first.type, first.entity_id) != (mention.type, mention.entity_id):
            clashes.add(surface)

    for mention in mentions:
        if mention.type not in _GLOSSED_TYPES:
            continue
        opens = text[mention.end : mention.end + 1] in _BRACKETS
        if opens and (called := _CALLED.match(text, mention.end)):
            note(called["name"], mention)
        gloss = _GLOSS.match(text, mention.end) if opens else None
        if gloss and not ground.overlaps(*gloss.span("name")) and not _TICKER.match(gloss["name"]):
            note(gloss["name"], mention)
            if mention.type == "person":
                for short in short_forms(gloss["name"]):
                    note(short, mention)
        before = _before_bracket(text, mention.start, mention, ground) if text[mention.start - 1 : mention.start] in _BRACKETS else None
        if before and not ground.overlaps(before[1], mention.start - 1):
            note(before[0], mention)
        if mention.type == "person":
            full = mention.text if short_forms(mention.text) else known.get(mention.entity_id, "")
            for short in short_forms(full):
                note(short, mention)
    return {surface: mention for surface, mention in found.items() if surface not in clashes}

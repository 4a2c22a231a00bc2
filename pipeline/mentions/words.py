"""The words of words.toml, read once: what stands around names and what looks like one. Nothing is searched here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Cues:
    """What stands right (`after`) and left (`before`) of a name that means something of one type."""

    after: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What shows a person: surnames, characters of given names, titles, and what may follow a name."""

    surnames: frozenset[str]
    double_surnames: frozenset[str]
    not_given: frozenset[str]
    not_names: frozenset[str]
    transliteration: frozenset[str]
    titles: tuple[str, ...]
    bylines: frozenset[str]
    deeds: tuple[str, ...]
    latin_given: frozenset[str]
    foreign_stops: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganizationWords:
    """What shows an organisation: its endings, what stands beside its name, and what ends the search for its beginning."""

    strong_suffixes: tuple[str, ...]
    weak_suffixes: tuple[str, ...]
    generic: frozenset[str]
    openers: tuple[str, ...]
    harmless: tuple[str, ...]
    goes_on: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    after_weak: tuple[str, ...]
    never_inside: frozenset[str]
    never_last: tuple[str, ...]
    topics: tuple[str, ...]
    funding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelWords:
    """What shows a model, and what stands there without being a name."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    before_chinese: tuple[str, ...]
    generic: frozenset[str]
    latin_generic: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """All of words.toml. `order` and `default` say what an ambiguous name means when nothing around it speaks; `countries` maps names to ISO codes."""

    protected: tuple[str, ...]
    common: frozenset[str]
    cues: dict[str, Cues]
    order: tuple[str, ...]
    default: dict[str, str]
    persons: PersonWords
    organizations: OrganizationWords
    models: ModelWords
    countries: dict[str, str]


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def words() -> Words:
    """The words, longest first where the longest is to match. Cached."""
    table: dict[str, Any] = tomllib.loads(files("pipeline.mentions").joinpath("words.toml").read_text(encoding="utf-8"))
    persons, organizations, models = table["persons"], table["organizations"], table["models"]
    return Words(
        protected=tuple(table["protected"]),
        common=frozenset(table["common"]),
        cues={name: Cues(_longest_first(cue["after"]), _longest_first(cue["before"])) for name, cue in table["cues"].items()},
        order=tuple(table["default"]["order"]),
        default=dict(table["default"]["surface"]),
        persons=PersonWords(
            surnames=frozenset(persons["surnames"]),
            double_surnames=frozenset(persons["double_surnames"]),
            not_given=frozenset(persons["not_given"]),
            not_names=frozenset(persons["not_names"]),
            transliteration=frozenset(persons["transliteration"]),
            titles=_longest_first(persons["titles"]),
            bylines=frozenset(persons["bylines"]),
            deeds=_longest_first(persons["deeds"]),
            latin_given=frozenset(persons["latin_given"]),
            foreign_stops=_longest_first(persons["foreign_stops"]),
            after=_longest_first(persons["after"]),
        ),
        organizations=OrganizationWords(
            strong_suffixes=_longest_first(organizations["strong_suffixes"]),
            weak_suffixes=_longest_first(organizations["weak_suffixes"]),
            generic=frozenset(organizations["generic"]),
            openers=_longest_first(organizations["openers"]),
            harmless=_longest_first(organizations["harmless"]),
            goes_on=_longest_first(organizations["goes_on"]),
            after=_longest_first(organizations["after"]),
            before=_longest_first(organizations["before"]),
            after_weak=_longest_first(organizations["after_weak"]),
            never_inside=frozenset(organizations["never_inside"]),
            never_last=tuple(organizations["never_last"]),
            topics=tuple(organizations["topics"]),
            funding=_longest_first(organizations["funding"]),
        ),
        models=ModelWords(
            before=_longest_first(models["before"]),
            after=_longest_first(models["after"]),
            before_chinese=tuple(models["before_chinese"]),
            generic=frozenset(models["generic"]),
            latin_generic=frozenset(models["latin_generic"]),
        ),
        countries=dict(table["countries"]),
    )

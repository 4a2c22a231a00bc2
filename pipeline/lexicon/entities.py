"""The values of the lexicon: entities, their aliases, and how names are compared. No file is read here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

ENTITY_TYPES = ("org", "person", "model", "product", "cohort", "benchmark", "media")

_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_JOINTS = re.compile(r"[\s\-‐‑‒–—_·・•‧﹒]+")
_FREE_DOT = re.compile(r"(?<!\d)\.|\.(?!\d)")  # a dot between digits tells versions apart, any other is a matter of taste
_NOT_SLUG = re.compile(r"[^a-z0-9.]+")


@lru_cache(maxsize=1 << 15)
def alias_key(surface: str) -> str:
    """What two spellings of one name share: case, spaces, hyphens and middle dots are dropped, and dots unless between digits.

    >>> alias_key("DeepSeek-V3.1"), alias_key("X.AI")
    ('deepseekv3.1', 'xai')
    """
    return _FREE_DOT.sub("", _JOINTS.sub("", surface.casefold()))


def slug(name: str) -> str:
    """The id a Latin name gives (`Qwen2.5-Max` -> `qwen2.5-max`); empty if the name has no ASCII letter or digit."""
    return re.sub(r"\.(?=-|$)|(?:^|(?<=-))\.", "", _NOT_SLUG.sub("-", name.casefold()).strip("-.")).strip("-")


def is_slug(text: str) -> bool:
    """Whether `text` can be an entity id: lower-case ASCII letters and digits joined by single hyphens or dots."""
    return _SLUG.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form of an entity. `is_ambiguous`: it means other things too, so context must speak for it.

    `script` is `hans` or `hant` where the two scripts write it differently, `both` where they do not (all Latin names).
    """

    surface: str
    entity_type: str
    entity_id: str
    is_ambiguous: bool
    script: str = "both"


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a name. `type` is one of ENTITY_TYPES; names the lexicon does not give are None.

    `attributes` holds the other columns of its CSV row (org_type, country, developer_org_id, modality ...), None where empty.
    """

    id: str
    type: str
    name_zh: str | None
    name_zh_hant: str | None
    name_en: str | None
    attributes: dict[str, str | None] = field(default_factory=dict)
    aliases: tuple[Alias, ...] = ()

    @property
    def name(self) -> str:
        """The canonical name: Chinese where the lexicon gives one, else Latin."""
        return self.name_zh or self.name_en or self.id

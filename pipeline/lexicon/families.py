"""Model families: how the name of a version is built, so that a version nobody listed is still recognised. Finding names in a text does not belong here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import LandscapeError
from pipeline.lexicon.entities import slug

SIZE = r"(?:\d+x)?\d+(?:\.\d+)?[BM](?:-?A\d+(?:\.\d+)?B)?"  # 72B, 8x7B, 235B-A22B, 0.6B
_KEYS = {"id", "name", "developer", "modality", "stems", "short_stems", "version", "suffixes", "joint", "glue"}


@dataclass(frozen=True)
class Family:
    """One model family. A version name is a stem, then a version (`version`, a regular expression), then any number of suffixes or sizes.

    `id` is the model id of the family as a whole, `developer` an org id or None, `joint` what the canonical name puts between name and version
    (`GPT` + `-` + `6`) and `glue` what it puts before each suffix. `short_stems` are stems so short (`K`, `R`, `V`) that a name of them needs context.
    """

    id: str
    name: str
    developer: str | None
    modality: str
    stems: tuple[str, ...]
    short_stems: tuple[str, ...]
    version: str
    suffixes: tuple[str, ...]
    joint: str
    glue: str

    def tail(self) -> str:
        """A regular expression for what follows a stem: an optional joint, then group `version`, then group `suffix` (maybe empty).

        Case does not matter. It does not look at what stands after it: the caller checks that no letter or digit follows.
        """
        words = "|".join(_loose(s) for s in sorted(self.suffixes, key=lambda s: (-len(s), s)))
        parts = f"{SIZE}|{words}" if words else SIZE
        return rf"[\s-]?(?P<version>{self.version})(?P<suffix>(?:[\s-]?(?:{parts})(?![A-Za-z]))*)"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Stem and tail: groups `stem`, `version`, `suffix`. For long stems only."""
        stems = "|".join(_loose(s) for s in sorted(self.stems, key=lambda s: (-len(s), s)))
        return re.compile(rf"(?<![A-Za-z0-9])(?P<stem>{stems}){self.tail()}(?![A-Za-z0-9])", re.IGNORECASE)

    @cached_property
    def short_pattern(self) -> re.Pattern[str] | None:
        """The same for the short stems, which need context; None if there are none."""
        if not self.short_stems:
            return None
        stems = "|".join(_loose(s) for s in sorted(self.short_stems, key=lambda s: (-len(s), s)))
        return re.compile(rf"(?<![A-Za-z0-9])(?P<stem>{stems}){self.tail()}(?![A-Za-z0-9])", re.IGNORECASE)

    def canonical(self, version: str, suffix: str = "") -> str:
        """The canonical name of a version: `qwen` with ('3.7', ' max preview') -> `Qwen3.7-Max-Preview`."""
        words = [self._as_listed(w.group()) for w in self._suffix_word.finditer(suffix)]
        shown = re.sub(r"[A-Za-z]{3,}", lambda m: self._as_listed(m.group()), version)
        return self.glue.join((f"{self.name}{self.joint}{shown}", *words))

    @cached_property
    def _suffix_word(self) -> re.Pattern[str]:
        words = "|".join(_loose(s) for s in sorted(self.suffixes, key=lambda s: (-len(s), s)))
        return re.compile(rf"(?:{SIZE})(?![A-Za-z])|(?:{words})(?![A-Za-z])|[^\s-]+", re.IGNORECASE)

    def _as_listed(self, word: str) -> str:
        if re.fullmatch(SIZE, word, re.IGNORECASE):
            return word.upper().replace("X", "x")
        return {slug(s): s for s in self.suffixes}.get(slug(word), word)


def _loose(stem: str) -> str:
    """A stem whose spaces and hyphens may be either or missing."""
    return r"[\s-]?".join(re.escape(p) for p in re.split(r"[\s-]+", stem))


def _distinct(words: list[str]) -> tuple[str, ...]:
    """The first spelling of each word: a family may write `mini` where the common list has `Mini`."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(slug(word), word)
    return tuple(first.values())


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v for v in value)


def read_families(folder: Path) -> tuple[Family, ...]:
    """The families of `families.toml` in `folder`, in the order of the file. Raises LandscapeError naming the family and the key that is wrong."""
    table = read_toml(folder / "families.toml")
    common = table.get("common", {}).get("suffixes", [])
    out, seen = [], set()
    for number, entry in enumerate(table.get("family", []), 1):
        place = f"families.toml family {entry.get('id', f'number {number}')}"
        if unknown := sorted(set(entry) - _KEYS):
            raise LandscapeError(f"{place}: key {unknown[0]} is unknown; known are {', '.join(sorted(_KEYS))}")
        for key in ("id", "name", "modality"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                raise LandscapeError(f"{place}: {key} is missing; it must be a text")
        for key in ("stems", "short_stems", "suffixes"):
            if key in entry and not _strings(entry[key]):
                raise LandscapeError(f"{place}: {key} must be a list of texts")
        if entry["id"] in seen:
            raise LandscapeError(f"{place}: listed twice; keep one")
        seen.add(entry["id"])
        family = Family(
            entry["id"],
            entry["name"],
            entry.get("developer") or None,
            entry["modality"],
            tuple(entry.get("stems", [])),
            tuple(entry.get("short_stems", [])),
            entry.get("version", r"\d+(?:\.\d+)?"),
            _distinct([*entry.get("suffixes", []), *common]),
            entry.get("joint", "-"),
            entry.get("glue", " " if entry.get("joint") == " " else "-"),
        )
        try:
            re.compile(family.version)
        except re.error as error:
            raise LandscapeError(f"{place}: version {family.version!r} is not a regular expression: {error}") from error
        out.append(family)
    return tuple(out)


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file of the lexicon. Raises LandscapeError if it is missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LandscapeError(f"lexicon file {path} is missing; restore it from the repository") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LandscapeError(f"lexicon file {path.name} is not valid TOML: {error}") from error

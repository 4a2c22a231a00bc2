"""Reads the lexicon: CSV files of entities, checked row by row, into one value. How names are matched in a text does not belong here."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import opencc

from pipeline.errors import LandscapeError
from pipeline.lexicon.entities import ENTITY_TYPES, Alias, Entity, alias_key, is_slug
from pipeline.lexicon.families import Family, read_families
from pipeline.lexicon.triggers import Triggers, read_triggers

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Source:
    """One CSV file: what its rows are, its id column, its required and optional columns, which columns point to an id, which take only given values."""

    file: str
    entity_type: str
    key: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    references: Mapping[str, str] | None = None  # column -> entity type
    choices: Mapping[str, tuple[str, ...]] | None = None


ORG_TYPES = (
    "big_tech", "startup", "research_lab", "investor", "government", "device_maker", "cloud", "analyst", "media", "university", "benchmark", "other",
)  # fmt: skip
MODALITIES = ("text", "reasoning", "vision", "image", "video", "audio", "speech", "music", "code", "3d", "multimodal", "world", "other")
CATEGORIES = (
    "assistant", "agent", "agent_platform", "companion", "creation", "search", "office", "developer_platform", "education", "health", "hardware", "other",
)  # fmt: skip

SOURCES = (
    Source(
        "organizations.csv",
        "org",
        "org_id",
        ("name_zh", "name_en", "org_type", "country", "parent_org_id", "wikidata_id", "aliases"),
        ("name_zh_hant", "city"),
        {"parent_org_id": "org"},
        {"org_type": ORG_TYPES},
    ),
    Source("people.csv", "person", "person_id", ("name_zh", "name_en", "aliases"), ("name_zh_hant",)),
    Source(
        "models.csv",
        "model",
        "model_id",
        ("name", "family", "developer_org_id", "modality", "aliases"),
        ("open_weights",),
        {"developer_org_id": "org"},
        {"modality": MODALITIES, "open_weights": ("true", "false")},
    ),
    Source(
        "products.csv",
        "product",
        "product_id",
        ("name_zh", "name_en", "org_id", "category", "aliases"),
        ("name_zh_hant",),
        {"org_id": "org"},
        {"category": CATEGORIES},
    ),
    Source("cohorts.csv", "cohort", "cohort_id", ("name_zh", "name_en", "definition", "aliases"), ("name_zh_hant",)),
    Source("benchmarks.csv", "benchmark", "benchmark_id", ("name", "kind", "aliases"), (), None, {"kind": ("benchmark", "leaderboard")}),
    Source("media.csv", "media", "media_id", ("name_zh", "name_en", "aliases"), ("name_zh_hant",)),
)
_MUST_CHOOSE = frozenset(("org_type", "modality", "category", "kind"))


@dataclass(frozen=True)
class Row:
    """A row of a source file and where it stands: `line` counts from 1 and the header is line 1."""

    source: Source
    line: int
    cells: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.cells[self.source.key]

    @property
    def place(self) -> str:
        return f"{self.source.file} row {self.line} ({self.id or 'no id'})"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything the project knows by name. `version` is the SHA-256 of the data files.

    `entities` and the aliases in them are as written in the files (Simplified or Latin), which is what folded text is matched against;
    `aliases` adds the Traditional forms. `families` and `triggers` are the TOML files.
    """

    entities: dict[str, Entity]
    families: tuple[Family, ...]
    triggers: Triggers
    version: str

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Every surface of every entity in both scripts, by entity and surface."""
        written = [a for e in self.entities.values() for a in e.aliases]
        taken = {(a.entity_id, a.surface) for a in written}
        forms = [_converted([a.surface for a in written], config) for config in ("s2tw", "s2hk", "s2t")]
        out = list(written)
        for alias, *variants in zip(written, *forms, strict=True):
            for surface in variants:
                if (alias.entity_id, surface) not in taken:
                    taken.add((alias.entity_id, surface))
                    out.append(Alias(surface, alias.entity_type, alias.entity_id, alias.is_ambiguous, "hant"))
        return tuple(sorted(out, key=lambda a: (a.entity_type, a.entity_id, a.surface)))

    @cached_property
    def by_key(self) -> dict[str, tuple[Alias, ...]]:
        """`alias_key` of a surface as written -> the aliases with that key, one or, where ambiguous, several."""
        out: dict[str, list[Alias]] = {}
        for entity in self.entities.values():
            for alias in entity.aliases:
                out.setdefault(alias_key(alias.surface), []).append(alias)
        return {k: tuple(v) for k, v in out.items()}

    def named(self, surface: str) -> tuple[Entity, ...]:
        """The entities a surface may stand for (Simplified or Latin; spelling variants count as equal), in the order of the files."""
        found = {a.entity_id: None for a in self.by_key.get(alias_key(surface), ())}
        return tuple(self.entities[i] for i in found)

    def of_type(self, entity_type: str) -> Iterator[Entity]:
        return (e for e in self.entities.values() if e.type == entity_type)


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def _converted(surfaces: list[str], config: str) -> list[str]:
    """Convert many at once: one call is a hundred times faster than many."""
    text: str = _converter(config).convert("\n".join(surfaces))
    return text.split("\n") if surfaces else []


def _read_rows(folder: Path, source: Source) -> list[Row]:
    path = folder / source.file
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = [(reader.line_num, cells) for reader in [csv.reader(file, strict=True)] for cells in reader]
    except FileNotFoundError as error:
        raise LandscapeError(f"lexicon file {path} is missing; restore it from the repository") from error
    except UnicodeDecodeError as error:
        raise LandscapeError(f"lexicon file {source.file} is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except csv.Error as error:
        raise LandscapeError(f"lexicon file {source.file} is not valid CSV: {error}; check its quotation marks") from error
    header = table[0][1] if table else []
    known = (source.key, *source.required, *source.optional)
    for column in (source.key, *source.required):
        if column not in header:
            raise LandscapeError(
                f"{source.file} row 1: column {column} is missing; the header must be {','.join((source.key, *source.required))}"
            )
    for column in header:
        if column not in known or header.count(column) > 1:
            raise LandscapeError(f"{source.file} row 1: column {column!r} is unknown or doubled; known are {', '.join(known)}")
    rows = []
    for line, cells in table[1:]:
        if not cells or not any(c.strip() for c in cells):
            continue
        if len(cells) != len(header):
            raise LandscapeError(
                f"{source.file} row {line} ({cells[0]}): {len(cells)} cells where the header has {len(header)}; check the commas"
            )
        rows.append(Row(source, line, dict(zip(header, (c.strip() for c in cells), strict=True))))
    return rows


def _check_row(row: Row) -> None:
    if not is_slug(row.id):
        raise LandscapeError(f"{row.place}: id must be a slug of a-z, 0-9, single hyphens and dots, like deepseek-r1")
    if not any(row.cells.get(c) for c in ("name", "name_zh", "name_en")):
        raise LandscapeError(f"{row.place}: a name is missing; fill in one of the name columns")
    for column, allowed in (row.source.choices or {}).items():
        value = row.cells.get(column, "")
        if (value or column in _MUST_CHOOSE) and value not in allowed:
            raise LandscapeError(f"{row.place}: {column} {value!r} is not one of {', '.join(allowed)}")
    country = row.cells.get("country", "")
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        raise LandscapeError(f"{row.place}: country {country!r} is not two capital letters of ISO 3166-1, like CN")
    wikidata = row.cells.get("wikidata_id", "")
    if wikidata and not (wikidata[0] == "Q" and wikidata[1:].isdigit()):
        raise LandscapeError(f"{row.place}: wikidata_id {wikidata!r} is not a Q number, like Q95")


def _surfaces(row: Row) -> dict[str, bool]:
    """Surface -> is ambiguous. The names are aliases too; repeated in the aliases column with `~` they become ambiguous ones."""
    names = [row.cells[c] for c in ("name", "name_zh", "name_en") if row.cells.get(c)]
    found: dict[str, bool] = {}
    for cell in filter(None, (*names, *(c.strip() for c in row.cells["aliases"].split("|")))):
        surface = cell.removeprefix("~").strip()
        if not alias_key(surface):
            raise LandscapeError(f"{row.place}: alias {cell!r} has no letter in it; remove it")
        if len(surface) == 1:
            raise LandscapeError(f"{row.place}: alias {surface!r} is a single character and would match everywhere; remove it")
        found[surface] = found.get(surface, False) or cell.startswith("~")
    marked = {alias_key(s) for s, ambiguous in found.items() if ambiguous}
    return {s: ambiguous or alias_key(s) in marked for s, ambiguous in found.items()} if marked else found


def _check_references(rows: Mapping[str, Row]) -> None:
    for row in rows.values():
        for column, entity_type in (row.source.references or {}).items():
            target = row.cells[column]
            if target and (target not in rows or rows[target].source.entity_type != entity_type):
                raise LandscapeError(f"{row.place}: {column} {target!r} is not the id of any {entity_type}; correct it or add that row")
            if target == row.id:
                raise LandscapeError(f"{row.place}: {column} points to the row itself; leave it empty")


def _check_clashes(rows: Mapping[str, Row], surfaces: Mapping[str, Mapping[str, bool]]) -> None:
    seen: dict[str, tuple[Row, str, bool]] = {}
    for row in rows.values():
        for surface, ambiguous in surfaces[row.id].items():
            other, spelt, other_ambiguous = seen.setdefault(alias_key(surface), (row, surface, ambiguous))
            if other is not row and not (ambiguous and other_ambiguous):
                raise LandscapeError(
                    f"{row.place}: alias {surface!r} clashes with {spelt!r} of {other.place}; mark it with ~ in both or remove it from one"
                )


def _entity(row: Row, surfaces: Mapping[str, bool], hant: str) -> Entity:
    cells, source = row.cells, row.source
    name = cells.get("name") or None
    name_en = cells.get("name_en") or (name if name and name.isascii() else None)
    name_zh = cells.get("name_zh") or name or name_en  # a Latin name is the Chinese name where Chinese media use it
    names = ("name_zh", "name_zh_hant", "name_en", "aliases", source.key)
    attributes = {c: cells.get(c) or None for c in (*source.required, *source.optional) if c not in names}
    forms = _scripts(list(surfaces))
    aliases = tuple(Alias(s, source.entity_type, row.id, a, forms[s]) for s, a in surfaces.items())
    return Entity(row.id, source.entity_type, name_zh, cells.get("name_zh_hant") or hant, name_en, attributes, aliases)


def _scripts(surfaces: list[str]) -> dict[str, str]:
    return {s: "both" if s.isascii() else "hans" for s in surfaces}


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".csv", ".toml")):
        # line ends differ between checkouts, the content does not
        total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


@cache
def load(folder: Path = HERE) -> Lexicon:
    """Read and check the lexicon in `folder` (the project's own by default). Cached.

    Raises LandscapeError naming file, row and what is wrong: a missing file or column, a bad slug, an id used twice,
    an id that does not exist, a value outside its list, two aliases that clash without `~`.
    """
    rows: dict[str, Row] = {}
    for source in SOURCES:
        for row in _read_rows(folder, source):
            _check_row(row)
            if row.id in rows:
                raise LandscapeError(f"{row.place}: the id is taken by {rows[row.id].place}; ids are unique over all files")
            rows[row.id] = row
    _check_references(rows)
    surfaces = {i: _surfaces(row) for i, row in rows.items()}
    _check_clashes(rows, surfaces)
    chinese = [r.cells.get("name_zh") or r.cells.get("name") or r.cells.get("name_en") or "" for r in rows.values()]
    hant = _converted(chinese, "s2tw")
    entities = {i: _entity(row, surfaces[i], name) for (i, row), name in zip(rows.items(), hant, strict=True)}
    families = read_families(folder)
    for family in families:
        for column, target, entity_type in (("id", family.id, "model"), ("developer", family.developer, "org")):
            if target and (target not in entities or entities[target].type != entity_type):
                raise LandscapeError(
                    f"families.toml family {family.id}: {column} {target!r} is not the id of any {entity_type}; correct it or add that row"
                )
    return Lexicon(entities, families, read_triggers(folder), _digest(folder))


__all__ = ["ENTITY_TYPES", "Alias", "Entity", "Lexicon", "load"]

"""The entity tables of a release: every entity that a document names or a fact refers to, with the names it goes by.

Names come from the lexicon; a name the lexicon does not know makes a provisional entity out of what the text calls it. Deciding which span is which
entity belongs to mentions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from pipeline.lexicon import Entity, Lexicon
from pipeline.tables import TABLES

MENTION_SCHEMA: dict[str, pl.DataType] = {
    "doc_id": pl.String(), "type": pl.String(), "entity_id": pl.String(), "surface": pl.String(), "is_provisional": pl.Boolean(), "count": pl.Int64(),
}  # fmt: skip
_TABLE_OF = {"org": "organizations", "person": "people", "model": "models", "product": "products", "cohort": "cohorts"}
_ID_OF = {"org": "org_id", "person": "person_id", "model": "model_id", "product": "product_id", "cohort": "cohort_id"}
_REFERENCES = ("parent_org_id", "developer_org_id", "org_id")
_CJK = re.compile(r"[\u3400-\u9fff]")


def _curated(entity: Entity) -> dict[str, Any]:
    """A row of the entity's table from its lexicon entry; the caller keeps the columns that the table has."""
    row: dict[str, Any] = {**entity.attributes, _ID_OF[entity.type]: entity.id, "is_provisional": False}
    return row | {
        "name": entity.name_en or entity.name,
        "name_zh": entity.name_zh,
        "name_zh_hant": entity.name_zh_hant,
        "name_en": entity.name_en,
    }


def _provisional(kind: str, entity_id: str, surface: str) -> dict[str, Any]:
    """A row for a name that only the text knows."""
    chinese = surface if _CJK.search(surface) else None
    row: dict[str, Any] = {_ID_OF[kind]: entity_id, "is_provisional": True, "name": surface, "name_zh": chinese, "name_zh_hant": None}
    row |= {"name_en": None if chinese else surface, "org_type": "other", "modality": "other", "category": "other"}
    return row


def entity_frames(mentions: pl.DataFrame, referred: Iterable[tuple[str, str]], lexicon: Lexicon) -> dict[str, pl.DataFrame]:
    """organizations, people, models, products, cohorts and aliases.

    `mentions`: MENTION_SCHEMA, what the documents name. `referred`: further (type, id) pairs that facts refer to.
    """
    surfaces: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, entity_id, surface, count in mentions.select("type", "entity_id", "surface", "count").iter_rows():
        if kind in _TABLE_OF:
            surfaces[kind, entity_id][surface] += count
    wanted = {*surfaces, *((k, i) for k, i in referred if k in _TABLE_OF)}
    queue = sorted(wanted)
    while queue:  # a product brings its organisation, an organisation its parent
        _, entity_id = queue.pop()
        known = lexicon.entities.get(entity_id)
        for column in _REFERENCES if known else ():
            parent = known.attributes.get(column) if known else None
            if parent and ("org", parent) not in wanted:
                wanted.add(("org", parent))
                queue.append(("org", parent))
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _TABLE_OF.values()}
    aliases: dict[tuple[str, str, str], dict[str, Any]] = {}
    for kind, entity_id in sorted(wanted):
        entity = lexicon.entities.get(entity_id)
        seen = surfaces.get((kind, entity_id), {})
        if entity is not None and entity.type == kind:
            row = _curated(entity)
            for alias in entity.aliases:
                aliases[alias.surface, kind, entity_id] = {"script": alias.script, "is_ambiguous": alias.is_ambiguous}
        else:
            name = min(seen, key=lambda s: (-seen[s], -len(s), s)) if seen else entity_id
            row = _provisional(kind, entity_id, name)
        for surface in seen:
            aliases.setdefault((surface, kind, entity_id), {"script": "both", "is_ambiguous": False})
        table = TABLES[_TABLE_OF[kind]]
        rows[table.name].append({c: row.get(c) for c in table.schema})
    frames = {t: pl.DataFrame(r, schema=TABLES[t].schema, strict=False).sort(*TABLES[t].primary_key) for t, r in rows.items()}
    flat = [{"surface": s, "entity_type": k, "entity_id": i, **v} for (s, k, i), v in sorted(aliases.items())]
    schema = TABLES["aliases"].schema
    frames["aliases"] = pl.DataFrame([{c: r.get(c) for c in schema} for r in flat], schema=schema, strict=False)
    return frames

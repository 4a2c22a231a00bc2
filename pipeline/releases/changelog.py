"""The changelog of one release, in sentences: which articles, companies, models and amounts are new, what was corrected and why. Made from the difference."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from pipeline.releases.diff import Diff
from pipeline.releases.inputs import Inputs
from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.schema_changes import SchemaChange
from pipeline.releases.versions import Level
from pipeline.tables import FACT_TABLES, TABLES

Tables = Mapping[str, pl.DataFrame]
_SHOWN = 12
_ENTITIES = {  # table of entities -> how one and several are called
    "organizations": ("company or organisation", "companies and organisations"),
    "people": ("person", "people"),
    "models": ("model", "models"),
    "products": ("product", "products"),
    "cohorts": ("cohort", "cohorts"),
}


def one_line(old: Tables, new: Tables, changes: Diff, shape: Sequence[SchemaChange]) -> str:
    """What changed, for `versions.json`."""
    if not old:
        return f"First release: {_count(_facts(new), 'fact', 'facts')} from {_count(new['documents'].height, 'article', 'articles')}."
    parts = []
    for kind, verb in (("added", "new"), ("removed", "removed")):
        documents, facts = (
            changes.count(kind, "documents"),
            sum(changes.count(kind, name) for name in FACT_TABLES if name in changes.changes),
        )
        parts += [f"{_count(documents, 'article', 'articles')} {verb}"] if documents else []
        parts += [f"{_count(facts, 'fact', 'facts')} {verb}"] if facts else []
    corrected = len(_corrected_rows(changes))
    modified = sum(_by_hand(frame, hand=False).filter(pl.col("change") == "modified").height for frame in changes.changes.values())
    parts += [f"{_count(modified, 'cell', 'cells')} modified"] if modified else []
    parts += [f"{_count(corrected, 'row', 'rows')} corrected"] if corrected else []
    breaking = sum(change.level is Level.MAJOR for change in shape)
    parts += [f"{_count(breaking, 'breaking change', 'breaking changes')} of the schema"] if breaking else []
    parts += ["descriptions of the schema"] if shape and not breaking and not parts else []
    return (", ".join(parts) or "Other changes") + "."


def changelog(
    old: Tables, new: Tables, changes: Diff, shape: Sequence[SchemaChange], rekeyed: pl.DataFrame, inputs: Inputs, facts: Facts
) -> str:
    """The text of `CHANGELOG.md`. `old` is empty for a first release."""
    names = _names(new)
    parts = [f"# v{facts.version} · {facts.day}", one_line(old, new, changes, shape)]
    if not old:
        parts += _sections(("What is in it", _first(new)), ("Amounts", _amounts(names, new)))
        return "\n\n".join(parts) + "\n"
    parts += _sections(
        ("Breaking changes", _breaking(shape, rekeyed)),
        ("Articles", _articles(old, new)),
        ("New companies, people, models and products", _new_entities(old, new)),
        ("New amounts", _amounts(names, _added(new, changes))),
        ("Corrections", _corrections(old, new, changes, inputs)),
        ("All changes, by table", _by_table(changes)),
        ("Schema", [_shape_line(change) for change in shape if change.level is not Level.MAJOR]),
    )
    return "\n\n".join(parts) + "\n"


def _sections(*sections: tuple[str, list[str]]) -> list[str]:
    return [f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in sections if lines]


def _first(new: Tables) -> list[str]:
    lines = [f"{_count(new['documents'].height, 'article', 'articles')}: {_listed(_titles(new['documents']))}"]
    for table, (one, many) in _ENTITIES.items():
        names = _entity_names(new, table, _mentioned(new, table))
        if names:
            lines.append(f"{_count(len(names), one, many)}: {_listed(names)}")
    counts = [(name, new[name].height) for name in FACT_TABLES if name in new and new[name].height]
    lines.append("Facts: " + ", ".join(f"{height:,} {name.replace('_', ' ')}" for name, height in counts) if counts else "No facts.")
    return lines


def _articles(old: Tables, new: Tables) -> list[str]:
    before, after = old["documents"], new["documents"]
    came = after.join(before, on="doc_id", how="anti")
    went = before.join(after, on="doc_id", how="anti")
    edited = after.join(before, on="doc_id", how="inner", suffix="_old").filter(pl.col("sha256") != pl.col("sha256_old"))
    groups = ((came, "is new", "are new"), (edited, "was edited", "were edited"), (went, "was withdrawn", "were withdrawn"))
    return [
        f"{_count(frame.height, 'article', 'articles')} {one if frame.height == 1 else many}: {_listed(_titles(frame))}"
        for frame, one, many in groups
        if frame.height
    ]


def _new_entities(old: Tables, new: Tables) -> list[str]:
    lines = []
    for table, (one, many) in _ENTITIES.items():
        names = _entity_names(new, table, _mentioned(new, table) - _mentioned(old, table))
        if names:
            lines.append(f"{_count(len(names), one, many)} for the first time: {_listed(names)}")
    return lines


def _amounts(names: Mapping[str, str], rows: Tables) -> list[str]:
    """The largest sums of money per kind of fact, with who and when, largest first."""
    lines = []
    for table, value, who, verb in (
        ("funding_rounds", "value", "org_id", "raised"),
        ("funding_rounds", "valuation_value", "org_id", "valued at"),
        ("spending", "value", "org_id", "spending"),
        ("prices", "price", "subject_id", "price"),
    ):
        frame = rows.get(table)
        if frame is None or not frame.height or value not in frame.columns:
            continue
        currency = "valuation_currency" if value.startswith("valuation") else "currency"
        found = frame.filter(pl.col(value).is_not_null() & pl.col(who).is_not_null()).sort(value, "claim_id", descending=[True, False])
        shown = dict.fromkeys(
            f"{names.get(row[who], row[who])} {verb} {_money(row[value], row[currency])}{_when(row)}" for row in found.iter_rows(named=True)
        )
        lines += [f"{_one_of(table)}: {_listed(list(shown), '; ')}"] if shown else []
    return lines


def _by_hand(frame: pl.DataFrame, *, hand: bool = True) -> pl.DataFrame:
    return frame.filter((pl.col("reason") == "correction") == hand)


def _corrected_rows(changes: Diff) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(table, key) -> its changes, for every row a correction touched. Of a claim only what its fact row does not say: that it went or came alone."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for table, frame in changes.changes.items():
        for row in _by_hand(frame).iter_rows(named=True):
            found.setdefault((table, row["key"]), []).append(row)
    facts = {key for table, key in found if table != "claims"}
    return {place: rows for place, rows in found.items() if place[0] != "claims" or place[1] not in facts}


def _corrections(old: Tables, new: Tables, changes: Diff, inputs: Inputs) -> list[str]:
    """One sentence per corrected row: what it said, what it says, why."""
    names = _names(old) | _names(new)
    found = _corrected_rows(changes)
    shown = [
        _correction(table, key, rows, new if rows[0]["change"] != "removed" else old, names, inputs)
        for (table, key), rows in list(found.items())[: 4 * _SHOWN]
    ]
    return shown + ([f"and {len(found) - len(shown):,} more, see `changes/`"] if len(found) > len(shown) else [])


def _correction(table: str, key: str, rows: list[dict[str, Any]], tables: Tables, names: Mapping[str, str], inputs: Inputs) -> str:
    identifier = str(next(iter(json.loads(key).values())))
    why = inputs.corrections.get(identifier, "")
    about = _about(table, identifier, tables, names)
    cells = {row["column"]: row for row in rows if row["change"] == "modified"}
    if cells:
        # The ends of an interval move with its value.
        ends = {f"{column}{end}" for column in cells for end in ("_low", "_high")} | ({"valuation_low", "valuation_high"} & cells.keys())
        said = [
            f"{column} was {_cell(row['old'])}, is {_cell(row['new'])}"
            for column, row in cells.items()
            if column not in ends or len(cells) == 1
        ]
        what = "; ".join(said or [f"{column} was {_cell(row['old'])}, is {_cell(row['new'])}" for column, row in cells.items()])
    else:
        what = rows[0]["change"]
    return f"{about}: {what}" + (f". Why: {_one_line(why)}" if why else "")


def _cell(text: str) -> str:
    """The JSON of a cell as people write it."""
    value = json.loads(text)
    if value is None:
        return "empty"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _money(value, None)
    return ", ".join(map(str, value)) or "nobody" if isinstance(value, list) else _one_line(str(value))


def _about(table: str, identifier: str, tables: Tables, names: Mapping[str, str]) -> str:
    """What a row is about, in names: the first entity it names, else its key."""
    frame = tables[table].filter(pl.col(TABLES[table].primary_key[0]).cast(pl.String) == identifier) if table in TABLES else pl.DataFrame()
    if not frame.height:
        return f"{_one_of(table)} {identifier}"
    row = frame.row(0, named=True)
    subject = next((names[row[column]] for column in frame.columns if column.endswith("_id") and row[column] in names), None)
    return f"{_one_of(table)} of {subject} ({identifier})" if subject else f"{_one_of(table)} {identifier}"


def _by_table(changes: Diff) -> list[str]:
    lines = []
    for table, frame in changes.changes.items():
        if not frame.height:
            continue
        counts = frame.group_by("change", "reason").len().sort("change", "reason")
        words = [f"{row['len']:,} {_thing(row)} {row['change']} ({row['reason']})" for row in counts.iter_rows(named=True)]
        lines.append(f"`{table}`: {', '.join(words)}")
    return lines


def _breaking(shape: Sequence[SchemaChange], rekeyed: pl.DataFrame) -> list[str]:
    lines = [_shape_line(change) for change in shape if change.level is Level.MAJOR]
    ids = rekeyed.filter(pl.col("reason") != "source")
    lines += [f"`{row['table']}`: the id `{row['old_id']}` is now `{row['new_id']}`" for row in ids.head(_SHOWN).iter_rows(named=True)]
    if ids.height > _SHOWN:
        lines.append(f"and {ids.height - _SHOWN:,} more ids, see `changes/id_changes.csv`")
    return lines


def _shape_line(change: SchemaChange) -> str:
    place = f"`{change.table}`" if change.column is None else f"`{change.table}.{change.column}`"
    what = change.change.replace("_", " ")
    if change.change in ("table_removed", "table_added", "column_removed", "column_added", "column_inserted"):
        return f"{place}: {what}"
    return (
        f"{place}: {what}"
        + (f", was {_one_line(change.old)}" if change.old else "")
        + (f", is {_one_line(change.new)}" if change.new else "")
    )


def _added(new: Tables, changes: Diff) -> dict[str, pl.DataFrame]:
    """The rows of the fact tables that were not there before."""
    rows = {}
    for name in FACT_TABLES:
        if name in new and name in changes.changes:
            keys = changes.changes[name].filter(pl.col("change") == "added")["key"]
            wanted = (
                keys.str.json_decode(pl.Struct({"claim_id": pl.String})).struct.field("claim_id")
                if keys.len()
                else pl.Series([], dtype=pl.String)
            )
            rows[name] = new[name].filter(pl.col("claim_id").is_in(wanted.implode()))
    return rows


def _mentioned(tables: Tables, table: str) -> set[str]:
    """Ids of a table of entities that a fact row names."""
    found: set[str] = set()
    for name in FACT_TABLES:
        if name not in tables or name not in TABLES:
            continue
        for key in TABLES[name].foreign_keys:
            column = key.columns[0]
            if key.table != table or column not in tables[name].columns:
                continue
            frame = tables[name] if key.when is None else tables[name].filter(pl.col(key.when[0]) == key.when[1])
            found.update(
                value for value in (frame[column].explode() if key.list else frame[column]).unique().to_list() if value is not None
            )
    return found


def _entity_names(tables: Tables, table: str, ids: Iterable[str]) -> list[str]:
    names = _names(tables)
    return sorted({names.get(identifier, identifier) for identifier in ids})


def _names(tables: Tables) -> dict[str, str]:
    """Entity id -> what people call it, Chinese name and English name."""
    names: dict[str, str] = {}
    for table in _ENTITIES:
        frame = tables.get(table)
        if frame is None:
            continue
        key = frame.columns[0]
        for row in frame.iter_rows(named=True):
            chinese, english = row.get("name_zh"), row.get("name_en") or row.get("name")
            both = chinese and english and chinese != english
            names[row[key]] = _one_line(f"{chinese} ({english})" if both else str(chinese or english or row[key]))
    return names


def _titles(documents: pl.DataFrame) -> list[str]:
    return [f"《{_one_line(row['title'])}》" if row["title"] else row["doc_id"] for row in documents.sort("doc_id").iter_rows(named=True)]


def _listed(words: Sequence[str], separator: str = ", ") -> str:
    more = len(words) - _SHOWN
    return separator.join(words[:_SHOWN]) + (f"{separator}and {more:,} more" if more > 0 else "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _facts(tables: Tables) -> int:
    return sum(tables[name].height for name in FACT_TABLES if name in tables)


def _money(value: float, currency: str | None) -> str:
    for limit, unit in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= limit:
            return f"{value / limit:,.4g} {unit} {currency or ''}".rstrip()
    return f"{value:,.10g} {currency or ''}".rstrip()


def _when(row: Mapping[str, Any]) -> str:
    start = row.get("date_start")
    return f" ({start:%Y-%m})" if start is not None else ""


def _one_of(table: str) -> str:
    singular = {
        "prices": "Price",
        "funding_rounds": "Funding",
        "spending": "Spending",
        "people": "Person",
        "corporate_events": "Corporate event",
    }
    return singular.get(table, table.replace("_", " ").rstrip("s").capitalize())


def _thing(row: Mapping[str, Any]) -> str:
    one, many = ("cell", "cells") if row["change"] == "modified" else ("row", "rows")
    return one if row["len"] == 1 else many


def _one_line(text: str) -> str:
    return " ".join(text.split())

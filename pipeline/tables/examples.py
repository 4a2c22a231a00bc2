"""A small made-up dataset that keeps every contract: one row per table, generated from the registry. For tests, documentation and dry runs."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipeline.tables.registry import FACT_TABLES, TABLES, Column, Table

TEXT = "示例公司甲宣布与示例公司乙合作。"  # the one article of the example, all of it one quote
DOC_ID = "example-article"
_PLAIN: dict[pl.DataType, Any] = {pl.String(): "example", pl.Float64(): 1.0, pl.Int64(): 1, pl.Boolean(): False}
_BY_COLUMN: dict[str, Any] = {
    "doc_id": DOC_ID,
    "claim_id": "0" * 16,
    "claim_id_a": "0" * 16,
    "conflict_id": "0" * 16,
    "sha256": "0" * 64,
    "char_start": 0,
    "char_end": len(TEXT),
    "char_count": len(TEXT),
    "text": TEXT,
    "quote": TEXT,
    "sentence_no": 0,
    "release": "1.0.0",
    "org_id": "example-org",
    "org_a": "example-org",
    "org_b": "example-partner",
    "person_id": "example-person",
    "model_id": "example-model",
    "product_id": "example-product",
    "cohort_id": "example-cohort",
    "speaker_id": "example-person",
}
_AMOUNT = {"value": 1.0, "value_low": 1.0, "value_high": 1.0, "modifier": "exact"}
_ORG = {"subject_type": "org", "subject_id": "example-org"}
_MODEL = {"subject_type": "model", "subject_id": "example-model"}
# What the rules over a whole row ask for beyond the columns that may not be empty.
_BY_TABLE: dict[str, dict[str, Any]] = {
    "organizations": {"name_zh": "示例公司甲"},
    "people": {"name_zh": "示例人物"},
    "products": {"name_zh": "示例产品"},
    "cohorts": {"name_zh": "示例阵营"},
    "aliases": {"entity_type": "org", "entity_id": "example-org"},
    "model_specs": {"spec": "parameters", "unit": "parameters", **_AMOUNT},
    "funding_rounds": {"currency": "CNY", **_AMOUNT},
    "spending": {"org_id": "example-org", "currency": "CNY", **_AMOUNT},
    "launches": _MODEL,
    "prices": {**_MODEL, "price": 1.0, "currency": "CNY"},
    "metrics": {**_ORG, "unit": "people", **_AMOUNT},
    "rankings": {**_ORG, "rank": 1},
    "comparisons": {**_MODEL, "comparator_type": "product", "comparator_id": "example-product"},
    "corporate_events": {"org_id": "example-org"},
    "statements": {"speaker_type": "person"},
}


def example_row(table: Table) -> dict[str, Any]:
    """The smallest row that the contract accepts: null wherever null is allowed and no rule asks for more."""
    return {column.name: _smallest(column) for column in table.columns} | _BY_TABLE.get(table.name, {})


def _smallest(column: Column) -> Any:
    if column.nullable:
        return None
    if column.enum is not None:
        return column.enum[0]
    return _BY_COLUMN.get(column.name, _PLAIN[column.dtype])


def claim_number(number: int) -> str:
    """A claim_id."""
    return f"{number:016x}"


def example_tables() -> dict[str, pl.DataFrame]:
    """All tables: one article, a second organisation, and for each fact table one row with its claim (numbered in the order of the registry)."""
    rows = {name: [example_row(table)] for name, table in TABLES.items()}
    rows["organizations"].append(rows["organizations"][0] | {"org_id": "example-partner", "name_zh": "示例公司乙"})
    claim = rows["claims"][0]
    rows["claims"] = [claim | {"claim_id": claim_number(i), "fact_table": name} for i, name in enumerate(FACT_TABLES)]
    for i, name in enumerate(FACT_TABLES):
        rows[name][0] |= {"claim_id": claim_number(i)}
    return {name: TABLES[name].frame(found) for name, found in rows.items()}

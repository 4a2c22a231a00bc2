"""A generated release, built once: what the warehouse tests ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipeline.tables import TABLES
from pipeline.warehouse import generated, load

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DuckDB file of 1,500 generated claims."""
    path = tmp_path_factory.mktemp("generated") / "landscape.duckdb"
    load.build(path, generated.tables(1_500))
    return path


def _claim(number: int, table: str, doc_id: str, quote: str, **columns: Any) -> dict[str, Any]:
    return {
        "claim_id": f"{number:016x}", "doc_id": doc_id, "fact_table": table, "sentence_no": number, "char_start": 0, "char_end": len(quote),
        "quote": quote, "assertion": "stated", "rule_id": "test", "confidence": 0.9, "review_status": "auto",
    } | columns  # fmt: skip


def _small() -> dict[str, pl.DataFrame]:
    """Four invented articles (c is a copy of a, d is in Traditional script) about two invented companies."""
    day = {"a": date(2024, 5, 15), "b": date(2024, 6, 1), "c": date(2024, 5, 16), "d": date(2024, 7, 1)}
    documents = [
        {
            "doc_id": key, "title": f"第{key}篇", "publisher": None if key == "d" else f"{key}报", "published_start": published, "published_end": published,
            "published_basis": "declared", "script": "hant" if key == "d" else "hans", "char_count": 99, "sha256": f"{ord(key):064x}",
            "duplicate_of": "a" if key == "c" else None,
        }
        for key, published in day.items()
    ]  # fmt: skip
    orgs = [
        {"org_id": "lantern", "name_zh": "灯海科技", "name_zh_hant": "燈海科技", "name_en": "Lantern Sea", "org_type": "startup"},
        {"org_id": "millet", "name_zh": "谷雨资本", "name_zh_hant": "穀雨資本", "name_en": "Grain Rain", "org_type": "investor"},
    ]
    aliases = [
        {"surface": "灯海", "script": "hans", "entity_type": "org", "entity_id": "lantern", "is_ambiguous": True},
        {"surface": "燈海", "script": "hant", "entity_type": "org", "entity_id": "lantern", "is_ambiguous": True},
        {"surface": "LanternSea", "script": "both", "entity_type": "org", "entity_id": "lantern", "is_ambiguous": False},
    ]
    models = [{"model_id": "lamp-1", "name": "Lamp-1", "developer_org_id": "lantern", "open_weights": True}]
    cohorts = [{"cohort_id": "sea-pair", "name_zh": "海上双星", "name_en": "Sea Pair"}]
    claims = [
        _claim(1, "prices", "a", "Lamp-1每千tokens收0.0008元"),
        _claim(2, "prices", "b", "Lamp-1每百万tokens收0.8元", attributed_to="张三"),
        _claim(3, "funding_rounds", "a", "灯海科技融资1亿美元"),
        _claim(4, "funding_rounds", "c", "灯海科技融资1亿美元"),
        _claim(5, "funding_rounds", "b", "灯海科技融资2亿美元"),
        _claim(6, "funding_rounds", "d", "燈海科技完成新一輪融資", assertion="rumoured"),
        _claim(7, "cohort_memberships", "b", "灯海科技属于海上双星"),
        _claim(8, "cohort_memberships", "d", "燈海科技已離開海上雙星"),
        _claim(9, "partnerships", "a", "谷雨资本与灯海科技战略合作"),
        _claim(10, "partnerships", "b", "灯海科技与谷雨资本战略合作"),
    ]
    by_id = {row["claim_id"]: row for row in claims}

    def fact(number: int, **columns: Any) -> dict[str, Any]:
        row = by_id[f"{number:016x}"]
        return {"claim_id": row["claim_id"], "doc_id": row["doc_id"]} | columns

    def priced(number: int, price: float, per: int) -> dict[str, Any]:
        subject = {"subject_type": "model", "subject_id": "lamp-1", "direction": "input", "currency": "CNY"}
        return fact(number, price=price, price_low=price, price_high=price, per_tokens=per, **subject)

    def raised(number: int, value: float, day: date | None = None) -> dict[str, Any]:
        when = {"date_start": day, "date_end": day, "date_precision": "day" if day else None}
        amount = {"value": value, "value_low": value, "value_high": value, "modifier": "exact", "currency": "USD"}
        return fact(number, org_id="lantern", round="A", investors=["millet"], **amount, **when)

    rows: dict[str, list[dict[str, Any]]] = {
        "documents": documents, "organizations": orgs, "aliases": aliases, "models": models, "cohorts": cohorts, "claims": claims,
        "prices": [priced(1, 0.0008, 1000), priced(2, 0.8, 1_000_000)],
        "funding_rounds": [raised(3, 1e8, date(2023, 4, 1)), raised(4, 1e8), raised(5, 2e8), raised(6, 3e8)],
        "cohort_memberships": [fact(7, cohort_id="sea-pair", org_id="lantern", status="member"),
            fact(8, cohort_id="sea-pair", org_id="lantern", status="left"),
        ],
        "partnerships": [
            fact(9, org_a="millet", org_b="lantern", kind="strategic", field_text="算力"),
            fact(10, org_a="lantern", org_b="millet", kind="strategic"),
        ],
        "conflicts": [
            {"conflict_id": "f" * 16, "kind": "value", "claim_id_a": claims[2]["claim_id"], "claim_id_b": claims[4]["claim_id"], "field": "value",
             "explanation_en": "1 and 2", "explanation_zh": "一与二"},
        ],
    }  # fmt: skip
    for name in ("organizations", "models", "cohorts"):
        rows[name] = [row | {"is_provisional": False} for row in rows[name]]
    return {name: TABLES[name].frame(made) for name, made in rows.items()}


@pytest.fixture(scope="session")
def small_tables() -> dict[str, pl.DataFrame]:
    return _small()


@pytest.fixture(scope="session")
def small_database(small_tables: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "landscape.duckdb"
    load.build(path, small_tables)
    return path


@pytest.fixture
def ask(small_database: Path) -> Iterator[Ask]:
    """Run SQL on the small file and return the rows."""
    with duckdb.connect(str(small_database), read_only=True, config={"threads": 1}) as con:
        yield lambda sql, *values: con.execute(sql, values).fetchall()

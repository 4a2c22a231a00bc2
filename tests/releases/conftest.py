"""A small invented industry: enough rows in enough tables for a release, and a way to edit it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.releases.inputs import Inputs
from pipeline.releases.publish import Published, publish
from pipeline.releases.staging import remove_folder
from pipeline.tables import TABLES

Tables = dict[str, pl.DataFrame]
LIGHT = ("parquet", "csv")


def digest(text: str, length: int = 64) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


class Industry:
    """Rows by table, added one fact at a time; `tables()` gives the frames of a run."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name, table in TABLES.items() if table.public}
        self.corrections: dict[str, str] = {}

    def article(self, doc_id: str, title: str, text: str = "") -> None:
        self.rows["documents"].append(
            {
                "doc_id": doc_id,
                "title": title,
                "url": f"https://example.org/{doc_id}",
                "published_start": date(2025, 3, 1),
                "published_end": date(2025, 3, 1),
                "published_basis": "declared",
                "script": "hans",
                "char_count": 500,
                "sha256": digest(doc_id + text),
            }
        )

    def company(self, org_id: str, name_zh: str, name_en: str | None = None) -> None:
        row = {"org_id": org_id, "name_zh": name_zh, "name_zh_hant": name_zh, "name_en": name_en, "org_type": "startup", "country": "CN"}
        self.rows["organizations"].append(row | {"is_provisional": False})

    def fact(self, table: str, doc_id: str, quote: str, *, start: int = 0, status: str = "auto", **fields: Any) -> str:
        """A claim and its fact row; returns the claim_id."""
        claim_id = digest(f"{doc_id}{table}{start}{quote}", 16)
        claim = {
            "claim_id": claim_id,
            "doc_id": doc_id,
            "fact_table": table,
            "sentence_no": 1,
            "char_start": start,
            "char_end": start + len(quote),
        }
        self.rows["claims"].append(
            claim | {"quote": quote, "assertion": "stated", "rule_id": f"{table}.plain", "confidence": 0.9, "review_status": status}
        )
        self.rows[table].append({"claim_id": claim_id, "doc_id": doc_id, **fields})
        return claim_id

    def raised(self, doc_id: str, org_id: str, amount: float, quote: str, *, start: int = 0, investors: list[str] | None = None) -> str:
        money = {"value": amount, "value_low": amount, "value_high": amount, "modifier": "exact", "currency": "CNY"}
        return self.fact("funding_rounds", doc_id, quote, start=start, org_id=org_id, round="A", investors=investors, **money)

    def tables(self) -> Tables:
        return {name: TABLES[name].frame(rows) for name, rows in self.rows.items()}

    def inputs(self, **changes: Any) -> Inputs:
        documents = {row["doc_id"]: row["sha256"] for row in self.rows["documents"]}
        return Inputs(**({"documents": documents, "code": "c" * 64, "lexicon": "l" * 64, "corrections": self.corrections} | changes))


def make_industry() -> Industry:
    """Two articles, two companies, three facts; one quote tries everything a format could trip over."""
    made = Industry()
    made.article("north", "北辰的一年")
    made.article("south", "南斗开张")
    made.company("beichen", "北辰智能", "Beichen")
    made.company("nandou", "南斗科技")
    made.company("yinhe", "银河基金", "Yinhe Capital")
    made.raised("north", "beichen", 5e8, "北辰智能完成5亿元A轮融资", investors=["nandou", "yinhe"])
    made.raised("south", "nandou", 1.2e8, "南斗科技拿到1.2亿元", start=40)
    made.fact(
        "statements", "south", '=HYPERLINK("http://evil.example","点我")', start=90,
        speaker_type="org", speaker_id="nandou", kind="opinion", text='<b>粗体</b>,"引号"\n换行\r\n\t制表 _x0041_ \x07', is_direct_quote=True,
    )  # fmt: skip
    made.fact(
        "statements",
        "north",
        "+1-2*3@SUM",
        start=200,
        speaker_type="org",
        speaker_id="beichen",
        kind="plan",
        text="'=已有引号",
        is_direct_quote=False,
    )
    return made


@pytest.fixture(scope="session")
def new_industry() -> Callable[[], Industry]:
    return make_industry


@pytest.fixture
def industry() -> Industry:
    return make_industry()


@pytest.fixture
def datasets(tmp_path: Path) -> Iterator[Path]:
    """A folder for releases, removed afterwards although releases are read-only."""
    folder = tmp_path / "datasets"
    yield folder
    if folder.exists():
        remove_folder(folder)


@pytest.fixture
def released(datasets: Path) -> Callable[..., Published]:
    """Publishes an industry and insists that there was something new."""

    def run(industry: Industry, *, formats: tuple[str, ...] = LIGHT, **options: Any) -> Published:
        inputs = options.pop("inputs", None) or industry.inputs()
        result = publish(industry.tables(), datasets, inputs=inputs, formats=formats, **options)
        assert isinstance(result, Published)
        return result

    return run

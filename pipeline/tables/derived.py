"""The derived tables: what disagrees, what changed since the last release, and what a contract rejected."""

from __future__ import annotations

import polars as pl

from pipeline.tables.columns import CLAIM_ID, NOT_BLANK, Model, described, in_chinese, row_rule


class Conflicts(Model):
    conflict_id: str = described(
        "Identifier: a stable hash of kind, field and the two claims",
        "标识：由类型、字段与两条论断得到的稳定哈希",
        unique=True,
        str_matches=CLAIM_ID,
    )
    kind: str = described("What disagrees", "矛盾类型", isin=("value", "temporal", "membership", "identity"))
    claim_id_a: str = described("One claim", "论断甲")
    claim_id_b: str = described(
        "The other claim; null where a claim disagrees with its own article", "论断乙；与所在文章自身矛盾时为空", nullable=True
    )
    field: str = described("The column that disagrees", "矛盾所在字段", str_matches=NOT_BLANK)
    explanation_en: str = described("What disagrees, in English", "英文说明", str_matches=NOT_BLANK)
    explanation_zh: str = described("What disagrees, in Chinese", "中文说明", str_matches=NOT_BLANK)

    two_claims = row_rule("a claim in conflict with itself", pl.col("claim_id_a") != pl.col("claim_id_b"))

    class Config:
        title = "Conflicts"
        description = "Pairs of claims that cannot both be right, and events dated after their article. Both sides stay in the data."
        metadata = in_chinese("矛盾", "不能同时成立的论断，以及晚于文章日期的事件。双方都保留。")


class Changes(Model):
    release: str = described("The release that brought the change", "发生变化的版本", str_matches=r"^v?\d+\.\d+\.\d+$")
    table: str = described("The table", "表", str_matches=NOT_BLANK)
    key: str = described("The primary key of the row, as a JSON object", "行的主键（JSON 对象）", str_matches=NOT_BLANK)
    change: str = described("What happened to the row", "变化类型", isin=("added", "removed", "modified"))
    column: str = described("The column that changed; null where a whole row came or went", "变化的列；整行增删时为空", nullable=True)
    old: str = described("The value before", "旧值", nullable=True)
    new: str = described("The value after", "新值", nullable=True)
    reason: str = described(
        "Why: another source, another rule, a person's correction",
        "原因：来源、规则或人工更正",
        nullable=True,
        isin=("source", "pipeline", "correction"),
    )

    class Config:
        title = "Changes"
        description = "What differs from the previous release, cell by cell."
        metadata = in_chinese("变更", "与上一版本的逐格差异。")


class Quarantine(Model):
    stage: str = described("Where it stopped", "停止的阶段", str_matches=NOT_BLANK)
    doc_id: str = described("The article concerned; null for a row of no article", "相关文章；与文章无关的行为空", nullable=True)
    table: str = described("The table the row was meant for; null for a whole document", "目标表；整篇文章时为空", nullable=True)
    row: str = described("The row as JSON; null for a whole document", "该行内容（JSON）；整篇文章时为空", nullable=True)
    reason: str = described("Why it was rejected", "原因", str_matches=NOT_BLANK)

    class Config:
        title = "Quarantine"
        description = "What a contract rejected and why. Never in a release, never lost. Warehouse only."
        metadata = in_chinese("隔离区", "未通过契约的内容及原因。不进入发布，也不会丢失。仅存于仓库。")

"""`DICTIONARY.md`: every table and column in English and Chinese, out of the registry."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.metadata.schemas import field_type
from pipeline.tables import Column, ForeignKey, Table


def dictionary(registry: Mapping[str, Table], facts: Facts) -> str:
    """The text of the dictionary, tables in publication order."""
    parts = [
        f"# Data dictionary · 数据字典\n\n{facts.title} {facts.version}\n",
        "An empty cell is unknown, never zero. `array` columns are lists of ids (JSON in CSV, SQLite and XLSX). "
        "Offsets count Unicode code points of the article as decoded, half-open.\n\n"
        "空值表示未知，而不是零。`array` 列为标识列表（在 CSV、SQLite 和 XLSX 中为 JSON）。位置以解码后文章的 Unicode 码位计，左闭右开。\n",
        "| table · 表 | rows · 行数 | |\n| --- | ---: | --- |\n"
        + "".join(
            f"| [`{name}`](#{name}) | {facts.rows[name]:,} | {table.title_en} · {table.title_zh} |\n" for name, table in registry.items()
        ),
    ]
    parts.extend(_section(table) for table in registry.values())
    return "\n".join(parts)


def escaped(text: str) -> str:
    """A text as the cell of a Markdown table: no line ends, no column ends, no HTML."""
    plain = " ".join(text.split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def _section(table: Table) -> str:
    lines = [
        f"## {table.name}\n",
        f"{table.title_en} · {table.title_zh}. {table.description_en}\n\n{table.description_zh}\n",
        f"Key · 主键: {_names(table.primary_key)}. Version · 表版本: {table.version}.\n",
        "| column · 列 | type · 类型 | unit · 单位 | description | 说明 |\n| --- | --- | --- | --- | --- |",
    ]
    lines.extend(_row(table, column) for column in table.columns)
    return "\n".join(lines) + "\n"


def _row(table: Table, column: Column) -> str:
    kind = field_type(column.dtype) + ("" if column.nullable else ", required")
    points = [_reference(key) for key in table.foreign_keys if column.name in key.columns and key.columns[0] == column.name]
    english, chinese = escaped(column.description_en), escaped(column.description_zh)
    if column.enum:
        english += f"<br>One of: {', '.join(f'`{value}`' for value in column.enum)}"
    if points:
        english += f"<br>→ {'; '.join(points)}"
    return f"| `{column.name}` | {kind} | {column.unit or ''} | {english} | {chinese} |"


def _reference(key: ForeignKey) -> str:
    target = f"[`{key.table}`](#{key.table})"
    return f"{target} where `{key.when[0]}` is `{key.when[1]}`" if key.when is not None else target


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)

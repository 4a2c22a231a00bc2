"""`README.md` and `README.zh.md`: the dataset card, in English (also a valid Hugging Face card, one config a table, all parquet) and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.releases.metadata import dataset
from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.metadata.dictionary import escaped
from pipeline.tables import Table

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))

_ENGLISH = """\
# {title}

{description}

Version {version}, published {day}. {claims:,} claims from {documents:,} articles.
[中文说明](README.zh.md) · [Dictionary](DICTIONARY.md) · [What changed](CHANGELOG.md) · [Quality](QUALITY.md)

## Open it

| You have | Take | How |
| --- | --- | --- |
| Python, R, anything that reads parquet | `parquet/` | `polars.read_parquet("parquet/prices.parquet")` |
| DuckDB | `landscape.duckdb` | tables, views, macros and a comment on every column |
| SQLite | `landscape.db` | the same tables; `dictionary` explains the columns |
| Excel | `landscape.xlsx` | the first sheet explains the others |
| a text editor | `csv/` | UTF-8, RFC 4180; import it as UTF-8, or take the workbook |
| Hugging Face `datasets` | this folder | `load_dataset("path/to/this/folder", "prices", split="train")` |

Every fact with its quote and its article:

```sql
SELECT p.*, c.quote, d.title, d.url
FROM 'parquet/prices.parquet' p
JOIN 'parquet/claims.parquet' c USING (claim_id)
JOIN 'parquet/documents.parquet' d ON d.doc_id = c.doc_id;
```

Pin a version: a published folder never changes, and `sha256sum -c SHA256SUMS` shows that yours is whole. `changes/` holds every added, removed and
modified cell since the release before, and why it changed.

## What is in it

{tables}

## How to read it

- One fact row is one assertion made at one place in one article. Two articles saying the same are two rows; nothing is merged away, and what contradicts is
  listed in `conflicts` with both sides.
- `claim_id` leads to `claims`: the quote (at most 200 characters), its offsets in the article, whom the text credits, how sure it is (`assertion`),
  the rule that found it and the measured precision of that rule (`confidence`).
- `value` is the number as written; `value_low` and `value_high` are the interval it stands for, `modifier` says why (约 200 is `about`, 超 200 is `over`).
- Dates are intervals of days with a precision. A null is unknown, never zero.
- Text columns named `*_text` hold the characters of the source; ids are stable from release to release, and a change of id is listed in
  `changes/id_changes.csv`.

## How it was made

Rules, no language model: a lexicon of names finds who is meant, patterns find what is said, contracts reject what cannot be right. Extraction misses things and
makes mistakes: [QUALITY.md](QUALITY.md) gives precision and recall per table. A statement being in the data means that an article makes it, not that it is
true. People appear only in their public professional roles.

## Limits

News in Chinese, from the articles listed in `documents`; what no article says is not here. Amounts are nominal, in the currency of the text, never converted.

## Licence and citation

{licence} The licence covers the structure, the rows and the documentation of this dataset. To cite it see `CITATION.cff`; to cite one row, cite its article.
"""

_CHINESE = """\
# {title}

{description}

版本 {version}，发布于 {day}。共 {claims:,} 条论断，来自 {documents:,} 篇文章。
[English](README.md) · [数据字典](DICTIONARY.md) · [变更记录](CHANGELOG.md) · [质量报告](QUALITY.md)

## 如何打开

| 工具 | 文件 | 说明 |
| --- | --- | --- |
| Python、R 等 | `parquet/` | `polars.read_parquet("parquet/prices.parquet")` |
| DuckDB | `landscape.duckdb` | 表、视图、宏，每一列都有注释 |
| SQLite | `landscape.db` | 同样的表；`dictionary` 表解释各列 |
| Excel | `landscape.xlsx` | 第一张工作表是说明 |
| 文本编辑器 | `csv/` | UTF-8、RFC 4180；请按 UTF-8 导入，或直接用 XLSX |
| Hugging Face `datasets` | 本文件夹 | `load_dataset("本文件夹", "prices", split="train")` |

每个已发布的版本不再改动，`sha256sum -c SHA256SUMS` 可核对完整性。`changes/` 列出与上一版本相比新增、删除、修改的每个单元格及其原因。

## 内容

{tables}

## 如何理解

- 每行事实是一篇文章在一处作出的一个断言。两篇文章说法相同即为两行；不合并，相互矛盾的说法列在 `conflicts` 中。
- `claim_id` 指向 `claims`：引文（不超过 200 字）、在原文中的位置、文中所引的来源、断言方式、抽取规则及其实测精确率。
- `value` 是文中的数值，`value_low` 与 `value_high` 是它所指的区间，`modifier` 说明修饰方式（“约”为 `about`，“超”为 `over`）。
- 日期是带精度的区间。空值表示未知，而不是零。
- `*_text` 列保留原文字符。标识在各版本间保持稳定，变更列于 `changes/id_changes.csv`。

## 如何得到

由规则抽取，不使用语言模型：词表识别名称，模式识别说法，契约剔除不可能的数据。抽取会有遗漏和错误，各表的精确率与召回率见 [QUALITY.md](QUALITY.md)。
数据中的一条说法表示有文章这样写，并不表示它属实。人物只涉及其公开的职业身份。

## 许可与引用

{licence} 许可涵盖本数据集的结构、数据行与文档。引用方式见 `CITATION.cff`；引用单行数据时请引用其出处文章。
"""


def card(registry: Mapping[str, Table], facts: Facts) -> str:
    """The text of `README.md`: YAML head, then the page."""
    rows = "".join(f"| `{name}` | {facts.rows[name]:,} | {escaped(table.description_en)} |\n" for name, table in registry.items())
    page = _ENGLISH.format(
        title=facts.title,
        description=facts.description,
        licence=facts.licence_note,
        tables="| table | rows | one row is |\n| --- | ---: | --- |\n" + rows.rstrip("\n"),
        **_numbers(facts),
    )
    return f"{_head(registry, facts)}\n{page}"


def card_zh(registry: Mapping[str, Table], facts: Facts) -> str:
    """The text of `README.zh.md`."""
    rows = "".join(
        f"| `{name}` | {facts.rows[name]:,} | {table.title_zh}：{escaped(table.description_zh)} |\n" for name, table in registry.items()
    )
    return _CHINESE.format(
        title=facts.title_zh,
        description=facts.description_zh,
        licence=dataset.LICENCE_NOTE_ZH,
        tables="| 表 | 行数 | 说明 |\n| --- | ---: | --- |\n" + rows.rstrip("\n"),
        **_numbers(facts),
    )


def _numbers(facts: Facts) -> dict[str, object]:
    return {"version": facts.version, "day": facts.day, "claims": facts.rows.get("claims", 0), "documents": facts.rows.get("documents", 0)}


def _head(registry: Mapping[str, Table], facts: Facts) -> str:
    """The YAML Hugging Face reads. All configs are parquet: a folder with two formats cannot be loaded, nor can a config without a row."""
    total = sum(facts.rows.values())
    size = next((name for limit, name in _SIZES if total < limit), "n>10M")
    lines = [
        "---",
        f"pretty_name: {facts.title}",
        f"license: {dataset.LICENCE.lower()}",
        "language:",
        "- zh",
        "- en",
        "size_categories:",
        f'- "{size}"',
        "task_categories:",
        "- tabular-classification",
        "- token-classification",
        "tags:",
        *(f"- {word}" for word in dataset.KEYWORDS),
        "configs:",
    ]
    for name in [name for name in registry if facts.rows[name]]:
        lines += [f"- config_name: {name}", "  data_files:", "  - split: train", f"    path: parquet/{name}.parquet"]
        if name == "claims":
            lines.append("  default: true")
    return "\n".join([*lines, "---"]) + "\n"

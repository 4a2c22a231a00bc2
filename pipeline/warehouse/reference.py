"""The tables the file carries besides the registry's: exchange rates, script variants, and the quotes as they are searched.

Here: what they hold and how they are made. Not here: any fact of an article.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import opencc
import polars as pl

from pipeline.errors import LandscapeError
from pipeline.tables.ddl import bilingual, identifier, quoted
from pipeline.warehouse.scripts import folder

# name -> comment, then column -> (type, English, Chinese)
TABLES: dict[str, tuple[tuple[str, str], dict[str, tuple[str, str, str]]]] = {
    "exchange_rates": (
        (
            "Average exchange rates by year, for converted amounts only; replace sql/reference/exchange_rates.csv to use others",
            "年平均汇率，仅用于折算；可替换 sql/reference/exchange_rates.csv",
        ),
        {
            "currency": ("VARCHAR", "ISO 4217 code", "货币代码（ISO 4217）"),
            "year": ("INTEGER", "Calendar year", "年份"),
            "cny_per_unit": ("DOUBLE", "Yuan per one unit of the currency", "一单位外币合人民币"),
            "period_start": ("DATE", "First day the average covers", "平均期间首日"),
            "period_end": ("DATE", "Last day the average covers", "平均期间末日"),
            "source": ("VARCHAR", "Who published the rates and how the average was made", "来源与算法"),
            "source_url": ("VARCHAR", "Where to check them", "来源网址"),
        },
    ),
    "script_variants": (
        (
            "Characters and their one plain form: Traditional to Simplified (OpenCC t2s), full width to half width; used by folded()",
            "字形对照：繁体转简体（OpenCC t2s）、全角转半角；供 folded() 使用",
        ),
        {
            "variant": ("VARCHAR", "Character as it may be typed", "输入字形"),
            "plain": ("VARCHAR", "Simplified or half-width form", "简体或半角字形"),
        },
    ),
    "quotes": (
        (
            "Every quote once per article, folded for search; used by search_quotes()",
            "每篇文章的每条引文一行，已统一写法供检索；供 search_quotes() 使用",
        ),
        {
            "quote_id": ("INTEGER", "Number of the quote", "引文编号"),
            "doc_id": ("VARCHAR", "The article", "出处文章"),
            "folded": ("VARCHAR", "The quote in Simplified characters, lower case and half width", "引文的简体、小写、半角形式"),
            "claim_ids": ("VARCHAR[]", "Claims that rest on it", "以其为证据的论断"),
        },
    ),
}
COLUMNS = {name: (en, zh) for _, columns in TABLES.values() for name, (_, en, zh) in columns.items()}
_KEYS = {"exchange_rates": "currency, year", "script_variants": "variant", "quotes": "quote_id"}
_CJK = ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_FULL_WIDTH = range(0xFF01, 0xFF5F)


@cache
def script_variants() -> pl.DataFrame:
    """variant, plain: one row per character that has a plainer form, by character; ASCII capitals are left to lower()."""
    characters = [chr(code) for low, high in _CJK for code in range(low, high + 1)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = {a: b for a, b in zip(characters, simplified, strict=True) if a != b and len(b) == 1}
    pairs |= {chr(code): chr(code - 0xFEE0).lower() for code in _FULL_WIDTH} | {"\u3000": " "}
    return pl.DataFrame(sorted(pairs.items()), schema={"variant": pl.String, "plain": pl.String}, orient="row")


def exchange_rates(path: Path | None = None) -> pl.DataFrame:
    """The rates in a CSV with the columns of the table. Raises LandscapeError naming file and row."""
    path = path or folder() / "reference" / "exchange_rates.csv"
    columns = TABLES["exchange_rates"][1]
    types = {"year": pl.Int32(), "cny_per_unit": pl.Float64(), "period_start": pl.Date(), "period_end": pl.Date()}
    try:
        rates = pl.read_csv(path, schema_overrides=types)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LandscapeError(f"{path}: cannot be read as exchange rates: {str(error).splitlines()[0]}") from error
    if missing := [name for name in columns if name not in rates.columns]:
        raise LandscapeError(f"{path}: column {', '.join(missing)} is missing; it needs {', '.join(columns)}")
    broken = rates.with_row_index("row", offset=2).filter(
        pl.any_horizontal(pl.col(name).is_null() for name in columns)
        | (pl.col("cny_per_unit") <= 0)
        | (pl.col("period_start") > pl.col("period_end"))
        | pl.struct("currency", "year").is_duplicated()
    )
    if broken.height:
        raise LandscapeError(f"{path}: row {broken['row'][0]}: empty cell, rate not above 0, period upside down, or a year given twice")
    return rates.select(list(columns)).sort("currency", "year")


def searchable_quotes(claims: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """quote_id, doc_id, folded, claim_ids: each distinct quote of each article, later articles last."""
    mapping = dict(script_variants().iter_rows())
    table = str.maketrans(mapping)
    grouped = claims.group_by("doc_id", "quote").agg(pl.col("claim_id").sort().alias("claim_ids"), pl.col("char_start").min())
    ordered = grouped.sort("doc_id", "char_start", "quote")
    folded = [quote.translate(table) for quote in ordered["quote"]]
    return ordered.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("quote_id"),
        "doc_id",
        pl.Series("folded", folded, dtype=pl.String).str.to_lowercase(),
        "claim_ids",
    )


def load(con: duckdb.DuckDBPyConnection, claims: pl.DataFrame, documents: pl.DataFrame, rates: Path | None) -> None:
    """Create and fill the reference tables in the current database of `con`."""
    frames = {
        "exchange_rates": exchange_rates(rates),
        "script_variants": script_variants(),
        "quotes": searchable_quotes(claims, documents),
    }
    for name, (about, columns) in TABLES.items():
        kinds = ", ".join(f"{column} {kind} NOT NULL" for column, (kind, _, _) in columns.items())
        con.execute(f"CREATE TABLE {name} ({kinds}, PRIMARY KEY ({_KEYS[name]}))")
        fill(con, name, frames[name])
        con.execute(f"COMMENT ON TABLE {name} IS {quoted(bilingual(*about))}")
        for column, (_, en, zh) in columns.items():
            con.execute(f"COMMENT ON COLUMN {name}.{column} IS {quoted(bilingual(en, zh))}")


def fill(con: duckdb.DuckDBPyConnection, table: str, rows: pl.DataFrame) -> None:
    """Append the rows to a table whose columns have the same names."""
    if rows.height:
        con.register("incoming", rows)
        con.execute(f"INSERT INTO {identifier(table)} BY NAME SELECT * FROM incoming")
        con.unregister("incoming")

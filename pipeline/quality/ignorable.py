"""Which quantities and times need no fact, and why: the ignore list of coverage. Each reason is a rule over kind, surface and place, never over one article."""

from __future__ import annotations

import polars as pl

REASONS: tuple[tuple[str, pl.Expr], ...] = (
    ("a bare number: it counts nothing", pl.col("kind") == "NUMBER"),
    ("a length of time: it dates nothing by itself", pl.col("kind") == "DURATION"),
    ("a time that no fact of its sentence needs", pl.col("kind") == "TIME"),
    (
        "a count of ordinary things",
        (pl.col("kind") == "COUNT") & pl.col("surface").str.contains(r"^[一二两三四五六七八九十几数][一-鿿]{1,2}$"),
    ),
)


def ignorable(spans: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """doc_id, char_start, char_end, reason of the unused quantities and times that a reason of REASONS covers, or that stand outside any sentence."""
    numbered = spans.with_row_index("n")
    within = (pl.col("char_start") >= pl.col("char_start_right")) & (pl.col("char_end") <= pl.col("char_end_right"))
    placed = (
        numbered.lazy().join(sentences.lazy().select("doc_id", "char_start", "char_end"), on="doc_id").filter(within).select("n").collect()
    )
    inside = numbered.with_columns(placed=pl.col("n").is_in(placed["n"].implode()))
    reason = pl.coalesce(
        pl.when(~pl.col("placed")).then(pl.lit("outside any sentence")),
        *(pl.when(rule).then(pl.lit(name)) for name, rule in REASONS),
    )
    return (
        inside.with_columns(reason=reason)
        .filter(~pl.col("used"), pl.col("reason").is_not_null())
        .select("doc_id", "char_start", "char_end", "reason")
    )

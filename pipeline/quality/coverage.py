"""Coverage: of every name, quantity and time in the articles, whether a fact used it, it was ignored for a reason, or it was left for review.

Here: classing spans and counting shares. Not here: finding spans, and the words that make the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pipeline.tables import TABLES

SPAN: dict[str, pl.DataType] = {
    "doc_id": pl.String(),
    "kind": pl.String(),  # of the span, in any case: org, person, ... for names; time, duration; anything else is a quantity
    "char_start": pl.Int64(),
    "char_end": pl.Int64(),
}
OUTCOMES = ("handled", "ignored", "review")
NAMES = ("name", "org", "person", "model", "product", "cohort", "benchmark", "media", "country")
TIMES = ("time", "date", "duration")
CONTEXT = 30  # characters on either side of what is left for review
INSIDE_FACT = "inside the quote of a fact"
KNOWN_NAME = "a known name that no fact is about here"


def classify(spans: pl.DataFrame, claims: pl.DataFrame, review: pl.DataFrame, ignored: pl.DataFrame | None = None) -> pl.DataFrame:
    """`spans` (SPAN, and optionally `used`: a fact was made from it) with `outcome` and `reason` (null unless ignored), in the order given.

    handled: a fact used it, or, where the spans carry no `used`, it lies within the quote of a claim. review: it overlaps a row of `review`
    (review_queue). ignored: it is in `ignored` (doc_id, char_start, char_end, reason), or lies inside a claim's quote unused, or is a name.
    Whatever is left (a quantity or time that nothing accounts for) is review as well: nothing is dropped in silence.
    """
    numbered = spans.with_row_index("n")
    in_quote = _within(numbered, claims)
    queued = _overlaps(numbered, review)
    used = numbered.filter(pl.col("used"))["n"] if "used" in spans.columns else in_quote
    excused = _reasons(numbered, ignored)
    is_name = pl.col("kind").str.to_lowercase().is_in(NAMES)
    n = pl.col("n")
    outcome = (
        pl.when(n.is_in(used.implode()))
        .then(pl.lit("handled"))
        .when(n.is_in(queued.implode()))
        .then(pl.lit("review"))
        .when(pl.col("why").is_not_null() | n.is_in(in_quote.implode()) | is_name)
        .then(pl.lit("ignored"))
        .otherwise(pl.lit("review"))
    )
    why = pl.coalesce("why", pl.when(n.is_in(in_quote.implode())).then(pl.lit(INSIDE_FACT)).otherwise(pl.lit(KNOWN_NAME)))
    told = numbered.join(excused, on="n", how="left", maintain_order="left").with_columns(outcome=outcome)
    return told.with_columns(reason=pl.when(pl.col("outcome") == "ignored").then(why)).drop("n", "why")


def leftovers(classified: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The quantities and times left for review as rows of `review_queue`; `texts` (doc_id, text) gives surface and context.

    `count` is how often the same characters were left over in the document; the row stands at the first place.
    """
    kind = pl.col("kind").str.to_lowercase()
    left = classified.filter(pl.col("outcome") == "review", ~kind.is_in(NAMES))
    left = left.with_columns(kind=pl.when(kind.is_in(TIMES)).then(pl.lit("time")).otherwise(pl.lit("quantity")))
    text_of = dict(texts.select("doc_id", "text").iter_rows())
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for doc_id, what, start, end in (
        left.select("doc_id", "kind", "char_start", "char_end").sort("doc_id", "char_start", "char_end").iter_rows()
    ):
        text = text_of[doc_id]
        surface = text[start:end]
        row = rows.setdefault(
            (doc_id, what, surface), {"kind": what, "surface": surface, "doc_id": doc_id, "char_start": start, "char_end": end, "count": 0}
        )
        row["context"] = row.get("context") or " ".join(text[max(0, start - CONTEXT) : end + CONTEXT].split())
        row["count"] += 1
    return TABLES["review_queue"].frame(list(rows.values()))


def shares(classified: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """kind -> {total, handled, ignored, review: shares of it, four places; reasons: reason -> count}, sorted by kind; `ALL` last."""
    kinds = sorted(classified["kind"].unique().to_list())
    return {kind: _share(classified.filter(pl.col("kind") == kind)) for kind in kinds} | {"ALL": _share(classified)}


def _share(spans: pl.DataFrame) -> dict[str, Any]:
    counts: Mapping[str, int] = dict(spans["outcome"].value_counts(sort=False).iter_rows())
    reasons = spans.filter(pl.col("outcome") == "ignored")["reason"].value_counts().sort(["count", "reason"], descending=[True, False])
    share = {outcome: round(counts.get(outcome, 0) / spans.height, 4) if spans.height else 0.0 for outcome in OUTCOMES}
    return {"total": spans.height, **share, "reasons": dict(reasons.iter_rows())}


def _within(spans: pl.DataFrame, holders: pl.DataFrame) -> pl.Series:
    """Numbers of the spans that lie inside a holder of the same document."""
    inside = (pl.col("char_start") >= pl.col("char_start_b")) & (pl.col("char_end") <= pl.col("char_end_b"))
    return _paired(spans, holders, inside)


def _overlaps(spans: pl.DataFrame, holders: pl.DataFrame) -> pl.Series:
    """Numbers of the spans that share a character with a holder of the same document."""
    return _paired(spans, holders, (pl.col("char_start") < pl.col("char_end_b")) & (pl.col("char_start_b") < pl.col("char_end")))


def _paired(spans: pl.DataFrame, holders: pl.DataFrame, meets: pl.Expr) -> pl.Series:
    places = holders.select("doc_id", "char_start", "char_end").unique(maintain_order=True)
    pairs = spans.lazy().join(places.lazy(), on="doc_id", suffix="_b").filter(meets)
    return pairs.select("n").unique().sort("n").collect()["n"]


def _reasons(spans: pl.DataFrame, ignored: pl.DataFrame | None) -> pl.DataFrame:
    if ignored is None or ignored.is_empty():
        return pl.DataFrame(schema={"n": pl.UInt32(), "why": pl.String()})
    first = ignored.unique(["doc_id", "char_start", "char_end"], keep="first", maintain_order=True)
    found = spans.join(first, on=["doc_id", "char_start", "char_end"], how="inner", suffix="_b", maintain_order="left")
    return found.select("n", why=pl.col("reason"))

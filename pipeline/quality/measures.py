"""Which claims speak of the same thing: every comparable assertion as a row (group, interval or text, time), the group being subject and measure.

Here: what makes two claims comparable. Not here: when comparable claims conflict, nor any wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from pipeline.tables import TABLES

Tables = Mapping[str, pl.DataFrame]
FACTUAL = ("stated", "reported", "rumoured")
FORWARD = ("planned", "predicted")
NAMED_ROUNDS = ("seed", "angel", "pre-A", "A", "A+", "B", "B+", "C", "D", "ipo")  # an organisation has each of these once
ONCE = ("launch", "open_source", "shutdown", "rename")
ONE_TIME_EVENTS = ("founded", "ipo_listing")
RUNNING_TOTALS = ("models_total", "models_open_sourced", "downloads", "derivative_models", "agents_built", "apps_built")
NEEDS_OBJECT = ("other", "growth", "models_by_modality", "cost_ratio")  # metrics that say nothing without of_metric
ABOUT = 0.05  # `about` reaches this far to either side
ONE_MONTH = 31
ALWAYS = (date(1, 1, 1), date(9999, 12, 31))

MEASURE: dict[str, pl.DataType] = {
    "kind": pl.String(),  # of the conflict they would make
    "table": pl.String(),
    "field": pl.String(),  # the column that would disagree
    "group": pl.String(),
    "claim_id": pl.String(),
    "story": pl.String(),  # the article, or the earlier one it copies
    "subject_type": pl.String(),
    "subject": pl.String(),  # id, or the words where there is none
    "measure": pl.String(),
    "of": pl.String(),
    "unit": pl.String(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "text": pl.String(),
    "start": pl.Date(),
    "end": pl.Date(),
    "slack": pl.Float64(),  # how far the interval reaches beyond its ends, as a share of them
    "place": pl.String(),  # the sentence: what one sentence says (from A to B) is a change, not a contradiction
}

_NULL = pl.lit(None, pl.String)


def table(tables: Tables, name: str) -> pl.DataFrame:
    """The table, empty if it was not handed in."""
    return tables[name] if name in tables else TABLES[name].empty()


def stories(tables: Tables) -> pl.DataFrame:
    """doc_id -> story, published_start, published_end."""
    documents = table(tables, "documents")
    return documents.select("doc_id", "published_start", "published_end", story=pl.coalesce("duplicate_of", "doc_id"))


def asserted(tables: Tables, name: str) -> pl.DataFrame:
    """The rows of a fact table with assertion, mode, place (sentence), span, story and the time they hold: their own, else that of publication."""
    claims = table(tables, "claims").filter(pl.col("assertion") != "denied", pl.col("review_status") != "rejected")
    place = pl.concat_str("doc_id", "sentence_no", separator="/")
    span = pl.concat_str("doc_id", "char_start", "char_end", separator="/")
    mode = (
        pl.when(pl.col("assertion").is_in(FACTUAL))
        .then(pl.lit("fact"))
        .otherwise(pl.format("by {}", pl.col("attributed_to").fill_null("")))
    )
    voices = claims.select("claim_id", "assertion", place=place, span=span, mode=mode)
    frame = table(tables, name).join(voices, on="claim_id", maintain_order="left").join(stories(tables), on="doc_id", maintain_order="left")
    if "date_start" in frame.columns:
        return frame.with_columns(start=pl.coalesce("date_start", "published_start"), end=pl.coalesce("date_end", "published_end"))
    return frame.with_columns(start=pl.col("published_start"), end=pl.col("published_end"))


def measures(tables: Tables) -> pl.DataFrame:
    """All comparable claims, columns MEASURE."""
    parts = [_metrics(tables), _prices(tables), *_specs(tables), *_funding(tables), _spending(tables), _rankings(tables)]
    parts += [_launch_dates(tables), _launch_orgs(tables), *_events(tables), _roles(tables)]
    return pl.concat(parts)


def _of(frame: pl.DataFrame, kind: str, name: str, field: str, key: list[str | pl.Expr], **columns: pl.Expr) -> pl.DataFrame:
    """MEASURE rows: `key` makes the group, `columns` what is not plainly a column of the frame."""
    parts = [pl.lit(f"{kind}/{name}/{field}"), *(pl.col(k) if isinstance(k, str) else k for k in key)]
    group = pl.concat_str([p.cast(pl.String).fill_null("") for p in parts], separator="\x1f")
    told = {"kind": pl.lit(kind), "table": pl.lit(name), "field": pl.lit(field), "group": group} | columns
    empty = {c: pl.lit(None, t) for c, t in MEASURE.items() if c not in told and c not in frame.columns}
    return frame.with_columns(**(told | empty)).select(pl.col(c).cast(t) for c, t in MEASURE.items())


def _subject() -> pl.Expr:
    return pl.coalesce("subject_id", "subject_text")


def _interval(low: str = "value_low", high: str = "value_high", modifier: str = "modifier") -> dict[str, pl.Expr]:
    return {"low": pl.col(low), "high": pl.col(high), "slack": pl.when(pl.col(modifier) == "about").then(ABOUT).otherwise(0.0)}


def _always() -> dict[str, pl.Expr]:
    return {"start": pl.lit(ALWAYS[0], pl.Date), "end": pl.lit(ALWAYS[1], pl.Date)}


def _metrics(tables: Tables) -> pl.DataFrame:
    frame = asserted(tables, "metrics").filter(~pl.col("metric").is_in(NEEDS_OBJECT) | pl.col("of_metric").is_not_null())
    undated = (pl.col("metric") == "models_released") & pl.col("date_start").is_null()  # released so far
    frame = frame.with_columns(measure=pl.when(undated).then(pl.lit("models_total")).otherwise("metric"))
    key: list[str | pl.Expr] = ["subject_type", _subject(), "measure", "of_metric", "unit", "mode"]
    return _of(frame, "value", "metrics", "value", key, subject=_subject(), of=pl.col("of_metric"), **_interval())


def _prices(tables: Tables) -> pl.DataFrame:
    frame = asserted(tables, "prices").filter(pl.any_horizontal(pl.col("price", "price_low", "price_high").is_not_null()))
    bare = pl.col("price_low").is_null() & pl.col("price_high").is_null()
    frame = frame.with_columns(pl.when(bare).then("price").otherwise(c).alias(c) for c in ("price_low", "price_high"))
    key: list[str | pl.Expr] = ["subject_type", _subject(), "currency", "per_tokens", "per_unit", "direction", "condition", "mode"]
    per = pl.coalesce(pl.format("{} tokens", "per_tokens"), "per_unit")
    told = {"subject": _subject(), "measure": pl.format("price_{}", "direction"), "of": per, "unit": pl.col("currency")}
    return _of(frame, "value", "prices", "price", key, **told, **_interval("price_low", "price_high"))


def _specs(tables: Tables) -> list[pl.DataFrame]:
    frame = asserted(tables, "model_specs").with_columns(
        subject_type=pl.lit("model"), subject=pl.col("model_id"), measure=pl.col("spec").replace("parameters", "total_parameters")
    )
    key: list[str | pl.Expr] = ["model_id", "measure", "unit", "mode"]
    numbers = frame.filter(pl.col("value_low").is_not_null() | pl.col("value_high").is_not_null())
    words = frame.filter(pl.col("spec") == "architecture", pl.col("value_string").is_not_null())
    same = pl.col("value_string").str.to_lowercase().str.replace_all(r"[\s\-]", "")
    return [
        _of(numbers, "value", "model_specs", "value", key, **_interval(), **_always()),
        _of(words, "value", "model_specs", "value_string", ["model_id", "measure", "mode"], text=same, unit=_NULL, **_always()),
    ]


def _funding(tables: Tables) -> list[pl.DataFrame]:
    frame = asserted(tables, "funding_rounds").with_columns(subject_type=pl.lit("org"), subject=pl.col("org_id"), unit=pl.col("currency"))
    named = frame.filter(pl.col("round").is_in(NAMED_ROUNDS))
    total = frame.filter(pl.col("round") == "cumulative")
    days = (pl.col("date_end") - pl.col("date_start")).dt.total_days() + 1
    brief = frame.filter(pl.col("round") == "unknown", days <= ONE_MONTH)
    key: list[str | pl.Expr] = ["org_id", "round", "currency", "mode"]
    worth = frame.with_columns(unit=pl.col("valuation_currency"))
    parts = [
        _of(named, "value", "funding_rounds", "value", key, measure=pl.col("round"), **_interval(), **_always()),
        _of(pl.concat([total, brief]), "value", "funding_rounds", "value", key, measure=pl.col("round"), **_interval()),
        _of(
            worth,
            "value",
            "funding_rounds",
            "valuation_value",
            ["org_id", "valuation_currency", "valuation_basis", "mode"],
            measure=pl.lit("valuation"),
            **_interval("valuation_low", "valuation_high", "valuation_modifier"),
        ),
    ]
    return [part.filter(pl.col("low").is_not_null() | pl.col("high").is_not_null()) for part in parts]


def _spending(tables: Tables) -> pl.DataFrame:
    frame = asserted(tables, "spending").with_columns(what=pl.col("kind"))
    who = pl.coalesce("org_id", "cohort_id", pl.col("member_org_ids").list.sort().list.join("+"))
    kind = (
        pl.when(pl.col("org_id").is_not_null())
        .then(pl.lit("org"))
        .when(pl.col("cohort_id").is_not_null())
        .then(pl.lit("cohort"))
        .otherwise(pl.lit("other"))
    )
    key: list[str | pl.Expr] = [who, "what", "currency", "status", "mode"]
    told = {"subject_type": kind, "subject": who, "measure": pl.col("what"), "of": pl.col("status"), "unit": pl.col("currency")}
    return _of(frame, "value", "spending", "value", key, **told, **_interval())


def _rankings(tables: Tables) -> pl.DataFrame:
    frame = asserted(tables, "rankings").filter(pl.col("leaderboard").is_not_null(), pl.col("rank").is_not_null())
    key: list[str | pl.Expr] = ["subject_type", _subject(), "leaderboard", "category", "mode"]
    place = {"low": pl.col("rank"), "high": pl.col("rank"), "measure": pl.lit("rank"), "of": pl.col("leaderboard")}
    return _of(frame, "value", "rankings", "rank", key, subject=_subject(), **place)


def _as_days() -> dict[str, pl.Expr]:
    return {"low": pl.col("date_start").to_physical(), "high": pl.col("date_end").to_physical()} | _always()


def _launch_dates(tables: Tables) -> pl.DataFrame:
    frame = (
        asserted(tables, "launches")
        .filter(pl.col("kind").is_in(ONCE), pl.col("date_start").is_not_null())
        .with_columns(what=pl.col("kind"))
    )
    told = {"subject": pl.col("subject_id"), "measure": pl.col("what")}
    return _of(frame, "temporal", "launches", "date_start", ["subject_type", "subject_id", "what"], **told, **_as_days())


def _launch_orgs(tables: Tables) -> pl.DataFrame:
    frame = asserted(tables, "launches").filter(pl.col("kind").is_in(("launch", "open_source")), pl.col("org_id").is_not_null())
    parents = table(tables, "organizations").select("org_id", root=pl.coalesce("parent_org_id", "org_id"))
    frame = frame.join(parents, on="org_id", how="left", maintain_order="left")
    told = {"subject": pl.col("subject_id"), "measure": pl.lit("maker"), "text": pl.coalesce("root", "org_id")}
    return _of(frame, "identity", "launches", "org_id", ["subject_type", "subject_id", "mode"], **told, **_always())


def _events(tables: Tables) -> list[pl.DataFrame]:
    frame = asserted(tables, "corporate_events").filter(pl.col("org_id").is_not_null())
    once = pl.col("event").is_in(ONE_TIME_EVENTS) & (pl.col("mode") == "fact") & pl.col("date_start").is_not_null()
    frame = frame.with_columns(subject_type=pl.lit("org"), subject=pl.col("org_id"), measure=pl.col("event"))
    dated = frame.filter(once)
    bought = frame.filter(pl.col("event").is_in(("acquisition", "acquisition_denied"))).with_columns(measure=pl.lit("acquisition"))
    return [
        _of(dated, "temporal", "corporate_events", "date_start", ["org_id", "event"], **_as_days()),
        _of(bought, "value", "corporate_events", "event", ["org_id", "counterparty_org_id"], text=pl.col("event")),
    ]


def _roles(tables: Tables) -> pl.DataFrame:
    frame = asserted(tables, "affiliations").filter(pl.col("role") == "ceo", pl.col("status") == "current")
    told = {"subject_type": pl.lit("org"), "subject": pl.col("org_id"), "measure": pl.col("role"), "text": pl.col("person_id")}
    return _of(frame, "identity", "affiliations", "person_id", ["org_id", "mode"], **told)

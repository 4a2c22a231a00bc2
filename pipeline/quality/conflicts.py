"""Conflicts: pairs of claims that cannot both be right, and events dated after their own article. Both sides stay in the data.

Here: when comparable claims disagree. Which claims are comparable stands in `measures`, what a conflict is called in `wording`.
Work is bounded: groups are compared inside themselves only, and of a group at most GROUP_LIMIT claims, rarest values first.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import NamedTuple

import polars as pl

from pipeline.quality.measures import RUNNING_TOTALS, Tables, asserted, measures, table
from pipeline.quality.wording import Words
from pipeline.tables import FACT_TABLES, TABLES

GROUP_LIMIT = 30  # claims of one subject and measure that are compared
VALUE_LIMIT = 5  # of these, claims that give the same value
ROUNDING = 1e-9  # of a number, left by arithmetic
BATCH = 50_000  # claims whose pairs are held in memory at once
SPARSE = 0.01  # fewer active parameters than this share of all: no such model is known, so one of the counts is a slip
NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


class Found(NamedTuple):
    """A conflict before it has an id: the claims in any order, `b` None where a claim disagrees with its own article."""

    kind: str
    field: str
    a: str
    b: str | None
    explanation_en: str
    explanation_zh: str


def find_conflicts(tables: Tables) -> pl.DataFrame:
    """All conflicts as rows of the `conflicts` table, sorted by conflict_id; claim_id_a < claim_id_b."""
    words = Words(tables)
    comparable = measures(tables)
    found = [*_disagreeing(comparable, words), *_sparse(comparable, words), *_after_article(tables, words)]
    found += [*_lists(tables, words), *_statuses(tables, words)]
    rows: dict[str, dict[str, str | None]] = {}
    for f in found:
        a, b = (f.a, f.b) if f.b is None or f.a < f.b else (f.b, f.a)
        identity = hashlib.blake2b("\x1f".join((f.kind, f.field, a, b or "")).encode(), digest_size=8).hexdigest()
        values = (identity, f.kind, a, b, f.field, f.explanation_en, f.explanation_zh)
        rows.setdefault(identity, dict(zip(TABLES["conflicts"].schema, values)))
    return TABLES["conflicts"].frame(list(rows.values()))


def _compared(comparable: pl.DataFrame) -> pl.DataFrame:
    """The claims that are compared: one of each story, value and time, and of a crowded group the rarest values and earliest times."""
    same = ["group", "story", "low", "high", "text", "start", "end"]
    value = ["group", "low", "high", "text"]
    once = comparable.sort("group", "start", "claim_id").unique(same, keep="first", maintain_order=True)
    nth = once.with_columns(nth=pl.int_range(pl.len()).over(value))
    kept = nth.filter(pl.col("nth") < VALUE_LIMIT).sort("group", "nth", "start", "claim_id")
    kept = kept.with_columns(rank=pl.int_range(pl.len()).over("group")).filter(pl.col("rank") < GROUP_LIMIT)
    return kept.filter(pl.len().over("group") > 1).sort("group", "claim_id").with_row_index("n")


def _disagreeing(comparable: pl.DataFrame, words: Words) -> list[Found]:
    """Same group, overlapping time, intervals (or texts) that do not overlap; and running totals that fall."""
    claims = _compared(comparable)
    batch = (pl.col("group").rle_id() * GROUP_LIMIT) // BATCH
    found: list[Found] = []
    for part in claims.with_columns(batch=batch).partition_by("batch", maintain_order=True, include_key=False):
        slim = part.select("n", "group", "measure", "story", "place", "low", "high", "slack", "text", "start", "end")
        pairs = slim.join(slim, on="group", suffix="_b", maintain_order="left_right").filter(pl.col("n") < pl.col("n_b"), _contradict())
        for a, b in pairs.select("n", "n_b").iter_rows():
            left, right = claims.row(a, named=True), claims.row(b, named=True)
            en, zh = words.disagreement(left, right)
            found.append(Found(left["kind"], left["field"], left["claim_id"], right["claim_id"], en, zh))
    return found


def _contradict() -> pl.Expr:
    col = pl.col
    gap = pl.max_horizontal(col("low_b") - col("high"), col("low") - col("high_b"))
    size = pl.max_horizontal(col(c).abs() for c in ("low", "high", "low_b", "high_b"))
    apart = (gap > size * pl.max_horizontal("slack", "slack_b", ROUNDING)).fill_null(False) | (col("text") != col("text_b"))
    together = (col("start") <= col("end_b")) & (col("start_b") <= col("end"))
    falling = (
        ((col("end") < col("start_b")) & (col("high_b") < col("low"))) | ((col("end_b") < col("start")) & (col("high") < col("low_b")))
    ).fill_null(False) & col("measure").is_in(RUNNING_TOTALS)
    timed = together.fill_null(col("story") == col("story_b"))  # without any date only what one article says at once
    return ((apart.fill_null(False) & timed) | falling) & (col("place") != col("place_b"))


def _sparse(comparable: pl.DataFrame, words: Words) -> list[Found]:
    """A model with more active parameters than it has, or with implausibly few."""
    specs = comparable.filter(pl.col("table") == "model_specs", pl.col("unit") == "parameters")
    key = ["subject", "story"]
    active = specs.filter(pl.col("measure") == "active_parameters").unique([*key, "low", "high"], keep="first", maintain_order=True)
    total = specs.filter(pl.col("measure") == "total_parameters").unique([*key, "low", "high"], keep="first", maintain_order=True)
    pairs = active.join(total, on="subject", suffix="_total", maintain_order="left_right").filter(
        (pl.col("low") > pl.col("high_total")) | (pl.col("high") < pl.col("low_total") * SPARSE)
    )
    pairs = pairs.filter(pl.int_range(pl.len()).over("subject") < GROUP_LIMIT)
    found = []
    for row in pairs.iter_rows(named=True):
        en, zh = words.parameters(row)
        found.append(Found("value", "value", row["claim_id"], row["claim_id_total"], en, zh))
    return found


def _after_article(tables: Tables, words: Words) -> list[Found]:
    """What a text tells as having happened on a day after the article appeared."""
    found = []
    for name in FACT_TABLES:
        if "date_start" not in TABLES[name].schema:
            continue
        late = asserted(tables, name).filter(
            pl.col("date_start") > pl.col("published_end"), pl.col("assertion").is_in(("stated", "reported")), _happened(name)
        )
        for row in late.iter_rows(named=True):
            en, zh = words.after_article(name, row)
            found.append(Found("temporal", "date_start", row["claim_id"], None, en, zh))
    return found


def _happened(name: str) -> pl.Expr:
    return pl.col("status") == "actual" if name == "spending" else pl.lit(True)


def cohort_size(name: str) -> int | None:
    """How many members a cohort's name says it has: 六小虎 6, 新BAT 3; None where the name does not say.

    >>> cohort_size("六小虎"), cohort_size("新BAT"), cohort_size("国家队")
    (6, 3, None)
    """
    numeral = next((NUMERALS[c] for c in name if c in NUMERALS), None)
    if numeral is not None:
        return numeral
    letters = re.fullmatch(r"[^A-Z]?([A-Z]{2,5})", name)
    return len(letters[1]) if letters else None


def _lists(tables: Tables, words: Words) -> list[Found]:
    """A cohort whose name says how many belong to it, listed with different members."""
    names = table(tables, "cohorts").select("cohort_id", pl.coalesce("name_zh", "name_en")).iter_rows()
    sizes = {cohort: size for cohort, name in names if (size := cohort_size(name)) is not None}
    members = asserted(tables, "cohort_memberships").filter(pl.col("status") == "member").sort("claim_id")
    listed: dict[str, dict[tuple[str, str], dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for cohort, org, story, span, claim in members.select("cohort_id", "org_id", "story", "span", "claim_id").iter_rows():
        if cohort in sizes:
            listed[cohort][story or "", span].setdefault(org, claim)
    found = []
    for cohort in sorted(listed):
        whole: dict[frozenset[str], dict[str, str]] = {}
        single: dict[str, str] = {}
        for key in sorted(listed[cohort]):
            orgs = listed[cohort][key]
            if len(orgs) >= sizes[cohort]:
                whole.setdefault(frozenset(orgs), orgs)
            else:
                single |= {org: claim for org, claim in orgs.items() if org not in single}
        lists = sorted(whole.items(), key=lambda item: sorted(item[0]))[:GROUP_LIMIT]
        for i, (one, claims_one) in enumerate(lists):
            for other, claims_other in lists[i + 1 :]:
                a = min(claims_one[o] for o in (one - other or one))
                b = min(claims_other[o] for o in (other - one or other))
                found.append(Found("membership", "org_id", a, b, *words.lists(cohort, one - other, other - one)))
            first = min(claims_one.values())
            strangers = sorted(single.keys() - one)[:GROUP_LIMIT]
            found += [Found("membership", "org_id", single[org], first, *words.lists(cohort, {org}, set())) for org in strangers]
    return found


def _statuses(tables: Tables, words: Words) -> list[Found]:
    """An organisation said to belong to a cohort, and said not to."""
    rows = asserted(tables, "cohort_memberships").sort("claim_id")
    inside = rows.filter(pl.col("status") == "member").unique(["cohort_id", "org_id", "story"], keep="first", maintain_order=True)
    outside = rows.filter(pl.col("status") != "member").unique(["cohort_id", "org_id", "story"], keep="first", maintain_order=True)
    together = ((pl.col("start") <= pl.col("end_b")) & (pl.col("start_b") <= pl.col("end"))).fill_null(pl.col("story") == pl.col("story_b"))
    pairs = inside.join(outside, on=["cohort_id", "org_id"], suffix="_b", maintain_order="left_right").filter(
        (pl.col("status_b") == "never") | together
    )
    pairs = pairs.filter(pl.int_range(pl.len()).over("cohort_id", "org_id") < GROUP_LIMIT)
    return [Found("membership", "status", r["claim_id"], r["claim_id_b"], *words.status(r)) for r in pairs.iter_rows(named=True)]

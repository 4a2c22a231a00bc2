"""Invented rows of any number that keep every rule of the registry: what benchmarks and tests run on when no release is large enough.

Here: pseudo-random rows, the same for the same arguments. Not here: anything an article says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.tables import FACT_TABLES, TABLES
from pipeline.tables.entities import MODALITIES, ORG_TYPES, PRODUCT_CATEGORIES
from pipeline.tables.facts_companies import EVENTS, ROLES, ROUNDS
from pipeline.tables.facts_models import ASPECTS, METRICS, SHARES

CLAIMS_A_DOCUMENT = 60
FIRST_DAY = date(2023, 1, 1)
DAYS = 1300
_PRIME = 2_147_483_647
_SHARES = {
    "metrics": 22, "launches": 12, "statements": 12, "affiliations": 10, "prices": 8, "funding_rounds": 8, "corporate_events": 8,
    "partnerships": 6, "model_specs": 5, "cohort_memberships": 3, "rankings": 3, "comparisons": 2, "spending": 1,
}  # fmt: skip
_WORDS = (
    "发布",
    "开源",
    "融资",
    "降价",
    "合作",
    "用户",
    "调用量",
    "估值",
    "上市",
    "推理",
    "算力",
    "参数",
    "智能体",
    "多模态",
    "训练",
    "榜单",
)
_COUNTED = {"percent": SHARES, "CNY": ("revenue", "profit", "gmv", "bid")}

Frames = dict[str, pl.DataFrame]


def tables(claims: int, *, entities: Mapping[str, pl.DataFrame] | None = None, seed: int = 0) -> Frames:
    """Every public table for about `claims` claims (at least one per fact table), about 60 to a document.

    `entities`: entity tables and aliases to speak of besides the invented ones, e.g. those of a release; they are spoken of most.
    """
    made = _entities()
    for name, given in (entities or {}).items():
        made[name] = pl.concat([given.select(*made[name].columns), made[name]]).unique(
            TABLES[name].primary_key, keep="first", maintain_order=True
        )
    ids = {name: made[name][key] for name, key in _ENTITY_KEYS.items()}
    names = made["organizations"].select(pl.coalesce("name_zh", "name_en", "org_id"))[:, 0]
    documents = max(2, claims // CLAIMS_A_DOCUMENT)
    made["documents"] = _documents(documents)
    facts: Frames = {}
    first = 0
    for table in FACT_TABLES:
        count = max(1, claims * _SHARES[table] // 100)
        facts[table] = _facts(table, _Numbers(pl.int_range(first, first + count, eager=True), seed), ids, documents)
        first += count
    made |= facts
    made["claims"] = _claims(facts, names, seed)
    made["conflicts"] = _conflicts(facts)
    return {name: made.get(name, table.empty()) for name, table in TABLES.items() if table.public}


_ENTITY_KEYS = {"organizations": "org_id", "people": "person_id", "models": "model_id", "products": "product_id", "cohorts": "cohort_id"}


class _Numbers:
    """Pseudo-random columns over the row numbers `rows`; every call with another salt is another column."""

    def __init__(self, rows: pl.Series, seed: int) -> None:
        self.rows = rows
        self.seed = seed
        self.size = len(rows)

    def below(self, limit: int, salt: int) -> pl.Series:
        mixed = ((self.rows + 1) * 48_271 + (salt + 1) * 7_919 + self.seed * 104_729) % _PRIME
        for factor in (69_621, 40_692):
            mixed = (mixed * factor + salt) % _PRIME
        return (mixed // 8) % limit

    def one_of(self, options: Sequence[Any] | pl.Series, salt: int) -> pl.Series:
        """Small numbers are likelier, as a few companies fill most of the news."""
        choices = options if isinstance(options, pl.Series) else pl.Series(list(options))
        skewed = (self.below(len(choices), salt) * (self.below(1000, salt + 500) + 1)) // 1000
        return choices.gather(skewed)

    def sometimes(self, column: pl.Series, salt: int, percent: int) -> pl.Series:
        """The column with all but `percent` of its cells emptied."""
        return column.to_frame("c").select(pl.when(self.below(100, salt) < percent).then(pl.col("c")))["c"]


def _entities() -> Frames:
    def named(count: int, prefix: str, word: str, **columns: Any) -> list[dict[str, Any]]:
        return [
            {f"{prefix}_id": f"{prefix}-{i:04d}", "name_zh": f"{word}{i}号", "name_en": f"{prefix.title()} {i}", "is_provisional": False}
            | {key: value(i) if callable(value) else value for key, value in columns.items()}
            for i in range(count)
        ]

    orgs = named(
        400, "org", "星河智能", name_zh_hant=lambda i: f"星河智慧{i}號", org_type=lambda i: ORG_TYPES[i % len(ORG_TYPES)], country="CN",
        parent_org_id=lambda i: f"org-{i // 2:04d}" if i % 9 == 8 else None, founded_year=lambda i: 2000 + i % 25,
    )  # fmt: skip
    people = named(600, "person", "青山先生", name_zh_hant=lambda i: f"青山先生{i}號")
    models = [
        {
            "model_id": f"model-{i:04d}", "name": f"Lantern {i}", "family": f"Lantern {i // 5}", "developer_org_id": f"org-{i % 400:04d}",
            "modality": MODALITIES[i % len(MODALITIES)], "open_weights": (True, False, None)[i % 3], "is_provisional": False,
        }
        for i in range(800)
    ]  # fmt: skip
    products = named(
        300,
        "product",
        "灯塔助手",
        org_id=lambda i: f"org-{i % 400:04d}",
        category=lambda i: PRODUCT_CATEGORIES[i % len(PRODUCT_CATEGORIES)],
    )
    cohorts = named(12, "cohort", "群星阵营")
    rows = {"organizations": orgs, "people": people, "models": models, "products": products, "cohorts": cohorts}
    kinds = {"organizations": "org", "people": "person", "products": "product", "cohorts": "cohort"}
    aliases = [
        {"surface": row[name], "script": script, "entity_type": kind, "entity_id": row[_ENTITY_KEYS[table]], "is_ambiguous": False}
        for table, kind in kinds.items()
        for row in rows[table]
        for name, script in (("name_zh", "hans"), ("name_zh_hant", "hant"), ("name_en", "both"))
        if row.get(name)
    ]
    return {name: TABLES[name].frame(made) for name, made in (rows | {"aliases": aliases}).items()}


def _documents(count: int) -> pl.DataFrame:
    days = [FIRST_DAY + timedelta(days=i * DAYS // count) for i in range(count)]
    return TABLES["documents"].frame(
        [
            {
                "doc_id": f"d{i:07d}", "title": f"第{i}篇报道", "publisher": f"晨报{i % 40}", "published_start": day, "published_end": day,
                "published_basis": "inferred", "script": "hant" if i % 11 == 3 else "hans", "char_count": 4000, "sha256": f"{i:064x}",
                "duplicate_of": f"d{i - 1:07d}" if i % 10 == 9 else None,
            }
            for i, day in enumerate(days)
        ]
    )  # fmt: skip


def _facts(table: str, n: _Numbers, ids: dict[str, pl.Series], documents: int) -> pl.DataFrame:
    own: dict[str, Any] = _OWN[table](n, ids)
    own["claim_id"] = n.rows.to_frame("i").select(pl.format("{}{}", (pl.col("i") * 7_368_787 % 10**8).cast(pl.String).str.zfill(8),
        pl.col("i").cast(pl.String).str.zfill(8)))[:, 0]  # fmt: skip
    own["doc_id"] = pl.Series("d", [f"d{i:07d}" for i in range(documents)]).gather(n.below(documents, 3))
    schema = TABLES[table].schema
    empty = {name: pl.Series(name, [None] * n.size, dtype=dtype) for name, dtype in schema.items() if name not in own}
    filled = {
        name: value.alias(name).cast(schema[name])
        if isinstance(value, pl.Series)
        else pl.Series(name, [value], dtype=schema[name]).new_from_index(0, n.size)
        for name, value in own.items()
    }
    return TABLES[table].sorted(pl.DataFrame({name: (filled | empty)[name] for name in schema}))


def _amount(n: _Numbers, salt: int, top: int = 9000, scale: float = 1e6, prefix: str = "value") -> dict[str, pl.Series]:
    """A number with its interval: mostly exact, sometimes `over` or a range."""
    kind = n.below(10, salt + 7)
    middle, low, high = (prefix, f"{prefix}_low", f"{prefix}_high")
    frame = pl.DataFrame({"v": (n.below(top, salt) + 1).cast(pl.Float64) * scale, "k": kind}).select(
        pl.when(pl.col("k") < 9).then("v").alias(middle),
        pl.col("v").alias(low),
        pl.when(pl.col("k") == 9).then(pl.col("v") * 2).when(pl.col("k") < 7).then("v").alias(high),
        pl.when(pl.col("k") == 9)
        .then(pl.lit("range"))
        .when(pl.col("k") < 7)
        .then(pl.lit("exact"))
        .otherwise(pl.lit("over"))
        .alias("modifier"),
    )
    return {name: frame[name] for name in frame.columns}


def _dates(n: _Numbers, salt: int) -> dict[str, pl.Series]:
    """A day for seven rows in ten, nothing for the others."""
    frame = pl.DataFrame({"day": n.below(DAYS, salt), "k": n.below(10, salt + 1)}).select(
        pl.when(pl.col("k") < 7).then(pl.lit(FIRST_DAY) + pl.duration(days="day")).alias("day")
    )
    precision = frame.select(pl.when(pl.col("day").is_not_null()).then(pl.lit("day")))[:, 0]
    return {"date_start": frame["day"], "date_end": frame["day"], "date_precision": precision}


def _subject(n: _Numbers, ids: dict[str, pl.Series], kinds: Sequence[str]) -> dict[str, pl.Series]:
    tables = {"org": "organizations", "model": "models", "product": "products"}
    kind = pl.Series(list(kinds)).gather(n.below(len(kinds), 21))
    options = pl.DataFrame({name: n.one_of(ids[tables[name]], 22) for name in kinds}).with_columns(kind.alias("kind"))
    chosen = options.select(pl.coalesce(pl.when(pl.col("kind") == name).then(pl.col(name)) for name in kinds))[:, 0]
    return {"subject_type": kind, "subject_id": chosen}


def _metrics(n: _Numbers, ids: dict[str, pl.Series]) -> dict[str, Any]:
    metric = n.one_of(METRICS, 31)
    unit = pl.DataFrame({"m": metric}).select(
        pl.when(pl.col("m").is_in([*SHARES, "growth"])).then(pl.lit("percent")).when(pl.col("m").is_in(_COUNTED["CNY"])).then(pl.lit("CNY"))
        .otherwise(pl.lit("people"))
    )[:, 0]  # fmt: skip
    money = pl.DataFrame({"u": unit}).select(pl.when(pl.col("u") == "CNY").then("u"))[:, 0]
    ratio = unit == "percent"
    small, large = _amount(n, 33, 45, 1.0), _amount(n, 33)
    amount = {
        key: pl.DataFrame({"r": ratio, "s": small[key], "l": large[key]}).select(pl.when("r").then("s").otherwise("l"))[:, 0]
        for key in small
    }
    return {"metric": metric, "unit": unit, "currency": money} | amount | _subject(n, ids, ("model", "product", "org")) | _dates(n, 35)


def _prices(n: _Numbers, ids: dict[str, pl.Series]) -> dict[str, Any]:
    amount = _amount(n, 41, 200, 0.05, "price")
    more = {
        "per_tokens": n.one_of([1_000_000, 1_000], 43),
        "currency": n.one_of(["CNY", "USD"], 44),
        "direction": n.one_of(["input", "output", "any"], 45),
    }
    return amount | more | _subject(n, ids, ("model", "product")) | _dates(n, 46)


def _funding(n: _Numbers, ids: dict[str, pl.Series]) -> dict[str, Any]:
    orgs = ids["organizations"]
    lists = pl.DataFrame({"a": n.one_of(orgs, 51), "b": n.one_of(orgs, 52)}).select(pl.concat_list("a", "b").alias("investors"))[
        "investors"
    ]
    worth = {key.replace("value", "valuation_value", 1) if key == "value" else f"valuation_{key.removeprefix('value_')}": column
             for key, column in _amount(n, 53, scale=1e8).items()}  # fmt: skip
    return (
        {"org_id": n.one_of(orgs, 54), "round": n.one_of(ROUNDS, 55), "investors": lists, "currency": n.one_of(["CNY", "USD", "HKD"], 56),
         "valuation_currency": n.one_of(["CNY", "USD"], 57)} | worth | _amount(n, 58) | _dates(n, 59)
    )  # fmt: skip


def _pair(n: _Numbers, options: pl.Series, salt: int) -> tuple[pl.Series, pl.Series]:
    """Two different members of `options` a row."""
    first = n.below(len(options), salt)
    return options.gather(first), options.gather((first + 1 + n.below(len(options) - 1, salt + 1)) % len(options))


def _partnerships(n: _Numbers, ids: dict[str, pl.Series]) -> dict[str, Any]:
    a, b = _pair(n, ids["organizations"], 61)
    return {"org_a": a, "org_b": b, "kind": n.one_of(["strategic", "deployment", "joint_lab", "investment"], 63)} | _dates(n, 64)


def _comparisons(n: _Numbers, ids: dict[str, pl.Series]) -> dict[str, Any]:
    a, b = _pair(n, ids["models"], 71)
    kinds = {"subject_type": "model", "comparator_type": "model", "subject_id": a, "comparator_id": b}
    return kinds | {"aspect": n.one_of(ASPECTS, 73), "relation": n.one_of(["better", "worse", "equal"], 74)}


def _affiliations(n: _Numbers, ids: dict[str, pl.Series]) -> dict[str, Any]:
    """A person stays with about three organisations, as people do."""
    people, orgs = ids["people"], ids["organizations"]
    who = n.one_of(pl.Series(range(len(people))), 84)
    org = orgs.gather((who * 7 + n.below(3, 85)) % len(orgs))
    return {
        "person_id": people.gather(who),
        "org_id": org,
        "role": n.one_of(ROLES, 86),
        "status": n.one_of(["current", "left", "joined", "former"], 87),
    }


_OWN: dict[str, Callable[[_Numbers, dict[str, pl.Series]], dict[str, Any]]] = {
    "metrics": _metrics,
    "prices": _prices,
    "funding_rounds": _funding,
    "partnerships": _partnerships,
    "comparisons": _comparisons,
    "cohort_memberships": lambda n, ids: {
        "cohort_id": n.one_of(ids["cohorts"], 81), "org_id": n.one_of(ids["organizations"], 82), "status": n.one_of(["member", "left"], 83)},
    "affiliations": _affiliations,
    "launches": lambda n, ids: _subject(n, ids, ("model", "product")) | _dates(n, 88) | {
        "org_id": n.one_of(ids["organizations"], 89), "kind": n.one_of(["launch", "open_source", "upgrade", "preview"], 90)},
    "model_specs": lambda n, ids: _amount(n, 91, scale=1e8) | {
        "model_id": n.one_of(ids["models"], 92), "spec": n.one_of(["total_parameters", "active_parameters", "parameters"], 93), "unit": "parameters"},
    "spending": lambda n, ids: _amount(n, 94) | _dates(n, 95) | {
        "org_id": n.one_of(ids["organizations"], 96), "kind": n.one_of(["capex", "r_and_d", "compute"], 97), "status": "actual", "currency": "CNY"},
    "rankings": lambda n, ids: _subject(n, ids, ("model", "product", "org")) | _dates(n, 98) | {
        "leaderboard": n.one_of(["LM Arena", "App Store", "Hugging Face"], 99), "rank": n.below(20, 100) + 1},
    "corporate_events": lambda n, ids: _dates(n, 101) | {"org_id": n.one_of(ids["organizations"], 102), "event": n.one_of(EVENTS, 103)},
    "statements": lambda n, ids: _dates(n, 104) | {
        "speaker_type": "person", "speaker_id": n.one_of(ids["people"], 105), "kind": n.one_of(["opinion", "prediction", "warning", "plan"], 106),
        "text": n.one_of([f"{a}会改变{b}" for a in _WORDS for b in _WORDS], 107), "is_direct_quote": n.below(2, 108) == 1},
}  # fmt: skip


def _claims(facts: Frames, names: pl.Series, seed: int) -> pl.DataFrame:
    """One claim a fact; about two claims stand in one sentence, with the same quote."""
    together = pl.concat([frame.select("claim_id", "doc_id", pl.lit(name).alias("fact_table")) for name, frame in facts.items()])
    ordered = together.sort("doc_id", "claim_id").with_row_index("i").with_columns(pl.col("i").cast(pl.Int64) // 2)
    n = _Numbers(ordered["i"], seed)
    words = [n.one_of(_WORDS, 110 + k) for k in range(6)]
    frame = ordered.with_columns(
        n.one_of(names, 120).alias("name"),
        *(word.alias(f"w{k}") for k, word in enumerate(words)),
        n.sometimes(n.one_of([f"研究社{k}" for k in range(30)], 121), 122, 40).alias("attributed_to"),
        n.one_of(["stated"] * 6 + ["reported", "planned", "predicted", "rumoured", "denied"], 123).alias("assertion"),
    ).with_columns(
        pl.format(
            "{}在{}与{}方面推进，第{}次提到{}和{}，另有{}与{}。", "name", "w0", "w1", pl.col("i") % 997, "w2", "w3", "w4", "w5"
        ).alias("quote"),
        (pl.col("i") % 3900).alias("char_start"),
    )
    frame = frame.with_columns((pl.col("char_start") + pl.col("quote").str.len_chars()).alias("char_end")).with_columns(
        (pl.col("i") % 80).alias("sentence_no"),
        pl.lit("generated").alias("rule_id"),
        pl.lit(0.9).alias("confidence"),
        pl.lit("auto").alias("review_status"),
    )
    table = TABLES["claims"]
    return table.sorted(frame.select(pl.col(name).cast(dtype) for name, dtype in table.schema.items()))


def _conflicts(facts: Frames) -> pl.DataFrame:
    """One conflict between neighbouring metrics for every fifty of them."""
    ids = facts["metrics"]["claim_id"]
    pairs = [(ids[i], ids[i + 1]) for i in range(0, len(ids) - 1, 50)]
    words = {"field": "value", "explanation_en": "Two numbers for one measure", "explanation_zh": "同一指标数值不同"}
    return TABLES["conflicts"].frame(
        [{"conflict_id": f"{i:016x}", "kind": "value", "claim_id_a": a, "claim_id_b": b} | words for i, (a, b) in enumerate(pairs)]
    )

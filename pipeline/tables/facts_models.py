"""Fact tables about models, products and the market: launches, specifications, prices, metrics, rankings, comparisons."""

from __future__ import annotations

import polars as pl

from pipeline.tables.columns import (
    CURRENCIES,
    CURRENCY,
    MODIFIERS,
    NOT_BLANK,
    SLUG,
    SUBJECTS,
    Dated,
    Fact,
    Valued,
    WithUnit,
    as_written,
    described,
    finite,
    follows_modifier,
    given,
    in_chinese,
    row_rule,
    subject_rules,
)

SPECS = (
    "total_parameters", "active_parameters", "parameters", "min_parameters", "max_parameters",
    "frames", "resolution", "context_length", "architecture", "variants", "training_cost",
)  # fmt: skip
METRICS = (
    "monthly_active_users", "daily_active_users", "users", "downloads", "monthly_downloads", "daily_calls", "daily_tokens",
    "tokens_processed", "token_share", "usage_share", "interactions_daily", "developers", "agents_built", "apps_built",
    "enterprise_customers", "business_scenarios", "github_stars", "models_open_sourced", "models_released", "models_total",
    "models_by_modality", "release_interval", "headcount", "technical_share", "revenue", "profit", "growth", "gmv", "market_share",
    "equity_share", "bid", "monthly_visits", "daily_downloads", "derivative_models", "training_tokens", "active_consumers",
    "session_minutes", "gpu_count", "companies_count", "customers_share", "cost_ratio", "other",
)  # fmt: skip
SHARES = ("token_share", "usage_share", "technical_share", "market_share", "equity_share", "customers_share")
MONEY = ("CNY", "USD", "EUR", "JPY", "KRW", "HKD", "TWD", "GBP")
ASPECTS = ("performance", "cost", "price", "training_cost", "input_price", "openness", "other")
RELATIONS = ("better", "equal", "worse", "slightly_worse", "ratio")

SUBJECT_TYPE = ("What kind of thing it is said of", "主体类型")
SUBJECT_ID = ("What it is said of; a country as ISO 3166-1 alpha-2", "主体；国家用 ISO 3166-1 二位代码")
SUBJECT_TEXT = ("What it is said of, as written, when it is no entity", "主体原文（无对应实体时）")


class Launches(Fact, Dated):
    subject_type: str = described(*SUBJECT_TYPE, isin=("model", "product"))
    subject_id: str = described("What is launched", "发布对象", str_matches=SLUG)
    org_id: str = described("Who launches it", "发布机构", nullable=True)
    kind: str = described(
        "What happens to it", "发布类型", isin=("launch", "open_source", "preview", "upgrade", "rename", "shutdown", "announce")
    )

    class Config:
        title = "Launches"
        description = "Releases, open-sourcings, upgrades and ends of models and products."
        metadata = in_chinese("发布", "模型与产品的发布、开源、升级和下线。")


class ModelSpecs(Fact, Valued, WithUnit):
    model_id: str = described("The model", "模型")
    spec: str = described("Which property", "规格项", isin=SPECS)
    value_string: str = as_written("The property in words, e.g. MoE", "文字型规格（如 MoE）")

    has_value = row_rule("neither a number nor value_string", given("value", "value_low", "value_high", "value_string"))
    architecture_in_words = row_rule(
        "architecture needs value_string", (pl.col("spec") != "architecture") | pl.col("value_string").is_not_null()
    )
    parameters_counted = row_rule(
        "a parameter count needs the unit parameters",
        ~pl.col("spec").str.ends_with("parameters") | (pl.col("unit") == "parameters").fill_null(False),
    )

    class Config:
        title = "Model specifications"
        description = "Parameters, context length, architecture, training cost and other properties of models."
        metadata = in_chinese("模型规格", "模型的参数量、上下文长度、架构、训练成本等。")


class Prices(Fact, Dated):
    subject_type: str = described(*SUBJECT_TYPE, isin=("model", "product", "org", "cohort", "other"))
    subject_id: str = described(*SUBJECT_ID, nullable=True)
    subject_text: str = as_written(*SUBJECT_TEXT)
    price: float = described("The price as written; null for an interval", "价格；区间时为空", nullable=True, ge=0)
    price_low: float = described("Lower end of the price; null = open", "价格下限；空表示无下限", nullable=True, ge=0)
    price_high: float = described("Upper end of the price; null = open", "价格上限；空表示无上限", nullable=True, ge=0)
    modifier: str = described(
        "How the text qualifies the price, else the change",
        "对价格（或变动）的修饰",
        nullable=True,
        isin=MODIFIERS,
    )
    currency: str = described("Currency of the price", "价格的货币", unit=CURRENCIES, nullable=True, str_matches=CURRENCY)
    per_tokens: int = described(
        "The number of tokens the price buys; null where it is not per token",
        "计价的 token 数；非按 token 计价时为空",
        unit="tokens",
        nullable=True,
        gt=0,
    )
    per_unit: str = described(
        "What else the price buys, e.g. month, hour, image",
        "其他计价单位（如月、小时、张）",
        nullable=True,
        str_matches=r"^\S(?:.{0,38}\S)?$",
    )
    direction: str = described("Price of input, of output, or of any tokens", "输入、输出或不分", isin=("input", "output", "any"))
    condition: str = described(
        "Under which condition the price holds",
        "价格适用条件",
        nullable=True,
        isin=("cache_hit", "off_peak", "batch", "previous", "promotion"),
    )
    change_percent: float = described(
        "Change as written; a cut to 3% of the original is -97",
        "变动百分比；降至原价的 3% 记为 -97",
        unit="percent",
        nullable=True,
        ge=-100,
    )
    baseline: str = described(
        "What the change is measured against: industry, own_previous or an entity",
        "变动的参照：行业、自身此前价格或某实体",
        nullable=True,
        str_matches=r"^(?:own_previous|[a-z0-9]+(?:[.-][a-z0-9]+)*)$",
    )

    subject_given, other_in_words, country_code = subject_rules()
    price_finite = row_rule(
        "price, price_low, price_high or change_percent is not a finite number",
        finite("price", "price_low", "price_high", "change_percent"),
    )
    price_or_change = row_rule("neither a price nor an interval nor a change", given("price", "price_low", "price_high", "change_percent"))
    currency_with_price = row_rule(
        "price without currency, or currency without price", pl.col("currency").is_not_null() == given("price", "price_low", "price_high")
    )
    price_follows_modifier = row_rule(
        "price, price_low, price_high and modifier contradict one another",
        pl.col("modifier").is_null()
        | (~given("price", "price_low", "price_high") & pl.col("change_percent").is_not_null())  # it qualifies the change
        | follows_modifier("price", "price_low", "price_high", "modifier"),
    )
    price_in_interval = row_rule(
        "price outside its interval, or the interval upside down",
        (pl.col("price_low") <= pl.col("price")).fill_null(True)
        & (pl.col("price") <= pl.col("price_high")).fill_null(True)
        & (pl.col("price_low") <= pl.col("price_high")).fill_null(True),
    )
    baseline_needs_change = row_rule(
        "baseline without change_percent", pl.col("baseline").is_null() | pl.col("change_percent").is_not_null()
    )

    class Config:
        title = "Prices"
        description = "Prices of models and products, and changes of prices."
        metadata = in_chinese("价格", "模型与产品的价格及其变动。")


class Metrics(Fact, Valued, WithUnit, Dated):
    subject_type: str = described(*SUBJECT_TYPE, isin=SUBJECTS)
    subject_id: str = described(*SUBJECT_ID, nullable=True)
    subject_text: str = as_written(*SUBJECT_TEXT)
    metric: str = described("What is measured", "指标", isin=METRICS)
    of_metric: str = as_written("What grew, or what the metric other measures", "增长所指的指标，或 other 所衡量的内容")
    source: str = as_written("Whom the text credits for the number", "数据来源")
    currency: str = described("Currency of an amount of money", "金额的货币", unit=CURRENCIES, nullable=True, str_matches=CURRENCY)

    subject_given, other_in_words, country_code = subject_rules()
    has_number = row_rule("no number", given("value", "value_low", "value_high"))
    money_in_its_currency = row_rule(
        "unit is a currency but not that of the row, or the reverse",
        pl.when(pl.col("currency").is_null()).then(~pl.col("unit").is_in(MONEY)).otherwise(pl.col("unit") == pl.col("currency")),
    )
    growth_is_a_ratio = row_rule(
        "growth is neither percent nor multiple",
        (pl.col("metric") != "growth") | pl.col("unit").is_in(["percent", "multiple"]).fill_null(False),
    )
    share_at_most_whole = row_rule(
        "a share outside 0 to 100 percent",
        ~pl.col("metric").is_in(SHARES)
        | (pl.col("unit") != "percent")
        | pl.all_horizontal(pl.col("value", "value_low", "value_high").is_between(0, 100).fill_null(True)),
    )
    not_below_zero = row_rule(
        "a count below zero",
        pl.col("metric").is_in(["profit", "growth", "other", "cost_ratio"])
        | pl.all_horizontal((pl.col("value", "value_low", "value_high") >= 0).fill_null(True)),
    )

    class Config:
        title = "Metrics"
        description = "Counts, shares, amounts and growth: users, calls, tokens, revenue, headcount and more."
        metadata = in_chinese("指标", "数量、占比、金额与增长：用户、调用、token、收入、人数等。")


class Rankings(Fact, Dated):
    subject_type: str = described(*SUBJECT_TYPE, isin=SUBJECTS)
    subject_id: str = described(*SUBJECT_ID, nullable=True)
    subject_text: str = as_written(*SUBJECT_TEXT)
    leaderboard: str = described(
        "The leaderboard or who ranks; null for a superlative of the text",
        "榜单或评选方；文中的最高级表述为空",
        nullable=True,
        str_matches=NOT_BLANK,
    )
    category: str = as_written("The field of the ranking, as written", "排名范围原文")
    rank: int = described("The place, from 1", "名次", nullable=True, ge=1)
    count: int = described("How many of the subject's are among the first top_n", "进入前 top_n 名的数量", nullable=True, ge=1)
    top_n: int = described("How many places are looked at", "所看的名次范围", nullable=True, ge=1)

    subject_given, other_in_words, country_code = subject_rules()
    rank_or_count = row_rule(
        "neither rank nor count with top_n", given("rank") | (pl.col("count").is_not_null() & pl.col("top_n").is_not_null())
    )
    count_with_top_n = row_rule("count without top_n", pl.col("count").is_null() | pl.col("top_n").is_not_null())
    within_top_n = row_rule("rank or count exceeds top_n", (pl.max_horizontal("rank", "count") <= pl.col("top_n")))

    class Config:
        title = "Rankings"
        description = "Places on leaderboards, places among the first N, and superlatives over a stated set."
        metadata = in_chinese("排名", "榜单名次、前 N 名中的数量，以及限定范围的最高级表述。")


class Comparisons(Fact, Valued, WithUnit):
    subject_type: str = described(*SUBJECT_TYPE, isin=("model", "product", "org"))
    subject_id: str = described("What is compared", "比较的主体", str_matches=SLUG)
    comparator_type: str = described("What kind of thing it is compared with", "比较对象类型", isin=("model", "product", "org"))
    comparator_id: str = described("What it is compared with", "比较对象", str_matches=SLUG)
    aspect: str = described("In which respect", "比较方面", isin=ASPECTS)
    relation: str = described("How the subject compares", "比较结果", isin=RELATIONS)

    two_things = row_rule(
        "compared with itself", (pl.col("subject_type") != pl.col("comparator_type")) | (pl.col("subject_id") != pl.col("comparator_id"))
    )
    ratio_has_number = row_rule(
        "relation ratio without a number", (pl.col("relation") != "ratio") | given("value", "value_low", "value_high")
    )

    class Config:
        title = "Comparisons"
        description = "One model, product or organisation set against another."
        metadata = in_chinese("比较", "模型、产品或机构之间的比较。")

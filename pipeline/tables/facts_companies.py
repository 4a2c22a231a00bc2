"""Fact tables about companies and people: cohorts, affiliations, money raised and spent, partnerships, events, statements."""

from __future__ import annotations

import polars as pl

from pipeline.tables.columns import (
    CURRENCIES,
    CURRENCY,
    MODIFIERS,
    Dated,
    Fact,
    Model,
    Valued,
    WithCurrency,
    as_written,
    described,
    finite,
    follows_modifier,
    given,
    in_chinese,
    row_rule,
)

ROLES = (
    "founder", "co_founder", "ceo", "chair", "cto", "chief_scientist", "vp", "executive", "head", "owner",
    "investor", "researcher", "professor", "analyst", "partner", "dean", "spokesperson", "unspecified", "other",
)  # fmt: skip
ROUNDS = ("seed", "angel", "pre-A", "A", "A+", "B", "B+", "C", "D", "strategic", "ipo", "cumulative", "unknown")
EVENTS = (
    "founded", "exit_foundation_models", "pivot", "ipo_filing", "ipo_listing", "reorganization", "layoffs", "executive_departure",
    "executive_hire", "price_cut", "price_rise", "goes_free", "marketing_cut", "product_shutdown", "acquisition", "acquisition_denied",
    "joint_lab", "team_transfer", "team_spinoff", "government_backing", "emergency", "open_source_strategy", "platform_restriction",
    "sanctioned", "lawsuit", "award", "recognition", "other",
)  # fmt: skip


class CohortMemberships(Fact):
    cohort_id: str = described("The cohort", "阵营")
    org_id: str = described("The organisation said to belong to it, or not", "被归入（或排除）的机构")
    status: str = described("Belongs, has left, or never belonged", "成员、已退出或从不属于", isin=("member", "left", "never"))

    class Config:
        title = "Cohort memberships"
        description = "Which organisations a text counts among a named group."
        metadata = in_chinese("阵营成员", "文中把哪些机构归入某一阵营。")


class Affiliations(Fact):
    person_id: str = described("The person", "人物")
    org_id: str = described("The organisation", "机构")
    role: str = described("The role, normalised", "职务（归一化）", isin=ROLES)
    role_text: str = as_written("The role as written", "职务原文")
    status: str = described(
        "Whether the role is held, was held, begins or ends", "在任、曾任、加入或离开", isin=("current", "former", "joined", "left")
    )

    class Config:
        title = "Affiliations"
        description = "Who holds or held which role where."
        metadata = in_chinese("任职", "谁在哪里担任或曾任何职。")


class Valuation(Model):
    """valuation_*: what the organisation is said to be worth."""

    valuation_value: float = described("Valuation as written; null for an interval", "估值；区间时为空", nullable=True)
    valuation_low: float = described("Lower end of the valuation; null = open", "估值下限；空表示无下限", nullable=True)
    valuation_high: float = described("Upper end of the valuation; null = open", "估值上限；空表示无上限", nullable=True)
    valuation_modifier: str = described("How the text qualifies the valuation", "对估值的修饰", nullable=True, isin=MODIFIERS)
    valuation_currency: str = described("Currency of the valuation", "估值的货币", unit=CURRENCIES, nullable=True, str_matches=CURRENCY)
    valuation_basis: str = described("Before or after the money", "投前或投后", nullable=True, isin=("pre", "post"))

    valuation_finite = row_rule(
        "valuation_value, valuation_low or valuation_high is not a finite number",
        finite("valuation_value", "valuation_low", "valuation_high"),
    )
    valuation_follows_modifier = row_rule(
        "valuation_value, valuation_low, valuation_high and valuation_modifier contradict one another",
        follows_modifier("valuation_value", "valuation_low", "valuation_high", "valuation_modifier"),
    )
    valuation_currency_with_valuation = row_rule(
        "valuation without currency, or currency without valuation",
        pl.col("valuation_currency").is_not_null() == given("valuation_value", "valuation_low", "valuation_high"),
    )
    basis_needs_valuation = row_rule(
        "valuation_basis without a valuation",
        pl.col("valuation_basis").is_null() | given("valuation_value", "valuation_low", "valuation_high"),
    )


class FundingRounds(Fact, Valued, WithCurrency, Valuation, Dated):
    org_id: str = described("The organisation that raised the money", "融资机构")
    round: str = described("The round, normalised", "轮次（归一化）", isin=ROUNDS)
    round_text: str = as_written("The round as written", "轮次原文")
    lead_investors: list[str] = described("The organisations leading the round", "领投机构", nullable=True)
    investors: list[str] = described("All organisations named as investors", "提到的全部投资机构", nullable=True)

    says_something = row_rule(
        "none of amount, valuation, round, investors and date is given",
        given("value", "value_low", "value_high", "valuation_value", "valuation_low", "valuation_high", "date_start")
        | (pl.col("round") != "unknown")
        | (pl.col("investors").list.len() > 0).fill_null(False),
    )
    amount_not_negative = row_rule(
        "an amount or valuation below zero", ~pl.any_horizontal(pl.col("value", "value_low", "valuation_value", "valuation_low") < 0)
    )

    class Config:
        title = "Funding rounds"
        description = "Money raised and valuations, one row per round or amount; a valuation asserted alone has no amount."
        metadata = in_chinese("融资", "融资与估值，每轮或每个金额一行；仅有估值时金额为空。")


class Spending(Fact, Valued, WithCurrency, Dated):
    org_id: str = described("The organisation that spends", "支出机构", nullable=True)
    cohort_id: str = described("The cohort that spends together", "合计支出的阵营", nullable=True)
    member_org_ids: list[str] = described("The organisations of a joint total", "合计数所涉机构", nullable=True)
    kind: str = described("What for", "支出类别", isin=("ai_strategy", "capex", "r_and_d", "infrastructure", "marketing", "compute"))
    status: str = described("Spent, planned or forecast by others", "已发生、计划或预测", isin=("actual", "planned", "forecast"))

    has_spender = row_rule(
        "none of org_id, cohort_id and member_org_ids is given",
        given("org_id", "cohort_id") | (pl.col("member_org_ids").list.len() > 0).fill_null(False),
    )
    has_amount = row_rule("no amount", given("value", "value_low", "value_high"))
    amount_not_negative = row_rule("an amount below zero", ~pl.any_horizontal(pl.col("value", "value_low") < 0))

    class Config:
        title = "Spending"
        description = "Money spent, planned or forecast on AI."
        metadata = in_chinese("支出", "人工智能方面已发生、计划或预测的支出。")


class Partnerships(Fact, Dated):
    org_a: str = described("One partner (the pair has no order)", "合作一方（不分先后）")
    org_b: str = described("The other partner", "合作另一方")
    kind: str = described(
        "What kind of partnership", "合作类型", isin=("joint_lab", "deployment", "co_development", "investment", "customer", "strategic")
    )
    field_text: str = as_written("What they do together, as written", "合作领域原文")

    two_partners = row_rule("an organisation partners with itself", pl.col("org_a") != pl.col("org_b"))

    class Config:
        title = "Partnerships"
        description = "Who works with whom; deployment covers one organisation using another's model."
        metadata = in_chinese("合作", "谁与谁合作；deployment 含一方使用另一方的模型。")


class CorporateEvents(Fact, Dated):
    org_id: str = described("The organisation it happens to", "事件主体机构", nullable=True)
    cohort_id: str = described("The cohort it happens to", "事件主体阵营", nullable=True)
    event: str = described("What happens", "事件类型", isin=EVENTS)
    person_id: str = described("The person concerned", "涉及人物", nullable=True)
    counterparty_org_id: str = described("The other organisation concerned", "涉及的另一机构", nullable=True)
    detail_text: str = as_written("The event as written", "事件原文")

    has_subject = row_rule("neither org_id nor cohort_id is given", given("org_id", "cohort_id"))
    other_counterparty = row_rule("an organisation is its own counterparty", pl.col("org_id") != pl.col("counterparty_org_id"))

    class Config:
        title = "Corporate events"
        description = "What happened to or was done by an organisation."
        metadata = in_chinese("公司事件", "机构发生或采取的重大事件。")


class Statements(Fact, Dated):
    speaker_type: str = described("A person or an organisation", "发言者类型：人物或机构", isin=("person", "org"))
    speaker_id: str = described("Who says it", "发言者")
    kind: str = described("What kind of statement", "言论类型", isin=("prediction", "opinion", "warning", "fact", "plan"))
    text: str = as_written("The words attributed, as written, without the attribution", "所引述的言论原文（不含引述语）", nullable=False)
    is_direct_quote: bool = described("The words stand in quotation marks", "是否直接引语")
    venue: str = as_written("Where it was said, as written", "发言场合原文")

    class Config:
        title = "Statements"
        description = "Opinions, predictions, warnings and plans credited to a person or an organisation."
        metadata = in_chinese("言论", "归于某人或某机构的观点、预测、警告与计划。")

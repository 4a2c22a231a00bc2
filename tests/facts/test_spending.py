"""Rules of `spending`: who spends how much on what, done, planned or forecast. The sentences are invented."""

from __future__ import annotations

import pytest

from tests.facts.conftest import FactsIn


@pytest.mark.parametrize(
    ("text", "org", "kind", "value", "status"),
    [
        ("2024年，腾讯研发投入达到700亿元。", "tencent", "r_and_d", 7e10, "actual"),
        ("微软计划在2025年投入800亿美元建设数据中心。", "microsoft", "infrastructure", 8e10, "planned"),
        ("Meta預計今年的資本支出將達600億美元。", "meta", "capex", 6e10, "forecast"),
        ("字节跳动2025年将拨出超过1500亿元的战略支出。", "bytedance", "ai_strategy", 1.5e11, "planned"),
        ("去年，月之暗面的营销投入高达5亿元。", "moonshot", "marketing", 5e8, "actual"),
        ("OpenAI去年的训练成本达到30亿美元。", "openai", "compute", 3e9, "actual"),
    ],
)
def test_spending_has_spender_kind_amount_and_status(facts_in: FactsIn, text: str, org: str, kind: str, value: float, status: str) -> None:
    (row,) = facts_in(text, table="spending")
    assert (row["org_id"], row["kind"], row["value"], row["status"]) == (org, kind, value, status)


def test_a_joint_total_lists_its_members(facts_in: FactsIn) -> None:
    (row,) = facts_in("去年，阿里、腾讯和百度的资本支出合计1000亿元。", table="spending")
    assert (row["org_id"], row["member_org_ids"]) == (None, ["alibaba", "tencent", "baidu"])


def test_a_group_with_a_name_is_a_cohort(facts_in: FactsIn) -> None:
    (row,) = facts_in("2024年，美国五大云厂商的资本支出达2000亿美元。", table="spending")
    assert (row["cohort_id"], row["org_id"]) == ("us-cloud-five", None)


def test_a_range_of_the_years_ahead_is_forecast(facts_in: FactsIn) -> None:
    (row,) = facts_in("预计百度2026年的资本开支为100亿—150亿元。", table="spending")
    assert (row["value_low"], row["value_high"], row["modifier"], row["assertion"]) == (1e10, 1.5e10, "range", "predicted")


def test_a_new_venture_spends_what_is_put_into_it(facts_in: FactsIn) -> None:
    (row,) = facts_in("OpenAI和软银成立名为“星际之门”的新公司，未来四年投资5000亿美元。", table="spending")
    assert (row["org_id"], row["kind"], row["status"]) == ("stargate", "infrastructure", "planned")


@pytest.mark.parametrize(
    "text",
    [
        "软银给OpenAI投资100亿美元。",
        "腾讯去年营收达到6000亿元。",
        "DeepSeek-V3的训练成本仅为560万美元。",
        "成本远低于美国科技巨头的数亿美元投入。",
        "训练大模型动辄要投入数十亿元。",
    ],
)
def test_funding_revenue_model_costs_and_generalities_are_no_spending(facts_in: FactsIn, text: str) -> None:
    assert facts_in(text, table="spending") == []

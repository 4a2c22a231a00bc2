"""Rules of `funding_rounds`: amounts, rounds, valuations, investors. The sentences are invented."""

from __future__ import annotations

import pytest

from tests.facts.conftest import FactsIn


def test_a_round_has_company_amount_and_round(facts_in: FactsIn) -> None:
    (row,) = facts_in("今年3月，智谱完成10亿元B轮融资。", table="funding_rounds")
    assert (row["org_id"], row["round"], row["value"], row["currency"]) == ("zhipu", "B", 1e9, "CNY")
    assert str(row["date_start"]) == "2025-03-01"


def test_traditional_script_and_a_vague_amount(facts_in: FactsIn) -> None:
    (row,) = facts_in("階躍星辰獲得數億美元融資。", table="funding_rounds")
    assert (row["org_id"], row["modifier"], row["value_low"], row["currency"]) == ("stepfun", "several", 1e8, "USD")


def test_a_valuation_stands_beside_its_amount(facts_in: FactsIn) -> None:
    (row,) = facts_in("月之暗面完成3亿美元融资，投后估值约30亿美元。", table="funding_rounds")
    assert (row["value"], row["valuation_value"], row["valuation_modifier"], row["valuation_basis"]) == (3e8, 3e9, "about", "post")


def test_valuation_alone_makes_a_row_without_amount(facts_in: FactsIn) -> None:
    (row,) = facts_in("智谱估值已达200亿元。", table="funding_rounds")
    assert (row["org_id"], row["value"], row["valuation_value"], row["round"]) == ("zhipu", None, 2e10, "unknown")


def test_amounts_are_distributed_over_companies(facts_in: FactsIn) -> None:
    rows = facts_in("今年，MiniMax和月之暗面今年分别完成2亿与5亿美元的融资，估值均约30亿美元。", table="funding_rounds")
    assert [(r["org_id"], r["value"], r["valuation_value"]) for r in rows] == [("minimax", 2e8, 3e9), ("moonshot", 5e8, 3e9)]


def test_who_puts_money_in_is_the_investor(facts_in: FactsIn) -> None:
    (row,) = facts_in("软银宣布给OpenAI投资100亿美元。", table="funding_rounds")
    assert (row["org_id"], row["investors"]) == ("openai", ["softbank"])


def test_the_lead_is_also_an_investor(facts_in: FactsIn) -> None:
    (row,) = facts_in("智谱完成5亿元C轮融资，由腾讯领投、小米跟投。", table="funding_rounds")
    assert (row["lead_investors"], row["investors"]) == (["tencent"], ["tencent", "xiaomi"])


def test_a_round_without_amount_is_a_row(facts_in: FactsIn) -> None:
    (row,) = facts_in("2024年5月，智谱宣布完成B轮融资。", table="funding_rounds")
    assert (row["org_id"], row["round"], row["value"]) == ("zhipu", "B", None)


def test_a_cumulative_total(facts_in: FactsIn) -> None:
    (row,) = facts_in("智谱已累计融资约100亿元。", table="funding_rounds")
    assert (row["round"], row["value"], row["modifier"]) == ("cumulative", 1e10, "about")


def test_a_conversion_is_no_second_amount(facts_in: FactsIn) -> None:
    assert len(facts_in("智谱获得1亿美元（约合人民币7亿元）融资。", table="funding_rounds")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "马斯克出价900亿美元收购OpenAI。",
        "阿里巴巴市值来到2万亿港元。",
        "智谱营收超过1亿元。",
        "上半年全球AI领域平均融资金额达3000万美元。",
        "全球独角兽的估值在10亿美元以上。",
        "微软以投资者的角色投资了10亿美元。",
    ],
)
def test_bids_market_caps_revenue_and_averages_are_no_funding(facts_in: FactsIn, text: str) -> None:
    assert facts_in(text, table="funding_rounds") == []

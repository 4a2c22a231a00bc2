"""Rules of `prices`: per token, per unit, and changes. The sentences are invented."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.conftest import FactsIn


def prices(facts_in: FactsIn, text: str) -> list[tuple[Any, ...]]:
    return [(r["subject_id"], r["price"], r["per_tokens"], r["direction"]) for r in facts_in(text, table="prices")]


def test_input_and_output_are_two_prices(facts_in: FactsIn) -> None:
    found = prices(facts_in, "Qwen3的API定价为每百万tokens输入2元、输出8元。")
    assert found == [("qwen3", 2.0, 10**6, "input"), ("qwen3", 8.0, 10**6, "output")]


def test_a_price_in_the_traditional_script(facts_in: FactsIn) -> None:
    assert prices(facts_in, "Qwen3定價僅0.8元/百萬Token。") == [("qwen3", 0.8, 10**6, "any")]


def test_a_cache_hit_is_a_condition(facts_in: FactsIn) -> None:
    rows = facts_in("Qwen3的定价为每百万输入tokens 0.5元（缓存命中）/2元（未命中缓存）。", table="prices")
    assert [(r["price"], r["direction"], r["condition"]) for r in rows] == [(0.5, "input", "cache_hit"), (2.0, "input", None)]


def test_the_price_it_came_down_from_is_previous(facts_in: FactsIn) -> None:
    rows = facts_in("Qwen-Long的输入价格从0.02元/千tokens降至0.0005元/千tokens，降幅达97%。", table="prices")
    assert [(r["price"], r["condition"], r["change_percent"]) for r in rows] == [(0.02, "previous", None), (0.0005, None, -97.0)]


def test_a_price_and_its_distance_from_the_trade_are_one_row(facts_in: FactsIn) -> None:
    (row,) = facts_in("Qwen3定价0.0008元/千tokens，比行业均价低99%。", table="prices")
    assert (row["price"], row["change_percent"], row["baseline"]) == (0.0008, -99.0, "industry")


def test_the_next_model_is_priced_for_the_same_tokens(facts_in: FactsIn) -> None:
    found = prices(facts_in, "Qwen3每百万输出tokens仅需2元，而GPT-4为60元。")
    assert found == [("qwen3", 2.0, 10**6, "output"), ("gpt-4", 60.0, 10**6, "output")]


@pytest.mark.parametrize(
    ("text", "subject", "change", "baseline"),
    [
        ("阿里巴巴将多款大模型的价格砍至原价的3%。", "alibaba", -97.0, "own_previous"),
        ("Qwen3全线降价85%。", "qwen3", -85.0, "own_previous"),
        ("OpenAI推出的GPT-4o，价格比GPT-4下降了约100倍。", "gpt-4o", -99.0, "gpt-4"),
        ("Qwen3的API价格较此前减半。", "qwen3", -50.0, "own_previous"),
    ],
)
def test_a_change_without_a_price_is_a_row(facts_in: FactsIn, text: str, subject: str, change: float, baseline: str) -> None:
    (row,) = facts_in(text, table="prices")
    assert (row["subject_id"], row["change_percent"], row["baseline"]) == (subject, change, baseline)


def test_a_subscription_and_an_hour_of_a_chip_are_per_unit(facts_in: FactsIn) -> None:
    rows = facts_in("ChatGPT Plus收费20美元/月。H100可以以每小时2美元的价格租用。", table="prices")
    assert [(r["subject_id"], r["price"], r["per_unit"]) for r in rows] == [("chatgpt-plus", 20.0, "month"), ("h100", 2.0, "hour")]


def test_even_more_makes_an_interval(facts_in: FactsIn) -> None:
    (row,) = facts_in("H100的单价动辄十几万甚至数十万元，报价为数十万甚至上百万元。", table="prices")[:1]
    assert row["price"] is None
    assert row["price_low"] is not None


@pytest.mark.parametrize(
    "text", ["GPT-4的训练成本为1亿美元。", "英伟达股价下跌17%。", "Qwen3比GPT-4o便宜30%。", "阿里巴巴今年营收达到1000亿元。"]
)
def test_costs_shares_and_comparisons_are_no_prices(facts_in: FactsIn, text: str) -> None:
    assert facts_in(text, table="prices") == []

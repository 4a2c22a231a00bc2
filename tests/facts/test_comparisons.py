"""Rules of `comparisons`: who is set against whom, in which respect, with which result. The sentences are invented."""

from __future__ import annotations

import pytest

from tests.facts.conftest import FactsIn


def pairs(facts_in: FactsIn, text: str) -> set[tuple[str, str, str, str]]:
    return {(r["subject_id"], r["comparator_id"], r["aspect"], r["relation"]) for r in facts_in(text, table="comparisons")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "在本次测评中，Qwen3超越了GPT-4o和Llama 3。",
            {("qwen3", "gpt-4o", "performance", "better"), ("qwen3", "llama-3", "performance", "better")},
        ),
        ("評測顯示，Qwen3的表現優於GPT-4o。", {("qwen3", "gpt-4o", "performance", "better")}),
        ("DeepSeek-R1与OpenAI的o1不相上下。", {("deepseek-r1", "o1", "performance", "equal")}),
        ("Kimi K2达到了GPT-4o的水平。", {("kimi-k2", "gpt-4o", "performance", "equal")}),
        ("Qwen3的编程能力略逊于GPT-4o。", {("qwen3", "gpt-4o", "performance", "slightly_worse")}),
        ("Qwen3的编程能力落后于GPT-4o。", {("qwen3", "gpt-4o", "performance", "worse")}),
        ("Qwen3的推理速度比GPT-4o更快。", {("qwen3", "gpt-4o", "performance", "better")}),
        ("Qwen3的训练成本远低于GPT-4o。", {("qwen3", "gpt-4o", "training_cost", "better")}),
        ("与GPT-4o的比拼中，Qwen3先声夺人；Qwen3与Llama 3的较量中全面领先。", {("qwen3", "llama-3", "performance", "better")}),
        ("在文生图榜中，Veo 3领跑，Sora 2和可灵居其后。", {("veo-3", "sora-2", "performance", "better")}),
    ],
)
def test_a_comparison_names_its_things_its_aspect_and_its_result(
    facts_in: FactsIn, text: str, expected: set[tuple[str, str, str, str]]
) -> None:
    assert expected <= pairs(facts_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Qwen3能否超越GPT-4o？",
        "Qwen3很难在短期内击败GPT-4o。",
        "Qwen3的用户超过1亿。",
        "业内希望Qwen3赶超GPT-4o。",
        "公司把Qwen3和GPT-4o都接入了平台。",
        "团队迫不及待地想用GPT-4o测试Qwen3。",
    ],
)
def test_what_is_asked_wished_or_merely_listed_is_no_comparison(facts_in: FactsIn, text: str) -> None:
    assert pairs(facts_in, text) == set()


def test_a_fraction_is_a_percentage_of_the_other(facts_in: FactsIn) -> None:
    (row,) = facts_in("Qwen3的训练成本仅为GPT-4o的1/20。", table="comparisons")
    assert (row["aspect"], row["relation"], row["value"], row["unit"]) == ("training_cost", "ratio", 5.0, "percent")


def test_a_second_ratio_of_the_sentence_is_measured_against_the_same_thing(facts_in: FactsIn) -> None:
    rows = facts_in("Qwen3的价格仅为GPT-4o的20%，输入成本低至5%。", table="comparisons")
    assert [(r["comparator_id"], r["aspect"], r["value"]) for r in rows] == [("gpt-4o", "price", 20.0), ("gpt-4o", "input_price", 5.0)]


def test_cheaper_by_so_much_is_negative_and_better(facts_in: FactsIn) -> None:
    (row,) = facts_in("Qwen3比GPT-4o便宜30%。", table="comparisons")
    assert (row["aspect"], row["relation"], row["value"]) == ("price", "better", -30.0)


def test_the_thing_described_stands_behind_the_comparison(facts_in: FactsIn) -> None:
    rows = facts_in("阿里巴巴推出性能媲美o1的推理模型Qwen3。", table="comparisons")
    assert [(r["subject_id"], r["comparator_id"]) for r in rows] == [("qwen3", "o1")]


def test_a_thing_without_a_name_makes_no_row(facts_in: FactsIn) -> None:
    assert pairs(facts_in, "这家公司发布了一款性能比肩GPT-4o的大模型。") == set()


def test_the_latter_is_the_thing_compared_with_before(facts_in: FactsIn) -> None:
    found = pairs(facts_in, "Qwen3的能力比肩GPT-4o，但其成本远低于后者。")
    assert found == {("qwen3", "gpt-4o", "performance", "equal"), ("qwen3", "gpt-4o", "cost", "better")}


def test_set_against_something_each_measure_is_a_row(facts_in: FactsIn) -> None:
    rows = facts_in("与H100相比，昇腾910B的训练速度提高了20%，功耗降低了30%。", table="comparisons")
    assert [(r["aspect"], r["relation"], r["value"]) for r in rows] == [("performance", "better", 20.0), ("other", "better", -30.0)]


def test_a_place_on_a_list_of_apps_is_no_performance(facts_in: FactsIn) -> None:
    (row,) = facts_in("元宝在应用商店的排名超过豆包。", table="comparisons")
    assert (row["subject_type"], row["aspect"]) == ("product", "other")

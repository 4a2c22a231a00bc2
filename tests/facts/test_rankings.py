"""Rules of `rankings`: places, the first N, superlatives over a stated set. The sentences are invented."""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts.conftest import FactsIn


def ranks(facts_in: FactsIn, text: str) -> list[tuple[Any, ...]]:
    return [(r["subject_id"], r["rank"], r["count"], r["top_n"]) for r in facts_in(text, table="rankings")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qwen3在LM Arena榜单上排名第三。", ("qwen3", 3, None, None)),
        ("Qwen3在LM Arena榜單中位列全球第七名。", ("qwen3", 7, None, None)),
        ("豆包登顶App Store免费榜。", ("doubao-app", 1, None, None)),
        ("Qwen3夺得开源模型榜首。", ("qwen3", 1, None, None)),
        ("Qwen3冲进全球前十。", ("qwen3", None, 1, 10)),
        ("Qwen3入围年度模型前五。", ("qwen3", None, 1, 5)),
        ("ChatGPT已成为全球第五大网站。", ("chatgpt", 5, None, None)),
        ("Qwen3是全球最强的开源模型。", ("qwen3", 1, None, None)),
        ("国内最受欢迎的AI助手豆包更新了。", ("doubao-app", 1, None, None)),
        ("目前价格最低的模型是Qwen3。", ("qwen3", 1, None, None)),
        ("Qwen3的价格压到行业最低。", ("qwen3", 1, None, None)),
        ("前20的热门模型中，已有8个来自中国公司。", ("CN", None, 8, 20)),
        ("作为国内最大的电商平台，阿里巴巴加大了投入。", ("alibaba", 1, None, None)),
        ("今年以来，小米销量第一。", ("xiaomi", 1, None, None)),
    ],
)
def test_a_rank_has_a_subject_and_a_place(facts_in: FactsIn, text: str, expected: tuple[Any, ...]) -> None:
    assert expected in ranks(facts_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Qwen3是全球最强的开源模型之一。",
        "百度是国内最早布局大模型的公司。",
        "月之暗面第一次公布了收入。",
        "字节跳动成为该公司第二大股东。",
        "Qwen3能否登顶全球榜首？",
        "苹果差点失守第一。",
        "阿里巴巴的最大优势是云计算。",
        "英伟达股价创下史上最大单日跌幅。",
        "它超越了排名第二的AI系统。",
        "李世石是围棋世界冠军，AlphaGo打败围棋冠军。",
    ],
)
def test_one_of_the_best_firsts_in_time_and_records_are_no_ranks(facts_in: FactsIn, text: str) -> None:
    assert ranks(facts_in, text) == []


def test_two_markets_are_two_rows(facts_in: FactsIn) -> None:
    rows = facts_in("豆包登顶中国区和美国区App Store免费榜。", table="rankings")
    assert sorted(r["category"] for r in rows) == ["中国区", "美国区"]
    assert {r["leaderboard"] for r in rows} == {"App Store"}


def test_each_field_of_a_list_is_a_row(facts_in: FactsIn) -> None:
    rows = facts_in("Qwen3在数学和编程上排名第一。", table="rankings")
    assert sorted(r["category"] for r in rows) == ["数学", "编程"]


def test_two_superlatives_are_two_rows(facts_in: FactsIn) -> None:
    assert ranks(facts_in, "Qwen3是国内参数量最大、性能最好的开源模型。") == [("qwen3", 1, None, None)] * 2


def test_second_only_to_another_puts_that_one_first(facts_in: FactsIn) -> None:
    assert {("xiaomi", 2, None, None), ("huawei", 1, None, None)} <= set(ranks(facts_in, "小米出货量位列第二，仅次于华为。"))


def test_a_list_names_those_within_it(facts_in: FactsIn) -> None:
    found = ranks(facts_in, "前30的热门模型，已有9个来自于中国公司，其中包括阿里的Qwen3、DeepSeek-R1。")
    assert {("CN", None, 9, 30), ("qwen3", None, 1, 30), ("deepseek-r1", None, 1, 30)} <= set(found)

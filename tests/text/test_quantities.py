"""Quantities: both scripts agree, context lends what is missing, names and ordinals are none."""

from __future__ import annotations

import pytest

from pipeline.text import Quantity, find_quantities


def only(text: str) -> Quantity:
    [quantity] = find_quantities(text)
    return quantity


@pytest.mark.parametrize("text", ["６．５億用戶", "6.5亿用户", "六亿五千万用户", "6.5 億 用戶"])
def test_scripts_and_figures_agree(text: str) -> None:
    quantity = only(f"它有{text}。")
    assert quantity.value == 6.5e8
    assert quantity.unit == "people"


def test_offsets_are_those_of_the_given_text() -> None:
    raw = "據稱\u200b拿到約 ２００ 億 元 人民幣。"
    quantity = only(raw)
    assert raw[quantity.start : quantity.end] == quantity.text
    assert (quantity.value, quantity.currency, quantity.modifier) == (2e10, "CNY", "about")


def test_a_currency_is_carried_within_the_paragraph_only() -> None:
    assert [q.currency for q in find_quantities("去年融资90亿美金，今年融资310亿。")] == ["USD", "USD"]
    assert [q.currency for q in find_quantities("去年融资90亿美金。\n今年融资310亿。")] == ["USD", "CNY"]


def test_the_unit_of_a_list_stands_at_its_end() -> None:
    assert [q.unit for q in find_quantities("集群有三万颗、四万颗乃至六万颗GPU。")] == ["gpus", "gpus", "gpus"]
    assert [q.per_tokens for q in find_quantities("分别降至2元和8元/百万Token。")] == [10**6, 10**6]


def test_what_a_price_is_for_is_not_counted() -> None:
    assert [q.text for q in find_quantities("每百万tokens输入2元，输出8元。")] == ["2元", "8元"]


def test_a_version_is_no_quantity() -> None:
    for text in (
        "GPT-4系列",
        "Gemini 3 Pro",
        "Qwen2.5-72B发布",
        "Grok 3模型发布",
        "昇腾910B",
        "第3名",
        "前10名",
        "A100和H800",
        "4K画面",
        "5G网络",
    ):
        assert find_quantities(text) == [], text


def test_a_name_that_begins_with_a_numeral_is_no_quantity() -> None:
    for text in ("零一万物", "百度和千问", "六小虎与五强", "一些人一直说", "三方协议", "百模大战", "万国数据", "千里科技", "双方各执一词"):
        assert find_quantities(text) == [], text


def test_a_modifier_opens_the_interval_on_its_side() -> None:
    assert (only("超过30家公司").low, only("超过30家公司").high) == (30, None)
    assert (only("不到30家公司").low, only("不到30家公司").high) == (None, 30)
    assert (only("30家公司左右").low, only("30家左右").modifier) == (30, "about")


def test_emphasis_is_no_modifier() -> None:
    assert only("模型高达18个。").modifier == "exact"
    assert only("增长27倍之多。").modifier == "exact"


def test_a_falling_pair_is_no_range() -> None:
    assert [q.value for q in find_quantities("从8.5%到4%")] == [8.5, 4.0]


def test_other_houses_are_no_companies() -> None:
    assert only("接入300家医院").unit == "家"
    assert only("接入300家企业").unit == "companies"

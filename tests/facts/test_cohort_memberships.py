"""Cohort memberships: lists beside the label of a group, before it, after it, sentences away. All sentences are invented."""

from __future__ import annotations

import pytest

from tests.facts.conftest import FactsIn


def members(facts_in: FactsIn, text: str) -> set[tuple[str, str, str]]:
    return {(r["cohort_id"], r["org_id"], r["status"]) for r in facts_in(text, table="cohort_memberships")}


BAT = {("new-bat", o, "member") for o in ("baidu", "alibaba", "tencent")}


@pytest.mark.parametrize(
    "text",
    [
        "“新BAT”——百度、阿里、腾讯走在前面。",
        "新BAT（百度、阿里和腾讯）走在前面。",
        "以百度、阿里、腾讯为代表的“新BAT”走在前面。",
        "百度、阿里和腾讯组成了“新BAT”。",
        "以百度、阿里、騰訊為代表的「新BAT」走在前面。",
        "以百度、阿里、腾讯为代表的新BAT，以及智谱、MiniMax等后来者都在投入。",
    ],
)
def test_a_list_beside_the_label(facts_in: FactsIn, text: str) -> None:
    assert members(facts_in, text) == BAT


@pytest.mark.parametrize(
    "text", ["智谱跻身“AI六小虎”行列。", "智谱是六小虎之一。", "“六小虎”之一的智谱启动上市。", "成立不久的智谱，很快跻身“AI六小虎”行列。"]
)
def test_a_single_member(facts_in: FactsIn, text: str) -> None:
    assert members(facts_in, text) == {("six-tigers", "zhipu", "member")}


def test_kinds_listed_before_the_label(facts_in: FactsIn) -> None:
    text = "第一类是大厂，包括阿里和字节；\n第二类是DeepSeek、阶跃星辰、智谱这样的新公司。\n这五家公司，形成了国内的“基模五强”。"
    assert {o for c, o, _ in members(facts_in, text) if c == "new-five"} == {"alibaba", "bytedance", "deepseek", "stepfun", "zhipu"}


def test_the_last_three_are_predicted(facts_in: FactsIn) -> None:
    rows = facts_in("李开复预测，市场最终可能只会剩下阿里、字节和DeepSeek这三家公司。", table="cohort_memberships")
    assert {(r["cohort_id"], r["org_id"], r["assertion"], r["attributed_to"]) for r in rows} == {
        ("final-three", o, "predicted", "李开复") for o in ("alibaba", "bytedance", "deepseek")
    }


@pytest.mark.parametrize("text", ["六小虎之后，智谱和MiniMax各走各路。", "与“新BAT”相比，智谱更专注。"])
def test_no_membership(facts_in: FactsIn, text: str) -> None:
    assert members(facts_in, text) == set()


def test_a_quote_holds_its_evidence_whole_also_in_an_earlier_sentence(facts_in):
    text = "第一类是老牌巨头，包括阿里和字节跳动；第二类是DeepSeek、阶跃星辰、智谱这样的创业公司。它们各有各的打法。这五家公司，就是业内说的“新基模五强”。"
    rows = facts_in(text, table="cohort_memberships")
    quotes = {row["org_id"]: row["quote"] for row in rows}
    assert quotes["bytedance"].endswith("字节跳动")
    assert "智谱" in quotes["zhipu"]

"""Affiliations: who holds which role where. All sentences are invented."""

from __future__ import annotations

import pytest

from tests.facts.conftest import FactsIn


def held(facts_in: FactsIn, text: str) -> set[tuple[str, str, str, str]]:
    return {(r["person_id"], r["org_id"], r["role"], r["status"]) for r in facts_in(text, table="affiliations")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("智谱CEO张鹏出席了会议。", {("zhang-peng-zhipu", "zhipu", "ceo", "current")}),
        (
            "零一万物CEO、创新工场董事长李开复来了。",
            {("li-kaifu", "zero-one-wanwu", "ceo", "current"), ("li-kaifu", "sinovation", "chair", "current")},
        ),
        ("MiniMax創始人兼CEO閆俊傑來了。", {("yan-junjie", "minimax", "founder", "current"), ("yan-junjie", "minimax", "ceo", "current")}),
        ("前OpenAI首席科学家伊尔亚·苏茨克维在场。", {("ilya-sutskever", "openai", "chief_scientist", "former")}),
        ("杨植麟（月之暗面创始人）在场。", {("yang-zhilin", "moonshot", "founder", "current")}),
        ("杨植麟是月之暗面的创始人。", {("yang-zhilin", "moonshot", "founder", "current")}),
        ("李飞飞创办的World Labs很受关注。", {("fei-fei-li", "world-labs", "founder", "current")}),
        ("马斯克旗下的xAI很受关注。", {("elon-musk", "xai", "owner", "current")}),
        ("OpenAI的奥特曼没有出席。", {("sam-altman", "openai", "other", "current")}),
        ("吴永辉今年加入字节跳动。", {("wu-yonghui", "bytedance", "unspecified", "joined")}),
        ("月之暗面融资顺利，其创始人杨植麟没有露面。", {("yang-zhilin", "moonshot", "founder", "current")}),
    ],
)
def test_roles(facts_in: FactsIn, text: str, expected: set[tuple[str, str, str, str]]) -> None:
    assert held(facts_in, text) == expected


def test_a_future_post_is_planned(facts_in: FactsIn) -> None:
    rows = facts_in("杨植麟将于下月担任百度副总裁。", table="affiliations")
    assert [(r["org_id"], r["role"], r["status"], r["assertion"]) for r in rows] == [("baidu", "vp", "joined", "planned")]


def test_a_list_of_former_employers_is_a_row_each(facts_in: FactsIn) -> None:
    assert {o for _, o, _, s in held(facts_in, "杨植麟曾在谷歌、Meta任职。") if s == "former"} == {"google", "meta"}


def test_a_list_of_people_shares_the_organisation(facts_in: FactsIn) -> None:
    found = held(facts_in, "智谱CEO张鹏、总裁王绍兰均出席。")
    assert ("wang-shaolan", "zhipu", "executive", "current") in found


def test_a_title_that_several_hold_is_shared_by_the_list(facts_in: FactsIn) -> None:
    found = held(facts_in, "高盛分析師張鵬和王小川出席。")
    assert {(p, o) for p, o, r, _ in found if r == "analyst"} == {("zhang-peng-zhipu", "goldman"), ("wang-xiaochuan", "goldman")}


def test_a_chief_executive_shares_his_title_with_nobody(facts_in: FactsIn) -> None:
    assert {p for p, *_ in held(facts_in, "智谱CEO张鹏和王小川出席。")} == {"zhang-peng-zhipu"}


def test_posts_taken_respectively(facts_in: FactsIn) -> None:
    found = held(facts_in, "李开复和杨植麟分别出任百度董事长和CEO。")
    assert found == {("li-kaifu", "baidu", "chair", "joined"), ("yang-zhilin", "baidu", "ceo", "joined")}


def test_a_post_without_a_company_is_at_the_one_spoken_of(facts_in: FactsIn) -> None:
    found = held(facts_in, "百度去年调整了架构。李开复离开公司，杨植麟出任首席执行官。")
    assert found == {("li-kaifu", "baidu", "unspecified", "left"), ("yang-zhilin", "baidu", "ceo", "joined")}


@pytest.mark.parametrize("text", ["马斯克起诉OpenAI。", "李开复看好百度。", "杨植麟与百度合作。", "百度加入了联盟。"])
def test_no_affiliation(facts_in: FactsIn, text: str) -> None:
    assert held(facts_in, text) == set()

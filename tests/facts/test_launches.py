"""What makes a row of `launches`, construction by construction, and what does not."""

from __future__ import annotations

from datetime import date

import pytest


def launched(facts_in, text, **options):
    return {(r["subject_id"], r["kind"]) for r in facts_in(text, table="launches", **options)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月5日，智谱发布了新模型GLM-4.5。", {("glm-4.5", "launch")}),
        ("月之暗面正式推出面向开发者的模型Kimi K2。", {("kimi-k2", "launch")}),
        ("騰訊推出了面向遊戲的模型混元3D。", {("hunyuan-3d", "launch")}),
        ("GLM-4.5于上周正式上线。", {("glm-4.5", "launch")}),
        ("据悉，Kimi K2也即将问世。", {("kimi-k2", "launch")}),
        ("去年推出的GLM-4.5颇受欢迎。", {("glm-4.5", "launch")}),
        ("隨著Kimi K2的發布，業界議論紛紛。", {("kimi-k2", "launch")}),
        ("Kimi K2发布后，同行开始跟进。", {("kimi-k2", "launch")}),
        ("智谱昨日放出了压箱底的成果：GLM-4.5。", {("glm-4.5", "launch")}),
    ],
)
def test_active_passive_attributive_and_nominal_launches_are_rows(facts_in, text, expected):
    assert launched(facts_in, text) == expected


def test_a_list_with_descriptions_gives_a_row_for_each_name(facts_in):
    text = "上个月，阿里陆续开源了推理模型QwQ、会看图的QVQ以及新一代视觉模型Qwen2.5-VL。"
    assert launched(facts_in, text) == {("qwq", "open_source"), ("qvq", "open_source"), ("qwen2.5-vl", "open_source")}


def test_the_name_in_a_relative_clause_is_not_what_is_launched(facts_in):
    assert launched(facts_in, "谷歌推出基于Gemini 3 Pro打造的图像模型Nano Banana Pro。") == {("gemini-3-pro-image", "launch")}


def test_a_launch_later_opened_is_two_rows(facts_in):
    text = "百度将在秋天推出文心大模型4.5，并于9月1日起正式开源。"
    rows = {r["kind"]: r for r in facts_in(text, table="launches")}
    assert set(rows) == {"launch", "open_source"}
    assert rows["open_source"]["date_start"] == date(2025, 9, 1)


def test_a_preview_an_end_and_a_new_name_have_their_kinds(facts_in):
    assert launched(facts_in, "谷歌上线了Gemini 3 Pro预览版。") == {("gemini-3-pro", "preview")}
    assert launched(facts_in, "字节跳动宣布停止星绘的运营。") <= {("xinghui", "shutdown")}
    assert ("qianwen-app", "rename") in launched(facts_in, "阿里将应用更名为千问App。")


def test_a_new_function_is_an_upgrade(facts_in):
    assert ("doubao-app", "upgrade") in launched(facts_in, "豆包App近日上线了实时翻译功能。")


def test_what_is_announced_is_planned_and_not_dated_by_the_announcement(facts_in):
    (row,) = facts_in("6月3日，OpenAI宣布，将在未来几个月内推出GPT-5。", table="launches")
    assert (row["assertion"], row["date_start"]) == ("planned", None)


def test_a_launch_that_does_not_happen_is_denied(facts_in):
    (row,) = facts_in("OpenAI表示不会发布GPT-5。", table="launches")
    assert row["assertion"] == "denied"


def test_the_date_is_that_of_the_launch_and_not_of_another_clause(facts_in):
    rows = facts_in("5月6日，智谱发布GLM-4.5；6月7日，月之暗面发布Kimi K2。", table="launches")
    assert {r["subject_id"]: r["date_start"] for r in rows} == {"glm-4.5": date(2025, 5, 6), "kimi-k2": date(2025, 6, 7)}


def test_a_date_in_brackets_belongs_to_its_own_name(facts_in):
    rows = facts_in("DeepSeek接连发布了V3（2024年12月26日）和R1（2025年1月20日）。", table="launches")
    assert {r["subject_id"]: r["date_start"] for r in rows} == {"deepseek-v3": date(2024, 12, 26), "deepseek-r1": date(2025, 1, 20)}


def test_years_since_a_launch_date_it(facts_in):
    (row,) = facts_in("距离ChatGPT发布已经过了两年，热度不减。", table="launches")
    assert (row["date_start"], row["date_end"]) == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "月之暗面发布了一款性能比肩GPT-4o的模型。",
        "智谱发布了关于GPT-4o的技术报告。",
        "不少企业推出了价格高昂的DeepSeek培训课程。",
        "最大的开源模型Llama-3.1在榜单上领先。",
        "如果OpenAI发布GPT-5，市场会怎样？",
        "千问在开源社区受到欢迎。",
        "完整版o3什么时候发布？",
    ],
)
def test_other_objects_adjectives_and_questions_launch_nothing(facts_in, text):
    assert launched(facts_in, text) == set()


def test_a_platform_that_lists_the_model_of_another_launches_nothing(facts_in):
    assert launched(facts_in, "硅基流动上架了DeepSeek-V3。") == set()


def test_launches_told_in_other_words(facts_in):
    for text, expected in (
        ("字节跳动还准备推出的应用包括即梦AI。", ("bytedance", "launch")),
        ("月之暗面正在更新自己的Kimi。", ("moonshot", "upgrade")),
        ("豆包接入抖音。", ("bytedance", "upgrade")),
        ("豆包手機助手正式發表。", ("bytedance", "launch")),
    ):
        rows = facts_in(text, table="launches")
        assert expected in {(r["org_id"], r["kind"]) for r in rows}, text


def test_showing_what_a_model_can_do_is_no_launch(facts_in):
    assert facts_in("OpenAI展示了o3-mini在多个领域的性能。", table="launches") == []

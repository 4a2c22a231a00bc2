"""What makes a row of `partnerships`: pairs, lists, users of a model, customers and backers."""

from __future__ import annotations

import pytest


def pairs(facts_in, text):
    return {(frozenset((r["org_a"], r["org_b"])), r["kind"]) for r in facts_in(text, table="partnerships")}


def pair(a, b, kind):
    return (frozenset((a, b)), kind)


def test_a_list_of_partners_gives_a_row_for_each(facts_in):
    text = "智谱与三星、OPPO、小米达成战略合作。"
    assert pairs(facts_in, text) == {pair("zhipu", x, "strategic") for x in ("samsung", "oppo", "xiaomi")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("阶跃星辰联合吉利推出一款车载模型。", pair("stepfun", "geely", "co_development")),
        ("智譜與華為共同開發了面向政務的系統。", pair("zhipu", "huawei", "co_development")),
        ("零一万物和阿里云成立联合实验室。", pair("zero-one-wanwu", "alibaba-cloud", "joint_lab")),
        ("三星宣布成为智谱的合作伙伴。", pair("samsung", "zhipu", "strategic")),
        ("月之暗面拿下了小米的大单。", pair("moonshot", "xiaomi", "customer")),
        ("由台积电代工的芯片将供OpenAI使用，OpenAI计划交由台积电制造。", pair("openai", "tsmc", "customer")),
        ("微软支持的OpenAI表现亮眼。", pair("microsoft", "openai", "investment")),
    ],
)
def test_kinds_of_tie(facts_in, text, expected):
    assert expected in pairs(facts_in, text)


@pytest.mark.parametrize(
    ("text", "users"),
    [
        ("华为、荣耀、OPPO等厂商纷纷接入DeepSeek-R1。", {"huawei", "honor", "oppo"}),
        ("小米已完成与DeepSeek模型的深度融合。", {"xiaomi"}),
        ("微軟將DeepSeek-R1納入了Azure。", {"microsoft"}),
        ("比亚迪宣布完成DeepSeek的接入工作。", {"byd"}),
        ("百度智能云推出了基于DeepSeek-R1的解决方案。", {"baidu-ai-cloud"}),
        ("DeepSeek-R1正式登陆华为云。", {"huawei-cloud"}),
    ],
)
def test_whoever_uses_a_model_is_tied_to_its_developer(facts_in, text, users):
    assert pairs(facts_in, text) == {pair(user, "deepseek", "deployment") for user in users}


def test_building_on_a_model_of_another_house_is_deployment(facts_in):
    assert pair("amazon", "alibaba", "deployment") in pairs(facts_in, "亚马逊的团队以Qwen3为基础模型打造新系统。")


def test_a_venture_of_three_ties_all_of_them(facts_in):
    found = {names for names, _ in pairs(facts_in, "该项目由OpenAI、软银和甲骨文牵头。")}
    assert found == {frozenset(p) for p in (("openai", "softbank"), ("openai", "oracle"), ("softbank", "oracle"))}


def test_the_subject_is_carried_over_sentences(facts_in):
    text = "智谱近来动作频频。该公司还与三星签署了合作协议。"
    assert {names for names, _ in pairs(facts_in, text)} == {frozenset(("zhipu", "samsung"))}


def test_field_text_keeps_the_words_of_the_source(facts_in):
    (row,) = facts_in("智譜與華為共同開發了面向政務的系統。", table="partnerships")
    assert "華為" in row["field_text"]


@pytest.mark.parametrize(
    "text",
    [
        "OpenAI与谷歌的竞争日趋激烈，合作无从谈起。",
        "美国国防部禁止在设备上使用DeepSeek。",
        "阿里云部署了通义千问。",
        "智谱没有与三星合作。",
        "越来越多的企业接入DeepSeek。",
        "腾讯为什么不选择DeepSeek？",
    ],
)
def test_rivals_bans_ones_own_house_and_unnamed_users_make_no_pair(facts_in, text):
    assert pairs(facts_in, text) == set()


def test_a_list_of_companies_and_products_before_a_use_is_read_whole(facts_in):
    rows = facts_in("微软Azure、腾讯云、阿里云等云服务商已经接入DeepSeek-R1。", table="partnerships")
    assert {frozenset((r["org_a"], r["org_b"])) for r in rows} >= {
        frozenset(("alibaba-cloud", "deepseek")),
        frozenset(("tencent-cloud", "deepseek")),
    }


def test_partners_told_in_other_words(facts_in):
    for text in ("蘋果和阿里巴巴聯手的消息傳出。", "苹果最终选择了阿里巴巴的通义千问。", "随着和苹果的深度牵手，阿里巴巴也有了新的入口。"):
        rows = facts_in(text, table="partnerships")
        assert {"apple", "alibaba"} in [{r["org_a"], r["org_b"]} for r in rows], text

"""What makes a row of `corporate_events`, event by event, and whose event it is."""

from __future__ import annotations

from datetime import date

import pytest


def events(facts_in, text):
    return {(r["org_id"], r["event"]) for r in facts_in(text, table="corporate_events")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("智谱成立于2019年，总部在北京。", ("zhipu", "founded")),
        ("百川智能宣布放弃通用大模型的训练。", ("baichuan", "exit_foundation_models")),
        ("百川智能全面转向医疗行业。", ("baichuan", "pivot")),
        ("智譜已啟動IPO進程。", ("zhipu", "ipo_filing")),
        ("MiniMax在港交所挂牌上市。", ("minimax", "ipo_listing")),
        ("字节跳动对大模型研发体系进行了重组。", ("bytedance", "reorganization")),
        ("百川智能裁撤了金融团队。", ("baichuan", "layoffs")),
        ("百川智能的一位联合创始人已经离职。", ("baichuan", "executive_departure")),
        ("阿里云宣布旗下模型再次降价。", ("alibaba-cloud", "price_cut")),
        ("月之暗面上调了会员价格。", ("moonshot", "price_rise")),
        ("百度宣布文心一言将全面免费。", ("baidu", "goes_free")),
        ("月之暗面大幅削减了投放预算。", ("moonshot", "marketing_cut")),
        ("MiniMax已停止星野的运营。", ("minimax", "product_shutdown")),
        ("微软拟收购Cursor的母公司Anysphere。", ("microsoft", "acquisition")),
        ("零一万物否认将被收购。", ("zero-one-wanwu", "acquisition_denied")),
        ("零一万物的预训练团队整体并入阿里云。", ("zero-one-wanwu", "team_transfer")),
        ("Groq的核心团队来自谷歌。", ("groq", "team_spinoff")),
        ("智谱获得地方国资支持。", ("zhipu", "government_backing")),
        ("谷歌内部拉响了红色警报。", ("google", "emergency")),
        ("智谱一直坚持开源路线。", ("zhipu", "open_source_strategy")),
        ("微信限制了豆包的登录。", ("tencent", "platform_restriction")),
        ("美国商务部将智谱列入实体清单。", ("zhipu", "sanctioned")),
        ("纽约时报起诉OpenAI。", ("openai", "lawsuit")),
        ("科大讯飞荣获国家科技奖。", ("iflytek", "award")),
    ],
)
def test_each_event_has_its_cues(facts_in, text, expected):
    assert expected in events(facts_in, text)


def test_former_and_latter_are_the_pair_named_before(facts_in):
    text = "今年，零一万物和百川智能相继宣布退出基础大模型的训练。前者全面转向企业服务，后者选择聚焦于医疗。"
    found = events(facts_in, text)
    assert {("zero-one-wanwu", "exit_foundation_models"), ("baichuan", "exit_foundation_models")} <= found
    assert {("zero-one-wanwu", "pivot"), ("baichuan", "pivot")} <= found


def test_a_joint_lab_is_an_event_of_each_founder(facts_in):
    assert {("zero-one-wanwu", "joint_lab"), ("alibaba-cloud", "joint_lab")} <= events(facts_in, "零一万物与阿里云成立联合实验室。")


def test_a_pronoun_is_the_company_of_the_sentence_before(facts_in):
    assert ("stepfun", "open_source_strategy") in events(facts_in, "阶跃星辰近来颇受关注。该公司坚持开源路线。")


def test_who_leaves_one_company_for_another_is_two_events(facts_in):
    rows = facts_in("吴永辉离开谷歌加入字节跳动。", table="corporate_events")
    assert {(r["org_id"], r["event"], r["person_id"]) for r in rows} == {
        ("google", "executive_departure", "wu-yonghui"),
        ("bytedance", "executive_hire", "wu-yonghui"),
    }


def test_a_bid_by_a_person_is_an_event_of_the_target(facts_in):
    (row,) = facts_in("马斯克计划收购OpenAI。", table="corporate_events")
    assert (row["org_id"], row["event"], row["person_id"], row["assertion"]) == ("openai", "acquisition", "elon-musk", "planned")


def test_the_buyer_has_the_target_as_counterparty(facts_in):
    (row,) = facts_in("5月8日，英伟达宣布收购Groq。", table="corporate_events")
    assert (row["org_id"], row["counterparty_org_id"], row["date_start"]) == ("nvidia", "groq", date(2025, 5, 8))


def test_a_future_that_is_announced_is_planned(facts_in):
    (row,) = facts_in("百度表示，文小言将从7月1日起全面免费。", table="corporate_events")
    assert (row["assertion"], row["date_start"]) == ("planned", date(2025, 7, 1))


def test_the_year_of_founding_is_that_year_alone(facts_in):
    (row,) = facts_in("智譜自2019年成立以來，專注於基礎研究。", table="corporate_events")
    assert (row["date_start"], row["date_end"]) == (date(2019, 1, 1), date(2019, 12, 31))


def test_detail_text_is_the_clause_as_written(facts_in):
    (row,) = facts_in("智譜已啟動IPO進程。", table="corporate_events")
    assert row["detail_text"] == "智譜已啟動IPO進程"


@pytest.mark.parametrize(
    "text",
    [
        "很多创业公司放弃了预训练。",
        "“六小虎”纷纷退出基础大模型的训练。",
        "如果智谱启动IPO，市场会如何反应？",
        "智谱不会放弃预训练。",
        "用户正在转向豆包。",
        "ChatGPT免费版的用户很多。",
        "汽车厂商打响了价格战。",
        "苹果的新品即将上市。",
        "这个模型不再受限于预训练。",
    ],
)
def test_unnamed_actors_hypotheses_denials_and_other_senses_make_no_row(facts_in, text):
    assert events(facts_in, text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Groq已被英伟达收购。", ("nvidia", "acquisition")),
        ("微軟將與Groq合併。", ("microsoft", "acquisition")),
        ("马斯克已向OpenAI董事会提交要约。", ("openai", "acquisition")),
        ("马斯克已对OpenAI提起多起诉讼。", ("openai", "lawsuit")),
        ("智譜的IPO將在明年進行。", ("zhipu", "ipo_listing")),
        ("2014年阿里巴巴上市曾引起轰动。", ("alibaba", "ipo_listing")),
        ("OpenAI解散了安全团队。", ("openai", "reorganization")),
        ("百度成立了一家全资子公司。", ("baidu", "reorganization")),
        ("从百度到腾讯都打起了价格战。", ("tencent", "price_cut")),
        ("OpenAI进一步加大免费力度。", ("openai", "goes_free")),
        ("通过开源模型，智谱吸引了许多开发者。", ("zhipu", "open_source_strategy")),
        ("Anthropic切断了xAI使用Claude的权限。", ("anthropic", "platform_restriction")),
        ("字节跳动已被美国政府禁止在当地运营。", ("bytedance", "sanctioned")),
    ],
)
def test_events_told_in_other_words(facts_in, text, expected):
    assert expected in events(facts_in, text)


def test_who_leaves_or_takes_office_without_a_company_named(facts_in):
    text = "2019年，在马斯克离开公司、奥特曼出任首席执行官后，OpenAI有了新的方向。"
    assert {("openai", "executive_departure"), ("openai", "executive_hire")} <= events(facts_in, text)


def test_who_backs_a_bid_takes_part_in_it_and_a_no_refuses_it(facts_in):
    text = "马斯克以970亿美元的价格竞购OpenAI。此次竞标得到了xAI的支持。奥特曼对这一提议的回应是“不，谢谢”。"
    assert {("openai", "acquisition"), ("xai", "acquisition"), ("openai", "acquisition_denied")} <= events(facts_in, text)


def test_giving_up_the_own_model_is_an_exit_also_if_denied(facts_in):
    (row,) = facts_in("腾讯官方表示，并非放弃混元大模型。", table="corporate_events")
    assert (row["org_id"], row["event"], row["assertion"]) == ("tencent", "exit_foundation_models", "denied")

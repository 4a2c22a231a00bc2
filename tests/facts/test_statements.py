"""Statements: who is credited with an opinion, a prediction, a warning or a plan, and in which words. All sentences are invented."""

from __future__ import annotations

from datetime import date

import pytest

from tests.facts.conftest import FactsIn


def said(facts_in: FactsIn, text: str) -> list[tuple[str, str]]:
    return [(r["speaker_id"], r["text"]) for r in facts_in(text, table="statements")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("杨植麟认为，长文本还有很长的路要走。", [("yang-zhilin", "长文本还有很长的路要走")]),
        ("楊植麟認為，長文本還有很長的路要走。", [("yang-zhilin", "長文本還有很長的路要走")]),
        ("“价格战不会持续太久。”王小川说。", [("wang-xiaochuan", "价格战不会持续太久")]),
        ("「價格戰不會持續太久，」王小川說。", [("wang-xiaochuan", "價格戰不會持續太久")]),
        ("百川智能CEO王小川在一次采访中坦言：“我们走了弯路。”", [("wang-xiaochuan", "我们走了弯路")]),
        ("在李开复看来，应用的窗口已经打开。", [("li-kaifu", "应用的窗口已经打开")]),
        ("李开复的答案是：先做应用再做模型。", [("li-kaifu", "先做应用再做模型")]),
        ("智谱相关负责人表示，公司将继续投入基础模型。", [("zhipu", "公司将继续投入基础模型")]),
        ("高盛预计，推理芯片的需求会继续上升。", [("goldman", "推理芯片的需求会继续上升")]),
        ("黄仁勋将这款芯片称为“算力的发动机”。", [("jensen-huang", "将这款芯片称为“算力的发动机”")]),
    ],
)
def test_one_speaker_is_found(facts_in: FactsIn, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(facts_in, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据高盛分析师的说法，需求还会上升。据李开复的判断，窗口只剩两年。", [("li-kaifu", "窗口只剩两年")]),
        ("根據李開復和王小川的說法，應用才有錢賺。", [("li-kaifu", "應用才有錢賺"), ("wang-xiaochuan", "應用才有錢賺")]),
        ("王小川与百度副总裁李彦宏对谈时表示，医疗是最难的场景。", [("wang-xiaochuan", "医疗是最难的场景")]),
        ("百度项目经理透露，团队将会继续扩大测试的范围。", [("baidu", "团队将会继续扩大测试的范围")]),
        ("医疗大模型离真正落地还有很长的距离（王小川这样表示）。", [("wang-xiaochuan", "医疗大模型离真正落地还有很长的距离")]),
        (
            "「我們走了不少彎路，」王小川攤開雙手，「但方向沒有錯。」",
            [("wang-xiaochuan", "我們走了不少彎路"), ("wang-xiaochuan", "但方向沒有錯")],
        ),
        ("王小川的回答很坦诚：我们一开始就走错了路。", [("wang-xiaochuan", "我们一开始就走错了路")]),
        ("高盛将这轮行情比作二十年前的电信泡沫。", [("goldman", "将这轮行情比作二十年前的电信泡沫")]),
        ("百度的态度更明确——他们表示未来不会涨价。", [("baidu", "未来不会涨价")]),
    ],
)
def test_other_ways_of_speaking(facts_in: FactsIn, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(facts_in, text) == expected


def test_reported_words_run_on_in_the_first_person(facts_in: FactsIn) -> None:
    found = said(facts_in, "王小川表示，医疗是最难的场景。我们必须先赢得医生的信任。市场上还有不少同类产品。")
    assert [t for _, t in found] == ["医疗是最难的场景", "我们必须先赢得医生的信任"]


def test_an_author_who_says_we_is_no_speaker(facts_in: FactsIn) -> None:
    text = "我们今天来谈谈医疗大模型。\n\n王小川表示，医疗是最难的场景。\n\n我们认为这条路还很长。"
    assert [t for _, t in said(facts_in, text)] == ["医疗是最难的场景"]


def test_items_of_an_announced_list_belong_to_the_speaker(facts_in: FactsIn) -> None:
    text = (
        "高盛认为，下列行业将会受益。\n\n具体来看：\n\n"
        "软件行业：百度等厂商的开发门槛可能进一步降低，应用渗透有望加速。\n\n芯片行业：英伟达的推理芯片需求可能继续上升，竞争也会更激烈。"
    )
    assert [s for s, _ in said(facts_in, text)] == ["goldman", "goldman", "goldman"]


def test_two_verbs_make_two_statements_of_one_speaker(facts_in: FactsIn) -> None:
    found = said(facts_in, "李开复直言创业公司机会不多，并认为应用才有钱赚。")
    assert found == [("li-kaifu", "创业公司机会不多"), ("li-kaifu", "应用才有钱赚")]


def test_a_quotation_broken_by_its_speaker_is_two_statements(facts_in: FactsIn) -> None:
    found = said(facts_in, "“我们刚刚开始，”王小川说，“后面的路还很长。”")
    assert [t for _, t in found] == ["我们刚刚开始", "后面的路还很长"]


def test_every_speaker_of_a_list_gets_a_row(facts_in: FactsIn) -> None:
    assert {s for s, _ in said(facts_in, "百度和腾讯均表示，开源有助于生态发展。")} == {"baidu", "tencent"}


def test_a_pronoun_means_the_last_speaker(facts_in: FactsIn) -> None:
    found = said(facts_in, "王小川指出，医疗是最难的场景。他还强调，医生不会被取代。")
    assert found == [("wang-xiaochuan", "医疗是最难的场景"), ("wang-xiaochuan", "医生不会被取代")]


def test_a_quotation_alone_belongs_to_the_last_speaker(facts_in: FactsIn) -> None:
    found = said(facts_in, "王小川指出，医疗是最难的场景。\n\n“没有哪个行业像它那样依赖经验和判断。”")
    assert found[-1] == ("wang-xiaochuan", "没有哪个行业像它那样依赖经验和判断")


def test_a_verb_that_only_goes_on_announcing_is_no_second_statement(facts_in: FactsIn) -> None:
    assert said(facts_in, "黄仁勋表示，他认为算力永远不够用。") == [("jensen-huang", "算力永远不够用")]


@pytest.mark.parametrize(
    "text",
    [
        "很多人认为，大模型的泡沫很大。",  # a crowd
        "QuestMobile数据显示，豆包的月活跃用户规模为1亿。",  # data, credited but nobody's opinion
        "百度宣布文心大模型正式上线。",  # what a company has done
        "杨植麟透露，Kimi的月活跃用户已达3000万。",  # a bare figure
        "百度的说法并不可信。",  # a noun
        "也就是说，模型还不够好。",
        "公司至今没有透露任何细节。",
        "微软营收低于市场预期，股价下跌。",
    ],
)
def test_no_statement(facts_in: FactsIn, text: str) -> None:
    assert said(facts_in, text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("李开复预测，大模型公司会越来越少。", "prediction"),
        ("黄仁勋警告，出口管制适得其反。", "warning"),
        ("奥特曼宣布，GPT-5将免费开放。", "plan"),
        ("王小川认为，医疗最需要大模型。", "opinion"),
    ],
)
def test_kind(facts_in: FactsIn, text: str, kind: str) -> None:
    assert [r["kind"] for r in facts_in(text, table="statements")] == [kind]


def test_the_date_is_that_of_speaking_not_of_what_is_said(facts_in: FactsIn) -> None:
    (row,) = facts_in("2025年3月，王小川在采访中表示，2027年医疗大模型会成熟。", table="statements")
    assert (row["date_start"], row["date_end"], row["venue"]) == (date(2025, 3, 1), date(2025, 3, 31), "采访")
    (row,) = facts_in("王小川表示，2027年医疗大模型会成熟。", table="statements")
    assert row["date_start"] is None


def test_words_in_quotation_marks_are_direct(facts_in: FactsIn) -> None:
    (row,) = facts_in("王小川说：“我们走了弯路。”", table="statements")
    assert row["is_direct_quote"]
    assert row["text"] == "我们走了弯路"
    (row,) = facts_in("王小川说，公司走了“弯路”。", table="statements")
    assert not row["is_direct_quote"]
    assert row["text"] == "公司走了“弯路”"

"""When an undated article was published, by what it tells and announces."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.dating import Inferred, infer_published
from pipeline.documents.furniture import body_spans
from pipeline.documents.page import view_of


def inferred(text: str) -> Inferred:
    view = view_of(text)
    return infer_published(view, body_spans(view))


def test_an_article_is_later_than_the_last_thing_it_tells() -> None:
    found = inferred("2025年的模型市场很热闹。今年2月，公司发布了语音模型。6月12日，公司宣布完成融资。\n去年，公司的收入还很少。")
    assert found.start == date(2025, 6, 12)
    assert found.end is not None
    assert found.end <= date(2025, 6, 30)
    assert found.evidence is not None
    assert "6月12日" in found.evidence


def test_both_scripts_are_dated_alike() -> None:
    assert inferred("2025年的模型市場很熱鬧。今年4月，公司發布了語音模型。") == inferred(
        "2025年的模型市场很热闹。今年4月，公司发布了语音模型。"
    )


def test_an_article_is_earlier_than_what_it_announces() -> None:
    found = inferred("2025年的模型市场很热闹。6月12日，公司宣布完成融资，新模型将于6月15日发布。")
    assert found.end == date(2025, 6, 14)


def test_a_plan_is_no_evidence_that_its_day_has_come() -> None:
    found = inferred("2025年的模型市场很热闹。3月5日，公司完成融资，预计今年12月推出新模型，目标是2027年盈利。")
    assert found.start == date(2025, 3, 5)


def test_a_dateline_is_the_day_of_publication() -> None:
    found = inferred("星河智能降价\n\n山城社11月3日讯 公司公布了新的价格。2025年9月，公司刚完成融资，上半年的收入翻了一番。")
    assert (found.start, found.end) == (date(2025, 11, 3), date(2025, 11, 3))


def test_days_that_follow_on_december_are_of_the_next_year() -> None:
    found = inferred("公司在2024年12月26日发布了旗舰模型，2024年11月25日完成了融资。1月20日，它又公布了推理模型，1月27日登上榜首。")
    assert found.start == date(2025, 1, 27)


def test_a_weekday_tells_the_year() -> None:
    text = "周五（2月7日），公司公布了价格。周四（2月6日），对手降价。2024年的价格战没有结束。"
    assert inferred(text).start == date(2025, 2, 7)


def test_a_lone_late_month_ends_the_interval() -> None:
    text = "2025年的市场很热闹。今年1月，公司融资。今年2月，模型发布。今年3月，团队调整。今年4月，产品上线。据报道，公司今年10月已决定停止旧产品。"
    found = inferred(text)
    assert found.start == date(2025, 4, 1)
    assert found.end == date(2025, 9, 30)


def test_a_year_alone_gives_a_year() -> None:
    found = inferred("2025年，越来越多的人习惯让模型干活了。市场很热闹。")
    assert (found.start, found.end) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("text", ["公司发布了新模型，价格很低。", "2月9日，公司发布了新模型。", "他2016年毕业，现在负责语音模型。"])
def test_no_year_is_better_than_a_wrong_one(text: str) -> None:
    assert inferred(text) == Inferred(None, None, None)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"2025年1月3日今去明初底将至—-/.（），。\n 周五讯消息公司发布",
                "2024年",
                "12月31日",
                "2月29日",
                "2月30日",
                "2023-02-30",
                "民國114年",
            ]
        ),
        max_size=60,
    )
)
def test_any_text_gives_an_ordered_interval_or_none(pieces: list[str]) -> None:
    found = inferred("".join(pieces))
    assert (found.start is None) == (found.end is None) == (found.evidence is None)
    if found.start and found.end:
        assert found.start <= found.end

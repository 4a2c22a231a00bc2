"""Folding: one form, and every span leads back to the raw characters."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.text import fold

WORDS = "位元組|網際網路|短影片|資料|智慧|2024|年|７月|億|爲|AI|，"
OTHERS = " |\u3000|\u200b|\u00a0|\r\n|\n|\x00|\ud800|🎉|⼈"
PIECES = st.sampled_from([*WORDS.split("|"), *OTHERS.split("|")])
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("６．５億", "6.5亿"),
        ("爲佈裏覈樑衆", "为布里核梁众"),
        ("位元組發佈新模型", "字节发布新模型"),
        ("百川智慧的智慧助手", "百川智能的智能助手"),
        ("2024 年 7 月", "2024年7月"),
        ("約 90 B 參數", "约90B参数"),
        ("零\u200b寬\ufeff字符", "零宽字符"),
        ("增長 35 %", "增长35%"),
        ("拿到 A + 輪融資", "拿到A+轮融资"),
        ("⼈⼯智能", "人工智能"),
        ("GPT 4 Turbo 發佈", "GPT 4 Turbo发布"),
        ("隨著著名專著問世，標誌著開始", "随着著名专著问世，标志着开始"),
    ],
)
def test_texts_of_one_meaning_have_one_form(raw: str, folded: str) -> None:
    assert fold(raw).text == folded


def test_taiwan_words_that_simplified_uses_otherwise_need_a_marker() -> None:
    assert fold("查閱歷史資料").text == "查阅历史资料"
    assert fold("透過演算法處理資料").text == "通过算法处理数据"
    assert fold("智慧城市的资料").text == "智慧城市的资料"


def test_simplified_text_is_left_alone() -> None:
    text = "某公司在2024年发布了3款模型，“智慧”不等于智能。"
    folded = fold(text)
    assert folded.text == text
    assert folded.raw_span(3, 9) == (3, 9)


def test_an_edited_word_is_taken_whole() -> None:
    raw = "由位元組投資"
    folded = fold(raw)
    start = folded.text.index("字节")
    assert raw[slice(*folded.raw_span(start, start + 2))] == "位元組"
    assert raw[slice(*folded.raw_span(start, start + 1))] == "位元組"
    assert folded.folded_offset(raw.index("投")) == folded.text.index("投")


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        fold("短").raw_span(0, 2)


@given(TEXTS)
@example("\u200b")
@example("位元組\u200b \u200b位元組")
@settings(max_examples=300, deadline=None)
def test_every_folded_span_leads_back(raw: str) -> None:
    folded = fold(raw)
    text = folded.text
    previous = 0
    for at in range(len(text)):
        start, end = folded.raw_span(at, at + 1)
        assert 0 <= start < end <= len(raw)
        assert start >= previous
        previous = start
        assert folded.folded_offset(start) <= at
    offsets = [folded.folded_offset(at) for at in range(len(raw) + 1)]
    assert offsets == sorted(offsets)
    assert not offsets or offsets[-1] == len(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing_more(raw: str) -> None:
    once = fold(raw).text
    assert len(fold(once).text) <= len(once)

"""Any string at all: no exception, every span inside the text and true to it, nothing overlaps, time grows with length."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.text import find_quantities, find_sentences, find_times
from pipeline.text.bench import blow_up, broken_span, fuzz

NUMBERS = (
    "2024 1 ３ . , % 一 三 两 十 百 千 万 億 亿 多 余 个 家 元 美元 倍 成 分之 / Q B token 每百万 张 块 GPU A100 H20 大模型 智能体 用户"
)
COUNTED = "下载 调用 融资 级 参数 腾 + - 不到 以上"
TIMES = "第 财 周 今年 去年 同年 次日 当月 自 起 以来 世纪 年 月 日 季度 上 下 半 前 后 近 到 至 - — ~ 春节 “ ” 。 ，"
OTHERS = "\n| |位元組|資料|\u200b|\ud800|🎉"
PIECES = st.sampled_from([*NUMBERS.split(), *COUNTED.split(), *TIMES.split(), *OTHERS.split("|")])
STRINGS = st.lists(PIECES | st.text(max_size=2), max_size=25).map("".join)


@given(STRINGS)
@example("2024-03-150评论")
@example("9" * 400)
@example("数" + "亿" * 60)
@example("一" * 300 + "年")
@settings(max_examples=300, deadline=None)
def test_spans_lie_inside_and_lead_back(text: str) -> None:
    assert broken_span(text) is None


@given(STRINGS)
@settings(max_examples=100, deadline=None)
def test_found_text_is_the_text_at_its_offsets(text: str) -> None:
    for found in (*find_quantities(text), *find_times(text, None)):
        assert text[found.start : found.end] == found.text
    assert all(text[s.start : s.end] for s in find_sentences(text))


def test_the_benchmark_fuzzes_without_a_failure() -> None:
    assert fuzz([("invented", "今年4月融资3亿美元，月活从3.2亿增至5.8亿。")], 400)[0] == "400 strings: exceptions none; broken spans 0"


def test_no_repeated_piece_costs_more_than_its_length() -> None:
    slow = {piece: ratio for piece, ratio in blow_up((1_000, 8_000)) if ratio > 4}  # 8 would be quadratic
    assert slow == {}

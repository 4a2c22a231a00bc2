"""Names, quantities and times claim the same characters: one of them keeps them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions import Mention, MentionFinder, reconcile
from pipeline.mentions.squash import squash
from pipeline.text import fold, quantities_in, times_in
from pipeline.text.spans import Quantity, TimeSpan

DAY = date(2025, 6, 1)


def quantity(start: int, end: int) -> Quantity:
    return Quantity(start, end, "x" * (end - start), 1.0, 1.0, 1.0, "exact")


def time(start: int, end: int) -> TimeSpan:
    return TimeSpan(start, end, "x" * (end - start), None, None, "year")


def mention(start: int, end: int, kind: str = "model", provisional: bool = False) -> Mention:
    return Mention(start, end, "x" * (end - start), kind, "x", provisional)


def test_a_quantity_inside_a_name_yields() -> None:
    assert reconcile([mention(0, 10)], [quantity(6, 10)], []) == ([mention(0, 10)], [], [])


def test_a_name_inside_a_quantity_yields() -> None:
    assert reconcile([mention(0, 3, "org")], [quantity(0, 6)], []) == ([], [quantity(0, 6)], [])


def test_a_year_inside_a_benchmark_yields() -> None:
    assert reconcile([mention(0, 9, "benchmark")], [], [time(5, 9)]) == ([mention(0, 9, "benchmark")], [], [])


def test_a_crossing_quantity_yields_to_a_model_and_wins_over_a_guess() -> None:
    assert reconcile([mention(0, 6)], [quantity(4, 9)], [])[1] == []
    assert reconcile([mention(0, 6, "org", True)], [quantity(4, 9)], [])[0] == []


def test_a_number_before_a_leader_names_the_company() -> None:
    company = Mention(0, 3, "360", "org", "qihoo")
    assert reconcile([company], [Quantity(0, 6, "360创始人", 360.0, 360.0, 360.0, "exact", "people")], []) == ([company], [], [])


def test_a_mention_that_loses_to_a_time_takes_no_quantity() -> None:
    assert reconcile([mention(2, 4, "org")], [quantity(2, 4)], [time(0, 5)])[1] == [quantity(2, 4)]


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=8)


def apart(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, length in sorted(pairs):
        if not out or start >= out[-1][1]:
            out.append((start, start + length))
    return out


@given(spans, spans, spans)
def test_nothing_overlaps_afterwards_and_a_second_call_changes_nothing(
    names: list[tuple[int, int]], numbers: list[tuple[int, int]], days: list[tuple[int, int]]
) -> None:
    taken_times = apart(days)
    free = [q for q in apart(numbers) if all(q[1] <= s or e <= q[0] for s, e in taken_times)]
    result = reconcile([mention(*span) for span in apart(names)], [quantity(*span) for span in free], [time(*span) for span in taken_times])
    kept = sorted((span.start, span.end) for group in result for span in group)
    assert all(first[1] <= second[0] for first, second in pairwise(kept))
    assert reconcile(*result) == result


PIECES = st.sampled_from(
    ["DeepSeek", "R1", "-", " ", "GPT-4", ".5", "5月", "模型", "公司", "创始人", "李", "文", "·", "（", "）", "(", "表示", "，", "完成", "融资", "大学",
     "\n", "12", "亿元", "Qwen", "2.5", "Tom Ford", "CEO", "、", "和", "以下简称", "“", "𠮷", "İ", "月", "已", "科技", "的"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_mentions_lie_in_the_text_in_order_without_overlap(finder: MentionFinder, raw: str) -> None:
    text = fold(raw).text
    quantities, times = quantities_in(text), times_in(text, DAY)
    found = finder.mentions_in(text, quantities, times)
    assert all(m.text == text[m.start : m.end] and m.start < m.end for m in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert reconcile(found, quantities, times)[0] == found


@given(st.text(alphabet="aB1.- ·_字，", max_size=30))
def test_squashing_keeps_the_way_back(raw: str) -> None:
    squashed = squash(raw)
    offsets = [squashed.offset(position) for position in range(len(squashed.text))]
    assert offsets == sorted(set(offsets))
    assert all(0 <= offset < len(raw) for offset in offsets)


@pytest.mark.parametrize(
    "text", ["月" * 20000, "已" * 20000, "李文" * 10000, "A b" * 8000, "GPT-4-" * 5000, "·李" * 10000, "（OpenAI" * 3000, "CEO" * 9000]
)
def test_long_runs_take_no_longer_than_their_length_warrants(finder: MentionFinder, text: str) -> None:
    assert all(m.end <= len(text) for m in finder.mentions_in(text))

"""Times: what context they need, and what they leave to quantities."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from pipeline.text import duration_quantity, find_quantities, find_times
from pipeline.text.festivals import festival

REFERENCE = date(2025, 5, 15)


def days(text: str, reference: date | None = REFERENCE) -> list[tuple[date | None, date | None]]:
    return [(t.date_start, t.date_end) for t in find_times(text, reference)]


def test_a_relative_time_without_a_reference_has_no_days() -> None:
    assert days("去年12月上线，三天前下架。", None) == [(None, None), (None, None)]
    assert [t.precision for t in find_times("去年12月上线。", None)] == ["unknown"]


def test_an_absolute_time_needs_no_reference() -> None:
    assert days("2024年2月上线。", None) == [(date(2024, 2, 1), date(2024, 2, 29))]


def test_a_bare_month_takes_the_year_of_the_sentence_before() -> None:
    assert days("2023年7月立项。9月发布。")[1] == (date(2023, 9, 1), date(2023, 9, 30))


def test_a_bare_month_in_a_new_paragraph_takes_the_last_one_before_the_reference() -> None:
    assert days("2023年7月立项。\n\n9月发布。")[1] == (date(2024, 9, 1), date(2024, 9, 30))
    assert days("4月发布。") == [(date(2025, 4, 1), date(2025, 4, 30))]


def test_a_guessed_year_does_not_bind_the_next_month() -> None:
    assert days("12月5日发布，1月3日降价。") == [(date(2024, 12, 5),) * 2, (date(2025, 1, 3),) * 2]


def test_a_month_that_is_planned_lies_ahead() -> None:
    assert days("预计9月发布。") == [(date(2025, 9, 1), date(2025, 9, 30))]
    assert days("8月1日起免费。") == [(date(2025, 8, 1), date(2025, 8, 1))]


def test_an_anaphoric_day_follows_the_one_named_before() -> None:
    assert days("11月30日发布，次日下架，3天后恢复。") == [(date(2024, 11, 30),) * 2, (date(2024, 12, 1),) * 2, (date(2024, 12, 4),) * 2]


def test_a_day_no_calendar_has_is_undated() -> None:
    assert days("2025年2月30日发布。") == [(None, None)]


def test_a_fiscal_year_is_the_companys_own() -> None:
    assert days("阿里巴巴2024财年收入增长。") == [(date(2023, 4, 1), date(2024, 3, 31))]
    assert days("某公司2024财年收入增长。") == [(date(2024, 1, 1), date(2024, 12, 31))]


def test_half_a_year_in_a_headline_is_the_half_it_is_written_in() -> None:
    assert days("半年发20个模型") == [(date(2025, 1, 1), date(2025, 6, 30))]


def test_addresses_hold_no_times() -> None:
    assert days("见https://example.org/2025/05/14/a.png，或写信到a2024@example.org。") == []


def test_a_quantity_never_overlaps_a_time() -> None:
    text = "近3年投入2900亿元，7个月增长27倍，2024年3月15日卖出12.5万台。"
    spans = sorted([(t.start, t.end) for t in find_times(text, REFERENCE)] + [(q.start, q.end) for q in find_quantities(text)])
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert len(spans) == 6


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "modifier", "unit"),
    [
        ("7个月", 7, 7, 7, "exact", "months"),
        ("3.3天", 3.3, 3.3, 3.3, "exact", "days"),
        ("两年半", 2.5, 2.5, 2.5, "exact", "years"),
        ("一年多", 1, 1, None, "over", "years"),
        ("几十年", None, 10, 100, "several", "years"),
        ("两三年", None, 2, 3, "range", "years"),
        ("3—6个月", None, 3, 6, "range", "months"),
    ],
)
def test_a_length_of_time_is_a_quantity_too(text: str, value: float, low: float, high: float, modifier: str, unit: str) -> None:
    [time] = find_times(f"用时{text}。", REFERENCE)
    assert time.is_duration
    assert time.text == text
    length = duration_quantity(time)
    assert length is not None
    assert (length.value, length.low, length.high, length.modifier, length.unit) == (value, low, high, modifier, unit)


def test_a_point_of_time_is_no_quantity() -> None:
    [time] = find_times("2024年发布。", REFERENCE)
    assert duration_quantity(time) is None


def test_festivals_follow_the_lunar_calendar() -> None:
    assert festival("春节", 2025) == (date(2025, 1, 28), date(2025, 2, 4))
    assert festival("春节", 2024) == (date(2024, 2, 10), date(2024, 2, 17))
    assert festival("中秋", 2024) == (date(2024, 9, 17), date(2024, 9, 17))
    assert festival("除夕", 2023) == (date(2023, 1, 21), date(2023, 1, 21))
    assert festival("感恩节", 2024) == (date(2024, 11, 28), date(2024, 11, 28))
    assert festival("春节", 1800) is None

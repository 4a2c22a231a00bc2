"""Numerals: Arabic, Chinese and mixed figures have one value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numerals import magnitude, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5万亿", 1.5e12),
        ("8.11万亿", 8.11e12),
        ("六亿五千万", 6.5e8),
        ("1亿2000万", 1.2e8),
        ("3,200", 3200),
        ("二十三", 23),
        ("十二", 12),
        ("一百零五", 105),
        ("三百二", 320),
        ("一万五", 15000),
        ("三点五亿", 3.5e8),
        ("二〇二五", 2025),
        ("百万", 1e6),
        ("两千", 2000),
        ("0.0006", 0.0006),
    ],
)
def test_a_numeral_has_its_value(text: str, value: float) -> None:
    assert number(text) == value


def test_a_word_is_no_numeral() -> None:
    assert number("公司") is None


def test_a_bare_magnitude() -> None:
    assert magnitude("十亿") == 10**9
    assert magnitude("") == 1


@given(st.integers(0, 10**7), st.integers(0, 99), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_decimal_is_exact(whole: int, fraction: int, scale: str) -> None:
    assert number(f"{whole}.{fraction:02d}{scale}") == (whole * 100 + fraction) * magnitude(scale) / 100

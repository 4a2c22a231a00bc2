"""Numerals: from the characters of a number, Arabic, Chinese or mixed, to its value. Units, modifiers and finding numbers in running text belong elsewhere."""

from __future__ import annotations

import re

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "俩": 2,
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
LATIN = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "t": 10**12,
    "tn": 10**12,
    "trillion": 10**12,
}
CHINESE_DIGIT = "零〇一二两三四五六七八九"
CHINESE_NUMERAL = CHINESE_DIGIT + "十百千万亿"

_LONGEST = 40  # characters; longer runs of digits are no numbers
_PLAIN = re.compile(r"(\d+)(?:\.(\d+))?([十百千]?[万亿]?亿?|[十百千])")
_PART = re.compile(r"\d+(?:\.\d+)?|.")


def magnitude(text: str) -> int:
    """The value of a bare magnitude: 十亿 -> 10**9, 万亿 -> 10**12, "" -> 1."""
    value = 1
    for character in text:
        value *= TENS.get(character) or MYRIADS[character]
    return value


def number(text: str) -> float | None:
    """The value of a numeral such as 1.5万亿, 六亿五千万, 3,200, 二十三, 三点五亿, 二〇二五; None if it is no numeral."""
    if len(text) > _LONGEST:
        return None
    text = text.replace(",", "").replace(" ", "").replace("个亿", "亿")
    plain = _PLAIN.fullmatch(text)
    if plain is not None:
        whole, fraction, scale = plain.groups()
        if fraction is None:
            return float(int(whole) * magnitude(scale))
        divisor: int = 10 ** len(fraction)
        return int(whole + fraction) * magnitude(scale) / divisor
    return _mixed(text)


def _mixed(text: str) -> float | None:
    total = section = 0.0
    pending: float | None = None
    scale = 1.0  # the unit before a last lone digit: 一万五 is 15,000
    parts = _PART.findall(text)
    at = 0
    while at < len(parts):
        part = parts[at]
        if part in DIGITS:
            pending = (0 if pending is None else pending * 10) + DIGITS[part]
            scale = 1.0 if part in "零〇" else scale
        elif part[0].isdigit():
            if pending is not None:
                return None
            pending, scale = float(part), 1.0
        elif part in ("点", "."):
            digits = ""
            while at + 1 < len(parts) and parts[at + 1] in DIGITS:
                at += 1
                digits += str(DIGITS[parts[at]])
            if not digits:
                return None
            pending = (pending or 0) + int(digits) / 10 ** len(digits)
            scale = 1.0
        elif part in TENS:
            section += (1 if pending is None else pending) * TENS[part]
            pending, scale = None, TENS[part] / 10
        elif part in MYRIADS:
            section += pending or 0
            if part == "万":
                total += (section or 1) * 10**4
            else:
                total = (total + section or 1) * MYRIADS[part]
            section, pending, scale = 0.0, None, MYRIADS[part] / 10
        else:
            return None
        at += 1
    if pending is not None:
        section += pending * (
            scale if scale > 1 and pending < 10 and parts[-1] in DIGITS and len(parts) > 1 and parts[-2] not in DIGITS else 1
        )
    value = total + section
    return round(value, 6)

"""Lengths of time and centuries: 近3年, 四个月前, 两天后, 7个月, 上世纪90年代. Points of the calendar are read in `times`."""

from __future__ import annotations

import re

from pipeline.text.fold import fold
from pipeline.text.numerals import DIGITS, magnitude, number
from pipeline.text.spans import Quantity, TimeSpan
from pipeline.text.time_patterns import CENTURY, OFFSET, Expression

_SAME_HALF = re.compile(r"发|推出|上线|开源|融资|狂|砸|卖")
_FUTURE = re.compile(r"将|预计|计划|有望|拟|预期|即将|未来")
_LENGTHS = {"年": "years", "月": "months", "度": "quarters", "周": "weeks", "期": "weeks", "拜": "weeks", "天": "days", "日": "days"}
# A word that ends in the first character of a time: 目[前日]均, 线[上月]活, 说[明天].
_FALSE_BEFORE = {
    "前": "目之以提此",
    "去": "过",
    "上": "线以之网",
    "明": "说声表证发",
    "后": "背之以",
    "本": "基根成样",
    "下": "以之线",
    "次": "每亿万一",
    "今": "如至迄",
    "当": "相",
    "同": "不",
    "昨": "",
}


def is_word_end(text: str, at: int) -> bool:
    """Whether the word at `at` is the end of another word."""
    return at > 0 and text[at - 1] in _FALSE_BEFORE.get(text[at], "")


def _is_pair(count: str) -> bool:
    """两三年, 七八天: two digits beside each other."""
    return len(count) == 2 and count[0] in DIGITS and count[1] in DIGITS


def _amount(match: re.Match[str]) -> float:
    """The number of an OFFSET match."""
    count = match["count"]
    if count[0] in "几数" or count == "十几":
        value = 10.0 if "十" in count else float(magnitude(count[1:]))
    else:
        value = 0.5 if count == "半" else float(DIGITS[count[0]]) if _is_pair(count) else number(count) or 0.0
    return value + (0.5 if match["half"] or match["unit"] == "个半月" else 0.0)


def read_offset(text: str, at: int) -> Expression | None:
    """近3年, 四个月前, 两天后, 7个月."""
    match = OFFSET.match(text, at)
    if match is None:
        return None
    before, big, count, count_to, _, unit, _, rest, after = match.groups()
    if (
        before is None
        and at > 0
        and (text[at - 1] in "第几数十百千万亿.·" or text[at - 1].isdigit() or (text[at - 1].isascii() and text[at - 1].isalnum()))
    ):
        return None
    if before is not None and (is_word_end(text, at) or (before == "后" and at > 0 and "\u4e00" <= text[at - 1] <= "\u9fff")):
        return read_offset(text, at + len(before))  # 问世后700天 is 700 days
    following = text[match.end() : match.end() + 1]
    if unit == "年" and after is None and following and following in "级期代制轮薪化份终会龄检产":
        return None
    if before in ("前", "这") and count == "一" and unit in ("年", "天"):  # 前一年, 这一天 point at what was said before
        return Expression(at, match.end(), "offset", detail=("", 1.0, unit, "same" if before == "这" else "earlier", "", None, ""))
    if before is None and after is None and _SAME_HALF.match(text, match.end()) and not big and count == "半" and unit == "年":
        return Expression(at, match.end(), "half")  # 半年发20个模型: the half year the text is written in
    if count == "半" and unit in ("天", "日", "周"):
        return None
    amount = _amount(match)
    end = match.end()
    if after is None and rest is None and before is None and count == "一" and unit == "天":
        return None
    future = bool(_FUTURE.search(text, max(0, at - 8), at))
    size = number(count_to) if count_to else float(DIGITS[count[1]]) if _is_pair(count) else None
    founded = text[max(0, at - 4) : at].rstrip("了近不到已约超过")
    detail = (
        before or "",
        amount,
        unit[-1],
        after or "",
        "founded" if founded.endswith(("成立", "创立", "创办")) else "",
        size,
        "future" if future else "",
    )
    return Expression(at, end, "offset", detail=detail)


def read_century(text: str, at: int) -> Expression | None:
    match = CENTURY.match(text, at)
    if match is None or (at and text[at - 1].isdigit()) or text.startswith(("经济报道", "经济研究"), match.end()):
        return None
    found = match.groupdict()
    if found["bare"]:
        base, decade, part = 1900, found["bare"], found["bare_part"]
    else:
        name = found["century"]
        century = 20 if name[0] == "上" else 21 if name == "本" else int(number(name) or 0)
        base, decade, part = (century - 1) * 100, found["decade"], found["decade_part"] or found["part"]
    first, last = base, base + 100 if not decade else base
    if decade:
        first = base + (int(decade) if decade.isdigit() else int(number(decade) or 0))
        last = first + 9
    if part:
        span = last - first
        if part in ("初", "早期"):
            last = first + (3 if decade else 10)
        elif part in ("末", "后期"):
            first = last - (3 if decade else 10)
        elif part in ("上半叶", "下半叶"):
            first, last = (first, first + span // 2) if part[0] == "上" else (first + span // 2, last)
    return Expression(at, match.end(), "fixed", detail=(first, last))


def duration_quantity(time: TimeSpan) -> Quantity | None:
    """A length of time as a quantity (7个月 -> 7 months, 3.3天 -> 3.3 days, 几十年 -> several years); None for a point."""
    if not time.is_duration:
        return None
    match = OFFSET.match(fold(time.text).text)
    if match is None:
        return None
    count, count_to, unit = match["count"], match["count_to"], _LENGTHS[match["unit"][-1]]
    low = _amount(match)
    if count[0] in "几数" or count == "十几":
        return Quantity(time.start, time.end, time.text, None, low, 20.0 if count == "十几" else low * 10, "several", unit)
    if _is_pair(count):
        return Quantity(time.start, time.end, time.text, None, low, float(DIGITS[count[1]]), "range", unit)
    if count_to is not None:
        return Quantity(time.start, time.end, time.text, None, low, number(count_to), "range", unit)
    if match["more"] or match["rest"] or match["unit"] == "个多月":
        return Quantity(time.start, time.end, time.text, low, low, None, "over", unit)
    return Quantity(time.start, time.end, time.text, low, low, low, "exact", unit)

"""The days of festivals, by the lunar calendar where they follow it. Which festival a text means is decided in `resolve`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from lunardate import LunarDate

_DAY = timedelta(days=1)
_LUNAR = {
    "元宵节": (1, 15),
    "端午节": (5, 5),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中秋节": (8, 15),
    "中秋": (8, 15),
    "重阳节": (9, 9),
    "腊八": (12, 8),
}
_SOLAR = {
    "元旦": ((1, 1), (1, 1)),
    "情人节": ((2, 14), (2, 14)),
    "清明": ((4, 4), (4, 6)),
    "清明节": ((4, 4), (4, 6)),
    "劳动节": ((5, 1), (5, 5)),
    "五一": ((5, 1), (5, 5)),
    "儿童节": ((6, 1), (6, 1)),
    "618": ((6, 18), (6, 18)),
    "国庆": ((10, 1), (10, 7)),
    "国庆节": ((10, 1), (10, 7)),
    "十一": ((10, 1), (10, 7)),
    "双11": ((11, 11), (11, 11)),
    "双十一": ((11, 11), (11, 11)),
    "双12": ((12, 12), (12, 12)),
    "双十二": ((12, 12), (12, 12)),
    "平安夜": ((12, 24), (12, 24)),
    "圣诞": ((12, 25), (12, 25)),
    "圣诞节": ((12, 25), (12, 25)),
    "跨年": ((12, 31), (12, 31)),
}
SPRING = frozenset(("春节", "新春", "农历新年", "农历春节"))
NAMES = (*sorted(SPRING), "除夕", "大年初一", "大年三十", "感恩节", *_LUNAR, *_SOLAR)
_FIRST_YEAR, _LAST_YEAR = 1901, 2098  # what the lunar tables cover


@cache
def festival(name: str, year: int) -> tuple[date, date] | None:
    """First and last day of a festival in a Gregorian year (its public holiday where it has one); None for a year outside the lunar tables."""
    if name in _SOLAR:
        (month, day), (last_month, last_day) = _SOLAR[name]
        return date(year, month, day), date(year, last_month, last_day)
    if name == "感恩节":
        november = date(year, 11, 1)
        thursday = november + timedelta(days=(3 - november.weekday()) % 7 + 21)
        return thursday, thursday
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if name in _LUNAR:
        lunar_month, lunar_day = _LUNAR[name]
        found: date = LunarDate(year - 1 if name == "腊八" else year, lunar_month, lunar_day).to_solar_date()
        return found, found
    new_year: date = LunarDate(year, 1, 1).to_solar_date()
    if name == "大年初一":
        return new_year, new_year
    if name in ("除夕", "大年三十"):
        return new_year - _DAY, new_year - _DAY
    # The public holiday: from the eve (2025 on: eight days), in 2024 from New Year's Day, before that seven days.
    if year >= 2025:
        return new_year - _DAY, new_year + 6 * _DAY
    if year == 2024:
        return new_year, new_year + 7 * _DAY
    return new_year - _DAY, new_year + 5 * _DAY

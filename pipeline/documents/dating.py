"""When was an article published that does not say so? An interval of days, from the dates its sentences mention. Declared dates are metadata.py's.

The reasoning is a reader's: an article is written after everything it tells as past and before everything it announces; a dateline (`2月13日消息`)
is the day itself; a month or day without a year is of the year of writing; and reports follow the last thing they report within days or weeks.
Articles do get their dates wrong, so one lonely month far after everything else widens the interval instead of moving it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_NUMERALS = {numeral: number for number, numeral in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_YEAR = r"(?:(?P<roc>民国)\s?(?P<roc_year>\d{2,3})|(?<![\d.])(?P<year>20[0-4]\d))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = r"(?:\s?(?P<part>上旬|中上旬|中下旬|中旬|下旬|月?初|伊始|中|末|底))?"
_TIME = re.compile(
    rf"""{_YEAR}\s?(?:年|[-/.](?=\d{{1,2}}[-/.]\d))\s?(?:{_MONTH}\s?(?:月|[-/.])\s?(?:(?P<day>3[01]|[12]\d|0?[1-9])\s?(?:[日号]|(?!\d|\s?[月年]))|份)?{_PART})?
      (?:(?P<season>年?初|伊始|年?底|年?末|年中|上半年|下半年|第?[一二三四1-4]季度?|[一二三四]季报))?
      | (?P<relative>今年|本年|去年|前年|明年|来年)?\s?(?:(?<![\d年.第近个\-—~至])|(?<=[今去前明本]年)|(?<=\d[月日]至)){_MONTH.replace('month', 'bare_month')}\s?月
        \s?(?:(?P<bare_day>3[01]|[12]\d|0?[1-9])\s?[日号]|份)?{_PART.replace('part', 'bare_part')}(?!球|亮|饼|薪|活|均|度|嫂|经|收|租|费|供|光|色)
      | (?P<anchor>今年|去年|明年)(?P<anchor_season>年?初|年?底|年?末|年中|上半年|下半年|春节|以来)?""",
    re.VERBOSE,
)
_DATELINE = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日?\s?(?:消息|讯|电(?!影|话|脑|商|力)|报道|获悉|晚间消息|早间消息)")
_AHEAD = re.compile(r"(?:将|拟|预计|计划|有望|定于|预期|即将|料)(?:会|将)?(?:于|在|从|自|最[早快]|最迟)?(?:北京时间)?$|(?:截止|延长|持续|有效期)[至到]?$")
_FUTURE = re.compile(r"将(?!近)|预[计测期估]|有望|计划|拟|目标|展望|未来|到$|至$|即将|规划|届时|料|或于|之前|前(?:完成|实现|推出|后)|愿景|承诺|力争|期待|明年|后年")
_PAST = re.compile(r"截至|截止|已|曾|了|过|自|以来|表示|宣布|发布|推出|上线|公布|数据显示|报告|财报|统计")
_BREAK = re.compile(r"[。！？；;，,\n：:（）()]")
_WEEKS_AFTER_A_DAY = 7


@dataclass(frozen=True, slots=True)
class Inferred:
    """The interval in which an article was published, inclusive, and the words that show it. None, None when the text gives no year."""

    start: date | None
    end: date | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class _Mention:
    """A date in the text. `year` is None where the year of writing is meant; `shift` is what 去年 (-1), 明年 (+1) add to it."""

    start: int
    end: int
    year: int | None
    shift: int
    month: int | None
    first_day: int
    last_day: int
    is_ahead: bool
    is_announced: bool
    has_day: bool

    def first(self, writing: int) -> date:
        """The first day it can mean, if the article was written in that year."""
        return _day((self.year or writing) + self.shift, self.month or 1, self.first_day)

    def last(self, writing: int) -> date:
        return _day((self.year or writing) + self.shift, self.month or 12, self.last_day)


def infer_published(view: str, body: tuple[tuple[int, int], ...]) -> Inferred:
    """Infer the interval of publication from the body of a page view (page.view_of)."""
    mentions = list(_mentions(view, body))
    dateline = _dateline(view, body)
    year = _year_of_writing(mentions, dateline)
    if year is None:
        return Inferred(None, None, None)
    if dateline:
        day = _safe(year, int(dateline["month"]), int(dateline["day"]))
        if day:
            return Inferred(day, day, f"{_words(view, *dateline.span())} ({year})")
    return _interval(view, mentions, year)


def _mentions(view: str, body: tuple[tuple[int, int], ...]) -> Iterator[_Mention]:
    for span_start, span_end in body:
        for found in _TIME.finditer(view, span_start, span_end):
            mention = _read(view, found, span_start, span_end)
            if mention:
                yield mention


def _read(view: str, found: re.Match[str], low: int, high: int) -> _Mention | None:
    clause_start = max((place.end() for place in _BREAK.finditer(view, max(low, found.start() - 40), found.start())), default=max(low, found.start() - 40))
    stop = _BREAK.search(view, found.end(), min(high, found.end() + 40))
    before, after = view[clause_start : found.start()], view[found.end() : stop.start() if stop else min(high, found.end() + 40)]
    is_announced = bool(_AHEAD.search(before)) or bool(re.match(r"\s?(?:[起内]?(?:将|起)|前(?!后|夕)|之前|内)", after) and "截至" not in before and re.search(r"将|起|前", after[:6]))
    is_ahead = is_announced or (bool(_FUTURE.search(before + "") or re.match(r"[^，。]{0,12}(?:将(?!近|在此)|预计|有望|计划|的?目标)", after)) and not re.search(r"截至|截止", before))
    if found["anchor"]:
        return None
    relative = {"去年": -1, "前年": -2, "明年": 1, "来年": 1}.get(found["relative"] or "", 0)
    if found["bare_month"]:
        month = _number(found["bare_month"])
        if month is None or (not found["relative"] and not found["bare_month"].isdigit() and not (found["bare_day"] or found["bare_part"])):
            return None
        first, last = _days(found["bare_day"], found["bare_part"])
        return _Mention(found.start(), found.end(), None, relative, month, first, last, is_ahead or relative > 0, is_announced, found["bare_day"] is not None)
    year = int(found["year"] or 0) or int(found["roc_year"]) + 1911
    month = _number(found["month"]) if found["month"] else None
    first, last = _days(found["day"], found["part"])
    if month is None and found["season"]:
        first_month, last_month = _season(found["season"])
        # Of a season the first day is what has begun when it is told as past.
        return _Mention(found.start(), found.end(), year, 0, first_month if last_month == 12 else first_month, 1, 31, is_ahead, False, False)
    return _Mention(found.start(), found.end(), year, 0, month, first, last, is_ahead, is_announced, found["day"] is not None)


def _dateline(view: str, body: tuple[tuple[int, int], ...]) -> re.Match[str] | None:
    """`2月13日消息` among the first words of the article, or a day alone behind the name of the office."""
    for start, end in body[:4]:
        found = _DATELINE.search(view, start, min(end, start + 400))
        if found and found.start() < body[0][0] + 500:
            before = view[max(start, found.start() - 30) : found.start()]
            if not re.search(r"据[^\n]*$|[年]\s?$", before.split("\n")[-1]):
                return found
    return None


def _year_of_writing(mentions: list[_Mention], dateline: re.Match[str] | None) -> int | None:
    """The year in which the article was written: the last one it speaks of as present or past, or the next where days without a year say so."""
    past = [mention for mention in mentions if mention.year and not mention.is_ahead]
    years = sorted(mention.year for mention in past if mention.year)
    if not years:
        ahead = [mention.year for mention in mentions if mention.year]
        return min(ahead) if ahead else None
    year = years[-1]
    dated = [mention for mention in past if mention.year == year and mention.month]
    # A lone year without a month, two or more after the one before it, is an outlook (2030年).
    if not dated and len(years) > 1 and years.count(year) == 1 and years[-2] < year - 1:
        year = years[-2]
        dated = [mention for mention in past if mention.year == year and mention.month]
    last = max((mention.first(year) for mention in dated), default=None)
    bare = [mention.first(year) for mention in mentions if mention.year is None and mention.shift == 0 and not mention.is_ahead]
    if dateline:
        named = _safe(year, int(dateline["month"]), int(dateline["day"]))
        bare = [named] if named else bare
    if last and bare and max(bare) < last:
        following = max(bare).replace(year=year + 1) if (max(bare).month, max(bare).day) != (2, 29) else date(year + 1, 3, 1)
        if (following - last).days <= 150:
            return year + 1
    return year


def _interval(view: str, mentions: list[_Mention], year: int) -> Inferred:
    past = sorted((mention for mention in mentions if not mention.is_ahead and mention.first(year).year <= year), key=lambda mention: (mention.first(year), mention.start))
    monthly = [mention for mention in past if mention.month]
    if not monthly or monthly[-1].first(year).year < year:
        evidence = past[-1] if past else mentions[0]
        return Inferred(date(year, 1, 1), date(year, 12, 31), _words(view, evidence.start, evidence.end))
    latest = monthly[-1]
    start = latest.first(year)
    # One month alone, long after everything else, may be a slip of the pen: the interval begins with what the rest supports.
    rest = [mention for mention in monthly if (mention.first(year).year, mention.first(year).month) != (start.year, start.month)]
    is_lonely = len(monthly) - len(rest) == 1 and rest and not latest.has_day and (start - rest[-1].first(year)).days > 100 and len(rest) >= 4
    end = start + timedelta(days=_WEEKS_AFTER_A_DAY) if latest.has_day else latest.last(year)
    if is_lonely:
        start = rest[-1].first(year)
    evidence = _words(view, latest.start, latest.end)
    ahead = min(
        (mention for mention in mentions if mention.is_announced and mention.month and mention.first(year) >= start), key=lambda mention: mention.first(year), default=None
    )
    if ahead and start <= ahead.first(year) - timedelta(days=1) < end:
        end = ahead.first(year) - timedelta(days=1)
        evidence = f"{evidence}; {_words(view, ahead.start, ahead.end)}"
    return Inferred(start, end, f"{evidence} ({year})" if str(year) not in evidence else evidence)


def _number(written: str) -> int | None:
    return int(written) if written.isdigit() else _NUMERALS.get(written)


def _days(day: str | None, part: str | None) -> tuple[int, int]:
    if day:
        return int(day), int(day)
    if part in ("上旬", "初", "月初", "伊始"):
        return 1, 10
    if part in ("中旬", "中", "中上旬"):
        return 11, 20
    if part in ("下旬", "底", "末", "中下旬"):
        return 21, 31
    return 1, 31


def _season(season: str) -> tuple[int, int]:
    if "初" in season or season == "伊始":
        return 1, 3
    if "底" in season or "末" in season:
        return 12, 12
    if season == "年中":
        return 5, 8
    if season in ("上半年", "下半年"):
        return (1, 6) if season == "上半年" else (7, 12)
    quarter = next(number for number, marks in enumerate(("一1", "二2", "三3", "四4")) if any(mark in season for mark in marks))
    return quarter * 3 + 1, quarter * 3 + 3


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _words(view: str, start: int, end: int) -> str:
    return view[start:end].strip()

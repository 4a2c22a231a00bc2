"""When was an article published that does not say so? An interval of days, from the dates its sentences mention. Declared dates are metadata.py's.

The reasoning is a reader's: an article is written after everything it tells as past and before everything it announces; a dateline (`2月13日消息`)
is the day itself; a month or day without a year is of the year of writing; and reports follow the last thing they report within days or weeks.
Articles do get their dates wrong, so one lonely month far after everything else does not move the interval; it stands out as told before it happened.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_NUMERALS = {
    numeral: number for number, numeral in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
_YEAR = r"(?:(?P<roc>民国)\s?(?P<roc_year>\d{2,3})|(?<![\d.])(?P<year>20[0-4]\d))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = r"(?:\s?(?P<part>上旬|中上旬|中下旬|中旬|下旬|月?初|伊始|中|末|底))?"
_BARE_MONTH = r"(?:(?<![\d年.第近个\-—~至])|(?<=[今去前明本]年)|(?<=\d[月日]至))" + _MONTH.replace("month", "bare_month")
_BARE_PART = _PART.replace("part", "bare_part")
_TIME = re.compile(
    rf"""{_YEAR}\s?(?:年|(?=一?开年)|[-/.](?=\d{{1,2}}[-/.]\d))\s?
      (?:{_MONTH}\s?(?:月|[-/.])\s?(?:(?P<day>3[01]|[12]\d|0?[1-9])\s?(?:[日号]|(?!\d|\s?[月年]))|份)?{_PART})?
      (?:(?P<season>年?初|伊始|年?底|年?末|年中|上半年|下半年|第?[一二三四1-4]季度?|[一二三四]季报))?
      | (?P<relative>今年|本年|去年|前年|明年|来年)?\s?{_BARE_MONTH}\s?月
        \s?(?:(?P<bare_day>3[01]|[12]\d|0?[1-9])\s?[日号]|份)?{_BARE_PART}(?!球|亮|饼|薪|活|均|度|嫂|经|收|租|费|供|光|色)
      | (?P<anchor>今年|去年|明年)(?P<anchor_season>年?初|年?底|年?末|年中|上半年|下半年|春节|以来)?""",
    re.VERBOSE,
)
_DATELINE = re.compile(
    r"(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日?\s?(?:消息|讯|电(?!影|话|脑|商|力)|报道|获悉|晚间消息|早间消息|(?=\s*\n))"
)
_AHEAD = re.compile(
    r"(?:将|拟|预计|计划|有望|定于|预期|即将|料)(?:会|将)?(?:于|在|从|自|最[早快]|最迟)?(?:北京时间)?$|(?:截止|延长|持续|有效期)[至到]?$"
)
_FUTURE = re.compile(
    r"将(?!近)|预[计测期估]|有望|计划|拟|目标|展望|未来|到$|至$|即将|规划|届时|料|或[于是]?$|可能|之前|前(?:完成|实现|推出|后)|愿景|承诺|力争|期待|要在$|明年|后年|FY\s?$|下一代"
)
_PAST = re.compile(r"截[至止]|已|曾")
_BREAK = re.compile(r"[。！？；;，,\n：:（）()]")
_SENTENCE_BREAK = re.compile(r"[。！？；;\n]")
_NOW = re.compile(r"(?:如今|现在|今天|目前|眼下)(?:已经?)?(?:到了?|是)?(?:了)?\s?$|即将过去的\s?$")
_GONE = re.compile(r"(?:刚刚|刚|已经?)过去的\s?$")
_NOW_AFTER = re.compile(r"\s?(?:的今天|开年|一开年|伊始|刚开始|已经?过去|接近尾声|即将(?:过去|结束)|进入尾声|开始至今|至今|年初至今)")
_EVENT_YEAR = re.compile(r"(?<![A-Za-z\d])[A-Z][A-Za-z]{2,20} ?(20[2-4]\d)(?!\d)(?!年?[-/.]\d)")
_WEEKDAY = re.compile(
    r"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])\s?[（(,，]?\s?(?:当地时间|北京时间)?(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>\d{1,2})\s?[日号]|(?P<month2>1[0-2]|0?[1-9])\s?月\s?(?P<day2>\d{1,2})\s?[日号]\s?[（(,，]?\s?(?:周|星期|礼拜)(?P<weekday2>[一二三四五六日天])"
)
# Nobody wrote about large language models before this year; a year of writing before it is a misreading.
_EARLIEST = 2020
# What the best year of writing must score, and by how much it must beat the next: below, no year is better than a wrong one.
_ENOUGH, _CLEARLY = 2.0, 1.4
# What is longer is no single article; its beginning is enough to say when it was written.
_LONGEST = 300_000
# How long after the last thing it tells an article is taken to have appeared, at most: by a day, by a month.
_DAYS_AFTER_A_DAY = 7
_DAYS_AFTER_A_MONTH = 10


# What a mention of a year says about a year of writing: the year lies two or more after it, one after, is it, one before, more before.
_WEIGHTS = {
    "past month": (-6.0, -6.0, 2.0, 1.5, 0.0),
    "past": (-0.5, -2.0, 1.0, 0.5, 0.0),
    "past, early in the year": (-0.5, -2.0, 0.5, 1.0, 0.0),
    "lead": (-1.0, -2.0, 2.0, 0.3, 0.0),
    "ahead month": (-0.5, 0.3, 0.7, 0.5, 0.0),
    "ahead": (0.4, 0.6, 0.8, 0.3, -0.3),
    "event": (-1.0, -0.5, 1.5, 0.5, 0.0),
    "now": (-2.0, -2.0, 4.0, 0.5, -2.0),
    "gone": (-2.0, -2.0, -1.0, 4.0, 0.0),
    "closing": (-6.0, -6.0, 0.3, 2.0, 0.0),
}


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
    standing: str | None
    has_day: bool
    is_dated: bool

    def first(self, writing: int) -> date:
        """The first day it can mean, if the article was written in that year."""
        return _day((self.year or writing) + self.shift, self.month or 1, self.first_day)

    def last(self, writing: int) -> date:
        return _day((self.year or writing) + self.shift, self.month or 12, self.last_day)


def infer_published(view: str, body: tuple[tuple[int, int], ...]) -> Inferred:
    """Infer the interval of publication from the body of a page view (page.view_of)."""
    if len(view) > _LONGEST:
        view, body = view[:_LONGEST], tuple((start, min(end, _LONGEST)) for start, end in body if start < _LONGEST)
    mentions = list(_mentions(view, body))
    dateline = _dateline(view, body)
    year = _year_of_writing(view, mentions, dateline)
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
    clause_start = max(
        (place.end() for place in _BREAK.finditer(view, max(low, found.start() - 40), found.start())), default=max(low, found.start() - 40)
    )
    stop = _BREAK.search(view, found.end(), min(high, found.end() + 40))
    before, after = view[clause_start : found.start()], view[found.end() : stop.start() if stop else min(high, found.end() + 40)]
    is_announced = bool(_AHEAD.search(before)) or bool(
        re.match(r"\s?(?:[起内]?(?:将|起)|前(?!后|夕)|之前|内)", after) and "截至" not in before and re.search(r"将|起|前", after[:6])
    )
    is_past = bool(_PAST.search(before))
    is_ahead = is_announced or (
        not is_past and bool(_FUTURE.search(before) or re.match(r"[^，。]{0,12}(?:将(?!近|在此)|预计|有望|计划|可能|的?目标)", after))
    )
    if found["anchor"]:
        return None
    relative = {"去年": -1, "前年": -2, "明年": 1, "来年": 1}.get(found["relative"] or "", 0)
    if found["bare_month"]:
        month = _number(found["bare_month"])
        if month is None or (not found["relative"] and not found["bare_month"].isdigit() and not (found["bare_day"] or found["bare_part"])):
            return None
        first, last = _days(found["bare_day"], found["bare_part"])
        has_day = found["bare_day"] is not None
        return _Mention(
            found.start(), found.end(), None, relative, month, first, last, is_ahead or relative > 0, is_announced, None, has_day, True
        )
    year = int(found["year"] or 0) or int(found["roc_year"]) + 1911
    month = _number(found["month"]) if found["month"] else None
    first, last = _days(found["day"], found["part"])
    sentence_start = max(
        (place.end() for place in _SENTENCE_BREAK.finditer(view, max(low, found.start() - 60), found.start())),
        default=max(low, found.start() - 60),
    )
    standing = None
    if _NOW.search(before) or (month is None and not found["season"] and _NOW_AFTER.match(after)) or found["season"] == "伊始":
        standing = "now"
    elif _GONE.search(before):
        standing = "gone"
    elif not is_ahead and (
        (found["season"] and re.search("[四4]", found["season"])) or (month == 12 and found["part"] and "底" in found["part"])
    ):
        standing = "closing"
    if month is None:
        # A year alone is told of the future more often than its clause shows: the whole sentence counts.
        is_ahead = is_ahead or (
            not is_past and bool(re.search(r"预[计测期]|有望|计划|目标|展望|将(?:在|于|会|达)", view[sentence_start : found.start()]))
        )
        season = _season(found["season"]) if found["season"] else None
        return _Mention(found.start(), found.end(), year, 0, season, first, last, is_ahead, False, standing, False, False)
    return _Mention(
        found.start(), found.end(), year, 0, month, first, last, is_ahead, is_announced, standing, found["day"] is not None, True
    )


def _dateline(view: str, body: tuple[tuple[int, int], ...]) -> re.Match[str] | None:
    """`2月13日消息` among the first words of the article, or a day alone behind the name of the office."""
    for start, end in body[:4]:
        found = _DATELINE.search(view, start, min(end, start + 400))
        if found and found.start() < body[0][0] + 500:
            before = view[max(start, found.start() - 30) : found.start()]
            if not re.search(r"据[^\n]*$|[年]\s?$", before.split("\n")[-1]):
                return found
    return None


def _year_of_writing(view: str, mentions: list[_Mention], dateline: re.Match[str] | None) -> int | None:
    """The year that explains the dates of the article best; None when nothing supports one year clearly enough.

    Each mention of a year speaks for the years of writing it would be natural in and against those it would be odd in: things are told in the year
    they happen or the next, announced in the year before or the same, and nothing is told before it happens.
    """
    events = [int(found.group(1)) for found in _EVENT_YEAR.finditer(view)]
    years = sorted({mention.year for mention in mentions if mention.year} | set(events))
    candidates = sorted({year for written in years for year in (written, written + 1) if year >= _EARLIEST})
    weekdays = list(_WEEKDAY.finditer(view))
    counts = _counts(mentions, events)
    scores = [(_score(year, counts, mentions, dateline, weekdays), -year) for year in candidates]
    if not scores:
        return None
    (best, negative), second = max(scores), sorted(scores)[-2][0] if len(scores) > 1 else 0.0
    year = -negative
    # A year that is not mentioned at all is only the year of writing when its days follow on the year before or fall on their weekdays.
    is_shown = (
        year in years
        or _days_fit(year, mentions, dateline) > 1
        or _weekdays_fit(year, weekdays) > 0
        or any(mention.standing in ("gone", "closing") for mention in mentions)
    )
    return year if is_shown and best >= _ENOUGH and best - second >= _CLEARLY else None


def _counts(mentions: list[_Mention], events: list[int]) -> dict[tuple[int, str], int]:
    """How often each year is mentioned in each of the ways of `_WEIGHTS`."""
    counts: dict[tuple[int, str], int] = {}
    lead = mentions[0].start if mentions and mentions[0].start < 300 else -1
    months = [mention.month for mention in mentions if mention.year is None and mention.shift == 0 and mention.month]
    is_early = bool(months) and max(months) <= 2
    for mention in mentions:
        if mention.year is None:
            continue
        kind = ("ahead" if mention.is_ahead else "past") + (" month" if mention.month else "")
        if mention.standing:
            kind = mention.standing
        elif kind == "past" and mention.start == lead:
            kind = "lead"
        elif kind == "past" and is_early:
            kind = "past, early in the year"
        counts[mention.year, kind] = counts.get((mention.year, kind), 0) + 1
    for written in events:
        counts[written, "event"] = counts.get((written, "event"), 0) + 1
    return counts


def _score(
    year: int, counts: dict[tuple[int, str], int], mentions: list[_Mention], dateline: re.Match[str] | None, weekdays: list[re.Match[str]]
) -> float:
    """How well the mentions fit an article written in `year`. The fourth and later mention of one kind of one year add nothing."""
    score = _days_fit(year, mentions, dateline) + _weekdays_fit(year, weekdays)
    for (written, kind), count in counts.items():
        distance = max(-2, min(2, written - year))
        score += _WEIGHTS[kind][2 - distance] * min(count, 3)
    return score


def _days_fit(year: int, mentions: list[_Mention], dateline: re.Match[str] | None) -> float:
    """Days without a year are of the year of writing: they fit when they follow closely on the last day whose year is written."""
    last = max(
        ((mention.first(year), mention.last(year)) for mention in mentions if mention.year and mention.is_dated and not mention.is_ahead),
        default=None,
    )
    bare = max(
        (mention.first(year) for mention in mentions if mention.year is None and mention.shift == 0 and not mention.is_ahead), default=None
    )
    if dateline:
        bare = _safe(year, int(dateline["month"]), int(dateline["day"])) or bare
    if last is None or bare is None:
        return 0.0
    if bare < last[0] - timedelta(days=0 if dateline else 31):
        return -4.0 if dateline else -1.0
    gap = (bare - last[1]).days
    return 1.5 if gap <= 150 else 0.7 if gap <= 330 else 0.0


def _weekdays_fit(year: int, weekdays: list[re.Match[str]]) -> float:
    """Days written with their weekday fit the years in which they fall on it."""
    score = 0.0
    for found in weekdays:
        day = _safe(year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
        if day:
            score += (
                2.0
                if "一二三四五六日天".index(found["weekday"] or found["weekday2"])
                in (day.weekday(), day.weekday() + 1 if day.weekday() == 6 else -1)
                else -2.0
            )
    return max(-4.0, min(4.0, score))


def _interval(view: str, mentions: list[_Mention], year: int) -> Inferred:
    past = sorted(
        (mention for mention in mentions if not mention.is_ahead and mention.first(year).year <= year),
        key=lambda mention: (mention.first(year), mention.start),
    )
    monthly = [mention for mention in past if mention.is_dated]
    if not monthly or monthly[-1].first(year).year < year:
        shown = [mention for mention in mentions if mention.year == year] or past or mentions
        return Inferred(date(year, 1, 1), date(year, 12, 31), _words(view, shown[-1].start, shown[-1].end) if shown else str(year))
    latest = monthly[-1]
    start = latest.first(year)
    # One month alone, long after everything else, is taken for a slip of the pen: the interval is what the rest supports, and ends before it.
    rest = [mention for mention in monthly if (mention.first(year).year, mention.first(year).month) != (start.year, start.month)]
    is_lonely = (
        len(monthly) - len(rest) == 1 and rest and not latest.has_day and (start - rest[-1].first(year)).days > 100 and len(rest) >= 4
    )
    end = min(latest.last(year) + timedelta(days=_DAYS_AFTER_A_DAY if latest.has_day else _DAYS_AFTER_A_MONTH), date(year, 12, 31))
    if is_lonely:
        start, end, latest = rest[-1].first(year), start - timedelta(days=1), rest[-1]
    evidence = _words(view, latest.start, latest.end)
    ahead = min(
        (mention for mention in mentions if mention.is_announced and mention.month and mention.first(year) >= start),
        key=lambda mention: mention.first(year),
        default=None,
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


def _season(season: str) -> int:
    """The month in which a season of a year has surely begun to be told as past."""
    if "初" in season or season == "伊始":
        return 1
    if "底" in season or "末" in season:
        return 12
    if season in ("年中", "上半年", "下半年"):
        return {"年中": 5, "上半年": 1, "下半年": 7}[season]
    return 3 * next(number for number, marks in enumerate(("一1", "二2", "三3", "四4")) if any(mark in season for mark in marks)) + 1


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _safe(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _words(view: str, start: int, end: int) -> str:
    return view[start:end].strip()

"""Times in folded text: where they stand and what they say. `scan` reads, `times_in` gives them dates through `resolve`."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipeline.text.lengths import is_word_end, read_century, read_offset
from pipeline.text.numerals import number
from pipeline.text.resolve import resolve
from pipeline.text.spans import TimeSpan
from pipeline.text.time_patterns import (
    ANAPHORIC_DAY,
    ANAPHORIC_MONTH,
    ANAPHORIC_YEAR,
    BARE_DAY,
    CLOCK,
    FISCAL_LATIN,
    HEAD,
    ISO,
    MONTH_HEAD,
    MONTH_TAIL,
    NODE,
    OPENING,
    RELATIVE_DAY,
    RELATIVE_MONTH,
    RELATIVE_YEAR,
    SUB,
    YEAR,
    Expression,
    Point,
)

ADDRESS = re.compile(
    r"https?://[^\s)）\]】>\"'，。；、“”]+|www\.[^\s)）\]】>\"'，。；、“”]+|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_.]{2,64}"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2}
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_GLUED_YEAR = re.compile(r"(?<![0-9])20\d\d年")
_QUARTERS_AHEAD = re.compile(r"前[二两三23]个?季|前(?:\d{1,2}|[二两三四五六七八九十])月")
_WEEKDAY = re.compile(r"[一二三四五六日天末](?![线站])")


def _int(text: str) -> int:
    return _QUARTERS.get(text) or int(number(text) or 0)


def _part(match: re.Match[str]) -> tuple[str | int, ...]:
    """The part of a year that a SUB match names; months are completed by `_month_tail`."""
    found = match.groupdict()
    if found["month"]:
        if found["month_to"]:
            return ("months", _int(found["month"]), _int(found["month_to"]))
        return ("month", _int(found["month"]))
    if found["first_months"]:
        return ("months", 1, min(12, _int(found["months"])))
    for name in ("early", "mid", "late"):
        if found[name]:
            return ("year_part", name)
    if found["half"] or found["half_latin"]:
        return ("half", 1 if (found["half"] or found["half_latin"]) in "上1" else 2)
    if found["first_quarters"]:
        return ("months", 1, 3 * _int(found["first_quarters"]))
    if found["quarter"] or found["quarter_latin"]:
        kind = "fiscal_quarter" if found["fiscal_quarter"] or found["fiscal_number"] else "quarter"
        return (kind, _int(found["quarter"] or found["quarter_latin"]))
    if found["first_quarter"] is not None:
        return ("quarter", 1)
    if found["season"] or found["summer"]:
        return ("season", "春夏秋冬".index(found["season"] or "夏"))
    return ("festival", found["festival"], found["side"] or "")


def _month_tail(text: str, end: int, month: int) -> tuple[int, tuple[str | int, ...]]:
    """What follows 4月: a day, a third of the month, a week."""
    tail = MONTH_TAIL.match(text, end)
    if tail is None:
        return end, ("month", month)
    found = tail.groupdict()
    if found["day"]:
        day = _int(found["day"])
        if found["day_to"]:
            return tail.end(), ("days", month, day, _int(found["day_to"]))
        clock = CLOCK.match(text, tail.end())
        return (clock.end() if clock else tail.end()), ("day", month, day)
    if found["week"]:
        return tail.end(), ("month_week", month, _int(found["week"]))
    name = next(name for name in ("early", "mid_late", "early_mid", "mid", "late") if found[name])
    return tail.end(), ("month_part", month, name)


def _after_year(text: str, end: int, point: Point) -> tuple[int, Point]:
    """Reads on after a year: its month, quarter, half, festival."""
    at = end + 1 if text[end : end + 1] in (" ", "的") and text[end + 1 : end + 2] in "Q第上下前一二三四十0123456789" else end
    match = SUB.match(text, at)
    if match is None:
        return end, point
    if match["vague"]:  # 今年晚些时候 is some time of the year
        return match.end(), point
    part = _part(match)
    end = match.end()
    if part[0] == "month":
        end, part = _month_tail(text, end, int(part[1]))
    if point.part == ("fiscal",):
        part = ("fiscal_quarter", part[1]) if part[0] in ("quarter", "fiscal_quarter") else ("fiscal",)
    return end, Point(point.anchor, point.year, point.shift, part)


def _year(text: str, at: int) -> tuple[int, Point, Point | None] | None:
    match = YEAR.match(text, at)
    if match is None:
        return None
    found = match.groupdict()
    short = found["short"] or found["short_told"] or found["short_fiscal"] or found["short_latin"]
    if short is not None and not 10 <= int(short) <= 49:
        return None
    year = 2000 + int(short) if short else _int_year(found["year"])
    fiscal: tuple[str | int, ...] = ("fiscal",) if found["mark"] == "财年" or found["short_fiscal"] else ()
    last = found["year_to"] or (found["short_to"] and "20" + found["short_to"])
    if last:
        end, to = _after_year(text, match.end(), Point("absolute", int(last), part=fiscal))
        return end, Point("absolute", year, part=fiscal), to
    end, point = _after_year(text, match.end(), Point("absolute", year, part=fiscal))
    return end, point, None


def _int_year(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int(number(text) or 0)


def _point(text: str, at: int) -> tuple[int, Point, Point | None] | None:
    """A point that begins at `at`, of whatever form; the second point where the form itself is a range (7—9月 has its own part and is none)."""
    match = ISO.match(text, at)
    if match is not None:
        year, _, month, day = match.groups()
        clock = CLOCK.match(text, match.end() + (text[match.end() : match.end() + 1] == " "))
        end = clock.end() if clock and clock[0] else match.end()
        return end, Point("absolute", int(year), part=("day", int(month), int(day))), None
    found = _year(text, at)
    if found is not None:
        return found
    relative = text[at : at + 2]
    if relative in RELATIVE_YEAR:
        return *_after_year(text, at + 2, Point("reference", shift=RELATIVE_YEAR[relative])), None
    match = MONTH_HEAD.match(text, at)
    if match is not None:
        if match["month_to"]:
            return match.end(), Point("context", part=("months", _int(match["month"]), _int(match["month_to"]))), None
        end, part = _month_tail(text, match.end(), _int(match["month"]))
        return end, Point("context", part=part), None
    match = BARE_DAY.match(text, at)
    if match is not None:
        clock = CLOCK.match(text, match.end())
        return (clock.end() if clock else match.end()), Point("context", part=("bare_day", _int(match["day"]))), None
    return None


def _joined(text: str, start: int, end: int, point: Point, to: Point | None) -> Expression:
    """`point`, or the range it opens: 2024年7月至9月, 11月18日—20日."""
    if to is not None:
        return Expression(start, end, "range", point, to)
    node = NODE.match(text, end)
    if node is not None:
        second = _point(text, node.end())
        if second is None and (match := SUB.match(text, node.end())) is not None and point.part and not match["vague"]:
            second = match.end(), Point("same", part=_part(match)), None
        if second is not None and second[2] is None:
            return Expression(start, second[0], "range", point, second[1])
    return Expression(start, end, "point", point)


def _week(text: str, start: int, end: int, word: str) -> Expression | None:
    shift = word.count("下") - word.count("上") if word[0] in "上下" else 0
    match = _WEEKDAY.match(text, end)
    if match is None:
        return None if word in ("周", "星期", "礼拜") else Expression(start, end, "week", detail=(shift, None, ""))
    clock = CLOCK.match(text, match.end())
    named = "" if word in ("周", "星期", "礼拜") else "named"
    return Expression(start, clock.end() if clock else match.end(), "week", detail=(shift, _WEEKDAYS[match[0]], named))


def _read(text: str, match: re.Match[str]) -> Expression | None:
    """The expression that a head opens."""
    kind, start, end = match.lastgroup, match.start(), match.end()
    word = match[0]
    if kind in ("number", "chinese"):
        if start and (
            text[start - 1] in "._第"
            or (text[start - 1].isascii() and text[start - 1].isalnum() and not _GLUED_YEAR.match(text, start))
            or (text[start - 1] in "-—/" and text[start - 2 : start - 1].isascii())
        ):
            return None
        found = _point(text, start)
        offset = read_offset(text, start)
        if found is not None and (offset is None or found[0] >= offset.end):
            return _joined(text, start, *found)
        return offset or read_century(text, start) or _season(text, start)
    if kind in ("before", "half_duration"):
        quarters = _season(text, start) if word == "前" and _QUARTERS_AHEAD.match(text, start) else None
        return quarters or read_offset(text, start)
    if kind == "century":
        return read_century(text, start)
    if kind == "now":
        return Expression(start, end, "now")
    if kind == "days":
        return Expression(start, end, "days")
    if is_word_end(text, start):
        return None
    if kind in ("year", "anaphoric_year"):
        if word == "前年" and start and (text[start - 1].isdigit() or text[start - 1] in "几数年月天"):
            return None
        point = Point("reference", shift=RELATIVE_YEAR[word]) if kind == "year" else Point("previous", shift=ANAPHORIC_YEAR[word])
        return _joined(text, start, *_after_year(text, end, point), None)
    if kind in ("day", "anaphoric_day"):
        if word == "今天" and start and text[start - 1] == "的":  # 在……的今天 means nowadays
            return None
        clock = CLOCK.match(text, end)
        shift = RELATIVE_DAY[word] if kind == "day" else ANAPHORIC_DAY[word]
        return Expression(start, clock.end() if clock else end, "day", detail=(shift, "reference" if kind == "day" else "previous"))
    if kind in ("month", "anaphoric_month"):
        shift = RELATIVE_MONTH[word] if kind == "month" else ANAPHORIC_MONTH[word]
        tail_end, part = _month_tail(text, end, 0)
        return Expression(start, tail_end, "month", detail=(shift, "reference" if kind == "month" else "previous", *part))
    if kind == "week":
        return _week(text, start, end, word)
    if kind == "fiscal":
        fiscal = FISCAL_LATIN.match(text, start)
        if fiscal is None or (start and text[start - 1].isascii() and text[start - 1].isalnum()):
            return None
        year = int(fiscal["year"])
        part = ("fiscal_quarter", int(fiscal["quarter"])) if fiscal["quarter"] else ("fiscal",)
        return Expression(start, fiscal.end(), "point", Point("absolute", year if year > 99 else 2000 + year, part=part))
    return _season(text, start)


def _season(text: str, start: int) -> Expression | None:
    """A bare part of a year: 上半年, 前三季度, Q3, 年底, 春节, 月底."""
    word = text[start : start + 2]
    if word in ("月初", "月底", "月末"):
        if start and (text[start - 1].isdigit() or text[start - 1] in "正腊个每一二三四五六七八九十"):
            return None
        return Expression(start, start + 2, "month", detail=(0, "reference", "month_part", 0, "early" if word == "月初" else "late"))
    if word in ("节后", "节前"):
        return Expression(start, start + 2, "point", Point("context", part=("festival", "", word[1])))
    if start and text[start].isascii() and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    if word[0] in "上本下" and "季度" in text[start : start + 4]:
        return Expression(start, text.index("季度", start) + 2, "quarter", detail=({"上": -1, "本": 0, "下": 1}[word[0]],))
    match = SUB.match(text, start)
    if match is None:
        return None
    part = _part(match)
    if part[0] == "month":
        return None
    if text[start] == "年" and start and (text[start - 1].isdigit() or text[start - 1] in "一二两三四五六七八九十半几数近多全每千百"):
        return None
    return _joined(text, start, match.end(), Point("context", part=part), None)


def _addresses(text: str) -> list[tuple[int, int]]:
    if "://" not in text and "www." not in text and "@" not in text:
        return []
    return [match.span() for match in ADDRESS.finditer(text)]


@lru_cache(maxsize=2)
def scan(text: str) -> tuple[list[Expression], list[tuple[int, int]]]:
    """The time expressions of a folded text, in order and disjoint, and the spans of addresses (in which nothing is read)."""
    addresses = _addresses(text)
    out: list[Expression] = []
    last = skip = 0
    read_head = HEAD.match
    for opening in OPENING.finditer(text):
        start = opening.start()
        if start < last:
            continue
        match = read_head(text, start)
        if match is None:
            continue
        while skip < len(addresses) and addresses[skip][1] <= start:
            skip += 1
        if skip < len(addresses) and addresses[skip][0] <= start:
            continue
        found = _read(text, match)
        if found is not None and found.end > start:
            out.append(found)
            last = found.end
    return out, addresses


def times_in(folded: str, reference: date | None) -> list[TimeSpan]:
    """The times of a folded text, resolved against `reference`. Without a reference, relative times have no dates and precision unknown."""
    return resolve(folded, scan(folded)[0], reference)

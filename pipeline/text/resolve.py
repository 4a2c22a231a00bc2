"""From a time expression to days: against the reference date, the year the text is speaking of, and the time named before. No text is searched here."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.text.days import Interval, add_months, in_year, month_end
from pipeline.text.spans import TimeSpan
from pipeline.text.time_patterns import Expression, Point

_FUTURE = re.compile(r"将|预计|计划|有望|拟|预期|即将|未来|争取|目标")
_SINCE = re.compile(r"以来|至今|开始至今|起至今|到现在|到如今")
_FROM = re.compile(r"起|开始|[^，,。；;\n]{0,12}?(?:至今|以来)")
_STOP = re.compile(r"[。！？!?\n]")
_ALIBABA = re.compile(r"阿里|淘宝|天猫|BABA")
_MEMORY = 400  # characters that an anaphora may look back


@dataclass(slots=True)
class _Memory:
    """What the text has been speaking of: the year in force and the last dated point."""

    year: int | None = None
    year_at: int = -1
    start: date | None = None
    end: date | None = None
    precision: str = ""
    at: int = -1


class _Resolver:
    def __init__(self, text: str, reference: date | None) -> None:
        self.text = text
        self.reference = reference
        self.memory = _Memory()
        self.guessed = False  # the year of the last point came from the reference alone

    def _near(self, at: int, start: int, sentences: int) -> bool:
        """Whether at most `sentences` sentence ends lie between, on one line."""
        if at < 0 or start - at > _MEMORY:
            return False
        between = _STOP.findall(self.text, at, start)
        return "\n" not in between and len(between) <= sentences

    def _fiscal_start(self, start: int) -> int:
        return 4 if _ALIBABA.search(self.text, max(0, start - 40), start + 24) else 1

    def _is_future(self, start: int, end: int) -> bool:
        return self.text.startswith("起", end) or _FUTURE.search(self.text, max(0, start - 12), end + 12) is not None

    def _context_year(self, expression: Expression, part: tuple[str | int, ...]) -> Interval | None:
        """A part without a year: the year in force, or the last such time before the reference."""
        memory, reference = self.memory, self.reference
        future = self._is_future(expression.start, expression.end)
        fiscal_start = self._fiscal_start(expression.start)
        if memory.year is not None and self._near(memory.year_at, expression.start, 1):
            found = in_year(memory.year, part, fiscal_start)
            if found is not None and (reference is None or found[0] <= reference or future or memory.year > reference.year):
                return found
        if reference is None:
            return None
        self.guessed = True
        found = in_year(reference.year, part, fiscal_start)
        if found is None or found[0] <= reference or future:
            return found
        return in_year(reference.year - 1, part, fiscal_start)

    def _bare_day(self, expression: Expression, number: int) -> Interval | None:
        memory = self.memory
        base = (
            memory.start
            if memory.start is not None and self._near(memory.at, expression.start, 3) and memory.precision in ("day", "month")
            else None
        )
        if base is None:
            base = self.reference
            if base is not None and number > base.day:
                base = add_months(base.replace(day=1), -1)
        elif memory.precision == "day" and number < base.day - 7:
            base = add_months(base.replace(day=1), 1)
        self.guessed = True
        if base is None or number > monthrange(base.year, base.month)[1]:
            return None
        day = base.replace(day=number)
        return day, day, "day"

    def _point(self, expression: Expression, point: Point) -> Interval | None:
        part = point.part
        if part and part[0] == "bare_day":
            return self._bare_day(expression, int(part[1]))
        if point.anchor == "absolute" and point.year is not None:
            return in_year(point.year, part, self._fiscal_start(expression.start))
        if point.anchor == "reference":
            return (
                None if self.reference is None else in_year(self.reference.year + point.shift, part, self._fiscal_start(expression.start))
            )
        if point.anchor == "previous":
            memory = self.memory
            if memory.start is None or expression.start - memory.at > _MEMORY:
                return None
            return in_year(memory.start.year + point.shift, part, 1)
        return self._context_year(expression, part)

    def _range(self, expression: Expression) -> Interval | None:
        if expression.point is None or expression.to is None:
            return None
        first = self._point(expression, expression.point)
        if first is None:
            return None
        to = expression.to
        if to.anchor in ("context", "same"):
            part = to.part
            if part and part[0] == "bare_day":
                part = ("day", first[0].month, int(part[1]))
            last = in_year(first[0].year, part, 1)
            if last is not None and last[1] < first[0]:
                last = in_year(first[0].year + 1, part, 1)
        else:
            last = self._point(expression, to)
        if last is None or last[1] < first[0]:
            return None
        return first[0], last[1], "range"

    def _offset(self, expression: Expression) -> tuple[Interval | None, bool]:
        """The interval of 近3年, 四个月前, 两天后, and whether the words are a length of time."""
        before, amount, unit, after, founded, upper, _ = expression.detail
        size = float(amount or 0)
        reference = self.reference
        if unit == "月" and size == 0.5:  # 半个月前 is two weeks ago
            unit, size = "周", 2.0
        months = {"年": 12, "月": 1, "度": 3}.get(str(unit))
        week = 7 if unit in ("周", "期", "拜") else 1
        before = str(before).rstrip("的")

        def moved(base: date, sign: int) -> date:
            if months is None:
                return base + timedelta(days=sign * round(size * week))
            return add_months(base, sign * round(size * months))

        if after in ("earlier", "same"):
            return self._beside(str(unit), -1 if after == "earlier" else 0, expression), False
        if after in ("前", "之前", "以前"):
            return (None if reference is None else self._around(moved(reference, -1), str(unit), size)), False
        if after in ("后", "之后", "以后"):
            memory = self.memory
            told = (
                memory.precision == "day" and 0 <= expression.start - memory.at <= _MEMORY
            )  # a day told before anchors 一周后, also from the paragraph above
            near = memory.start is not None and memory.end is not None and (told or self._near(memory.at, expression.start, 3))
            if (
                near
                and memory.start is not None
                and memory.end is not None
                and memory.precision == "range"
                and (memory.end - memory.start).days < 93
            ):
                return (moved(memory.start, 1), moved(memory.end, 1), "range"), False
            if near and memory.start is not None and memory.precision in ("day", "month"):
                target = moved(memory.start, 1)
                return (
                    (target, target, "day") if memory.precision == "day" and months is None else self._around(target, str(unit), size)
                ), False
            return (None if reference is None else self._around(moved(reference, 1), str(unit), size)), False
        if reference is None:
            return None, True
        if after == "间":
            return None, True
        if founded:
            return (date(reference.year - int(size), 1, 1), date(reference.year, 12, 31), "year"), True
        if before == "前" and months is not None:
            if size > 3 and months == 1:
                return self._context_year(expression, ("months", 1, min(12, int(size)))), False
            return self._around(moved(reference, -1), str(unit), size), False
        size = float(upper or size)  # 未来三到五年 ends after five
        if before in ("近", "最近", "过去", "这", "前", "头") or after in ("来", "以来"):
            return (moved(reference, -1) + timedelta(days=1), reference, "range"), True
        if before in ("未来", "今后", "接下来", "后", "此后", "随后"):
            return (reference, moved(reference, 1), "range"), True
        return None, True

    def _beside(self, unit: str, shift: int, expression: Expression) -> Interval | None:
        """前一年, 这一天: the year or day named before, or the one before it."""
        memory = self.memory
        if memory.start is None or expression.start - memory.at > _MEMORY:
            return None
        if unit == "年":
            return in_year(memory.start.year + shift, (), 1)
        if memory.precision != "day":
            return None
        day = memory.start + timedelta(days=shift)
        return day, day, "day"

    @staticmethod
    def _around(day: date, unit: str, size: float) -> Interval:
        """The day, week, month or year that a distance in `unit` ends in."""
        if unit == "年" and size >= 1:
            return date(day.year, 1, 1), date(day.year, 12, 31), "year"
        if unit in ("年", "月", "度"):
            return day.replace(day=1), month_end(day.year, day.month), "month"
        if unit in ("周", "期", "拜"):
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6), "range"
        return day, day, "day"

    def _from_day(self, expression: Expression) -> Interval | None:
        shift, anchor = int(expression.detail[0] or 0), expression.detail[1]
        if anchor == "reference":
            base = self.reference
        else:
            memory = self.memory
            base = memory.end if memory.precision == "day" and expression.start - memory.at <= _MEMORY else None
        if base is None:
            return None
        day = base + timedelta(days=shift)
        return day, day, "day"

    def _from_month(self, expression: Expression) -> Interval | None:
        shift, anchor, *part = expression.detail
        base = self.reference if anchor == "reference" else self.memory.start if expression.start - self.memory.at <= _MEMORY else None
        if base is None:
            return None
        base = add_months(base.replace(day=1), int(shift or 0))
        spec = tuple(item for item in part if item is not None)
        return in_year(base.year, (str(spec[0]), base.month, *[item if isinstance(item, int) else str(item) for item in spec[2:]]), 1)

    def _from_week(self, expression: Expression) -> Interval | None:
        shift, weekday, named = expression.detail
        if self.reference is None:
            return None
        monday = self.reference - timedelta(days=self.reference.weekday()) + timedelta(days=7 * int(shift or 0))
        if weekday is None:
            return monday, monday + timedelta(days=6), "range"
        day = monday + timedelta(days=int(weekday))
        if not named and day > self.reference and not self._is_future(expression.start, expression.end):
            day -= timedelta(days=7)
        return day, day, "day"

    def _from_quarter(self, expression: Expression) -> Interval | None:
        if self.reference is None:
            return None
        memory = self.memory
        shift = int(expression.detail[0] or 0)
        if (
            shift == 0
            and memory.start is not None
            and memory.end is not None
            and self._near(memory.at, expression.start, 1)
            and 80 < (memory.end - memory.start).days < 93
        ):
            return memory.start, memory.end, "quarter"  # 7—9月……本季度
        first = add_months(self.reference.replace(day=1), 3 * shift)
        return in_year(first.year, ("quarter", (first.month + 2) // 3), 1)

    def interval(self, expression: Expression) -> tuple[Interval | None, bool]:
        """The days of an expression and whether it is a length of time."""
        kind = expression.kind
        if kind == "offset":
            return self._offset(expression)
        if kind == "fixed":
            first, last = (int(item or 0) for item in expression.detail)
            return (date(first, 1, 1), date(last, 12, 31), "range"), False
        if kind == "now":
            return (None if self.reference is None else (self.reference, self.reference, "day")), False
        if kind == "half":
            half = 1 if self.reference is None or self.reference.month <= 6 else 2
            return (None if self.reference is None else in_year(self.reference.year, ("half", half), 1)), False
        if kind == "days":
            return (None if self.reference is None else (self.reference - timedelta(days=7), self.reference, "range")), False
        if kind == "point":
            return (None if expression.point is None else self._point(expression, expression.point)), False
        read = {
            "range": self._range,
            "day": self._from_day,
            "month": self._from_month,
            "week": self._from_week,
            "quarter": self._from_quarter,
        }
        return read[kind](expression), False

    def until_now(self, expression: Expression, interval: Interval) -> Interval:
        """自2023年起, 今年以来, 2022年……至今: from there to the reference."""
        text, reference = self.text, self.reference
        if reference is None or expression.kind != "point" or interval[0] > reference or interval[2] == "day":
            return interval
        since = _SINCE.match(text, expression.end)
        if since is None and interval[2] == "year" and text[expression.start - 1 : expression.start] in ("自", "从"):
            since = _FROM.match(text, expression.end)
        return interval if since is None else (interval[0], reference, "range")

    def remember(self, expression: Expression, interval: Interval) -> None:
        memory = self.memory
        if expression.kind in ("fixed", "offset") and interval[2] not in ("day", "month"):
            return
        if expression.kind == "now":
            return
        if not self.guessed and expression.kind != "range" and (interval[0].year == interval[1].year or interval[2] == "fiscal_year"):
            memory.year, memory.year_at = interval[1].year, expression.end
        memory.start, memory.end, memory.precision, memory.at = interval[0], interval[1], interval[2], expression.end


def resolve(text: str, expressions: list[Expression], reference: date | None) -> list[TimeSpan]:
    """Dates for the expressions of one text, in order."""
    resolver = _Resolver(text, reference)
    out = []
    for expression in expressions:
        start, end = expression.start, expression.end
        resolver.guessed = False
        try:
            interval, is_duration = resolver.interval(expression)
        except (ValueError, OverflowError):  # no such day, or a year no calendar has
            interval, is_duration = None, expression.kind == "offset"
        if interval is None:
            out.append(TimeSpan(start, end, text[start:end], None, None, "unknown", is_duration))
            continue
        resolver.remember(expression, interval)
        interval = resolver.until_now(expression, interval)
        out.append(TimeSpan(start, end, text[start:end], interval[0], interval[1], interval[2], is_duration))
    return out

"""From a time expression to days: against the reference date, the year the text is speaking of, and the time named before. No text is searched here."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.text.festivals import SPRING, festival
from pipeline.text.spans import TimeSpan
from pipeline.text.time_patterns import Expression, Point

Interval = tuple[date, date, str]
_FUTURE = re.compile(r"将|预计|计划|有望|拟|预期|即将|未来|争取|目标")
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


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _third(year: int, month: int, name: str) -> Interval:
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "early_mid": (1, 20), "mid_late": (11, 31)}[name]
    return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])), "range"


def _of_festival(year: int, name: str, side: str) -> Interval | None:
    days = festival(name or "春节", year)
    if days is None:
        return None
    first, last = days
    if side == "后":
        return last + timedelta(days=1), _add_months(last + timedelta(days=1), 1) - timedelta(days=1), "range"
    if side in ("前", "前夕"):
        return first - timedelta(days=7 if side == "前夕" else 30), first - timedelta(days=1), "range"
    if side == "前后":
        return first - timedelta(days=7), last + timedelta(days=7), "range"
    return first, last, "day" if first == last else "range"


def _in_year(year: int, part: tuple[str | int, ...], fiscal_start: int) -> Interval | None:
    """The days of a part of a year; None for a part no calendar has."""
    if not part:
        return date(year, 1, 1), date(year, 12, 31), "year"
    kind, numbers = part[0], [item for item in part[1:] if isinstance(item, int)]
    if kind == "month":
        return date(year, numbers[0], 1), _month_end(year, numbers[0]), "month"
    if kind == "day":
        day = date(year, numbers[0], numbers[1])
        return day, day, "day"
    if kind == "days":
        first, last = date(year, numbers[0], numbers[1]), date(year, numbers[0], numbers[2])
        return (first, last, "range") if first <= last else None
    if kind == "month_part":
        return _third(year, numbers[0], str(part[2]))
    if kind == "month_week":
        first = date(year, numbers[0], 1)
        first += timedelta(days=(7 - first.weekday()) % 7 + 7 * (numbers[1] - 1))
        return first, first + timedelta(days=6), "range"
    if kind == "months":
        first_month, last_month = numbers
        if last_month < first_month:
            return date(year - 1, first_month, 1), _month_end(year, last_month), "range"
        return date(year, first_month, 1), _month_end(year, last_month), "range"
    if kind == "half":
        return (date(year, 1, 1), date(year, 6, 30), "half") if numbers[0] == 1 else (date(year, 7, 1), date(year, 12, 31), "half")
    if kind == "quarter":
        return date(year, 3 * numbers[0] - 2, 1), _month_end(year, 3 * numbers[0]), "quarter"
    if kind == "year_part":
        return {
            "early": (date(year, 1, 1), date(year, 3, 31), "quarter"),
            "mid": (date(year, 5, 1), date(year, 8, 31), "range"),
            "late": (date(year, 10, 1), date(year, 12, 31), "quarter"),
        }[str(part[1])]
    if kind == "season":
        if numbers[0] == 3:
            return date(year, 12, 1), _month_end(year + 1, 2), "range"
        return date(year, 3 + 3 * numbers[0], 1), _month_end(year, 5 + 3 * numbers[0]), "range"
    if kind == "festival":
        return _of_festival(year, str(part[1]), str(part[2]))
    return _fiscal(year, numbers[0] if numbers else None, fiscal_start)


def _fiscal(year: int, quarter: int | None, start_month: int) -> Interval:
    """A fiscal year is named after the year it ends in."""
    first = date(year if start_month == 1 else year - 1, start_month, 1)
    if quarter is None:
        return first, _add_months(first, 12) - timedelta(days=1), "fiscal_year"
    return _add_months(first, 3 * quarter - 3), _add_months(first, 3 * quarter) - timedelta(days=1), "quarter"


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
            found = _in_year(memory.year, part, fiscal_start)
            if found is not None and (reference is None or found[0] <= reference or future or memory.year > reference.year):
                return found
        if reference is None:
            return None
        self.guessed = True
        found = _in_year(reference.year, part, fiscal_start)
        if found is None or found[0] <= reference or future:
            return found
        return _in_year(reference.year - 1, part, fiscal_start)

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
                base = _add_months(base.replace(day=1), -1)
        elif memory.precision == "day" and number < base.day - 7:
            base = _add_months(base.replace(day=1), 1)
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
            return _in_year(point.year, part, self._fiscal_start(expression.start))
        if point.anchor == "reference":
            return (
                None if self.reference is None else _in_year(self.reference.year + point.shift, part, self._fiscal_start(expression.start))
            )
        if point.anchor == "previous":
            memory = self.memory
            if memory.start is None or expression.start - memory.at > _MEMORY:
                return None
            return _in_year(memory.start.year + point.shift, part, 1)
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
            last = _in_year(first[0].year, part, 1)
            if last is not None and last[1] < first[0]:
                last = _in_year(first[0].year + 1, part, 1)
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
        months = {"年": 12, "月": 1, "度": 3}.get(str(unit))
        week = 7 if unit in ("周", "期", "拜") else 1
        before = str(before).rstrip("的")

        def moved(base: date, sign: int) -> date:
            if months is None:
                return base + timedelta(days=sign * round(size * week))
            return _add_months(base, sign * round(size * months))

        if after in ("earlier", "same"):
            return self._beside(str(unit), -1 if after == "earlier" else 0, expression), False
        if after in ("前", "之前", "以前"):
            return (None if reference is None else self._around(moved(reference, -1), str(unit), size)), False
        if after in ("后", "之后", "以后"):
            memory = self.memory
            near = memory.start is not None and memory.end is not None and self._near(memory.at, expression.start, 3)
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
            return _in_year(memory.start.year + shift, (), 1)
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
            return day.replace(day=1), _month_end(day.year, day.month), "month"
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
        base = _add_months(base.replace(day=1), int(shift or 0))
        spec = tuple(item for item in part if item is not None)
        return _in_year(base.year, (str(spec[0]), base.month, *[item if isinstance(item, int) else str(item) for item in spec[2:]]), 1)

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
        first = _add_months(self.reference.replace(day=1), 3 * shift)
        return _in_year(first.year, ("quarter", (first.month + 2) // 3), 1)

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
            return (None if self.reference is None else _in_year(self.reference.year, ("half", half), 1)), False
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
        out.append(TimeSpan(start, end, text[start:end], interval[0], interval[1], interval[2], is_duration))
    return out


__all__ = ["SPRING", "resolve"]

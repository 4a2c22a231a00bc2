"""The days of a part of a year: months, quarters, halves, thirds of a month, seasons, festivals, fiscal years. Which year is meant is decided in `resolve`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pipeline.text.festivals import festival

Interval = tuple[date, date, str]


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month; OverflowError outside the calendar."""
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
        return last + timedelta(days=1), add_months(last + timedelta(days=1), 1) - timedelta(days=1), "range"
    if side in ("前", "前夕"):
        return first - timedelta(days=7 if side == "前夕" else 30), first - timedelta(days=1), "range"
    if side == "前后":
        return first - timedelta(days=7), last + timedelta(days=7), "range"
    return first, last, "day" if first == last else "range"


def in_year(year: int, part: tuple[str | int, ...], fiscal_start: int) -> Interval | None:
    """The days of a part of a year; None for a part no calendar has."""
    if not part:
        return date(year, 1, 1), date(year, 12, 31), "year"
    kind, numbers = part[0], [item for item in part[1:] if isinstance(item, int)]
    if kind == "month":
        return date(year, numbers[0], 1), month_end(year, numbers[0]), "month"
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
            return date(year - 1, first_month, 1), month_end(year, last_month), "range"
        return date(year, first_month, 1), month_end(year, last_month), "range"
    if kind == "half":
        return (date(year, 1, 1), date(year, 6, 30), "half") if numbers[0] == 1 else (date(year, 7, 1), date(year, 12, 31), "half")
    if kind == "quarter":
        return date(year, 3 * numbers[0] - 2, 1), month_end(year, 3 * numbers[0]), "quarter"
    if kind == "year_part":
        return {
            "early": (date(year, 1, 1), date(year, 3, 31), "quarter"),
            "mid": (date(year, 5, 1), date(year, 8, 31), "range"),
            "late": (date(year, 10, 1), date(year, 12, 31), "quarter"),
        }[str(part[1])]
    if kind == "season":
        if numbers[0] == 3:
            return date(year, 12, 1), month_end(year + 1, 2), "range"
        return date(year, 3 + 3 * numbers[0], 1), month_end(year, 5 + 3 * numbers[0]), "range"
    if kind == "festival":
        return _of_festival(year, str(part[1]), str(part[2]))
    return _fiscal(year, numbers[0] if numbers else None, fiscal_start)


def _fiscal(year: int, quarter: int | None, start_month: int) -> Interval:
    """A fiscal year is named after the year it ends in."""
    first = date(year if start_month == 1 else year - 1, start_month, 1)
    if quarter is None:
        return first, add_months(first, 12) - timedelta(days=1), "fiscal_year"
    return add_months(first, 3 * quarter - 3), add_months(first, 3 * quarter) - timedelta(days=1), "quarter"

"""Which time expression dates a fact, and how a time becomes the date_* columns. Finding the expressions is the text layer's work."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from pipeline.facts.patterns import compiled
from pipeline.facts.phrases import before, phrase_at, tokens
from pipeline.facts.view import Clause, SentenceView, Token

NO_DATE: dict[str, Any] = {"date_start": None, "date_end": None, "date_precision": None, "date_text": None}
# 较2023年增长: the year compared with, not the year of the fact
_CONTRAST = re.compile(r"(?:(?:较|比(?!如)|相比于?|相较于?|同比|对比|不同于|超过|高于|低于|不及|(?<!会)上)[^,，]{0,3}|与)$")
# 2021年成立的公司, 去年发布的模型: the year of what the name did before, not of what is said of it now
_ASIDE = compiled(
    r"[^,，。]{0,8}?(?:(?:成立|创立|创办|创建|毕业|加入)(?:的|于|以来|之初)|(?:推出|发布|上线|开源|问世)的[^,，。]{0,10}?(?:{MODEL}|{PRODUCT}))"
)
_AGE = re.compile(r"(?:成立|创立|创办|创建)[^,，]{0,4}$")  # 成立不到两年
_THEN = compiled(r"[^,，。]{0,8}的{MULTIPLE}")  # 是去年5月的137倍
_OWN = re.compile(r"(?:的|预期的?|预测的?|同期的?|预计的?|营收|收入|为|是|约|达)*")


def date_fields(view: SentenceView, token: Token | None) -> dict[str, Any]:
    """date_start, date_end, date_precision, date_text of a time token; all None without one."""
    if token is None or token.kind != "TIME" or token.time.date_start is None:
        return dict(NO_DATE)
    time = token.time
    return {
        "date_start": time.date_start,
        "date_end": time.date_end,
        "date_precision": time.precision,
        "date_text": view.document.raw_text(token.start, token.end),
    }


def _is_then(view: SentenceView, token: Token) -> bool:
    """Whether a time is what a multiple is measured against: 是去年5月的137倍."""
    return view.shadow[max(0, token.at - 1) : token.at] in ("是", "为", "于") and _THEN.match(view.shadow, token.at + 1) is not None


def _is_contrast(view: SentenceView, token: Token) -> bool:
    if _is_then(view, token):
        return True
    return bool(_CONTRAST.search(view.shadow, max(0, token.at - 6), token.at))


def _times(view: SentenceView, clause: Clause) -> list[Token]:
    """The dated times of a clause that date what it says."""
    return [t for t in clause.tokens if t.kind == "TIME" and t.time.date_start is not None and not _is_contrast(view, t)]


def time_of(view: SentenceView, at: int) -> Token | None:
    """The time that dates what stands at shadow offset `at`: the last one before it in its clause, else the first after it there, else the last in
    earlier clauses of the sentence. Times compared with (较去年) date nothing."""
    clause = view.clause_at(at)
    here = _times(view, clause)
    before = [t for t in here if t.at < at]
    if before:
        return before[-1]
    if here:
        return here[0]
    for earlier in reversed(view.clauses[: clause.number]):
        if times := _times(view, earlier):
            return times[-1]
    return None


def time_of_number(view: SentenceView, at: int) -> Token | None:
    """The time that dates a number at `at`: the last one before it in its phrase, else in the phrases before, back to a full stop or semicolon.

    A time compared with (超过2023年的4亿) dates the number only if it stands right before it; the year in which a name was founded or brought out never does.
    """
    phrase = phrase_at(view, at)
    dated = [t for t in tokens(view, phrase, "TIME") if t.at < at and t.time.date_start is not None]
    if dated and not _is_then(view, dated[-1]) and _OWN.fullmatch(view.shadow, dated[-1].at + 1, at):
        return dated[-1]
    proper = [t for t in dated if _dates(view, t)]
    if proper:
        return proper[-1]
    for earlier in before(view, phrase, across=False):
        if times := [t for t in tokens(view, earlier, "TIME") if t.time.date_start is not None and _dates(view, t)]:
            return times[-1]
    return None


def _dates(view: SentenceView, token: Token) -> bool:
    """Whether a time is neither compared with nor the year in which a name was founded."""
    if _AGE.search(view.shadow, max(0, token.at - 8), token.at):
        return False
    return not _is_contrast(view, token) and not _ASIDE.match(view.shadow, token.at + 1)


_ONWARD = re.compile(r"[^,，。;；到至]{0,18}(?:后|以来|开始|起)(?:[,，]|至今)")
_THIS_QUARTER = re.compile(r"本季度?|该季度?|当季|这一季度?|上季度?|上一季度?|前一季度?|一季度")
_REPORT = re.compile(r"财报|季报|业绩|财季")
_OPENING = 6


def quarter_before(view: SentenceView, time: Token | None) -> dict[str, Any] | None:
    """The quarter that a report is on, for a number without a time or one of 本季度: the last quarter or half-year named in the sentences before.
    None where the sentence has its own time, the document is not on such a report, or no quarter was named."""
    if time is not None and not (time.time.precision == "quarter" and _this_quarter(view, time)):
        return None
    back = time is not None and re.search(r"[上前]", view.document.folded.text[max(view.start, time.start - 1) : time.end]) is not None
    every = view.document.sentences
    if not any(_REPORT.search(s.shadow) for s in every[:_OPENING]):
        return None
    for behind in reversed(every[: view.number]):
        for token in reversed(behind.tokens):
            if token.kind == "TIME" and token.time.precision == "quarter" and not _relative(behind, token) and _is_past(behind, token):
                fields = date_fields(behind, token)
                return _previous_quarter(fields) if back else fields
    return None


def quarter_of_previous(view: SentenceView) -> dict[str, Any] | None:
    """The quarter that the sentence before speaks of, if it names one past quarter and no other time, for a figure without a time beside it."""
    behind = view.previous
    if behind is None or behind.sentence.section != view.sentence.section or any(t.kind == "TIME" for t in view.tokens):
        return None
    times = [t for t in behind.tokens if t.kind == "TIME" and t.time.date_start is not None and not _is_contrast(behind, t)]
    if len(times) != 1 or times[0].time.precision != "quarter" or not _is_past(behind, times[0]):
        return None
    return date_fields(behind, times[0])


def _this_quarter(view: SentenceView, token: Token) -> bool:
    text = view.document.folded.text
    return any(_THIS_QUARTER.match(text, start) for start in (token.start, max(view.start, token.start - 1)))


def _relative(view: SentenceView, token: Token) -> bool:
    text = view.document.folded.text
    return bool(_this_quarter(view, token) or _is_contrast(view, token)) and not re.search(r"\d|第", text[token.start : token.end])


def _previous_quarter(fields: dict[str, Any]) -> dict[str, Any]:
    end = fields["date_start"] - timedelta(days=1)
    return fields | {"date_start": end.replace(day=1, month=end.month - 2), "date_end": end}


def _is_past(view: SentenceView, token: Token) -> bool:
    reference = view.document.document.reference_date
    return reference is None or token.time.date_end is None or token.time.date_end <= reference


def since(view: SentenceView, token: Token | None) -> dict[str, Any] | None:
    """The dates of `自4月免费后`, `从2023年8月…开始`: from the start of the time to the day of the document. None for any other time."""
    reference = view.document.document.reference_date
    if token is None or reference is None or token.time.date_start is None or token.time.date_start > reference:
        return None
    if view.shadow[token.at - 1 : token.at] not in ("自", "从") or not _ONWARD.match(view.shadow, token.at + 1):
        return None
    fields = date_fields(view, token)
    return fields | {"date_end": reference, "date_precision": "range"}

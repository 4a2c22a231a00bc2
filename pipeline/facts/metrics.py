"""Rules of `metrics`: what companies, models, products and countries measure. One row for each number that a cue names and a subject owns.

The parts: `metrics_cues` (what is measured), `metrics_growth` (changes), `metrics_counts` (models, cards, companies, offers), `metrics_ratios` (cost
ratios, test scores), `metrics_tables` (tables in the text), `metrics_subjects` (whose number). Amounts of other tables (funding, spending, prices,
sizes of models) have no cue here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipeline.facts import metrics_counts, metrics_cues, metrics_growth, metrics_ratios, metrics_tables
from pipeline.facts.metrics_cues import ANY_HOLDER, Cue, Reading, unit_of
from pipeline.facts.metrics_subjects import head_of, holder, is_source, listed, subject_fields
from pipeline.facts.patterns import Fact, compiled, quantity_fields
from pipeline.facts.phrases import before, phrase_at
from pipeline.facts.timing import NO_DATE, date_fields, quarter_before, quarter_of_previous, since, time_of_number
from pipeline.facts.view import SentenceView, Token

_AMOUNTS = ("MONEY", "PERCENT", "MULTIPLE", "COUNT", "TOKENS", "NUMBER", "PRICE", "PARAMS")
_MEASURED = frozenset(("MONEY", "PERCENT", "MULTIPLE", "COUNT", "TOKENS", "NUMBER"))
_FISCAL = ("revenue", "profit", "growth", "market_share", "daily_active_users", "monthly_active_users")
_JOINT = re.compile(r"[\s、和与及]{1,3}|以及")
_TO = re.compile(r"[^,，。;；]{0,14}(?:至|到|为|达)[^,，。;；\ue010-\ue017]{0,6}")
_REACHED = compiled(r"[,，、]?(?:{TIME})?(?:已|并|将|为)?(?:至|到|达到?|升至|增至|降至|跌至|来到)(?:了|约|近|逾|超过?)?")
_VERSUS = re.compile(r"较|超|高于|低于|不及|预期|预测|上一?个?季|去年|同期|而|则|相比|从|优于|其次")
_OTHER_MONEY = re.compile(r"融资|估值|投资|成本|价格|支出|投入|研发|花费|市值|资金|每股|预算|耗资|薪")
_FIRMS = frozenset(("companies", "customers"))
_AMONG = re.compile(r"其中(?:包括|有|不乏)[^,，。]{0,4}$|^[^,，。]{2,8}和$")
# what a number without a name in its phrase is about, if the phrase says one of these: nobody
_GENERIC = re.compile(
    r"全球(?!总?(?:下载|用户|月活|日活|累计|营收|收入))|国内|行业|市场(?!份额|占有率|预期)|业内|自主品牌|互联网|各[家大]|整个(?![^,，。]{0,6}(?:团队|公司))|产业|智能手机|多家|一批|不少|任何|这款(?!大?模型|应用|App|APP)|课程|用户可以|每个(?!月|季|人)|传统"
)
_USING = compiled(r"[^,，。;；]{0,30}?(?:使用|采用|接入|访问|用上|调用|选择|选用)(?:了|过)?[“\"]?(?:{PRODUCT}|{MODEL}|{ORG})")
_OF_USE = ("users", "enterprise_customers", "developers", "monthly_active_users", "daily_active_users")
_NEAR_ONLY = ("share_of", "duration", "usage", "coverage", "token_share", "visits")
_UNNAMED = re.compile(r"(?:AI|聊天|智能)(?:助手|机器人|应用|产品)|小程序")
_PLACES = re.compile(r"(?:多)?个?(?:市场|国家|地区|城市|州|语种|语言|榜单)")
_HYPOTHETICAL = re.compile(r"(?:^|[，,：“「])(?:如果|假如|假设|假使|倘若|若是|就算|要是|想象)|如果[^,，。]{0,20}$|放弃[^,，。]{0,16}$")
_UNTIL, _AFTERWARDS = re.compile(r"(?:直到|等到|将?在|待|当)"), re.compile(r"(?:之?后|以后|进入|之?前)")  # 在利润达到N后 tells no level
_SUPPOSED = re.compile(r"[\s“\"「]{0,2}(?:如果|假如|假设|倘若)")
_REACHES = re.compile(
    r"[^,，。]{0,6}?(?:已经?|则|也|更|并|随后|在|又|均|就)?(?:达到?|突破|增至|升至|增长[到至]|扩大?[到至]|为|超过?|跃升至|攀升至|冲破)(?:了|约|近)?"
)
_EACH = re.compile(r"(?<![日月年人平])均|都|分别|各")
_AND_OTHERS = re.compile(
    r"等(?:[^,，。]{0,3}在内|[^,，。合共总]{0,4}(?:应用|产品|模型|公司|平台|App)(?!合|共|总))"
)  # a ratio of A、B等应用 is that of each


@dataclass(slots=True)
class _Found:
    """A number with its reading and its owner (subject fields for a count of companies)."""

    token: Token
    reading: Reading
    owner: Token


def _groups(view: SentenceView) -> Iterator[list[Token]]:
    """The numbers of a sentence, those of one list together: 1.72亿、3286万."""
    group: list[Token] = []
    for token in (t for t in view.tokens if t.kind in _AMOUNTS and not metrics_cues.is_conversion(view, t)):
        if group and unit_of(group[-1]) == unit_of(token) and _JOINT.fullmatch(view.between(group[-1], token)):
            group.append(token)
            continue
        if group:
            yield group
        group = [token]
    if group:
        yield group


def _bounds(view: SentenceView, group: list[Token], amounts: list[Token], found: list[_Found]) -> tuple[int, int]:
    """The stretch of the phrase that is the group's own: between the numbers on both sides, without the words that an earlier number has taken."""
    phrase, last = phrase_at(view, group[0].at), phrase_at(view, group[-1].at)
    left = max([phrase.left, *(t.at + 1 for t in amounts if t.at < group[0].at)])
    if found and left < found[-1].reading.right <= group[0].at:
        left = found[-1].reading.right
    return left, min([last.right, *(t.at for t in amounts if t.at > group[-1].at)])


def _read(view: SentenceView, group: list[Token], left: int, right: int) -> Reading | None:
    """The reading of a list: by the words before its first number, else by those behind its last, else by the phrase before (…用户, 达到N)."""
    first, many = group[0], len(group) > 1
    end = group[0].at + 1 if many else right
    if reading := metrics_counts.read(view, first, left, group[1].at if many else right) or metrics_cues.read(view, first, left, end):
        return reading
    if many:
        return metrics_cues.read(view, group[-1], group[-1].at, right)
    phrase = phrase_at(view, first.at)
    bent = re.match(r"突破|超|逾|近|达|破", view.document.folded.text[first.start : first.end])
    if left == phrase.left and (_REACHES.fullmatch(view.shadow, left, first.at) or (bent and first.at - left < 8)):
        for earlier in before(view, phrase)[:1]:
            amounts = [t.at + 1 for t in view.tokens_in(earlier.left, earlier.right, *_AMOUNTS) if unit_of(t) == unit_of(first)]
            if not amounts:
                return metrics_cues.read(view, first, earlier.left, right, far=True)
    return None


def _grown_to(view: SentenceView, earlier: _Found, token: Token) -> Reading | None:
    """The level that a named figure reached by the growth told before it: 营收增长93%至356亿美元."""
    if earlier.reading.cue.metric != "growth" or not _REACHED.fullmatch(view.shadow, earlier.token.at + 1, token.at):
        return None
    cue = next(
        (c for c in metrics_cues.cues() if c.metric == earlier.reading.cue.of_metric and c.sign > 0 and unit_of(token) in c.units), None
    )
    return Reading(cue, token.at, token.at + 1) if cue else None


def _inherited(view: SentenceView, found: list[_Found], group: list[Token], left: int) -> tuple[Reading, Token] | None:
    """The reading of an earlier number that this one is set beside: from X to Y, X against Y."""
    if found and (level := _grown_to(view, found[-1], group[0])):
        return level, found[-1].owner
    for earlier in reversed(found):
        if unit_of(earlier.token) != unit_of(group[0]) and not {unit_of(earlier.token), unit_of(group[0])} <= _FIRMS:
            continue
        between = view.shadow[earlier.token.at + 1 : group[0].at]
        own = view.shadow[left : group[0].at]
        if _AMONG.search(own) and earlier.reading.cue.metric == "enterprise_customers":
            return earlier.reading, earlier.owner
        if (
            len(between) > 40
            or "。" in between
            or _OTHER_MONEY.search(own)
            or (earlier.reading.cue.metric == "growth" and not re.search(r"则|上一?个?季|去年同期", own))
        ):
            return None
        names = [t for t in view.tokens_in(earlier.token.at + 1, group[0].at, *earlier.reading.cue.holders) if not is_source(view, t)]
        if not (_TO.fullmatch(between) or _VERSUS.search(own) or (names and _VERSUS.search(between))):
            return None
        return earlier.reading, (head_of(view, names[0], names) if names else earlier.owner)
    return None


def _period(view: SentenceView, token: Token, metric: str) -> tuple[dict[str, Any], Token | None]:
    """The dates of a number: its sentence's, for figures of a report else the quarter that the report is on."""
    time = time_of_number(view, token.at)
    if metric in _FISCAL:
        earlier = [t for t in view.tokens_in(0, token.at, "TIME") if t.time.precision in ("quarter", "half", "fiscal_year")]
        if time is None and earlier:
            return date_fields(view, earlier[-1]), earlier[-1]
        if quarter := quarter_before(view, time):
            return quarter, time
    if time is None and metric in _FISCAL and (quarter := quarter_of_previous(view)):
        return quarter, None
    return (since(view, time) or date_fields(view, time) if time else dict(NO_DATE)), time


def _row(
    view: SentenceView,
    token: Token,
    subject: dict[str, str | None],
    reading: Reading,
    rule: str,
    owner: Token | None,
    *,
    sign: int,
    beside: Token | None = None,
    **more: Any,
) -> Fact:
    cue, quantity = reading.cue, token.quantity
    currency = more.pop("currency", quantity.currency) if token.kind == "MONEY" else None
    unit = cue.unit or currency or quantity.unit
    if cue.metric == "enterprise_customers":
        unit = "customers" if re.match(r"[^,，。]{0,2}客户", view.shadow[token.at + 1 :]) else "companies"
    dates, time = _period(view, token, "profit" if cue.rule in ("eps", "shipments") else cue.metric)
    if beside is not None and dates["date_start"] is None:
        dates, time = _period(view, beside, cue.metric)
    fields: dict[str, Any] = {**subject, "metric": cue.metric, **quantity_fields(token, sign=sign), "unit": unit, "currency": currency}
    fields |= {"of_metric": cue.of_metric, **dates, **more}
    left, right = min(reading.left, token.at), max(reading.right, token.at + 1)
    if phrase_at(view, left).number != phrase_at(view, token.at).number:
        left = token.at
    start, end = min(view.folded_offset(left), token.start), max(view.folded_offset(right - 1) + 1, token.end)
    used = [t for t in (token, owner, time) if t is not None and view.start <= t.start < view.end]
    return Fact("metrics", fields, start, end, f"metrics.{rule}", tuple(used))


def _pair(view: SentenceView, group: list[Token], owner: Token, kinds: tuple[str, ...]) -> list[Token] | None:
    """The owners of the numbers of a list, one each; None if they cannot be told, or if one number is that of several together."""
    siblings = [t for t in listed(view, owner, mixed=True) if t.kind in kinds] if view.start <= owner.start < view.end else []
    if len(siblings) < 2:
        return [owner] if len(group) == 1 else None
    if len(group) > 1:
        return siblings if len(siblings) == len(group) else None
    if siblings[0].at > group[0].at:
        return [owner]
    between = view.shadow[siblings[-1].at : group[0].at]
    each = _EACH.search(between) or (group[0].kind == "PERCENT" and _AND_OTHERS.search(between))
    return siblings if each else None


def _ends(view: SentenceView, first: Token, second: Token) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The dates of X and Y in `7—10月从X增至Y`: the first and the last month of the range."""
    time = time_of_number(view, first.at)
    if (
        time is None
        or time.time.precision not in ("range", "quarter", "half")
        or time.time.date_start is None
        or time.time.date_end is None
    ):
        return None
    if view.tokens_in(first.at, second.at, "TIME") or view.shadow[first.at - 1 : first.at] != "从" or time.time.date_start.day != 1:
        return None
    start, end = time.time.date_start, time.time.date_end
    text = view.document.raw_text(time.start, time.end)
    closing = start.replace(day=monthrange(start.year, start.month)[1])
    one = {"date_start": start, "date_end": closing, "date_precision": "month", "date_text": text}
    return one, {"date_start": end.replace(day=1), "date_end": end, "date_precision": "month", "date_text": text}


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `metrics` in a sentence."""
    amounts = [t for t in view.tokens if t.kind in _AMOUNTS]
    if not any(t.kind in _MEASURED for t in amounts):
        return
    if "|" in view.shadow:
        yield from metrics_tables.find(view)
        return
    yield from metrics_counts.offers(view)
    yield from metrics_ratios.find(view)
    found: list[_Found] = []
    groups = list(_groups(view))
    for index, group in enumerate(groups):
        if group[0].kind not in _MEASURED:
            continue
        left, right = _bounds(view, group, amounts, found)
        phrase = phrase_at(view, group[0].at)
        if _PLACES.match(view.shadow, group[-1].at + 1):
            continue
        if _UNTIL.match(view.shadow, phrase.left) and _AFTERWARDS.match(view.shadow, group[-1].at + 1):
            continue
        if _HYPOTHETICAL.search(view.shadow[max(0, phrase.left - 1) : group[0].at]) or any(
            _SUPPOSED.match(view.shadow, p.left) for p in before(view, phrase, across=False)
        ):
            continue
        facts = list(_changes(view, group, left, right, found)) or list(_levels(view, group, left, right, found, groups[index + 1 :]))
        yield from facts


def _changes(view: SentenceView, group: list[Token], left: int, right: int, found: list[_Found]) -> Iterator[Fact]:
    change = metrics_growth.change(view, group[0], left, right)
    if change is None:
        return
    base = next((f for f in reversed(found) if f.reading.cue.metric != "growth"), None)
    measured = metrics_growth.measure(change.of)
    if not measured and not (base or change.is_yearly):
        return
    if change.of and not measured and base is None:
        return  # 新发职位同比增长: no measure of a company
    if base and not measured and view.shadow.count("。", base.token.at, group[0].at):
        return
    phrase = phrase_at(view, group[0].at)
    named = [t for t in view.tokens_in(phrase.left, group[0].at, *ANY_HOLDER) if not is_source(view, t)]
    if base and not measured and not named:
        owner: Token | None = base.owner
    else:
        owner = holder(view, change.left, ANY_HOLDER, reach=1 if change.is_yearly and measured == "figure" else 0) or (
            base.owner if base else None
        )
    if owner is None or owner.kind == "COUNTRY":
        return
    of = metrics_cues.metric_named(change.of) if change.of else None
    of = of or (change.of if measured else None) or (base.reading.cue.metric if base else None)
    owners = _pair(view, group, owner, ANY_HOLDER) or []
    rule = "growth_of_quality" if measured == "quality" else ("growth" if measured else "growth_of_level")
    for token, whose in zip(group * len(owners) if len(group) == 1 else group, owners, strict=True):
        reading = Reading(Cue("growth", "growth", frozenset(), of_metric=of, holders=ANY_HOLDER), change.left, change.right)
        yield _row(view, token, subject_fields(whose, "growth"), reading, rule, whose, sign=change.sign)
        found.append(_Found(token, reading, whose))


def _used(view: SentenceView, token: Token) -> Token | None:
    """X in `超过30万家企业使用X`."""
    beside = view.token_at(token.at - 1)
    if beside is not None and beside.kind in ANY_HOLDER:
        return None
    found = _USING.match(view.shadow, token.at + 1)
    return view.token_at(found.end() - 1) if found else None


def _is_elsewhere(view: SentenceView, owner: Token, token: Token) -> bool:
    """Whether an owner stands in another phrase than its number."""
    phrase = phrase_at(view, token.at)
    return not (view.start <= owner.start < view.end and phrase.left <= owner.at < phrase.right)


def _levels(view: SentenceView, group: list[Token], left: int, right: int, found: list[_Found], later: list[list[Token]]) -> Iterator[Fact]:
    reading = _read(view, group, left, right)
    rule = reading.cue.rule if reading else ""
    owner: Token | None = None
    if reading is None:
        inherited = _inherited(view, found, group, left)
        if inherited is None:
            return
        reading, owner = inherited
        rule = f"{reading.cue.rule}_compared"
    cue = reading.cue
    if cue.metric == "companies_count":
        if subject := metrics_counts.survivors(view, group[0]):
            yield _row(view, group[0], subject, reading, rule, None, sign=1)
        return
    if reading.cue.of_metric == metrics_cues.AS_WRITTEN:
        named = re.sub(r"[\ue000-\uf8ff（()）\s]", "", view.shadow[reading.left : reading.right]).strip("的")
        reading = Reading(replace(cue, of_metric=named), reading.left, reading.right)
        cue = reading.cue
    if owner is None:
        reach = 0 if cue.rule in _NEAR_ONLY else 2
        owner = metrics_counts.owner(view, group[0], reading) or (_used(view, group[-1]) if cue.metric in _OF_USE else None)
        owner = owner or holder(view, group[0].at, cue.holders, cue=reading.left if reading.left < group[0].at else None, reach=reach)
    if (
        owner
        and owner.kind == "ORG"
        and cue.holders[0] == "PRODUCT"
        and _UNNAMED.search(view.shadow, phrase_at(view, group[0].at).left, group[0].at)
    ):
        return
    if (
        owner
        and cue.metric != "market_share"
        and _is_elsewhere(view, owner, group[0])
        and _GENERIC.search(view.shadow, phrase_at(view, group[0].at).left, max(reading.right, group[0].at))
    ):
        return
    owners = (_pair(view, group, owner, (*cue.holders, owner.kind)) if owner else None) or []
    more: dict[str, Any] = {}
    if rule.endswith("_compared"):
        dates = _ends(view, found[-1].token, group[0])
        more = (dates[1] if dates else {}) | (
            {"beside": found[-1].token} if found and not _TO.fullmatch(view.between(found[-1].token, group[0])) else {}
        )
    elif len(group) == 1 and later and unit_of(later[0][0]) == unit_of(group[0]) and _TO.fullmatch(view.between(group[0], later[0][0])):
        dates = _ends(view, group[0], later[0][0])
        more = dates[0] if dates else {}
        if group[0].kind == "MONEY" and not re.search(r"[元币金$¥]", view.document.folded.text[group[0].start : group[0].end]):
            more["currency"] = later[0][0].quantity.currency  # 从183亿降到135亿美元
    for token, whose in zip(group * len(owners) if len(group) == 1 else group, owners, strict=bool(owners)):
        if rule.endswith("_compared"):
            reading = Reading(cue, token.at, token.at + 1)
        yield _row(view, token, subject_fields(whose, cue.metric, cue.holders), reading, rule, whose, sign=cue.sign, **more)
        found.append(_Found(token, reading, whose))

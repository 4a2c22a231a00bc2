"""Rules of `prices`: what a model or product costs, per token or per unit. Changes without a price are in `prices_changes`; costs of making are no prices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.facts.comparisons_things import THINGS, in_brackets, is_owner, lexicon_thing, subject_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.prices_changes import Change, changes_in, lone_changes
from pipeline.facts.view import Clause, SentenceView, Token

_PER_TOKENS = re.compile(
    r"(?P<count>百万|一百万|千|一千|万|亿|1[KM]|1,?000,?000|1,?000)\s?个?(?:输入|输出|的)?\s?(?:tokens?|词元)", re.IGNORECASE
)
_COUNTS = {
    "百万": 10**6,
    "一百万": 10**6,
    "千": 1000,
    "一千": 1000,
    "万": 10**4,
    "亿": 10**8,
    "1k": 1000,
    "1m": 10**6,
    "1000": 1000,
    "1000000": 10**6,
}
_IN_OUT = re.compile(r"输入|输出|input|output", re.IGNORECASE)
_PRICE_WORD = re.compile(r"价|收费|计费|费用|仅需|只需|只要|tokens?|词元|付费|订阅", re.IGNORECASE)
_NOT_PRICE = re.compile(r"训练|花费|耗资|获取|投入|研发|处理一|营收")
_UNIT_AFTER = re.compile(r"\s?(?:/|每|一|1)\s?个?(?P<unit>块|月|年|小时|时|天|张|次|秒|分钟|台)")
_UNIT_BEFORE = compiled(
    r"(?:每(?:[张块颗个台])?(?:\s?{PRODUCT}\s?)?(?:每)?|单|一)(?P<unit>月|年|小时|天|张|次|秒|分钟|台|卡)(?:费用?|收费|的?价格|会员费?|租金|单价)?(?:动辄|仅需?|只要|需要?|约|为|是|高达|要)?\s?$"
)
_UNITS = {
    "月": "month",
    "年": "year",
    "小时": "hour",
    "时": "hour",
    "天": "day",
    "张": "image",
    "次": "call",
    "秒": "second",
    "分钟": "minute",
    "台": "piece",
    "卡": "piece",
    "块": "piece",
}
_TAG = compiled(r"(?:售价|市价|起售价|定价|单价|标价|报价|零售价|价格)(?:仅|仅为|为|约为|是|只要|仅需|高达|低至|从|达|至|在|定在)?\s?$")
_EVEN = re.compile(r"\s?(?:甚至|乃至|到|至|或)\s?")
_CONDITIONS = (
    ("cache_hit", re.compile(r"缓存命中|命中缓存|缓存输入|cache hit", re.IGNORECASE)),
    ("off_peak", re.compile(r"错峰|夜间|低谷|闲时|非高峰")),
    ("batch", re.compile(r"批量|batch", re.IGNORECASE)),
    ("promotion", re.compile(r"优惠|限时|促销|活动价|折扣价")),
)
_FROM = re.compile(r"(?:从|由|原价|此前的?|之前的?|原来的?)(?:为)?\s?$")


def _condition(view: SentenceView, token: Token, left: int) -> str | None:
    """The condition named in the brackets behind a price, else before it since the last price; `previous` for the price it came down from."""
    behind = re.match(r"\s?[(（]([^)）]{1,14})[)）]", view.shadow[token.at + 1 :])
    words = behind[1] if behind else view.shadow[max(left, token.at - 30) : token.at]
    if "未命中" in words:
        return None
    if _FROM.search(view.shadow, max(left, token.at - 4), token.at):
        return "previous"
    return next((name for name, cue in _CONDITIONS if cue.search(words)), None)


def _direction(view: SentenceView, token: Token, left: int, last: str) -> str:
    """input or output, as said in the amount, before it, or behind it; else what the price before it in the list was for."""
    own = view.document.folded.text[token.start : token.end]
    said = _IN_OUT.findall(own) or _IN_OUT.findall(view.shadow[left : token.at])
    if not said:
        return last
    return "input" if said[-1].lower() in ("输入", "input") else "output"


def _per_tokens(view: SentenceView, token: Token) -> int | None:
    """The number of tokens that an amount is for: its own, or named shortly before it."""
    if token.quantity.per_tokens:
        return token.quantity.per_tokens
    text = view.document.folded.text[max(view.start, token.start - 30) : token.start]
    found = list(_PER_TOKENS.finditer(text))
    if found and re.fullmatch(r"[^。,，;；“”]{0,10}", text[found[-1].end() :]):
        return _COUNTS.get(found[-1]["count"].lower().replace(",", ""))
    return None


def _priced(view: SentenceView, clause: Clause, at: int) -> Token | None:
    """What the price at `at` is for: the last model or product before it in its clause, else the subject carried over."""
    for token in reversed(view.tokens_in(clause.left, at, *THINGS)):
        if not is_owner(view, token) and view.shadow[token.at + 1 : token.at + 2] != "级":
            return in_brackets(view, token)
    return subject_of(view, at)


def _fields(token: Token, second: Token | None = None) -> dict[str, Any]:
    """price, price_low, price_high, modifier and currency of an amount; of `X甚至Y` the interval from X to Y."""
    q = token.quantity
    if second is not None:
        r = second.quantity
        return {"price": None, "price_low": q.low, "price_high": r.high, "modifier": "several", "currency": r.currency or q.currency}
    return {"price": q.value, "price_low": q.low, "price_high": q.high, "modifier": q.modifier, "currency": q.currency}


def _fact(view: SentenceView, subject: Token, token: Token, fields: dict[str, Any], change: Change | None, rule: str) -> Fact:
    row = {
        "subject_type": subject.kind.lower(),
        "subject_id": subject.entity_id,
        "subject_text": None,
        "per_tokens": None,
        "per_unit": None,
        "direction": "any",
        "condition": None,
        "change_percent": change.percent if change else None,
        "baseline": change.baseline if change else None,
    } | fields
    here = [t for t in (subject, token) if t in view.tokens]
    start, end = min(t.start for t in here), max(t.end for t in here)
    return Fact("prices", row, start, end, f"prices.{rule}", tuple(here) + (change.tokens if change else ()))


def _change_of(view: SentenceView, token: Token, following: Token | None, changes: list[Change]) -> Change | None:
    """The change told with a price: `下降60倍，低至2元` before it, else the first behind it and before the next price."""
    limit = following.at if following else len(view.shadow)
    for change in changes:
        if change.at < token.at and re.fullmatch(r"[,，]?\s?(?:低至|降至|至|到|仅为|为)", view.shadow[change.at + 1 : token.at]):
            return change
    return next((c for c in changes if token.at < c.at < limit and not re.search("[。；;]", view.shadow[token.at : c.at])), None)


def _per_token(view: SentenceView) -> Iterator[tuple[Token, Fact]]:
    """Prices per token; a money amount after one, in a clause of another model, is the same kind of price."""
    changes = changes_in(view)
    found: list[tuple[Token, dict[str, Any], Token]] = []
    left, last, per = 0, "any", None
    for token in view.tokens:
        if token.kind not in ("PRICE", "MONEY"):
            continue
        clause = view.clause_at(token.at)
        own = _per_tokens(view, token)
        direction = _direction(
            view,
            token,
            max(left, clause.left if own and not _listed(view, left, token) else left),
            last if _listed(view, left, token) else "any",
        )
        if own is None:
            tail = view.shadow[clause.left : token.at]
            if (
                per is None
                or not found
                or not re.search(r"(?:为|是|仅需?|只需|只要|则|高达|达到?|只有|却|[/、和])(?:分别|约)?(?:是|为)?\s?$", tail)
            ):
                continue
            own, direction = per, direction if direction != "any" else last
        if _NOT_PRICE.search(view.shadow, clause.left, token.at):
            continue
        subject = _priced(view, clause, token.at)
        if subject is None:
            continue
        condition = _condition(view, token, left)
        found.append((token, _fields(token) | {"per_tokens": own, "direction": direction, "condition": condition}, subject))
        left, last, per = token.at + 1, direction, own
    found = list(_distributed(view, found))
    for number, (token, fields, subject) in enumerate(found):
        following = found[number + 1][0] if number + 1 < len(found) else None
        change = None if fields["condition"] == "previous" else _change_of(view, token, following, changes)
        yield token, _fact(view, subject, token, fields, change, "per_token")


def _listed(view: SentenceView, left: int, token: Token) -> bool:
    """True if the amount goes on from the one before it: `1元（缓存命中）/4元`."""
    return bool(left) and not re.search(r"[。；;]", view.shadow[left : token.at]) and token.at - left < 40


def _distributed(view: SentenceView, found: list[tuple[Token, dict[str, Any], Token]]) -> Iterator[tuple[Token, dict[str, Any], Token]]:
    """`分别`: as many amounts as models named before get one each; as many as prices before them take over their directions."""
    for number, (token, fields, subject) in enumerate(found):
        shared = view.shadow.rfind("分别", 0, token.at)
        group = [k for k, (t, _, _) in enumerate(found) if t.at > shared >= 0 and view.shadow.rfind("分别", 0, t.at) == shared]
        if shared < 0 or len(group) < 2 or number not in group:
            yield token, fields, subject
            continue
        place = group.index(number)
        before = [f for t, f, _ in found if t.at < shared]
        asked = _IN_OUT.findall(view.shadow[max(0, shared - 14) : shared])
        if len(asked) == len(group):
            fields = fields | {"direction": "input" if asked[place].lower() in ("输入", "input") else "output"}
        if len(before) == len(group):
            fields = fields | {k: before[place][k] for k in ("direction", "condition", "per_tokens")}
        models = [t for t in view.tokens_in(0, shared, *THINGS) if not is_owner(view, t)]
        if len({t.entity_id for t in models}) >= len(group) and "上述" not in view.shadow[:shared]:
            subject = _with_suffix(view, models[-len(group) :][place], shared)
        yield token, fields, subject


def _with_suffix(view: SentenceView, model: Token, at: int) -> Token:
    """The version meant by `通过Turbo版本`, if the lexicon knows it for this model."""
    version = re.search(r"(?:通过|的)\s?(?P<name>[A-Za-z]{2,10})\s?版本?", view.shadow[:at])
    known = lexicon_thing(f"{model.mention.text} {version['name']}", model) if version else None
    return known or model


def _per_unit(view: SentenceView, taken: set[int]) -> Iterator[Fact]:
    """Prices per month, hour or piece, and price tags, of a product or model named in the clause or carried."""
    skip: set[int] = set()
    for token in view.tokens:
        if token.kind != "MONEY" or token.at in taken or token.at in skip:
            continue
        clause = view.clause_at(token.at)
        if re.search(
            "营收|收入|薪|工资|利润|市值|股|租金收入|预算|每月烧|亏损|投入", view.shadow[max(clause.left, token.at - 12) : token.at]
        ):
            continue
        after, before = _UNIT_AFTER.match(view.shadow, token.at + 1), _UNIT_BEFORE.search(view.shadow, clause.left, token.at)
        tag = _TAG.search(view.shadow, clause.left, token.at)
        if not after and view.shadow[token.at + 1 : token.at + 2] == "/":
            continue  # per word or page
        measure = after or before
        unit = str(measure["unit"]) if measure else None
        if unit is None and tag is None:
            continue
        if unit is not None and not re.search(r"价|费|订阅|租|会员|版|小时|卡|售", view.shadow[clause.left : clause.right]):
            continue
        subjects = _owners(view, clause, token)
        if not subjects:
            continue
        pair = next((t for t in view.tokens_in(token.at + 1, token.at + 6, "MONEY") if _EVEN.fullmatch(view.between(token, t))), None)
        if pair is not None:
            skip.add(pair.at)
        fields = _fields(token, pair) | {"per_unit": _UNITS[unit] if unit else None}
        for subject in subjects:
            yield _fact(view, subject, token, fields, None, "per_unit" if unit else "tag")


def _owners(view: SentenceView, clause: Clause, token: Token) -> tuple[Token, ...]:
    """The things that a price per unit is for: the nearest list before it (or right behind: `每月20美元的ChatGPT Plus`), else a carried subject."""
    behind = compiled(r"(?:\s?(?:/|每)个?[月年])?的(?P<thing>{THING})").match(view.shadow, token.at + 1)
    if behind and (thing := view.token_at(behind.start("thing"))):
        return (thing,)
    for thing in reversed(view.tokens_in(clause.left, token.at, *THINGS)):
        if not is_owner(view, thing):
            return view.siblings(thing)
    carried = subject_of(view, token.at, reach=1)
    return (carried,) if carried is not None and carried.kind in THINGS else ()


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `prices` in a sentence: prices with the change told beside them, then changes that stand alone."""
    taken: set[int] = set()
    used: set[Token] = set()
    if any(t.kind in ("PRICE", "MONEY") for t in view.tokens) and _PRICE_WORD.search(view.text):
        for token, fact in _per_token(view):
            taken.add(token.at)
            used.update(fact.tokens)
            yield fact
        yield from _per_unit(view, taken)
    yield from lone_changes(view, used)

"""Changes of prices: a cut by so much, to so much of the former price, below the trade's. Where a price stands beside it, `prices` puts both in one row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.facts.comparisons_things import THINGS, is_owner, subject_of
from pipeline.facts.discourse import subject
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token

_C = r"[^。!?！？;；,，]"
_PRICE = re.compile(r"价|收费|便宜|调用费|使用费|订阅费")
_NOT_PRICE = re.compile(r"股价|房价|成本价|价值|评价|性价比|代价|市价|溢价|报价单|涨价潮")
_TO = compiled(
    r"(?:砍至|降至|降到|下调至|降低至|降低到|低至|减至|打到)(?:了)?(?:原价|原来|此前|之前|原有价格|刊例价|最初)的?(?P<amount>{PERCENT})"
)
_BY = compiled(
    rf"(?P<verb>降价|降幅|下调|下降|降低|下跌|调降|便宜|低|跌|减少|削减|优惠|砍掉|砍|上涨|涨价|上调|提高|提价|涨){_C}{{0,6}}?(?P<amount>{{PERCENT}}|{{MULTIPLE}})"
)
_HALF = re.compile(r"减半(?!至)|腰斩|砍半|降(?:低|价)?(?:了)?一半|五折|对折")
_INDUSTRY = re.compile(r"行业|业界|市场均价|同行|同类|主流")
_OWN = re.compile(r"原价|此前|之前|前代|上一代|降价|降幅|下调|全线|原来|减半|调降|涨|上调|自")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a price at shadow offset `at`: negative percent for a fall, what it is measured against, and how the text bends the number."""

    at: int
    percent: float
    baseline: str | None
    modifier: str
    tokens: tuple[Token, ...]
    is_lower_than: bool = False  # 比X便宜, 比X低: says how it stands, not that it fell


def _baseline(view: SentenceView, left: int, right: int) -> str | None:
    words = view.shadow[left:right]
    if _INDUSTRY.search(words):
        return "industry"
    against = compiled(r"(?:比|较|相比|相较于?)[^。,，]{0,14}?(?P<thing>{THING})").search(words)
    if against and (token := view.token_at(left + against.start("thing"))):
        return token.entity_id
    return "own_previous" if _OWN.search(words) else None


def _percent(token: Token, verb: str) -> float | None:
    """A change as a percentage: 降97% -> -97, 降到1/150 (下降150倍) -> -99.33, 涨两倍 -> 200."""
    value = token.quantity.value
    if value is None:
        return None
    rises = verb.startswith(("上", "涨", "提"))
    if token.kind == "MULTIPLE":
        if rises:
            return round(value * 100, 2)
        return round(-(1 - 1 / value) * 100, 2) if value > 1 else None
    return value if rises else -value if value <= 100 else None


def changes_in(view: SentenceView) -> list[Change]:
    """The changes of prices in a sentence, in order."""
    out: list[Change] = []
    text = view.shadow
    if not _PRICE.search(text):
        return out
    for found in _TO.finditer(text):
        token = view.token_at(found.start("amount"))
        if token is not None and token.quantity.value is not None:
            out.append(Change(token.at, round(token.quantity.value - 100, 4), "own_previous", token.quantity.modifier, (token,)))
    done = {c.at for c in out}
    for found in _BY.finditer(text):
        token = view.token_at(found.start("amount"))
        clause = view.clause_at(found.start())
        if token is None or token.at in done or not _about_price(view, clause.left, found.start(), found["verb"]):
            continue
        percent = _percent(token, found["verb"])
        if percent is not None:
            out.append(
                Change(
                    token.at,
                    percent,
                    _baseline(view, clause.left, token.at),
                    token.quantity.modifier,
                    (token,),
                    found["verb"] in ("便宜", "低"),
                )
            )
    for found in _HALF.finditer(text):
        clause = view.clause_at(found.start())
        if _about_price(view, clause.left, found.start(), found[0]) or "优惠" in text[clause.left : found.start()]:
            out.append(Change(found.start(), -50.0, "own_previous", "exact", ()))
    return sorted(out, key=lambda c: c.at)


def _about_price(view: SentenceView, left: int, at: int, verb: str) -> bool:
    """True if what falls is a price: named in the clause, or in the clause before a bare `降幅达`."""
    words = _NOT_PRICE.sub("", view.shadow[left:at] + verb)
    if re.search("成本|耗时|时间|利润|能耗", words):
        return False
    if _PRICE.search(words):
        return True
    before = _NOT_PRICE.sub("", view.shadow[max(0, left - 50) : left])
    return (
        verb in ("降幅", "低", "便宜", "下降", "降低") and at - left < 12 and bool(re.search("价", before)) and "成本" not in before[-30:]
    )


def lone_changes(view: SentenceView, used: set[Token]) -> Iterator[Fact]:
    """Rows for changes beside which no price stands: of the model or product, or of the company whose models are not named."""
    for change in changes_in(view):
        if any(t in used for t in change.tokens) or (not change.tokens and used and not _is_aside(view, change.at)):
            continue
        clause = view.clause_at(change.at)
        if change.is_lower_than and change.baseline not in (None, "industry"):
            continue  # X比Y便宜N%: a comparison
        against = tuple(t for t in clause.tokens if t.kind in THINGS and _is_against(view, clause.left, t))
        thing = _thing(view, clause.left, change.at) or subject_of(view, change.at, reach=1, without=against)
        unnamed = re.search(r"多款|全线|系列|旗下|产品|模型", view.shadow[clause.left : change.at])
        org = subject(view, change.at, ("ORG",), reach=1)
        if unnamed and not any(t.kind in THINGS for t in view.tokens_in(clause.left, change.at)):
            thing = org or thing
        if thing is None or (thing.kind == "ORG" and not unnamed):
            continue
        said = re.findall("输入|输出", view.document.folded.text[view.start : view.folded_offset(change.at)])
        row = {
            "subject_type": thing.kind.lower(),
            "subject_id": thing.entity_id,
            "subject_text": None,
            "price": None,
            "price_low": None,
            "price_high": None,
            "modifier": change.modifier,
            "currency": None,
            "per_tokens": None,
            "per_unit": None,
            "direction": "any" if not said else "input" if said[-1] == "输入" else "output",
            "condition": "promotion" if "优惠" in view.shadow[clause.left : change.at] else None,
            "change_percent": change.percent,
            "baseline": change.baseline if change.baseline != thing.entity_id else "own_previous",
        }
        place = view.folded_offset(change.at)
        start = min(place, thing.start) if thing in view.tokens else place
        yield Fact(
            "prices",
            row,
            start,
            max(place + 1, *(t.end for t in change.tokens)) if change.tokens else place + 1,
            "prices.change",
            change.tokens,
        )


def _is_aside(view: SentenceView, at: int) -> bool:
    """True inside brackets: `16元（优惠期减半）` adds a change to the price before it."""
    return view.shadow.rfind("（", 0, at) > view.shadow.rfind("）", 0, at) or view.shadow.rfind("(", 0, at) > view.shadow.rfind(")", 0, at)


def _thing(view: SentenceView, left: int, at: int) -> Token | None:
    """The model or product whose price falls: the first of the clause that is not what it is compared with."""
    for token in view.tokens_in(left, at, *THINGS):
        if not is_owner(view, token) and not _is_against(view, left, token):
            return token
    return None


def _is_against(view: SentenceView, left: int, token: Token) -> bool:
    return bool(re.search(r"(?:比|较)[^。,，]{0,14}$", view.shadow[left : token.at]))

"""Rules of `funding_rounds`: money raised, who gave it, what the company is worth. Bids, revenues, shares and what a company spends are elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.facts.discourse import is_oblique, subject
from pipeline.facts.funding_words import (
    CUMULATIVE,
    GENERAL,
    GIVEN,
    RECEIVED,
    ROUND,
    STRONG,
    investors_of,
    is_conversion,
    phrase_clause,
    round_of,
)
from pipeline.facts.patterns import Fact, compiled, quantity_fields
from pipeline.facts.timing import time_of
from pipeline.facts.view import Clause, SentenceView, Token

_C = r"[^。!?！？;；,，]"
_VALUED = re.compile(r"估值(?!逻辑|体系|水平|模型|方法|的?\s?(?:一半|增长|涨|翻))")
_NOT_VALUED = re.compile(r"市值|股价|价值|收购|竞购|营收")
_TO_ORG = compiled(
    rf"(?:领投|注资|入股|投资|增资)(?:了|于)?{_C}{{0,24}}?(?P<to>{{ORG}})|(?:对|向|给|为)(?P<whom>{{ORG}})(?:的|进行|追加|再)?{_C}{{0,16}}?(?:投资|注资|融资)"
)
_AIDED = re.compile(r"(?:给|向|对)[^。,，]{0,4}$")
_NOT_DONE = re.compile(r"不是|没有|未能|并未|所承诺|难以|无法|如果")
_CAME_IN = re.compile(r"(?:进账|入账|到账)")
_AMOUNTS_TO = re.compile(r"(?:^|金额|总额|规模)(?:仅有?|只有|共|达到?|约|为|高达)+$")
_GIVES = re.compile(r"(?:投资|注资|投了|出资|投入)(?:了|超|约)?\s?$")
_NO_RAISE = re.compile(r"收购|竞购|出价|营收|收入|利润|罚款|采购|订单|销售额|成本|奖金|薪")


@dataclass(slots=True)
class _Raise:
    """A row in the making: who raised, how much, at what valuation."""

    org: Token
    amount: Token | None
    at: int
    rule: str
    valuation: Token | None = None
    basis: str | None = None
    round: tuple[str, str | None] = ("unknown", None)
    leads: list[str] = field(default_factory=list)
    investors: list[str] = field(default_factory=list)

    @property
    def place(self) -> int:
        """Where it is told, as a shadow offset."""
        return self.amount.at if self.amount else self.at


def _orgs_before(view: SentenceView, clause: Clause, at: int) -> Token | None:
    """The company of a clause: its subject, else the last one before the amount that is no investor."""
    here = [t for t in clause.tokens if t.kind == "ORG" and t.at < at and not _invests(view, t, at)]
    for token in here:
        if not is_oblique(view, token):
            return token
    near = [t for t in here if re.fullmatch(rf"{_C}{{0,8}}", view.shadow[t.at + 1 : at])]
    return near[-1] if near else None


def _invests(view: SentenceView, token: Token, at: int) -> bool:
    """True for a company named as a giver: `由X领投`, `获得X等`."""
    group = view.siblings(token)
    given = re.search(r"(?:由|来自|获得?|接受|拿到|被|据)(?:了)?$", view.shadow[: group[0].at])
    return bool(given or re.match(rf"(?:等)?{_C}{{0,8}}(?:领投|跟投|参投|注资|入股)", view.shadow[group[-1].at + 1 : at + 20]))


def _raiser(view: SentenceView, clause: Clause, token: Token) -> Token | None:
    """Who raised an amount: the company of its clause, else the subject carried over, unless something without a name stands in its place."""
    if org := _orgs_before(view, clause, token.at):
        return org
    before = view.shadow[: token.at]
    if re.match(r"的(?!新|融资|[A-Za-z+]*轮|投资|募资|战略|资金)", view.shadow[token.at + 1 :]) or re.search(r"[A-Z][A-Za-z]{3,}", before):
        return None
    org = subject(view, clause.left if any(t.kind == "ORG" and t.at < token.at for t in clause.tokens) else token.at, ("ORG",), reach=2)
    if org is not None and org not in view.tokens and any(t.kind == "PERSON" and t.at < token.at for t in view.tokens):
        return None  # a person raises it
    return org


def _recipient(view: SentenceView, clause: Clause, amount: Token | None) -> tuple[Token, list[str]] | None:
    """(company, investors) where the clause says that somebody puts money into a company: `软银领投X`, `给X投资250亿`."""
    for found in _TO_ORG.finditer(view.shadow, clause.left, clause.right):
        group = "to" if found["to"] else "whom"
        company = view.token_at(found.start(group))
        if company is None:
            continue
        if re.match(compiled(r"(?:投资|注资|入股)(?:了)?{MONEY}的[^。,，]{0,10}{ORG}").pattern, found[0]):
            continue
        company = view.siblings(company)[-1] if group == "to" and "旗下" in view.between(view.siblings(company)[0], company) else company
        if group == "to" and re.match(
            r"(?:的|等)?(?:技术|股|模型|领域|旗下基金|数据中心|平台|服务|大楼|产品)", view.shadow[company.at + 1 :]
        ):
            continue
        if amount is not None and abs(amount.at - found.start()) > 30:
            continue
        givers = [t for t in clause.tokens if t.kind == "ORG" and t.at < found.start() and t.entity_id != company.entity_id]
        people = [t for t in clause.tokens if t.kind == "PERSON" and t.at < found.start()]
        giver = givers[-1] if givers else None
        if giver is None and not people:
            giver = subject(view, found.start(), ("ORG",), reach=1)
        if (giver is None and not people) or (giver is not None and giver.entity_id == company.entity_id):
            continue
        return company, [t.entity_id for t in view.siblings(giver)] if giver is not None else []
    return None


def _is_valuation(view: SentenceView, clause: Clause, token: Token) -> str | None:
    """`pre`, `post` or `any` if an amount is what a company is worth, else None."""
    before, after = view.shadow[max(clause.left, token.at - 22) : token.at], view.shadow[token.at + 1 : token.at + 6]
    said = re.search(compiled(r"(?:估值|投前|投后|融资前)(?P<gap>[^。!?！？;；,，、收{ORG}{MONEY}]{0,18})$").pattern, before)
    said = None if said and re.search(r"寻求|融资(?!前|后)|投资(?!后|额)|筹|获|完成|募|认购|下一轮", said["gap"]) else said
    ahead = re.match(r"(?:左右|以上|美元|的)*?估值", after)
    if not said and not ahead:
        return None
    if "投前" in before or "融资前" in before:
        return "pre"
    return "post" if "投后" in before or "投资后" in before else "any"


def _rounds_in(view: SentenceView) -> Iterator[_Raise]:
    """Every amount raised, with the company that raised it."""
    for token in view.tokens:
        if token.kind != "MONEY" or is_conversion(view, token):
            continue
        clause = phrase_clause(view, token.at)
        words = view.shadow[clause.left : clause.right]
        if _is_valuation(view, clause, token) or _NOT_DONE.search(words) or _NO_RAISE.search(words) or GENERAL.search(words):
            continue
        given = _recipient(view, clause, token)
        if given is not None:
            company, investors = given
            yield _Raise(company, token, clause.left, "invested", round=round_of(words), investors=investors)
            continue
        before, after = view.shadow[clause.left : token.at], view.shadow[token.at + 1 : clause.right]
        strong = STRONG.search(before[-24:]) or re.match(rf"{_C}{{0,14}}?(?:{STRONG.pattern})", after)
        received = RECEIVED.search(before) and GIVEN.match(after)
        listed = compiled("(?P<org>{ORG})[(（]$").search(view.shadow, clause.left, token.at)
        if listed and re.search("融资(?:金?额|规模)?", view.shadow[: listed.start()]) and "估值" not in view.shadow:
            raiser = view.token_at(listed.start("org"))
            if raiser is not None:
                yield _Raise(raiser, token, clause.left, "listed", round=("cumulative", None))
                continue
        beside = RECEIVED.search(before) or CUMULATIVE.search(before) or _CAME_IN.match(after) or _AMOUNTS_TO.search(before)
        neighbour = _round_clause(view, clause) if beside else None
        if not strong and not received and neighbour is None:
            continue
        if _GIVES.search(before) and not CUMULATIVE.search(before):
            continue
        org = _raiser(view, clause, token)
        if org is not None:
            rule = "raised" if strong else "received" if received else "round_beside"
            yield _Raise(org, token, clause.left, rule, round=round_of(_near_words(view, clause, token) + (neighbour or "")))


def _near_words(view: SentenceView, clause: Clause, token: Token) -> str:
    """The words of the clause from the amount before to the one after."""
    amounts = [t.at for t in clause.tokens if t.kind == "MONEY" and not is_conversion(view, t)]
    left = max([clause.left, *(at for at in amounts if at < token.at)])
    following = [at for at in amounts if at > token.at]
    return view.shadow[left : min([clause.right, *following]) if not following else token.at + 10]


def _round_clause(view: SentenceView, clause: Clause) -> str | None:
    """The words of the clause beside this one that speaks of a round or an investment, if there is one."""
    for number in (clause.number + 1, clause.number - 1):
        if 0 <= number < len(view.clauses):
            other = view.clauses[number]
            words = view.shadow[other.left : other.right]
            if re.search(r"融资|轮融|国资的投资|的投资$", words) and not any(t.kind == "MONEY" for t in other.tokens):
                return words
    return None


def _shared(view: SentenceView, raises: list[_Raise]) -> None:
    """`A和B分别完成3亿与6亿`: one amount each."""
    at = view.shadow.find("分别")
    group = [r for r in raises if r.amount is not None and r.amount.at > at >= 0]
    if len(group) < 2:
        return
    before = [t for t in view.tokens if t.kind == "ORG" and t.at < at]
    orgs = view.siblings(before[-1]) if before else ()
    if len(orgs) == len(group):
        for one, org in zip(group, orgs):
            one.org = org


def _valuations(view: SentenceView, raises: list[_Raise]) -> Iterator[_Raise]:
    """Puts valuations beside the amount they belong to; yields the others as rows of their own."""
    if "估值" not in view.shadow and "投前" not in view.shadow:
        return
    for token in view.tokens:
        if token.kind != "MONEY" or is_conversion(view, token):
            continue
        clause = phrase_clause(view, token.at)
        in_brackets = re.search(compiled(r"{ORG}[(（](?:融资前|投前|投后|估值)?$").pattern, view.shadow[clause.left : token.at])
        kind = _is_valuation(view, clause, token) or ("any" if in_brackets else None)
        if kind is None or _NOT_VALUED.search(view.shadow[max(clause.left, token.at - 12) : token.at + 3]):
            continue
        if (
            re.match(r"的?估值[,，]", view.shadow[token.at + 1 :]) and re.search(r"认购|入股", view.shadow[token.at :])
        ) or view.shadow.endswith(("？", "?")):
            continue
        basis = kind if kind != "any" else None
        org = _valued_org(view, clause, token)
        each = "均" in view.shadow[clause.left : token.at]
        mine = [
            r
            for r in raises
            if r.valuation is None
            and (each or org is None or r.org.entity_id == org.entity_id)
            and not re.search("[；;。]", _between(view, r.place, token.at))
        ]
        if mine and not in_brackets:
            for one in mine if each else [min(mine, key=lambda r: abs(r.place - token.at))]:
                one.valuation, one.basis = token, basis
        elif org is not None and not GENERAL.search(view.shadow[clause.left : clause.right]):
            several = re.search(r"[两三四五]家|均|都", view.shadow[clause.left : token.at])
            for one_org in view.siblings(org) if several and org in view.tokens else (org,):
                yield _Raise(one_org, None, clause.left, "valuation", token, basis)


def _between(view: SentenceView, one: int, other: int) -> str:
    return view.shadow[min(one, other) : max(one, other)]


def _valued_org(view: SentenceView, clause: Clause, token: Token) -> Token | None:
    """Whose valuation: the company named in the clause (right before the word, if several), else the subject of the sentence or of `公司估值`."""
    left = token.at
    here = [t for t in clause.tokens if t.kind == "ORG" and t.at < left]
    word = view.shadow.rfind("估值", clause.left, left)
    owners = [t for t in here if re.fullmatch(r"[^。,，]{0,6}", view.shadow[t.at + 1 : word])] if word > 0 else []
    ahead = re.match(rf"的(?!估值){_C}{{0,16}}?(?P<org>{compiled('{ORG}').pattern})", view.shadow[left + 1 :])
    if word > 0 and ahead:
        return view.token_at(left + 1 + ahead.start("org"))
    bracket = [t for t in here if re.fullmatch(r"[(（][^()（）]{0,6}", view.shadow[t.at + 1 : left])]
    if bracket or owners:
        return (bracket or owners)[-1]
    for one in here:
        if not is_oblique(view, one):
            return one
    after = re.match(
        rf"(?:左右|以上)?的?估值[^。,，]{{0,6}}?(?:的)?[^。,，]{{0,20}}?(?P<org>{compiled('{ORG}').pattern})", view.shadow[left + 1 :]
    )
    if after:
        return view.token_at(left + 1 + after.start("org"))
    said = re.match(
        r"(?:\s|据|目前|当前|最新|投前|其|该公司|公司|此时|这家|曾|本轮融资后|这家)*[^。,，]{0,4}估值", view.shadow[clause.left :]
    )
    return subject(view, left, ("ORG",), reach=1 if said or clause.number else 0)


def _rounds_alone(view: SentenceView, raises: list[_Raise]) -> Iterator[_Raise]:
    """Rounds told without an amount: `完成最新一轮融资`, `领投X`."""
    taken = {view.clause_at(r.at).number for r in raises if r.amount is not None}
    for clause in view.clauses:
        words = view.shadow[clause.left : clause.right]
        if (
            clause.number in taken
            or clause.number - 1 in taken
            or clause.number + 1 in taken
            or any(t.kind == "MONEY" for t in clause.tokens)
        ):
            continue
        if re.search(r"没有|未|尚|或许|需要|将要|如果|下一轮|很快|希望|方便|寻求", words):
            continue
        done = re.search(r"(?:完成|获得?|宣布|拿到|敲定|再获)(?:了)?[^。,，]{0,16}?轮[^。,，]{0,3}(?:融资|投资)", words)
        led = re.search(compiled(rf"{{ORG}}(?:等)?领投(?:了)?{_C}{{0,24}}{{ORG}}").pattern, words)
        if led and (given := _recipient(view, clause, None)):
            yield _Raise(given[0], None, clause.left, "round_alone", round=round_of(words), leads=given[1], investors=given[1])
        elif done and ROUND.search(words):
            org = _orgs_before(view, clause, clause.left + done.start()) or subject(view, clause.left + done.start(), ("ORG",), reach=1)
            if org is not None:
                yield _Raise(org, None, clause.left, "round_alone", round=round_of(words))


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `funding_rounds` in a sentence: one for each amount, valuation or round told alone."""
    if not (STRONG.search(view.shadow) or _VALUED.search(view.shadow) or "投资" in view.shadow):
        return
    raises = list(_rounds_in(view))
    _shared(view, raises)
    raises += _rounds_alone(view, raises)
    lone = list(_valuations(view, raises))
    for one in raises:
        _name_investors(view, one, raises)
    for one in [*raises, *lone]:
        fact = _fact(view, one)
        if fact is not None:
            yield fact


def _name_investors(view: SentenceView, one: _Raise, raises: list[_Raise]) -> None:
    """Fills in the investors named in the part of the sentence (between semicolons) that tells of one round only."""
    left = max(view.shadow.rfind(mark, 0, one.place) for mark in "；;。") + 1
    right = min([len(view.shadow), *(at for mark in "；;。" if (at := view.shadow.find(mark, one.place)) >= 0)])
    if sum(left <= r.place < right for r in raises) > 1:
        return
    leads, investors = investors_of(view, left, right)
    one.leads = one.leads or [i for i in leads if i != one.org.entity_id]
    one.investors = [i for i in dict.fromkeys([*one.investors, *one.leads, *investors]) if i != one.org.entity_id]


def _fact(view: SentenceView, one: _Raise) -> Fact | None:
    fields: dict[str, Any] = {"org_id": one.org.entity_id, "round": one.round[0], "round_text": one.round[1]}
    tokens = [t for t in (one.org if one.org in view.tokens else None, one.amount, one.valuation) if t is not None]
    none = {"value": None, "value_low": None, "value_high": None, "modifier": None}
    fields |= quantity_fields(one.amount) if one.amount else none
    fields["currency"] = one.amount.quantity.currency if one.amount else None
    empty = {"valuation_value": None, "valuation_low": None, "valuation_high": None, "valuation_modifier": None}
    fields |= quantity_fields(one.valuation, "valuation") if one.valuation else empty
    fields["valuation_currency"] = one.valuation.quantity.currency if one.valuation else None
    fields |= {"valuation_basis": one.basis, "lead_investors": one.leads or None, "investors": one.investors or None}
    if one.amount is None and one.valuation is None and one.round[0] == "unknown" and not one.investors and "完成" not in view.shadow:
        return None
    anchor = one.amount or one.valuation
    at = anchor.at if anchor else one.at
    clause = view.clause_at(at)
    near = [t for t in tokens if t.kind == "MONEY" or clause.left <= t.at < clause.right]
    start = min((t.start for t in near), default=view.folded_offset(one.at))
    end = max((t.end for t in near), default=clause.end)
    rule = f"funding_rounds.{one.rule}"
    return Fact("funding_rounds", fields, start, end if anchor else clause.end, rule, tuple(tokens), time=time_of(view, at))

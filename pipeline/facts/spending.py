"""Rules of `spending`: what companies and groups of companies spend, or mean to spend, on AI. Money put into other companies is `funding_rounds`, the cost
of training one model is a specification of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.facts import funding_rounds
from pipeline.facts.discourse import is_oblique, subject
from pipeline.facts.funding_words import is_conversion, phrase_clause
from pipeline.facts.patterns import Fact, compiled, quantity_fields
from pipeline.facts.timing import date_fields, time_of
from pipeline.facts.view import Clause, SentenceView, Token
from pipeline.lexicon import load

_C = r"[^。!?！？;；,，]"
# what the money is for; the first that its clause names decides
_KINDS = (
    ("r_and_d", re.compile(r"研发(?!基地|中心|园)")),
    ("marketing", re.compile(r"营销|推广|投流|广告费|买量|销售费用")),
    ("capex", re.compile(r"资本性?(?:支出|开支)|(?i:cap\s?ex)")),
    ("compute", re.compile(r"服务器上|训练成本|算力投|计算能力|租用算力|算力成本|在\ue000的(?:模型|服务|产品)上|训练和部署")),
    ("infrastructure", re.compile(r"数据中心|基础设施|基建|超级工厂|晶圆厂|产线|园区|研发基地")),
    ("ai_strategy", re.compile(r"战略|AI|人工智能|大模型|使用\ue000的技术|\ue000技术")),
)
_VERB = r"投入|投资|支出|开支|花费|花了|花|砸下?|斥资|拨出|出资|耗资|支付|注入|投下|用于|资本"
_SPENDS = re.compile(rf"(?:{_VERB}|预算|成本){_C}{{0,16}}$")
_SPENT = re.compile(rf"^{_C}{{0,20}}?(?:{_VERB}|预算|计划)")
_NOT_SPENT = re.compile(
    r"营收|收入|利润|市值|估值|融资|募资|收购|竞购|价格|售价|定价|销售额|薪|罚款|股|亏损|蒸发|奖金|GDP|产值|收益|贷款|基金|赔偿|节省|节约|烧(?!钱)|资金缺口|收回|回报|现金流转"
)
_FORECAST = re.compile(r"预计|预测|预期|有望|可能|估计|估算|料将|或将|推算")
_PLANNED = re.compile(r"计划|拟(?!人)|准备|承诺|打算|目标|预算|将(?!近)|旨在|宣布|立刻|还会|未来|牵头|每年将|重申")
_MADE = compiled(
    r"(?:名为|成立(?:的|了)?|启动(?:了)?|设立(?:了)?|提出(?:了|的)?|推出(?:了)?|叫做?)[^。,，]{0,14}?(?P<made>{ORG})[^。,，]{0,16}?(?:公司|项目|计划|企业|实体)"
)
_NEW_FIRM = compiled(r"(?:合资公司|新公司|合资企业|项目|计划)[“「\"]?(?P<made>{ORG})")
_PROJECT = compiled(
    r"(?P<made>{ORG})[”\"」]?(?:[(（][^)）]{1,12}[)）])?(?:的(?:这)?{MONEY})|(?P<named>{ORG})[”\"」]?(?:[(（][^)）]{1,12}[)）])?(?:的)?[”\"」]?(?:项目|计划|工程|合资企业|合资公司)"
)
_JOINT = re.compile(r"共(?:支出|投入|花费|计|同)?|合计|总和|五巨头|总共|加起来|联合|巨头")
_SAME_ONE = re.compile(r"(?:而|但|同时|此外|目前|其中|另外|,|，|\s)*(?:该公司|这家公司|公司|其|它|该集团|该项目)")
_UNREAL = re.compile(
    r"[?？]|吗|如果|客户|用户|(?:低于|高于|远超|接近|不到|相当于)[^,，。]{0,12}的[\ue010乃至甚至]*$|不是|没有|(?<!(?i:capex))(?<![A-Za-z])(?!(?i:capex))[A-Za-z]{3,}$"
)
_GOES_ON = re.compile(r"(?:达到?了?|高达|为|约为|增至|总额|规模|总计)\s?$")
_SMALLEST = 1e8  # a company's spending below is a bill, not news


def _kind(view: SentenceView, clause: Clause, at: int) -> str | None:
    """The kind of schema.md: from the words of the clause, else those after it up to the next amount."""
    own, ahead, behind_it = (
        view.shadow[clause.left : clause.right],
        view.shadow[at : at + 40],
        view.shadow[max(0, clause.left - 40) : clause.left],
    )
    ahead = re.split("[；;。]", ahead)[0]
    goes_on = clause.number and _GOES_ON.fullmatch(view.shadow[clause.left : at])
    for text in (own, behind_it, ahead) if goes_on else (own, ahead, behind_it):
        for kind, cue in _KINDS:
            if cue.search(text):
                return kind
    behind = view.previous
    if behind is not None:
        return next((kind for kind, cue in _KINDS if kind != "ai_strategy" and cue.search(behind.shadow)), None)
    return None


def _status(view: SentenceView, clause: Clause) -> str:
    """actual, planned or forecast: by the words before the amount, in its clause and the one before."""
    own = view.shadow[clause.left : clause.right]
    wider = view.shadow[view.clauses[max(0, clause.number - 1)].left : clause.right]
    if _FORECAST.search(own):
        return "planned" if re.search("重申|计划|宣布|表示将", wider) else "forecast"
    if _PLANNED.search(own) or (
        re.search(r"计划|宣布|旨在|将|准备|打算|承诺|重申|拟", wider[: len(wider) - len(own)]) and not re.search("已经?|累计", own)
    ):
        return "planned"
    return "actual"


def _spender(view: SentenceView, clause: Clause, token: Token) -> tuple[Token, tuple[Token, ...]] | None:
    """(who spends, all of them if they spend together): a project that the sentence names, the list of a joint total, else the subject."""
    for pattern in (_MADE, _NEW_FIRM, _PROJECT):
        for found in pattern.finditer(view.shadow, max(0, clause.left - 80), token.at + 16):
            made = view.token_at(found.start("made") if found["made"] else found.start("named"))
            if made is not None:
                return made, ()
    kinds = ("ORG", "COHORT")
    cohort = next(
        (t for t in view.tokens if t.kind == "COHORT" and t.at < token.at and clause.number - view.clause_at(t.at).number <= 2), None
    )
    last = max(
        (t.at for t in view.tokens_in(clause.left, token.at, "MONEY") if any(o.kind in kinds for o in view.tokens_in(t.at, token.at))),
        default=clause.left,
    )
    here = list(view.tokens_in(last, token.at, *kinds))
    first = next((t for t in here if not is_oblique(view, t)), None)
    if not here and any(t.kind == "PERSON" and not is_oblique(view, t) for t in view.tokens_in(clause.left, token.at)):
        return None
    one = first or subject(view, token.at, kinds, reach=3)
    if one is None or (one not in view.tokens and not _SAME_ONE.match(view.shadow[clause.left :])):
        return None
    group = view.siblings(one)
    if (
        cohort is not None
        and one in view.tokens
        and (one.kind == "COHORT" or abs(cohort.at - group[0].at) <= 2 or (one.at > cohort.at and len(group) > 1))
    ):
        return cohort, ()
    if len(group) > 1 and (_JOINT.search(view.shadow[group[-1].at : token.at]) or group[0] not in clause.tokens):
        return one, group
    return one, ()


def _is_place(token: Token) -> bool:
    """True for a city or province named as a place, not as a government."""
    entity = load().entities.get(token.entity_id)
    return (
        entity is not None and entity.attributes.get("org_type") == "government" and not re.search("政府|部|委|盟|国", token.mention.text)
    )


def _built(view: SentenceView, token: Token) -> bool:
    """True for a project or joint venture: what is put into it is for building."""
    return any(
        token.at in (found.start("made"), found.start("named")) if "named" in found.re.groupindex else token.at == found.start("made")
        for pattern in (_MADE, _NEW_FIRM, _PROJECT)
        for found in pattern.finditer(view.shadow)
    )


def _is_spending(view: SentenceView, clause: Clause, token: Token) -> bool:
    before, after = view.shadow[clause.left : token.at], view.shadow[token.at + 1 : clause.right]
    if _GOES_ON.fullmatch(before) and clause.number:
        previous = view.clauses[clause.number - 1]
        before = re.sub(r"[再又]?(?:次|创)[^,，]{0,10}$", "", view.shadow[previous.left : previous.right])
    if (
        _UNREAL.search(view.shadow[clause.left : token.at])
        or "？" in view.shadow[clause.left : clause.right]
        or "吗" in view.shadow[clause.left : clause.right]
    ):
        return False
    named = re.match(compiled("的[“「]?(?P<made>{ORG})").pattern, after)
    project = view.token_at(token.at + 1 + named.start("made")) if named else None
    if project is not None and project.mention.text.endswith(("计划", "项目")):
        return True
    if not (_SPENDS.search(before) or _SPENT.match(after) or re.search(r"(?:支出|开支|投入|投资)$", after)):
        return False
    words = view.shadow[clause.left : clause.right]
    if _NOT_SPENT.search(words) or any(t.kind == "MODEL" for t in clause.tokens):
        return False
    q = token.quantity
    return max(q.value or 0, q.high or 0, q.low or 0) >= _SMALLEST


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `spending` in a sentence, one for each amount."""
    if not any(t.kind == "MONEY" for t in view.tokens) or not re.search(_VERB + "|成本", view.shadow):
        return
    raised = {t for fact in funding_rounds.find(view) for t in fact.tokens if t.kind == "MONEY"}
    before: tuple[tuple[Token, tuple[Token, ...]], int] | None = None
    for token in view.tokens:
        if token.kind != "MONEY" or token in raised or is_conversion(view, token):
            continue
        clause = phrase_clause(view, token.at)
        if not _is_spending(view, clause, token):
            continue
        who = _spender(view, clause, token)
        kind = _kind(view, clause, token.at)
        if who is not None and _built(view, who[0]) and (kind is None or kind == "ai_strategy"):
            kind = "infrastructure"
        if who is None or kind is None:
            continue
        if before is not None and not view.tokens_in(before[1], token.at, "ORG", "COHORT", "PERSON"):
            who = before[0]
        if _is_place(who[0]):
            continue
        before = (who, token.at)
        yield _fact(view, clause, token, who, kind)


def _fact(view: SentenceView, clause: Clause, token: Token, who: tuple[Token, tuple[Token, ...]], kind: str) -> Fact:
    one, group = who
    status = _status(view, clause)
    if status == "actual" and _built(view, one) and not re.search("已经?|累计", view.shadow[clause.left : token.at]):
        status = "planned"
    amount = quantity_fields(token)
    if amount["modifier"] == "exact" and re.search(r"最高(?:可|将|达|投资|投入|至|支出)*\s?$", view.shadow[clause.left : token.at]):
        amount |= {"modifier": "under", "value_low": None}
    fields: dict[str, Any] = {
        "org_id": one.entity_id if one.kind == "ORG" and not group else None,
        "cohort_id": one.entity_id if one.kind == "COHORT" else None,
        "member_org_ids": [t.entity_id for t in group] or None,
        "kind": kind,
        "status": status,
        "currency": token.quantity.currency,
        **amount,
    }
    here = [t for t in (one, *group, token) if t in view.tokens]
    near = [t for t in here if t is token or clause.left <= t.at < clause.right]
    rule = "spending.joint" if group else "spending.cohort" if one.kind == "COHORT" else f"spending.{status}"
    assertion = {"planned": "planned", "forecast": "predicted"}.get(status)
    start, end = min(t.start for t in near), max(t.end for t in near)
    fields |= _date_before(view)
    return Fact("spending", fields, start, end, rule, tuple(here), time=time_of(view, token.at), assertion=assertion)


def _date_before(view: SentenceView) -> dict[str, Any]:
    """The date columns of the sentence before, for one that goes on about the same company (`该公司…`) and names no time."""
    behind = view.previous
    if behind is None or any(t.kind in ("TIME", "DURATION") for t in view.tokens) or not _SAME_ONE.match(view.shadow):
        return {}
    times = [t for t in behind.tokens if t.kind == "TIME" and t.time.date_start is not None]
    return date_fields(behind, times[0]) if len(times) == 1 else {}

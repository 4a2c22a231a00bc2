"""Corporate events of law and access: what governments forbid or punish, what platforms block, who sues whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.corporate_events_rows import assertion_before, event_fact
from pipeline.facts.discourse import is_government, owner_of, subject, topic_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token

_G = r"[^,，。;；:：!！?？\n]"
_THING = "(?P<thing>{ORG}|{MODEL}|{PRODUCT})"
_BANS = rf"(?:禁止|禁用|封杀|封禁|限制|屏蔽|下架|叫停|停用|封锁|查禁|制裁|抵制){_G}{{0,26}}?{_THING}"
_AGAINST = (
    rf"(?:针对|对){_THING}(?:的|实施|采取|发起|施加|发布|颁布|下达|启动|进行){_G}{{0,10}}(?:限制|禁令|封禁|制裁|禁用|出口管制|封锁|禁止令)"
)
_SUFFERS = (
    rf"{_THING}(?:母公司|公司)?(?:也|已|已经|曾|此前|再|又|均|都|将|在{_G}{{1,8}}?|于?{{TIME}})*(?:被|遭到?|受到?|面临|被迫){_G}{{0,14}}?"
    rf"(?:制裁|禁止|禁用|封杀|封禁|下架|取缔|驱逐|禁令|列入{_G}{{0,10}}(?:名单|清单))"
)
_SUFFERING = rf"(?:被|遭|受){_G}{{0,8}}?(?:禁止|制裁|禁用|封杀|封禁|列入{_G}{{0,10}}(?:名单|清单)){_G}{{0,14}}?的{_G}{{0,6}}?{_THING}"
_DENIES = rf"(?:拒绝|撤销|吊销|取消|收回)(?:授予|批准|发放|给予|了)*{_THING}{_G}{{0,12}}(?:运营权|牌照|许可|执照|资质|经营权|授权)"
_FORCES = rf"(?:迫使|强迫|要求|强制|勒令){_G}{{0,24}}?{_THING}{_G}{{0,14}}(?:撤资|剥离|出售|退出|下架)"
_BLOCKED = (
    rf"(?<!无)(?:限制|阻止|拦截|禁止|屏蔽|封禁|判定){_G}{{0,14}}(?:访问|登录|登陆|账号|异常|操作|跳转|分享)|登录拦截|封(?:禁|"
    rf"锁|停|杀|了){_G}{{0,12}}(?:IP|账号|访问|API|接口)|(?:切断|吊销|收回|撤销|中断|停掉|断供){_G}{{0,24}}(?:权限|访问|接口|API|账号|使用权|供应)"
)
_LISTED = rf"(?:被|将|把){_G}{{0,24}}?(?:列入|纳入|加入){_G}{{0,14}}(?:实体清单|制裁名单|黑名单|管制清单)"
_GOVERNMENT_WORDS = re.compile(
    r"政府|国防部|海军|五角大楼|议员|国会|法案|监管|两党|众议院|参议院|商务部|军方|州长|部门|当局|委员会|白宫|总统|司法部|财政部|全国"
)
_SUES = (
    rf"(?P<verb>起诉|状告|控告|诉讼{_G}{{0,6}}主张|指控|(?<=[\ue000\ue001])诉)(?:了)?{_G}{{0,10}}?(?P<target>{{ORG}})|"
    rf"(?:对|向|针对)\s?(?P<at>{{ORG}})(?:及其|公司|等)?{_G}{{0,16}}?(?:提起|发起|提出|递交|启动){_G}{{0,12}}(?:诉讼|起诉|控告|索赔|上诉|诉状|官司)|"
    rf"(?:将|把)\s?(?P<court>{{ORG}}){_G}{{0,6}}(?:告上|诉至|告到|告了)|(?:向|对)\s?(?P<claim>{{ORG}}){_G}{{0,4}}索赔"
)
_SUED = (
    rf"(?:被|遭)(?:到)?(?P<by>{{ORG}}|{{PERSON}})?{_G}{{0,14}}?(?:起诉|状告|提起诉讼|诉讼|控告|告上法[庭院]|索赔)|(?:面临|卷入|陷入|"
    rf"深陷|惹上|身陷|官司缠身){_G}{{0,8}}(?:侵权|诉讼|官司|反垄断调查|索赔|指控)|吃官司"
)
_SUIT_WORDS = re.compile(r"诉|法院|法庭|侵权|侵犯|索赔|赔偿")


def _state_acts(view: SentenceView, actor: Token | None, left: int, right: int) -> bool:
    if actor is not None and is_government(actor):
        return True
    return bool(_GOVERNMENT_WORDS.search(view.shadow, left, right)) and (actor is None or actor.kind != "ORG")


def _sanctions(view: SentenceView) -> Iterator[Fact]:
    """What a government forbids is a sanction of the company behind it."""
    text = view.shadow
    for rule, pattern in (
        ("forbidden", _BANS),
        ("forbidden", _AGAINST),
        ("suffers", _SUFFERS),
        ("suffers", _SUFFERING),
        ("denied_leave", _DENIES),
        ("denied_leave", _FORCES),
    ):
        for match in compiled(pattern).finditer(text):
            thing = view.tokens_in(*match.span("thing"))[0]
            clause, owner = view.clause_at(match.start()), owner_of(thing)
            actor = topic_of(view, clause, ("ORG", "COUNTRY"), match.start())
            if rule == "suffers":
                named = [t for t in view.tokens if t.kind in ("ORG", "COUNTRY") and is_government(t)]
                state = bool(named) or _GOVERNMENT_WORDS.search(text) is not None
                actor = next((t for t in named if t.kind == "ORG"), None)
            else:
                state = _state_acts(view, actor, 0, match.end())
            if (
                owner is None
                or is_government(thing)
                or not state
                or (rule == "forbidden" and text[match.start() - 1 : match.start()] == "被")
            ):
                continue
            yield event_fact(
                view,
                "sanctioned",
                rule,
                owner,
                match.start(),
                match.end(),
                other=actor.entity_id if actor and actor.kind == "ORG" else None,
                assertion=assertion_before(view, clause.left, match.start()),
            )
    for match in compiled(_LISTED).finditer(text):
        if compiled(r"(?:了)?{ORG}").match(text, match.end()):
            continue
        inside = view.tokens_in(match.start(), match.end(), "ORG")
        who = next((t for t in inside if not is_government(t)), None) or subject(view, match.start(), ("ORG",), reach=1)
        if who and not is_government(who):
            yield event_fact(view, "sanctioned", "listed", who.entity_id, match.start(), match.end())


def _blocks(view: SentenceView) -> Iterator[Fact]:
    """What a company blocks is a platform restriction of its own."""
    for match in compiled(_BLOCKED).finditer(view.shadow):
        actor = topic_of(view, view.clause_at(match.start()), ("ORG", "PRODUCT"), match.start()) or subject(
            view, match.start(), ("ORG", "PRODUCT"), reach=0
        )
        owner = owner_of(actor) if actor else None
        if actor and owner and not is_government(actor):
            others = [owner_of(t) for t in view.tokens if t.kind in ("ORG", "PRODUCT") and t.at != actor.at]
            yield event_fact(
                view,
                "platform_restriction",
                "blocks",
                owner,
                match.start(),
                match.end(),
                other=next((o for o in others if o and o != owner), None),
            )


def _lawsuits(view: SentenceView) -> Iterator[Fact]:
    for match in compiled(_SUES).finditer(view.shadow):
        if match["verb"] == "指控" and not _SUIT_WORDS.search(view.shadow):
            continue
        group = next(g for g in ("target", "at", "court", "claim") if match[g])
        target = view.tokens_in(*match.span(group))[0]
        clause = view.clause_at(match.start())
        who = topic_of(view, clause, ("ORG", "PERSON"), match.start())
        if who is not None and who.entity_id == target.entity_id:
            continue
        yield event_fact(
            view,
            "lawsuit",
            "sues",
            target.entity_id,
            match.start(),
            match.end(),
            person=who if who and who.kind == "PERSON" else None,
            other=who.entity_id if who and who.kind == "ORG" else None,
        )
    for match in compiled(_SUED).finditer(view.shadow):
        who = subject(view, match.start(), ("ORG",), reach=1)
        if who and (match["by"] or topic_of(view, view.clause_at(match.start()), ("ORG",), match.start())):
            by = view.tokens_in(*match.span("by"))[0] if match["by"] else None
            yield event_fact(
                view,
                "lawsuit",
                "sued",
                who.entity_id,
                match.start(),
                match.end(),
                person=by if by and by.kind == "PERSON" else None,
                other=by.entity_id if by and by.kind == "ORG" else None,
            )


def legal(view: SentenceView) -> Iterator[Fact]:
    """Sanctions, restrictions and lawsuits in a sentence."""
    yield from _sanctions(view)
    yield from _blocks(view)
    yield from _lawsuits(view)

"""Corporate events between parties: founders, hires and departures, take-overs, joint labs, restrictions and sanctions, lawsuits.

Here the pattern itself names who is who. People who come and go are in `corporate_events_people`, events told of one subject in `corporate_events_cues`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.corporate_events_people import moves
from pipeline.facts.corporate_events_rows import assertion_before, event_fact
from pipeline.facts.discourse import is_government, is_oblique, owner_of, subject, topic_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView

_G = r"[^,，。;；:：!！?？\n]"
_FOUNDED = rf"(?P<org>{{ORG}}){_G}{{0,8}}?(?:正式|自)?(?:于)?(?P<when>{{TIME}})?(?:正式)?(?:成立|创立|创办|创建)(?:于(?P<at>{{TIME}}))?(?=[^了{{ORG}}]|$)"
_FOUNDED_IN = (
    r"(?:(?:^|[,，。;；]|公司|其|该企业)\s*(?:成立|创立|创建|创办)于(?P<at>{TIME})"
    r"|于(?P<in>{TIME})(?:正式)?(?:成立|创立|创办|创建)(?=[,，。;；]|$))"
)
_FOUNDS = (
    rf"(?<!参与)(?<!负责)(?:创立|创办(?!人)|创建|联合创办|联合创立|共同创办|共同创立|"
    rf"成立)(?:了)?(?P<gap>{_G}{{0,16}}?)(?P<org>{{ORG}})(?!团队|研究院|中国|实验室|的经历)"
)
_BY = (
    rf"由{_G}{{0,4}}?(?P<former>{{ORG}})?{_G}{{0,10}}?(?:员工|成员|高管|工程师|研究员|团队|校友|专家|精英|科学家|教授|人员){_G}{{0,6}}(?:创立|创办|成立|"
    rf"创建)的(?P<gap>{_G}{{0,10}}?)(?P<org>{{ORG}}|公司|企业)"
)
_BUYS = rf"(?P<verb>收购|并购|买下|吞并|全资收购)(?:了)?(?P<gap>{_G}{{0,24}}?)(?P<target>{{ORG}})"
_BUYS_BACK = r"被\s?(?P<buyer>{ORG})\s?(?P<verb>收购|并购|吸收|吞并|买下)"
_BID = (
    rf"(?:对|向)\s?(?P<target>{{ORG}}){_G}{{0,6}}(?:提出|发起|发出){_G}{{0,24}}(?:收购|要约)|出价{_G}{{0,14}}(?:收购|控制|"
    rf"竞购|买下)(?P<bid>{{ORG}})|(?:收购|竞购)(?P<other>{{ORG}})|收购要约"
)
_REFUSES = (
    rf"(?:拒绝|回绝|驳回|婉拒)(?:了)?{_G}{{0,10}}(?:收购|要约|出售|竞购|并购)|遭到?(?:了)?(?P<by>{{ORG}})的?{_G}{{0,4}}拒绝|"
    rf"(?:辟谣|否认|澄清){_G}{{0,10}}(?:出售|收购|被收购|卖身)"
)
_LAB = r"联合(?:创新|研发|研究)?(?:实验室|研究院|研究中心|创新中心|研发中心|中心)"
_LAB_VERB = re.compile(r"成立|共建|组建|建立|揭牌|设立|共同|签署|启动|打造")
_BANS = rf"(?:禁止|禁用|封杀|封禁|限制|屏蔽|下架|叫停|停用|封锁){_G}{{0,26}}?(?P<thing>{{ORG}}|{{MODEL}}|{{PRODUCT}})"
_AGAINST = rf"针对(?P<thing>{{ORG}}|{{MODEL}}|{{PRODUCT}})的{_G}{{0,8}}(?:限制|禁令|封禁|制裁|禁用)"
_BLOCKED = (
    rf"(?<!无)(?:限制|阻止|拦截|禁止|屏蔽|封禁|判定){_G}{{0,14}}(?:访问|登录|登陆|账号|异常|操作|跳转|分享)|登录拦截|封(?:禁|"
    rf"锁|停|杀|了){_G}{{0,12}}(?:IP|账号|访问|API|接口)"
)
_LISTED = rf"(?:被|将|把){_G}{{0,24}}?(?:列入|纳入|加入){_G}{{0,14}}(?:实体清单|制裁名单|黑名单|管制清单)"
_GOVERNMENT_WORDS = re.compile(r"政府|国防部|海军|五角大楼|议员|国会|法案|监管|两党|众议院|参议院|商务部|军方|州长|部门")
_SUES = rf"(?P<verb>起诉|状告|控告|诉讼{_G}{{0,6}}主张|指控)(?:了)?{_G}{{0,10}}?(?P<target>{{ORG}})"
_SUED = (
    rf"(?:被|遭)(?:到)?(?P<by>{{ORG}}|{{PERSON}})?{_G}{{0,14}}?(?:起诉|状告|提起诉讼|诉讼)|(?:面临|卷入|陷入|"
    rf"深陷){_G}{{0,6}}(?:侵权|诉讼|官司|反垄断调查)"
)
_IRREALIS = re.compile(r"如果|假如|倘若|一旦|是否|能否|会不会|应该|应当|建议|呼吁|若(?!干)|即使|假设")


def _founding(view: SentenceView) -> Iterator[Fact]:
    for match in compiled(_FOUNDED).finditer(view.shadow):
        org = view.tokens_in(*match.span("org"))[0]
        before = list(view.tokens_in(max(0, org.at - 2), org.at, "TIME"))
        group = "at" if match["at"] else ("when" if match["when"] else None)
        time = view.tokens_in(*match.span(group))[0] if group else (before[0] if before else None)
        if (
            time is None
            or is_oblique(view, org)
            or "实验室" in match[0]
            or time.time.is_duration
            or time.time.text in ("当年", "同年", "今年", "去年同期")
        ):
            continue
        yield event_fact(view, "founded", "dated", org.entity_id, match.start(), match.end(), time=time)
    for match in compiled(_FOUNDED_IN).finditer(view.shadow):
        after = compiled(r"的(?:[^,，。]{0,8}?)(?P<org>{ORG})").match(view.shadow, match.end())
        agent = view.shadow.find("由", view.clause_at(match.start()).left, match.start())  # 由X于某年创立: whom the text is about before X
        place = agent if agent >= 0 else match.start()
        who = view.token_at(after.start("org")) if after else subject(view, place, ("ORG",), reach=2)
        if who:
            yield event_fact(
                view,
                "founded",
                "dated_carried",
                who.entity_id,
                max(match.start(), match.end() - 3),
                match.end(),
                time=view.tokens_in(*match.span("at" if match["at"] else "in"))[0],
            )
    for match in compiled(_FOUNDS).finditer(view.shadow):
        gap, clause = match["gap"], view.clause_at(match.start())
        org = view.tokens_in(*match.span("org"))[0]
        if (
            re.search(
                r"的|与|和|实验室|部门|子公司|以来|后|于|前|时", gap.replace("名为", "").replace("的合资公司", "").replace("的公司", "")
            )
            or view.shadow[match.end() : match.end() + 1] in "的、"
        ):
            continue
        people = [t for t in clause.tokens if t.kind == "PERSON" and t.at < match.start()]
        person = people[0] if people else subject(view, match.start(), ("PERSON",), reach=1)
        dated = any(t.kind == "TIME" for t in clause.tokens)
        if match[0].startswith("成立") and not re.search(r"合资|公司", match[0]):
            continue
        if not (person or dated or "合资" in match[0] + view.shadow[max(0, match.start() - 4) : match.start()]):
            continue
        yield event_fact(
            view,
            "founded",
            "founds",
            org.entity_id,
            match.start(),
            match.end(),
            person=person,
            assertion=assertion_before(view, clause.left, match.start()),
        )
    for match in compiled(_BY).finditer(view.shadow):
        named = view.tokens_in(*match.span("org"), "ORG")
        who = named[0] if named else subject(view, match.start(), ("ORG",), reach=2)
        former = view.tokens_in(*match.span("former")) if match["former"] else []
        if who:
            yield event_fact(
                view, "founded", "by_former_staff", who.entity_id, match.start(), match.end(), other=former[0].entity_id if former else None
            )


def _takeovers(view: SentenceView) -> Iterator[Fact]:
    text = view.shadow
    for match in compiled(_BUYS).finditer(text):
        clause, at = view.clause_at(match.start()), match.start()
        target = view.tokens_in(*match.span("target"))[0]
        if re.search(r"被$|遭$", text[:at]) or re.search(r"与|和$|后|的?要约|失败|、", match["gap"]):
            continue
        buyer = topic_of(view, clause, ("ORG", "PERSON"), at)
        if buyer is None:
            buyer = subject(view, at, ("ORG",), reach=1)
        if buyer is None or buyer.entity_id == target.entity_id:
            continue
        assertion = assertion_before(view, clause.left, at)
        if buyer.kind == "PERSON":
            yield event_fact(
                view, "acquisition", "bid_by_person", target.entity_id, at, match.end(), person=buyer, assertion=assertion or "planned"
            )
        else:
            yield event_fact(view, "acquisition", "buys", buyer.entity_id, at, match.end(), other=target.entity_id, assertion=assertion)
    for match in compiled(_BUYS_BACK).finditer(text):
        target = subject(view, match.start(), ("ORG",), reach=1)
        if target and target.entity_id != view.tokens_in(*match.span("buyer"))[0].entity_id:
            clause = view.clause_at(match.start())
            yield event_fact(
                view,
                "acquisition",
                "bought_by",
                target.entity_id,
                match.start(),
                match.end(),
                other=view.tokens_in(*match.span("buyer"))[0].entity_id,
                assertion=assertion_before(view, clause.left, match.start()),
            )
    for match in compiled(_BID).finditer(text):
        clause = view.clause_at(match.start())
        group = next((g for g in ("target", "bid", "other") if match[g]), None)
        target = view.tokens_in(*match.span(group))[0] if group else subject(view, match.end(), ("ORG",), reach=1)
        people = [t for t in clause.tokens if t.kind == "PERSON"]
        named = [t for t in view.tokens if t.kind == "ORG" and t.at < match.start()]
        target = target or (named[-1] if named else None)
        if target and people:
            yield event_fact(
                view, "acquisition", "offer", target.entity_id, match.start(), match.end(), person=people[-1], assertion="planned"
            )
    for match in compiled(_REFUSES).finditer(text):
        if match["by"]:
            if not re.search(r"收购|要约|竞购", text[: match.start()]):
                continue
            yield event_fact(
                view, "acquisition_denied", "refused_by", view.tokens_in(*match.span("by"))[0].entity_id, match.start(), match.end()
            )
        else:
            clause = view.clause_at(match.start())
            who = subject(view, match.start(), ("ORG",), reach=2)
            people = [t for t in clause.tokens if t.kind == "PERSON" and t.at < match.start()]
            if who:
                yield event_fact(
                    view,
                    "acquisition_denied",
                    "refuses",
                    who.entity_id,
                    match.start(),
                    match.end(),
                    person=people[0] if people else None,
                    assertion=assertion_before(view, clause.left, match.start()),
                )


def _labs(view: SentenceView) -> Iterator[Fact]:
    for match in compiled(_LAB).finditer(view.shadow):
        clause, at = view.clause_at(match.start()), match.start()
        if not _LAB_VERB.search(view.shadow, clause.left, clause.right):
            continue
        founders = [t for t in clause.tokens if t.kind == "ORG" and t.at < at]
        if len({t.entity_id for t in founders}) < 2:
            earlier = subject(view, founders[0].at if founders else at, ("ORG",), reach=3)
            founders = [earlier, *founders] if earlier else founders
        ids = list(dict.fromkeys(t.entity_id for t in founders))
        if len(ids) > 1:
            for org in ids:
                yield event_fact(view, "joint_lab", "founded_together", org, at, match.end(), other=next(i for i in ids if i != org))


def _bans(view: SentenceView) -> Iterator[Fact]:
    """What a government forbids is a sanction of the company behind it; what a company blocks is a platform restriction of its own."""
    text = view.shadow
    for pattern in (_BANS, _AGAINST):
        for match in compiled(pattern).finditer(text):
            thing = view.tokens_in(*match.span("thing"))[0]
            clause, owner = view.clause_at(match.start()), owner_of(thing)
            actor = topic_of(view, clause, ("ORG", "COUNTRY"), match.start())
            here = text[: match.end()]
            state = (actor and is_government(actor)) or (
                _GOVERNMENT_WORDS.search(here) and (actor is None or actor.kind != "ORG" or is_government(actor))
            )
            if owner is None or is_government(thing):
                continue
            if state:
                yield event_fact(
                    view,
                    "sanctioned",
                    "forbidden",
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
    for match in compiled(_BLOCKED).finditer(text):
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
        if match["verb"] == "指控" and "诉" not in view.shadow:
            continue
        target = view.tokens_in(*match.span("target"))[0]
        clause = view.clause_at(match.start())
        who = topic_of(view, clause, ("ORG", "PERSON"), match.start())
        other = who.entity_id if who and who.kind == "ORG" else None
        yield event_fact(
            view,
            "lawsuit",
            "sues",
            target.entity_id,
            match.start(),
            match.end(),
            person=who if who and who.kind == "PERSON" else None,
            other=other,
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


def parties(view: SentenceView) -> Iterator[Fact]:
    """Events between named parties in a sentence."""
    if not any(t.kind in ("ORG", "MODEL", "PRODUCT") for t in view.tokens) and not compiled(_FOUNDED_IN).search(view.shadow):
        return
    for finder in (_founding, moves, _takeovers, _labs, _bans, _lawsuits):
        for fact in finder(view):
            clause = view.clause_at(view.shadow_offset(fact.start))
            if not _IRREALIS.search(view.shadow, clause.left, clause.right):
                yield fact

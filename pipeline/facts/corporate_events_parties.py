"""Corporate events between parties: founders, joint labs, listings told as nouns, models given up.

Here the pattern itself names who is who. People who come and go are in `corporate_events_people`, take-overs in `corporate_events_takeovers`, sanctions
and lawsuits in `corporate_events_law`, events told of one subject in `corporate_events_cues`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.corporate_events_law import legal
from pipeline.facts.corporate_events_people import moves
from pipeline.facts.corporate_events_rows import assertion_before, event_fact
from pipeline.facts.corporate_events_takeovers import takeovers
from pipeline.facts.discourse import is_government, is_oblique, owner_of, subject, topic_of
from pipeline.facts.partnerships_pairs import parent_of
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
_LAB = r"联合(?:创新|研发|研究)?(?:实验室|研究院|研究中心|创新中心|研发中心|中心)"
_LAB_VERB = re.compile(r"成立|共建|组建|建立|揭牌|设立|共同|签署|启动|打造")
_LISTING = (
    r"(?P<org>{ORG})[\s”\"]?(?P<gap>(?:的|也|又|将|或|有望|传出|曝出|公司|集团|在|于|{TIME}|前|\s){0,6})"
    r"(?P<word>IPO(?!时刻|热|梦)|首次公开募股|首次公开发行|公开上市|(?<!的)上市(?=计划|曾|以来|后|时|首日|之|于|$|[,，。]))(?!申请|辅导|公司|企业|车|新|产品|进程|备案|潮|市场|窗口|概念)"
)
_NO_LISTING = re.compile(
    r"(?:启动|筹备|推进|冲刺|冲击|申请|重启|递交|提交|寻求|开启)[^,，。]{0,10}(?:IPO|上市)|新品|新车|车型|手机|汽车|芯片上市|产品|售价|是否|如果"
)
_GIVES_UP = (
    r"(?:放弃|停止|终止|停掉|舍弃|抛弃|弃用)(?:了)?(?:训练|研发|开发)?(?:自研|自家|自己|旗下|自主研发)?(?:的)?(?P<thing>{MODEL})"
    r"(?:系列)?(?:的)?(?:(?:大?模型|训练|研发)|(?=[,，。;；”\"』」]|而|$))"
)
_UNNAMED = compiled(rf"{_FOUNDED_IN}|提议|要约|竞购|报价|辞职|离职|出任|接任")  # told of a company named before
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


def _listings(view: SentenceView) -> Iterator[Fact]:
    """`X的IPO`, `X2014年首次公开募股`, `2014年X上市`, `X传出2026年上市计划`."""
    for match in compiled(_LISTING).finditer(view.shadow):
        org = view.tokens_in(*match.span("org"))[0]
        clause = view.clause_at(match.start())
        around = view.shadow[clause.left : clause.right]
        if is_government(org) or _NO_LISTING.search(around):
            continue
        hearsay = "rumoured" if re.search(r"传出|传闻|据传|或", match["gap"]) else None
        ahead = "predicted" if re.search(r"将|有望|预计|可能", match["gap"] + view.shadow[match.end() : match.end() + 2]) else None
        yield event_fact(view, "ipo_listing", "nominal", org.entity_id, match.start(), match.end(), assertion=hearsay or ahead)


def _gives_up_own(view: SentenceView) -> Iterator[Fact]:
    """`X放弃自研的Y大模型`, also where it is denied or only rumoured; to give up somebody else's model is no exit."""
    for match in compiled(_GIVES_UP).finditer(view.shadow):
        thing, at = view.tokens_in(*match.span("thing"))[0], match.start()
        clause = view.clause_at(at)
        owner = owner_of(thing)
        who = topic_of(view, clause, ("ORG",), at) or subject(view, at, ("ORG",), reach=0)
        around = view.shadow[clause.left : clause.right]
        if owner is None or who is None or who.entity_id not in (owner, parent_of(owner)) or re.search(r"仿佛|似乎|好像|看似", around):
            continue
        denied = "denied" if re.search(r"并非|不会|没有|并未|否认|从未|不是", view.shadow[clause.left : match.end()]) else None
        doubted = "rumoured" if re.search(r"猜测|传闻|传言|质疑|疑似|猜想|揣测", around) else None
        yield event_fact(view, "exit_foundation_models", "own_model", who.entity_id, at, match.end(), assertion=denied or doubted)


def parties(view: SentenceView) -> Iterator[Fact]:
    """Events between named parties in a sentence."""
    if not any(t.kind in ("ORG", "MODEL", "PRODUCT") for t in view.tokens) and not _UNNAMED.search(view.shadow):
        return
    for finder in (_founding, moves, takeovers, _listings, _gives_up_own, _labs, legal):
        for fact in finder(view):
            clause = view.clause_at(view.shadow_offset(fact.start))
            if not _IRREALIS.search(view.shadow, clause.left, clause.right):
                yield fact

"""Corporate events of people: executives and well-known researchers who join, leave, are hired or looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.corporate_events_rows import assertion_before, event_fact
from pipeline.facts.discourse import nearest_before, subject, topic_of, topic_of_sentence
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token

_G = r"[^,，。;；:：!！?？\n]"
_LEAVES_FOR = (
    rf"(?P<person>{{PERSON}})?(?P<gap>{_G}{{0,24}}?)(?:离开|离职于|从)(?:了)?(?P<left>{{ORG}})(?:离职|离开|"
    rf"辞职)?{_G}{{0,10}}?(?P<joins>加入|加盟|跳槽(?:至|到)?)(?:了)?(?P<new>{{ORG}})"
)
_LEAVES = r"(?:离开|卸任|从(?={ORG}离职|{ORG}辞职)|退出|辞去(?={ORG}))(?:了)?(?P<left>{ORG})(?!的?(?:视野|生态|平台|阵营|竞争|市场))"
_RESIGNS = rf"(?P<person>{{PERSON}})(?:{_G}{{0,14}}?)(?:离职|辞职|卸任|离任|出走|辞去|请辞|去职|跳槽|另立门户)"
_JOINS = (
    rf"(?P<gap>{_G}{{0,18}}?)(?P<verb>加入|加盟|入职|执掌|出任|接任|就任|空降|跳槽至|跳槽到|转投|投奔|回归|重返)(?:了)?(?P<new>{{ORG}})"
)
_TAKES_OFFICE = rf"(?P<person>{{PERSON}}){_G}{{0,30}}?(?:将|将于|自){_G}{{0,10}}?(?:担任|出任|接任){_G}{{0,12}}?(?P<new>{{ORG}})"
_HIRES = rf"(?:聘请|任命|挖来|挖角|挖走|挖到|招揽|招募|延揽|礼聘|引入|引进|请来|聘用|聘任|迎来|招入)(?:了)?(?P<gap>{_G}{{0,30}}?)(?P<person>{{PERSON}})"
_POST = (
    r"(?:联席|执行|首席|总|董事|副|代理|临时|新任|全球|集团|高级|公司){0,4}(?:CEO|CTO|CFO|COO|CMO|首席[^,，。]{1,8}?[官家]|"
    r"执行官|总裁|董事长|主席|总经理|负责人|主管|掌门人|院长)"
)
_LEAVES_FIRM = r"(?:离开|退出|辞别|告别)(?:了)?(?:公司|该公司|这家公司|团队|董事会|老东家|(?=[,，。;；]|$))"
_QUITS = (
    r"(?:^|[,，])(?:而|但|并|也|又|随即|随后|最终|此后|之后|不久后?|宣布|正式|已|于|愤而|主动|接着|很快|突然|{TIME}|\s){0,5}"
    r"(?P<verb>辞职|离职|请辞|去职|卸任|出走|退休)(?=$|[,，。;；])"
)
_IN_OFFICE = (
    rf"(?P<person>{{PERSON}})(?:(?:将|已|正式|于|则|也|分别|{{TIME}}|从|起|被){{0,5}})"
    rf"(?P<verb>出任|接任|就任|升任|继任|晋升为?|任命为|提拔为|接替{{PERSON}}(?:担任|出任|成为))"
    rf"(?:为|了)?(?:公司|该公司)?(?P<post>{_POST})"
)
_RECRUITS = r"(?:正在|计划|公开)?招聘(?P<what>CFO|CEO|CTO|COO|首席[^,，。]{1,6}官)"


def _without_company(view: SentenceView) -> Iterator[Fact]:
    """`X离开公司`, `随后辞职`, `X出任首席执行官`: whom the text is about is the company."""
    text = view.shadow
    for rule, pattern in (("leaves_firm", _LEAVES_FIRM), ("leaves_firm", _QUITS)):
        for match in compiled(pattern).finditer(text):
            clause = view.clause_at(match.end() - 1)
            named = [t for t in clause.tokens if t.kind == "PERSON" and t.at < match.end()]
            person = named[-1] if named else subject(view, clause.left, ("PERSON",), reach=1)
            named_orgs = [t for t in clause.tokens if t.kind == "ORG" and t.at < match.end()]
            org = named_orgs[-1] if named_orgs else nearest_before(view, clause.left, ("ORG",)) or _company(view, clause.left)
            if person and org and not re.search(r"如果|若|曾想|打算|们", text[clause.left : match.end()]):
                left = match.start("verb") if "verb" in match.re.groupindex else match.start()
                yield event_fact(view, "executive_departure", rule, org.entity_id, left, match.end(), person=person)
    for match in compiled(_IN_OFFICE).finditer(text):
        person = view.tokens_in(*match.span("person"))[0]
        if compiled(r"{ORG}").search(match["post"]):
            continue
        earlier = view.tokens_in(view.clause_at(match.start()).left, match.start(), "ORG")
        org = earlier[-1] if earlier else _company(view, match.start())
        if org:
            yield event_fact(view, "executive_hire", "in_office", org.entity_id, match.start(), match.end(), person=person)


def _company(view: SentenceView, at: int) -> Token | None:
    """The company a post or a departure without one belongs to: of the sentence, else of the sentences before."""
    before = subject(view, at, ("ORG",), reach=0)
    after = topic_of_sentence(view, ("ORG",))
    return before or after or subject(view, at, ("ORG",), reach=2)


def moves(view: SentenceView) -> Iterator[Fact]:
    """Executives and well-known researchers who come and go."""
    text = view.shadow
    people = [t for t in view.tokens if t.kind == "PERSON"]
    for match in compiled(_LEAVES_FOR).finditer(text):
        old, new = view.tokens_in(*match.span("left"))[0], view.tokens_in(*match.span("new"))[0]
        person = subject(view, match.start("left"), ("PERSON",), reach=1)
        if person:
            at = match.start("left")
            yield event_fact(view, "executive_departure", "leaves_for", old.entity_id, at, match.end(), person=person, other=new.entity_id)
            yield event_fact(view, "executive_hire", "leaves_for", new.entity_id, at, match.end(), person=person, other=old.entity_id)
    for match in compiled(_LEAVES).finditer(text):
        clause = view.clause_at(match.start())
        named = [t for t in people if clause.left <= t.at < match.start()]
        bare = re.fullmatch(r"[^,，。]{0,8}", text[clause.left : match.start()]) is not None
        person = named[-1] if named else (subject(view, match.start(), ("PERSON",), reach=1) if bare else None)
        if person or re.search(r"(?:人物|专家|研究员|工程师|高管|副总裁|负责人|创始人|科学家|院长)", text[clause.left : clause.right]):
            yield event_fact(
                view,
                "executive_departure",
                "leaves",
                view.tokens_in(*match.span("left"))[0].entity_id,
                match.start(),
                match.end(),
                person=person,
            )
    for match in compiled(_RESIGNS).finditer(text):
        person = view.tokens_in(*match.span("person"))[0]
        if compiled(r"(?:了)?{ORG}").match(text, match.end()):
            continue
        inside = view.tokens_in(match.start(), match.end(), "ORG")
        ahead = view.tokens_in(view.clause_at(match.start()).left, match.start(), "ORG")
        org = inside[-1] if inside else (ahead[-1] if ahead else subject(view, match.start(), ("ORG",), reach=0))
        if org:
            yield event_fact(view, "executive_departure", "resigns", org.entity_id, match.start(), match.end(), person=person)
    for match in compiled(_JOINS).finditer(text):
        clause = view.clause_at(match.start("verb"))
        before = text[clause.left : match.start("verb")]
        named = [t for t in clause.tokens if t.kind == "PERSON" and t.at < match.start("verb")]
        if re.search(r"曾|如果|此前|前$|离开|生态|宣布$|邀请|你|我们|大家", before) or (
            topic_of(view, clause, ("ORG",), match.start("verb")) and not named
        ):
            continue
        person = named[-1] if named else (subject(view, match.start("verb"), ("PERSON",), reach=1) if clause.number else None)
        chief = re.match(r"(?:的)?[^,，。]{0,6}(?:CEO|CTO|CFO|COO|总裁|首席|副总裁|董事长|负责人|主管|掌门)", text[match.end() :])
        if person is None and not chief:
            continue
        yield event_fact(
            view,
            "executive_hire",
            "joins",
            view.tokens_in(*match.span("new"))[0].entity_id,
            match.start("verb"),
            match.end(),
            person=person,
            assertion=assertion_before(view, clause.left, match.start("verb")),
        )
    for match in compiled(_TAKES_OFFICE).finditer(text):
        person, new = view.tokens_in(*match.span("person"))[0], view.tokens_in(*match.span("new"))[0]
        yield event_fact(
            view, "executive_hire", "takes_office", new.entity_id, match.start(), match.end(), person=person, assertion="planned"
        )
    for match in compiled(_HIRES).finditer(text):
        clause = view.clause_at(match.start())
        who = subject(view, match.start(), ("ORG",), reach=1)
        if who and not re.search(r"总统|法官|律师|顾问", match["gap"]) and "被" not in text[clause.left : match.start()]:
            sources = view.tokens_in(*match.span("gap"), "ORG")
            yield event_fact(
                view,
                "executive_hire",
                "hires",
                who.entity_id,
                match.start(),
                match.end(),
                person=view.tokens_in(*match.span("person"))[0],
                other=sources[0].entity_id if sources else None,
            )
    yield from _without_company(view)
    for match in compiled(_RECRUITS).finditer(text):
        who = subject(view, match.start(), ("ORG",), reach=1)
        if who:
            yield event_fact(view, "executive_hire", "recruits", who.entity_id, match.start(), match.end(), assertion="planned")

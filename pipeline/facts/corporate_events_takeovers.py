"""Corporate events of ownership: who buys whom, bids, mergers, refusals. A purchase is the buyer's event; a person's bid is an event of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.facts.corporate_events_rows import assertion_before, event_fact
from pipeline.facts.discourse import owner_of, subject, topic_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token

_G = r"[^,，。;；:：!！?？\n]"
_BUY = r"(?:全资|战略)?收购|并购|买下|吞并|竞购|竞标|入主"
_OFFER = r"收购(?:要约|提议|报价|意向|邀约|方案)|要约|报价|竞购|竞标|收购"
_BUYS = rf"(?P<verb>{_BUY})(?:了)?(?P<gap>{_G}{{0,24}}?)(?P<target>{{ORG}}|{{MODEL}}|{{PRODUCT}})"
_BUYS_BACK = rf"(?:被|遭|获)\s?{_G}{{0,6}}?(?P<buyer>{{ORG}}){_G}{{0,16}}?(?P<verb>收购|并购|吞并|买下|纳入麾下|收入囊中)"
_ABSORBED = r"被\s?(?P<buyer>{ORG})\s?(?P<verb>吸收|合并|整合)(?!为)"
_TAKES = (
    rf"(?:将|把)\s?(?P<target>{{ORG}}|{{PRODUCT}}){_G}{{0,6}}?(?:收入囊中|收入麾下|纳入麾下|揽入怀中|收归旗下|收购)"
    rf"|对\s?(?P<noun>{{ORG}})(?:的|完成(?:了)?|进行(?:了)?|展开|发起)(?:全面|全资|潜在|敌意)?(?:收购|并购)"
)
_MERGES = r"(?:与|和|同)\s?(?P<target>{ORG})(?:正式|进行|实现|完成)?(?:的)?合并(?!报表|推出|运营)"
_BID = (
    rf"(?:对|向)\s?(?P<target>{{ORG}}){_G}{{0,8}}?(?:提出|发起|发出|提交|递交|抛出|给出){_G}{{0,24}}?(?:{_OFFER})|"
    rf"出价{_G}{{0,14}}(?:收购|控制|竞购|买下)(?P<bid>{{ORG}})|(?:收购|竞购|竞标)(?P<other>{{ORG}})|收购要约|主动要约|敌意收购"
)
_REFUSES = (
    rf"(?:拒绝|回绝|驳回|婉拒|谢绝|否决|不接受|不会接受)(?:了)?{_G}{{0,12}}(?:收购|要约|出售|竞购|并购|竞标)|"
    rf"遭到?(?:了)?(?P<by>{{ORG}})的?{_G}{{0,4}}(?:拒绝|回绝|否决)|(?:辟谣|否认|澄清){_G}{{0,10}}(?:出售|收购|被收购|卖身)|"
    rf"(?:无意|不打算|不考虑|没有计划|并未计划|并不)(?:被)?(?:出售|收购|卖身)|(?:公司|{{ORG}})(?:并)?(?:不|非)(?:是)?(?:供)?(?:出售|待售)(?:的)?(?=[,，。”\"]|$)"
)
_ANSWER = (
    rf"对{_G}{{0,8}}(?:提议|要约|报价|竞购|收购|竞标){_G}{{0,6}}(?:回应|答复|态度){_G}{{0,6}}[“\"「‘]?(?:不|拒绝|没门|休想)|"
    rf"(?:拒绝|回绝|谢绝|婉拒)(?:了)?(?:这一|该|此|上述|他的|其)?(?:提议|报价|出价|邀约)"
)
_BACKERS = (
    rf"(?:竞标|竞购|要约|收购(?:要约|提议)?|财团|交易)(?:方案)?(?:还|已)?(?:得到|获得|获)(?:了)?{_G}{{0,14}}?(?P<one>{{ORG}})(?:公司)?的?(?:支持|资助|参与)|"
    rf"(?:竞标|竞购|要约|收购|交易|财团)的?(?:其他|其它|潜在|主要)*(?:投资者|投资方|支持者|参与者|参与方|买家|成员|出资方)(?:还|也)?(?:包括|包含|有|为){_G}{{0,6}}?"
    rf"(?P<many>{{ORG}}{_G}{{0,120}})"
)
_THIS = rf"(?:此次|该|这笔|这次|这一|此项|这项|上述|本次)(?:收购|并购|交易){_G}{{0,12}}(?:将|预计|已|价值|金额|总价|以|获|于|有望|完成)"
_BID_TALK = re.compile(r"收购|竞购|竞标|要约|并购")
_NOT_DEAL = re.compile(r"与|和$|后|的?要约|失败|、|量|方$|价$|案$|的(?:是|消息|公司|企业|计划|过程|传闻)")
_IDLE = re.compile(r"开放态度|感?兴趣|无意|有意向?参与|协助|促成|猜测|幻想")  # nobody bids yet
_REACH = 5


def _owner(token: Token) -> str | None:
    """The company bought with a name; that of a model is none, as models are not bought."""
    return None if token.kind == "MODEL" else owner_of(token)


def _person(view: SentenceView, at: int) -> Token | None:
    """Who bids: the last person of the clause, else the one that 他 stands for."""
    clause = view.clause_at(at)
    people = [t for t in clause.tokens if t.kind == "PERSON"]
    if people:
        return people[-1]
    if re.search(r"(?:^|[,，。”\"])\s*(?:而|但|此前|随后)?他", view.shadow[:at]):
        return subject(view, clause.left, ("PERSON",), reach=2)
    return None


def _bought(view: SentenceView) -> Iterator[Fact]:
    """`X收购Y`, `Y被X收购`, `X将Y收入囊中`, `X与Y合并`."""
    text = view.shadow
    for match in compiled(_BUYS).finditer(text):
        clause, at = view.clause_at(match.start()), match.start()
        target = view.tokens_in(*match.span("target"))[0]
        around = text[clause.left : clause.right]
        if re.search(r"(?:被|遭|拒绝|否认|反对|的|次|对)$", text[:at]) or _NOT_DEAL.search(match["gap"]) or _IDLE.search(around):
            continue
        if re.match(r"\s?(?:芯片|显卡|GPU|股票|服务器)", text[match.end() :]):
            continue
        beside = view.token_at(at - 1)
        listed = beside is not None and beside.kind in ("ORG", "PERSON") and text[beside.at - 1 : beside.at] in "、和及与"
        buyer = beside if listed else topic_of(view, clause, ("ORG", "PERSON"), at)
        if buyer is None:
            kinds = ("ORG",) if re.search(r"它|公司", text[clause.left : at]) else ("ORG", "PERSON")
            buyer = subject(view, at, kinds, reach=0) or subject(view, at, ("ORG",), reach=1)
        if buyer is None or buyer.entity_id == target.entity_id:
            continue
        assertion = assertion_before(view, clause.left, at)
        bids = match["verb"] in ("竞购", "竞标")
        if buyer.kind == "PERSON":
            if org := _owner(target):
                yield event_fact(view, "acquisition", "bid_by_person", org, at, match.end(), person=buyer, assertion=assertion or "planned")
        else:
            yield event_fact(
                view,
                "acquisition",
                "buys",
                buyer.entity_id,
                at,
                match.end(),
                other=_owner(target),
                assertion=assertion or ("planned" if bids else None),
            )
    for match in compiled(_BUYS_BACK).finditer(text):
        clause, buyer_id = view.clause_at(match.start()), view.tokens_in(*match.span("buyer"))[0].entity_id
        bought = topic_of(view, clause, ("ORG", "PRODUCT"), match.start()) or subject(view, match.start(), ("ORG",), reach=1)
        if bought and owner_of(bought) != buyer_id:
            yield event_fact(
                view,
                "acquisition",
                "bought_by",
                buyer_id,
                match.start(),
                match.end(),
                other=owner_of(bought),
                assertion=assertion_before(view, clause.left, match.start()),
            )
    for match in compiled(_ABSORBED).finditer(text):
        whole = subject(view, match.start(), ("ORG",), reach=1)
        if whole and whole.entity_id != (buyer_id := view.tokens_in(*match.span("buyer"))[0].entity_id):
            yield event_fact(
                view,
                "acquisition",
                "absorbed_by",
                whole.entity_id,
                match.start(),
                match.end(),
                other=buyer_id,
                assertion=assertion_before(view, view.clause_at(match.start()).left, match.start()),
            )
    for pattern, rule in ((_TAKES, "takes"), (_MERGES, "merges")):
        for match in compiled(pattern).finditer(text):
            named = view.tokens_in(match.start(), match.end(), "ORG", "PRODUCT")[0]
            who = subject(view, match.start(), ("ORG",), reach=1)
            if who and who.entity_id != owner_of(named):
                clause = view.clause_at(match.start())
                yield event_fact(
                    view,
                    "acquisition",
                    rule,
                    who.entity_id,
                    match.start(),
                    match.end(),
                    other=owner_of(named),
                    assertion=assertion_before(view, clause.left, match.start()),
                )


def _bids(view: SentenceView) -> Iterator[Fact]:
    """A person's offer for a company."""
    for match in compiled(_BID).finditer(view.shadow):
        group = next((g for g in ("target", "bid", "other") if match[g]), None)
        target = view.tokens_in(*match.span(group))[0] if group else subject(view, match.end(), ("ORG",), reach=1)
        if target is None:
            named = [t for t in view.tokens if t.kind == "ORG" and t.at < match.start()]
            target = named[-1] if named else None
        person = _person(view, match.start())
        if target and person and not re.search(r"拒绝|回绝|婉拒|否决", view.shadow[: match.end()]):
            yield event_fact(view, "acquisition", "offer", target.entity_id, match.start(), match.end(), person=person, assertion="planned")


def _deal_before(view: SentenceView, at: int) -> Fact | None:
    """The last purchase or bid told before shadow offset `at` of this sentence or shortly before it."""
    limit = view.folded_offset(at)
    for behind in reversed(view.document.sentences[max(0, view.number - _REACH) : view.number + 1]):
        if _BID_TALK.search(behind.shadow) and (told := [f for f in (*_bought(behind), *_bids(behind)) if f.start < limit]):
            return told[-1]
    return None


def _followed(view: SentenceView) -> Iterator[Fact]:
    """What is told later of a deal already named: who backs the bid, when it closes, that it is refused."""
    for match in compiled(_BACKERS).finditer(view.shadow):
        deal = _deal_before(view, match.start())
        if deal is None:
            continue
        target = deal.fields["org_id"] if deal.fields["person_id"] else deal.fields["counterparty_org_id"]
        group = "one" if match["one"] else "many"
        for token in view.tokens_in(*match.span(group), "ORG"):
            aside = re.match(r"(?:的)?(?:联合)?(?:创始人|首席|总裁|前高管|CEO)", view.shadow[token.at + 1 :])
            if target and token.entity_id != target and not aside:
                fact = event_fact(
                    view, "acquisition", "backs_bid", token.entity_id, match.start(), match.end(), other=target, assertion="planned"
                )
                yield replace(fact, tokens=(token,))
    for match in compiled(_THIS).finditer(view.shadow):
        deal = _deal_before(view, match.start())
        if deal is not None and not compiled(_BUYS).search(view.shadow) and not re.search(r"[,，]", view.shadow[: match.start()]):
            planned = re.search(r"将|预计|有望", view.shadow)
            fact = event_fact(
                view,
                "acquisition",
                "this_deal",
                deal.fields["org_id"],
                match.start(),
                match.end(),
                other=deal.fields["counterparty_org_id"],
                assertion="planned" if planned else None,
            )
            yield replace(fact, fields=fact.fields | {"person_id": deal.fields["person_id"]})
    for match in compiled(_ANSWER).finditer(view.shadow):
        deal = _deal_before(view, match.start())
        if deal is None:
            continue
        target = deal.fields["org_id"] if deal.fields["person_id"] else deal.fields["counterparty_org_id"]
        people = [t for t in view.clause_at(match.start()).tokens if t.kind == "PERSON" and t.at < match.start()]
        if target:
            yield event_fact(
                view, "acquisition_denied", "answers_no", target, match.start(), match.end(), person=people[0] if people else None
            )


def _refusals(view: SentenceView) -> Iterator[Fact]:
    for match in compiled(_REFUSES).finditer(view.shadow):
        if match["by"]:
            if re.search(r"收购|要约|竞购|竞标", view.shadow[: match.start()]):
                org = view.tokens_in(*match.span("by"))[0].entity_id
                yield event_fact(view, "acquisition_denied", "refused_by", org, match.start(), match.end())
            continue
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
                assertion="planned" if re.search(r"计划|拟|将", view.shadow[clause.left : match.start()]) else None,
            )


def takeovers(view: SentenceView) -> Iterator[Fact]:
    """Purchases, bids, mergers and refusals in a sentence."""
    if not re.search(r"购|并|要约|买下|入主|囊中|麾下|旗下|出售|卖身|拒绝|回绝|婉拒|否决|提议|报价|交易|财团|竞标|合并|吸收", view.shadow):
        return
    for finder in (_bought, _bids, _followed, _refusals):
        yield from finder(view)

"""Rules of `partnerships`: who works with whom. A pair has no order; lists give a row for each pair. Use of another's model is in `partnerships_uses`.

Here: working together, being chosen, supply and custom, backing without an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.discourse import actors, is_oblique, topic_of
from pipeline.facts.partnerships_pairs import NEGATED, all_pairs, kind_of, owners, pairs, same_house
from pipeline.facts.partnerships_uses import uses
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import KINDS, SentenceView, Token

_G = r"[^,，。;；:：!！?？\n]"
_O = KINDS["ORG"]
_ORG_LIST = rf"{_O}(?:(?:、|和|与|及|以及|,|，|[(（]{_O}?[^()（）]{{0,10}}[)）]){{1,3}}{_O})*"
_WITH = (
    rf"(?P<prep>与|和|同|跟|携手|联合|联手|牵手|伙|夥|"
    rf"联袂)\s?(?P<desc>[^,，。;；:：!！?？\n{_O}]{{0,10}}?(?:{_O}旗下[^,，。{_O}]{{0,10}})?)(?P<others>{_ORG_LIST})"
    rf"(?:[(（][^()（）]{{0,8}}[)）])?(?:集团|官方|公司)?(?P<tail>(?:等{_G}{{0,8}}?)?{_G}{{0,18}}?)(?P<verb>合作|战略|"
    rf"协议|伙伴|共建|共同|联合(?!发布会|声明|国|创始)|深[度入]融合|深度绑定|达成|签署|签订|成立|合资|组建|推出|开发|"
    rf"研发|打造|启动|开源|发布|建立|对接|结盟|交易|签约|牵手|联手|联姻)"
)
_STRONG = re.compile(r"合作|协议|伙伴|共建|共同|联合|携手|合资|联手|签约|联姻|深[度入]融合|结盟|牵手|实验室")
_COLLECTIVE = (
    rf"(?P<all>{_ORG_LIST})(?:等)?(?:三家|两家|双方|三方|公司|企业|机构|巨头)*(?P<mid>{_G}{{0,10}}?)"
    rf"(?P<verb>达成{_G}{{0,8}}(?:合作|协议)|(?:联合|共同|合作|携手|联手)(?:推出|发布|成立|开发|研发|打造|启动|出资|投资|"
    rf"举办|完成|建设|建立|开源|组建)|合资|联手|携手|牵手|强强联合|牵头|共同所有|结盟|签署|的?(?:下一阶段|深度|战略)?合作(?!方|商|伙伴))"
)
_BY_ALL = (
    rf"由(?P<all>{_ORG_LIST})(?:等)?(?:的)?(?:研究人员|研究者|团队|科学家|研究团队|工程师){_G}{{0,40}}?(?P<verb>开发|研发|打造|推出|训练)"
)
_CHOSEN = (
    rf"(?:选择|选定|选中|敲定|"
    rf"牵手)(?:了)?(?:与)?(?P<others>{_ORG_LIST})(?P<tail>(?:[(（][^()（）]{{0,8}}[)）])?{_G}{{0,8}}?)(?P<verb>合作|"
    rf"作为{_G}{{0,8}}(?:伙伴|供应商|合作方)|做生意|(?=[,，。;；]|$))"
)
_BECOMES = (
    rf"(?:成为|成|是|担任|(?<![因认])为)(?:了)?(?P<others>{_ORG_LIST})(?:的)?(?P<verb>{_G}{{0,12}}?(?:合作伙伴|合作方|合作车企|"
    rf"合作企业|合作品牌|供应商|客户|代工厂|服务商|合作商|战略伙伴|投资人|投资方|投资者|股东))"
)
_DEAL = (
    rf"(?:拿下|拿到|获得|斩获|赢得|签下)(?:了)?(?P<others>{_ORG_LIST})(?:公司|集团)?(?:的|"
    rf"等)?(?P<verb>{_G}{{0,8}}?(?:大?生意|大单|订单|合同|合作案?|项目))"
)
_DEALS = rf"(?P<others>{_ORG_LIST})等?(?:的)?(?P<verb>大单|订单|合同)的?(?:签订|签署|落地|达成)"
_MADE_BY = rf"(?:由|送至|交由|委托|交给)(?P<others>{_O}){_G}{{0,6}}?(?P<verb>代工|制造|生产|流片|供货|提供(?:的)?{_G}{{0,10}}(?:芯片|算力|云服务|技术支持))"
_MAKES = rf"(?P<verb>制造|代工|生产|供应)(?P<others>{_O})的{_G}{{0,6}}(?:芯片|产品|服务器)"
_SUPPLIES = rf"为(?P<others>{_ORG_LIST})等?{_G}{{0,8}}?(?P<verb>供货|代工|提供{_G}{{0,10}}(?:模型|算力|服务|芯片|技术支持)|供应{_G}{{0,8}})"
_CLIENTS = rf"(?P<verb>客户|合作伙伴|合作方|供应商|投资者|投资方|股东|投资人){_G}{{0,8}}?(?:包括|包含|有|涵盖|其中包括){_G}{{0,10}}?(?P<others>{_ORG_LIST})"
_BACKED = (
    rf"(?P<backer>{_ORG_LIST})(?:重金|战略|独家|大举|强力)?(?P<verb>支持|投资|孵化|入股|控股|参投|押注|持股|力挺)(?:的|"
    rf"了)(?:{_G}{{0,10}}?)(?P<others>{_O})"
)
_STAKES = rf"(?P<verb>入股|战略投资|注资|参股)(?:了)?(?P<others>{_O})"
_KNOWN_AS = (
    rf"(?P<first>{_O})(?:的)?(?:最大|最重要|主要|重要|长期|独家|战略|第一大|的)*(?P<verb>客户|供应商|合作伙伴|投资方|股东|合作方|金主|盟友)"
    rf"(?:[,，、——:：]|之一)?(?:[\u4e00-\u9fffA-Za-z]{{0,8}}(?:公司|巨头|企业|平台|厂商))?(?P<others>{_O})"
)
_FUNDED_BY = (
    rf"(?:获|获得|接受|得到|拿到|引入)(?:了|"
    rf"过)?(?:来自)?(?P<others>{_ORG_LIST})(?:[^,，。;；\ue000-\uf8ff]{{0,6}}?)(?:等)?(?:[^,，。;；\ue000-\uf8ff]{{0,6}}?)(?:的)?(?P<verb>战略投资|"
    rf"投资|注资|入股|青睐|加持)"
)
_INVESTS_IN = (
    rf"(?P<verb>投资|押注|入股|孵化|参投|领投|投中)(?:了|过)(?:包括|如|"
    rf"一批)?{_G}{{0,6}}?[:：]?\s?(?P<others>{_O}(?:(?:[(（][^()（）]{{0,40}}[)）])?(?:、|和|与|及|以及){_O})*)"
)
_INVESTS_TO = rf"对(?:包括|像|如)?(?P<others>{_ORG_LIST})(?:在内的|等|这样的)?{_G}{{0,12}}?(?:进行|展开|做出|加大|追加)(?:了)?{_G}{{0,6}}?(?P<verb>投资|注资)"
_RAISED_FROM = (
    rf"(?:从|向)\s?(?P<others>{_ORG_LIST})(?:[(（]{_O}?[^()（）]{{0,16}}[)）])?{_G}{{0,12}}?(?:那里|处|手中)?"
    rf"(?P<verb>(?:筹集|募集|筹得|融得|获得|拿到)(?:了)?(?:资金|投资|融资))"
)
_ITS_PARTNER = (
    rf"(?:其|该公司的?|公司的?)(?:最大|最重要|主要|重要|早期|长期|独家|战略|第一大|核心|的){{0,3}}"
    rf"(?P<verb>客户|供应商|合作伙伴|投资者|投资人|投资方|股东|合作方|金主|盟友)(?P<others>{_O})"
)
_ADVISER = rf"[(（](?P<others>{_O})(?:为|担任)(?P<verb>{_G}{{0,6}}(?:机构|券商|保荐人|顾问))[)）]"
_MODEL = "[" + KINDS["MODEL"] + KINDS["PRODUCT"] + "]"
_RIVAL = re.compile(r"竞争|对比|相比|差距|区别|之争|对抗|较量|抗衡|争夺|竞赛|纠纷|诉讼|会谈|比较|媲美|比拼")


def _subjects(view: SentenceView, at: int, reach: int, theirs: list[tuple[str, Token]]) -> list[tuple[str, Token]]:
    """Who the clause is about, without the partner itself."""
    names = {owner for owner, _ in theirs}
    clause = view.clause_at(at)
    own = topic_of(view, clause, ("ORG",), at) or topic_of(view, clause, ("PRODUCT", "MODEL"), at)
    ahead = None
    if (
        own is None
        and re.match(r"\s*(?:而)?(?:随着|通过|在|自|由于|凭借|借助|继)", view.shadow[clause.left : at + 1])
        and clause.number + 1 < len(view.clauses)
    ):
        ahead = topic_of(view, view.clauses[clause.number + 1], ("ORG",))
    own = own or ahead
    tokens = view.siblings(own) if own else actors(view, at, ("ORG",), reach=reach)
    return [(o, t) for o, t in owners(tokens) if o not in names]


def _kind_of_together(view: SentenceView, match: re.Match[str], left: int) -> str:
    """What two who work together do: the words after the partner, then those of the next clause; a partner won (拿到与X的合作) is a customer."""
    text, end = view.shadow, view.clause_at(match.end() - 1)
    if re.search(r"拿到|拿下|赢得|争取到|斩获", text[left : match.start()]):
        return "customer"
    if match["prep"] not in ("与", "和", "同", "跟") and re.search(r"推出|开源|发布|研发|开发", match["tail"] + match["verb"]):
        return "co_development"
    kind = kind_of(text[match.start("tail") : end.right])
    if kind != "strategic" or end.number + 1 >= len(view.clauses):
        return kind
    following = view.clauses[end.number + 1]
    words = text[following.left : following.right]
    return kind_of(words) if re.match(r"(?:将|并|双方|共同|为|在[^,，]{0,12}(?:成立|合资)|以|开发|通过)", words) else kind


def _together(view: SentenceView) -> Iterator[Fact]:
    text = view.shadow
    for match in compiled(_WITH).finditer(text):
        clause, at = view.clause_at(match.start()), match.start()
        whole = text[at : min(len(text), match.end() + 20)]
        around = text[clause.left : clause.right]
        if match["prep"] in ("与", "和", "同", "跟") and not _STRONG.search(whole.split("，")[0].split(",")[0]):
            continue
        if NEGATED.search(around) or _RIVAL.search(match[0]):
            continue
        last = text[at - 1 : at]
        if match["prep"] in ("与", "和", "同", "跟"):
            if last == _O and (
                re.match(r"(?:与|和|同|跟)", match["tail"])
                or re.search(r"是|成为|都|均", match["tail"])
                or re.match(r"成为", text[match.end() :])
            ):
                continue
            neighbour = next((t for t in reversed(clause.tokens) if t.kind == "ORG" and t.at < at), None)
            if neighbour and re.fullmatch(r"(?:[(（][^()（）]*[)）])?", text[neighbour.at + 1 : at]) and is_oblique(view, neighbour):
                continue
        if topic_of(view, clause, ("ORG", "PERSON"), at) is not None and topic_of(view, clause, ("ORG",), at) is None:
            continue  # a person's doing
        theirs = owners(t for t in view.tokens_in(*match.span("others"), "ORG"))
        ours = _subjects(view, at, 3, theirs)
        kind = _kind_of_together(view, match, clause.left)
        yield from pairs(view, ours, theirs, kind, at, max(match.end(), 0), "together", match.start("others"))


def _collective(view: SentenceView) -> Iterator[Fact]:
    text = view.shadow
    for match in compiled(_COLLECTIVE).finditer(text):
        members = owners(view.tokens_in(*match.span("all"), "ORG"))
        clause = view.clause_at(match.start("verb"))
        if len(members) < 2 or NEGATED.search(text, clause.left, clause.right) or _RIVAL.search(match[0]):
            continue
        listed = view.tokens_in(*match.span("all"), "ORG")
        if len(members) > 2 and re.search(r"[与同跟]", view.between(listed[0], listed[1])):
            continue  # A与B、C、D: the first with each of the others, which `together` tells
        first = view.token_at(match.start())
        if first is not None and is_oblique(view, first) and not re.search(r"[由在如]$|继$|，$", text[: match.start()]):
            continue
        if re.search(r"[与和同跟]", match["mid"]) or re.match(r"(?:与|和|同|跟)", text[match.end("all") :]):
            continue
        yield from all_pairs(
            view,
            members,
            kind_of(text[match.start("verb") : clause.right]) if "牵头" not in match[0] else "strategic",
            match.start(),
            match.end(),
            "collective",
            match.start("verb"),
        )


def _made_together(view: SentenceView) -> Iterator[Fact]:
    """`由A和B的研究人员开发`."""
    for match in compiled(_BY_ALL).finditer(view.shadow):
        members = owners(view.tokens_in(*match.span("all"), "ORG"))
        yield from all_pairs(view, members, "co_development", match.start(), match.end(), "made_together", match.start("verb"))


def _one_sided(view: SentenceView) -> Iterator[Fact]:
    """A partner named by what it is to the subject: chosen, customer, supplier, backer."""
    text = view.shadow
    for rule, pattern, kind, reach in (
        ("chosen", _CHOSEN, None, 2),
        ("becomes_partner", _BECOMES, None, 0),
        ("wins_deal", _DEAL, "customer", 1),
        ("made_by", _MADE_BY, "customer", 1),
        ("makes_for", _MAKES, "customer", 0),
        ("supplies", _SUPPLIES, "customer", 0),
        ("clients", _CLIENTS, None, 2),
        ("takes_stake", _STAKES, "investment", 0),
        ("funded_by", _FUNDED_BY, "investment", 1),
        ("invests_in", _INVESTS_IN, "investment", 0),
        ("invests_in", _INVESTS_TO, "investment", 1),
        ("raised_from", _RAISED_FROM, "investment", 1),
        ("adviser", _ADVISER, "customer", 0),
    ):
        for match in compiled(pattern).finditer(text):
            clause, at = view.clause_at(match.start()), match.start()
            if NEGATED.search(text, clause.left, match.end()) or _RIVAL.search(match[0]):
                continue
            partners = [
                t
                for t in view.tokens_in(*match.span("others"), "ORG")
                if not re.match(r"\s?(?:的?(?:联合)?创始人|前|CEO|董事长|高管)", text[t.at + 1 :])
            ]
            theirs = owners(partners)
            if rule == "becomes_partner" and re.match(r"[^,，。]{0,2}[\ue010-\ue017]", text[clause.left : at]):
                continue
            if (rule == "invests_in" or ("投资" in match["verb"] and rule == "becomes_partner")) and topic_of(
                view, clause, ("ORG",), at
            ) is None:
                continue
            if rule == "clients" and re.search(r"交易|竞标|竞购|收购|要约", text[clause.left : match.end()]):
                continue  # who joins in a bid has its row in corporate_events
            if rule == "funded_by" and re.search(r"轮|融资", text[clause.left : clause.right]):
                continue
            if kind == "investment" and any(t.kind == "MONEY" for t in clause.tokens):
                continue
            if (
                match["verb"].startswith(("投资", "股东")) and "轮" in text and not re.search(r"早期|历史", text[clause.left : match.end()])
            ) or (rule == "chosen" and re.match(r"[^,，。]{0,10}的" + _MODEL, text[match.end("others") :])):
                continue  # the investors of a round are its row in funding_rounds; the choice of a model is its use
            named = kind or (
                "investment"
                if match["verb"].startswith(("投资", "股东"))
                else ("co_development" if re.search(r"开发|功能", text[at : clause.right]) else kind_of(match[0]))
            )
            yield from pairs(view, _subjects(view, at, reach, theirs), theirs, named, at, match.end(), rule, match.start("verb"))
    for match in compiled(_KNOWN_AS).finditer(text):
        first, others = (owners(view.tokens_in(*match.span(group), "ORG")) for group in ("first", "others"))
        kind = {"客": "customer", "供": "customer", "投": "investment", "股": "investment", "金": "investment"}.get(
            match["verb"][0], "strategic"
        )
        yield from pairs(view, first, others, kind, match.start(), match.end(), "known_as", match.start("verb"))
    for match in compiled(_ITS_PARTNER).finditer(text):
        others = owners(view.tokens_in(*match.span("others"), "ORG"))
        earlier = [t for t in view.tokens if t.kind == "ORG" and t.at < match.start()]
        own = owners(earlier[-1:]) or _subjects(view, match.start(), 2, others)
        kind = {"客": "customer", "供": "customer", "投": "investment", "股": "investment", "金": "investment"}.get(
            match["verb"][0], "strategic"
        )
        yield from pairs(view, own, others, kind, match.start(), match.end(), "its_partner", match.start("verb"))
    for match in compiled(_DEALS).finditer(text):
        theirs = owners(view.tokens_in(*match.span("others"), "ORG"))
        clause = view.clause_at(match.start())
        after = next((topic_of(view, c, ("ORG",)) for c in view.clauses[clause.number + 1 :] if topic_of(view, c, ("ORG",))), None)
        ours = owners([after]) if after else _subjects(view, match.start(), 2, theirs)
        yield from pairs(view, ours, theirs, "customer", match.start(), match.end(), "deals", match.start("verb"))
    for match in compiled(_BACKED).finditer(text):
        clause = view.clause_at(match.start())
        if any(t.kind == "MONEY" for t in clause.tokens) or NEGATED.search(text, clause.left, match.end()):
            continue
        backers = owners(view.tokens_in(*match.span("backer"), "ORG"))
        right = match.end()
        yield from pairs(
            view,
            backers,
            owners(view.tokens_in(*match.span("others"), "ORG")),
            "investment",
            match.start(),
            right,
            "backs",
            match.start("verb"),
        )
    for match in compiled(rf"(?P<backer>{_O})(?:旗下)?孵化的[^,，。]{{0,12}}[,，]\s?(?P<others>{_O})").finditer(text):
        yield from pairs(
            view,
            owners(view.tokens_in(*match.span("backer"))),
            owners(view.tokens_in(*match.span("others"))),
            "investment",
            match.start(),
            match.end(),
            "backs",
        )


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `partnerships` in a sentence, one for each pair and clause."""
    if not any(t.kind == "ORG" for t in view.tokens) and not any(t.kind in ("MODEL", "PRODUCT") for t in view.tokens):
        return
    seen: set[tuple[frozenset[str], int]] = set()
    for facts in (_together(view), _collective(view), _made_together(view), uses(view), _one_sided(view)):
        for fact in facts:
            pair = frozenset((fact.fields["org_a"], fact.fields["org_b"]))
            key = (pair, view.clause_at(view.shadow_offset(fact.end - 1)).number)
            if key not in seen and not same_house(*sorted(pair)):
                seen.add(key)
                yield fact

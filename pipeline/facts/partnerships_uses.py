"""Partnerships of use: one company builds on, offers or puts to work the model of another. The user is who the clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.facts.discourse import actors, carried, is_government, is_oblique, owner_of, topic_of
from pipeline.facts.partnerships_pairs import NEGATED, owners, pairs
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load
from pipeline.mentions.find import readings_of

_G = r"[^,，。;；:：!！?？\n]"
_USERS = ("ORG", "PRODUCT", "MODEL")
_T = f"[{KINDS['MODEL']}{KINDS['PRODUCT']}{KINDS['ORG']}]"
_LIST = rf"{_T}(?:[^,，。;；:：\ue000-\uf8ff]{{0,5}}(?:、|和|及|与|/|以及|或){_T})*"
_STRONG = (
    rf"(?P<verb>接入|部署|集成|内置|搭载|适配|引入|引进|导入|植入|嵌入|预装|接通|上架|融合了?|整合|上线)"
    rf"(?:了|过)?(?P<gap>{_G}{{0,14}}?)(?P<things>{_LIST})"
)
_WEAK = rf"(?P<verb>采用|使用|利用|运用|选用|选择|选定|选中|调用|改用|换用|用上|拥抱|依赖|支持|用)(?:了|着)?(?P<gap>{_G}{{0,10}}?)(?P<things>{_LIST})"
_WITH = (
    rf"(?:与|和|同|跟)(?P<things>{_LIST})(?P<gap>(?:系列)?(?:大?模型|版本?|R1|满血版)?(?:的)?{_G}{{0,4}}?)(?P<verb>深度融合|"
    rf"融合|打通|适配|对接|完成适配|集成|等大模型合作|等模型合作|大模型合作)"
)
_FOR = rf"针对(?P<things>{_LIST}){_G}{{0,8}}(?P<verb>优化|适配|部署)"
_PUT = (
    rf"(?:将|把)(?P<things>{_LIST}|其)(?P<gap>(?:的{_T})?{_G}{{0,8}}?)(?P<verb>应用于|应用到|整合进|整合到|纳入|集成到|"
    rf"集成进|集成至|部署到|部署在|部署于|接入|引入|嵌入|加入|融入|用于|于)"
)
_ITS = r"(?:[\s\-A-Za-z0-9.]{0,16})(?:系列)?(?:开源)?(?:大?模型|技术|蒸馏技术)?"
_BASE = rf"(?:以|用)\s?(?P<gap>(?:{_T}的)?)(?P<things>{_T}){_ITS}(?P<verb>[为做](?:基础|底座|底层|基座|核心|蒸馏))"
_BASE_ON = (
    rf"(?:基于|结合|利用)\s?(?P<gap>(?:{_T}的)?)(?P<things>{_T}){_ITS}(?:来)?(?P<verb>开发|构建|打造|训练|微调|推出|搭建|优化|做蒸馏|研发)"
)
_BASE_OF = rf"在\s?(?P<gap>{_G}{{0,4}}?(?:{_T}的)?)(?P<things>{_T}){_ITS}(?P<verb>(?:的)?基础上)"
_DONE = rf"完成(?:了)?(?:对|与)?(?P<things>{_LIST})(?P<gap>{_G}{{0,20}}?)(?P<verb>接入|部署|集成|适配|融合|对接)"
_BASED = rf"(?:推出|发布|上线|开发|打造|提供){_G}{{0,4}}基于(?P<things>{_LIST})(?:系列)?(?:大?模型)?的(?P<verb>{_G}{{2,16}})"
_GOES_INTO = (
    rf"(?P<things>{_LIST})(?:的{_G}{{0,6}}?)?(?:也|已|已经|将|即将|马上就?会?|可)*(?:被|能)(?P<verb>集成|整合|接入|嵌入|部署|"
    rf"引入|纳入)(?:到|进|至|于|在)?(?:了)?(?P<hosts>{{ORGS}})"
)
_HOSTED = (
    rf"(?P<things>{_LIST})(?:系列)?(?:大?模型|满血版|满血版模型|模式)*(?:也|已|已经|正式|即将|将|全面|宣布|全系|"
    rf"均)*(?P<verb>登陆|上线|上架|入驻|登录|接入|落户)(?:了|到|至|在)?(?:{_G}{{0,4}}?)(?P<hosts>{{ORGS}})"
)
_ON = (
    rf"在(?P<hosts>[{KINDS['ORG']}{KINDS['PRODUCT']}])(?:的{{PRODUCT}})?{_G}{{0,12}}?(?:上|中|"
    rf"平台)(?:{_G}{{0,4}}?)(?P<verb>使用|调用|体验|部署|试用)(?:到|了)?{_G}{{0,4}}?(?P<things>{_T})"
)
_HELPS = rf"(?P<things>{_T})(?:{_G}{{0,6}}?)(?P<verb>助力|帮助|赋能|支撑)(?P<hosts>{{ORGS}})"
_HIS = (
    rf"(?P<verb>接入|支持|适配|部署|使用|集成|加入)(?:了)?(?:其(?:API|模型|大模型|服务|生态)|生态(?=[,，。;；]|$)|该模型|"
    rf"这款模型|这个全新的?{_G}{{0,4}}大模型)|(?P<done>完成接入|拥抱)(?=[,，。;；]|这个|这款|$)|"
    rf"将{_G}{{2,20}}(?P<put>接入)(?=[,，。;；]|$)"
)
_ITS_MODEL = rf"(?:的|旗下|自研)(?:[^,，。]{{0,6}})?(?:大?模型|API|技术|[{KINDS['MODEL']}])"
_BLOCKED_GAP = re.compile(
    r"^的|类$|和$|架构|超越|对标|竞争|禁止|限制|相比|比肩|媲美|英伟达|的是|前的|用户|时间|成本|芯片|自家|自研|排名|数据|技术$|与[^,]*一样"
)
_OTHERS = re.compile(r"越来越多|更多|许多|不少|各家|任何|开发者|用户|客户(?!端)|[^等]{4}(?:公司|企业)(?:可|将|会|能|陆续|纷纷|已)|谁")
_ARCHITECTURES = frozenset(("transformer", "bert", "clip", "resnet"))  # building on one of these ties nobody to its author


def _is_hardware(token: Token) -> bool:
    """True for chips, tools and architectures: using one is no partnership with a model's maker."""
    entity = load().entities.get(token.entity_id)
    return token.entity_id in _ARCHITECTURES or bool(
        entity and entity.attributes.get("category") in ("hardware", "developer_platform", "other")
    )


def _lends_its_name(token: Token) -> bool:
    """True if a company's name is also that of its model, so that using the one is using the other (接入DeepSeek)."""
    if token.kind != "ORG":
        return True
    return any(reading.type in ("model", "product") for reading in readings_of(token.mention))


def _things(view: SentenceView, span: tuple[int, int]) -> list[tuple[str, Token]]:
    """The makers of the models named in a span: X的Y counts for Y; hardware is no model."""
    tokens = list(view.tokens_in(*span, "MODEL", "PRODUCT", "ORG"))
    kept = [t for t in tokens if not (t.kind == "ORG" and any(o.kind != "ORG" for o in tokens)) and not _is_hardware(t)]
    return owners(t for t in kept if _lends_its_name(t) or re.match(_ITS_MODEL, view.shadow[t.at + 1 :]))


def _users(view: SentenceView, at: int, end: int, reach: int) -> list[tuple[str, Token]]:
    """Who uses a model at shadow offset `at`: the list before 等…, the agent (由), the subject, the head of a relative clause, whom the text is about."""
    clause = view.clause_at(at)
    listed = [t for t in clause.tokens if t.kind in ("ORG", "PRODUCT") and t.at < at]
    if listed and re.fullmatch(r"等(?:[^,，。]{0,16}?)", view.shadow[listed[-1].at + 1 : at]):
        return _companies(_mixed_list(view, listed))
    agents = [t for t in listed if re.search(r"由[^,，。]{0,4}$", view.shadow[: view.siblings(t)[0].at])]
    if agents:
        return _companies(t for t in listed if t.at >= agents[0].at and t.kind == "ORG" and not re.search(r"在$", view.shadow[: t.at]))
    own = topic_of(view, clause, ("ORG",), at) or topic_of(view, clause, _USERS, at)
    if (
        own is not None
        and own.kind == "MODEL"
        and re.search(r"[\u4e00-\u9fff]$", view.shadow[: own.at])
        and not re.search(r"(?:的|旗下|自研|而|但|让|使|大?模型)$", view.shadow[: own.at])
    ):
        own = None  # 小零GPT大模型: part of a name that is somebody's own
    if (
        own is None
        and clause.number + 1 < len(view.clauses)
        and re.match(r"\s*(?:而)?(?:通过|借助|凭借|随着|依托)", view.shadow[clause.left : at + 1])
    ):
        own = topic_of(view, view.clauses[clause.number + 1], ("ORG", "PRODUCT"))  # 通过接入X，Y…
        return _companies(view.siblings(own)) if own else []
    if own is not None:
        if _OTHERS.search(view.shadow, own.at, at):
            return []
        return _companies(view.siblings(own))
    if head := compiled(rf"{_G}{{0,12}}的(?:{_G}{{0,6}})?(?P<user>[{KINDS['ORG']}{KINDS['PRODUCT']}])").match(view.shadow, end):
        token = view.token_at(head.start("user"))
        return _companies([token]) if token else []
    before = view.shadow[clause.left : at]
    if re.search(r"用户|开发者|大家|我们|人们|企业|公司们|许多|很多|不少|行业|机构|玩家|谁|公司(?=陆续|纷纷|已|也|都)|[可能]以", before):
        return []
    if any(t.kind in ("PERSON", "COHORT", "COUNTRY") and not is_oblique(view, t) for t in clause.tokens if t.at < at):
        return []
    return _companies(actors(view, at, ("ORG",), reach=reach) or actors(view, at, _USERS, reach=0))


def _mixed_list(view: SentenceView, names: list[Token]) -> list[Token]:
    """The list that the last of `names` ends, companies and products (微软Azure、阿里云) side by side."""
    members = [names[-1]]
    for earlier in reversed(names[:-1]):
        if not re.fullmatch(r"(?:[(（][^()（）]*[)）])?[\s、和与及\"“”]{1,3}", view.between(earlier, members[-1])):
            break
        members.append(earlier)
    return members[::-1]


def _companies(tokens: Iterable[Token]) -> list[tuple[str, Token]]:
    return [(o, t) for o, t in owners(tokens) if not is_government(t)]


def uses(view: SentenceView) -> Iterator[Fact]:
    """Who uses whose model, in a sentence."""
    text = view.shadow
    for rule, pattern, reach in (
        ("puts_in", _PUT, 2),
        ("builds_on", _BASE, 1),
        ("builds_on", _BASE_ON, 1),
        ("builds_on", _BASE_OF, 1),
        ("completes", _DONE, 1),
        ("offers_based_on", _BASED, 1),
        ("joined_with", _WITH, 1),
        ("optimises_for", _FOR, 0),
        ("takes_in", _STRONG, 1),
        ("uses", _WEAK, 0),
    ):
        for match in compiled(pattern).finditer(text):
            clause, at = view.clause_at(match.start()), match.start()
            gap = match["gap"] if "gap" in match.re.groupindex else ""
            if NEGATED.search(text, clause.left, match.end()) or (rule in ("takes_in", "uses") and _BLOCKED_GAP.search(gap)):
                continue
            things = _things(view, match.span("things"))
            if match["things"] == "其":
                earlier = [t for t in view.tokens if t.kind in ("MODEL", "ORG", "PRODUCT") and t.at < clause.left and is_oblique(view, t)]
                earlier = [t for t in earlier if re.search(r"[将把]$", text[: t.at])] or earlier
                things = owners(t for t in earlier[-1:] if _lends_its_name(t))
            if rule == "uses" and (
                (match["verb"] == "支持" and not view.tokens_in(*match.span("things"), "MODEL", "PRODUCT")) or re.search(r"的$", text[:at])
            ):
                continue
            if (
                rule == "uses"
                and match["verb"] == "用"
                and not re.match(r"[^,，。]{0,6}(?:做|训练|开发|构建|打造|蒸馏|来)", text[match.end() :])
            ):
                continue
            if rule in ("takes_in", "uses") and re.match(
                r"(?:系列|模型|大模型)*的?(?:架构|相同|同款|同样|编码器|操作|打破|用户|团队|创始人|公司|热潮|影响|能力强|崛起|成功|算力|概念)",
                text[match.end() :],
            ):
                continue
            if rule == "takes_in" and match["verb"] in ("上线", "测试", "整合") and not view.tokens_in(*match.span("things"), "MODEL"):
                continue
            users = _users(view, at, match.end(), reach)
            clause_end = view.clause_at(match.end() - 1).right
            yield from pairs(view, users, things, "deployment", at, min(match.end(), clause_end), rule, match.start("verb"))
    for rule, pattern in (("hosted_by", _HOSTED), ("goes_into", _GOES_INTO), ("used_on", _ON), ("helps", _HELPS)):
        for match in compiled(pattern).finditer(text):
            clause = view.clause_at(match.start())
            if NEGATED.search(text, clause.left, match.end()):
                continue
            hosts = owners(view.tokens_in(*match.span("hosts")))
            yield from pairs(
                view, hosts, _things(view, match.span("things")), "deployment", match.start(), match.end(), rule, match.start("verb")
            )
    yield from _carried_object(view)


def _carried_object(view: SentenceView) -> Iterator[Fact]:
    """`已接入其API`: the model stands in an earlier clause or sentence."""
    for match in compiled(_HIS).finditer(view.shadow):
        at = match.start()
        clause = view.clause_at(at)
        if NEGATED.search(view.shadow, clause.left, match.end()):
            continue
        own = topic_of(view, clause, ("ORG",), at) or (topic_of(view, view.clauses[clause.number - 1], ("ORG",)) if clause.number else None)
        if own is None or re.search(r"用户|开发者|网友", view.shadow[clause.left : at]):
            continue
        users = owners(view.siblings(own))
        names = {o for o, _ in users}
        before = [
            t
            for t in view.tokens
            if t.at < own.at
            and t.kind in ("MODEL", "ORG", "PRODUCT")
            and owner_of(t) not in names
            and not _is_hardware(t)
            and _lends_its_name(t)
        ]
        thing = before[-1] if before else None
        behind: SentenceView | None = view
        while thing is None and behind is not None and behind.previous is not None and behind.number > view.number - 3:
            thing = carried(behind, ("MODEL", "ORG", "PRODUCT"), 1)
            behind = behind.previous
            thing = thing if thing is not None and owner_of(thing) not in names and _lends_its_name(thing) else None
        if thing is not None:
            yield from pairs(
                view,
                users,
                owners([thing]),
                "strategic" if re.search(r"(?:加入|其)生态", match[0]) else "deployment",
                at,
                match.end(),
                "carried_model",
                at,
            )

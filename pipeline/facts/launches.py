"""Rules of `launches`: models and products that come out, are opened, upgraded, renamed or shut down.

Each construction is a rule: the name after the verb (active), before it (passive), in a relative clause (`X发布的Y`), as a noun (`随着Y的发布`), in a
list across clauses, or carried into a later clause. The words are in `launches_cues`, the making of a row in `launches_rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.facts.discourse import is_oblique, owner_of
from pipeline.facts.discourse_timing import years_before
from pipeline.facts.launches_cues import (
    ACTIVE_VERB,
    ATTRIBUTIVE_VERB,
    BAD_HEAD,
    ENDS,
    FEATURE,
    GAP_BLOCKS,
    NOMINAL_VERB,
    OPENS,
    PASSIVE_VERB,
    REOPENS,
)
from pipeline.facts.launches_rows import Found, emit, read_as
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.timing import date_fields
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load
from pipeline.mentions.find import readings_of

_THINGS = ("MODEL", "PRODUCT")
_THING = "[" + KINDS["MODEL"] + KINDS["PRODUCT"] + "]"
_TAIL = (
    r"(?:[\s”\"』」）)]|系列|家族|大?模型|预览版|正式版|满血版|海外版|版本?|App|应用|产品|智能体|助手|芯片|初代|全系|全家桶|技术|移动|等)*"
)
_END = re.compile(r"[,，。;；!！?？\n]")
_COLON = re.compile(r"[:：]|——")
_NEXT_ITEM = re.compile(
    r"^(?:系列|模型|大模型|版本?|[”\"』」]|生成|理解|[(（][^()（）]{0,14}[)）])*(?:[、和与及/\s]|[,，]?以及|还有|"
    r"及其){1,4}(?P<modifier>[^,，。;；:：]{0,26})$"
)
_PASSIVE_GAP = (
    r"(?:对外|(?![与和对比]|基于|搭载|接入|支持|使用|采用|超越|领先|达到|的|是|为|击败|相比|上的|成为)[^,，。;；:：!！?？"
    + KINDS["ORG"] + KINDS["PERSON"] + KINDS["MODEL"] + KINDS["PRODUCT"] + KINDS["COHORT"] + r"]){0,18}?"
)  # fmt: skip
_ADVERBS = (
    r"(?:也|已|已经|全面|正式|完全|彻底|将|将于|于|{TIME}|起|宣布|即将|一|一经|率先|同步|免费|首次|即|并|且|均|都|现已|目前|"
    r",|，|又|再|陆续|先后|相继|自|刚|刚刚|会|在)*"
)
_ACTIVE = rf"(?P<verb>{ACTIVE_VERB})(?P<after>了|过|出)?(?!的|会|者|大会|平台|时间|出售|可用|承认|信息|表示|透露|课|资料|数据|披露)"
_ATTRIBUTIVE = rf"(?P<verb>{ATTRIBUTIVE_VERB})(?:了)?的(?!是)"
_PASSIVE = (
    rf"(?P<thing>{_THING}){_TAIL}(?P<gap>(?:(?:将|会|拟|计划)?(?:由|被|有)[^,，。]{{0,14}}{{ORG}})?(?:(?:将|会|不|再|"
    rf"计划)*作为[^,，。]{{1,16}})?{_PASSIVE_GAP})(?P<verb>{PASSIVE_VERB}){ENDS}"
)
_NOMINAL = (
    rf"(?P<thing>[{KINDS['MODEL']}{KINDS['PRODUCT']}{KINDS['ORG']}]){_TAIL}(?:[,，])?(?:的)?(?:正式|全面|逐步|首次|迅速|陆续|"
    rf"一经|刚|刚刚|自)*(?P<verb>{NOMINAL_VERB})(?P<end>(?<=的发布)(?!会|者|平台|节奏|策略|方式|流程|日期|时间)|"
    rf"(?<=的推出)(?!者|节奏|策略|方式|时间)|(?<=的问世)|(?<=的上线)(?!时间)|(?<=的诞生)|后|以来|以后|之后|之前|之际|"
    rf"时间|时|前|当[天日]|的消息|已经?|过了|短短|第[一二三四五六七八九十\d]|仅|不到|不足|"
    rf"{{DURATION}}|{{TIME}}|[,，。]|$|标志|意味|将|引发|让|给|无疑|分|几)"
)
_NOUN_LEAD = re.compile(r"随着$|自从?$|从$|距离?$|继$|在$|于$|当$|以$|对$|这次$|此次$|不久后$|直到$|就在$|等$|期待$|这|年|月|日|$")
_STOPPED = (
    r"(?:停止|终止|暂停|结束|关闭|关停|砍掉|"
    r"下线)(?:了)?(?P<things>{THINGS})(?:等)?(?:[^,，。;；]{0,6}?)(?P<what>(?:的)?(?:运营|服务|更新|业务|项目)|"
    r"(?=[,，。;；]|$))"
)
_RENAMED = rf"(?:(?:更名|改名|改称|重命名|易名|降格|降级)(?:为|成)?|升级[为成])[“\"「]?(?P<things>{_THING})"
_FIRST = (
    rf"(?P<thing>{_THING})[”\"]?(?:则|也|就)?(?:是|为|作为)[^,，。]{{0,12}}首(?:个|款)(?:[^,，。能可]{{0,8}}(?:开源|推出|"
    rf"发布|商用|量产|产品级|上线)[^,，。]{{0,16}})(?:模型|产品|智能体|应用|系统)"
)
_FEATURE_SUBJECT = (
    rf"(?P<thing>{_THING})(?:App|应用)?(?:也|还|已|正式|全面|近日|宣布|即将|将|于|{{TIME}}|正计划|计划|,|，)*(?P<verb>上线|"
    rf"新增|推出|加入|接入|实现|升级|引入|更新)(?:了)?(?P<what>[^,，。;；]{{0,24}}?(?:功能|模式|升级|新特性|生活场景|"
    rf"能力))(?=[,，。;；]|$)"
)
_COPULAR = (
    rf"(?P<thing>{_THING}){_TAIL}(?:是|为|，|,|[(（])(?:一款|一个)?(?:由)?{{ORG}}(?:公司|团队)?(?:在|于|"
    rf"自)?{{TIME}}?(?:新近?|最新|首次|正式|近期|最近|刚刚?|于|全新|联合)*"
    rf"(?P<verb>发布|推出|上线|开源|公布)的(?:[^,，。;；]{{0,24}}?)(?:模型|助手|产品|应用|智能体|机器人|工具|平台|系统|芯片|版本|服务)"
)
_MADE_BETTER = (
    rf"(?P<thing>{_THING})(?:App|应用)?(?:[^,，。;；\ue000-\uf8ff]{{0,6}}?)(?:迎来|获得|完成|带来|"
    rf"进行)(?:了)?(?P<what>[^,，。;；]{{0,8}}?(?:升级|更新|大改版))"
)
_BETTERMENT = (
    rf"(?P<thing>{_THING})(?:App|应用|功能)?的"
    rf"(?P<what>(?:创新|全面|重大|持续|版本|功能|最新|快速){{0,3}}(?:升级|更新|迭代))(?!版|到|为|至|升级|速度|节奏|能力|周期|趋势)"
)
_GOES_INTO = (
    rf"(?P<thing>{_THING})(?:App|应用)?(?:已|将|也|正式|全面|陆续|在|宣布|完成){{0,4}}"
    rf"(?P<what>接入|内置于?|集成到|嵌入)(?:了|到|进)?(?P<host>{_THING})"
)
_OPENS_TEST = (
    rf"(?P<thing>{_THING})(?:App|应用)?[,，]?(?:(?:[^,，。;；]{{0,24}})[,，])?(?:已|正式|将|即将|开始|于|在|{{TIME}}|今日|"
    rf"面向[^,，。]{{0,8}})*(?P<what>开放(?:公测|内测|测试|注册|API)|开启(?:公测|内测|测试)|全量开放)"
)
_IN_THING = (
    rf"在\s?(?P<thing>{_THING})\s?(?:App)?(?:中|里|内|上)?(?:加入|新增|上线|推出|增加|"
    rf"引入)(?:了)?(?P<what>[^,，。;；]{{0,24}}?(?:功能|模式|能力|特性))"
)


def _good(view: SentenceView, thing: Token) -> bool:
    return not BAD_HEAD.search(view.shadow[thing.at + 1 : thing.at + 22])


def _blocked(gap: str) -> bool:
    """True if the words between verb and name make the name no object; a relative clause before the name (`能在手机上运行的X`) does not."""
    return bool(GAP_BLOCKS.search(gap.replace(KINDS["ORG"] + "的", "").rsplit("的", 1)[-1]))


def _far(gap: str, limit: int) -> bool:
    """True if a name stands too far from the verb; a long relative clause between them (`集…为一体的X`) does not count."""
    return len(gap) > limit and (len(gap) > 2 * limit or "的" not in gap or len(gap.rsplit("的", 1)[-1]) > 12)


def _objects(view: SentenceView, left: int, limit: int = 34) -> list[tuple[Token, str]]:
    """The names that a verb ending at shadow offset `left` has as its objects, each with what stands before it; list items with modifiers included."""
    stop = _END.search(view.shadow, left)
    right = stop.start() if stop else len(view.shadow)
    things: list[tuple[Token, str]] = []
    position, wall = left, False
    for token in view.tokens_in(left, len(view.shadow), *_THINGS):
        gap = view.shadow[position : token.at]
        if things and (item := _NEXT_ITEM.fullmatch(gap)):
            if _blocked(item["modifier"]):
                position = token.at + 1
                continue
            things.append((token, item["modifier"]))
        elif token.at < right and not things:
            wall = (wall and "的" not in gap.replace(KINDS["ORG"] + "的", "")) or _blocked(gap) or _far(gap, limit)
            if wall or any(
                t.kind in ("ORG", "PERSON")
                and not re.match(
                    r"(?:的|旗下|自研|版|最新|全新|新一代|首款|首个|[^,，。的]{0,6}(?:产品|模型|应用|助手|工具|平台|芯片))",
                    view.shadow[t.at + 1 :],
                )
                for t in view.tokens_in(position, token.at)
            ):
                wall, position = True, token.at + 1
                continue
            things.append((token, gap))
        else:
            break
        position = token.at + 1
    return [(t, g) for t, g in things if _good(view, t)]


def _is_hosted(view: SentenceView, thing: Token, at: int) -> bool:
    """True if somebody else's platform lists the model: that is a partnership, no launch."""
    owner, clause = owner_of(thing), view.clause_at(at)
    doers = [t for t in clause.tokens if t.kind == "ORG" and t.at < at]
    if not owner or not doers:
        return False
    parents = {load().entities[o].attributes.get("parent_org_id") for o in (owner, *(d.entity_id for d in doers)) if o in load().entities}
    return all(d.entity_id != owner and d.entity_id not in parents for d in doers) and owner not in parents


def _active(found: Found) -> Iterator[Fact]:
    view = found.view
    for match in compiled(_ACTIVE).finditer(view.shadow):
        verb, at = match["verb"], match.start()
        before = view.shadow[max(0, at - 10) : at]
        if "开源" in verb and verb != "宣布开源":
            actor = view.token_at(at - 1)
            if (
                actor
                and actor.kind == "ORG"
                and is_oblique(view, actor)
                and not re.search(r"(?:联合|携手|与|和|、)$", view.shadow[: actor.at])
            ):
                continue
            if not (
                match["after"] or verb != "开源" or OPENS.search(before) or (actor and actor.kind in ("ORG", "PERSON", "TIME", "MODEL"))
            ):
                continue
        if re.search(r"(?<![\u4e00-\u9fff]{4})(?:的|自|随)$", before) and not match["after"]:
            continue
        for thing, gap in _objects(view, match.end()):
            if verb in ("展示", "展出") and not re.search(r"最新|全新|新一代|首款|首个|新款", gap):
                continue
            if verb in ("上架", "上线") and _is_hosted(view, thing, at):
                continue
            if (feature := FEATURE.search(view.shadow[thing.at + 1 : thing.at + 24])) and feature["what"].strip("的") not in (
                "功能",
                "模式",
            ):
                yield from emit(found, thing, verb, at, "feature_of", kind="upgrade")
                continue
            if verb == "官宣" and re.match(r"(?:App)?(?:将|全面|也|正式|接入|支持|完成|今|于)", view.shadow[thing.at + 1 :]):
                continue
            dashed = bool(_COLON.search(gap))
            yield from emit(found, thing, verb, at, "active_after_dash" if dashed else "active")


def _attributive(found: Found) -> Iterator[Fact]:
    view = found.view
    for match in compiled(_ATTRIBUTIVE).finditer(view.shadow):
        verb, at = match["verb"], match.start()
        clause = view.clause_at(at)
        if verb == "开源" and not (view.tokens_in(clause.left, at, "ORG", "TIME") and not re.search(r"[的对]$", view.shadow[:at])):
            continue
        for thing, _ in _objects(view, match.end(), 26):
            yield from emit(found, thing, verb, at, "attributive", carry=False)


def _passive(found: Found) -> Iterator[Fact]:
    view = found.view
    for match in compiled(_PASSIVE).finditer(view.shadow):
        thing = view.token_at(match.start("thing"))
        verb, gap = match["verb"], match["gap"]
        if (
            thing is None
            or re.search(r"在$|一款$|最$|首$|团队|部门|负责人|什么", gap)
            or (
                is_oblique(view, thing)
                and not re.search(
                    r"(?:将|把|以及|宣布|官宣|为|意味着?)[“\"\s]?$",
                    view.shadow[max(0, view.siblings(thing)[0].at - 6) : view.siblings(thing)[0].at],
                )
            )
        ):
            continue
        if verb.endswith("开源") and not compiled(_ADVERBS).fullmatch(gap):
            continue
        for member in view.siblings(thing):
            if member.at <= thing.at:
                for fact in emit(found, member, verb, match.start("verb"), "passive"):
                    yield (
                        fact if not (later := compiled(_NOMINAL).search(view.shadow, member.at)) else _dated_by_distance(view, fact, later)
                    )


def _nominal(found: Found) -> Iterator[Fact]:
    view = found.view
    for match in compiled(_NOMINAL).finditer(view.shadow):
        thing = view.token_at(match.start("thing"))
        if thing is None or (match["end"] in (",", "，", "。", "") and "的" not in view.shadow[match.start() : match.start("verb")]):
            continue
        entity = None
        if thing.kind == "ORG":  # the company's name for its model: DeepSeek发布后
            readings = [r for r in readings_of(thing.mention) if r.type == "model"]
            if not readings or match["end"] in ("将", "时", "标志", "意味") or match["verb"] in ("横空出世", "诞生", "亮相"):
                continue
            entity = ("model", readings[0].entity_id)
        for fact in emit(found, thing, match["verb"], match.start("verb"), "nominal", carry=False, entity=entity):
            yield _dated_by_distance(view, fact, match)


def _dated_by_distance(view: SentenceView, fact: Fact, match: re.Match[str]) -> Fact:
    """`距X发布不足两年`, `X发布以来已经两年`: the year that far back; `X的推出时间可能是2025年底或2026年初`: the span of the times named."""
    if fact.time is not None:
        return fact
    clause = view.clause_at(match.start())
    if match["end"] == "时间":
        times = [t for t in view.tokens_in(match.end(), clause.right, "TIME") if t.time.date_start is not None]
        if times:
            fields = date_fields(view, times[0]) | {"date_end": times[-1].time.date_end}
            fields["date_precision"] = fields["date_precision"] if len(times) == 1 else "range"
            return replace(fact, fields=fact.fields | fields, time=times[0], timeless=False)
    sentence_end = len(view.shadow) if match["end"] in ("以来", "至今") else clause.right
    durations = view.tokens_in(match.start("end"), sentence_end, "DURATION")
    far = re.search(r"距离?$|自从?$", view.shadow[: match.start()]) is not None
    fields_back = years_before(view, durations[0]) if durations and far else None
    return replace(fact, fields=fact.fields | fields_back, timeless=False) if fields_back else fact


def _special(found: Found) -> Iterator[Fact]:
    """Constructions of one meaning each: an end, a new name, a first of its kind, a new feature."""
    view = found.view
    for match in compiled(_STOPPED).finditer(view.shadow):
        for thing in view.tokens_in(*match.span("things"), *_THINGS):
            yield from emit(found, thing, "停止", match.start(), "shutdown", kind="shutdown")
    for match in compiled(_RENAMED).finditer(view.shadow):
        things = view.tokens_in(*match.span("things"))
        kind = "upgrade" if match[0].startswith("升级") else "rename"
        yield from emit(found, things[0], match[0][:2], match.start(), "renamed", kind=kind)
    for match in compiled(_FIRST).finditer(view.shadow):
        first = view.tokens_in(*match.span("thing"))[0]
        yield from emit(
            found,
            first,
            match[0][1:3],
            match.start() + 1,
            "first_of_kind",
            kind="open_source" if "开源" in match[0] else "launch",
            carry=False,
        )
    for match in compiled(_OPENS_TEST).finditer(view.shadow):
        thing = view.tokens_in(*match.span("thing"))[0]
        if not is_oblique(view, thing):
            yield from emit(
                found,
                thing,
                "开放",
                match.start("what"),
                "opens_test",
                kind="preview" if "测试" in match["what"] or "内测" in match["what"] else "launch",
            )
    for pattern in (_FEATURE_SUBJECT, _IN_THING, _MADE_BETTER, _BETTERMENT):
        for match in compiled(pattern).finditer(view.shadow):
            thing = view.tokens_in(*match.span("thing"))[0]
            if not is_oblique(view, thing) or pattern is _IN_THING:
                yield from emit(
                    found, thing, match["what"][:1], match.start("what"), "new_feature", kind="upgrade", entity=read_as(thing, "product")
                )


def _is_ai_product(thing: Token) -> bool:
    """True for an assistant, tool or model app; an app of another trade that takes in the house's model tells of a partnership of parts, no release."""
    kind, entity_id = read_as(thing, "product")
    entity = load().entities.get(entity_id)
    return kind == "product" and entity is not None and entity.attributes.get("category") not in (None, "other", "hardware")


def _joined(found: Found) -> Iterator[Fact]:
    """`豆包接入抖音`: an AI product joined to another thing of the same house is a better product."""
    view = found.view
    for match in compiled(_GOES_INTO).finditer(view.shadow):
        thing, host = (view.tokens_in(*match.span(group))[0] for group in ("thing", "host"))
        if owner_of(thing) and owner_of(thing) == owner_of(host) and thing.entity_id != host.entity_id and _is_ai_product(thing):
            yield from emit(found, thing, match["what"], match.start("what"), "joined", kind="upgrade", entity=read_as(thing, "product"))


def _copular(found: Found) -> Iterator[Fact]:
    """`X是Y去年推出的一款模型`."""
    view = found.view
    for match in compiled(_COPULAR).finditer(view.shadow):
        thing = view.tokens_in(*match.span("thing"))[0]
        if not is_oblique(view, thing):
            yield from emit(
                found, thing, match["verb"], match.start("verb"), "copular", kind="open_source" if "开源" in match[0] else None, carry=False
            )


def _carried(found: Found) -> Iterator[Fact]:
    """`…，并于6月30日起正式开源`: a clause without a name that opens what the sentence has launched."""
    view = found.view
    if not found.things:
        return
    for clause in view.clauses:
        text = view.shadow[clause.left : clause.right].strip("。,，;； ")
        if any(t.kind in (*_THINGS, "ORG") for t in clause.tokens) or not compiled(REOPENS.pattern).search(text):
            continue
        at = clause.left + text.rfind("开源")
        for thing, _ in [x for x in found.things if x[0].at < clause.left]:
            yield from emit(found, thing, "开源", at, "opened_later", kind="open_source")


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `launches` in a sentence, one for each thing launched."""
    if not any(t.kind in ("MODEL", "PRODUCT", "ORG") for t in view.tokens):
        return
    found = Found(view)
    yield from _special(found)
    yield from _attributive(found)
    yield from _active(found)
    yield from _passive(found)
    yield from _nominal(found)
    yield from _joined(found)
    yield from _copular(found)
    yield from _carried(found)

"""Rules of `rankings`: places on lists and among the first N. Superlatives are in `rankings_superlatives`; firsts in time are no ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.facts.discourse import owner_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.rankings_subjects import board_of, clean, date_of_list, fields_in, regions_in, subject_fields, subjects_of
from pipeline.facts.rankings_superlatives import superlatives
from pipeline.facts.timing import time_of, time_of_number
from pipeline.facts.view import SentenceView, Token

_C = r"[^。!?！？;；,，]"
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLACE = re.compile(
    r"(?P<verb>排名|位列|位居|名列|排在|排行|升至|升到|跃升|跃居|跻身|居于|居|占据|位于|斩获|获得?|拿下|取得|夺得|冲到|冲上|来到|稳居|稳坐|高居|下滑至|跌至|降至|滑落至|列|并列|成为|登顶|是)"
    r"(?P<gap>了?[^。!?！？;；,，第]{0,16}?)(?P<ord>第\s?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3}))(?P<unit>名|位|大)?(?=(?P<after>[^。]{0,12}))"
)
_BIG = compiled(
    r"(?P<scope>全球|世界|{COUNTRY}|国内|行业|亚洲|全国)(?:内|范围内)?第(?P<n>[一二三四五六七八九十]|\d{1,2})大(?P<noun>[^。!?！？;；,，、]{0,16})"
)
_NOT_PLACE = re.compile(
    r"^(?:次|代|季|阶段|梯队|家|个|批|款|时间|财经|股|年|天|步|版|期|届|轮|部|章|节|手|线|人|方|曲线|性|作者|产品|种|类|条|点|只|台|笔|桶|弹|集|大)"
)
_NOT_BIG = re.compile(r"股东|市场|杀器|特点|优势|障碍|原因|问题|亮点|客户|供应|来源|支柱|业务|产业|引擎")
_TOP_VERB = r"位列|位居|占据|拿下|登上|登|冲上|夺得|摘得|稳居|居|荣登|斩获|获得|取得|夺取|重回"
_TOP = compiled(
    rf"(?P<verb>登顶|问鼎|夺冠|夺魁|(?:{_TOP_VERB})(?:了)?(?P<gap>{_C}{{0,30}}?)(?:榜首|首位|头名|冠军|第一宝座|桂冠|之首)"
    rf"|(?:是|成为)(?:了)?(?P<title>{_C}{{0,24}}?)冠军)"
)
_FIRST_AT_END = compiled(
    r"(?P<who>{ORG}|{MODEL}|{PRODUCT})(?P<what>的?[^。!?！？;；,，:：第从在与和排列居为是的登超\ue000-\ue021]{2,8})第一(?=[,，。；;、]|$)"
)
_TIED = compiled(r"与(?P<other>{MODEL}|{PRODUCT}|{ORG})[^。,，]{0,4}并列(?:头名|第一|榜首)")
_WITHIN = re.compile(
    rf"(?:进入|跻身|冲进|闯进|冲上|冲入|入围|杀入|杀进|排进|挤进|挤入|位列|位居|稳居|名列|入选|登上|进|评价为|排名)(?:了)?(?P<gap>{_C}{{0,20}}?)"
    rf"(?:前\s?(?P<n>十|三|五|[二三四五]十|\d{{1,3}})(?:名|位|强|大)?|TOP\s?-?(?P<top>\d{{1,3}}|十)|(?P<strong>\d{{1,3}})强)(?!年|天|月|期|后|分钟|小时|季度)",
    re.IGNORECASE,
)
_AMONG = compiled(
    rf"前(?P<top>\d{{1,3}}|十)(?:名|位|强)?的?(?P<what>{_C}{{0,10}}?)(?:中|里|,|，)[^。；;]{{0,8}}?(?P<count>{{COUNT}}){_C}{{0,6}}?(?:来自|是|为|属于)(?:于)?(?P<country>{{COUNTRY}})"
)
_ENTERED = compiled(
    r"(?P<count>{COUNT})(?P<country>{COUNTRY})(?:大?模型|产品|应用|公司|企业)?(?:进入|跻身|入围|上榜|闯入)[^。;；]{0,20}?(?:前(?P<top>\d{1,3})|(?P<strong>\d{1,3})强)"
)
_OTHERS = compiled(r"其余(?:均|都|全部|全)(?:为|是|来自)(?P<country>{COUNTRY})")
_SEATS = compiled(r"(?P<country>{COUNTRY})(?:大?模型|产品|应用|公司)?(?:则|共|也|已|总共)*(?:占据|占|拿下|有)(?:了)?(?P<count>{COUNT})")
_LEADS = re.compile(r"(?P<list>在?[^。;；]{0,24}?榜)(?:单)?(?:中|上|里)?[,，]?[^。;；,，]{0,20}?领跑")
_RELEASED = re.compile(r"[^,，。]{0,6}(?:推出|发布|上线|开源|成立)的")
_UNREAL = re.compile(
    r"失守|未能|没有|不是|不再是|如果|能否|有望|希望|目标|争夺|挑战|曾经?失去|差点|打败|击败|从$|谁是|超越了?排名|试图|强迫|想要?|可能是"
)


def _number(text: str) -> int | None:
    """第十二 -> 12, 前30 -> 30."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    return _DIGITS.get(text)


def _facts(
    view: SentenceView, at: int, span: tuple[int, int], ranks: dict[str, int | None], categories: list[str], rule: str,
    subjects: tuple[Token, ...] | None = None,
) -> Iterator[Fact]:  # fmt: skip
    """A row for each thing ranked and each field or region of the list."""
    words = view.text
    for token in subjects if subjects is not None else subjects_of(view, at):
        fields: list[str | None] = [*categories] or [None]
        for category in fields:
            yield _fact(view, subject_fields(token, words), ranks, category, span, rule, (token,) if token in view.tokens else ())


def _fact(
    view: SentenceView, who: dict[str, Any], ranks: dict[str, int | None], category: str | None, span: tuple[int, int], rule: str, tokens: tuple[Token, ...]
) -> Fact:  # fmt: skip
    fields = {
        **who,
        "leaderboard": board_of(view, span[0]),
        "category": clean(category),
        "rank": None,
        "count": None,
        "top_n": None,
        **ranks,
    }
    fields |= date_of_list(view)
    clause = view.clause_at(span[0])
    near = [t for t in tokens if clause.left <= t.at < clause.right]
    start = min([view.folded_offset(span[0]), *(t.start for t in near)])
    time = _time(view, span[1] - 1)
    end = view.folded_offset(span[1] - 1) + 1
    undated = time is None and "date_start" not in fields
    return Fact("rankings", fields, start, end, f"rankings.{rule}", tokens, time=time, timeless=undated)


def _time(view: SentenceView, at: int) -> Token | None:
    """The time of a place on a list: that of the clause, else the last before it in the sentence that does not tell of a release (`10月推出的X`)."""
    found = time_of_number(view, at) or time_of(view, at)
    if found is None or not _RELEASED.match(view.shadow, found.at + 1):
        return found
    others = [t for t in view.tokens if t.kind == "TIME" and t.time.date_start is not None and t.at < found.at]
    return next((t for t in reversed(others) if not _RELEASED.match(view.shadow, t.at + 1)), None)


def _before(view: SentenceView, at: int) -> list[str]:
    """The fields of `在数学和编程上排名第一`: the words between 在 and 上 before the verb."""
    clause = view.clause_at(at)
    found = re.search(
        r"在(?P<what>[^。,，在]{2,24}?)(?:等)?(?:单项)?(?:能力)?(?:上|方面|领域|中|类)?(?:的)?$", view.shadow[clause.left : at]
    )
    return fields_in(found["what"]) if found and not compiled("{ORG}|{MODEL}|{PRODUCT}|{BENCHMARK}").search(found["what"]) else []


def _places(view: SentenceView) -> Iterator[Fact]:
    for found in _PLACE.finditer(view.shadow):
        if (
            (not found["unit"] and _NOT_PLACE.match(found["after"]))
            or found["unit"] == "大"
            or found["after"].startswith("的")
            or _is_unreal(view, found.start())
        ):
            continue
        if found["verb"] in ("成为", "获得", "获", "列", "是") and not (found["unit"] or re.match(r"[,，。；;、”]|$", found["after"])):
            continue
        rank = _number(found["n"])
        if rank is None or re.search(r"第[一二三]$|股东|[前]$", found["gap"]) or "从" in found["gap"]:
            continue
        asked = _before(view, found.start()) or fields_in(re.sub("全球|世界|国内|行业|全|业内", "", found["gap"]))
        categories = regions_in(view, view.clause_at(found.start()).left, found.end("ord")) or [a for a in asked if a not in ("了",)]
        subjects = _country(view, found.start()) or subjects_of(view, found.start(), reach=_reach(view))
        span = (found.start(), found.end("ord"))
        yield from _facts(view, found.start(), span, {"rank": rank}, categories, "place", subjects)
        next_to = compiled(r"[名位]?[,，]?仅次于(?P<ahead>{ORG}|{MODEL}|{PRODUCT}|{COUNTRY})(?!的?[一-龥]{0,2}[、和])").match(
            view.shadow, found.end("ord")
        )
        if next_to and rank == 2 and (ahead := view.token_at(next_to.start("ahead"))):
            yield from _facts(view, found.start(), (found.start(), next_to.end()), {"rank": 1}, categories, "ahead", (ahead,))


def _bare(view: SentenceView) -> Iterator[Fact]:
    """`X激活量第一`, and `与X并列头名`."""
    for found in _FIRST_AT_END.finditer(view.shadow):
        token = view.token_at(found.start("who"))
        if token is not None and not _is_unreal(view, found.end() - 2):
            yield from _facts(view, found.start(), found.span(), {"rank": 1}, [found["what"].removeprefix("的")], "bare_first", (token,))
    for found in _TIED.finditer(view.shadow):
        token = view.token_at(found.start("other"))
        subjects = tuple(t for t in subjects_of(view, found.start()) if t is not token)
        if token is not None and subjects:
            yield from _facts(view, found.start(), found.span(), {"rank": 1}, _before(view, found.start()), "tied", (*subjects, token))


def _country(view: SentenceView, at: int) -> tuple[Token, ...] | None:
    """The country that a clause is about, if it opens it or the clause before and no company or model does."""
    clause = view.clause_at(at)
    for part in (clause, *view.clauses[max(0, clause.number - 1) : clause.number]):
        here = [t for t in part.tokens if t.kind in ("COUNTRY", "ORG", "MODEL", "PRODUCT") and t.at < at]
        if (
            here
            and here[0].kind == "COUNTRY"
            and here[0].at - part.left <= 3
            and not re.match("的?(?:公司|企业|区|最|第)", view.shadow[here[0].at + 1 :])
        ):
            return (here[0],) if len({t.kind for t in here}) == 1 else None
        if here:
            return None
    return None


def _reach(view: SentenceView) -> int:
    """How many sentences back a place may look for its subject: only from one that opens with a pronoun."""
    return 2 if re.match(r"[“\"「\s]*(?:而|但|同时|此外|并且?|也|更|如今)?(?:这|该|其|它)", view.shadow) else 0


def _is_unreal(view: SentenceView, at: int) -> bool:
    clause = view.clause_at(at)
    return bool(_UNREAL.search(view.shadow, clause.left, at))


def _bigs(view: SentenceView) -> Iterator[Fact]:
    for found in _BIG.finditer(view.shadow):
        clause = view.clause_at(found.start())
        rank = _number(found["n"])
        if rank is None or _NOT_BIG.search(found["noun"]) or "之一" in found["noun"] or _is_unreal(view, found.start()):
            continue
        if not re.search(r"成为|是|作为|系|为|[、,，]$", view.shadow[max(0, clause.left - 1) : found.start()]):
            continue
        category = view.raw(found.start("scope"), found.end("scope")) + view.raw(found.start("noun"), found.end("noun")).rstrip(" ，,")
        yield from _facts(
            view, found.start(), found.span(), {"rank": rank}, [category], "nth_largest", subjects_of(view, found.start(), found["noun"])
        )


def _tops(view: SentenceView) -> Iterator[Fact]:
    for found in _TOP.finditer(view.shadow):
        clause = view.clause_at(found.start())
        if _is_unreal(view, found.start()) or re.search("围棋|世界冠军|职业|奥运|锦标赛", view.shadow[clause.left : clause.right]):
            continue
        if (
            re.match("的", view.shadow[found.end() :]) and "榜" not in view.shadow[found.end() : found.end() + 16]
        ) or "之一" in view.shadow[found.end() : found.end() + 14]:
            continue
        gap = found["gap"] if found["gap"] is not None else re.split("[。!?！？;；,，]", view.shadow[found.end() :])[0][:24]
        right = found.end() if found["gap"] is not None else found.end() + len(gap)
        regions = regions_in(view, clause.left, right)
        subjects = subjects_of(view, found.start(), "模型" if "模型" in gap + (found["title"] or "") else "")
        fields = fields_in(re.sub(r"榜单.*|榜的?.*$", "", gap)) if found["gap"] and "榜" in found[0] else []
        each = list(view.tokens_in(clause.left, found.start(), "MODEL", "PRODUCT"))
        if "分别" in view.shadow[clause.left : found.start()] + gap and len(each) == len(fields) > 1:
            for one, field in zip(each, fields):
                yield from _facts(view, found.start(), (found.start(), right), {"rank": 1}, [field], "top", (one,))
            continue
        fields = [f for f in fields if not re.search(compiled("{COUNTRY}|{BENCHMARK}|{ORG}").pattern, f)]
        yield from _facts(view, found.start(), (found.start(), right), {"rank": 1}, regions or fields, "top", subjects)


def _within(view: SentenceView) -> Iterator[Fact]:
    for found in _WITHIN.finditer(view.shadow):
        top = _number(found["n"] or found["top"] or found["strong"])
        if view.shadow.startswith("的", found.end()) and not re.match("的(?:公司|模型|企业|产品|应用)", view.shadow[found.end() :]):
            continue
        if top is None or top < 2 or _is_unreal(view, found.start()) or compiled("{COUNT}{COUNTRY}").search(view.shadow[: found.start()]):
            continue
        yield from _facts(view, found.start(), found.span(), {"count": 1, "top_n": top}, [], "within")


def _shares(view: SentenceView) -> Iterator[Fact]:
    """How many of a country's are among the first N, and the models named as among them."""
    top: int | None = None
    counted = 0
    for found in _AMONG.finditer(view.shadow):
        top = _number(found["top"])
        count, country = view.token_at(found.start("count")), view.token_at(found.start("country"))
        if top and count is not None and country is not None and count.quantity.value:
            who = subject_fields(country, "")
            ranks: dict[str, int | None] = {"count": int(count.quantity.value), "top_n": top}
            yield _fact(view, who, ranks, found["what"] or None, found.span(), "share_of_top", (country, count))
            named = re.match(r"[^。;；]{0,6}其中(?:出现了?|包括|有|包含)(?:了)?", view.shadow[found.end() :])
            named = named or re.match(r"[^。;；,，]{0,6}[,，]其中(?:出现了?|包括|有|包含)(?:了)?", view.shadow[found.end() :])
            if named:
                yield from _named(view, found.end() + named.end(), top, found["what"])
    for found in _ENTERED.finditer(view.shadow):
        top = _number(found["top"] or found["strong"])
        count, country = view.token_at(found.start("count")), view.token_at(found.start("country"))
        if top and count is not None and country is not None and count.quantity.value:
            counted = int(count.quantity.value)
            yield _fact(
                view, subject_fields(country, ""), {"count": counted, "top_n": top}, None, found.span(), "share_of_top", (country, count)
            )
    for found in _OTHERS.finditer(view.shadow):
        country = view.token_at(found.start("country"))
        if top and counted and country is not None:
            yield _fact(
                view, subject_fields(country, ""), {"count": top - counted, "top_n": top}, None, found.span(), "share_of_top", (country,)
            )
    for found in _SEATS.finditer(view.shadow):
        count, country = view.token_at(found.start("count")), view.token_at(found.start("country"))
        if top and count is not None and country is not None and count.quantity.value and "席" in count.quantity.text:
            yield _fact(
                view,
                subject_fields(country, ""),
                {"count": int(count.quantity.value), "top_n": top},
                None,
                found.span(),
                "share_of_top",
                (country, count),
            )


def _named(view: SentenceView, left: int, top: int, what: str) -> Iterator[Fact]:
    """The models listed as among the first N; an unnamed one (`字节Seed的小参数代码模型`) stands for its company."""
    right = next((c.right for c in view.clauses if c.right > left), len(view.shadow))
    tokens = view.tokens_in(left, right, "MODEL", "PRODUCT", "ORG")
    for number, token in enumerate(tokens):
        following = tokens[number + 1].at if number + 1 < len(tokens) else right
        between = view.shadow[token.at + 1 : following]
        owns_unnamed = token.kind in ("ORG", "MODEL") and re.match(
            r"的[^、,，和与]{2,14}(?:模型|产品|应用)(?:[、,，和与。]|$)", between + "。"
        )
        if (token.kind == "ORG" and not owns_unnamed) or (token.kind == "MODEL" and re.match("的$", between)):
            continue
        who = subject_fields(token, "")
        if token.kind == "MODEL" and owns_unnamed and (owner := owner_of(token)):
            who = {"subject_type": "org", "subject_id": owner, "subject_text": None}
        ranks: dict[str, int | None] = {"count": 1, "top_n": top}
        yield _fact(view, who, ranks, what or None, (token.at, token.at + 1), "named_in_top", (token,))


def _leaders(view: SentenceView) -> Iterator[Fact]:
    for found in _LEADS.finditer(view.shadow):
        lists = re.search(r"(?P<what>[^,，的在平台]{2,20})榜$", found["list"])
        subjects = subjects_of(view, found.end() - 2)
        yield from _facts(view, found.end() - 2, found.span(), {"rank": 1}, fields_in(lists["what"]) if lists else [], "leads", subjects)


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `rankings` in a sentence; a thing has one rank in one field of one clause."""
    if not re.search(r"第|榜|首位|头名|冠|登顶|前|最|TOP|强|领跑", view.shadow, re.IGNORECASE):
        return
    seen: dict[tuple[Any, ...], str] = {}
    fields: set[tuple[Any, ...]] = set()
    for finder in (_shares, _places, _bare, _tops, _bigs, _within, _leaders, superlatives):
        for fact in finder(view):
            f = fact.fields
            key = (f["subject_id"], f["rank"], f["count"], f["top_n"], view.clause_at(view.shadow_offset(fact.end - 1)).number)
            if seen.setdefault(key, fact.rule_id) == fact.rule_id and (*key, f["category"]) not in fields:
                fields.add((*key, f["category"]))
                yield fact

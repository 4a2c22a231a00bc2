"""Superlatives over a stated set: `全球最强的开源模型` is rank 1 of no list. Not: one of the best, the newest, first or last, or a matter of character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.comparisons import compared_in
from pipeline.facts.comparisons_things import is_owner, subject_of
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.rankings_subjects import RANKED, board_of, subject_fields, subjects_of
from pipeline.facts.view import SentenceView, Token

_C = r"[^。!?！？;；,，]"
_SET = (
    r"全球|世界|全世界|国内|国产|行业|业界|业内|史上|历史|迄今|目前|当前|当时|开源|同类|全网|全国|亚洲|欧洲|海外|市场|圈|社区|领域|"
    r"中国|中文|平台|主流|\ue007|\ue020"
)
_ADJECTIVE = r"(?:强大?|大|好|高|低|多|少|快|小|火爆?|热门?|全面|完整|先进|受(?:[^,，。]{0,8})欢迎|丰富|广泛|深入|优秀|便宜|活跃|聪明|智能|畅销|出色|贵)"
_ONE = rf"(?P<of>[^。!?！？;；,，、最的是为]{{0,10}}?)最(?P<adj>{_ADJECTIVE})(?!程度|限度|程|努力|可能|终|近|初|后|优先|贵)"
_SUPERLATIVE = re.compile(_ONE)
_PHRASE = re.compile(
    rf"(?P<copula>成为了?|正?是|作为|堪称|号称|系|为|称其为|被称为|被誉为|拥有)(?P<all>[^。!?！？;；,，:：]{{0,24}}?最{_ADJECTIVE}[^。!?！？;；,，:：]{{0,30}})"
)
_BEFORE_NAME = compiled(
    rf"(?P<all>(?:{_SET})[^。!?！？;；,，:：]{{0,12}}?最{_ADJECTIVE}的?[^。!?！？;；,，的是:：\ue013—-]{{2,20}}?|最(?:大|强|好|先进|受欢迎)的[^。!?！？;；,，的是:：]{{0,8}}(?:{_SET})[^。!?！？;；,，的是:：]{{0,8}}?)\s?[“「\"]?(?P<name>{{ORG}}|{{MODEL}}|{{PRODUCT}})"
)
_REVERSED = compiled(
    rf"(?P<all>[^。!?！？;；,，是]{{0,14}}最{_ADJECTIVE}的?[^。!?！？;；,，是]{{0,12}}(?:模型|应用|产品|APP|工具|平台|芯片|助手))(?:是|为|当属)"
    r"(?:{ORG}的?|来自{ORG}的)?(?P<name>{MODEL}|{PRODUCT})"
)
_OUT = re.compile(
    r"之一|涨幅|跌幅|升幅|降价|市值|作品|地产|单日|投资者|股东|选项|选择|时刻|行情|商机|收购|融资|交易|最终|最近|最佳实践|最好的?(?:办法|方式|选择|时代|成果|是|时机|朋友)|障碍|问题|挑战|区别|不同|优势|原因|风险|特点|好处|亮点|"
    r"程度|最低限度|最高(?:优先|法院|水平|可|达|支持|投资|降幅|规格)|最大(?:限度|化|的?(?:变化|竞争|对手|难点|变量|意义|价值|受益|机会|障碍|压力|威胁|股东|客户))|最多(?:只|能|可)|最少|最快(?:还|也|要|在|于|\d)|最小(?:化|的)"
)
_NAME_INSIDE = compiled("{ORG}|{BENCHMARK}|{PRODUCT}")
_BARE = re.compile(r"(?:行业|全网|业界|全球|全国|国内|业内|史上)最(?P<adj>低|高|强|大|快|多|好)(?=[,，。；;”」]|$)")
_FILLER = re.compile(
    r"(?:“|「|\s|它|其|这|该模型|该产品|也|并且?|更|已经?|目前|曾|则|仍|依然|确实|的确|将|还|实际上?|一举|从而|同时|而|因此|如今|此外|且|均|都|就|又)*"
)
_UNREAL = re.compile(
    r"如果|能否|有望|希望|目标|不是|并非|没有|未必|想要|要做|力争|旨在|渴望|努力|难以|谁|[?？]|不一定|不再|曾经?是|可能|也许|我所见|创"
)


def superlatives(view: SentenceView) -> Iterator[Fact]:
    """Rank 1 for what a sentence calls the most of a stated set; one row for each superlative and subject."""
    if "最" not in view.shadow:
        return
    taken: set[int] = set()
    for found in _PHRASE.finditer(view.shadow):
        clause = view.clause_at(found.start())
        right = min(found.end(), clause.right)
        phrase = view.shadow[found.start("all") : right]
        if _blocked(view, phrase, clause.left, found.start()) or not _is_of_a_set(view, phrase, found.start()):
            continue
        owners = _head(view, found.start("all"), right)
        if re.match(r"[,，][^。,，]{0,20}之一", view.shadow[right:]) or (
            re.search(r"最[^最]{0,24}(?!(?i:app)$)[A-Za-z]{3,}$", phrase) and not phrase.upper().endswith("APP")
        ):
            continue
        noun = phrase[phrase.rfind("最") :]
        subjects = _ahead(view, found, right) or subjects_of(view, found.start(), noun, reach=_reach(view, clause.left, found.start()))
        for token in () if owners else subjects:
            for one in _SUPERLATIVE.finditer(view.shadow, found.start("all"), right):
                if _NAME_INSIDE.search(view.shadow[one.end() : right]) or "第" in one["of"]:
                    continue  # it is the name inside that is the most
                taken.add(one.start("adj"))
                yield _fact(view, token, found.start("all"), right, one, "superlative")
    for found in _BEFORE_NAME.finditer(view.shadow):
        name = view.token_at(found.start("name"))
        most = _SUPERLATIVE.search(view.shadow, found.start("all"), found.end("all"))
        clause = view.clause_at(found.start())
        if name is None or most is None or most.start("adj") in taken or _blocked(view, found["all"], clause.left, found.start()):
            continue
        yield _fact(view, name, found.start("all"), found.end("all"), most, "superlative_before_name")
    yield from _reversed(view)
    yield from _bare(view)


def _reversed(view: SentenceView) -> Iterator[Fact]:
    """`目前价格最低的模型是X`."""
    for found in _REVERSED.finditer(view.shadow):
        token = view.token_at(found.start("name"))
        one = _SUPERLATIVE.search(view.shadow, found.start("all"), found.end("all"))
        clause = view.clause_at(found.start())
        if token is None or one is None or is_owner(view, token) or _blocked(view, found[0], clause.left, found.start()):
            continue
        if re.search(_SET, found["all"]):
            yield _fact(view, token, found.start("all"), found.end(), one, "superlative_reversed")


def _ahead(view: SentenceView, found: re.Match[str], right: int) -> tuple[Token, ...]:
    """The company right behind `作为最大的平台，`."""
    clause = view.clause_at(found.start())
    if found["copula"] != "作为" or view.tokens_in(clause.left, found.start()) or view.shadow[right : right + 1] not in ("，", ","):
        return ()
    token = next((t for t in view.tokens_in(right, right + 4, *RANKED)), None)
    return (token,) if token is not None else ()


def _reach(view: SentenceView, left: int, at: int) -> int:
    """How many sentences back the subject may stand: none where something without a known name stands before the copula."""
    return 2 if not view.tokens_in(left, at) and _FILLER.fullmatch(view.shadow, left, at) else 0


def _bare(view: SentenceView) -> Iterator[Fact]:
    """`成本压缩至行业最低`, `称其为全网最低`."""
    for found in _BARE.finditer(view.shadow):
        clause = view.clause_at(found.start())
        if _UNREAL.search(view.shadow, clause.left, found.start()):
            continue
        one = _SUPERLATIVE.search(view.shadow, found.start(), found.end())
        token = subject_of(view, found.start(), reach=1, without=compared_in(view))
        if one is not None and token is not None:
            yield _fact(view, token, max(clause.left, found.start() - 12), found.end(), one, "superlative_bare")


def _blocked(view: SentenceView, phrase: str, left: int, at: int) -> bool:
    return bool(_OUT.search(phrase) or _UNREAL.search(view.shadow, left, at) or view.shadow.endswith(("?", "？")))


def _is_of_a_set(view: SentenceView, phrase: str, at: int) -> bool:
    """True if the set is stated: in the phrase (`全球`, `开源`, `…中`), else in the words before it in the clause."""
    head = phrase[: phrase.find("最")]
    tail = phrase[phrase.find("最") :]
    return bool(
        re.search(_SET, head)
        or re.search(rf"(?:{_SET})[^。,，]{{0,8}}(?:模型|产品|应用|公司|企业|平台|厂商|APP|App|代表|族群|社区)", tail)
        or (re.search(r"(?:公司|模型|产品|应用|平台|一家)", tail) and re.search(_SET + "|所有|无论", view.shadow[max(0, at - 30) : at]))
    )


def _head(view: SentenceView, left: int, right: int) -> bool:
    """True if the phrase ends in a name of its own, which then is what the superlative is of."""
    tokens = view.tokens_in(left, right, *RANKED)
    return bool(tokens and tokens[-1].at >= right - 2 and tokens[-1].at > view.shadow.rfind("最", left, right))


def _fact(view: SentenceView, token: Token, left: int, right: int, one: re.Match[str], rule: str) -> Fact:
    category = view.raw(left, right).strip(' “”"「」,，。；;的')
    both = len(_SUPERLATIVE.findall(view.shadow, left, right)) > 1
    if both:  # 参数量最大、性能最好的开源模型: each superlative has its own field
        category = f"{category[:30]}（{view.raw(one.start(), one.end())}）"
    who = subject_fields(token, view.text if "应用" in category or "APP" in category.upper() else "")
    fields = {**who, "leaderboard": None, "category": category[:60], "rank": 1, "count": None, "top_n": None}
    if re.search("榜", category):
        fields["leaderboard"] = board_of(view, left)
    clause = view.clause_at(left)
    start = min([view.folded_offset(left), *([token.start] if token in view.tokens and clause.left <= token.at else [])])
    return Fact("rankings", fields, start, view.folded_offset(right - 1) + 1, f"rankings.{rule}", (token,) if token in view.tokens else ())

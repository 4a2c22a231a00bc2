"""Sources that the text leans on without anybody speaking: data, reports, media, people in the know. Credit only; nobody's statement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.facts.patterns import compiled
from pipeline.facts.speech_act import credit_of
from pipeline.facts.view import SentenceView, Token

_NOUN = re.compile(
    r"数据|统计|报告|研报|财报|研究|调查|报道|报导|消息|资料|信息|测算|监测|公告|文件|招股书|说明|披露|介绍|透露|预测|估计|估算|显示|口径|榜单|调研|指数|排名"
)
_SOURCE = (
    r"(?P<lead>据|根据|来自|援引|按照?)(?:[^,，。;；:：“”\"]{0,16}?)(?P<who>{ORG}|{MEDIA}|{PERSON}|{BENCHMARK}|{PRODUCT})"
    r"(?P<rest>[^,，。;；“”\"]{0,24}?)(?:[,，:：]|$)"
)
_SHOWS = (
    r"(?P<who>{ORG}|{MEDIA}|{BENCHMARK})(?:[^,，。;；:：“”\"]{0,14}?)(?:数据|统计|报告|研报|研究|调查|报道|监测|测算|评测分数|调研|财报|招股书)(?:结果)?(?:则|也|还)?"
    r"(?P<verb>显示|指出|表明|称|认为|预计|预测)[,，:：]?"
)
_REPORTS = (
    r"(?P<who>{MEDIA})(?:[^,，。;；:：“”\"]{0,10}?)(?:报道|报导|披露|援引|爆料|获悉|透露|曝光|消息|称)"
    r"(?:[^,，。;；:：“”\"]{0,14}?(?:称|透露|表示))?[,，:：]?"
)
_RUMOUR = re.compile(
    r"(?:据|有|根据|按|^|(?<=[,，。;；:：]))(?:另|一些|部分)?(?P<who>(?:多[名位]|[一两数几]位|多方)?(?:知情人士|知情者|消息人士|业内人士|业内分析|分析人士|分析师|外媒|国内媒体|美媒|媒体|第三方机构|多方消息|公开资料|公开报道|"
    r"市场消息|接近[^,，。]{1,10}人士))(?:[^,，。;；:：]{0,10}?)(?:透露|称|表示|报道|报导|指出|认为|披露|爆出|曝出|爆料|消息|数据|显示)[,，:：]?"
)
_PAPERS = re.compile(
    r"(?:据|根据|按照?|(?=论文|技术报告|官方测试))(?P<who>(?:该|其|这篇|上述|最新|官方|公司)?[^,，。;；:：\ue000-\ue021]{0,6}?(?:论文|技术报告|盲测|官方测试|官方数据|公开数据|官方文档|财报|招股书|测试结果|公告))"
    r"(?:的|中)?(?:数据|结果|内容)?(?:显示|介绍|披露|表明|称)?[,，:：]"
)
_HEARSAY = re.compile(r"(?:消息|传闻|传言|爆料|网传|有传|市场传闻)(?:称|说|指|显示)?[,，:：]|据传|据说|传闻称")


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its token if it has a name, what attributed_to says, where its content begins, how it is asserted, where it is named."""

    token: Token | None
    credit: str
    left: int
    assertion: str | None
    at: int


def sources_in(view: SentenceView, words: str) -> list[Source]:
    """The sources named in a sentence (`words`: its masked shadow), in order."""
    out: list[Source] = []
    taken: list[tuple[int, int]] = []

    def take(found: re.Match[str], token: Token | None, credit: str, assertion: str | None) -> None:
        if all(found.end() <= a or found.start() >= b for a, b in taken):
            taken.append(found.span())
            out.append(Source(token, credit, found.end(), assertion, found.start()))

    for found in compiled(_SOURCE).finditer(words):
        if found["lead"] != "据" and not _NOUN.search(found[0]):
            continue
        token = view.token_at(found.start("who"))
        if token and (
            _NOUN.search(found["rest"]) or token.kind in ("MEDIA", "BENCHMARK") or (found["lead"] == "据" and token.kind != "PERSON")
        ):
            reported = "reported" if token.kind == "MEDIA" or "报道" in found[0] or "报导" in found[0] else None
            take(found, token, credit_of(view, token), reported)
    for found in compiled(_SHOWS).finditer(words):
        token = view.token_at(found.start("who"))
        judged = found["verb"] in ("指出", "认为", "称", "预计", "预测") and token is not None and token.kind == "ORG"
        if token and not judged and not (found["verb"] == "显示" and token.kind == "ORG" and not _figures(view, found.end())):
            take(found, token, credit_of(view, token), "reported" if token.kind == "MEDIA" or "报道" in found[0] else None)
    for found in compiled(_REPORTS).finditer(words):
        token = view.token_at(found.start("who"))
        if token:
            take(found, token, credit_of(view, token), "reported")
    for found in _RUMOUR.finditer(words):
        people = re.search(r"人士|知情者|媒|报道|消息", found["who"])
        take(found, None, view.raw(*found.span("who")), "reported" if people else None)
    for found in _PAPERS.finditer(words):
        take(found, None, view.raw(*found.span("who")), None)
    for found in _HEARSAY.finditer(words):
        take(found, None, view.raw(found.start(), found.start() + 2), "rumoured")
    return sorted(out, key=lambda s: s.at)


def _figures(view: SentenceView, at: int) -> bool:
    """True if numbers follow: then a study gives data, it does not give its opinion."""
    return bool(view.tokens_in(at, len(view.shadow), "MONEY", "PERCENT", "MULTIPLE", "COUNT", "PARAMS", "TOKENS"))

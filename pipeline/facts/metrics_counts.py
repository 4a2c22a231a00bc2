"""Counts that need more than a cue beside the number: models brought out, cards used, companies left over, offers to buy. Used by `metrics`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.metrics_cues import Cue, Reading, unit_of
from pipeline.facts.metrics_subjects import holder, subject_fields
from pipeline.facts.patterns import Fact, compiled, quantity_fields
from pipeline.facts.phrases import phrase_at, tokens
from pipeline.facts.timing import NO_DATE, date_fields, time_of_number
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

_MODELS = frozenset(("models", "款", "个"))
_MODEL_NOUN = re.compile(r"[^,，。;；]{0,12}?(?:模型|AI模型)")
_RELEASE = re.compile(r"(?:发布|推出|迭代|上线|开源)(?:了|出)?[^,，。;；\ue002\ue003]{0,6}$|发$")
_TOTAL = re.compile(
    r"(?:累计|累积|目前|已经?|总共)[^,，。;；]{0,6}(?:发布|推出|拥有|上架|收录|上线|汇聚|开源)(?:了|出)?[^,，。;；]{0,4}$|(?:平台|社区)[^,，。;；]{0,8}接入了?[^,，。;；]{0,4}$|(?:上架|收录|汇聚|托管|聚集)了?[^,，。;；]{0,4}$"
)
_AMONG = re.compile(r"其中,?，?(?P<group>[一-鿿A-Za-z]{1,8}?)(?:领域)?的?(?:大|基础)?模型(?:就|共|数量)?(?:有|达|高达|为|占)?$")
_OPENED = re.compile(r"开源(?:了|出)?[^,，。;；]{0,24}$")
_NO_CARDS = re.compile(r"估算|如果|假设|要想|级别|万卡|收费|租|需要|可能|每张|单张|门槛|才能|生产|制造|出货|产能|走私")
_TRAINS = re.compile(r"训练|微调|预训练|使用|用了?|仅用|动用")
_OWNS = re.compile(
    r"拥有|储备|采购|购买|囤|部署|管理|买入|持有|订购|购入|运营|建|手握|手里|握着|存储|搭载|堆砌|坐拥|装备|配备|扩充|上线|集群"
)
_REMAIN = re.compile(r"(?:收敛[至到成为]{0,2}|只?剩下?|仅剩下?|仅存|缩减至|洗牌[至到]?|另有|存活)[^,，。;；\ue000这那]{0,8}$")
_SURVIVE = re.compile(r"(?:家|席)?(?:公司|企业|巨头|厂商|玩家)?(?:幸存|存活|留在牌桌|能活下来)")
_OFFER = (
    compiled(r"(?P<amount>{MONEY})(?P<gap>[^。;；、,，]{0,14}?)(?:收购|并购|买下)(?P<rest>[^,，。;；、]{0,10}?)(?P<target>{ORG})"),
    compiled(r"(?P<target>{ORG})[^。;；{ORG}]{0,16}(?P<amount>{MONEY})的?[^,，。;；]{0,6}收购(?:要约|报价|提议|邀约)"),
    compiled(r"(?P<amount>{MONEY})的?[^。;；{ORG}]{0,14}?(?:竞购|竞标|求购|要约|报价|控制)[^,，。;；、{ORG}]{0,16}?(?P<target>{ORG})"),
    compiled(r"(?:出价|报价|开价|竞购|竞标|求购|要约)[^,，。;；{ORG}{MONEY}]{0,8}(?P<amount>{MONEY})[^。;；{ORG}]{0,16}?(?P<target>{ORG})"),
    compiled(
        r"(?:竞购|竞标|求购|收购|并购|买下)(?P<target>{ORG})[^。;；{ORG}{MONEY}]{0,14}(?:出价|报价|要约|价格|对价|金额)[^。;；{ORG}{MONEY}]{0,6}(?P<amount>{MONEY})"
    ),
    compiled(r"(?:对|向)(?P<target>{ORG})[^。;；]{0,14}?(?P<amount>{MONEY})[^,，。;；]{0,10}(?:收购|要约|报价)"),
)
_DONE_ELSEWHERE = re.compile(r"可以|投资(?!者|人|集团|财团)|融资|股权|股份|少数")

MODELS_RELEASED = Cue("models_released", "models_released", _MODELS, holders=("ORG", "COHORT", "COUNTRY"), unit="models")
MODELS_TOTAL = Cue("models_total", "models_total", _MODELS, holders=("PRODUCT", "ORG", "COHORT"), unit="models")
MODELS_OPENED = Cue("models_opened", "models_open_sourced", _MODELS, holders=("ORG", "MODEL", "COHORT"), unit="models")
CARDS = Cue("cards", "gpu_count", frozenset(("gpus",)), holders=("MODEL", "ORG"), unit="gpus")
CARD_HOURS = Cue("card_hours", "other", frozenset(("gpus",)), holders=("MODEL",), unit="gpu_hours", of_metric="训练GPU小时")
COMPANIES = Cue("companies_left", "companies_count", frozenset(("companies", "席", "家")), holders=("COHORT", "COUNTRY"), unit="companies")


def read(view: SentenceView, token: Token, left: int, right: int) -> Reading | None:
    """The reading of a count of models, cards or companies; None for any other number."""
    unit, words = unit_of(token), view.document.folded.text[token.start : token.end]
    lead, tail = view.shadow[left : token.at], view.shadow[token.at + 1 : right]
    if unit == "gpus" and re.match(r"\s?(?:卡)?小时", tail) and _TRAINS.search(lead):
        return Reading(CARD_HOURS, token.at, token.at + 1)
    if unit == "gpus" and (
        token.quantity.modifier == "magnitude" or _NO_CARDS.search(words) or _NO_CARDS.search(view.shadow, left, min(right, token.at + 12))
    ):
        return None
    if unit in _MODELS and (among := _AMONG.search(lead)):
        cue = Cue("models_by_modality", "models_by_modality", _MODELS, holders=("ORG",), unit="models", of_metric=among["group"])
        return Reading(cue, left + among.start(), token.at)
    if unit in ("个", "块", "张", "颗", "片") and _is_card(view, token, tail):
        if _NO_CARDS.search(view.shadow, left, min(right, token.at + 12)):
            return None
        unit = "gpus"
    if (
        unit in _MODELS
        and token.quantity.value != 1
        and ("模型" in words or _MODEL_NOUN.match(tail))
        and not re.match(r"[^,，。]{0,10}(?:模型)?(?:由|来自)", tail)
    ):
        return _models(view, token, left, right, lead, tail)
    if (
        unit == "gpus"
        and not re.match(r"[^,，。]{0,8}?小时", tail)
        and not re.match(r"[^,，。]{0,3}的?(?:价格|成本|价值|售价|租金|年费)", tail)
    ):
        return Reading(CARDS, token.at, token.at + 1)
    if unit in ("companies", "席", "家", "个") and token.quantity.value and not re.match(r"[^,，。]{0,2}(?:人|月|小时|问题|选择)", tail):
        if found := _REMAIN.search(lead):
            return Reading(COMPANIES, left + found.start(), token.at)
        if _SURVIVE.match(tail):
            return Reading(COMPANIES, token.at, token.at + 1)
    return None


def _is_card(view: SentenceView, token: Token, tail: str) -> bool:
    """Whether pieces counted are processors: H100, GPU."""
    if re.match(r"[^,，。;；的]{0,5}(?:的)?(?:GPU|显卡|算力卡|加速卡|AI芯片)", tail):
        return True
    beside = compiled(r"(?:[^,，。;；]{1,3}的)?\s?(?:{ORG}|{COUNTRY})?的?\s?(?={PRODUCT})").match(view.shadow, token.at + 1)
    near = list(view.tokens_in(beside.end(), beside.end() + 1, "PRODUCT")) if beside else []
    return bool(near) and _is_hardware(near[0])


def _is_hardware(token: Token) -> bool:
    entity = load().entities.get(token.entity_id)
    return entity is not None and entity.attributes.get("category") == "hardware"


def _models(view: SentenceView, token: Token, left: int, right: int, lead: str, tail: str) -> Reading | None:
    clause = view.clause_at(token.at)
    if re.search(r"前\d*的|排名|榜", view.shadow[clause.left : clause.right]) or re.match(r"[^,，。]{0,3}模型(?:是|的|之|中|则)", tail):
        return None
    if found := _OPENED.search(lead):
        return Reading(MODELS_OPENED, left + found.start(), token.at)
    if found := _TOTAL.search(lead):
        return Reading(MODELS_TOTAL, left + found.start(), token.at)
    if found := _RELEASE.search(lead):
        return Reading(MODELS_RELEASED, left + found.start(), token.at)
    return None


def owner(view: SentenceView, token: Token, reading: Reading) -> Token | None:
    """The subject of a count of cards (the model trained on them, else who has them) or of models built on another. None leaves it to the general search."""
    if reading.cue.metric == "derivative_models" and reading.left > token.at:  # 200个基于X的微调版本
        return next(iter(view.tokens_in(reading.left, reading.right, "MODEL", "ORG")), None)
    if reading.cue is not CARDS:
        return None
    phrase = phrase_at(view, token.at)
    around = view.shadow[phrase.left : phrase.right]
    if _OWNS.search(around) and not _TRAINS.search(around):
        found = holder(view, token.at, ("ORG", "PRODUCT"), reach=1)
        return None if found and _is_hardware(found) else found
    if "训练" in view.shadow or _TRAINS.search(around):
        later = [t for t in view.tokens if t.kind == "MODEL" and token.at < t.at < token.at + 50]
        if (
            later
            and not re.search(r"下一代|新一代", view.shadow[token.at : later[0].at])
            and re.search(r"训练(?:出|了|的|一|下一代|新|其|最新|[^,，。]{0,6}的)*[^,，。]{0,4}$", view.shadow[token.at : later[0].at])
        ):
            return later[0]
        if found := holder(view, token.at, ("MODEL",), reach=0):
            return found
        if "训练" in around:
            return holder(view, token.at, ("MODEL",), reach=2) or holder(view, token.at, ("ORG",), reach=0)
    return holder(view, token.at, ("ORG", "MODEL"), reach=0)


def survivors(view: SentenceView, token: Token) -> dict[str, str | None] | None:
    """The subject of a count of companies left over: the group or country that the phrase names, else, where three are left in the end, the final three."""
    phrase = phrase_at(view, token.at)
    for kind in ("COHORT", "COUNTRY"):
        if named := [t for t in tokens(view, phrase, kind) if t.at < token.at]:
            own = named[0]
            if kind == "COUNTRY" and re.match(r"[^,，。]{0,8}(?:基座|基础|大)?模型", view.shadow[own.at + 1 :]):
                continue
            return {"subject_type": kind.lower(), "subject_id": own.entity_id, "subject_text": None}
    if token.quantity.value == 3 and (token.kind == "COUNT") and re.search(r"模型|百模", view.shadow):
        return {"subject_type": "cohort", "subject_id": "final-three", "subject_text": None}
    return None


def offers(view: SentenceView) -> Iterator[Fact]:
    """Offers to buy a company: metric `bid` of the company wanted."""
    if not re.search(r"收购|并购|竞购|竞标|求购|要约|控制|买下", view.shadow):
        return
    seen: set[int] = set()
    for pattern in _OFFER:
        for found in pattern.finditer(view.shadow):
            amount, target = view.token_at(found.start("amount")), view.token_at(found.start("target"))
            if (
                amount is None
                or target is None
                or amount.at in seen
                or _DONE_ELSEWHERE.search(view.shadow, max(0, found.start() - 6), found.end())
            ):
                continue
            seen.add(amount.at)
            time = time_of_number(view, amount.at)
            fields = {
                **subject_fields(target, "bid"), "metric": "bid", **quantity_fields(amount),
                "unit": amount.quantity.currency, "currency": amount.quantity.currency, "of_metric": None,
                **(date_fields(view, time) if time else NO_DATE),
            }  # fmt: skip
            start, end = min(amount.start, target.start), max(amount.end, target.end)
            yield Fact("metrics", fields, start, end, "metrics.bid", (amount, target))

"""Counts that need more than a cue beside the number: models brought out, cards used, companies left over, offers to buy. Used by `metrics`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.metrics_cues import Cue, Reading, unit_of
from pipeline.facts.metrics_subjects import holder, subject_fields
from pipeline.facts.patterns import Fact, compiled, quantity_fields
from pipeline.facts.timing import NO_DATE, date_fields, time_of_number
from pipeline.facts.view import SentenceView, Token

_MODELS = frozenset(("models", "款", "个"))
_MODEL_NOUN = re.compile(r"[^,，。;；]{0,12}?(?:模型|AI模型)")
_RELEASE = re.compile(r"(?:发布|推出|迭代|上线|开源)(?:了|出)?[^,，。;；\ue002\ue003]{0,6}$|发$")
_TOTAL = re.compile(r"(?:累计|累积|目前|已经?|总共|一?共)[^,，。;；]{0,6}(?:发布|推出|拥有|上架|收录|上线|汇聚|开源)(?:了|出)?[^,，。;；]{0,4}$|(?:上架|收录|汇聚|托管|聚集)了?[^,，。;；]{0,4}$")
_OPENED = re.compile(r"开源(?:了|出)?[^,，。;；]{0,24}$")
_CARDS = re.compile(r"\ue003?\s?(?:GPU|芯片|加速卡|显卡|算力卡|AI卡|集群)?")
_CARD_NAME = re.compile(r"\s?[\ue000]?\s?[\ue003]|[^,，。]{0,6}(?:GPU|显卡|算力卡|加速卡|AI芯片)")
_TRAINS = re.compile(r"训练|微调|预训练|使用|用了?|仅用|动用")
_OWNS = re.compile(r"拥有|储备|采购|购买|囤|部署|管理|买入|持有|订购|购入|运营|建|手握|手里|装备|配备|扩充|上线|集群")
_REMAIN = re.compile(r"(?:收敛[至到成为]{0,2}|只剩下?|仅剩下?|剩下?|仅存|缩减至|只有|洗牌[至到]?|幸存|另有|存活)[^,，。;；]{0,8}$")
_SURVIVE = re.compile(r"(?:家|席)?(?:公司|企业|巨头|厂商|玩家)?(?:幸存|存活|留在牌桌|能活下来)")
_OFFER = (
    compiled(r"(?P<amount>{MONEY})(?P<gap>[^。;；]{0,14}?)(?:收购|并购|买下)(?P<rest>(?:[^,，。;；]{0,10}?)?)(?P<target>{ORG})"),
    compiled(r"(?:对|向)(?P<target>{ORG})[^。;；]{0,14}?(?P<amount>{MONEY})[^,，。;；]{0,10}(?:收购|要约|报价)"),
)
_DONE_ELSEWHERE = re.compile(r"投资|融资|股权|股份|少数")

MODELS_RELEASED = Cue("models_released", "models_released", _MODELS, holders=("ORG", "COHORT", "COUNTRY"), unit="models")
MODELS_TOTAL = Cue("models_total", "models_total", _MODELS, holders=("PRODUCT", "ORG", "COHORT"), unit="models")
MODELS_OPENED = Cue("models_opened", "models_open_sourced", _MODELS, holders=("ORG", "MODEL", "COHORT"), unit="models")
CARDS = Cue("cards", "gpu_count", frozenset(("gpus",)), holders=("MODEL", "ORG"), unit="gpus")
COMPANIES = Cue("companies_left", "companies_count", frozenset(("companies", "席", "家")), holders=("COHORT", "COUNTRY"), unit="companies")


def read(view: SentenceView, token: Token, left: int, right: int) -> Reading | None:
    """The reading of a count of models, cards or companies; None for any other number."""
    unit = unit_of(token)
    lead, tail = view.shadow[left : token.at], view.shadow[token.at + 1 : right]
    words = view.document.folded.text[token.start : token.end]
    if unit in _MODELS and token.quantity.value != 1 and ("模型" in words or _MODEL_NOUN.match(tail)) and not re.match(r"[^,，。]{0,10}(?:模型)?(?:由|来自)", tail):
        return _models(view, token, left, right, lead, tail)
    if unit == "gpus" and not re.match(r"[^,，。]{0,8}?小时", tail) and not re.match(r"的?(?:价格|成本)", tail):
        return Reading(CARDS, token.at, token.at + 1)
    if unit in ("companies", "席", "家") and (found := _REMAIN.search(lead)):
        return Reading(COMPANIES, left + found.start(), token.at)
    return None


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
    """The subject of a count of cards: the model trained on them, else who has them. None leaves it to the general search."""
    if reading.cue is not CARDS:
        return None
    clause = view.clause_at(token.at)
    around = view.shadow[clause.left : clause.right]
    if _TRAINS.search(around) or "训练" in view.shadow:
        if found := holder(view, token.at, ("MODEL",), reach=0):
            return found
        later = [t for t in view.tokens if t.kind == "MODEL" and t.at > token.at and t.at - token.at < 50]
        if later and "训练" in view.shadow[token.at : later[0].at]:
            return later[0]
        if re.search(r"该模型|模型|V\d", around) and (carried := holder(view, token.at, ("MODEL",), reach=2)):
            return carried
        return holder(view, token.at, ("ORG",), reach=0) if _OWNS.search(around) else holder(view, token.at, ("MODEL", "ORG"), reach=2)
    if _OWNS.search(around):
        return holder(view, token.at, ("ORG", "PRODUCT"), reach=1)
    return holder(view, token.at, ("ORG", "MODEL"), reach=0)


def offers(view: SentenceView) -> Iterator[Fact]:
    """Offers to buy a company: metric `bid` of the company wanted."""
    if "收购" not in view.shadow and "并购" not in view.shadow:
        return
    seen: set[int] = set()
    for pattern in _OFFER:
        for found in pattern.finditer(view.shadow):
            amount, target = view.token_at(found.start("amount")), view.token_at(found.start("target"))
            if amount is None or target is None or amount.at in seen or _DONE_ELSEWHERE.search(found[0]):
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

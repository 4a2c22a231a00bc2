"""Rules of `model_specs`: sizes, context windows, architecture, variants, frames, resolution and cost of training, each of the model that the text
speaks of. Sizes that are part of a model's name are names; cards and tokens used in training are `metrics`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.facts.metrics_cues import is_conversion
from pipeline.facts.metrics_subjects import holder, is_source, listed
from pipeline.facts.patterns import Fact, quantity_fields
from pipeline.facts.phrases import Phrase, before, phrase_at, phrases, tokens
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.mentions import readings_of

_P, _M = KINDS["PARAMS"], KINDS["MODEL"]
_EMPTY: dict[str, Any] = {"value": None, "value_low": None, "value_high": None, "modifier": None, "unit": None, "value_string": None}
_ACTIVE = re.compile(r"激活|活跃参数|active", re.IGNORECASE)
_TOTAL = re.compile(r"总参数|参数总|总参|总量|总计参数")
_PART = re.compile(r"每个|其中有|共享|专家(?!混合)|蒸馏自|大约|相当于|理论|如果|下一代|类似|同等|以下的?模型|小于|不到.{0,3}B|耗费|消耗")
_GENERIC = re.compile(r"^(?:级|级别|以[上下]|及以[上下]|的?模型(?:时代|推理|训练|参数)|规模的模型)")
_AUXILIARY = re.compile(r"(?:支持|训练|追赶|突破|运行|部署|承载|自行训练|面向|针对)(?:了|过)?[“\"]?$")
_WINDOW = re.compile(r"上下文|窗口|长文本|长文档|上文|输入长度|context|Context")
_ARCHITECTURE = re.compile(r"(?P<moe>\bM[oO]E\b|MoE|MOE|Mixture[\s\-]of[\s\-]Experts?|混合专家|专家混合)|(?P<dense>稠密|Dense)(?![A-Za-z])")
_NOT_HERE = re.compile(r"如果|例如|比如|相比|不同于|传统|相较")
_RESOLUTION = re.compile(
    r"(?<![A-Za-z\d.])(?P<value>\d{3,4}[pP]|[248]K)(?=分辨率|高清|超清|高质量|视频|画质|的?图像|的?视频|的?画面|、|/|\s|,|，|。|$)"
)
_VIDEO = re.compile(r"视频|画质|分辨率|图像|画面|帧")
_VARIANT = re.compile(r"(?:不同)?(?:的)?(?:尺寸|版本|规格|型号|参数规模|参数版本|参数尺寸|大小|规模|Mixture|M[oO]E)")
_TRAINING = re.compile(r"训练|研发|开发|微调|造出|打造|构建|创造|创出|复现|算力投入|炼")
_COST = re.compile(r"成本|费用|花费?|耗资|投入|价格|代价|仅用|只用|以|用|要|需要|支出")
_PLANS = re.compile(r"集群|数据中心|超算|部署|每年|未来|计划")
_NOT_TRAINING = re.compile(
    r"融资|估值|营收|收入|投资(?!者)|资本|月费|API|每百万|定价|租用|每小时|每张|推理成本|年薪|市场规模|订阅|市值|薪|运营|硬件|GPU总|服务器"
)
_JOINED = re.compile(
    r"[”\"]?(?:的|级|规模的?|参数的?|量的?|大小的?|预训练|开源|大|语言|推理|旗舰|多模态|稠密|混合专家|M[oO]E|[“\"《\s]){0,6}(?:模型)?[“\"《\s]?"
)
_BEHIND = re.compile(r"[”\"]?\s?(?:[（(]|系列|模型|参数版?|总?参数量?|拥有|为|是|达|[\s:：]){0,3}")
_STATED = re.compile(r"参数(?:总?量|规模|数量?|总数)?|尺寸|激活|总参")
_CLOSING = re.compile(r"[”\"]?(?:系列|家族)?(?:的)?(?:大|开源|语言|旗舰)*(?:模型)?[”\"]?")
_ASIDE = re.compile(r"(?:基于|比|超过|超越|对标|媲美|比肩|相比|的基础|采用|使用|接入|与|和|及|、)[^,，。]{0,6}$")
_VERSION = re.compile(r"(?:参数)?(?:量|规模)?的?(?:\ue002)?(?:小|轻量|蒸馏)?(?:版本|版|小模型)")
_TO_RANGE = re.compile(r"[^,，。]{0,4}[,，]?(?:大到|到|至|最大(?:的|为)?)[^,，。]{0,2}")


def _model(view: SentenceView, token: Token) -> str | None:
    """The model id that a name stands for; None if it names no model."""
    if token.kind == "MODEL":
        return _plain(token)
    return next((r.entity_id for r in readings_of(token.mention) if r.type == "model"), None)


def _plain(token: Token) -> str:
    """The id of a model; for a full version (满血版) named without its size, the id without the size."""
    size = re.search(r"-(\d+)b$", token.entity_id)
    if size and size[1] not in token.mention.text:
        return token.entity_id[: size.start()]
    return token.entity_id


def _fact(view: SentenceView, model: str, spec: str, left: int, right: int, rule: str, used: tuple[Token, ...], **fields: Any) -> Fact:
    start, end = view.folded_offset(left), view.folded_offset(right - 1)
    last = view.token_at(right - 1)
    end = last.end if last else end + 1
    kept = tuple(t for t in used if view.start <= t.start < view.end)
    return Fact("model_specs", {"model_id": model, "spec": spec, **_EMPTY, **fields}, start, end, f"model_specs.{rule}", kept)


def _beside(view: SentenceView, at: int, phrase: Phrase) -> list[tuple[Token, str]]:
    """The models right beside a value: 700亿参数的X, X（175B）, X和Y均为671B."""
    for token in view.tokens_in(at + 1, phrase.right, "MODEL"):
        gap = view.shadow[at + 1 : token.at]
        if re.fullmatch(r"的[^,，。;；、的\ue000-\ue021]{0,8}[“\"《\s]?", gap) or _JOINED.fullmatch(gap):
            return [(token, _plain(token))]
        break
    named = [t for t in tokens(view, phrase, "MODEL") if t.at < at]
    if not named:
        return []
    gap = view.shadow[named[-1].at + 1 : at]
    bracket = max(gap.rfind("（"), gap.rfind("("))
    if bracket >= 0 and not re.search(r"[）)]", gap[bracket:]) and re.fullmatch(r"[^,，。;；]{0,6}", gap[:bracket]):
        return [(named[-1], _plain(named[-1]))]
    if _BEHIND.fullmatch(gap) or re.fullmatch(r"[^,，。]{0,14}(?:均|都|原版)[^,，。]{0,8}", gap):
        return [(t, _plain(t)) for t in listed(view, named[-1]) if t.at < at]
    return []


def _owners(view: SentenceView, at: int, *, reach: int, far: bool = True) -> list[tuple[Token, str]]:
    """The models that a value at `at` belongs to: those beside it, else the subject of its phrase, else (`far`) of the phrases and up to `reach`
    sentences before."""
    phrase = phrase_at(view, at)
    if found := _beside(view, at, phrase):
        return found
    here = [t for t in tokens(view, phrase, "MODEL") if t.at < at]
    for earlier in before(view, phrase) if not here else ():
        ends = tokens(view, earlier, "MODEL")
        if not ends or _ASIDE.search(view.shadow, max(0, ends[-1].at - 8), ends[-1].at):
            continue
        if _CLOSING.fullmatch(view.shadow, ends[-1].at + 1, earlier.right):
            return [(ends[-1], _plain(ends[-1]))]
        break
    owner = holder(view, at, ("MODEL",), reach=0)
    if owner and (far or phrase.left <= owner.at < phrase.right):
        return [(owner, _plain(owner))]
    if not far:
        return []
    near = holder(view, at, ("ORG", "PRODUCT"), reach=0)
    if near and (model := _model(view, near)) and not is_source(view, near):
        return [(near, model)]
    if reach and (owner := holder(view, at, ("MODEL",), reach=reach) or _main_model(view)):
        return [(owner, _plain(owner))]
    return []


def _main_model(view: SentenceView) -> Token | None:
    """The model that the document is about: the only one of its title, else the one named far more often than any other."""
    every = view.document.sentences
    titled = [t for t in every[0].tokens if t.kind == "MODEL"]
    if len({t.entity_id for t in titled}) == 1:
        return titled[0]
    named: dict[str, list[Token]] = {}
    for sentence in every:
        for token in sentence.tokens:
            if token.kind == "MODEL":
                named.setdefault(token.entity_id, []).append(token)
    ranked = sorted(named.values(), key=lambda found: (-len(found), found[0].start))
    if titled or not ranked or len(ranked[0]) < 3 or (len(ranked) > 1 and len(ranked[0]) < 2 * len(ranked[1])):
        return None
    return ranked[0][0]


def sized(model: str, parameters: float | None) -> str:
    """The id of the version of a numbered family that has so many parameters: qwen2.5 with 7e9 -> qwen2.5-7b. A family without a number stays."""
    if parameters is None or not re.search(r"\d", model) or re.search(r"-[\d.]+b$", model):
        return model
    return f"{model}-{parameters / 1e9:g}b"


def _sizes(view: SentenceView) -> Iterator[Fact]:
    """Numbers of parameters: all, active, or just so; 小到0.5B、大到110B is one range."""
    every = [t for t in view.tokens if t.kind == "PARAMS"]
    skip: set[int] = set()
    for index, token in enumerate(every):
        if token.at in skip:
            continue
        phrase = phrase_at(view, token.at)
        lead = view.shadow[max(phrase.left, token.at - 14) : token.at]
        tail = view.shadow[token.at + 1 : phrase.right]
        if _PART.search(lead) or (_AUXILIARY.search(lead) and not re.match(r"[^,，。]{0,6}" + _M, tail)) or _GENERIC.match(tail):
            continue
        words = view.document.folded.text[token.start : token.end]
        if words in ("2B", "2b") and not re.search(r"参数|模型", lead + tail[:4]):
            continue  # 2B, to business
        is_version = bool(_VERSION.match(tail))
        is_stated = is_version or bool(_STATED.search(lead) or re.search(r"小到$|从$|最小(?:为|的)?$", lead))
        owners = _owners(view, token.at, reach=3 if is_stated else 0, far=is_stated or tail.startswith("模型"))
        if token.quantity.modifier in ("magnitude", "several") and not (is_stated or _beside(view, token.at, phrase)):
            continue
        fields = quantity_fields(token)
        last = token
        following = every[index + 1] if index + 1 < len(every) else None
        opens = re.search(r"小到$|从$|最小(?:为|的)?$", lead) is not None and token.quantity.value is not None
        if opens and following and following.quantity.value and _TO_RANGE.fullmatch(view.between(token, following)):
            skip.add(following.at)
            last = following
            fields = {"value": None, "value_low": token.quantity.value, "value_high": following.quantity.value, "modifier": "range"}
        spec, rule = "parameters", "parameters"
        if _TOTAL.search(lead):
            spec = rule = "total_parameters"
        elif _ACTIVE.search(lead[-8:]) or re.match(r"(?:参数)?(?:的)?(?:处于)?(?:被)?激活", tail):
            spec = rule = "active_parameters"
        elif fields["modifier"] == "range":
            rule = "size_range"
        left = max(phrase.left, token.at - len(lead)) if spec != "parameters" else token.at
        is_named = fields["value"] and spec == "parameters" and (is_version or re.search(r"小模型\s?[（(]$", lead))
        if re.match(r"[^,，。]{0,12}(?:尺寸)", tail) and not any(re.search(r"\d", model) for _, model in owners):
            continue
        for owner, model in owners:
            model = sized(model, fields["value"]) if is_named else model
            yield _fact(view, model, spec, left, last.at + 1, rule, (token, last, owner), unit="parameters", **fields)


def _windows(view: SentenceView) -> Iterator[Fact]:
    """Context windows, in tokens."""
    for token in (t for t in view.tokens if t.kind == "TOKENS"):
        phrase = phrase_at(view, token.at)
        around = view.shadow[max(phrase.left, token.at - 16) : min(phrase.right, token.at + 16)]
        if not _WINDOW.search(around) or re.search(r"训练数据|数据量|价格|每百万", around):
            continue
        for owner, model in _owners(view, token.at, reach=3)[:1]:
            yield _fact(
                view,
                model,
                "context_length",
                token.at,
                token.at + 1,
                "context_length",
                (token, owner),
                unit="tokens",
                **quantity_fields(token),
            )


def _architectures(view: SentenceView) -> Iterator[Fact]:
    """Mixture of experts, dense."""
    done: set[tuple[str, str]] = set()
    for found in _ARCHITECTURE.finditer(view.shadow):
        phrase = phrase_at(view, found.start())
        if _NOT_HERE.search(view.shadow, phrase.left, found.start()):
            continue
        value = "MoE" if found["moe"] else "稠密"
        for owner, model in _named_beside(view, phrase, found):
            if (model, value) not in done:
                done.add((model, value))
                yield _fact(view, model, "architecture", found.start(), found.end(), "architecture", (owner,), value_string=value)


def _named_beside(view: SentenceView, phrase: Phrase, found: re.Match[str]) -> list[tuple[Token, str]]:
    tail = view.shadow[found.end() : phrase.right]
    if beside := re.match(r"[”\"）)]?(?:架构|结构)?的?(?:大|语言|开源|推理|旗舰|稠密)*(?:模型)?\s?[“\"《]?(?=" + _M + ")", tail):
        token = view.token_at(found.end() + beside.end())
        return [(token, _plain(token))] if token else []
    if re.match(
        r"[”\"）)]?[,，]?\s?(?:Mixture[\s\-]of|混合专家|专家混合|M[oO]E|模型|大模型|架构|结构|技术|[（(]|$|[^,，。]{0,12}架构)", tail
    ):
        named = list(view.tokens_in(phrase.left, found.start(), "MODEL"))
        if named and re.search(r"采用|基于|是|使用|[（(]|为|属于|由", view.shadow[named[-1].at : found.start()]):
            return [(named[-1], _plain(named[-1]))]
        if not named and re.search(r"采用|基于|使用|自研|构架|架构", view.shadow[phrase.left : phrase.right]):
            return [
                o
                for o in _owners(view, found.start(), reach=3)[:1]
                if o[0].kind == "MODEL" or re.search(r"采用|基于", view.shadow[phrase.left : phrase.right])
            ]
    return []


def _pictures(view: SentenceView) -> Iterator[Fact]:
    """Frames and resolution of what a video model makes."""
    for token in (t for t in view.tokens if t.kind == "COUNT" and t.quantity.unit == "frames"):
        if re.match(r"\s?(?:/|每)秒", view.shadow[token.at + 1 :]) or "每秒" in view.shadow[max(0, token.at - 3) : token.at]:
            continue
        for owner, model in _owners(view, token.at, reach=1)[:1]:
            yield _fact(view, model, "frames", token.at, token.at + 1, "frames", (token, owner), unit="frames", **quantity_fields(token))
    for found in _RESOLUTION.finditer(view.shadow):
        phrase = phrase_at(view, found.start())
        if not _VIDEO.search(view.shadow[max(0, phrase.left - 8) : phrase.right]) or not re.search(r"生成|支持|输出|视频", view.shadow):
            continue
        for owner, model in _owners(view, found.start(), reach=1)[:1]:
            yield _fact(view, model, "resolution", found.start(), found.end(), "resolution", (owner,), value_string=found["value"])


def _variants(view: SentenceView) -> Iterator[Fact]:
    """How many sizes or versions a model comes in."""
    for token in (t for t in view.tokens if t.kind == "COUNT" and t.quantity.unit in ("个", "款", "种", "models")):
        phrase = phrase_at(view, token.at)
        lead = view.shadow[phrase.left : token.at]
        if not _VARIANT.match(view.shadow, token.at + 1) or not re.search(
            r"包括|包含|提供|推出|发布|拥有|共有|分为|涵盖|开源|有$|[（(]", lead
        ):
            continue
        for owner, model in _owners(view, token.at, reach=0)[:1]:
            if owner.kind == "MODEL":
                yield _fact(
                    view, model, "variants", token.at, token.at + 1, "variants", (token, owner), unit="models", **quantity_fields(token)
                )


def _costs(view: SentenceView) -> Iterator[Fact]:
    """What it cost to train a model."""
    for token in (t for t in view.tokens if t.kind == "MONEY"):
        phrase = phrase_at(view, token.at)
        text = view.shadow[phrase.left : phrase.right]
        near = " ".join(view.shadow[p.left : p.right] for p in reversed([phrase, *before(view, phrase)[:2]]))
        lead = view.shadow[max(phrase.left, token.at - 16) : token.at]
        if (
            is_conversion(view, token)
            or _NOT_TRAINING.search(text)
            or _PLANS.search(text)
            or not _COST.search(text)
            or re.search(r"罚款|竞品", view.shadow)
        ):
            continue
        if not _TRAINING.search(text) and not (re.search(r"成本|花费", lead) and re.search(r"训练|构建|微调", near)):
            continue
        if "总成本" in text and "训练" not in text:
            continue
        rule = "training_cost" if re.search(r"训练[^,，。]{0,6}(?:成本|费用)", near) else "training_cost_implied"
        for owner, model in _cost_owners(view, token):
            used = (token, owner)
            fields = {**quantity_fields(token), "unit": token.quantity.currency}
            yield _fact(view, model, "training_cost", token.at, token.at + 1, rule, used, **fields)


def _cost_owners(view: SentenceView, token: Token) -> list[tuple[Token, str]]:
    phrase = phrase_at(view, token.at)
    later = list(view.tokens_in(token.at, phrase.right, "MODEL"))
    if later and re.search(r"训练出|造出|创造出|打造出?|开发出|研发出|复现", view.shadow[token.at : later[0].at]):
        return [(later[0], _plain(later[0]))]
    if (
        re.search(r"(?:训练|造|创|开发|研发)出?[^,，。]{0,3}(?:一种|一个|一款)?(?:全)?新的?[^,，。]{0,6}模型", view.shadow[token.at :])
        and not later
    ):
        return []  # a new model without a name
    named = [t for t in tokens(view, phrase, "MODEL") if t.at < token.at and not _ASIDE.search(view.shadow, max(0, t.at - 8), t.at)]
    if named:
        return [(named[-1], _plain(named[-1]))]
    return _owners(view, token.at, reach=2)[:1]


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `model_specs` in a sentence."""
    if "|" in view.shadow or not phrases(view):
        return
    yield from _sizes(view)
    yield from _windows(view)
    yield from _architectures(view)
    yield from _pictures(view)
    yield from _variants(view)
    yield from _costs(view)

"""Rules of `statements`: a named person or organisation credited with an opinion, a prediction, a warning or a plan. Rests on the speech acts of `speech`.

Not statements: bare figures somebody discloses (they are metrics with attributed_to), what a company announces it has done (launches, partnerships).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.patterns import Fact
from pipeline.facts.speech import acts
from pipeline.facts.speech_act import SpeechAct
from pipeline.facts.speech_occasion import occasion_of
from pipeline.facts.speech_speakers import is_analyst
from pipeline.facts.view import SentenceView, Token

_TRIM = " \t\n,，。;；:："
_MARKS = '“”"「」『』'
SHORTEST = 4  # fewer characters are a name or a label, not a statement
_DISCLOSING = frozenset(("透露", "披露", "透露称", "披露称", "公布", "证实", "介绍"))
_ANNOUNCING = frozenset(("宣布", "宣告", "宣布称", "承诺", "透露", "披露", "声明", "官宣", "证实"))
_JUDGING = frozenset(("认为", "相信", "坚信", "预测", "预期", "预判", "预言", "断言", "怀疑", "质疑", "豪言", "警告", "提到"))
_EXPECTING = frozenset(("预计", "预期", "预估", "估计", "预测", "料", "预料"))
_LAUNCHING = re.compile(r"推出|上线|开源|发布|免费(?!版|用户|额度|方案|层)|开放|接入|融合|部署|举行|举办|任命|领导层|担任|成立|收购|更名")
# 在X宣布入局之后，…: the announcing is only the time of something else
_ASIDE = re.compile(r"(?:在|当|自从|随着)\s*$")
_WHEN = re.compile(r"[^,，。;；]{1,30}?(?:之后|以后|之前|前|后|时|之际)[,，]")
_MARKET = re.compile(r"收入|营收|规模|市场|出货|利润")
_FUTURE = re.compile(r"将(?!近|其|把)|计划|未来|准备|打算|希望|目标|会(?!议)|致力|即将")
_VIEW = re.compile(r"将(?!近|其|把)|会(?!议)|应该?|可能|目标|认为|需要|必须|重要|关键|优势|意味|未来|计划|希望|最好|最大|首要|更|难|“|「")


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `statements` in a sentence: one for each speech act of somebody with a name."""
    for act in acts(view):
        if act.speaker is None or act.is_source or act.speaker.kind not in ("PERSON", "ORG"):
            continue
        text = _text(view, act)
        if len(text) >= SHORTEST and _is_statement(view, act):
            yield _statement(view, act, act.speaker, text)


def _text(view: SentenceView, act: SpeechAct) -> str:
    text = view.raw(act.left, act.right).strip(_TRIM)
    return text.strip(_MARKS).strip(_TRIM) if act.is_direct else text


def _is_statement(view: SentenceView, act: SpeechAct) -> bool:
    content = view.shadow[act.left : act.right]
    if re.match(r"[\s的]*什么", content) or content.startswith("的"):
        return False
    money = bool(view.tokens_in(act.left, act.right, "MONEY"))
    figures = act.form == "verb" and act.verb not in _JUDGING and len(content) < 50 and (money or _has_figures(view, act))
    if _ASIDE.search(view.shadow, 0, act.at) and _WHEN.match(content):
        return False
    if act.is_direct:
        return not (figures and act.verb in _DISCLOSING and not _VIEW.search(content))
    is_org = act.speaker is not None and act.speaker.kind == "ORG"
    if is_org and act.verb in _ANNOUNCING:
        launching = act.verb not in _DISCLOSING
        return any(_FUTURE.search(c) and not (launching and _LAUNCHING.search(c)) for c in re.split("[,，;；]", content)) and not money
    if is_org and act.verb in _EXPECTING:
        return act.speaker is not None and is_analyst(act.speaker.entity_id) and not (money and _MARKET.search(content))
    if figures and not _VIEW.search(content):
        return False
    return not (is_org and money and _MARKET.search(content))


def _has_figures(view: SentenceView, act: SpeechAct) -> bool:
    if view.tokens_in(act.left, act.right, "PERCENT", "MULTIPLE", "TOKENS", "PARAMS"):
        return True
    return any((t.quantity.value or t.quantity.low or 0) >= 10 for t in view.tokens_in(act.left, act.right, "COUNT"))


def _statement(view: SentenceView, act: SpeechAct, speaker: Token, text: str) -> Fact:
    time, venue = occasion_of(view, act)
    fields = {
        "speaker_type": "person" if speaker.kind == "PERSON" else "org",
        "speaker_id": speaker.entity_id,
        "kind": act.kind,
        "text": text,
        "is_direct_quote": act.is_direct,
        "venue": venue,
    }
    rule = act.form if act.form != "verb" else ("direct" if act.is_direct else "indirect")
    if act.form == "verb" and act.how in ("pronoun", "carried", "role"):
        rule += f"_{act.how}"
    tokens = (speaker,) if speaker in view.tokens else ()
    start, end = (act.left, act.right) if act.at < act.left - 60 else (min(act.at, act.left), act.right)
    return Fact(
        "statements",
        fields,
        view.folded_offset(start),
        view.folded_offset(max(end - 1, start)) + 1,
        f"statements.{rule}",
        tokens,
        time=time,
        timeless=time is None,
        attributed_to=act.credit,
    )

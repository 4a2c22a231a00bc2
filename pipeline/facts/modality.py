"""How the text asserts what it says: planned, predicted, rumoured, denied, reported or plainly stated.

The cues are in the lexicon (`modality.toml`); here is how far each reaches: most colour their clause, hearsay the rest of the sentence. Who is credited
belongs to `attribution`.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.facts.speech_verbs import words
from pipeline.facts.view import SentenceView
from pipeline.lexicon import load

_ORDER = ("denied", "rumoured", "predicted", "planned")  # the first of these that a clause signals is what it asserts
# words of the lexicon that are too often something else, or that need a guard (below)
_WEAK = words(
    "准备 规划 旨在 意在 考虑 大概 也许 或许 争取 马上 下一步 有意 着手 猜测 流传 筹划 预备 估计 推测 坊间 商讨 谈判 迟早 展望 澄清",
    "驳斥 据悉 据称 据说 听说 爆料 爆料称 知情人士 知情人士称 知情人士透露 据知情人士 据知情人士透露 消息人士 消息人士称 消息人士透露",
    "据消息人士 将会 将要 承诺 目标是 有望 势必 必将 终将 可能 可能会 会成为 届时 不实 曝出 被曝 据爆料 敲定 初步商定",
)
_GUARDED: dict[str, str] = {
    "denied": r"纯属谣言|系谣言|并不属实|不实(?:信息|消息|传闻)",
    "rumoured": r"疑似|或将|爆料(?:称|显示)|小道消息|未经证实",
    "predicted": r"有望|将(?:会)?(?:达|超|增至|增加到|升至|降至|突破|占|高达|减少|下降|增长|翻|收缩|扩大至|接近)|"
    r"可能(?!性)|(?<![0-9年])估计(?!值)|大概率|势必|必将|终将|"
    r"会(?:达|轻易|超过|成为)|"
    r"(?:市场|分析师|机构|华尔街|一致)预期",
    "planned": r"(?<!即)将(?=会|要|于|在|继续|进一步|陆续|全面|正式|首次|首先|推出|发布|上线|开源|投入|支出|投资|出资|收购|采用|用于|提供|不再|不会|"
    r"停止|很快|自|以更|"
    r"与[^,，。]{1,12}合作|"
    r"向|为[^,，。]{1,10}提供|包含|整合|融合|建设|打造|免费|登陆|举行|担任|逐步|分[两三]|撤|关闭|裁|转|合资|[\ue010\ue020\ue021])|会在\ue020[^,，。]{0,8}(?:推出|发布|上线)|即将|"
    r"准备(?=推出|发布|上线|在|于|投)|(?:承诺|目标是)(?!的)|要在\ue020|(?:正|在)(?:就|与)[^,，。]{1,30}谈判",
}
_HEARSAY = re.compile(
    r"据(?:报道|报导|悉|了解|称|说|传|媒体报道|外媒|爆料|传闻)|(?:有|市场)?(?:消息|传闻|传言|报道)称|网传|(?P<rumour>传闻|盛传|据传|小道消息|坊间)"
)
_SOON = re.compile(r"或[将会]|疑似")


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = load().triggers.cues
    out = []
    for assertion in _ORDER:
        listed_words = [re.escape(w) for w in listed[assertion] if len(w) > 1 and w not in _WEAK]
        out.append((assertion, re.compile("|".join([_GUARDED[assertion], *listed_words]))))
    return tuple(out)


def assertion_of(view: SentenceView, at: int) -> str | None:
    """The assertion that the words around shadow offset `at` signal; None if they signal none."""
    clause = view.clause_at(at)
    known = view.notes.setdefault("assertions", {})
    if not isinstance(known, dict):
        raise TypeError("the note 'assertions' is a table of clause -> assertion")
    if clause.number not in known:
        known[clause.number] = _signalled(view, clause.left, clause.right)
    found = known[clause.number]
    return found if isinstance(found, str) else None


def _signalled(view: SentenceView, left: int, right: int) -> str | None:
    text = view.shadow[left:right]
    for assertion, cue in _cues():
        if cue.search(text):
            return assertion
    hearsay = _HEARSAY.search(view.shadow, 0, right)
    if hearsay:
        return "rumoured" if hearsay["rumour"] or "传" in hearsay[0] else "reported"
    return None

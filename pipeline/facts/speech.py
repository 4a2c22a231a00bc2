"""Speech acts: who says what, from where to where, in whose words. Statements and attribution both rest on them.

A speech act is a speaker, a verb of speech and the content it opens; a source is a report, a study or data that the text leans on. Which of them make
rows of `statements` is decided there, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.facts.discourse import is_oblique
from pipeline.facts.patterns import compiled
from pipeline.facts.view import KINDS, SentenceView, Token

# verb of speech -> kind of statement it suggests
VERBS: dict[str, str] = {
    "预测": "prediction", "预计": "prediction", "预期": "prediction", "预判": "prediction", "预言": "prediction", "料": "prediction",
    "警告": "warning", "提醒": "warning", "警示": "warning", "告诫": "warning",
    "宣布": "plan", "宣告": "plan", "承诺": "plan", "透露": "opinion", "披露": "opinion",
    "表示": "opinion", "认为": "opinion", "指出": "opinion", "坦言": "opinion", "坦承": "opinion", "直言": "opinion", "强调": "opinion",
    "写道": "opinion", "提到": "opinion", "谈到": "opinion", "解释": "opinion", "补充": "opinion", "回应": "opinion", "介绍": "opinion",
    "建议": "opinion", "呼吁": "opinion", "相信": "opinion", "承认": "opinion", "感慨": "opinion", "评价": "opinion", "评论": "opinion",
    "质疑": "opinion", "判断": "opinion", "断言": "opinion", "回忆": "opinion", "总结": "opinion", "分析": "opinion", "声称": "opinion",
    "宣称": "opinion", "喊话": "opinion", "发文": "opinion", "发帖": "opinion", "告诉": "opinion", "主张": "opinion", "提出": "opinion",
    "直指": "opinion", "辩称": "opinion", "声明": "opinion", "反驳": "opinion", "调侃": "opinion", "形容": "opinion", "重申": "opinion",
    "回答": "opinion", "感叹": "opinion", "表达": "opinion", "所说": "opinion", "所言": "opinion", "说": "opinion", "称": "opinion", "指": "opinion",
}  # fmt: skip
_PREDICTIVE = re.compile(r"将(?!近)|会(?!议|上)|未来|预计|有望|最终|可能|即将|年内|明年|后年")
_PLANNING = re.compile(r"将(?!近)|计划|准备|打算|正在(?:推进|开发|研发)|致力于|目标")
_SOURCE_NOUN = (
    r"(?:数据|统计|报告|研报|财报|研究|调查|报道|消息|资料|信息|测算|监测|公告|文件|招股书|说明|披露|介绍|称|预测|估计|估算|显示)"
)
_SOURCE = r"(?P<lead>据|根据|来自|援引)(?:[^,，。;；:：“”\"]{0,16}?)(?P<who>{ORG}|{MEDIA}|{PERSON}|{BENCHMARK}|{PRODUCT})(?P<rest>[^,，。;；“”\"]{0,24}?)(?:[,，:：]|$)"
_SHOWS = r"(?P<who>{ORG}|{MEDIA}|{BENCHMARK})(?:[^,，。;；:：“”\"]{0,12}?)(?:数据|统计|报告|研报|研究|调查|报道|监测|测算|评测分数)(?:结果)?(?:则|也|还)?(?:显示|指出|表明|称|认为|预计|预测)?[,，:：]?"
_RUMOUR = re.compile(
    r"(?:据|有)?(?P<who>知情人士|消息人士|业内人士|业内分析|分析人士|外媒|媒体|接近[^,，。]{1,10}人士)(?:[^,，。]{0,10}?)(?:透露|称|表示|报道|指出|认为|披露|爆出|消息)[,，:：]?"
)
_SPEAKER = "[" + KINDS["PERSON"] + KINDS["ORG"] + KINDS["MEDIA"] + "]"
_VERB = "|".join(sorted(VERBS, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?P<who>{_SPEAKER})(?P<gap>[^。!?！？;；“”\"「」\n]{{0,36}}?)(?P<verb>(?<!号)(?<!被)(?<!简)(?<!据)(?<!统)(?<!名)(?<!俗)(?<!人)(?<!来)(?<!小)(?<!可以)(?<!就是)(?<!或者)(?<!比如)"
    rf"(?:{_VERB}))(?!明|法|服|为|之为|得上|不上|标|数|定|令|引|导|向|责|出版|会|唱)(?:道|了|过|到|着)?(?P<open>[,，:：]?\s*[“\"「『]?)"
)
_PRONOUN_SPOKEN = re.compile(
    rf"(?:^|[,，。!?;；”」』\"\s])(?P<who>他|她|其|该公司|公司|该行|报告|双方)(?P<gap>[^,，。!?！？;；“”\"「」\n]{{0,16}}?)(?P<verb>(?:{_VERB}))(?!明|法|服|为|之为|得上|标|数|定|令|引|导|向|责|会|唱)(?:道|了|过|到)?(?P<open>[,，:：]?\s*[“\"「『]?)"
)
_AFTER_QUOTE = re.compile(
    rf"[”\"」』][,，。]?\s*(?P<who>{_SPEAKER}|他|她)?(?P<gap>[^。!?！？;；“”\"「」\n]{{0,24}}?)(?P<verb>(?:{_VERB}))(?!明|法|服|为|之为)(?:道|着|了)?[。,，:：]?"
)
_IN_EYES = re.compile(
    rf"(?:在|用|按照?|正?如)(?P<who>{_SPEAKER})(?:看来|的话(?:来)?说|的(?:观点|看法|判断|说法)|所(?:说|言))[,，:：]?\s*(?P<open>[“\"「『]?)"
)
_QUOTE_OPEN, _QUOTE_CLOSE = "“「『", {"“": "”", "「": "」", "『": "』", '"': '"'}


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A stretch of the shadow (`left`..`right`) credited to somebody. `speaker` is the name's token if it has one (it may stand in an earlier sentence),
    `credit` what attributed_to says, `kind` the kind of statement the verb suggests, `is_source` True for data, reports and media rather than speakers."""

    left: int
    right: int
    credit: str
    speaker: Token | None
    kind: str
    is_direct: bool
    is_source: bool
    assertion: str | None = None
    at: int = 0


def acts(view: SentenceView) -> list[SpeechAct]:
    """The speech acts whose content lies in this sentence, in order. Computed once a sentence."""
    known = view.notes.get("speech")
    if not isinstance(known, list):
        known = _find(view)
        view.notes["speech"] = known
    return known


def speaker_before(view: SentenceView, at: int, kinds: tuple[str, ...] = ("PERSON",), reach: int = 6) -> Token | None:
    """Whom 他 or 她 means: the last speaker of an act before, else the last person named, up to `reach` sentences back."""
    here = [t for t in view.tokens if t.at < at and t.kind in kinds]
    if here:
        return here[-1]
    behind, steps = view.previous, 0
    while behind is not None and steps < reach:
        spoken = [a.speaker for a in acts(behind) if a.speaker and a.speaker.kind in kinds]
        if spoken:
            return spoken[-1]
        named = [t for t in behind.tokens if t.kind in kinds and not is_oblique(behind, t)]
        if named:
            return named[0]
        behind, steps = behind.previous, steps + 1
    return None


def _content(view: SentenceView, left: int, opened: str) -> tuple[int, int, bool]:
    """Where the content that begins at `left` ends: at the closing quotation mark if it is quoted, else with the sentence."""
    text = view.shadow
    mark = opened[-1] if opened and opened[-1] in _QUOTE_CLOSE else ""
    if mark:
        close = text.find(_QUOTE_CLOSE[mark], left)
        return left, close if close >= 0 else len(text), True
    end = len(text)
    while end > left and text[end - 1] in "。!?！？;；\n ":
        end -= 1
    return left, end, False


def kind_of(verb: str, content: str, *, is_org: bool) -> str:
    """The kind of a statement: what the verb says, else what the words promise."""
    kind = VERBS.get(verb, "opinion")
    if kind == "opinion" and is_org and _PLANNING.search(content):
        return "plan"
    if kind == "opinion" and _PREDICTIVE.search(content):
        return "prediction"
    return kind


def _credit(view: SentenceView, token: Token) -> str:
    return view.document.raw_text(token.start, token.end)


def _find(view: SentenceView) -> list[SpeechAct]:
    text = view.shadow
    out: list[SpeechAct] = []
    taken: list[tuple[int, int]] = []

    def free(left: int, right: int) -> bool:
        return all(right <= a or left >= b for a, b in taken)

    for pattern in (_SOURCE, _SHOWS):
        for found in compiled(pattern).finditer(text):
            if pattern is _SOURCE and not re.search(_SOURCE_NOUN, found[0]) and found["lead"] != "据":
                continue
            token = view.token_at(found.start("who"))
            if token is None or not free(found.start(), found.end()):
                continue
            left, right, _ = _content(view, found.end(), "")
            taken.append(found.span())
            reported = "reported" if token.kind == "MEDIA" or "报道" in found[0] else None
            out.append(SpeechAct(left, right, _credit(view, token), token, "fact", False, True, reported, found.start()))
    for found in _RUMOUR.finditer(text):
        if free(found.start(), found.end()):
            left, right, _ = _content(view, found.end(), "")
            taken.append(found.span())
            out.append(SpeechAct(left, right, view.raw(*found.span("who")), None, "fact", False, True, "reported", found.start()))
    for found in _SPOKEN.finditer(text):
        token = view.token_at(found.start("who"))
        if token is None or not free(*found.span()) or is_oblique(view, token) and token.kind != "PERSON":
            continue
        inner = [t for t in view.tokens_in(found.start("gap"), found.end("gap"), "PERSON")]
        speaker = inner[-1] if inner else token
        left, right, direct = _content(view, found.end(), found["open"].strip())
        if right - left < 4:
            continue
        taken.append((found.start(), found.end()))
        kind = kind_of(found["verb"], text[left:right], is_org=speaker.kind != "PERSON")
        out.append(SpeechAct(left, right, _credit(view, speaker), speaker, kind, direct, False, None, found.start()))
    for found in _IN_EYES.finditer(text):
        token = view.token_at(found.start("who"))
        if token is not None and free(*found.span()):
            left, right, direct = _content(view, found.end(), found["open"])
            taken.append(found.span())
            out.append(
                SpeechAct(
                    left,
                    right,
                    _credit(view, token),
                    token,
                    kind_of("认为", text[left:right], is_org=token.kind == "ORG"),
                    direct,
                    False,
                    None,
                    found.start(),
                )
            )
    for found in _PRONOUN_SPOKEN.finditer(text):
        if not free(found.start("who"), found.end()):
            continue
        kinds = ("ORG",) if "公司" in found["who"] or "行" in found["who"] else ("PERSON",)
        speaker_token = speaker_before(view, found.start("who"), kinds)
        if speaker_token is None:
            continue
        left, right, direct = _content(view, found.end(), found["open"].strip())
        if right - left < 4:
            continue
        taken.append((found.start("who"), found.end()))
        kind = kind_of(found["verb"], text[left:right], is_org=speaker_token.kind != "PERSON")
        out.append(SpeechAct(left, right, speaker_token.mention.text, speaker_token, kind, direct, False, None, found.start("who")))
    for found in _AFTER_QUOTE.finditer(text):
        who = found["who"]
        token = view.token_at(found.start("who")) if who else None
        if token is None and who in ("他", "她"):
            token = speaker_before(view, found.start())
        if token is None:
            continue
        close = found.start()
        opener = next((o for o, c in _QUOTE_CLOSE.items() if c == text[close]), "“")
        opened = text.rfind(opener, 0, close)
        left = opened + 1 if opened >= 0 else 0
        if close - left < 4 or not free(left, close):
            continue
        taken.append((left, found.end()))
        out.append(
            SpeechAct(
                left,
                close,
                _credit(view, token),
                token,
                kind_of(found["verb"], text[left:close], is_org=token.kind == "ORG"),
                True,
                False,
                None,
                left,
            )
        )
    return sorted(out, key=lambda a: (a.left, a.right))

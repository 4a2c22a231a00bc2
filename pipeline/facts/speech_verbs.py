"""Verbs of speech: where one stands in a sentence, what kind of statement it suggests, and where the words it introduces begin.

Which verbs there are is in the lexicon (`speech_verbs.toml`); here is how they behave. Who speaks is in `speech_speakers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import load


def words(*lines: str) -> frozenset[str]:
    """The words of some lines, parted by blanks."""
    return frozenset(word for line in lines for word in line.split())


# words of the lexicon's list that announce no words of a speaker: data, reports, denials, feelings; or that are nouns too often
_NOT_SPEECH = words(
    "显示 统计 测算 发现 数据显示 官宣 曝光 走漏 公告称 通报 通报称 爆料 爆料称 曝料 报道 报道称 报导 报导称 报道说 公布",
    "看来 看好 表达 写 确认 否认 否认称 辟谣 计划 打算 希望 期待 期望 寄望 目标是 呼唤 押注 预示 展望 估算 告知 曾表示 曾说 曾言",
    "表示担忧 泼冷水 肯定 料 立志 对记者表示 对媒体表示 接受采访时表示 接受采访时说 受访时表示 受访时说 在采访中表示 主动表示",
    "公开表示 明确表示 不认为 倾向于认为 告诉记者 表示将",
)
# verbs that take their words without a mark: 他认为这很难
_DIRECT = words(
    "认为 表示 指出 称 说 相信 坚信 笃信 预测 预计 预期 预判 预言 预料 断言 断定 推测 强调 坦言 直言 坦承 承认 宣布 宣告 宣称 声称",
    "辩称 重申 警告 警告称 提醒 透露 披露 直指 主张 证实 自称 承诺 扬言 放话 料 指责 呼吁 建议 敦促 担心 担忧 怀疑 质疑 豪言 判断",
    "暗示 痛批 炮轰 指控 观察到 揭露 得出结论 点出 坚称 认定 忧心 提议 感叹 直呼 设想 预告 嘲讽",
)
# kind -> verbs that the lexicon does not list or that stand for another kind here
_EXTRA: dict[str, str] = {
    "prediction": ("预判 料"),
    "opinion": (
        "怀疑 讲话称 质问 追问 问 驳斥 回复 回怼 暗示 描述 剖析 直陈 呛声 发声 解读 解读称 拆台 打脸 回击 指责 同意 澄清 透露 证实 披露 "
        "回忆 讥讽 讽刺 补充 补充道 笑着说 表明 坦白 直白 爆料说 所说 所言 所指出 所认为 所称 所说的 所言的 所认为的 所指出的 点出 阐述 "
        "阐释 论述 说明 指 形容 询问 指控 观察到 揭露 得出结论 举例 坚称 认定 提议 设想 嘲讽 总结道 坦陈 直斥 痛斥 谴责 赞同道 呼吁道 打断 接着说"
    ),
    "plan": ("豪言 宣布 宣告 承诺"),
    "warning": ("提示 警告 表示担忧 忧心 告诫"),
}
# a word that swallows the verb: what stands right before it
_NOT_AFTER = {
    "说": r"(?<![小传据听学来以能再难如话者该得俗般解演胡按者虽照比换别浅是])",
    "称": r"(?<![号简被名俗统人职对堪昵全别尊并戏])",
    "指": r"(?<![手戒标食拇中直])",
    "料": r"(?<![资材预不饮原意照燃肥塑])",
    "问": r"(?<![访疑学提顾追质反请慰发])",
    "指出": r"(?<![被])",
    "预期": r"(?<![市场超于合达及乎师])",
    "预计": r"(?<![据])",
    "告诉": r"(?<![须以要会能想该])",
}
# what must not follow: the verb is part of a noun, or modifies one
_NOT_BEFORE = r"(?!的(?!确|是)|者|师)"
_NOT_BEFORE_OF = {
    "说": r"(?![明法服辞客唱起不谎笑教])",
    "称": r"(?![为之霸呼号作王赞得职谓]|[其它他她]为)",
    "指": r"(?=\s?[,，:：])",
    "料": r"(?=\s?[A-Za-z\u4e00-\u9fff\ue000-\ue021])",
    "问": r"(?=\s?[:：“「]|道)",
    "提示": r"(?![词语工程符音框])",
    "介绍": r"(?![信页人])",
    "说明": r"(?![书会文])",
    "评论": r"(?![员家区])",
    "透露": r"(?![出着])",
    "披露": r"(?![出])",
    "预测": r"(?![性值模])",
    "总结": r"(?![会报])",
    "发文": r"(?=\s?[:：,，“「]|[称说表示指]|道)",
    "提出": r"(?=\s?[:：,，“「]|[^,，。;；:：]{2,20}[:：])",
    "预期": r"(?![目值内外中])",
    "建议": r"(?=\s?[:：,，“「]|[\u4e00-\u9fff\ue000-\ue021])",
}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech at `start`..`end` of the masked shadow. `content` is where its words begin (None if it opens none), `quoted` if a quotation opens there.
    `silent`: it tells of speaking without giving words (他谈到了前景), so it only makes its subject the one who speaks."""

    word: str
    start: int
    end: int
    kind: str
    content: int | None
    quoted: bool
    marked: bool
    silent: bool = False


@cache
def verbs() -> dict[str, str]:
    """Verb of speech -> kind of statement."""
    listed = {w: k for w, k in load().triggers.speech_verbs.items() if w not in _NOT_SPEECH or w in _SILENT}
    return listed | {w: kind for kind, listed_words in _EXTRA.items() for w in listed_words.split()}


@cache
def _pattern() -> re.Pattern[str]:
    listed = sorted(verbs(), key=lambda w: (-len(w), w))
    guarded = [_NOT_AFTER.get(word, "") + re.escape(word) + _NOT_BEFORE_OF.get(word, "") for word in listed]
    firsts = "".join(sorted({word[0] for word in listed}))  # one look at the first character spares most of the alternatives
    return re.compile(rf"(?=[{firsts}])(?<!的)(?:{'|'.join(guarded)}){_NOT_BEFORE}")


_TAIL = re.compile(r"(?:道|说|称|到|着|指出|表示|指|到说)?")
_OPEN = re.compile(r"(?:[,，:：]|——|—)?\s*")
_OBJECT_COLON = re.compile(r"[^,，。;；:：!！?？\n]{1,24}(?:[:：]|——)\s*")
_TOLD = re.compile(r"(?:了|过)?[^,，。;；:：!！?？“「『\"\n]{1,14}(?:[,，:：]\s*|$)")
_SILENT = frozenset(("否认", "否认称", "辟谣", "表达"))  # they make their subject the one who speaks, their words are no statement
_QUOTES = '“「『"'
SHORTEST_AFTER_COLON = 9  # 谈到了一个话题：AI购物 names a topic, it gives no words


def verbs_in(masked: str) -> list[Verb]:
    """The verbs of speech of a masked shadow (quotations and brackets blanked out), in order; runs like 补充说道 count once."""
    out: list[Verb] = []
    last = -1
    for found in _pattern().finditer(masked):
        if found.start() < last:
            continue
        word, end = found[0], found.end()
        last = end
        if tail := _TAIL.match(masked, end):
            end = tail.end()
        opened = _opened(masked, word, end)
        if word in _SILENT:
            opened = None
        content, quoted, marked = opened or (None, False, False)
        kind = verbs()[word]
        out.append(Verb(word, found.start(), end, kind, content, quoted, marked, opened is None))
        last = max(last, end)
    return out


def _opened(masked: str, word: str, end: int) -> tuple[int | None, bool, bool] | None:
    """Where the words begin after a verb ending at `end`: (place or None, in quotation marks?, after a mark?); None if it is no verb of speech here."""
    if word in ("告诉", "提示"):
        told = _TOLD.match(masked, end)
        return (None, False, False) if not told else _after(masked, told.end(), True)
    mark = _OPEN.match(masked, end)
    at = mark.end() if mark else end
    marked = masked[end:at].strip() != "" or masked[at : at + 1] in _QUOTES
    if at >= len(masked) or masked[at] in "。!！?？；;\n”」』":
        return None, False, marked
    if marked:
        return _after(masked, at, True)
    colon = _OBJECT_COLON.match(masked, end)
    if masked[end : end + 1] in "了过起" or word not in _DIRECT:
        if colon is None or colon.end() + SHORTEST_AFTER_COLON >= len(masked) or _pattern().search(masked, end, colon.end()):
            return None
        return _after(masked, colon.end(), True)
    return _after(masked, at, False)


def _after(masked: str, at: int, marked: bool) -> tuple[int | None, bool, bool]:
    if at >= len(masked):
        return None, False, marked
    quoted = masked[at] in _QUOTES
    return at + quoted, quoted, marked


_FUTURE = re.compile(
    r"将(?!近|其|把|目前|这)|未来|有望|最终(?!用户)|即将|年内|明年|后年|势必|必将|迟早|终将|\ue020(?:[^,，。]{0,8})会|[大再]?概率|(?<=\ue020)前"
)
_WILL = re.compile(r"(?<![机社大峰议])会(?![议上员])|可能")
_OURS = re.compile(
    r"(?:我们|公司|团队)(?:将|会|要|计划|打算|准备|不再|正|已经开始|还将)|正?计划|打算|准备(?!好)|致力于|目标(?:是|为)|重点(?:是|为)|正在(?:推进|开发|研发|构建|推动|建设|打造)|(?:将|会)(?:不再|重磅|继续|于|在[^,，。]{1,14})?(?:推出|发布|上线|开源|投入|投资|整合|免费|融入|统一|用于|减少|专注|all)"
)
_OWN_THING = re.compile(r"^[^,，。;；]{0,6}[\ue000\ue002\ue003][^,，。;；\ue000-\ue003]{0,14}(?:将|会)(?!议)")
_HEAD = 48  # characters of the content that tell what it is about


def kind_of(verb: str, content: str, *, is_org: bool) -> str:
    """The kind of a statement: what the verb says, else what the words promise. Only their beginning counts: a long speech mentions the future somewhere."""
    kind = verbs().get(verb, "opinion")
    head = content[:_HEAD]
    if kind == "plan" and verb not in ("宣布", "宣告", "承诺", "宣布称") and not _FUTURE.search(head):
        kind = "opinion"
    if kind in ("warning", "plan", "prediction") and verb not in ("判断", "估计", "推断"):
        return kind
    if _OURS.search(head) and (is_org or verb not in ("相信", "认为")):
        return "plan"
    if _OWN_THING.search(head) and verb not in ("认为", "相信", "预言", "暗示", ""):
        return "plan"
    if _FUTURE.search(head) or (_WILL.search(content) and len(content) < 24):
        return "prediction"
    return "opinion"

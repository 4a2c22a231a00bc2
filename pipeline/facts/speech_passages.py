"""Words that fill sentences of their own: a quotation that stands alone, a paragraph after `他说：`. They get their speaker from the sentences around.

Runs after every sentence has been read by itself (`speech`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.facts.speech_act import SpeechAct, credit_of, end_of
from pipeline.facts.speech_masks import masked, quotes_in
from pipeline.facts.speech_speakers import Speakers, person_before
from pipeline.facts.speech_verbs import kind_of
from pipeline.facts.view import SentenceView


def _said(view: SentenceView) -> list[SpeechAct]:
    known = view.notes.get("speech")
    return known if isinstance(known, list) else []


def unfinished(view: SentenceView) -> list[Speakers]:
    """Whom the sentence names last as speaking, even if it gives none of their words."""
    known = view.notes.get("unfinished")
    return known if isinstance(known, list) else []


_ANNOUNCES = re.compile(r"(?:[:：]|——)[”\"」“\s]*$")
_INHERITS = re.compile(
    r"^[\s“]*(?:具体(?:来看|而言|来说|如下|包括)?|其中|分别是|以下|核心|主要|理由|原因|要点|他的?|她的?|该行|报告)[^。,，]{0,12}[:：][\s]*$"
)
_LABEL = re.compile(r"^\s*(?:[(（]?[0-9一二三四五六七八九十]{1,2}[)）、.．]\s?)?(?:[^,，。;；:：!！?？“「]{2,14}[:：]\s*)?")
# words of judgement: a paragraph of a house's report without any is data, nobody's opinion
_JUDGES = re.compile(
    r"可能|将|会(?!议)|应该?|需要?|必须|有望|认为|不一定|更|证明|意味|推动|关键|重要|加速|优势|风险|难以|预计|最(?!近|终|后)"
)
SHORTEST_ITEM = 16  # an announced item with fewer characters is a heading of the list, no sentence


def _announced_by(view: SentenceView) -> Speakers | None:
    """Who speaks in the paragraph after one that ends in a colon: the last speaker it names; a bare `in detail:` takes the speaker before it."""
    known = view.notes.get("speakers")
    last = known[-1] if isinstance(known, list) and known else None
    if last is None and view.previous and not view.previous.is_heading and _INHERITS.match(view.shadow):
        known = view.previous.notes.get("speakers")
        last = known[-1] if isinstance(known, list) and known else None
    return last if isinstance(last, Speakers) and last.tokens else None


def _credit(view: SentenceView, spoken: Speakers, left: int, right: int, form: str, *, direct: bool) -> None:
    """Makes the stretch of a sentence the words of `spoken`."""
    made = []
    for token in spoken.tokens:
        kind = kind_of("说", view.shadow[left:right], is_org=token.kind != "PERSON")
        credit = spoken.credit or credit_of(view, token)
        made.append(SpeechAct(left, right, credit, token, kind, direct, False, None, left, "", form, spoken.how, left))
    view.notes["speech"] = sorted([*_said(view), *made], key=lambda a: (a.left, a.right))
    view.notes["speakers"] = [spoken]


def paragraphs_announced(sentences: list[SentenceView]) -> None:
    """Credits the paragraph without quotation marks, or the items of a list, that follow a paragraph ending in `他说：`."""
    for view, following in pairwise(sentences):
        if not _ANNOUNCES.search(view.shadow) or following.is_heading or following.sentence.paragraph == view.sentence.paragraph:
            continue
        spoken = _announced_by(view)
        if spoken is None or not following.tokens or following.shadow.lstrip()[:1] in '“「『"':
            continue
        is_person = spoken.tokens[0].kind == "PERSON"
        items = _items(sentences, following)
        for item in items:
            label = _LABEL.match(item.shadow) if len(items) > 1 else None
            left, right = label.end() if label else 0, end_of(item.shadow)
            if any(not a.is_source for a in _said(item)) or right - left < (SHORTEST_ITEM if len(items) > 1 else 12):
                continue
            if (is_person and len(items) == 1) or _JUDGES.search(item.shadow, left):
                _credit(item, spoken, left, right, "paragraph_announced", direct=is_person)


def _items(sentences: list[SentenceView], first: SentenceView) -> list[SentenceView]:
    """The first sentences of the list items that begin with `first` (labelled or numbered paragraphs in a row); only `first` if there is no list."""
    out = [first]
    head = _LABEL.match(first.shadow)
    if not head or not head[0]:
        return out
    for view in sentences[first.number + 1 :]:
        if view.sentence.paragraph == out[-1].sentence.paragraph:
            continue
        label = _LABEL.match(view.shadow)
        if view.is_heading or view.sentence.paragraph > out[-1].sentence.paragraph + 1 or not label or not label[0]:
            break
        out.append(view)
    return out


_I = re.compile(r"(?<![自彼])我们|(?<![自彼你他她它])我(?!国|司|方|们)")
_YOU = re.compile(r"(?<!迷)你(?!们|好)")
_TURNS = re.compile(
    r"^\s*(?:据|根据|截至|值得|受此|可见|显然|事实上|有趣的是|需要(?:注意|指出)|公开资料|编辑|来源|作者|以下|本文|笔者|小编|我们(?:看到|注意到|发现|了解|整理|能看)|从中|这(?:也|就|句|番|意味|既|表明|说明))"
)
_READER = re.compile(r"我们(?:可以|能|也|便|就|会)?(?:看到|注意到|发现)(?!了|过)|读者|这[场次篇](?:访谈|采访|对话|演讲)")
_DONE = re.compile(r"(?:发布|推出|上线|开源|收获|获得|完成|新增|取得|脱颖而出|位列|相聚|回顾|意味着我们)(?!的)")
_OPINES = re.compile(
    r"^\s*(?:但|不过|而|最后|总之|整体来看)?[,，]?我(?:个人)?(?:觉得|想|的)"
)  # at the head of a paragraph: the author's turn
_STEPS = 3  # sentences that speech may run on after the last one that is plainly somebody's words


def runs_on(sentences: list[SentenceView]) -> None:
    """Credits sentences in the first person that go on after somebody's reported words: X说，…。我们… An author who says `we` of himself loses this, save
    in the sentence right after the words."""
    own_voice = _author_says_we(sentences)
    for view in sentences:
        behind = view.previous
        if behind is None or view.is_heading or any(not a.is_source for a in _said(view)):
            continue
        words = masked(view.shadow, quotes_in(view.shadow))
        said_by_one = _I.search(words)
        if not (said_by_one or _YOU.search(words)) or _TURNS.match(words) or _READER.search(words) or words.rstrip()[-1:] in ":：":
            continue
        same = behind.sentence.paragraph == view.sentence.paragraph
        spoken = _going_on(view, 1 if own_voice or not said_by_one else _STEPS)
        if spoken is None or not (same or (said_by_one and not own_voice and _only_speaker(sentences))):
            continue
        if any(t.kind == "PERSON" for t in view.tokens) or (not same and _OPINES.match(words)):
            continue
        if _DONE.search(words) or (words.rstrip()[-1:] in "?？" and not same):
            continue
        _credit(view, spoken, 0, end_of(view.shadow), "runs_on", direct=False)


def _only_speaker(sentences: list[SentenceView]) -> bool:
    """True if all words of the document are one person's: a report on a speech or an interview."""
    said = [a.speaker.entity_id for v in sentences for a in _said(v) if a.speaker and not a.is_source]
    return len(said) >= 8 and len(set(said)) == 1


def _author_says_we(sentences: list[SentenceView]) -> bool:
    """True if the author speaks of himself: a first person where nobody has been speaking."""
    spoken = {v.sentence.section for v in sentences if any(not a.is_source for a in _said(v)) or unfinished(v)}
    first = next((v.number for v in sentences if any(not a.is_source for a in _said(v)) or unfinished(v)), 0)
    return any(
        (v.number < first or v.sentence.section not in spoken)
        and not v.is_heading
        and _I.search(masked(v.shadow, quotes_in(v.shadow))) is not None
        for v in sentences
    )


def _going_on(view: SentenceView, reach: int) -> Speakers | None:
    """The person whose words end at most `reach` sentences before, with nobody else named in between."""
    behind, steps = view.previous, 0
    while (
        behind is not None and steps < reach and not behind.is_heading and view.sentence.paragraph - behind.sentence.paragraph < 2 + steps
    ):
        acts = [a for a in _said(behind) if not a.is_source]
        known = behind.notes.get("speakers")
        last = known[-1] if isinstance(known, list) and known else None
        if acts:
            if acts[-1].form == "head_colon":
                return None
            person = isinstance(last, Speakers) and last.tokens and last.tokens[0].kind == "PERSON"
            return last if person and isinstance(last, Speakers) else None
        if any(t.kind == "PERSON" for t in behind.tokens):
            return None
        behind, steps = behind.previous, steps + 1
    return None


def quotes_alone(sentences: list[SentenceView]) -> None:
    """Credits quotations that are sentences of their own: to the speaker named right after them, else to the last speaker before."""
    for number, view in enumerate(sentences):
        shadow = view.shadow
        if not shadow or shadow.lstrip()[:1] not in '“「『"':
            continue
        quotes = quotes_in(shadow)
        if not quotes or quotes[0].right - quotes[0].left < 8 or masked(shadow, quotes)[quotes[0].right + 1 :].strip(' ”」』"。\n'):
            continue
        known = _said(view)
        if any(a.left <= quotes[0].left < a.right and not a.is_source for a in known):
            continue
        spoken = _named_after(sentences[number + 1] if number + 1 < len(sentences) else None) or _speaking_before(view)
        if spoken is None:
            continue
        left, right = quotes[0].left, quotes[0].right
        _credit(view, spoken, left, right, "quote_alone", direct=True)


def _named_after(view: SentenceView | None) -> Speakers | None:
    """The speaker of a sentence that only names one: 云帆科技的周明说。"""
    if view is None or len(view.shadow) > 60 or any(not a.is_source for a in _said(view)):
        return None
    known = unfinished(view)
    if not known and view.notes.get("unnamed"):
        return Speakers((), 0, "unnamed")
    return known[0] if known else None


def _speaking_before(view: SentenceView) -> Speakers | None:
    behind, steps = view.previous, 0
    while behind is not None and steps < 3:
        known = behind.notes.get("speakers")
        if isinstance(known, list) and known:
            last = known[-1]
            return last if isinstance(last, Speakers) else None
        if behind.is_heading:
            return None
        if steps == 0 and (topic := person_before(view, 0, reach=1)):
            return Speakers((topic,), 0, "carried")
        behind, steps = behind.previous, steps + 1
    return None

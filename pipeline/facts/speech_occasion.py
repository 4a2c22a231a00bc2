"""When and where something is said: the time and the place in the announcing words, or those of the occasion that an article reports on.

Only the occasion of speaking; what the words themselves date belongs to nobody here.
"""

from __future__ import annotations

import re

from pipeline.facts.speech import acts
from pipeline.facts.speech_act import SpeechAct
from pipeline.facts.view import SentenceView, Token

_EVENT = (
    "听证会|会议|峰会|高峰会|论坛|大会|发布会|采访|访谈|专访|节目|播客|财报会|电话会|分析师会|演讲|"
    "备忘录|内部信|全员信|公开信|信中|邮件|帖子|博客|博文|推文|报告|研报|论文|文章|平台|社交媒体|"
    "社交网站|微博|朋友圈|直播|活动|闭门会|沙龙|晚宴|年会|股东大会|新闻稿|声明|公告|白皮书|座谈会|研讨会"
)
_PLACE = re.compile(rf"(?:在|于|接受)(?P<venue>[^,，。;；:：!！?？“「]{{0,28}}?(?:{_EVENT}))(?:上|中|里|期间|现场|时|后)?")
_TOLD = re.compile("(?:对|向|告诉|接受)\\s*(?P<venue>\ue006)")
_REPORTED_EVENT = re.compile(r"听证会|对谈|访谈|专访|播出|播客|演讲|问答|圆桌|整理自|采访")
_LEAD = 6  # sentences of an article's beginning that may say which occasion it reports on
_ELSEWHERE = re.compile(r"此前|曾|早在|之前|后来|今年早些|去年")


def _times(view: SentenceView, left: int, right: int, known: list[SpeechAct]) -> list[Token]:
    return [
        t
        for t in view.tokens_in(left, right, "TIME")
        if t.time.date_start is not None and not any(a.left <= t.at < a.right and not a.is_source for a in known)
    ]


def occasion_of(view: SentenceView, act: SpeechAct) -> tuple[Token | None, str | None]:
    """(time token, venue as written) of a speech act: from the words that announce it, else carried from the speaker's last words, else the article's."""
    known = acts(view)
    left = max((a.right for a in known if not a.is_source and a.right <= min(act.at, act.left) and a.speaker != act.speaker), default=0)
    right = max(act.said_at, act.left)
    times = _times(view, left, right, known)
    places = [f for p in (_PLACE, _TOLD) for f in p.finditer(view.shadow, left, right) if not act.left <= f.start() < act.right]
    time = times[-1] if times else None
    venue = view.raw(*places[-1].span("venue")).strip() if places else None
    place = places[-1]["venue"] if places else None
    announced = view.shadow[left:right]
    if time is None and (act.how in ("pronoun", "carried") or act.form == "quote_alone"):
        carried_time, carried_venue = _carried(view, act)
        time, venue = carried_time, venue or carried_venue
    if time is None and place:
        time = (_setting(view) if _REPORTED_EVENT.search(place) and not _ELSEWHERE.search(announced) else None) or _dated_before(
            view, place
        )
    vague = time is None or time.time.precision == "year"
    if vague and not _ELSEWHERE.search(announced) and (place is None or _REPORTED_EVENT.search(place) or "节目" in place):
        time = _setting(view) or time
    view.notes[f"occasion:{act.left}"] = (time, venue)
    return time, venue


def _carried(view: SentenceView, act: SpeechAct) -> tuple[Token | None, str | None]:
    """The occasion of the last words of the same speaker in this paragraph or the sentence before."""
    behind: SentenceView | None = view
    steps = 0
    while behind is not None and steps < 3:
        for earlier in reversed(acts(behind)):
            if (
                earlier.is_source
                or (behind is view and earlier.left >= act.left)
                or (earlier.speaker != act.speaker and _id(earlier) != _id(act))
            ):
                continue
            kept = behind.notes.get(f"occasion:{earlier.left}")
            return kept if isinstance(kept, tuple) else (None, None)
        if steps and behind.sentence.paragraph != view.sentence.paragraph:
            return None, None
        named = [t for t in behind.tokens if t.kind == "TIME" and t.time.date_start is not None]
        if behind is not view and named and any(t.kind == "PERSON" and t.entity_id == _id(act) for t in behind.tokens) and not acts(behind):
            return named[0], None
        behind, steps = behind.previous, steps + 1
    return None, None


def _dated_before(view: SentenceView, venue: str) -> Token | None:
    """The day that an earlier sentence gives for the occasion of that name: [2月28日]举行直播活动 ... 在直播活动中."""
    event = re.findall(_EVENT, venue)
    behind = view.previous
    while event and behind is not None and view.number - behind.number < 30:
        at = behind.shadow.find(event[-1])
        if at >= 0:
            dated = [t for t in behind.tokens if t.kind == "TIME" and t.time.date_start and t.time.precision == "day" and t.at < at]
            if dated:
                return dated[-1]
        behind = behind.previous
    return None


def _id(act: SpeechAct) -> str | None:
    return act.speaker.entity_id if act.speaker else None


def _setting(view: SentenceView) -> Token | None:
    """The time of the occasion that the whole article reports on: a hearing, a broadcast, an interview named in its first sentences."""
    first = view.document.sentences[0]
    if "setting" not in first.notes:
        first.notes["setting"] = next(
            (
                t
                for s in view.document.sentences[:_LEAD]
                if (event := _REPORTED_EVENT.search(s.shadow))
                for t in s.tokens
                if t.kind == "TIME"
                and t.time.date_start is not None
                and t.time.precision in ("day", "month")
                and abs(t.at - event.start()) < 60
            ),
            None,
        )
    setting = first.notes["setting"]
    return setting if isinstance(setting, Token) else None

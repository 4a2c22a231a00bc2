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


def paragraphs_announced(sentences: list[SentenceView]) -> None:
    """Credits a paragraph without quotation marks that follows a paragraph ending in `他说：`."""
    for view, following in pairwise(sentences):
        if not _ANNOUNCES.search(view.shadow) or following.is_heading or following.sentence.paragraph == view.sentence.paragraph:
            continue
        known = view.notes.get("speakers")
        last = known[-1] if isinstance(known, list) and known else None
        if not isinstance(last, Speakers) or not last.tokens or _said(following) or not following.tokens:
            continue
        if last.tokens[0].kind != "PERSON" or len(following.shadow) < 12 or following.shadow.lstrip()[:1] in '“「『"':
            continue
        left, right = 0, end_of(following.shadow)
        made = []
        for token in last.tokens:
            kind = kind_of("说", following.shadow[left:right], is_org=False)
            made.append(
                SpeechAct(
                    left, right, credit_of(view, token), token, kind, True, False, None, left, "", "paragraph_announced", last.how, left
                )
            )
        following.notes["speech"] = made
        following.notes["speakers"] = [last]


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
        made = []
        for token in spoken.tokens:
            kind = kind_of("说", shadow[left:right], is_org=token.kind != "PERSON")
            credit = spoken.credit or credit_of(view, token)
            made.append(SpeechAct(left, right, credit, token, kind, True, False, None, left, "", "quote_alone", spoken.how, left))
        known += made
        known.sort(key=lambda a: (a.left, a.right))
        view.notes["speakers"] = [spoken]


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

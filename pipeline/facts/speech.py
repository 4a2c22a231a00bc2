"""Speech acts: who says what, from where to where, in whose words. Statements and attribution both rest on them.

A speech act is a speaker, a verb of speech and the content it opens; a source is a report, a study or data that the text leans on. Which of them make
rows of `statements` is decided there, not here. Verbs are in `speech_verbs`, speakers in `speech_speakers`, sources in
`speech_sources`, acts without a verb in `speech_unverbed`, words that fill sentences of their own in `speech_passages`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.facts.speech_act import SHORTEST, SpeechAct, credit_of, end_of
from pipeline.facts.speech_masks import Quote, masked, quotes_in
from pipeline.facts.speech_passages import paragraphs_announced, quotes_alone, runs_on, unfinished
from pipeline.facts.speech_sources import Source, sources_in
from pipeline.facts.speech_speakers import Speakers, clause_start, is_filler, speakers_of
from pipeline.facts.speech_unverbed import unverbed
from pipeline.facts.speech_verbs import Verb, kind_of, verbs_in
from pipeline.facts.view import SentenceView


def acts(view: SentenceView) -> list[SpeechAct]:
    """The speech acts whose content lies in this sentence, in order. The whole document is read at the first call."""
    if "speech" not in view.notes:
        for each in view.document.sentences or [view]:
            each.notes["speech"] = _find(each)
        quotes_alone(view.document.sentences)
        paragraphs_announced(view.document.sentences)
        runs_on(view.document.sentences)
    known = view.notes["speech"]
    return known if isinstance(known, list) else []


def _find(view: SentenceView) -> list[SpeechAct]:
    shadow = view.shadow
    quotes = quotes_in(shadow)
    words = masked(shadow, quotes)
    sources = sources_in(view, words)
    end = end_of(shadow)
    out = [SpeechAct(s.left, end, s.credit, s.token, "fact", False, True, s.assertion, s.at, form="source") for s in sources]
    spoken = _spoken(view, words, quotes, sources)
    spoken += [a for a in unverbed(view, words, quotes) if not any(a.left < b.right and b.left < a.right for b in spoken)]
    view.notes["speakers"] = [Speakers(tuple(dict.fromkeys([a.speaker])), a.at, a.how) for a in spoken if a.speaker] + unfinished(view)
    if sources and any(s.token for s in sources):
        view.notes["source"] = tuple(s.token for s in sources if s.token)
    return sorted([*out, *spoken], key=lambda a: (a.left, a.right))


def _spoken(view: SentenceView, words: str, quotes: list[Quote], sources: list[Source]) -> list[SpeechAct]:
    """The acts that a verb announces. Two passes: who speaks at each verb, then how far the words of each go."""
    found: list[tuple[Verb, Speakers]] = []
    earlier: list[tuple[int, Speakers]] = []
    unnamed = False
    for verb in verbs_in(words):
        if any(s.at <= verb.start < s.left for s in sources):
            continue
        lenient = verb.quoted or (verb.marked and words[verb.end : verb.end + 1] in ":：")
        speakers = speakers_of(view, words, verb.start, earlier, lenient=lenient)
        if speakers is None or not speakers.tokens:
            unnamed = verb.content is None and not verb.silent
            continue
        if verb.silent:
            earlier.append((verb.start, speakers))
            continue
        previous = found[-1] if found else None
        if previous and _joins(words, previous[0], verb, previous[1], speakers):
            found[-1] = (replace(verb, start=previous[0].start), previous[1])
        else:
            found.append((verb, speakers))
            earlier.append((verb.start, speakers))
    out: list[SpeechAct] = []
    taken: set[int] = set()
    for number, (verb, speakers) in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        out += _contents(view, words, quotes, verb, speakers, following, taken)
    if earlier:
        view.notes["unfinished"] = [s for _, s in earlier[-1:]]
    view.notes["unnamed"] = unnamed
    return out


def _joins(words: str, first: Verb, second: Verb, speakers: Speakers, others: Speakers) -> bool:
    """True if the second verb only goes on announcing: 他说他认为, 表示，承认."""
    if first.content is None or first.quoted or second.start < first.content:
        return False
    between = words[first.content : second.start]
    if not re.fullmatch(r"[\s,，]*(?:他|她|他们|其)?[\s,，]*", between) and not (is_filler(between) and len(between) <= 4):
        return False
    return others.how in ("carried", "pronoun") or speakers.tokens[0].entity_id == others.tokens[0].entity_id


_FULL_STOP = re.compile(r"[;；](?!\s?(?:[一二三四]|其|第|并|同时|而是|也|还))|。")


def _contents(
    view: SentenceView,
    words: str,
    quotes: list[Quote],
    verb: Verb,
    speakers: Speakers,
    following: tuple[Verb, Speakers] | None,
    taken: set[int],
) -> list[SpeechAct]:
    """What stands in quotation marks before the naming of the speaker, and what follows the verb."""
    out: list[SpeechAct] = []
    start = clause_start(words, verb.start)
    if speakers.how == "carried" and speakers.tokens[0] in view.tokens:
        start = clause_start(words, min(speakers.tokens[0].at, start))
    before = next(
        (
            q
            for q in quotes
            if q.left not in taken and q.right - q.left >= SHORTEST and re.fullmatch(r"[”」』\"\s,，。]*", words[q.right : start])
        ),
        None,
    )
    if before and start > before.right and _is_speech(words, before):
        taken.add(before.left)
        out += _act(view, before.left, before.right, verb, speakers, True, min(speakers.left, before.left))
    if verb.content is None:
        return out
    if verb.quoted:
        quote = next((q for q in quotes if q.left == verb.content), None)
        if quote and quote.left not in taken:
            rest = words[quote.right + 1 : quote.right + 2]
            if quote.right - quote.left < 8 and rest and rest not in "。!！?？\n":
                pass
            elif not rest or rest in ",，。;；!！?？\n 、" or view.shadow[quote.right - 1] in "。!！?？…":
                taken.add(quote.left)
                return out + _act(view, quote.left, quote.right, verb, speakers, True, speakers.left)
    left = verb.content - (1 if verb.quoted else 0)
    right = end_of(view.shadow)
    if following and following[0].start > left:
        cut = min(clause_start(words, following[0].start), following[1].left if following[1].how == "name" else len(words))
        if cut > left and (following[1].how != "name" or words[cut - 1 : cut] in ",，。;；:：”」"):
            right = min(right, cut)
            while right > left and words[right - 1] in ",，;；:： 。":
                right -= 1
    if stop := _FULL_STOP.search(words, left, right):
        right = stop.start()
    inner = next((q for q in quotes if left < q.left < right and q.right - q.left > 16 and words[q.left - 2 : q.left - 1] in ":："), None)
    if inner and inner.left not in taken:
        taken.add(inner.left)
        said = _act(view, left, inner.left - 2, verb, speakers, False, speakers.left)
        return out + said + _act(view, inner.left, inner.right, verb, speakers, True, inner.left)
    return out + _act(view, left, right, verb, speakers, False, speakers.left)


def _is_speech(words: str, quote: Quote) -> bool:
    """True if a quotation before its speaker is one: it begins the sentence or follows a stop."""
    lead = words[: quote.left - 1].rstrip()
    return not lead or lead[-1] in "。!！?？,，:：”」』…"


def _act(view: SentenceView, left: int, right: int, verb: Verb, speakers: Speakers, direct: bool, at: int) -> list[SpeechAct]:
    if right - left < SHORTEST:
        return []
    text = view.shadow[left:right]
    out = []
    for token in speakers.tokens:
        kind = kind_of(verb.word, text, is_org=token.kind != "PERSON")
        credit = speakers.credit or credit_of(view, token)
        out.append(
            SpeechAct(left, right, credit, token, kind, direct, False, None, min(at, left), verb.word, "verb", speakers.how, verb.end)
        )
    return out

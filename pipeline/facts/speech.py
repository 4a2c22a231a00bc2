"""Speech acts: who says what, from where to where, in whose words. Statements and attribution both rest on them.

A speech act is a speaker, a verb of speech and the content it opens; a source is a report, a study or data that the text leans on. Which of them make
rows of `statements` is decided there, not here. Verbs are in `speech_verbs`, speakers in `speech_speakers`, sources in `speech_sources`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.facts.patterns import compiled
from pipeline.facts.speech_masks import Quote, masked, quotes_in
from pipeline.facts.speech_sources import Source, sources_in
from pipeline.facts.speech_speakers import Speakers, clause_start, is_filler, person_before, speakers_of
from pipeline.facts.speech_verbs import Verb, kind_of, verbs_in
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

SHORTEST = 4  # fewer characters are a name or a label, nobody's words


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A stretch of the shadow (`left`..`right`) credited to somebody. `speaker` is the name's token if it has one (it may stand in an earlier sentence),
    `credit` what attributed_to says, `kind` the kind of statement the verb suggests, `is_source` True for data, reports and media rather than speakers,
    `at` where the naming of the speaker begins, `verb` the word that says it, `form` how it was found, `said_at` the end of the announcing words."""

    left: int
    right: int
    credit: str
    speaker: Token | None
    kind: str
    is_direct: bool
    is_source: bool
    assertion: str | None = None
    at: int = 0
    verb: str = ""
    form: str = "verb"
    how: str = "name"
    said_at: int = 0


def acts(view: SentenceView) -> list[SpeechAct]:
    """The speech acts whose content lies in this sentence, in order. The whole document is read at the first call."""
    if "speech" not in view.notes:
        for each in view.document.sentences or [view]:
            each.notes["speech"] = _find(each)
        _quotes_alone(view.document.sentences)
        _paragraphs_announced(view.document.sentences)
    known = view.notes["speech"]
    return known if isinstance(known, list) else []


def credit_of(view: SentenceView, token: Token) -> str:
    """What attributed_to says of a speaker: the name the lexicon knows it by, else the source's own words; media keep their brackets."""
    entity = load().entities.get(token.entity_id)
    name = entity.name_zh or entity.name_en if entity and token.kind != "MEDIA" else None
    return name or view.document.raw_text(token.start, token.end)


_CHARACTERISES = re.compile(
    r"(?P<opens>[将把](?!会|在|于|近)[^,，。;；:：!！?？]{1,40}?)(?P<verb>称为|称作|称之为|誉为|形容为|比作|描述为|归因于|归咎于|定义为|视作|看作|喻为)"
    r"|(?P<verb3>定义[^,，。;；:：]{1,12}?[是为])"
    r"|(?P<verb2>称之为|称其为|形容其为|形容为|评价其为|称它为|称他为)(?=[\s“「『\"]*)"
)
_COLON = re.compile(
    r"(?P<gap>[^,，。;；:：!！?？“”「」\n]{0,24}?(?:讯息|信息|表述|理由|说法|回答|答案|回应|解释|态度|观点|看法|判断|判断依据|分析|结论|立场|建议|形容|拆台|打脸|回怼|喊话|点评|留言|论点|"
    r"论断|评价|预言|预测|逻辑|直白|直接|总结|警告|质疑|反问|反驳|问|说|疑问|名言|原话|口号|宣言|博文|推文|评语|定义|思路|比喻)(?:就|很|也|都|非常|十分|相当|更)?"
    r"(?:是|为|很?(?:简单|直接|明确|清楚|清晰|务实|坚定|犀利|直白|干脆))?)(?:[:：]|是[:：]?(?=[“「『\"]))\s*"
)
_PLANS = re.compile(
    r"(?P<lead>(?:的工程师|的团队|团队)?(?:的(?:首要|主要|下一个|长期|最终|重要|终极|一个重要)?目标(?:就|正)?是|(?:也|还|则|就|甚至|一度|此前|曾|正|仍|已|\ue020){0,3}(?:计划|打算|立志|致力于)))(?!的|书|中)"
)
_BOUGHT = re.compile(r"推出|发布|上线|开源|收购|投资|投入|融资|筹集|支出|上市|出资|接入|斥资|合作")
_COLON_QUOTE = re.compile(r"[^。;；:：!！?？“”「」\n\ue001]{0,36}?(?:[:：]|——)\s*(?=[“「『\"]\ue0ff{12})")
_ANSWER = re.compile(
    r"(?P<gap>(?:给出)?的(?:[^,，。;；:：!！?？的]{0,6})(?:回答|答案|判断依据|判断|观点|看法|结论|建议|理由|核心观点|说法|分析)(?:则|也)?(?:是|为))[,，:：]?\s*(?=\S)"
)
_IN_EYES = r"(?:在|用|按照?|正?如|据|根据|依)(?P<who>{PERSONS}|{ORGS}|他|她)(?:自己)?(?:看来|的话(?:来)?[说讲]|的(?:观点|看法|判断|说法|计划|说明|分析|预测|设想|理解|介绍)|所[说言称])[,，:：]?\s*"
_STUDY = r"(?P<who>{ORG})(?:的|最新|发布的|近日|一份|一项|年度|中国){0,3}(?:报告|研报|研究|调研)(?:则|也|还)?显示[,，:：]?\s*"
_HEAD_COLON = r"^\s*(?:[^,，。;；:：!！?？]{0,24}?)(?P<who>{PERSON})(?:[(（][^)）]{0,40}[)）])?\s?[:：]\s*"


def _find(view: SentenceView) -> list[SpeechAct]:
    shadow = view.shadow
    quotes = quotes_in(shadow)
    words = masked(shadow, quotes)
    out: list[SpeechAct] = []
    sources = sources_in(view, words)
    for source in sources:
        out.append(SpeechAct(source.left, _end(shadow), source.credit, source.token, "fact", False, True, source.assertion, source.at, form="source"))
    spoken = _spoken(view, words, quotes, sources)
    spoken += [a for a in _others(view, words, quotes) if not any(a.left < b.right and b.left < a.right for b in spoken)]
    view.notes["speakers"] = [Speakers(tuple(dict.fromkeys([a.speaker])), a.at, a.how) for a in spoken if a.speaker] + _unfinished(view)
    if sources and any(s.token for s in sources):
        view.notes["source"] = tuple(s.token for s in sources if s.token)
    return sorted([*out, *spoken], key=lambda a: (a.left, a.right))


def _unfinished(view: SentenceView) -> list[Speakers]:
    known = view.notes.get("unfinished")
    return known if isinstance(known, list) else []


def _end(shadow: str) -> int:
    end = len(shadow)
    while end and shadow[end - 1] in "。!！?？;；\n ":
        end -= 1
    return end


def _spoken(view: SentenceView, words: str, quotes: list[Quote], sources: list[Source]) -> list[SpeechAct]:
    """The acts that a verb announces. Two passes: who speaks at each verb, then how far the words of each go."""
    found: list[tuple[Verb, Speakers]] = []
    earlier: list[tuple[int, Speakers]] = []
    unnamed = False
    for verb in verbs_in(words):
        if any(s.at <= verb.start < s.left for s in sources):
            continue
        lenient = verb.quoted or verb.marked and words[verb.end : verb.end + 1] in ":："
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


def _contents(
    view: SentenceView, words: str, quotes: list[Quote], verb: Verb, speakers: Speakers, following: tuple[Verb, Speakers] | None, taken: set[int]
) -> list[SpeechAct]:
    """What stands in quotation marks before the naming of the speaker, and what follows the verb."""
    out: list[SpeechAct] = []
    start = clause_start(words, verb.start)
    if speakers.how == "carried" and speakers.tokens[0] in view.tokens:
        start = clause_start(words, min(speakers.tokens[0].at, start))
    before = next((q for q in quotes if q.left not in taken and q.right - q.left >= SHORTEST and re.fullmatch(r"[”」』\"\s,，。]*", words[q.right : start])), None)
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
    right = _end(view.shadow)
    if following and following[0].start > left:
        cut = min(clause_start(words, following[0].start), following[1].left if following[1].how == "name" else len(words))
        if cut > left and (following[1].how != "name" or words[cut - 1 : cut] in ",，。;；:：”」"):
            right = min(right, cut)
            while right > left and words[right - 1] in ",，;；:： 。":
                right -= 1
    for stop in re.finditer(r"[;；。]", words[left:right]):
        if not verb.marked or len(words[left : left + stop.start()]) > 60:
            right = left + stop.start()
            break
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
        out.append(SpeechAct(left, right, credit, token, kind, direct, False, None, min(at, left), verb.word, "verb", speakers.how, verb.end))
    return out


def _others(view: SentenceView, words: str, quotes: list[Quote]) -> list[SpeechAct]:
    """Acts without a verb of speech: 在X看来, X的答案是, X将Y称为, `X：`, an unlisted phrase and a colon."""
    out: list[SpeechAct] = []
    shadow = view.shadow

    def add(who: tuple[Token, ...], left: int, form: str, at: int, *, right: int | None = None, how: str = "name") -> None:
        end = _end(shadow) if right is None else right
        quote = next((q for q in quotes if q.left == left + 1 or q.left == left), None)
        direct = False
        if quote and (quote.right + 1 >= end or words[quote.right + 1] in ",，。;；" or shadow[quote.right - 1] in "。!！?？"):
            left, end, direct = quote.left, quote.right, True
        if end - left < SHORTEST or any(a.left < end and left < a.right for a in out):
            return
        for token in who:
            kind = kind_of("认为", shadow[left:end], is_org=token.kind != "PERSON")
            out.append(SpeechAct(left, end, credit_of(view, token), token, kind, direct, False, None, at, "", form, how, left))

    for found in compiled(_STUDY).finditer(words):
        if not view.tokens_in(found.end(), len(shadow), "MONEY", "PERCENT", "MULTIPLE", "COUNT", "PARAMS", "TOKENS"):
            add(tuple(view.tokens_in(*found.span("who"))), found.end(), "study", found.start())
    for found in compiled(_IN_EYES).finditer(words):
        tokens = tuple(view.tokens_in(*found.span("who")))
        if not tokens and found["who"] in ("他", "她"):
            person = person_before(view, found.start())
            tokens = (person,) if person else ()
        add(tokens, found.end(), "in_eyes", found.start())
    for token in view.tokens:
        if token.kind not in ("PERSON", "ORG") or words[token.at] != shadow[token.at]:
            continue
        after = token.at + 1
        if answer := _ANSWER.match(words, after):
            add((token,), answer.end(), "answer", token.at)
        elif plan := _PLANS.match(words, after):
            if token.kind == "PERSON" or not _BOUGHT.search(words, plan.end()) and not view.tokens_in(plan.end(), len(shadow), "MONEY", "COUNT"):
                add((token,), plan.end("lead"), "plans", token.at, right=_sentence_end(words, plan.end()))
        elif token.kind == "PERSON" and (colon := _COLON.match(words, after) or _COLON_QUOTE.match(words, after)):
            add((token,), colon.end(), "colon", token.at)
        elif (characterises := _characterised(words, after)) and (token.kind == "PERSON" or "归" in characterises[0]):
            left = characterises.start("opens") if characterises["opens"] else characterises.end()
            add((token,), left, "characterises", token.at, right=_clause_end(words, characterises.end()))
    for found in re.finditer(r"(?:^|[,，。”」])\s*(?P<who>他|她)(?=(?:给出)?的)", words):
        answer, person = _ANSWER.match(words, found.end()), person_before(view, found.start())
        if answer and person:
            add((person,), answer.end(), "answer", found.start("who"), how="pronoun")
    for found in re.finditer(r"(?:^|[,，。”」])\s*(?P<who>他|她)(?!们|的)", words):
        left = found.end()
        colon, characterises = _COLON_QUOTE.match(words, left), _characterised(words, left)
        person = person_before(view, found.start()) if colon or characterises else None
        if person and characterises and (not colon or characterises.end() < colon.end()):
            left = characterises.start("opens") if characterises["opens"] else characterises.end()
            add((person,), left, "characterises", found.start("who"), right=_clause_end(words, characterises.end()), how="pronoun")
        if person and colon:
            add((person,), colon.end(), "colon", found.start("who"), how="pronoun")
    if head := compiled(_HEAD_COLON).match(words):
        speaker = view.token_at(head.start("who"))
        if speaker and head.end() < len(words):
            add((speaker,), head.end(), "head_colon", speaker.at)
    return out


def _characterised(words: str, after: int) -> re.Match[str] | None:
    found = _CHARACTERISES.search(words, after, min(len(words), after + 80))
    return found if found and is_filler(words[after : found.start()]) else None


def _clause_end(words: str, at: int) -> int:
    found = re.compile(r"[,，。;；!！?？\n]").search(words, at)
    return found.start() if found else _end(words)


_ANNOUNCES = re.compile(r"(?:[:：]|——)[”\"」“\s]*$")


def _paragraphs_announced(sentences: list[SentenceView]) -> None:
    """Credits a paragraph without quotation marks that follows a paragraph ending in `他说：`."""
    for view, following in zip(sentences, sentences[1:]):
        if not _ANNOUNCES.search(view.shadow) or following.is_heading or following.sentence.paragraph == view.sentence.paragraph:
            continue
        known = view.notes.get("speakers")
        last = known[-1] if isinstance(known, list) and known else None
        if not isinstance(last, Speakers) or not last.tokens or acts(following) or not following.tokens:
            continue
        if last.tokens[0].kind != "PERSON" or len(following.shadow) < 12 or following.shadow.lstrip()[:1] in "“「『\"":
            continue
        left, right = 0, _end(following.shadow)
        made = []
        for token in last.tokens:
            kind = kind_of("说", following.shadow[left:right], is_org=False)
            made.append(SpeechAct(left, right, credit_of(view, token), token, kind, True, False, None, left, "", "paragraph_announced", last.how, left))
        following.notes["speech"] = made
        following.notes["speakers"] = [last]


def _sentence_end(words: str, at: int) -> int:
    found = re.compile(r"[。;；!！?？\n]").search(words, at)
    return found.start() if found else _end(words)


def _quotes_alone(sentences: list[SentenceView]) -> None:
    """Credits quotations that are sentences of their own: to the speaker named right after them, else to the last speaker before."""
    for number, view in enumerate(sentences):
        shadow = view.shadow
        if not shadow or shadow.lstrip()[:1] not in "“「『\"":
            continue
        quotes = quotes_in(shadow)
        if not quotes or quotes[0].right - quotes[0].left < 8 or masked(shadow, quotes)[quotes[0].right + 1 :].strip(" ”」』\"。\n"):
            continue
        known = acts(view)
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
    if view is None or len(view.shadow) > 60 or any(not a.is_source for a in acts(view)):
        return None
    known = _unfinished(view)
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

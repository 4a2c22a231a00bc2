"""Speech acts without a verb of speech: 在X看来, X的答案是, X将Y称为, X计划, `X：`, a study that shows, a phrase and a colon before a quotation.

Acts that a verb announces are in `speech`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.patterns import compiled
from pipeline.facts.speech_act import SHORTEST, SpeechAct, credit_of, end_of
from pipeline.facts.speech_masks import Quote
from pipeline.facts.speech_speakers import company_before, is_analyst, is_filler, person_before
from pipeline.facts.speech_verbs import kind_of
from pipeline.facts.view import SentenceView, Token

_CHARACTERISES = re.compile(
    r"(?P<opens>[将把](?!会|在|于|近)[^,，。;；:：!！?？]{1,40}?)(?P<verb>称为|称作|称之为|誉为|形容为|形容成|比作|比喻为|比喻成|描述为|归因于|归咎于|归功于|定义为|视为|视作|看作|喻为|划分为|划分成|分为|分成|总结为|概括为|归纳为|定性为)"
    r"|(?P<verb3>定义[^,，。;；:：]{1,12}?[是为])"
    r"|(?P<verb2>称之为|称其为|形容其为|形容为|评价其为|称它为|称他为)(?=[\s“「『\"]*)"
)
_HOUSE_JUDGES = re.compile(r"归|比作|比喻|形容|划分|分[为成]|定义|总结|概括|定性")
_COLON = re.compile(
    r"(?P<gap>[^,，。;；:：!！?？“”「」\n]{0,24}?(?:讯息|信息|(?:全员|内部|公开|员工|股东)信|声明|例子|比方|重点|提醒|担忧|主张|感慨|感叹|口头禅|表述|理由|说法|回答|答案|回应|解释|态度|观点|看法|判断|判断依据|分析|结论|立场|建议|形容|拆台|打脸|回怼|喊话|点评|留言|论点|"
    r"论断|评价|预言|预测|逻辑|直白|直接|总结|警告|质疑|反问|反驳|问|说|疑问|名言|原话|口号|宣言|博文|推文|评语|定义|思路|比喻)(?:就|很|也|都|非常|十分|相当|更)?"
    r"(?:是|为|很?(?:简单|直接|明确|清楚|清晰|务实|坚定|犀利|直白|干脆)|很?[\u4e00-\u9fff]{2,4}相反|很[\u4e00-\u9fff]{2}|值得[\u4e00-\u9fff]{2}|[则却]?在于)?)(?:[:：]|是[:：]?(?=[“「『\"]))\s*"
)
_PLANS = re.compile(
    r"(?P<lead>(?:的工程师|的团队|团队)?(?:的(?:首要|主要|下一个|长期|最终|重要|终极|一个重要)?目标(?:就|正)?是|(?:也|还|则|就|甚至|一度|此前|曾|正|仍|已|\ue020){0,3}(?:计划|打算|准备(?!好|了|就绪|金|工作)|立志|致力于)))(?!的|书|中)"
)
_COLON_QUOTE = re.compile(r"[^。;；:：!！?？“”「」\n\ue001]{0,36}?(?:[:：]|——)\s*(?=[“「『\"]\ue0ff{12})")
_ANSWER = re.compile(
    r"(?P<gap>(?:给出)?的(?:[^,，。;；:：!！?？的]{0,6})(?:回答|答案|诉求|初衷|判断依据|判断|观点|看法|结论|建议|理由|核心观点|说法|分析)(?:则|也)?(?:是|为))[,，:：]?\s*(?=\S)"
)
_IN_EYES = (
    r"(?:在|用|按照?|正?如|据|根据|依)(?:{ORG}[^,，。;；:：的]{0,12}?(?=\ue001))?(?P<who>{PERSONS}|{ORGS}|他|她|该公司|该机构|该行)(?:[(（][^)）]{0,40}[)）])?(?:自己|本人|团队|等人?)?"
    r"(?:看来|眼中|眼里|的话(?:来)?[说讲]|的(?:观点|看法|判断|说法|计划|说明|分析|预测|设想|理解|介绍|定义|分享|测试|回应|解释|估计|估算|推测|设想|描述|总结|表述|逻辑|推断)"
    r"|(?<=\ue001)(?:的)?(?:回忆|分析|解释|推测|推算|估算|判断|预测|描述|观察)(?=[,，:：])"
    r"|所[说言称])[,，:：]?\s*"
)
_STUDY = r"(?P<who>{ORG})(?:的|最新|发布的|近日|一份|一项|年度|中国){0,3}(?:报告|研报|研究|调研)(?:则|也|还)?显示[,，:：]?\s*"
_HEAD_COLON = r"^\s*(?:[^,，。;；:：!！?？]{0,24}?)(?P<who>{PERSON})(?:[(（][^)）]{0,40}[)）])?\s?[:：]\s*"


# …（X的发言人这样表示）
_BRACKETED_SPEAKER = r"[(（](?P<who>{PERSON}|{ORG})[^()（）,，。]{0,12}?(?:表示|认为|称|说|指出|坦言|评价|强调|透露)(?:道)?[)）]"
_HOUSE_COLON = r"^\s*(?P<who>{ORG})\s?[:：]\s*"
SHORTEST_BESIDE = 10


def _beside_quote(view: SentenceView, words: str, quotes: list[Quote]) -> Iterator[tuple[int, int, Token]]:
    """`「…，」X笑了笑，「…」`: quotations parted by a person's name. A comma inside the closing mark says that the words belong to whoever is named next."""
    for number, quote in enumerate(quotes):
        if view.shadow[quote.right - 1 : quote.right] not in (",", "，"):
            continue
        token = view.token_at(quote.right + 1) or view.token_at(quote.right + 2)
        if token is None or token.kind != "PERSON":
            continue
        yield quote.left, quote.right, token
        following = quotes[number + 1] if number + 1 < len(quotes) else None
        if following and re.fullmatch(r"[^。!！?？\ue000-\ue0ff]{0,14}[,，:：]\s?", words[token.at + 1 : following.left - 1]):
            yield following.left, following.right, token


def unverbed(view: SentenceView, words: str, quotes: list[Quote]) -> list[SpeechAct]:
    """Acts without a verb of speech: 在X看来, X的答案是, X将Y称为, `X：`, an unlisted phrase and a colon."""
    out: list[SpeechAct] = []
    shadow = view.shadow

    def add(who: tuple[Token, ...], left: int, form: str, at: int, *, right: int | None = None, how: str = "name") -> None:
        end = end_of(shadow) if right is None else right
        quote = next((q for q in quotes if q.left == left + 1 or q.left == left), None)
        direct = False
        if quote and (quote.right + 1 >= end or words[quote.right + 1] in ",，。;；" or shadow[quote.right - 1] in "。!！?？"):
            left, end, direct = quote.left, quote.right, True
        if end - left < (2 if form == "answer" else SHORTEST) or any(a.left < end and left < a.right for a in out):
            return
        for token in who:
            kind = (
                "opinion"
                if form == "characterises"
                else "plan"
                if form == "plans"
                else kind_of("认为", shadow[left:end], is_org=token.kind != "PERSON")
            )
            out.append(SpeechAct(left, end, credit_of(view, token), token, kind, direct, False, None, at, "", form, how, left))

    for found in compiled(_STUDY).finditer(words):
        if not view.tokens_in(found.end(), len(shadow), "MONEY", "PERCENT", "MULTIPLE", "COUNT", "PARAMS", "TOKENS"):
            add(tuple(view.tokens_in(*found.span("who"))), found.end(), "study", found.start())
    for found in compiled(_IN_EYES).finditer(words):
        tokens = tuple(view.tokens_in(*found.span("who")))
        if not tokens and found["who"] in ("该公司", "该机构", "该行"):
            company = company_before(view, found.start())
            tokens = (company,) if company else ()
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
        elif token.kind == "PERSON" and (plan := _PLANS.match(words, after)):
            add((token,), plan.end("lead"), "plans", token.at, right=_sentence_end(words, plan.end()))
        elif token.kind == "PERSON" and (colon := _COLON.match(words, after) or _COLON_QUOTE.match(words, after)):
            add((token,), colon.end(), "colon", token.at)
        elif (characterises := _characterised(words, after)) and (token.kind == "PERSON" or _HOUSE_JUDGES.search(characterises[0])):
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
    for found in re.finditer(r"(?:^|[,，。])\s*(?:公司|官方)(?:内部|方面)?(?=[将把][^,，。]{1,20}归[因咎]于)", words):
        company, characterises = company_before(view, found.start()), _characterised(words, found.end())
        if company and characterises:
            add(
                (company,),
                characterises.start("opens"),
                "characterises",
                found.start(),
                right=_clause_end(words, characterises.end()),
                how="pronoun",
            )
    for left, right, token in _beside_quote(view, words, quotes):
        add((token,), left, "beside_quote", min(left, token.at), right=right)
    for bracket in compiled(_BRACKETED_SPEAKER).finditer(shadow):
        speaker = view.token_at(bracket.start("who"))
        opened = max((words.rfind(mark, 0, bracket.start()) for mark in "。;；\n"), default=-1) + 1
        if speaker and bracket.start() - opened > SHORTEST_BESIDE:
            add((speaker,), opened, "bracketed", opened, right=bracket.start())
    if house := compiled(_HOUSE_COLON).match(words):
        speaker = view.token_at(house.start("who"))
        if speaker and is_analyst(speaker.entity_id) and len(shadow) - house.end() >= SHORTEST_BESIDE:
            add((speaker,), house.end(), "head_colon", speaker.at)
    if head := compiled(_HEAD_COLON).match(words):
        speaker = view.token_at(head.start("who"))
        title = not view.number and re.search(r"[?？:：]|——|观察|专访|对话|对谈|年度|演讲", words[head.end() :])
        asked = words.rstrip()[-1:] in "?？"
        if speaker and head.end() < len(words) and not title and not asked and len(view.siblings(speaker)) == 1:
            add((speaker,), head.end(), "head_colon", speaker.at)
    return out


def _characterised(words: str, after: int) -> re.Match[str] | None:
    found = _CHARACTERISES.search(words, after, min(len(words), after + 80))
    if found and found["opens"] and re.match(r"[^,，。;；:：“「]{1,24}的[\ue000\ue001]", words[found.end() : found.end() + 26]):
        return None  # 将甲视作对手的乙 describes 乙
    return found if found and is_filler(words[after : found.start()]) else None


def _clause_end(words: str, at: int) -> int:
    found = re.compile(r"[,，。;；!！?？\n]").search(words, at)
    return found.start() if found else end_of(words)


def _sentence_end(words: str, at: int) -> int:
    found = re.compile(r"[。;；!！?？\n]").search(words, at)
    return found.start() if found else end_of(words)

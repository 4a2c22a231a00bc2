"""Whose number it is: the holder of a measure in its phrase, in the phrases before it, or carried over from the sentences before. Used by `metrics`
and `model_specs`. What the number measures is not decided here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.facts.discourse import is_oblique
from pipeline.facts.patterns import compiled
from pipeline.facts.phrases import Phrase, before, phrase_at, tokens
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load
from pipeline.mentions import readings_of

# A name before one of these is a source or a speaker, not what the number is about.
_SOURCE = compiled(
    r"[^,，。\ue000-\ue021]{0,3}?(?:的?(?:数据(?!中心|库|集|平台|服务|业务)|统计|报告|研报|监测|测算|调研|调查|消息|报道)|统计|显示|发布的?(?:数据|报告|消息)|的口径|估算)|预测[,，:：]?"
)
_SPEECH = re.compile(r"[^,，。]{0,10}?(?:表示|称|透露|指出|披露|宣布|认为|强调|写道|说|公布)")
_OF = compiled(
    r"[”\"」』》]?(?:\s?[（(][^（）()]{1,16}[）)])?(?:的|旗下的?|自研的?|推出的|发布的|开发的|打造的|牵头建设的|版)"
    r"(?:最新|新|AI|一款|一个|大语言|大|模型|聊天机器人|应用|产品|平台|智能体|智能|助手|子公司|部门|云|企业|开源|旗舰|芯片|推理|视频|社区|App|APP|业务){0,4}[“\"「『《]?\s?"
)
_RELATED = re.compile(r"(?:以|就|仅|光是|单是|单靠|例如|比如|凭借|依靠|通过|由于|应用)\s?[“\"]?$|(?:平台|社区|应用|App|产品)[“\"]$")
_COMPARED = compiled(
    r"(?:超过|超越|超|比|较|与|对标|相比|相较|高于|低于|不及|优于|落后于|取代|击败|包括|领先|比肩|媲美|匹敌|看齐|接近|追赶|赶超|不输|逼近|持平|挑战|利用|借助|依托|基于|随着)"
    r"(?:了|于)?(?:{ORG}(?:的|旗下的?)?)?[“\"]?\s?$"
)
_OFFICE = compiled(
    r"[^,，。;；、{ORG}]{0,12}?(?:CEO|首席|创始人|董事|总裁|总经理|负责人|高管|COO|CFO|CTO|执行长|财务长|副总|科学家|研究员)[^,，。;；、]{0,8}?{PERSON}"
)
_INSTANCE = compiled(r"(?:^|[,，。;；:：])\s?(?:例如|比如|如|其中)(?:{ORG}的?)?$")
_EXAMPLE = re.compile(r"[^,，。]{0,6}为代表")
_LIKE_IT = re.compile(r"的?(?:竞品|级别|同类|类似|的对手)")
_AND = re.compile(r"[\s、和与及\"“”《》「」]{1,4}|以及")
_BREAK = re.compile(r"[与和比超据在给向中里内]|相比|用户的")
_PRONOUN = re.compile(r"公司|我们|其(?!中|他|它|余|实)|它")
_LATTER = re.compile(r"后者")
_NAMES = ("ORG", "MODEL", "PRODUCT", "COHORT", "COUNTRY")
_TABLE = re.compile(r"\|")
_ENDS = re.compile(r"[。!?！？；;：:，,][”\"」』）)\s]*$")
_COMPANY = re.compile(r"(?<![这家该子])公司(?!的)")
_ROLE = compiled(
    r"({ORG})[^,，。;；、{ORG}{PERSON}]{0,10}?(?:CEO|首席|创始人|董事|总裁|总经理|副总|长|负责人|高管|COO|CFO|CTO)[^,，。;；、{ORG}{PERSON}]{0,6}?({PERSON})"
)
_SOURCE_TYPES = ("analyst", "media")
_FOR_USE = (
    "monthly_active_users", "daily_active_users", "users", "downloads", "monthly_downloads", "daily_downloads", "session_minutes", "usage_share",
    "monthly_visits",
)  # fmt: skip


def is_source(view: SentenceView, token: Token) -> bool:
    """Whether a name is only where the number comes from."""
    entity = load().entities.get(token.entity_id)
    if entity is not None and entity.attributes.get("org_type") in _SOURCE_TYPES:
        return not re.match(r"[^,，。]{0,4}(?:有|拥有|员工|团队|营收|收入)", view.shadow[token.at + 1 : token.at + 10])
    return bool(_SOURCE.match(view.shadow, token.at + 1))


def listed(view: SentenceView, token: Token, *, mixed: bool = False) -> list[Token]:
    """The list `A、B和C` that a name stands in, itself included; a comma ends it (据X，Y is no list). `mixed`: companies, models and products together."""
    if mixed:
        names = [t for t in view.tokens if t.kind in ("ORG", "MODEL", "PRODUCT")]
        first = last = names.index(token) if token in names else -1
        while first > 0 and _AND.fullmatch(view.between(names[first - 1], names[first])):
            first -= 1
        while 0 <= last < len(names) - 1 and _AND.fullmatch(view.between(names[last], names[last + 1])):
            last += 1
        return names[first : last + 1] if first >= 0 else [token]
    run: list[Token] = []
    for sibling in view.siblings(token):
        if run and re.search(r"[,，]", view.between(run[-1], sibling)):
            if token in run:
                break
            run = []
        run.append(sibling)
    return run if token in run else [token]


def _stands_aside(view: SentenceView, token: Token) -> bool:
    """True if the name, or the list it stands in, follows a preposition or a verb."""
    first = listed(view, token)[0]
    if _OFFICE.match(view.shadow, token.at + 1) or _EXAMPLE.match(view.shadow, token.at + 1) or _LIKE_IT.match(view.shadow, token.at + 1):
        return True
    if _COMPARED.search(view.shadow, max(0, first.at - 10), first.at):
        return True
    if _INSTANCE.search(view.shadow, max(0, first.at - 10), first.at):
        return False
    return is_oblique(view, first) and not _RELATED.search(view.shadow, max(0, first.at - 6), first.at)


def reading_in(token: Token, kinds: Sequence[str]) -> tuple[str, str] | None:
    """(kind, id) of a name as one of `kinds`: its own, else another reading of an ambiguous name (DeepSeek the company for DeepSeek the model)."""
    if token.kind in kinds:
        return token.kind, token.entity_id
    if token.kind not in ("ORG", "MODEL", "PRODUCT"):
        return None
    found = {r.type.upper(): r.entity_id for r in readings_of(token.mention)}
    return next(((kind, found[kind]) for kind in kinds if kind in found), None)


def named_in(view: SentenceView, left: int, right: int, kinds: Sequence[str]) -> list[Token]:
    """The names between two places that can be read as one of `kinds`, sources aside."""
    return [t for t in view.tokens_in(left, right, *_NAMES) if reading_in(t, kinds) and not is_source(view, t)]


def _speaks(view: SentenceView, token: Token, right: int) -> bool:
    found = _SPEECH.match(view.shadow, token.at + 1)
    return bool(found and found.end() <= right)


def head_of(view: SentenceView, token: Token, among: Sequence[Token]) -> Token:
    """The last name of a chain `A的B`, `A旗下的B` that begins with `token`."""
    for later in among:
        if later.at > token.at and _OF.fullmatch(view.shadow, token.at + 1, later.at):
            token = later
    return token


def _in_phrase(view: SentenceView, phrase: Phrase, at: int, kinds: Sequence[str], cue: int | None) -> Token | None:
    found = named_in(view, phrase.left, at, kinds)
    bracket = max(view.shadow.rfind("（", phrase.left, at), view.shadow.rfind("(", phrase.left, at))
    if bracket > max(view.shadow.rfind("）", phrase.left, at), view.shadow.rfind(")", phrase.left, at)):
        inside = [t for t in found if t.at > bracket and not _COMPARED.search(view.shadow, max(0, t.at - 10), t.at)]
        if inside:
            return inside[-1]
    if cue is not None:  # `X的市占率`: the owner stands right before the measure
        for token in reversed(found):
            gap = view.shadow[token.at + 1 : max(cue, token.at + 1)]
            if (
                token.at < cue
                and len(gap) <= 6
                and not _BREAK.search(gap)
                and not _COMPARED.search(view.shadow, max(0, token.at - 5), token.at)
            ):
                return token
    plain = [t for t in found if not _stands_aside(view, t)]
    if any(t.kind == kinds[0] for t in plain) and (kinds[0] == "PRODUCT" or any(t.kind not in kinds for t in plain)):
        plain = [t for t in plain if t.kind == kinds[0]]
    for token in plain:
        if not (_speaks(view, token, at) and len(plain) > 1):
            return head_of(view, token, found)
    return None


def follower(view: SentenceView, at: int, right: int, kinds: Sequence[str]) -> Token | None:
    """`500人的X`, `拥有1亿用户的X`: the name that the number's phrase qualifies."""
    for token in view.tokens_in(at + 1, right, *kinds):
        gap = view.shadow[at + 1 : token.at]
        if len(gap) <= 20 and re.fullmatch(
            r"[^,，。;；、]{0,10}的(?:[^,，。;；、的]{0,2}|[^,，。;；、的]{0,12}(?:公司|企业|平台|应用|模型|厂商|龙头))[“\"]?", gap
        ):
            return token
        return None
    return None


def _employers(view: SentenceView) -> dict[str, Token]:
    """Person id -> the organisation that the document names with a role before the person, as far as `view`."""
    known = view.document.sentences[0].notes.setdefault("employers", {})
    if not isinstance(known, dict):
        raise TypeError("notes of another pass under the name employers")
    if not known:
        for sentence in view.document.sentences:
            for found in _ROLE.finditer(sentence.shadow):
                org, person = sentence.token_at(found.start(1)), sentence.token_at(found.start(2))
                if org and person:
                    known.setdefault(person.entity_id, org)
        known.setdefault("", None)
    return known


def _speaker_org(view: SentenceView, at: int) -> Token | None:
    """The organisation of the person who speaks of `公司`, `我们` before `at`."""
    for token in reversed(view.tokens_in(0, at, "PERSON")):
        if org := _employers(view).get(token.entity_id):
            return org
    return None


def _is_prose(view: SentenceView) -> bool:
    """Whether a sentence is one, or a heading: no row and no caption of a table."""
    if _TABLE.search(view.shadow):
        return False
    after_table = view.previous is not None and bool(_TABLE.search(view.previous.shadow))
    return bool(_ENDS.search(view.shadow)) or (view.is_heading and not after_table)


def topic_before(view: SentenceView, kinds: Sequence[str], reach: int) -> Token | None:
    """The first name that a sentence before `view` is about; tables and captions are passed over, headings end the search."""
    behind, steps = view.previous, 0
    while behind is not None and steps < reach:
        if _is_prose(behind):
            named = named_in(behind, 0, len(behind.shadow), kinds)
            plain = [t for t in named if not _stands_aside(behind, t)]
            if plain or (named and behind.is_heading):
                return head_of(behind, (plain or named)[0], named)
            near = [t for t in named if not _COMPARED.search(behind.shadow, max(0, t.at - 10), t.at)]
            if near and len({t.entity_id for t in near}) == 1:
                return near[0]
            steps += 1
        if behind.is_heading and _is_prose(behind):
            return None
        behind = behind.previous
    return None


def _protagonist(view: SentenceView) -> Token | None:
    """The one organisation that the nearest heading above, else the title, speaks of."""
    behind: SentenceView | None = view
    while behind is not None:
        if (behind.is_heading and _is_prose(behind)) or behind.number == 0:
            named = [t for t in behind.tokens if t.kind == "ORG" and not is_source(behind, t)]
            if len({t.entity_id for t in named}) == 1:
                return named[0]
        behind = behind.previous
    return None


def holder(view: SentenceView, at: int, kinds: Sequence[str], *, cue: int | None = None, reach: int = 2) -> Token | None:
    """The name of `kinds` that a number at `at` belongs to.

    In order: the name right before the measure (`cue`), the subject of the phrase (the last name of a chain A的B), the name that the phrase qualifies,
    the subjects of the phrases before it, the employer of a speaker who says 公司 or 我们, the topic of up to `reach` sentences before.
    """
    phrase = phrase_at(view, at)
    if (
        (beside := view.token_at(at - 2))
        and beside.kind in kinds
        and view.shadow[at - 1] == "的"
        and not _COMPARED.search(view.shadow, max(0, at - 10), at - 2)
    ):
        return beside
    if found := _in_phrase(view, phrase, at, kinds, cue):
        return found
    if found := follower(view, at, phrase.right, kinds):
        return found
    own = view.shadow[phrase.left : at]
    for earlier in before(view, phrase):
        if _LATTER.search(own):
            named = [t for t in view.tokens if t.at < phrase.left and t.kind in kinds and not is_source(view, t)]
            if named:
                return named[-1]
        if found := _in_phrase(view, earlier, earlier.right, kinds, None):
            return found
    if "ORG" not in kinds:
        return topic_before(view, kinds, reach) if reach else None
    if (_PRONOUN.search(own) or not tokens(view, phrase, "ORG")) and reach and (spoken := _speaker_org(view, at)):
        return spoken
    alone = [
        t for t in view.tokens_in(0, at, "ORG") if not is_source(view, t) and not _COMPARED.search(view.shadow, max(0, t.at - 5), t.at)
    ]
    if alone and len({t.entity_id for t in alone}) == 1 and not _OFFICE.match(view.shadow, alone[0].at + 1):
        return alone[0]
    if reach == 0:
        return None
    found = topic_before(view, ("ORG",), reach + 3) if kinds[0] == "ORG" else None
    found = found or topic_before(view, kinds, reach)
    return found or (_protagonist(view) if _COMPANY.search(own) else None)


def subject_fields(token: Token, metric: str, kinds: Sequence[str] = ()) -> dict[str, str | None]:
    """subject_type and subject_id of a holder, read as one of `kinds`; for what only an app has, the app of an ambiguous name."""
    kind, entity_id = (reading_in(token, kinds) if kinds else None) or (token.kind, token.entity_id)
    if kind in ("ORG", "MODEL") and metric in _FOR_USE:
        for reading in readings_of(token.mention):
            if reading.type == "product":
                kind, entity_id = "PRODUCT", reading.entity_id
                break
    return {"subject_type": kind.lower(), "subject_id": entity_id, "subject_text": None}

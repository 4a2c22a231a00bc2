"""Whose number it is: the holder of a measure in its clause, in the clauses before it, or carried over from the sentences before. Used by `metrics`
and `model_specs`. What the number measures is not decided here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.facts.discourse import carried, is_oblique
from pipeline.facts.patterns import compiled
from pipeline.facts.view import Clause, SentenceView, Token
from pipeline.lexicon import load
from pipeline.mentions.find import readings_of

# A name before one of these is a source or a speaker, not what the number is about.
_SOURCE = compiled(
    r"[^,，。]{0,3}?(?:的?(?:数据|统计|报告|研报|监测|测算|调研|调查|消息|报道)|预测|预计(?=[,，]|{COUNTRY}|全球)|统计|显示|发布的?(?:数据|报告|消息)|旗下媒体)"
)
_SPEECH = re.compile(r"(?:[^,，。]{0,10}?)(?:表示|称|透露|指出|披露|宣布|认为|强调|写道|说|公布)[,，:：“「]?")
_OF = compiled(r"[”\"」』》]?(?:{MODEL}|{PRODUCT})?(?:的|旗下的?|自研的?|推出的|发布的|开发的|打造的|牵头建设的|版|公司的?)[^,，。;；的]{0,10}[“\"「『《]?")
_LIST = re.compile(r"[\s、/和与及跟“”\"]{1,4}|以及")
_RELATIVE = compile_relative = re.compile(r"[^,，。;；]{0,12}的[^,，。;；]{0,8}$")
_SOURCE_TYPES = ("analyst", "media")
_OWNED = ("monthly_active_users", "daily_active_users", "users", "downloads", "monthly_downloads", "session_minutes", "usage_share")


def is_source(view: SentenceView, token: Token) -> bool:
    """Whether a name is only where the number comes from."""
    entity = load().entities.get(token.entity_id)
    if entity is not None and entity.attributes.get("org_type") in _SOURCE_TYPES:
        return True
    return bool(_SOURCE.match(view.shadow, token.at + 1))


def _speaks(view: SentenceView, token: Token, at: int) -> bool:
    found = _SPEECH.match(view.shadow, token.at + 1)
    return bool(found and found.end() <= at)


def _candidates(view: SentenceView, clause: Clause, at: int, kinds: Sequence[str]) -> list[Token]:
    return [t for t in clause.tokens if t.at < at and t.kind in kinds and not is_source(view, t)]


def _head(view: SentenceView, token: Token, among: Sequence[Token]) -> Token:
    """The last name of a chain `A的B`, `A旗下的B` that begins with `token`."""
    for later in among:
        if later.at > token.at and _OF.fullmatch(view.shadow, token.at + 1, later.at):
            token = later
    return token


def _in_clause(view: SentenceView, clause: Clause, at: int, kinds: Sequence[str], cue: int | None) -> Token | None:
    found = _candidates(view, clause, at, kinds)
    if cue is not None:  # `X的市占率`: the owner stands right before the measure
        for token in reversed(found):
            gap = view.shadow[token.at + 1 : cue]
            if token.at < cue and len(gap) <= 6 and not re.search(r"[,，与和比超据在]|相比|用户的", gap) and not _compared(view, token):
                return token
    plain = [t for t in found if not is_oblique(view, t) or _RELATED.search(view.shadow, 0, t.at)]
    for token in plain:
        if not (_speaks(view, token, at) and len(plain) > 1):
            return _head(view, token, found)
    return None


_RELATED = re.compile(r"(?:为例|以|就|仅|光是|单是|由于|例如|比如)[“\"]?$")
_COMPARED = re.compile(r"(?:超过|超越|超|比|较|与|和|对标|相比|高于|低于|不及|优于|落后于|取代|击败)了?[“\"]?$")


def _compared(view: SentenceView, token: Token) -> bool:
    return bool(_COMPARED.search(view.shadow, max(0, token.at - 5), token.at)) and not view.siblings(token)[0].at < token.at


def follower(view: SentenceView, at: int, right: int, kinds: Sequence[str]) -> Token | None:
    """`500人的X`, `拥有1亿用户的X`: the name that the number's clause qualifies."""
    for token in view.tokens_in(at + 1, right, *kinds):
        gap = view.shadow[at + 1 : token.at]
        if len(gap) <= 16 and re.fullmatch(r"[^,，。;；、]{0,10}的[^,，。;；、的]{0,6}[“\"]?", gap):
            return token
        return None
    return None


def holder(view: SentenceView, at: int, kinds: Sequence[str], *, cue: int | None = None, reach: int = 2) -> Token | None:
    """The name of `kinds` that a number at `at` belongs to.

    In order: the name right before the measure (`cue`), the subject of the clause (the last name of a chain A的B), the name the clause qualifies, the
    subjects of earlier clauses of the sentence, the topic of up to `reach` sentences before.
    """
    clause = view.clause_at(at)
    if found := _in_clause(view, clause, at, kinds, cue):
        return found
    if found := follower(view, at, clause.right, kinds):
        return found
    bracket = view.shadow.rfind("（", clause.left, at)
    for earlier in reversed(view.clauses[: clause.number]):
        if re.search(r"后者", view.shadow[clause.left : at]):
            named = [t for t in view.tokens if t.at < clause.left and t.kind in kinds and not is_source(view, t)]
            if named:
                return named[-1]
        if found := _in_clause(view, earlier, earlier.right, kinds, None):
            return found
    del bracket
    if reach == 0:
        return None
    found = carried(view, tuple(kinds), reach)
    return found if found and not is_source(found_view(view, found), found) else None


def found_view(view: SentenceView, token: Token) -> SentenceView:
    """The sentence that holds `token`, looking back from `view`."""
    behind: SentenceView | None = view
    while behind is not None and not behind.start <= token.start < behind.end:
        behind = behind.previous
    return behind or view


def subject_fields(token: Token, metric: str) -> dict[str, str | None]:
    """subject_type and subject_id of a holder; for what only an app has, the app of an ambiguous name."""
    kind, entity_id = token.kind.lower(), token.entity_id
    if kind in ("org", "model") and metric in _OWNED:
        for reading in readings_of(token.mention):
            if reading.type == "product":
                return {"subject_type": "product", "subject_id": reading.entity_id, "subject_text": None}
    return {"subject_type": kind, "subject_id": entity_id, "subject_text": None}

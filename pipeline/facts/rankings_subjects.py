"""What is ranked and on which list: subjects of rankings, the board named near by, regions and fields of a list. No ranks are read here."""

from __future__ import annotations

import re

from pipeline.facts.comparisons_things import as_thing, in_brackets, is_owner
from pipeline.facts.discourse import is_oblique, subject
from pipeline.facts.patterns import compiled
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

RANKED = ("MODEL", "PRODUCT", "ORG")
_STORE = re.compile(r"下载|应用商店|免费榜|App|应用程序|应用", re.IGNORECASE)
_SOURCE = compiled(r"(?:据|按照?|根据|在)\s?(?P<who>{ORG})[^。,，]{0,10}?(?:数据|统计|口径|报告|排行|排名|榜)|(?P<whose>{ORG})(?:的)?(?:数据|统计)(?:显示|指出)")
_SAME_ONE = re.compile(r"(?:而|但|同时|此外|并且?|也|还|又|更|,|，|\s|“|「)*(?:其|它|该|这)")


def _follows(view: SentenceView, token: Token) -> str:
    return view.shadow[token.at + 1 : token.at + 4]


def subjects_of(view: SentenceView, at: int, *, reach: int = 1) -> tuple[Token, ...]:
    """What the rank at shadow offset `at` is of: the subject of its clause or of an earlier one, with the list it stands in; carried from the sentence
    before only where a pronoun or nothing stands in its place."""
    clause = view.clause_at(at)
    for part in reversed(view.clauses[: clause.number + 1]):
        here = [t for t in part.tokens if t.kind in RANKED and t.at < at and not is_owner(view, t)]
        for token in here:
            if not is_oblique(view, token) and not re.match("的?(?:数据|统计|报告|CEO|创始)|上|中", _follows(view, token)):
                return tuple(in_brackets(view, t) for t in view.siblings(token) if t.at < at) or (token,)
        if part is clause and re.search(r"[A-Z][a-z]{3,}", view.shadow[clause.left : at]):
            return ()  # a name that nobody knows
    if reach and (clause.number or _SAME_ONE.match(view.shadow) or not any(t.kind in ("COUNTRY", "PERSON", "COHORT") for t in clause.tokens)):
        carried = subject(view, at, ("MODEL", "PRODUCT"), reach=reach)
        return (carried,) if carried is not None else ()
    return ()


def subject_fields(token: Token, words: str) -> dict[str, str | None]:
    """subject_type, subject_id and subject_text: a company with an app of its name is the app where the list is of apps."""
    thing = as_thing(token, "product") if token.kind == "ORG" and _STORE.search(words) else None
    if thing is not None and thing[0] == "product":
        return {"subject_type": "product", "subject_id": thing[1], "subject_text": None}
    kind = "country" if token.kind == "COUNTRY" else token.kind.lower()
    return {"subject_type": kind, "subject_id": token.entity_id, "subject_text": None}


def board_of(view: SentenceView, at: int) -> str | None:
    """The leaderboard, or who ranks: named in the sentence, else in the one before where this one speaks of its list."""
    for token in sorted((t for t in view.tokens if t.kind == "BENCHMARK"), key=lambda t: (t.at > at, abs(t.at - at))):
        return name_of(token)
    for found in _SOURCE.finditer(view.shadow):
        token = view.token_at(found.start("who") if found["who"] else found.start("whose"))
        if token is not None:
            return name_of(token)
    behind = view.previous
    if behind is not None and behind.sentence.section == view.sentence.section:
        return next((name_of(t) for t in reversed(behind.tokens) if t.kind == "BENCHMARK"), None)
    return None


def name_of(token: Token) -> str:
    """The published name of what a mention means."""
    entity = load().entities.get(token.entity_id)
    return (entity.name_en or entity.name_zh or token.mention.text) if entity else token.mention.text


def regions_in(view: SentenceView, left: int, right: int) -> list[str]:
    """The markets of a list: `中美App Store`, `中国区和美国区` -> two; none if it names none."""
    text = view.document.folded.text[view.folded_offset(left) : view.folded_offset(right - 1) + 1] if right > left else ""
    if re.search("中美(?!关系)", text):
        return ["中国区", "美国区"]
    found = [view.document.folded.text[t.start : t.end] for t in view.tokens_in(left, right, "COUNTRY")]
    return [f"{name}区" for name in found] if len(found) > 1 else []


def fields_in(words: str) -> list[str]:
    """The fields of a list `文本、视觉、搜索能力榜单`, `数学和编程`, each by itself; the words whole if they are one."""
    bare = re.sub(r"^[\s的]+|(?:等)?(?:单项)?(?:能力|榜单?|类|方面|领域|单项|类榜单|等|的|上|中|里|内|任务|\s)*$", "", words)
    parts = [p for p in re.split(r"、|和|与|及|/", bare) if p]
    return [re.sub(r"(?:类|榜|能力)$", "", p) for p in parts] if 1 < len(parts) <= 4 and all(len(p) <= 8 for p in parts) else [bare] if bare else []

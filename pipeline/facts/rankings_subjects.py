"""What is ranked and on which list: subjects of rankings, the board named near by, regions and fields of a list. No ranks are read here."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from pipeline.facts.comparisons import compared_in
from pipeline.facts.comparisons_things import app_named, in_brackets, is_owner, subject_of
from pipeline.facts.discourse import is_oblique
from pipeline.facts.patterns import compiled
from pipeline.facts.timing import date_fields
from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

_MODELS = re.compile(r"模型(?:系列|代表)?[”」]?$")
_COMPANY = re.compile(r"公司|厂商|企业|大厂|运营商|服务商|机构")
_NAMED = re.compile(r"(?:名为|叫做?)[“「]?$")
_RELEASED = re.compile(r"(?:发布|推出|开源|上线|公布)(?:出|了|的|过)?[^。!?！？;；,，、]{0,10}$")
RANKED = ("MODEL", "PRODUCT", "ORG")
_STORE = re.compile(r"下载|应用商店|免费榜|App|应用程序|应用", re.IGNORECASE)
_SOURCE = compiled(
    r"(?:据|按照?|根据|在)\s?(?P<who>{ORG})[^。,，]{0,10}?(?:数据|统计|口径|报告|排行|排名|榜)|(?P<whose>{ORG})(?:的)?(?:数据|统计)(?:显示|指出)"
)
_STORE_LIST = re.compile(r"App Store|AppStore|Play Store|应用商店|免费榜|下载(?:量|榜|排行)|应用程序|移动应用", re.IGNORECASE)
_APP = re.compile(r"应用|APP", re.IGNORECASE)
_PLATFORM = re.compile(r"平台|社区|应用|产品|APP|工具|网站|助手", re.IGNORECASE)
_SAME_ONE = re.compile(r"(?:而|但|同时|此外|并且?|也|还|又|更|,|，|\s|“|「)*(?:其|它|该|这)")


def subjects_of(view: SentenceView, at: int, noun: str = "", *, reach: int = 2) -> tuple[Token, ...]:
    """What the rank at shadow offset `at` is of, with the list it stands in. `noun` is what is ranked, as far as said: a model is looked for where it says
    模型, a company where it says 公司. A clause that names something compared with (`超越X`) is not about that."""
    if _COMPANY.search(noun):
        kinds: tuple[str, ...] = ("ORG",)
    elif _PLATFORM.search(noun[-8:]):
        kinds = ("PRODUCT", "ORG", "MODEL") if _APP.search(noun) else ("PRODUCT", "ORG")
    elif _MODELS.search(noun):
        kinds = ("MODEL",)
    else:
        kinds = RANKED
    without = compared_in(view)
    clause = view.clause_at(at)
    for part in reversed(view.clauses[: clause.number + 1]):
        if token := _topic(view, part.left, min(part.right, at), kinds, without):
            return _with_list(view, token, at, without)
        if part is clause and re.match(r"[^,，]{0,3}[A-Z][a-z]{3,}", view.shadow[clause.left : at]):
            return ()  # a name that nobody knows
    if not reach or ("ORG" in kinds and len(kinds) == 1):
        return ()
    if any(t.kind in ("COUNTRY", "PERSON", "COHORT") for t in clause.tokens if t.at < at) and not _SAME_ONE.match(
        view.shadow[clause.left :]
    ):
        return ()
    carried = subject_of(view, at, reach=reach, without=without)
    return (carried,) if carried is not None and carried.kind in kinds else ()


def _topic(view: SentenceView, left: int, right: int, kinds: tuple[str, ...], without: Collection[Token]) -> Token | None:
    here = [t for t in view.tokens_in(left, right, *kinds) if not is_owner(view, t) and t not in without and not _is_setting(view, t)]
    things = [t for t in here if t.kind != "ORG"]
    for group in (things, here):
        for token in group:
            if not is_oblique(view, token) or _NAMED.search(view.shadow, left, token.at):
                return token
        for token in reversed(group):
            if token.kind != "ORG" and _RELEASED.search(view.shadow, left, token.at):
                return token
    return None


def _is_setting(view: SentenceView, token: Token) -> bool:
    """True for a name that only says where or by whom: `Hugging Face上`, `IDC数据`, the owner of a list."""
    following = view.shadow[token.at + 1 : token.at + 6]
    return bool(re.match(compiled(r"的?(?:数据|统计|报告|CEO|创始|口径|评测|{BENCHMARK})|上|中|榜").pattern, following))


def _with_list(view: SentenceView, token: Token, at: int, without: Collection[Token]) -> tuple[Token, ...]:
    group = tuple(t for t in view.siblings(token) if t.at < at and t not in without and not is_owner(view, t))
    return tuple(in_brackets(view, t) for t in group) or (token,)


def subject_fields(token: Token, words: str) -> dict[str, str | None]:
    """subject_type, subject_id and subject_text: a company with an app of its name is the app where the list is of apps."""
    if (token.kind == "ORG" and _STORE.search(words)) or (token.kind == "MODEL" and _STORE_LIST.search(words)):
        app = app_named(token.mention.text)
        if app is not None:
            return {"subject_type": "product", "subject_id": app, "subject_text": None}
    kind = "country" if token.kind == "COUNTRY" else token.kind.lower()
    return {"subject_type": kind, "subject_id": token.entity_id, "subject_text": None}


def board_of(view: SentenceView, at: int) -> str | None:
    """The leaderboard, or who ranks: named in the sentence, else in the one before where this one speaks of its list."""
    for token in sorted((t for t in view.tokens if t.kind == "BENCHMARK"), key=lambda t: (t.at > at, abs(t.at - at))):
        return name_of(token)
    for found in _SOURCE.finditer(view.shadow):
        source = view.token_at(found.start("who") if found["who"] else found.start("whose"))
        if source is not None:
            return name_of(source)
    behind = view.previous
    if behind is not None and behind.sentence.section == view.sentence.section:
        return next((name_of(t) for t in reversed(behind.tokens) if t.kind == "BENCHMARK"), None)
    return None


def date_of_list(view: SentenceView) -> dict[str, Any]:
    """The date columns of a list that the sentence before names and dates, for a sentence without a board or a time of its own; else nothing."""
    behind = view.previous
    if (
        behind is None
        or behind.sentence.paragraph < view.sentence.paragraph - 1
        or any(t.kind in ("BENCHMARK", "TIME") for t in view.tokens)
    ):
        return {}
    times = [t for t in behind.tokens if t.kind == "TIME" and t.time.date_start is not None]
    return date_fields(behind, times[0]) if times and any(t.kind == "BENCHMARK" for t in behind.tokens) else {}


def clean(category: str | None) -> str | None:
    """A field of a list as written, None if there is none or it is cut out of names."""
    if not category or re.search("[\ue000-\ue0ff]", category) or category in ("了", "到", "上"):
        return None
    return category.strip() or None


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
    bare = re.sub(r"^(?:\s|的|了|到)+|(?:能力|榜单|榜|类|方面|领域|单项|等|的|上|中|里|内|任务|\s)+$", "", words)
    parts = [p for p in re.split(r"、|和|与|及|/", bare) if p]
    return (
        [re.sub(r"(?:类|榜|能力)$", "", p) for p in parts]
        if 1 < len(parts) <= 4 and all(len(p) <= 8 for p in parts)
        else [bare]
        if bare
        else []
    )

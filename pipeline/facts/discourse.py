"""Who a clause is about: subjects carried over clauses, sentences and paragraphs, pronouns, heads of noun phrases and headings.

Chinese drops subjects. `subject` answers "which entity of these kinds is the one that this place speaks of", nearest evidence first; `actors` gives the
whole list it stands in, `owner_of` the organisation behind a model or product. Which kinds a fact may have as its subject is the business of that
fact's module.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pipeline.facts.view import Clause, SentenceView, Token
from pipeline.lexicon import load

# a mention after one of these is not the subject of its clause
_GOVERNS = (
    r"与|和|同|跟|向|对|给|由|被|将|把|让|使|令|比|较|据|从|在|于|为|以|用|除了?|继|靠|凭|受|像|如|因|基于|超越|超过|对标|对比|相比|相较于?|根据|通过|来自|"
    r"包括|包含|例如|比如|诸如|类似|除|随着|作为|成为|面对|针对|围绕|关于|对于|至于|参考|借鉴|依托|依赖|考虑到|鉴于|"
    r"采用|使用|选择|发布|推出|开源|上线|投资|领投|参投|收购|加入|离开|支持|接入|集成|搭载|部署|训练|调用|合作的?|不及|"
    r"不如|低于|高于|优于|赶超|追赶|媲美|持平|领先|"
    r"挑战|击败|打败|碾压|逼近|接近|达到|成立|创办|创立|联合|携手|联手|聘请|任命|挖走|起诉|指控|质疑|批评|称为|誉为|"
    r"叫做|名为|打造|开发|研发|看好|押注|抢夺|争夺|"
    r"拿下|登陆|登录|进入|走进|并入|划归|划入|转入|交给|卖给|出售给|送至|转投|出身|供职于|任职于|就职于|服务于|来自于|源自|属于|隶属于?|以及|所谓"
)
_OBLIQUE = re.compile(rf"(?:{_GOVERNS})(?:了|过|的|着|出)?[\s\"“‘《(（「『]*$")
# 与石油巨头X合作, 由英国公司X: a short description between the preposition and the name
_OBLIQUE_DESCRIBED = re.compile(
    r"(?:与|和|同|跟|向|由|被|从|比|据|除|继|对)[\u4e00-\u9fffA-Za-z]{0,8}(?:巨头|公司|企业|厂商|平台|机构|大厂|媒体|"
    r"团队|伙伴|对手|子公司|创企|独角兽)[\s\"“‘《「『]*$"
)
_NOT_OBLIQUE = re.compile(
    r"(?:(?:企业|公司|厂商|品牌|巨头|大厂|平台|机构|产品|应用)[,，]?如|由于|比如|如今|例如|不同|相同|共同|如同|同时|"
    r"如果|认为|作为|以为|因为|称为|成为|较为|最为|大将|名将|干将|猛将|老将|主将|女将|小将|现在|正在|存在|所在|总和|温和|饱和|难以|可以|得以|予以|甚至于|终于|"
    r"关于)$"
)
_BRACKETED = re.compile(r"[\ue000-\uf8ff][(（][^()（）]{1,12}[)）](?:[、和与及]|以及)$")
_SPEAKS_OF_IT = re.compile(
    r"^[\s“\"]*(?:而|但|同时|此外|另外|目前|如今|其中|随后|此后|因此|不过|甚至)?[,，]?(?:它们?(?!的)|该公司(?!的|旗下)|"
    r"这家(?:[\u4e00-\u9fff]{0,6})?(?:公司|企业|巨头|机构)(?!的|旗下))"
)
_TOPICAL = re.compile(r"[^,，。;；、]{0,4}(?:为例|来说|来讲|而言|来看|在内)")  # 以X为例 makes X the topic
_PRONOUN = re.compile(
    r"^[\"“‘\s]*(?:而|但|同时|此外|另外|目前|如今|当前|其中|并且?|随后|此后|对此|因此|不过|据悉|据了解|截至目前)?[,，]?\s*"
    r"(?P<word>该(?P<class>公司|企业|机构|模型|产品|应用|平台|大学|团队|实验室)?|这(?:家|款|个|一)(?P<kind>公司|企业|"
    r"机构|初创公司|创业公司|科技巨头|巨头|模型|产品|应用|大模型)?|其|它们?|公司)"
)
_LATTER, _FORMER = re.compile(r"^[\s“\"而但且]{0,2}后者"), re.compile(r"^[\s“\"而但且]{0,2}前者")
_BOTH = re.compile(r"双方|两者|二者|两家(?:公司|企业)?(?!大厂)")
_THING_WORDS = frozenset(("模型", "产品", "应用", "大模型", "平台"))
_COMPANY_WORDS = frozenset(("公司", "企业", "机构", "初创公司", "创业公司", "科技巨头", "巨头", "大学", "实验室"))
_THINGS = frozenset(("MODEL", "PRODUCT"))
_ORGS = frozenset(("ORG",))
# A支持的B, A旗下B: the noun phrase is about B
_HEAD_LINK = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z“”\"]{0,6}(?:的|旗下|孵化|控股|支持|投资|母公司|子公司)[^,，、。;；:：!?！？]{0,10}|"
    r"[(（][^()（）]{0,20}[)）]的?[\u4e00-\u9fff]{0,6})"
)
_SAYS = re.compile(
    r"(?:称|透露|表示|指出|认为|报道|披露|曝|传出?|预计|预测|宣布|强调|发现|显示|说|爆料|证实|坦言|承认|声称|提到)[了,，:：“\"「\s]{0,2}$"
)
_SUBORDINATE = re.compile(
    r"^[\s“\"]*(?:随着|由于|因为|虽然|尽管|当|在[^,，]{0,30}(?:后|时|之际|背景下|之前|之后)|自从?|继|除了?|对于|据|根据|与|和|同[^时])"
)
_BRACKET = re.compile(r"[(（][^()（）]*$")


def is_oblique(view: SentenceView, token: Token) -> bool:
    """True if the mention stands after a preposition or a verb, or in brackets, so that it is not what its clause is about."""
    first = view.siblings(token)[0]
    while (before := view.token_at(first.at - 1)) is not None and before.kind in ("ORG", "PERSON", "MODEL", "PRODUCT", "COHORT"):
        first = view.siblings(before)[0]  # 将通义千问GPT-4级…: the second name stands where the first does
    while (gap := _BRACKETED.search(view.shadow, max(0, first.at - 18), first.at)) and (listed := view.token_at(gap.start())):
        first = view.siblings(listed)[0]  # 对腾讯(00700)、字节跳动
    if _TOPICAL.match(view.shadow[view.siblings(token)[-1].at + 1 :]):
        return False
    window = view.shadow[max(0, first.at - 14) : first.at]
    if _OBLIQUE.search(window[-9:]):
        return not _NOT_OBLIQUE.search(window[-9:].rstrip(' "“‘《(（「『'))
    return bool(_OBLIQUE_DESCRIBED.search(window) or _in_bracket(view, first))


def _in_bracket(view: SentenceView, token: Token) -> bool:
    clause = view.clause_at(token.at)
    return bool(_BRACKET.search(view.shadow, clause.left, token.at))


def owner_of(token: Token) -> str | None:
    """The organisation behind a name: itself, the developer of a model, the owner of a product; None if the lexicon does not say."""
    return token.entity_id if token.kind == "ORG" else house_of(token.entity_id)


def house_of(entity_id: str) -> str | None:
    """The developer of a model or the owner of a product; None if the lexicon does not say."""
    entity = load().entities.get(entity_id)
    return (entity.attributes.get("developer_org_id") or entity.attributes.get("org_id")) if entity else None


def _head(view: SentenceView, token: Token, tokens: list[Token]) -> Token:
    """The head of the noun phrase that `token` begins, among the later `tokens` of its clause; also the one that a verb of saying hands over to."""
    at = tokens.index(token)
    for later in tokens[at + 1 :]:
        between = view.between(token, later)
        if (_SAYS.search(between) and not is_oblique(view, later)) or (
            later.kind == token.kind and _HEAD_LINK.fullmatch(between) and (between.endswith("的") or not _OBLIQUE.search(between))
        ):
            token = later
        elif later not in view.siblings(token):
            break
    return token


def topic_of(view: SentenceView, clause: Clause, kinds: Collection[str], before: int | None = None) -> Token | None:
    """The subject of a clause: its first mention of `kinds` that is not oblique (standing before shadow offset `before`), or the head of its phrase."""
    tokens = [t for t in clause.tokens if t.kind in kinds and (before is None or t.at < before)]
    if (
        tokens
        and (pronoun := _SPEAKS_OF_IT.match(view.shadow[clause.left : tokens[0].at]))
        and not re.search(r"——|[:：]", view.shadow[clause.left + pronoun.end() : tokens[0].at])
    ):
        return None
    for token in tokens:
        if not is_oblique(view, token):
            return _head(view, token, tokens)
    return None


def nearest_before(view: SentenceView, at: int, kinds: Collection[str], *, left: int = 0) -> Token | None:
    """The last mention of `kinds` that ends before shadow offset `at`."""
    for token in reversed(view.tokens):
        if left <= token.at < at and token.kind in kinds:
            return token
    return None


def topic_of_sentence(view: SentenceView, kinds: Collection[str]) -> Token | None:
    """The first subject of a sentence, that of a main clause before that of a subordinate one."""
    fallback = None
    for clause in view.clauses:
        if token := topic_of(view, clause, kinds):
            if not _SUBORDINATE.search(view.shadow[clause.left : clause.right]):
                return token
            fallback = fallback or token
    return fallback


def _narrowed(view: SentenceView, clause: Clause, at: int, kinds: Collection[str]) -> Collection[str]:
    """`kinds` as far as the pronoun that opens the clause allows: 该公司 is no model, 该模型 no company."""
    found = _PRONOUN.search(view.shadow[clause.left : max(at, clause.left)])
    word = (found["class"] or found["kind"] or ("公司" if found["word"] == "公司" else None)) if found else None
    if word in _THING_WORDS and _THINGS & set(kinds):
        return _THINGS & set(kinds)
    if word in _COMPANY_WORDS and "ORG" in kinds:
        return _ORGS
    return kinds


def _lists_before(view: SentenceView, at: int, kinds: Collection[str]) -> Iterator[tuple[Token, ...]]:
    """Lists of two or more mentions before a place, nearest first, in its sentence and the two before it."""
    behind: SentenceView | None = view
    for _ in range(3):
        if behind is None:
            return
        seen: set[int] = set()
        for token in reversed(behind.tokens):
            if token.kind in kinds and (behind is not view or token.at < at) and token.at not in seen:
                group = behind.siblings(token)
                seen |= {t.at for t in group}
                if len({t.entity_id for t in group}) > 1:
                    yield group
        behind = behind.previous


def _former_or_latter(view: SentenceView, clause: Clause, at: int, kinds: Collection[str]) -> Token | None:
    """What 前者 or 后者 at the head of the clause stands for: the first or last member of the pair named before, else the last mention."""
    text = view.shadow[clause.left : max(at, clause.left + 4)]
    latter, former = _LATTER.search(text), _FORMER.search(text)
    if not latter and not former:
        return None
    pair = next((g for g in _lists_before(view, clause.left, kinds) if len(g) == 2), None)
    if pair:
        return pair[-1] if latter else pair[0]
    earlier = [t for t in view.tokens if t.at < clause.left and t.kind in kinds]
    if not earlier and view.previous:
        earlier = [t for t in view.previous.tokens if t.kind in kinds]
    return (earlier[-1] if latter or len(earlier) < 2 else earlier[-2]) if earlier else None


def subject(view: SentenceView, at: int, kinds: Collection[str], *, reach: int = 3) -> Token | None:
    """The entity that the place `at` (shadow offset) is about.

    In order: the subject of its clause before `at`, what 前者/后者 stands for, the subjects of earlier clauses of the sentence (latest first), then up to
    `reach` sentences back in the same section, and the heading.
    """
    clause = view.clause_at(at)
    if token := topic_of(view, clause, kinds, at):
        return token
    if token := _former_or_latter(view, clause, at, kinds):
        return token
    kinds = _narrowed(view, clause, at, kinds)
    for earlier in reversed(view.clauses[: clause.number]):
        if token := topic_of(view, earlier, kinds):
            return token
        if token := _former_or_latter(view, earlier, at, kinds):
            return token
        kinds = _narrowed(view, earlier, at, kinds)
    return carried(view, kinds, reach)


def carried(view: SentenceView, kinds: Collection[str], reach: int = 3) -> Token | None:
    """The topic that a sentence without a subject of `kinds` takes over from what stands before it."""
    behind = view.previous
    steps = 0
    while behind is not None and steps < reach:
        if behind.is_heading:
            return topic_of_sentence(behind, kinds)
        if token := topic_of_sentence(behind, kinds):
            return token
        if behind.sentence.section != view.sentence.section:
            return None
        behind, steps = behind.previous, steps + 1
    return None


def _view_of(view: SentenceView, token: Token) -> SentenceView | None:
    """The sentence a token stands in: this one or one before it."""
    behind: SentenceView | None = view
    while behind is not None and behind.start > token.start:
        behind = behind.previous
    return behind


def actors(view: SentenceView, at: int, kinds: Collection[str] = _ORGS, *, reach: int = 3) -> tuple[Token, ...]:
    """Everyone the place `at` is about: the subject with the list it stands in; for 双方, 两家 the pair named before. Empty if nobody is."""
    clause = view.clause_at(at)
    if _BOTH.search(view.shadow, clause.left, at) and topic_of(view, clause, kinds, at) is None:
        pair = next((g for g in _lists_before(view, at, kinds) if len(g) == 2), None)
        if pair:
            return pair
    token = subject(view, at, kinds, reach=reach)
    if token is None:
        return ()
    home = _view_of(view, token)
    if home is None or _FORMER.search(view.shadow[clause.left : at]) or _LATTER.search(view.shadow[clause.left : at]):
        return (token,)
    return home.siblings(token)


def is_government(token: Token) -> bool:
    """True for a state, a public authority or a country: what it forbids is a sanction, what it gives is backing."""
    if token.kind == "COUNTRY":
        return True
    entity = load().entities.get(token.entity_id)
    return bool(entity and entity.attributes.get("org_type") == "government")

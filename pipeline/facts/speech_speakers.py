"""Who speaks: the name, the role, the pronoun or nothing at all that stands before a verb of speech, and whom a pronoun means.

Finding the verbs is in `speech_verbs`, what they say in `speech`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.facts.discourse import house_of, is_oblique, subject, topic_of_sentence
from pipeline.facts.speech_masks import BRACKETED
from pipeline.facts.view import KINDS, SentenceView, Token
from pipeline.lexicon import load

_TOKEN = "[\ue000-\ue021]"
_SPEAKERS = ("PERSON", "ORG", "MEDIA")
_EDGE = re.compile(r"[,，。;；:：!！?？\n]|——|[”」』\"]")
_CONJUNCTION = re.compile(
    r"(?:不过|但是?|而且?|同时|并且?|且|此外|另外|其中|随后|随即|之后|然后|接着|接著|最后|对此|因此|所以|甚至|然而|其实|例如|比如|正如|如|如同|就像|也|还|又|则|更|"
    r"再次?|曾经?|当时的?|那时|后来|此前|近日|日前|最近|近期|昨日|今日|今天|早前|稍早|早些时候|事实上|当然|尤其是?|特别是?|即便|虽然|尽管|至于|一边|一面|当|既|都|均|一致|"
    r"进一步|明确|公开|直接|反复|多次|首次|一度|已经?|就|却|只|才|仍然?|依然|一直|始终|普遍|纷纷|联合|共同|相继|先后|分别|不约而同|不约而同地|据悉|据此|总的来说|有趣的是|值得注意的是|\[\d{1,2}\]|\s)"
)
_ADVERB = re.compile(
    r"(?:[^\W\d_]{1,6}?地(?![区方位点])|过去|上周|本周|上月|本月|去年|今年|近期内?|刚刚?|昨晚|最新|只是|仅仅?|随即|立即|当场|亲自|也|还|又|则|就|都|均|更是?|更|再次?|再度|曾经?|已经?|甚至|一度|一直|始终|随后|随即|此前|近日|日前|最近|近期|昨日|今日|今天|当日|"
    r"同日|早前|早在|稍早|当时|同时|并且?|且|在?进一步|明确|公开|直接|反复|多次|首次|率先|特别|重点|坦率|坦诚|坚定|一再|曾多次|主动|仍然?|依然|表面上|最后|最终|接着|接著|"
    r"然后|其实|会|不得不|难得|毫不避讳|毫不讳言|不讳言|直言不讳|语重心长|意味深长|笑着|反问|严正|明言|共同|联合|一致|纷纷|普遍|相继|先后|不约而同地?|继续|发出|如此|这样|这么|"
    r"如是|所|正|正在|一边|没有|并未|并不|不|绝不|从不|只|却|才|先|另外|另|此外|而|但|对此|就此|为此|因此|持续|开玩笑|有些|有点|十分|非常|相当|一语道破|\s|_|[、])"
)
_PHRASES = tuple(
    re.compile(p)
    for p in (
        r"(?:在|于)[^,，。;；:：!！?？“「]{1,30}(?:上|中|时|里|后|前|期间|内|间|下|会|处|台|之际|现场|文|信|报告|论坛|峰会|大会|采访|访谈|节目|推特|微博|博客|讲话|演讲|当天|当日|以来)",
        rf"(?:在|于){_TOKEN}|(?:在|于)[^,，。;；:：]{{1,8}}$",
        rf"(?:对|向|跟|与|和|同|给){_TOKEN}(?:记者|媒体|团队|员工|网友|栏目)?",
        r"(?:对|向|跟|与|和|同|给)[^,，。;；:：]{0,10}?(?:记者|媒体|人士|员工|网友|用户|分析师|我们|他|她|外界|团队|投资者|投资人|客户|股东|听众|观众|议员|参议员|笔者|大家|公众)",
        r"(?:对|针对|就|关于|围绕|谈及|谈到|提及|面对)[^,，。;；:：“「]{1,24}(?:$|[时上中])",
        r"(?:与|和|同|跟)[^,，。;；:：]{1,30}(?:中|时|上|里|后|之后)",
        r"(?:接受|受访|受|参加|出席|参与|做客|通过|借助|利用|用|以|凭|由于|为了|根据|按照?|随着|自|从|代表|被)[^,，。;；:：“「]{0,22}(?:采访|专访|访谈|访问|受访|时|中|后|上|会|提问|邀请|渠道|方式|文章|平台|口吻|名义|语气|态度|坦率|来|之|问及|追问)",
        r"(?:受访|采访|访谈|演讲|致辞|讲话|发言|开场|回信|回帖|回复|发布会|直播|财报会|电话会|备忘录|内部信|公告|声明|新闻稿|白皮书|社论|博客|推文|论文|报告|研报|文章|文中|官网|官方微博|官微)[时中里上]?",
        r"(?:发表|发布|公开|撰写|更新)(?:了)?(?:的|一篇|一份|一则|最新|一次)?(?:讲话|演讲|文章|声明|评论|报告|研报|博文|博客|推文|公告|帖子|视频|内部信|公开信|论文|致辞|观点|看法|长文)?",
        r"(?:发文|发推|发帖|撰文|刊文|致信|致辞|留言|转发|评价|评论|回应|点评|谈及|形容|批评|驳斥|回复|指责|分析|总结|解释|补充|回忆|透露|介绍|展望|质疑|警告|澄清|辟谣|感慨|反驳|写信|来信|出面|表态|说法|受访|对比|回答)[^,，。;；:：“「]{0,18}",
        rf"[(（][{BRACKETED}]*[)）]|《[{BRACKETED}]*》",
    )
)
# what may stand between a name and its adverbs: titles of courtesy, parts of the house that speak for it
_SUFFIX = re.compile(
    r"(?:本人|先生|女士|博士|教授|院士|主席|总裁|总|议员|参议员|部长|老师|等(?!人士|员工)[^,，。;；:：人]{1,12}?(?=均|都|也|就|纷纷|联合|共同|一致|已|相继)|等人?|[和与及](?:一些|其他|部分|多家)[^,，。;；:：]{1,8}?(?=也|都|均)|团队|方面?|官方人士|官方|公司|集团|内部人士|内部|"
    r"研究团队|研究院|研究人员|的?(?:最新|一篇|一份|年度|季度|本次|这份|近日|发布的)*(?:报告|研报|财报|论文|技术报告|新闻稿|声明|公告|备忘录|白皮书|博客|文章|团队|工程师|研究人员|分析|调研|调查)(?:里|中|曾)?|\s|们|[,，、](?=$))"
)
_ROLE_TAIL = re.compile(
    r"(?:[\ue002\ue003]|的|旗下|首席|高级|资深|全球|中国区?|亚太区?|开发者关系|开发者|公共关系|公共政策|对外|政策|安全|运营|财务|内部|官方|公司|集团|相关|有关|一位|一名|某|多名|几位|产品|业务|项目|技术|研发|研究|工程|团队|市场|公关|智能|平台|云|汽车|智舱|AI|大?模型)*"
    r"(?:负责人|发言人|代言人|主管|项目经理|经理|总监|主任|工作人员|董事总经理|法务|律师|高层|管理团队|投资者关系|高管|管理层|内部人士|相关人士|官方人士|首席执行官|CEO|CTO|CFO|创始人|联合创始人|董事长|总裁|副总裁|总经理|工程师|研究员|研究人员|分析师|团队|员工|客服|官方账号|官微)"
)
_PRONOUN = re.compile(
    r"(?P<who>他们|她们|他|她|它|该公司|该行|该机构|机构(?=[认预指])|该报告|该研究|公司(?:方面|官方|高层|内部|管理层|高管|负责人)?|官方|(?:这份|这篇|上述|该)?(?:报告|研报|文章)(?=[还也则中指认称]|$)|"
    r"(?:上述|该|这位|前述)[^,，。;；:：的]{0,6}?(?:负责人|发言人|人士|高管|分析师|工程师|研究员|教授|院士|专家|创始人)|其(?=[还也则曾更在进表认指强称预]|$)|后者|前者|两人|二人|双方|分析师(?=[还也则表认指强预]|$)|行方)"
)
_NAME_LEFT = re.compile(r"^[\u4e00-\u9fffA-Za-z·・. ]{1,24}$")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks: tokens (one for each speaker), where the naming begins, how it was named (name|role|pronoun|carried)."""

    tokens: tuple[Token, ...]
    left: int
    how: str
    credit: str | None = None  # what the text calls an unnamed speaker


def clause_start(masked: str, at: int) -> int:
    """Where the run of words begins that holds `at`: after the last mark of clause, stop or closing quotation."""
    left = 0
    for edge in _EDGE.finditer(masked, 0, at):
        left = edge.end()
    return left


def is_filler(gap: str, lenient: bool = False) -> bool:
    """True if `gap`, which stands between a name and a verb of speech, holds only adverbs, places, times, addressees. `lenient`, where a quotation or a
    colon follows the verb: any few words without a further name will do."""
    if lenient and len(gap) <= 16 and not re.search(r"[\ue000-\ue0ff]|人士|网友", gap) and not gap.startswith("的"):
        return True
    at, suffixes = 0, True
    while at < len(gap):
        found = None
        if suffixes:
            found = _SUFFIX.match(gap, at)
        if not found or found.end() == at:
            found = None
            if KINDS["TIME"] == gap[at] or KINDS["DURATION"] == gap[at]:
                at += 1
                continue
            tried = (p.match(gap, at) for p in (*_PHRASES, _ADVERB))
            found = max((m for m in tried if m and m.end() > at), key=lambda m: m.end(), default=None)
            if found is None:
                rest = gap[at:]
                return len(rest) <= 3 and not re.search(r"[的所被\ue000-\ue0ff]", rest)
            suffixes = False
        at = found.end()
    return True


def _is_lead(lead: str) -> bool:
    """True if `lead`, the words before a pronoun or an unnamed subject, is only conjunctions, times and places."""
    at = 0
    while at < len(lead):
        if lead[at] in (KINDS["TIME"], KINDS["DURATION"]):
            at += 1
            continue
        tried = (p.match(lead, at) for p in (_CONJUNCTION, *_PHRASES, _ADVERB))
        found = max((m for m in tried if m and m.end() > at), key=lambda m: m.end(), default=None)
        if found is None:
            return False
        at = found.end()
    return True


_ADDRESSED = re.compile(
    r"(?:对|向|给|跟|告诉|据|根据|援引|引用|引述|将|把|被|遭|比|关于|针对|围绕|来自|提到|谈到|问及|回应|评价|评论|批评|指责|质疑|看|驳斥)[\s“‘《]*$"
)


_BESIDE = re.compile(r"(?:在|于|与|跟|和|同|来到|离开|加入)\s*$")


# 与某国部长X对谈时: whoever is met is no speaker
_MET = re.compile(r"(?:与|和|同|跟|对话|采访|专访)[^,，。;；:：、\ue001]{0,20}$")
_MEETS = re.compile(
    r"(?:[(（][^)）]{0,40}[)）])?(?:的)?(?:对谈|对话|交谈|会谈|会面|见面|交流|访谈|聊天|座谈|连线|辩论|通话|同台|讨论|沟通|采访|专访)"
)


def _is_aside(view: SentenceView, token: Token) -> bool:
    """True if the name stands where no speaker stands: spoken to, quoted from, acted on."""
    left = view.shadow[max(0, token.at - 8) : token.at]
    if _MEETS.match(view.shadow, token.at + 1) and _MET.search(view.shadow, max(0, token.at - 24), token.at):
        return True
    return bool(_ADDRESSED.search(left)) or (bool(_BESIDE.search(left)) and len(view.siblings(token)) == 1)


_SILENCE = re.compile(r"(?:没有|从未|并未|未曾|拒绝|未|没)(?:对外|公开|正式|明确|具体|进一步)?$")


def speakers_of(
    view: SentenceView, masked: str, verb_at: int, earlier: Sequence[tuple[int, Speakers]], *, lenient: bool = False
) -> Speakers | None:
    """Who speaks at the verb at `verb_at`; `earlier` are the places and speakers found before in this sentence. `lenient`: a quotation or colon follows.
    None if unknown, unnamed or silent."""
    start = clause_start(masked, verb_at)
    if _SILENCE.search(masked, start, verb_at):
        return None
    named = _named(view, masked, start, verb_at, lenient)
    if named:
        return named if named.tokens else None
    stretch = masked[start:verb_at]
    for found in _PRONOUN.finditer(stretch):
        if _is_lead(stretch[: found.start()]) and is_filler(stretch[found.end() :], lenient):
            return _meant(view, found["who"], start + found.start(), earlier)
    if _is_lead(stretch):
        return _carried(view, masked, start, earlier, stretch)
    return None


def _named(view: SentenceView, masked: str, start: int, verb_at: int, lenient: bool) -> Speakers | None:
    candidates = [t for t in view.tokens_in(start, verb_at, *_SPEAKERS, "MODEL", "PRODUCT") if masked[t.at] == view.shadow[t.at]]
    for token in reversed(candidates):
        if _is_aside(view, token):
            continue
        gap = masked[token.at + 1 : verb_at]
        if re.match(r"[^,，]{0,3}?(?:之后|后|时|之前|前|期间|以后)", gap) and re.search(r"在|自|从|当|随着", masked[start : token.at]):
            continue
        if token.kind in ("MODEL", "PRODUCT"):
            role = _ROLE_TAIL.match(gap)
            maker = maker_of(token)
            if role and maker and is_filler(gap[role.end() :]) and not _unknown_name(gap[role.end() :]):
                return Speakers((maker,), token.at, "role", view.raw(token.at, token.at + 1 + role.end()))
            continue
        if is_filler(gap, lenient and token.kind == "PERSON"):
            group = [t for t in view.siblings(token) if t.at >= start and not _is_aside(view, t)]
            if token.kind == "PERSON" and re.search(r"都|均|一致", gap):
                group = _all_named(view, masked, token)
            return Speakers(tuple(group) or (token,), min([token.at, *(t.at for t in group)]), "name")
        if token.kind == "ORG":
            role = _ROLE_TAIL.match(gap)
            if role and role.end() > 0:
                rest = gap[role.end() :]
                if is_filler(rest) and not _unknown_name(rest):
                    return Speakers((token,), token.at, "role", view.raw(token.at, token.at + 1 + role.end()))
                if _NAME_LEFT.match(rest):
                    return Speakers((), token.at, "role")
    return None


def _all_named(view: SentenceView, masked: str, last: Token) -> list[Token]:
    """Everybody named in the sentence up to `last`: 甲公司的A、乙公司的B，都…"""
    named = {
        t.entity_id: t
        for t in view.tokens
        if t.kind == "PERSON" and t.at <= last.at and masked[t.at] == view.shadow[t.at] and not _is_aside(view, t)
    }
    return list(named.values())


def maker_of(token: Token) -> Token | None:
    """The organisation behind a model or product, as a token in its place."""
    org = house_of(token.entity_id)
    return replace(token, kind="ORG", value=replace(token.mention, type="org", entity_id=org)) if org else None


def _unknown_name(rest: str) -> bool:
    """True if a role is followed by two to four characters that are no adverb: the name of somebody nobody has listed."""
    bare = rest.strip()
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", bare)) and not _ADVERB.match(bare) and not any(p.match(bare) for p in _PHRASES)


def _meant(view: SentenceView, who: str, at: int, earlier: Sequence[tuple[int, Speakers]]) -> Speakers | None:
    """Whom a pronoun or a name like 该公司 means."""
    if who in ("他", "她"):
        token = person_before(view, at, earlier)
        return Speakers((token,), at, "pronoun") if token else None
    if who in ("他们", "她们") and re.search(
        r"人士|网友|用户|专家|研究者|员工|学者|人员", view.shadow[:at] + (view.previous.shadow if view.previous else "")
    ):
        return None
    if who == "他们" and (house := _house_of(view, at, earlier)):
        return Speakers((house,), at, "pronoun")
    if who in ("两人", "二人", "双方", "他们", "她们"):
        tokens = _last_speakers(view, earlier, 4, ("PERSON", "ORG"), several=True)
        return Speakers(tokens, at, "pronoun") if tokens else None
    if "报告" in who or ("研" in who and who != "该研究员") or who == "文章":
        tokens = _last_sources(view)
        return Speakers(tokens, at, "pronoun", who) if tokens else None
    if who.startswith(("上述", "前述")) or (who.startswith(("该", "这位")) and re.search(r"人$|人士|高管|师|员|教授|院士|专家", who)):
        tokens = _last_speakers(view, earlier, 8, ("ORG", "PERSON"))
        return Speakers(tokens, at, "pronoun") if tokens else None
    if who == "分析师":
        return None
    if who in ("该行", "该机构", "机构", "行方"):
        token = _last_house(view)
        return Speakers((token,), at, "pronoun") if token else None
    if who in ("后者", "前者", "它", "其"):
        if who == "其" and earlier:
            return Speakers(earlier[-1][1].tokens, at, "pronoun")
        token = subject(view, at, ("ORG", "PERSON") if who != "它" else ("ORG",))
        return Speakers((token,), at, "pronoun") if token else None
    token = company_before(view, at)
    return Speakers((token,), at, "pronoun", who if len(who) > 2 and who[:2] == "公司" else None) if token else None


def _house_of(view: SentenceView, at: int, earlier: Sequence[tuple[int, Speakers]]) -> Token | None:
    """The one company that 他们 means: the last name before it in the sentence, or the sole subject of the sentence before. None if people stand there."""
    if earlier:
        return None
    here = [t for t in view.tokens if t.at < at and t.kind in ("PERSON", "ORG")]
    if here:
        last = here[-1]
        return last if last.kind == "ORG" and len(view.siblings(last)) == 1 and not is_oblique(view, last) else None
    behind = view.previous
    if behind is None or behind.is_heading or any(t.kind == "PERSON" for t in behind.tokens):
        return None
    topic = topic_of_sentence(behind, ("ORG",))
    return (
        topic if topic and len(behind.siblings(topic)) == 1 and len({t.entity_id for t in behind.tokens if t.kind == "ORG"}) == 1 else None
    )


def company_before(view: SentenceView, at: int) -> Token | None:
    """The company that 公司 or 官方 means: the one the text has been about, passing over sentences that themselves say 该公司."""
    here = [t for t in view.tokens if t.at < at and t.kind == "ORG" and not is_oblique(view, t)]
    if here:
        return here[-1]
    behind, steps = view.previous, 0
    while behind is not None and steps < 5:
        if not re.search(r"该公司|这家公司|公司(?:内部|方面|高管)", behind.shadow) or behind.is_heading:
            return topic_of_sentence(behind, ("ORG",)) or subject(behind, 0, ("ORG",))
        behind, steps = behind.previous, steps + 1
    return None


def _carried(view: SentenceView, masked: str, start: int, earlier: Sequence[tuple[int, Speakers]], stretch: str) -> Speakers | None:
    """The speaker of a verb without a subject: the speaker before in the sentence, else what an earlier clause is about."""
    before = [s for place, s in earlier if place < start]
    if before:
        return Speakers(before[-1].tokens, start, "carried")
    by = re.search(r"被\s?(\ue001)[^,，。;；\ue000-\ue021]{1,8}[,，]$", masked[:start])
    actor = view.token_at(by.start(1)) if by else None
    if actor:
        return Speakers((actor,), start, "carried")
    if re.fullmatch(r"\s*(?:也|则|就)?(?:都|均|一致)(?:[\u4e00-\u9fff]{0,4})", stretch) and (
        people := [t for t in view.tokens if t.at < start and t.kind == "PERSON"]
    ):
        return Speakers(tuple(_all_named(view, masked, people[-1])), start, "carried")
    for token in view.tokens:
        if token.at >= start or token.kind not in ("PERSON", "ORG") or masked[token.at] != view.shadow[token.at] or is_oblique(view, token):
            continue
        if view.shadow[token.at + 1 : token.at + 2] == "的" or _is_aside(view, token):
            continue
        edge = clause_start(masked, token.at)
        if token.kind == "ORG" and (
            len(re.findall("[,，]", masked[token.at : start])) > 1 or not _is_lead(_plain(masked[edge : token.at]))
        ):
            continue
        if token.kind == "ORG" and any(t.kind == "PERSON" and token.at < t.at < start for t in view.tokens):
            continue
        return Speakers(tuple(view.siblings(token)), start, "carried")
    if (
        not start
        and not stretch.strip()
        and view.previous
        and view.previous.notes.get("unfinished")
        and not view.previous.notes.get("speech")
    ):
        tokens = _last_speakers(view, (), 1, ("PERSON", "ORG"), several=True)
        return Speakers(tokens, start, "carried") if tokens else None
    if re.match(r"\s*(?:并|还|也|然后|随后|同时|又|此外还|但也|但还|接着)", stretch):
        tokens = _last_speakers(view, (), 2, ("PERSON", "ORG"))
        return Speakers(tokens, start, "carried") if tokens else None
    return None


def _plain(lead: str) -> str:
    """The lead of a clause without the list of names that its subject closes."""
    return re.sub(rf"(?:{_TOKEN}|[、和与及等])*$", "", lead)


def _acts_of(view: SentenceView) -> list[Speakers]:
    known = view.notes.get("speakers")
    return known if isinstance(known, list) else []


def _last_speakers(
    view: SentenceView, earlier: Sequence[tuple[int, Speakers]], reach: int, kinds: tuple[str, ...], *, several: bool = False
) -> tuple[Token, ...]:
    """The last speakers of `kinds` in this sentence or up to `reach` sentences back."""
    if earlier and all(t.kind in kinds for t in earlier[-1][1].tokens):
        return earlier[-1][1].tokens
    behind, steps = view.previous, 0
    while behind is not None and steps < reach:
        for spoken in reversed(_acts_of(behind)):
            if spoken.tokens and all(t.kind in kinds for t in spoken.tokens):
                return spoken.tokens if several else spoken.tokens[:1]
        behind, steps = behind.previous, steps + 1
    return ()


def _last_sources(view: SentenceView) -> tuple[Token, ...]:
    behind, steps = view.previous, 0
    while behind is not None and steps < 6:
        source = behind.notes.get("source")
        if isinstance(source, tuple) and source:
            return source
        said = [s.tokens for s in _acts_of(behind) if s.tokens and s.tokens[0].kind == "ORG"]
        if said:
            return said[-1]
        behind, steps = behind.previous, steps + 1
    return ()


def _last_house(view: SentenceView) -> Token | None:
    """The analyst, bank or institute named last: whom 该行 means."""
    behind, steps = view.previous, 0
    while behind is not None and steps < 12:
        for token in behind.tokens:
            if token.kind == "ORG" and is_analyst(token.entity_id):
                return token
        behind, steps = behind.previous, steps + 1
    return None


def person_before(view: SentenceView, at: int, earlier: Sequence[tuple[int, Speakers]] = (), reach: int = 6) -> Token | None:
    """Whom 他 or 她 means: the last to speak in the sentence, else its first person; else the same in the sentences before, nearest first."""
    if earlier:
        token = earlier[-1][1].tokens[0]
        if token.kind == "PERSON" or earlier[-1][1].how == "role":
            return token
    here = [t for t in view.tokens if t.at < at and t.kind == "PERSON" and not is_oblique(view, t)]
    if here:
        return here[0]
    behind, steps = view.previous, 0
    while behind is not None and steps < reach:
        for spoken in reversed(_acts_of(behind)):
            if spoken.tokens and (spoken.tokens[0].kind == "PERSON" or spoken.how == "role"):
                return spoken.tokens[0]
        named = [t for t in behind.tokens if t.kind == "PERSON" and not is_oblique(behind, t)]
        if named:
            return named[0]
        behind, steps = behind.previous, steps + 1
    return None


@cache
def is_analyst(entity_id: str) -> bool:
    """True for houses whose business is to judge others: analysts, investors, media, universities."""
    entity = load().entities.get(entity_id)
    return entity is not None and entity.attributes.get("org_type") in ("analyst", "investor", "media", "university", "other")

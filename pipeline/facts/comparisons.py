"""Rules of `comparisons`: one model or product set against others; one row for each of them. Which things are meant is found in `comparisons_things`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.facts.comparisons_aspects import NO_VALUE, adjective_relation, aspect_of, measured, names_performance
from pipeline.facts.comparisons_things import as_thing, listed_from, subject_of, thing_after
from pipeline.facts.patterns import Fact, compiled
from pipeline.facts.view import SentenceView, Token

_C = r"[^。!?！？;；,，]"
# verb before what is compared with -> relation
_BETTER = compiled(
    r"(?:大幅|全面|显著|明显|远远|首次|短暂|一度|一举)?(?:超越|超过|优于|胜过|击败|打败|碾压|力压|反超|赶超|强于|好于|完胜|秒杀|吊打|远超|领先于|领先(?=[{ORG}{MODEL}{PRODUCT}])|甩开|高于)"
).pattern
_WORSE = r"(?:(?P<slightly>略|稍|稍微|微)?(?:低于|(?<!迫)不及(?![待格时])|逊于|逊色于|弱于|不如|落后于?|输给|次于|差于))"
_EQUAL = r"(?:比肩|媲美|追平|打平|持平于?|看齐|匹敌|堪比|等同于|不输于?|不逊于|不逊色于|直追)"
_NEAR = r"(?:接近于?|逼近|直逼)"
_VERB = re.compile(
    rf"(?P<better>{_BETTER})|(?P<worse>{_WORSE})|(?P<equal>{_EQUAL})|(?P<near>{_NEAR})|(?P<aimed>(?<=性能)对标|(?<=能力)对标|(?<=效果)对标|(?<=全面)对标|相当于)"
)
_WITH = re.compile(r"(?<![参])(?:与|和|跟|同)(?!步|样|时|期|系列|类|级|等|为|属|行|一)")
_EVEN = re.compile(
    rf"^{_C}{{0,24}}?(?:相?媲美|比肩|看齐|相当(?![大多高长的于])|持平|一较高下|并驾齐驱|旗鼓相当|不相上下|齐平|匹敌|抗衡|打平|掰手腕|一致|不分伯仲|同等水平|同一水平)"
)
_BEATEN = re.compile(rf"^{_C}{{0,10}}?(?:比拼|较量|对比|比较|PK|对决){_C}{{0,4}}[,，]?{_C}{{0,6}}?(?P<won>领先|胜出|获胜|占优|更优)")
_REACH = re.compile(r"(?:达到|达成|具备|拥有|实现)(?:了|与)?")
_LEVEL = re.compile(rf"^{_C}{{0,10}}?(?:水平|水准|级别|的?效果|的?性能|同等)")
_THAN = re.compile(r"(?<![相对占环同可堪性价百])比(?![如例较重特赛亚肩])|(?<![比相])较(?![大量高强])|相较于?|相比于?|对比")
_SIZE = re.compile(r"[大小多少长]了?")
_ADJECTIVE = re.compile(
    rf"^{_C}{{0,18}}?(?P<more>更|还|都|要|高出|提升|提高|降低|下降|减少|缩短|便宜|强|快|大|多|少|低|高|好|贵|慢|差|小|长)(?P<tail>{_C}{{0,14}})"
)
_LEADS = re.compile(r"领跑[,，](?P<rest>[^。!?！？;；]{2,80}?)(?:位?居|紧随|紧跟|排在)其后")
_RATIO = compiled(rf"^{_C}{{0,16}}?(?P<amount>{{PERCENT}}|{{MULTIPLE}}|{{NUMBER}})(?!{_C}{{0,2}}(?:股|用户|概率))")
_RATIO_CUE = re.compile(
    r"(?:高至|高达|只有|仅有|仅为|仅是|约为|大约为|约|等于|相当于|是|为|只要|仅需|只需|低至|达到?了?|不到|不足)(?:大约|约|大概|了)?\s*"
)
_CARRIED_RATIO = compiled(r"(?P<what>成本|价格|定价|费用|训练)[^。!?！？;；,，]{0,6}?(?:低至|仅为?|只有|只要|只需)(?P<amount>{PERCENT})")
_BLOCKED = re.compile(
    r"(?:没有?|未能?|尚未|难以|无法|能否|能不能|是否|如果|假如|即使|若|想要?|希望|试图|有机会|追上甚至|信心|为了|如何|怎么|何时|才能|难|不(?:会|能|可能|敢|曾)?|"
    r"欲|力争|力求|意图|妄图|要|旨在|目标是|以期|开始|可能|机会|要想)(?:再|全面|继续|迅速|真正)?$"
)
_CHANGES = re.compile(r"更|提升|提高|增|降|减|超|优势")
_DESCRIBED_SO = re.compile(rf"{_C}{{0,10}}?的{_C}{{0,6}}(?:模型|产品|系统|版本)")
_DESCRIBES = re.compile(rf"(?:等|系列|模型)*的{_C}{{0,8}}(?:模型|产品|系统|版本)")
_BRINGS = re.compile(r"(?:发布|推出|接入|打造|训练|开源|创造|上线|带来|研发|复制)(?:出|了)?")
_UNREAL = re.compile(r"很难|难以|无法|未能|没能|不可能|能否|如果|假如|有可能|有能力|除非|试图|强迫|以挑战|机会|希望|目标是|信心")
_QUESTION = re.compile(r"[?？]|吗|么[。”]?$|不[”\"][,，]")
_AGAINST = re.compile(r"(?:与|和|跟|同|较|相较于?|相比于?|比起)")
_SET_AGAINST = re.compile(rf"{_C}{{0,8}}?(?:相比(?:较|之下)?|比较)?[,，]")
_CHANGED = compiled(
    rf"(?P<words>{_C}{{0,22}}?(?:提升|提高|增加|增长|加快|快|降低|减少|下降|削减|缩短|高出|高|低|便宜)(?:了|至少|约)?)(?P<amount>{{PERCENT}}|{{MULTIPLE}})"
)
_LATTER = re.compile(
    r"(?:远|大幅|明显|显著)?(?P<verb>低于|高于|优于|超过|不及|只有|仅为|仅有|约为|是)后者(?P<of>的[^。!?！？;；,，]{0,4})?"
)


def _row(
    view: SentenceView, subject: tuple[str, str], comparator: tuple[str, str], aspect: str, relation: str, value: dict[str, Any],
    span: tuple[int, int], tokens: tuple[Token, ...], rule: str,
) -> Fact:  # fmt: skip
    fields = {
        "subject_type": subject[0],
        "subject_id": subject[1],
        "comparator_type": comparator[0],
        "comparator_id": comparator[1],
        "aspect": aspect,
        "relation": relation,
        **value,
    }
    start, end = view.folded_offset(span[0]), view.folded_offset(span[1] - 1) + 1
    return Fact("comparisons", fields, start, max(end, tokens[-1].end), f"comparisons.{rule}", tokens)


def _rows(
    view: SentenceView, subject: Token | None, others: Sequence[Token], aspect: str, relation: str, value: dict[str, Any], span: tuple[int, int], rule: str
) -> Iterator[Fact]:  # fmt: skip
    """A row for each thing compared with; none for the subject itself."""
    if subject is None:
        return
    first = as_thing(others[0]) if others else None
    thing = as_thing(subject, first[0] if first else "model")
    if thing is None:
        return
    for other in others:
        against = as_thing(other, thing[0])
        if against is not None and against != thing:
            named = aspect if aspect != "board" else "performance" if thing[0] == "model" else "other"
            here = (subject, other) if subject in view.tokens else (other,)
            left = min([span[0], *(t.at for t in here)])
            yield _row(view, thing, against, named, relation, value, (left, max(span[1], other.at + 1)), here, rule)


def _subject(view: SentenceView, at: int, others: Sequence[Token]) -> Token | None:
    """The thing that the comparison describes (`媲美o1的模型R1`), else the one before it; None where it describes something without a name."""
    if described := thing_after(view, others[-1].at + 1):
        return described
    clause = view.clause_at(at)
    if _DESCRIBES.match(view.shadow, others[-1].at + 1) and _BRINGS.search(view.shadow, clause.left, at):
        return None
    return subject_of(view, at, without=compared_in(view), like=others[0])


def _is_unreal(view: SentenceView, at: int) -> bool:
    """True if what stands at shadow offset `at` is denied, wished for or asked."""
    clause = view.clause_at(at)
    return bool(_BLOCKED.search(view.shadow, clause.left, at) or _UNREAL.search(view.shadow, clause.left, at))


def _before(view: SentenceView, at: int) -> str:
    """The words of the clause before `at`; with those of earlier clauses where it says next to nothing of its own."""
    clause = view.clause_at(at)
    own = view.shadow[clause.left : at]
    if len(own) < 5 and clause.number and not own.endswith("训练"):
        return view.shadow[max(0, clause.left - 60) : at]
    return own


def _ratio_hits(view: SentenceView) -> list[tuple[int, tuple[Token, ...], Token, str]]:
    """(place of the cue, things measured against, the number, the cue) of each `仅为X的35%`."""
    hits = []
    for cue in _RATIO_CUE.finditer(view.shadow):
        clause = view.clause_at(cue.start())
        others = tuple(listed_from(view, cue.end()))
        if others and others[-1].at < clause.right and (found := _RATIO.match(view.shadow[others[-1].at + 1 : clause.right])):
            amount = view.token_at(others[-1].at + 1 + found.start("amount"))
            if amount is not None and amount.kind in ("PERCENT", "MULTIPLE"):
                hits.append((cue.start(), others, amount, cue[0]))
    return hits


def compared_in(view: SentenceView) -> frozenset[Token]:
    """The things that some verb or preposition of this sentence compares with."""
    known = view.notes.get("compared")
    if not isinstance(known, frozenset):
        ends = [m.end() for pattern in (_VERB, _THAN, _WITH, _REACH) for m in pattern.finditer(view.shadow)]
        known = frozenset(t for end in ends for t in listed_from(view, end) if t.at - end < 16)
        known |= frozenset(t for _, others, _, _ in _ratio_hits(view) for t in others)
        view.notes["compared"] = known
    return known


def _verbs(view: SentenceView) -> Iterator[Fact]:
    for found in _VERB.finditer(view.shadow):
        clause = view.clause_at(found.start())
        if _is_unreal(view, found.start()):
            continue
        others = listed_from(view, found.end() + (1 if view.shadow[found.end() : found.end() + 1] in ("了", "过") else 0))
        if not others:
            continue
        rest = view.shadow[others[-1].at + 1 : clause.right]
        if found[0] == "相当于" and not _LEVEL.match(rest):
            continue
        aspect = aspect_of(_before(view, found.start()), rest)
        relation = "better" if found["better"] else "slightly_worse" if found["near"] else "equal"
        if found["worse"]:
            relation = "slightly_worse" if found["slightly"] else "worse"
        if aspect in ("cost", "price", "training_cost", "input_price") and relation in ("better", "worse", "slightly_worse"):
            word = found[0]
            relation = "better" if re.search("低于", word) else "worse" if re.search("高于|超过|远超", word) else relation
        rule = {"better": "better", "worse": "worse", "slightly_worse": "near", "equal": "equal"}[relation]
        yield from _rows(view, _subject(view, found.start(), others), others, aspect, relation, NO_VALUE, found.span(), rule)


def _with(view: SentenceView) -> Iterator[Fact]:
    for found in _WITH.finditer(view.shadow):
        others = listed_from(view, found.end())
        if not others or others[0].at - found.end() > 12:
            continue
        rest = view.shadow[others[-1].at + 1 :]
        view.clause_at(found.start())
        if even := _EVEN.match(rest):
            aspect = aspect_of(_before(view, found.start()), rest[: even.end()])
            right = others[-1].at + 1 + even.end()
            subject = subject_of(view, found.start(), without=compared_in(view), like=others[0])
            yield from _rows(view, subject, others, aspect, "equal", NO_VALUE, (found.start(), right), "equal_with")
        elif won := _BEATEN.match(rest):
            right = others[-1].at + 1 + won.end()
            subject = subject_of(view, found.start(), without=compared_in(view), like=others[0])
            yield from _rows(view, subject, others, "performance", "better", NO_VALUE, (found.start(), right), "beats_with")


def _levels(view: SentenceView) -> Iterator[Fact]:
    for found in _REACH.finditer(view.shadow):
        view.clause_at(found.start())
        others = listed_from(view, found.end())
        if not others or _is_unreal(view, found.start()):
            continue
        if level := _LEVEL.match(view.shadow[others[-1].at + 1 :]):
            subject = subject_of(view, found.start(), without=compared_in(view), like=others[0])
            yield from _rows(
                view, subject, others, "performance", "equal", NO_VALUE, (found.start(), others[-1].at + 1 + level.end()), "level"
            )


def _than(view: SentenceView) -> Iterator[Fact]:
    """`比X更…`, `较X提升…`: the adjective decides, and the aspect with it whether more is better."""
    for found in _THAN.finditer(view.shadow):
        others = listed_from(view, found.end())
        if not others or others[0].at - found.end() > 12:
            continue
        clause = view.clause_at(found.start())
        left = others[-1].at + 1
        more = _ADJECTIVE.match(view.shadow[left : clause.right])
        if more is None:
            continue
        words = view.shadow[left : min(clause.right, left + more.end())]
        own = view.shadow[clause.left : found.start()]
        aspect = aspect_of(own if names_performance(own + words) else _before(view, found.start()), words)
        relation = adjective_relation(words, aspect)
        if relation is None:
            continue
        amount = next(iter(view.tokens_in(left, min(clause.right, left + 24), "PERCENT", "MULTIPLE", "COUNT")), None)
        value, is_ratio = measured(amount, words)
        if aspect == "performance" and _SIZE.search(words):
            aspect = "other"
        if found[0] not in ("比", "较") and amount is None and not _CHANGES.search(words):
            continue
        subject = thing_after(view, left)
        if subject is None and not (_DESCRIBED_SO.match(view.shadow, left) and _BRINGS.search(view.shadow, clause.left, found.start())):
            subject = subject_of(view, found.start(), without=compared_in(view), like=others[0])
        rule = "than_ratio" if is_ratio else "than"
        yield from _rows(view, subject, others, aspect, "ratio" if is_ratio else relation, value, (found.start(), left + more.end()), rule)


def _ratios(view: SentenceView) -> Iterator[Fact]:
    """`成本仅为X的35%`, `训练只要X的1/10`; a later `输入成本低至2%` is measured against the same thing."""
    last: tuple[Token, tuple[Token, ...]] | None = None
    hits = _ratio_hits(view)
    for at, others, amount, cue in hits:
        subject = subject_of(view, at, without=compared_in(view), like=others[0])
        if subject is None:
            continue
        value, _ = measured(amount, "")
        if value["modifier"] == "exact" and re.search("约|大概", cue):
            value = value | {"modifier": "about"}
        aspect = aspect_of(_before(view, at) + view.shadow[others[-1].at + 1 : amount.at], "", ratio=True)
        if aspect == "cost" and "训练成本" in view.shadow[:at]:
            aspect = "training_cost"
        yield from _rows(view, subject, others, aspect, "ratio", value, (at, amount.at + 1), "ratio")
        last = (subject, others)
    if last is None:
        return
    for again in _CARRIED_RATIO.finditer(view.shadow, hits[-1][2].at + 1):
        amount_again = view.token_at(again.start("amount"))
        value, _ = measured(amount_again, "")
        aspect = aspect_of(view.shadow[: again.end()][-30:], "", ratio=True)
        yield from _rows(view, last[0], last[1], aspect, "ratio", value, again.span(), "ratio_carried")


def _latter(view: SentenceView) -> Iterator[Fact]:
    """`其成本远低于后者`, `定价只有后者的约1/28`: the last things named before, and the subject they were compared with."""
    for found in _LATTER.finditer(view.shadow):
        clause = view.clause_at(found.start())
        things = [t for t in view.tokens if t.at < clause.left and as_thing(t)]
        subject = subject_of(view, found.start(), without=compared_in(view))
        named = [t for t in things if subject is None or t.entity_id != subject.entity_id]
        earlier = list(_verb_facts(view, clause.left))
        others = [t for t in named if any(t in f.tokens[1:] for f in earlier)] or named[-1:]
        if not others or subject is None:
            continue
        amount = next(iter(view.tokens_in(found.start(), found.start() + 16, "PERCENT", "MULTIPLE")), None)
        aspect = aspect_of(_before(view, found.start()), "", ratio=amount is not None)
        cheap = aspect in ("cost", "price", "training_cost", "input_price")
        relation = "better" if (found["verb"] in ("优于", "超过", "高于")) != cheap else "worse"
        if amount is not None and found["of"]:
            value, _ = measured(amount, "")
            yield from _rows(view, subject, others, aspect, "ratio", value, (found.start(), amount.at + 1), "ratio_latter")
        elif found["verb"] in ("低于", "高于", "优于", "超过", "不及"):
            yield from _rows(view, subject, others, aspect, relation, NO_VALUE, found.span(), "latter")


def _verb_facts(view: SentenceView, right: int) -> list[Fact]:
    facts = [f for f in [*_verbs(view), *_with(view)] if view.shadow_offset(f.end - 1) < right]
    last = max((f.start for f in facts), default=None)
    ends = max((f.tokens[-1].at for f in facts), default=-1)
    return [f for f in facts if last is not None and view.clause_at(f.tokens[-1].at).number == view.clause_at(ends).number] if facts else []


def _against(view: SentenceView) -> Iterator[Fact]:
    """`与X相比，Y的速度提高了N%，功耗降低了M%`: a row for each measure."""
    for found in _AGAINST.finditer(view.shadow):
        others = listed_from(view, found.end())
        if not others or others[0].at - found.end() > 10:
            continue
        tail = _SET_AGAINST.match(view.shadow, others[-1].at + 1)
        if tail is None or ("相比" not in tail[0] and found[0] in ("与", "和", "跟", "同")):
            continue
        here = view.clause_at(found.start()).number
        subject = subject_of(view, found.start(), reach=0, without=compared_in(view), like=others[0])
        for clause in view.clauses[here + 1 : here + 5]:
            subject = subject or subject_of(view, clause.right, without=compared_in(view), like=others[0])
            measure = _CHANGED.match(view.shadow, clause.left, clause.right)
            if measure is None:
                continue
            amount = view.token_at(measure.start("amount"))
            aspect = aspect_of(measure["words"], "")
            value, is_ratio = measured(amount, measure["words"])
            relation = "ratio" if is_ratio else adjective_relation(measure["words"], aspect)
            if relation is not None:
                yield from _rows(view, subject, others, aspect, relation, value, (found.start(), measure.end()), "against")


def _leaders(view: SentenceView) -> Iterator[Fact]:
    for found in _LEADS.finditer(view.shadow):
        subject = subject_of(view, found.start())
        others = list(view.tokens_in(*found.span("rest"), "MODEL", "PRODUCT"))
        yield from _rows(view, subject, others, "performance", "better", NO_VALUE, found.span(), "leads")


_FINDERS = (_ratios, _latter, _against, _than, _with, _levels, _verbs, _leaders)


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `comparisons` in a sentence, one for each pair of things and aspect."""
    if not any(t.kind in ("MODEL", "PRODUCT") for t in view.tokens) or _QUESTION.search(view.shadow):
        return
    seen: set[tuple[Any, ...]] = set()
    for finder in _FINDERS:
        for fact in finder(view):
            f = fact.fields
            key = (f["subject_id"], f["comparator_id"], f["aspect"], view.clause_at(view.shadow_offset(fact.end - 1)).number)
            if key not in seen:
                seen.add(key)
                yield fact

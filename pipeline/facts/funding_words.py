"""The words of raising money: rounds and their normal names, the roles of investors, amounts that are only a conversion. No subjects are read here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.facts.patterns import compiled
from pipeline.facts.phrases import phrase_at
from pipeline.facts.view import Clause, SentenceView, Token

_C = r"[^。!?！？;；,，]"
ROUND = re.compile(
    r"(?P<name>种子(?:\+|＋)?|(?i:pre)\s?-?\s?[A-F](?:\+|＋)*|天使\+?|首|战略|[A-Fa-f]\s?[1-9]?\s?(?:\s?(?:\+|＋))*|新一|最新一|本|上一|下一|一|第[一二三四五六]|两|多|数)"
    r"\s?轮(?!番|流|次|换|胎|廓|回)|(?P<strategic>战略)(?:融资|投资|入股|注资)|(?P<ipo>IPO|首次公开募股|首发上市)(?=[^。,，]{0,8}(?:募|融|筹))"
)
_NORMAL = (
    (re.compile(r"^种子"), "seed"),
    (re.compile(r"^天使"), "angel"),
    (re.compile(r"^pre\s?-?\s?A", re.IGNORECASE), "pre-A"),
    (re.compile(r"^A\d?\s?(?:\+|＋)", re.IGNORECASE), "A+"),
    (re.compile(r"^A", re.IGNORECASE), "A"),
    (re.compile(r"^B\d?\s?(?:\+|＋)", re.IGNORECASE), "B+"),
    (re.compile(r"^B", re.IGNORECASE), "B"),
    (re.compile(r"^C", re.IGNORECASE), "C"),
    (re.compile(r"^D", re.IGNORECASE), "D"),
    (re.compile(r"^战略"), "strategic"),
)
CUMULATIVE = re.compile(r"累计|迄今|总融资|融资总额|共(?:达到?|融|获|完成|募|筹)|合计")
STRONG = re.compile(r"融资|募资|募集|募得|募了|筹得|筹集|筹资|融到|融了|获投|注资|领投|(?<=[A-Fa-f+子使略新首一])轮(?!番|流|次)")
RECEIVED = re.compile(rf"(?:获|获得|拿到|拿下|接受|得到|斩获|引入)(?:了|过)?(?:来自)?{_C}{{0,24}}$")
GIVEN = re.compile(rf"^{_C}{{0,10}}(?:投资|注资|融资|战略投资|资金|入股|巨资)")
GENERAL = re.compile(
    r"平均|行业|领域|初创公司们|全行业|市场规模|占[^,，]{0,8}比|总额[^,，]{0,4}占|独角兽(?:[(（]即|的估值|企业的估值)|起融资|件融资|家公司"
)
_QUOTED = re.compile("[“「『]")


def phrase_clause(view: SentenceView, at: int) -> Clause:
    """The clause at shadow offset `at`; inside quoted speech, which clauses keep whole, the phrase of it."""
    clause = view.clause_at(at)
    phrase = phrase_at(view, at)
    if clause.left <= phrase.left and phrase.right < clause.right and _QUOTED.search(view.shadow, clause.left, clause.right):
        tokens = tuple(t for t in clause.tokens if phrase.left <= t.at < phrase.right)
        return replace(clause, left=phrase.left, right=phrase.right, tokens=tokens)
    return clause


def round_of(words: str) -> tuple[str, str | None]:
    """(round of schema.md, the round as written) for the words of a clause; ("unknown", None) if they name none."""
    for found in ROUND.finditer(words):
        if found["ipo"]:
            return "ipo", found[0]
        name = "战略" if found["strategic"] else found["name"]
        for pattern, normal in _NORMAL:
            if pattern.match(name):
                return normal, found[0]
    return ("cumulative", None) if CUMULATIVE.search(words) else ("unknown", None)


def is_conversion(view: SentenceView, token: Token) -> bool:
    """True if an amount only converts the one before it: `15亿美元（约合人民币110亿元）`."""
    if re.match(r"(?:约合|折合|合人民币|约合人民币)", token.quantity.text):
        return True
    return bool(re.search(r"[(（,，]\s?(?:约|折合|约合|合|相当于|约为|接近)?$", view.shadow[max(0, token.at - 5) : token.at])) and any(
        t.kind == "MONEY" and t.quantity.currency != token.quantity.currency and token.at - t.at <= 6 for t in view.tokens_in(0, token.at)
    )


def investors_of(view: SentenceView, left: int, right: int) -> tuple[list[str], list[str]]:
    """(lead investors, all investors) named as such between two shadow offsets, in the order of the text."""
    text = view.shadow[left:right]
    leads = _named(
        view, left, text, (rf"(?:由|获得?)(?P<who>{{ORG}}{_C}{{0,30}}?)(?:联合|共同)?领投", r"(?P<who>{ORGS})(?:等)?(?:联合|共同)?领投")
    )
    others = _named(
        view,
        left,
        text,
        (
            rf"领投[^。;；]{{0,6}}?(?P<who>{{ORG}}{_C}{{0,40}}?)跟投",
            rf"(?P<who>{{ORGS}})(?:等)?{_C}{{0,10}}(?:跟投|参投)",
            r"投资(?:方|人|者|机构)(?:则|主要)?(?:还)?(?:为|包括|是|有|:|：)(?P<who>[^。;；]{0,60})",
            rf"(?:来自|获得?|接受|拿到)(?:了|过)?(?:来自)?(?P<who>{_C}{{0,14}}?{{ORGS}}){_C}{{0,14}}?(?:投资|注资|资金|融资|承诺)",
            rf"拿下(?P<who>{_C}{{0,30}})的投资",
        ),
    )
    return leads, list(dict.fromkeys([*leads, *others]))


def _named(view: SentenceView, left: int, text: str, patterns: Sequence[str]) -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        for match in compiled(pattern).finditer(text):
            found += [t.entity_id for t in view.tokens_in(left + match.start("who"), left + match.end("who"), "ORG")]
        if found and "领投" in pattern and "跟投" not in pattern:
            break
    return list(dict.fromkeys(found))

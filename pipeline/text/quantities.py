"""Quantities in folded text: a number, what it counts, which currency, how open it is. Context between quantities is handled in `sharing`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.text.counted import name_unit, noun_behind
from pipeline.text.figures import FIGURE, OPENING, Figure, read
from pipeline.text.modifiers import bend
from pipeline.text.numerals import LATIN, magnitude
from pipeline.text.prices import is_denominator, price_per_tokens
from pipeline.text.sharing import Draft, share
from pipeline.text.spans import Quantity
from pipeline.text.times import scan
from pipeline.text.units import SMALL_COINS, Units, units

_NODE = re.compile(r" ?(?:[-–~～至到]|—{1,2}) ?")
_LEVEL = re.compile(r"(?:数?量级|级别|级)(?!联|数|差)")
_LEVEL_PARAMETERS = re.compile(r"个?参数(?:规模)?(?:级别|量级|级)?|(?=大?模型)")
_BEFORE_NUMBER = re.compile(r"(?:[A-Za-z_] ?|[A-Za-z0-9][-.])$")
_CONTEXT_LETTER = re.compile(r"上下文|窗口|文本长度|context", re.IGNORECASE)
_SIGN = re.compile(r"(?:US|HK|NT)?\$|[¥€£₩₹]|(?:USD|RMB|CNY|人民币|新台币|港币) ?$")
_OTHER_HOUSES = re.compile(r"[^，。、；：！？,;:!?\s的()（）\n]{0,6}?(?:医院|媒体|银行|门店|店|学校|高校|大学|餐厅|酒店|报纸)")
_PERSONS = re.compile(r"人(?![工类才化形格机物])")
_SIZE_WORD = re.compile(r"参数|规模")
_SCALE = re.compile(r"[十百千]?[万亿]{1,2}|[百千]")
# 模型高达18个: the counted noun before its number.
_COUNTED = re.compile(
    r"(模型|智能体|应用|场景|芯片|GPU|H100|H800|A100|H20|显卡)(?:的?(?:数量|总数))?(?:已|达|高达|达到|为|共|有|超过?|约|近|仅|只|增至){0,3}$"
)
_LEADING_ZERO = re.compile(r"0\d")
_MINUS_AFTER = frozenset("为到达至是约了增润损（(：:")  # 净利润为-3亿元


class _Reader:
    """Reads the quantities of one text."""

    def __init__(self, text: str, table: Units) -> None:
        self.text = text
        self.table = table

    def read(self, match: re.Match[str]) -> Draft | None:
        """The quantity that begins with this number; None where it is none."""
        text = self.text
        start = match.start()
        if start:
            previous = text[start - 1]
            if previous in "第#_.零〇" or (previous == "前" and text[start - 2 : start - 1] not in ("目", "之", "此", "以")):
                return None
            if previous == "/" and match["arabic"] is not None and text[start - 2 : start - 1].isalnum():
                return None
        if is_denominator(text, start, self.table):
            return None
        figure = read(text, match)
        if figure is None or _LEADING_ZERO.match(text, start):
            return None
        draft = self._with_unit(figure)
        if draft is None:
            return None
        if text[start - 1 : start] == "-" and text[start - 2 : start - 1] in _MINUS_AFTER and draft.value is not None:
            draft.scale(-1)
            draft.start -= 1
        draft = self._range(draft)
        bend(text, draft, self.table)
        if draft.bent and draft.is_bare:  # 2000万+用户
            noun = self.table.tail.match(text, draft.end)
            if noun is not None and noun.lastgroup == "noun":
                draft.unit, draft.strong = self.table.nouns[noun[0].strip().lower()], True
        return draft if self._accepted(draft, draft.figure, match) else None

    def _with_unit(self, figure: Figure) -> Draft | None:
        """Reads the unit after the number, or the currency sign before it."""
        text, table = self.text, self.table
        draft = Draft(figure.start, figure.end, figure.value, figure.low, figure.high, figure.modifier, unit=figure.unit, figure=figure)
        if figure.unit is not None:
            return draft
        sign = _SIGN.search(text, max(0, figure.start - 4), figure.start)
        if sign is not None and sign.end() == figure.start:
            draft.currency = table.signs[sign[0].strip()]
            draft.start, draft.strong = sign.start(), True
        tail = table.tail.match(text, figure.end)
        if tail is None:
            if draft.currency is not None:
                price_per_tokens(text, draft, table)
            self._level(draft)
            return draft
        kind, word = tail.lastgroup, tail[0].strip()
        draft.kind = kind or ""
        if kind == "half":
            kind = "tenths"
        if kind == "percent":
            draft.unit = "points" if "点" in word else "percent"
            draft.scale(0.1 if word == "‰" else 1)
        elif kind == "tenths":
            if draft.high is not None and draft.high > 10:
                return draft
            draft.scale(10)
            draft.shift(5 if tail["half"] else 0)
            draft.unit = "percent"
        elif kind == "money":
            draft.currency = draft.currency or table.currencies[word.lower()]
            if word in SMALL_COINS:
                draft.scale(1 / SMALL_COINS[word])
        elif kind == "letter":
            return self._letter(draft, word, tail.end())
        elif kind == "noun":
            draft.unit = table.nouns[word.lower()]
        elif not self._measure(draft, word, kind or "", tail.end()):
            self._level(draft)
            return draft
        draft.end = tail.end()
        draft.strong = True
        self._level(draft)
        if draft.currency is not None:
            price_per_tokens(text, draft, self.table)
        return draft

    def _letter(self, draft: Draft, word: str, end: int) -> Draft | None:
        """90B, 1.2M tokens, $6 billion, 128K 上下文."""
        text = self.text
        factor = LATIN[word.lower()]
        rest = self.table.tail.match(text, end)
        named = rest is not None and rest.lastgroup in ("noun", "money", "measure")
        if (
            word in "Bb"
            and rest is not None
            and rest.lastgroup == "noun"
            and self.table.nouns[rest[0].strip().lower()] in ("models", "gpus")
        ):
            named = False  # 32B模型 has 32B parameters
        if draft.currency is not None or named or len(word) > 1:
            draft.scale(factor)
            draft.end, draft.strong = end, True
            if rest is not None and named and draft.currency is None:
                if rest.lastgroup == "money":
                    draft.currency = self.table.currencies[rest[0].strip().lower()]
                else:
                    found = rest[0].strip()
                    draft.unit = self.table.nouns.get(found.lower()) or self.table.measure_units.get(found, found)
                draft.end = rest.end()
            if draft.currency is not None:
                price_per_tokens(text, draft, self.table)
            return draft
        if text[draft.start - 1 : draft.start] == "腾":  # 昇腾910B is a chip
            return None
        if word in "BT" and len(word) == 1:
            if word == "T" and not _SIZE_WORD.search(text, max(0, draft.start - 8), end + 4):
                return None
            draft.unit = "parameters"
        elif word in "Kk" and _CONTEXT_LETTER.search(text, max(0, draft.start - 12), end + 8):
            draft.unit = "tokens"
        elif word in "Mm" and "参数" in text[max(0, draft.start - 8) : end + 3]:
            draft.unit = "parameters"
        else:
            return None
        draft.scale(factor)
        draft.end, draft.strong = end, True
        return draft

    def _measure(self, draft: Draft, word: str, kind: str, end: int) -> bool:
        """A measure word and what it measures; False where the number cannot take it."""
        figure = draft.figure
        if kind == "figure" and figure.chinese and not figure.scaled and figure.low is not None and figure.low < 11:
            return False
        noun = (
            self.table.noun_ahead.match(self.text, end)
            if kind == "measure" and word not in ("秒", "分钟", "小时", "倍", "卡", "帧")
            else None
        )
        unit = self.table.nouns.get(noun["noun"].lower(), "") if noun is not None else ""
        if word == "次":
            unit = unit if unit in ("calls", "interactions", "downloads") else noun_behind(self.text, draft.start, self.table) or ""
            unit = unit if unit in ("calls", "interactions", "downloads") else ""
        elif word == "分":
            unit = "points"
        elif word == "个" and _PERSONS.match(self.text, end):
            unit = "people"
        elif word in ("位", "名"):
            unit = unit if unit in ("developers", "customers") else "people"
        elif word == "家" and noun is None and noun_behind(self.text, draft.start, self.table) == "customers":
            unit = "customers"
        elif word == "家" and unit not in ("companies", "customers"):
            unit = "companies" if unit or not self._is_other_house(end) else "家"
        elif word in ("个", "款", "张", "块", "颗") and not unit and noun is None:
            counted = _COUNTED.search(self.text, max(0, draft.start - 14), draft.start)
            unit = self.table.nouns[counted[1].lower()] if counted is not None else ""
        draft.unit = unit or self.table.measure_units.get(word, word)
        return True

    def _is_other_house(self, end: int) -> bool:
        """家 also counts hospitals, media and the like."""
        return _OTHER_HOUSES.match(self.text, end) is not None

    def _level(self, draft: Draft) -> None:
        """百万级, 千亿参数: a magnitude, not a number."""
        figure = draft.figure
        if not figure.bare or draft.low is None or draft.per_tokens is not None or figure.modifier != "exact":
            return
        match = _LEVEL.match(self.text, draft.end) or (
            _LEVEL_PARAMETERS.match(self.text, draft.figure.end) if figure.low and figure.low >= 10**8 else None
        )
        if match is None:
            return
        draft.value, draft.high, draft.modifier = None, draft.low * 10, "magnitude"
        draft.end = max(draft.end, match.end())
        draft.strong = True
        if "参数" in match[0] or not match[0]:
            draft.unit = "parameters"
        elif draft.unit is None and draft.currency is None:
            money = self.table.tail.match(self.text, draft.end)
            if money is not None and money.lastgroup == "money":  # 十亿级美元
                draft.currency, draft.end = self.table.currencies[money[0].strip().lower()], money.end()
            else:
                name_unit(self.text, draft, self.table)

    def _range(self, draft: Draft) -> Draft:
        """610亿—840亿, 6到8个: the second number gives its unit and scale to the first."""
        text = self.text
        if draft.modifier != "exact" or draft.value is None:
            return draft
        node = _NODE.match(text, draft.end)
        if node is None:
            return draft
        at = node.end()
        sign = _SIGN.match(text, at)
        match = FIGURE.match(text, sign.end() if sign is not None else at)
        if match is None:
            return draft
        figure = read(text, match)
        if figure is None or figure.value is None or figure.modifier not in ("exact", "over"):
            return draft
        second = self._with_unit(figure)
        if second is None or second.value is None or (second.currency is None and second.unit is None and not figure.scaled):
            return draft
        low = draft.value
        if not draft.strong and not draft.figure.scaled:
            low *= (
                second.value / (figure.value if figure.scaled is False and figure.value else 1)
                if second.unit in ("percent", "parameters") and not figure.scaled and figure.value
                else 1
            )
            if figure.scaled:
                low *= self._scale_of(figure)
        if low > second.value or (
            draft.strong and draft.unit is not None and draft.unit != second.unit
        ):  # 49%至208亿元 is a change, not a range
            return draft
        second.start, second.low, second.high, second.value, second.modifier = draft.start, low, second.value, None, "range"
        second.currency = second.currency or draft.currency
        second.unit = second.unit or draft.unit
        second.strong = second.strong or draft.strong
        second.figure = replace(figure, start=draft.figure.start, chinese=draft.figure.chinese)
        return second

    def _scale_of(self, figure: Figure) -> int:
        found = _SCALE.search(self.text, figure.start, figure.end)
        return magnitude(found[0]) if found is not None else 1

    def _accepted(self, draft: Draft, figure: Figure, match: re.Match[str]) -> bool:
        """Whether a number is a quantity and not a version, a name, an ordinal or an idiom."""
        text = self.text
        start, end = draft.figure.start, draft.end
        if (
            start
            and match["arabic"] is not None
            and draft.currency is None
            and text[start - 1].isascii()
            and _BEFORE_NUMBER.search(text, max(0, start - 6), start)
        ):
            glued = text[start - 1] != " "
            named = draft.kind == "noun" and not figure.scaled  # Grok 3模型
            clear = draft.unit == "percent" or figure.scaled or (draft.strong and not glued and not named)
            if not clear:
                return False
        if match["arabic"] is not None and text[end : end + 1].isascii() and text[end : end + 1].isalpha() and not draft.strong:
            return False
        if draft.unit is not None or draft.currency is not None:
            if (
                draft.kind == "noun"
                and not figure.scaled
                and draft.value is not None
                and draft.value % 1
                and draft.unit in ("models", "agents", "apps")
            ):
                return False  # 4.5模型 is a version
            if figure.bare and not draft.strong and not draft.bent:
                return False
            if (
                figure.chinese
                and not figure.scaled
                and figure.value == 1
                and draft.unit not in ("percent", "multiple", "points")
                and draft.currency is None
            ):
                return False
            return not (
                figure.bare
                and figure.low in (10.0, 100.0, 1000.0)
                and not draft.bent
                and draft.modifier != "magnitude"
                and draft.currency is None
            )
        if text[end : end + 1] in ("年", "天"):  # 一万年
            return False
        if figure.scaled or draft.modifier == "several":
            if figure.bare and not draft.bent and figure.modifier == "exact" and draft.modifier == "exact":
                if figure.low is None or figure.low < 10**5 or figure.low == 10**8:
                    return False
                unit = noun_behind(self.text, draft.start, self.table)
                if not unit:
                    return False
            name_unit(self.text, draft, self.table)
            return True
        if figure.chinese or match["arabic"] is None:
            return False
        return self._bare_number(draft, match)

    def _bare_number(self, draft: Draft, match: re.Match[str]) -> bool:
        """A number without unit or magnitude counts only beside a noun that says what it counts."""
        if (
            not draft.bent
            and "," not in match["arabic"]
            and not self.text[max(0, draft.start - 2) : draft.start].endswith(("达", "到", "为", "至", "了", "分", "："))
        ):
            return False
        unit = noun_behind(self.text, draft.start, self.table)
        if not unit or unit == "money" or self.text[draft.end : draft.end + 1] in ("-", ".", "/", "版", "系", "年", "月", "代"):
            return False
        draft.unit = unit
        return True


@lru_cache(maxsize=2)
def drafts_of(text: str) -> tuple[Quantity, ...]:
    expressions, addresses = scan(text)
    taken = sorted([(expression.start, expression.end) for expression in expressions] + addresses)
    reader = _Reader(text, units())
    drafts: list[Draft] = []
    last = resume = at = 0
    read_figure = FIGURE.match
    for opening in OPENING.finditer(text):
        start = opening.start()
        if start < resume:
            continue
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] <= start < taken[at][1] < opening.end():  # 2024-03-150评论
            start = taken[at][1]
            at += 1
        match = read_figure(text, start)
        if match is None:
            continue
        resume = match.end()
        if at < len(taken) and taken[at][0] < match.end():
            continue
        draft = reader.read(match)
        if draft is None:
            continue
        limit = taken[at][0] if at < len(taken) else len(text)
        if draft.end > limit or (at and draft.start < taken[at - 1][1]) or draft.start < last:
            continue
        drafts.append(draft)
        last = draft.end
        resume = max(resume, last)
    return tuple(share(text, drafts))


def quantities_in(folded: str) -> list[Quantity]:
    """The quantities of a folded text, in order and disjoint from each other and from its times."""
    return list(drafts_of(folded))

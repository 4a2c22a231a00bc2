"""Numbers in running text: where one stands and the interval it stands for (30余, 数十亿, 三五, 三分之一). What it counts is read in `quantities`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.numerals import DIGITS, magnitude, number

_SCALE = r"个亿|[十百千]?万亿|亿亿|[十百千]?[万亿]|百|千(?![瓦米克卡帆问兆])|兆(?![瓦赫芯易])"
# The characters a figure may begin with; FIGURE is tried only there.
OPENING = re.compile("[0-9一二两三四五六七八九十百千万亿几数上好成半过近对翻](?:(?<=[0-9])[0-9]+)?")
FIGURE = re.compile(
    r"(?P<fraction>\d{1,3}/\d{1,5}(?![\d/]))"
    rf"|(?P<arabic>(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?)(?P<mid>[多余几])?(?P<scale>{_SCALE})?(?P<tail>\d+(?:\.\d+)?[万千百](?![瓦米克卡]))?"
    r"|百分之(?P<hundredths>\d+(?:\.\d+)?|[零一二两三四五六七八九十百点]{1,9})"
    r"|(?P<denominator>[二三四五六七八九十百千万]{1,6})分之(?P<numerator>[一二两三四五六七八九十\d]{1,6})"
    r"|(?P<several>好?[几数](?=[十百千万亿])|十[几数]|[一二三四五六七八九]十几|上(?=[十百千万亿])|[几数](?=倍(?![增受感加]))|成(?=百上千))(?P<several_scale>[十百千万亿]{0,4})"
    r"|(?P<chinese>[一二两三四五六七八九十百千万亿][零〇一二两三四五六七八九十百千万亿]{0,39}(?:点[零〇一二三四五六七八九]{1,9}[万亿]{0,2})?)"
    r"|(?P<half>半数|一半|[过近]半数|过半(?=[数的，。、；,]|$)|近半(?![年天个导小月])|对半)"
    r"|(?P<doubled>翻(?:了)?(?P<times>[一两二三四五]?)番|翻(?:了一)?倍(?!增))"
)
# Words that begin like a number.
_IDIOMS = re.compile(
    r"百[度川胜济货姓灵炼科般]|千[问帆里万篇军禧古兆]|万[国相物一能科维达向兴家事象众圣般分众]|一[些直样定起旦方边面线切般致律时下来带同体再并向度批款家个位名项种条次则边路键站举流番步系组代二]|"
    r"[二三四五六七八九十]大|两[者岸会国端极]|三[星方农亚峡]|[四五]川|[十百]分(?!之)|五[花粮]|六[六]|七牛|八[达卦]|九[章州]|十[足分]|千丝|万万|百[花废]|千方|百折|三番|二[手维次元]|两[全]|百模|万卷"
)
_SUFFIX = re.compile(r"余(?![额下地温生])|多(?![模语轮方元数维样媒少场核头路云])|来(?=[个家款条种位名人万年天])")
_LATER_SCALE = re.compile(r"[万亿]{1,2}")  # 十余万
_HALF_NUMBERS = {"一": 2, "两": 4, "二": 4, "三": 8, "四": 16, "五": 32, "": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands: `value` as written or None, the interval, how it is open, and the unit where the number carries it (percent, multiple)."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    modifier: str = "exact"
    unit: str | None = None
    scaled: bool = False  # holds 百, 千, 万 or 亿
    bare: bool = False  # is nothing but a magnitude: 百亿
    chinese: bool = False


def read(text: str, match: re.Match[str]) -> Figure | None:
    """The figure of a FIGURE match; None for an idiom."""
    kind = match.lastgroup
    start, end = match.span()
    arabic = match["arabic"]
    if arabic is not None:
        scale = match["scale"]
        value = number(arabic + (scale or "") + (match["tail"] or ""))
        if value is None:
            return None
        over = match["mid"] is not None and match["mid"] != "几"
        if match["mid"] is not None and scale is None and text[start + len(arabic)] == "几":
            return None
        if match["mid"] is None or scale is not None:
            more = _SUFFIX.match(text, end)
            if more is not None and (scale is not None or "." not in arabic):
                end, over = more.end(), True
                following = _LATER_SCALE.match(text, end) if scale is not None else None  # 3万多亿
                if following is not None:
                    value, end = value * magnitude(following[0]), following.end()
        elif _SUFFIX.match(text, end - 1) is None:
            end, over = end - 1, False
        return _open(start, end, value, over, scaled=scale is not None)
    if match["chinese"] is not None:
        return _chinese(text, match["chinese"], start, end)
    if match["several"] is not None:
        return _several(match["several"], match["several_scale"], start, end)
    if kind == "hundredths":
        share = number(match["hundredths"])
        return None if share is None else Figure(start, end, share, share, share, unit="percent")
    if match["fraction"] is not None:
        top, bottom = (int(part) for part in match["fraction"].split("/"))
        if not 0 < top < bottom or (bottom > 10 and bottom % 5):
            return None
        return _share(start, end, top, bottom)
    if match["denominator"] is not None:
        upper, lower = number(match["numerator"]), number(match["denominator"])
        return None if not upper or not lower or upper >= lower else _share(start, end, upper, lower)
    if match["doubled"] is not None:
        value = float(_HALF_NUMBERS[match["times"] or ""])
        return Figure(start, end, value, value, value, unit="multiple")
    word = match["half"]
    if word[0] == "过":
        return Figure(start, end, 50.0, 50.0, None, "over", "percent")
    if word[0] == "近":
        return Figure(start, end, 50.0, None, 50.0, "nearly", "percent")
    return Figure(start, end, 50.0, 50.0, 50.0, unit="percent")


def _share(start: int, end: int, top: float, bottom: float) -> Figure:
    value = round(100 * top / bottom, 2)
    return Figure(start, end, value, value, value, unit="percent")


def _open(start: int, end: int, value: float, over: bool, *, scaled: bool, bare: bool = False, chinese: bool = False) -> Figure:
    if over:
        return Figure(start, end, value, value, None, "over", None, scaled, bare, chinese)
    return Figure(start, end, value, value, value, "exact", None, scaled, bare, chinese)


def _several(word: str, scale_text: str, start: int, end: int) -> Figure | None:
    if word == "成":
        return None
    scale = magnitude(scale_text) if scale_text else 1
    if word == "上":
        return Figure(start, end, None, float(scale), None, "several", scaled=True)
    word = word.lstrip("好")
    if len(word) > 1:
        tens = DIGITS.get(word[0], 1) * 10
        return Figure(start, end, None, float(tens * scale), float((tens + 10) * scale), "several", scaled=scale > 1)
    return Figure(start, end, None, float(scale), float(10 * scale), "several", scaled=True)


def _chinese(text: str, word: str, start: int, end: int) -> Figure | None:
    if _IDIOMS.match(text, start) and not (len(word) > 1 and any(character in "万亿千百十" for character in word[1:])):
        return None
    if len(word) >= 2 and word[0] in DIGITS and word[1] in DIGITS:
        return _approximate(text, word, start, end)
    value = number(word)
    if value is None:
        return None
    more = _SUFFIX.match(text, end)
    scaled = any(character in "百千万亿" for character in word)
    bare = all(character in "十百千万亿" for character in word) and word != "十"
    over = more is not None and (scaled or word[-1] == "十")
    if over and more is not None:
        end = more.end()
        following = _LATER_SCALE.match(text, end)
        if following is not None:
            value *= magnitude(following[0])
            end, scaled = following.end(), True
    return _open(start, end, value, over, scaled=scaled, bare=bare, chinese=True)


def _approximate(text: str, word: str, start: int, end: int) -> Figure | None:
    """三五, 七八, 两三百: two digits beside each other are a range."""
    first, second, scale_text = DIGITS[word[0]], DIGITS[word[1]], word[2:]
    if not (first < second <= first + 2) or any(character in DIGITS for character in scale_text) or first == 0:
        return None
    scale = magnitude(scale_text) if scale_text else 1
    return Figure(start, end, None, float(first * scale), float(second * scale), "range", scaled=scale > 10, chinese=True)

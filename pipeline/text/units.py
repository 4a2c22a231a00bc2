"""The table of units, currencies and modifiers, read once from `units.toml` and made into patterns. Nothing is found here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.text.numerals import number

TOKENS = r"(?:tokens?|词元|代币)"
PER_COUNT = r"(?:百万|千万|一百万|一千|千|万|亿|1[0,]*[万千]?|1 ?[KM]|[KM]|1? ?million|thousand)"
PER_VALUES = {
    "百万": 10**6,
    "一百万": 10**6,
    "千万": 10**7,
    "千": 1000,
    "一千": 1000,
    "万": 10**4,
    "亿": 10**8,
    "k": 1000,
    "m": 10**6,
    "million": 10**6,
    "thousand": 1000,
}
SMALL_COINS = {"厘钱": 1000, "分钱": 100, "毛钱": 10}


def per_value(text: str | None) -> int | None:
    """The number of tokens that 百万, 1M or 1,000 stand for; a price per token without a number is per one."""
    if not text:
        return 1
    word = text.replace(" ", "").lower()
    if word in PER_VALUES:
        return PER_VALUES[word]
    if word[0] == "1" and word[1:] in PER_VALUES:
        return PER_VALUES[word[1:]]
    value = number(word)
    return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns over folded text and the tables behind them. Keys of tables are lower case where they are Latin."""

    tail: re.Pattern[str]  # right after a number
    noun_ahead: re.Pattern[str]  # the noun counted, after a measure word
    noun_behind: re.Pattern[str]  # the last such noun before a bare number is what it counts
    nouns: dict[str, str]
    before: dict[str, str]
    currencies: dict[str, str]
    signs: dict[str, str]
    measure_units: dict[str, str]
    modifiers_before: dict[str, str]
    modifier_after: re.Pattern[str]
    modifiers_after: dict[str, str]
    per_after: re.Pattern[str]
    per_before: re.Pattern[str]


def _alternatives(words: list[str]) -> str:
    """One pattern for words, longest first; a Latin word must end where its letters end."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) + ("(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in ordered)


def _guarded(words: list[str], guards: dict[str, str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(word + (f"(?![{guards[word]}])" if word in guards else "") for word in ordered)


@cache
def units() -> Units:
    """The table, read once."""
    data = tomllib.loads((files(__package__) / "units.toml").read_text(encoding="utf-8"))
    nouns: dict[str, str] = data["nouns"]
    currencies: dict[str, str] = data["currencies"]
    measures: dict[str, list[str]] = data["measures"]
    guards: dict[str, str] = data["measure_guards"]
    money = [word for word in currencies if word not in ("元", "块", "刀")]
    nouns_direct = [noun for noun, unit in nouns.items() if unit]
    tail = re.compile(
        r" ?(?:(?P<percent>%|‰|个?百分点|个点(?![位评赞]))"
        r"|(?P<tenths>成(?P<half>半)?(?![立为功本员都长果交人效品就绩千上群年熟名色了]))"
        rf"|(?P<money>{_alternatives(money)}|元(?![宇素老旦气年宝件帅首数组器神])|块(?=[，。、；/钱,;每]|$)|刀(?=[，。、；/,;每]|$))"
        rf"|(?P<noun>{_alternatives(nouns_direct)})"
        rf"|(?P<measure>{_guarded(measures['any'], guards)})"
        rf"|(?P<figure>{_guarded(measures['figures'], guards)})"
        rf"|(?P<latin>{_alternatives(measures['latin'])})"
        r"|(?P<letter>million|billion|trillion|thousand|mn|bn|tn|[KkMmBbTt])(?![A-Za-z0-9\-]))",
        re.IGNORECASE,
    )
    modifiers_before = {word: name for name, words in data["modifiers_before"].items() for word in words}
    modifiers_after = {word: name for name, words in data["modifiers_after"].items() for word in words}
    direction = r"(?:输入|输出|input |output |缓存命中|的)?"
    return Units(
        tail=tail,
        noun_ahead=re.compile(rf"[^，。、；：！？,;:!?\s的()（）…\n]{{0,9}}?(?P<noun>{_alternatives(list(nouns))})", re.IGNORECASE),
        noun_behind=re.compile(_alternatives(list(data["before"])), re.IGNORECASE),
        nouns={noun.lower(): unit for noun, unit in nouns.items()},
        before={noun.lower(): unit for noun, unit in data["before"].items()},
        currencies={word.lower(): code for word, code in currencies.items()},
        signs=data["currency_signs"],
        measure_units=data["measure_units"],
        modifiers_before=modifiers_before,
        modifier_after=re.compile(
            r"起步?(?![来诉源点码])|"
            + "|".join(re.escape(word) for word in sorted(modifiers_after, key=len, reverse=True) if word[0] != "起" and word != "上下")
        ),
        modifiers_after=modifiers_after,
        per_after=re.compile(rf" ?(?:/|每|per ?)\s?(?P<count>{PER_COUNT})? ?个?{direction} ?{TOKENS}", re.IGNORECASE),
        per_before=re.compile(rf"(?:每|/)?\s?(?P<count>{PER_COUNT}) ?个?{direction} ?{TOKENS}", re.IGNORECASE),
    )

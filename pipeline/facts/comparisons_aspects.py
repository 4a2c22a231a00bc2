"""In which respect things are compared, whether more of it is better, and the numbers of a comparison. Words only; no names are read here."""

from __future__ import annotations

import re
from typing import Any

from pipeline.facts.patterns import quantity_fields
from pipeline.facts.view import Token

NO_VALUE: dict[str, Any] = {"value": None, "value_low": None, "value_high": None, "modifier": None, "unit": None}
CHEAP_ASPECTS = ("cost", "price", "training_cost", "input_price")

# Where two end at the same place the first decides.
_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("training_cost", re.compile(r"训练[^。,，;；]{0,6}(?:成本|费用|花费|支出)|训练$|成本[^。,，]{0,4}训练")),
    ("input_price", re.compile(r"输入[^。,，;；]{0,4}(?:价格|成本|费用|定价)")),
    ("price", re.compile(r"价格|定价|售价|收费|费用|便宜|价钱|刊例|运行成本")),
    ("cost", re.compile(r"(?<!低)成本|资本支出|花费|造价")),
    ("openness", re.compile(r"开放程度|开源程度|更开放|更加开放|开源力度")),
    ("performance", re.compile(r"性能|能力|效果|表现|水平|测评|评测|得分|效能|推理速度|智能")),
    ("board", re.compile(r"排行|榜|排名")),
    (
        "other",
        re.compile(
            r"日活|月活|用户|下载|访问|时长|热度|流量|活跃|知名度|架构|参数|计算量|规模|体积|功耗|能耗|(?<!成)功率|上下文|尺寸|"
            r"计算效率|安全|便捷|卡顿|响应|显存|内存|带宽|增速|影响力|份额|市值|估值|收入|营收"
        ),
    ),
)
_UP = re.compile(r"高出|更高|提升|提高|更强|更快|更好|更优|更佳|更准|强|快|好|高|增|优|胜|多|大|长|聪明")
_DOWN = re.compile(r"降低|下降|减少|更低|更差|更慢|更弱|便宜|缩短|削减|低|少|差|慢|弱|小|短|省|贵")
_SIZE = re.compile(r"(?:更?大|更?小|更?多|更?少|更?长|更?短)(?:了|出)?")
_FALLS = re.compile(r"便宜|降低|下降|减少|削减|缩短|低|少|小|省")


def aspect_of(before: str, after: str, *, ratio: bool = False) -> str:
    """The aspect of schema.md that the words before the comparison name, the nearest first, else those after it; performance if they name none.

    `board`: a place on a list, which measures what the list is of.
    """
    named = [(m.end(), -order, aspect) for order, (aspect, cue) in enumerate(_ASPECTS) for m in cue.finditer(before)]
    if named:
        return max(named)[2]
    for aspect, cue in _ASPECTS:
        if cue.search(after[:24]):
            return aspect
    return "training_cost" if ratio and "训练" in before else "other" if ratio else "performance"


def names_performance(words: str) -> bool:
    """True if the words say that performance is meant, rather than nothing."""
    return any(cue.search(words) for aspect, cue in _ASPECTS if aspect == "performance")


def adjective_relation(words: str, aspect: str) -> str | None:
    """better or worse, from the adjective behind `比X`; None if there is none to judge by."""
    up, down = _UP.search(words), _DOWN.search(words)
    if up is None and down is None:
        return None
    falls = down is not None and (up is None or down.start() <= up.start())
    if "便宜" in words:
        return "better"
    if "贵" in words:
        return "worse"
    if aspect in CHEAP_ASPECTS or re.search("功耗|能耗|延迟", words):
        return "better" if falls else "worse"
    return "worse" if falls else "better"


def measured(amount: Token | None, words: str) -> tuple[dict[str, Any], bool]:
    """The value columns of the number in a comparison, negative where something falls; and whether it makes the comparison a ratio."""
    if amount is None:
        return NO_VALUE, False
    unit = amount.quantity.unit
    if (unit is None and not amount.quantity.currency) or (
        unit not in ("percent", "multiple", "points") and "百分点" not in amount.quantity.text
    ):
        return NO_VALUE, False
    sign = -1 if unit == "percent" and _FALLS.search(words) else 1
    fields = quantity_fields(amount, sign=sign) | {"unit": "points" if "百分点" in amount.quantity.text else unit}
    return fields, unit == "multiple" or not words

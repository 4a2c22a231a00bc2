"""Changes: how much something grew, fell or was cut, as percent or a multiple, and what it was that changed. Used by `metrics`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.facts.patterns import compiled
from pipeline.facts.phrases import before, phrase_at
from pipeline.facts.view import SentenceView, Token

_RISE = (
    "增长率|成长率|增长|增加|增幅|增速|增多|提升|提高|提速|上升|上涨|涨幅|攀升|飙升|暴增|"
    "激增|猛增|大增|剧增|陡增|扩大|扩张|成长|年增|月增|加快|翻|走高|多出|窜升|蹿升|增|升|涨"
)
_FALL = "下降|降低|下滑|减少|缩减|收缩|下跌|骤降|锐减|缩水|滑落|萎缩|削减|降幅|跌幅|节省|节约|缩短|压缩|暴跌|骤减|减缓|放缓|降|跌|减"
_BETWEEN = r"(?:了|约|达|高达|幅度?|超过?|近|大幅|逾|为|至少|平均|将|以上|可达|的幅度|也|均|仍|高|到了?|多|惊人的|:|：|\s|，)"
_BEFORE = re.compile(rf"(?P<verb>{_RISE}|{_FALL})(?P<gap>{_BETWEEN}{{0,5}})$")
_YEARLY = re.compile(r"(?:同比|环比|按年|按季)(?:大幅|显著)?$")
_THAN_THEN = compiled(r"(?:^|[已约])(?:是|为|相当于){TIME}[^,，。]{0,8}的$")  # 是去年5月的137倍
_AFTER = re.compile(
    r"(?:的)?(?P<head>[^,，。;；、的\ue010-\ue021]{0,8}?)(?P<verb>同比增速|环比增速|年复合增长率|复合增长率|增长率|增速|增长|增幅|涨幅|提升|提高|上升|下降|降幅|下滑|跌幅|缩减|减少)(?!到|至)"
)
_MODAL = re.compile(r"相当于|我想|如果|假如|需要先|可以把")
_RIVAL = compiled(r"(?:较|比|超过|超越|相比于?|与)(?:{ORG}的?)?(?:{MODEL}|{PRODUCT})")  # belongs to comparisons
_YEAR_ON_YEAR = re.compile(r"同比|环比|年增|月增|按年|增速|年复合|复合增长")
_FIGURES = re.compile(
    r"营收|营业额|收入|利润|净利|毛利|盈利|亏损|用户|使用者|会员|月活|日活|周活|活跃|DAU|MAU|WAU|GMV|ARR|市占|产量|下载|调用|销量|销售|出货|订单|访问|流量|规模|人数|员工|团队|份额|需求|交易|成交|支出|开支|投入|业务|ARR|客户|使用量|席位|交付|装机|签约|合同|预订"
)
_QUALITIES = re.compile(r"效率|性能|成本|速度|延迟|吞吐|能耗|功耗|准确率|算力|消耗|产能|利用率|用量|精度|时间|资源|能力|占用")
_LEVEL = re.compile(r"(?:至|(?<!达)到|为)$")
_PRICE = re.compile(
    r"价|股|涨停|盘中|指数|市值|估值|港股|跌停|板块|ETF|高开|低开|收盘|收涨|收跌|目标价|领涨|个股|净值|打折|折扣|关税|税率|融资|电费|月活.{0,3}占"
)
_NOUN = re.compile(
    r"(?P<noun>[一-鿿A-Za-z]{2,12}?)(?:也|均|又|还|更是|将|已|同比|环比|平均|每年|大幅|显著|迅速|快速|逐年|有望|继续|预计|再|分别|仅|累计)*$"
)
_SPAN = compiled(
    r"(?:在|于)?(?:短短|过去|仅|的)?(?:{TIME}|{DURATION})(?:内|里|间|以来|时间)*$"
)  # 营收在两年内增长: what grew stands before
_DIRECTION = {**dict.fromkeys(_RISE.split("|"), 1), **dict.fromkeys(_FALL.split("|"), -1)}


@dataclass(frozen=True, slots=True)
class Change:
    """A change: `sign` of it, what changed (`of`, None if the clause does not say), where its words stand."""

    sign: int
    of: str | None
    left: int
    right: int
    is_yearly: bool = False


def _noun_before(view: SentenceView, left: int, at: int) -> str | None:
    """The Chinese or Latin words right before the verb: what changed."""
    text = re.sub(r"(?:较|(?<![同环])比|相比于?|相较于?)[^,，]{0,8}$", "", view.shadow[left:at])
    text = _SPAN.sub("", text)
    found = _NOUN.search(text)
    if found and found["noun"] in ("同比", "环比", "按年", "按季", "平均", "大幅"):
        return None
    return (
        re.sub(r"^(?:的|使|其|并|且|和|将|把|让|我们|预计|预估|根据|由于|随着)+|(?:最高|最多)?可?$", "", found["noun"]) or None
        if found
        else None
    )


def change(view: SentenceView, token: Token, left: int, right: int) -> Change | None:
    """The change that a percentage or multiple states; None if it states a level or the change of a price."""
    if token.kind not in ("PERCENT", "MULTIPLE"):
        return None
    phrase = phrase_at(view, token.at)
    if _PRICE.search(view.shadow, phrase.left, phrase.right) or _MODAL.search(view.shadow, phrase.left, phrase.right):
        return None
    if _RIVAL.search(view.shadow, phrase.left, token.at):
        return None
    yearly = bool(_YEAR_ON_YEAR.search(view.shadow, phrase.left, phrase.right))
    words = view.document.folded.text[token.start : token.end]
    lead = view.shadow[left : token.at]
    if words.startswith("翻"):
        return Change(1, _noun_before(view, left, token.at), token.at, token.at + 1, yearly)
    if lead.endswith("从"):
        return None
    if found := _BEFORE.search(lead):
        verb = found["verb"]
        if _LEVEL.search(found["gap"]) and verb not in ("增长率", "成长率", "增幅", "增速", "涨幅", "降幅", "跌幅"):
            return None
        start = left + found.start()
        of = _noun_before(view, left, start)
        if not measure(of):
            for earlier in before(view, phrase)[:2]:
                if _PRICE.search(view.shadow, earlier.left, earlier.right):
                    return None
        return Change(_DIRECTION[verb], of, start, token.at, yearly)
    if token.kind == "MULTIPLE" and _THAN_THEN.search(lead):
        return Change(1, None, left, token.at, True)
    if _YEARLY.search(lead):
        return Change(1, None, left, token.at, True)
    found_after = _AFTER.match(view.shadow, token.at + 1, right)
    if found_after and not re.search(r"降至|增至|升至|水平", found_after[0]):
        falls = re.search(r"降|减|滑|跌", found_after["verb"])
        return Change(-1 if falls else 1, found_after["head"] or None, token.at, found_after.end(), yearly)
    return None


def measure(noun: str | None) -> str | None:
    """What kind of thing changed: `figure` (sales, users, ...), `quality` (speed, cost, ...) or None where the noun is no measure."""
    if noun is None:
        return None
    return "figure" if _FIGURES.search(noun) else ("quality" if _QUALITIES.search(noun) else None)

"""The regular expressions of time, and the parsed form they lead to. Reading them is done in `times`, dates are computed in `resolve`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.text.festivals import NAMES

YEAR4 = r"(?:19|20)\d\d|1[0-8]\d\d(?=年)|[一二][〇零九][〇零一二三四五六七八九]{2}"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
JOIN = r" ?(?:[-–~～至到]|—{1,2}) ?"
COUNT = (
    r"(?:(?<!\d)\d{1,3}(?:\.\d+)?(?!\d)|\d{4}(?=天|个月)|一两|[两二]三|三[四五]|四五|五六|六七|七八|八九"
    r"|[一二两三四五六七八九]?[百十][一二三四五六七八九]?十?[一二三四五六七八九]?|[一二两三四五六七八九]|[几数][十百千]|十几|半)"
)
FESTIVAL = "|".join(sorted(map(re.escape, NAMES), key=lambda name: (-len(name), name)))
_FESTIVAL_WORD = "|".join(
    sorted((name for name in NAMES if name not in ("十一", "五一", "跨年", "618", "端午")), key=lambda name: (-len(name), name))
)

# What may follow a year: 2024年[7月|底|上半年|第三季度|...].
SUB = re.compile(
    rf"(?P<month>{MONTH})(?:{JOIN}(?P<month_to>{MONTH}))?月份?"
    rf"|(?P<first_months>前)(?P<months>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})个?月"
    r"|(?P<early>年初|初(?![创步级心衷])|伊始|开年|年头)|(?P<late>年末|年底|底(?![层座盘部气牌])|末(?![位端尾]))"
    r"|(?P<mid>年中|中期|中(?=[，,。、；;]|$|开始|以来))"
    r"|(?P<half>[上下])半年|H(?P<half_latin>[12])(?![A-Za-z0-9])"
    r"|前(?P<first_quarters>[二两三23])个?(?P<fiscal_first>财)?季度?"
    r"|(?P<fiscal_number>财)?第?(?P<quarter>[一二三四1-4])个?(?P<fiscal_quarter>财)?(?:季度|季(?![节军]))|首(?P<first_quarter>个?季度?)|Q(?P<quarter_latin>[1-4])(?![A-Za-z0-9])"
    r"|(?P<vague>(?:晚些|稍晚|早些|稍早|较晚)的?时候?)"
    r"|(?P<season>[春夏秋冬])[季天]|(?P<summer>暑[期假])"
    rf"|的?(?P<festival>{FESTIVAL})(?P<side>前后|前夕|假期|长假|前(?!端|沿|景|瞻|期)|后(?!来|端|期))?"
)
# What may follow a month: 7月[18日|初|中旬|第二周].
MONTH_TAIL = re.compile(
    rf"(?P<day>{DAY})(?:日|号)?(?:{JOIN}(?P<day_to>{DAY}))?(?:日|号(?![码称线楼]))"
    r"|(?P<early>初(?![创步级心衷])|上旬|伊始)|(?P<mid_late>中下旬)|(?P<early_mid>上中旬)|(?P<mid>中旬|中(?=[，,。、；;]|$))|(?P<late>下旬|底(?![层座盘部气牌])|末(?![位端尾]))"
    r"|第(?P<week>[一二三四五1-5])个?(?:周|星期)"
)
CLOCK = re.compile(
    r"(?:凌晨|清晨|早上|早间|早晨|上午|中午|午间|午后|下午|傍晚|晚间|晚上|深夜|夜间|晚(?![点报于期些]))?"
    r"(?:(?:[01]?\d|2[0-4])(?::[0-5]\d|[点时](?!代|候|间|长|尚)(?:[0-5]?\d分|半|整|许)?)|[零一二两三四五六七八九十]{1,3}点(?!点|评|名|赞|击)(?:半|整|许)?)?"
)
ISO = re.compile(r"((?:19|20)\d\d)([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0[1-9]|[1-9])")
YEAR = re.compile(
    rf"(?P<year>{YEAR4}) ?(?:{JOIN}(?P<year_to>(?:19|20)\d\d)(?= ?(?:年|财年)))? ?(?P<mark>财年|年度?(?!代)|(?=[QH][1-4](?![A-Za-z0-9])|[上下]半年))"
    rf"|(?P<short>\d\d)(?:{JOIN}(?P<short_to>\d\d))?年(?=(?:1[0-2]|[1-9])月|[上下]半年|Q[1-4]|第?[一二三四]季度|财年|[初底末](?![创步层座]))"
    r"|(?<![近过长达第满超约了有])(?P<short_told>2\d)年(?=整体|全年|有望|预计|实现|将|计划|营收|收入|净利|业绩|新版|进展)"  # 25年全年
    r"|(?P<short_fiscal>\d\d)财年"
    r"|(?P<short_latin>\d\d)(?=[QH][1-4](?![A-Za-z0-9]))"
)
FISCAL_LATIN = re.compile(r"FY ?(?P<year>20\d\d|\d\d)(?!\d)(?:Q(?P<quarter>[1-4]))?")
MONTH_HEAD = re.compile(rf"(?P<month>{MONTH})(?:{JOIN}(?P<month_to>{MONTH}))?月份?")
BARE_DAY = re.compile(r"(?P<day>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?)日(?![本元均常报志期程益语韩记前后内来活])")
CENTURY = re.compile(
    r"(?P<century>\d{1,2}|[一二][十]?[一二三四五六七八九]?|十[一二三四五六七八九]?|二十[一]?|上个?|本)世纪"
    r"(?:(?P<decade>\d0|[一二三四五六七八九]十)年代(?P<decade_part>初|末|中期|后期|早期)?|(?P<part>初|末|上半叶|下半叶|中叶|中期))?"
    r"|(?P<bare>[5-9]0|[五六七八九]十)年代(?P<bare_part>初|末|中期|后期|早期)?"
)
OFFSET = re.compile(
    rf"(?P<before>最近的?|近|过去的?|未来的?|今后|接下来的?|这|前|后|头|此后|随后)?(?P<big>大)?(?P<count>{COUNT})(?:{JOIN}(?P<count_to>{COUNT}))?(?P<more>[多余])?"
    r"(?P<unit>个[半多]?月|月(?=[内之])|个季度|年|周(?![年期边转围刊五六日])|个?星期|个?礼拜|天(?![文花天下气使才猫地秤津然生平线赋涯])|日(?=[内来之前后]))"
    r"(?P<half>半(?![导数年]))?(?P<rest>[多余](?=[时来的前后，,。]|$))?"
    r"(?P<after>之?前(?![端沿景瞻者三两述言所往])|以前|之?后(?![端来者])|以后|之?内(?![部容存测地])|以?来(?![自看说到的])|间(?![接隔谍]))?"
)
RELATIVE_YEAR = {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}
ANAPHORIC_YEAR = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1}
RELATIVE_DAY = {
    "今天": 0,
    "今日": 0,
    "今晨": 0,
    "今早": 0,
    "今晚": 0,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "昨夜": -1,
    "前天": -2,
    "前日": -2,
    "明天": 1,
    "明日": 1,
    "明晚": 1,
}
ANAPHORIC_DAY = {"当天": 0, "当日": 0, "同日": 0, "同一天": 0, "当晚": 0, "次日": 1, "翌日": 1, "隔日": 1, "第二天": 1}
RELATIVE_MONTH = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
ANAPHORIC_MONTH = {"当月": 0, "同月": 0, "次月": 1}
NOW = ("截至目前", "截止目前", "截至今日", "截至发稿", "截至当前", "截至今天")


def _words(*groups: Iterable[str]) -> str:
    words = sorted({word for group in groups for word in group}, key=lambda word: (-len(word), word))
    return "|".join(words)


# The characters a time may begin with: one class test per character finds them, HEAD is tried only there. Digits are taken as a run.
OPENING = re.compile(
    "[0-9〇零一二两三四五六七八九十农今去本前明来后当同次翌昨第隔这上下周星礼最近过未接头此随大半几数首年开月QqHF截春除新感元端七中重腊清劳儿国双跨平圣情节](?:(?<=[0-9])[0-9]+)?"
)
HEAD = re.compile(
    r"(?P<number>\d+(?=[年月日号天周个星财世季至到上下QH~～—–/.\- ]))"
    r"|(?P<chinese>[〇零一二两三四五六七八九十][〇零一二两三四五六七八九十百]{0,7}(?=[年月日天周星世季半]|个(?:[半多]?月|季|星期|礼拜)|[-–~～至到—]))"
    r"|(?P<year>" + _words(RELATIVE_YEAR) + r")"
    r"|(?P<anaphoric_year>" + _words(ANAPHORIC_YEAR) + r")"
    r"|(?P<day>" + _words(RELATIVE_DAY) + r")(?!头条|方舟|之星|资本|说法|华尔街)"
    r"|(?P<anaphoric_day>" + _words(ANAPHORIC_DAY) + r")(?![均常])"
    r"|(?P<month>" + _words(RELATIVE_MONTH) + r")(?![活均度经光])"
    r"|(?P<anaphoric_month>" + _words(ANAPHORIC_MONTH) + r")"
    r"|(?P<week>[上下]{1,2}个?(?:周|星期|礼拜)|[本这]个?(?:周|星期|礼拜)|周(?=[一二三四五六日])|星期(?=[一二三四五六日天])|礼拜(?=[一二三四五六日天]))(?![期边转围年岁刊])"
    r"|(?P<before>最近的?|近|过去的?|未来的?|今后|接下来的?|这|前|后|头|此后|随后)(?=[\d一二两三四五六七八九十半几数])"
    r"|(?P<half_duration>大?半(?=年|个月)|[几数](?=[十百千]年)|十几(?=年|个月|天))"
    r"|(?P<part>[上下]半年|前[三3二两2]个?季度|首季度?|第[一二三四1-4]个?(?:季度|财季)|上个?季度|本季度|下个?季度|年初|年底|年末|年中|开年|月初|月底|月末|[Qq][1-4](?![A-Za-z0-9.])|H[12](?![A-Za-z0-9.]))"
    r"|(?P<fiscal>FY ?(?:20)?\d\d(?!\d))"
    rf"|(?P<festival>{_FESTIVAL_WORD}|五一(?=假期|期间|节|长假|前|后|小长假)|十一(?=假期|长假|黄金周)|618(?=大促|期间|购物节|前|后)|端午|跨年(?=夜|演|晚)|节[前后](?=不|的|，|,|第|复|，|[一二两三]))"
    r"|(?P<century>[上本]个?世纪)"
    r"|(?P<now>截[至止](?:目前|今日|发稿|当前|今天))"
    r"|(?P<days>这几天)"
)
NODE = re.compile(JOIN)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the calendar before it has a date. `year` is absolute; `shift` counts from the year of `anchor` (reference, previous or context).

    `part` says what of the year is meant: () all of it, ("month", 4), ("month_part", 4, "early"), ("day", 4, 29), ("half", 1), ("quarter", 3),
    ("months", 1, 9), ("year_part", "early"), ("season", 2), ("festival", "春节", "后"), ("fiscal",), ("fiscal_quarter", 2), ("bare_day", 19).
    """

    anchor: str
    year: int | None = None
    shift: int = 0
    part: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A time in the text before resolution: `kind` is point, range, offset, day, month, week, quarter, half, now, days or
    fixed; `detail` is read by `resolve`."""

    start: int
    end: int
    kind: str
    point: Point | None = None
    to: Point | None = None
    detail: tuple[str | int | float | None, ...] = ()

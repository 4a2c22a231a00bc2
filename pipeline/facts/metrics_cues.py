"""What a number counts, by its unit and the words beside it: the table of cues of `metrics`. Whose number it is belongs to `metrics_subjects`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.facts.patterns import compiled
from pipeline.facts.view import SentenceView, Token

REACH = 18  # characters of shadow between a cue and its number
ORG_FIRST = ("ORG", "PRODUCT", "COHORT")
APP_FIRST = ("PRODUCT", "MODEL", "ORG")
MODEL_FIRST = ("MODEL", "PRODUCT", "ORG")
ANY_HOLDER = ("ORG", "PRODUCT", "MODEL", "COHORT", "COUNTRY")
_PEOPLE = frozenset(("people", "none", "developers", "customers"))
_COUNTED = frozenset(("people", "none", "companies", "customers", "developers", "家", "户", "个"))


_FIRMS = frozenset(("companies", "customers", "家", "户"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A measure and the words that announce it.

    `units`: what the number may be counted in (money, percent, the units of the schema, none, or the measure word). `before` is looked for in front of
    the number in its clause, nearest to it; `after` right behind it. `inside` is looked for in the words of the number itself. `holders`: kinds of
    subject, best first. `unit` replaces the number's own. `sign` -1 for losses.
    """

    rule: str
    metric: str
    units: frozenset[str]
    before: str = ""
    after: str = ""
    inside: str = ""
    holders: tuple[str, ...] = ORG_FIRST
    unit: str | None = None
    of_metric: str | None = None
    sign: int = 1
    blocked: str = ""  # words of the clause that forbid the reading


_MONEY, _SHARE = frozenset(("money",)), frozenset(("percent",))
_USERS = r"(?:用户)?(?:总?数量?|规模|总量|量|人数|基数)?"
_USED = r"(?:使用|访问|登录|打开|互动)?"
CUES: tuple[Cue, ...] = (
    Cue("monthly_users", "monthly_active_users", _PEOPLE, rf"月(?:度|均)?活跃?{_USERS}|MAU", r"(?:的|左右的)?(?:月活|月度?活跃|MAU)", "月活|MAU", APP_FIRST, "people"),
    Cue("daily_users", "daily_active_users", _PEOPLE, rf"日(?:均)?活跃?{_USERS}|DAU|每日活跃{_USERS}", r"(?:的|左右的)?(?:日活|每日活跃|日均活跃|DAU)", "日活|DAU", APP_FIRST, "people"),
    Cue("weekly_users", "users", _PEOPLE, rf"周活跃?{_USERS}|WAU|每周(?:活跃)?{_USERS}", r"(?:的)?(?:周活|每周活跃|WAU)", "", APP_FIRST, "people", "每周用户"),
    Cue("users", "users", _PEOPLE, r"用户(?:总?数量?|规模|总量|量|人数|基数|群)|(?:服务|付费|个人|注册|订阅|累计|全球|活跃|总)用户(?:总?数)?|用户(?=累计|已|超|达|破|突破|增长|数)|订阅人数|订阅者|付费会员", r"(?:的)?(?:注册|付费|个人|订阅|全球|海外|活跃)?用户(?!占|调研|认为|表示|体验)", "", APP_FIRST, "people"),
    Cue("users_counted", "users", frozenset(("people",)), r"(?:拥有|积累|累积|积攒|突破|超过?|达到?|完成了?|服务|吸引|收获|狂揽|斩获|增长|新增|获得|有|冲击|汇聚)(?:了|着|近|约|超)?", "", "用户", APP_FIRST, "people", None, 1, "分摊|普及|调研|如果|假如|几乎|就需|配备|比如有"),
    Cue("consumers", "active_consumers", frozenset(("people", "none")), r"活跃消费者|活跃买家|年活跃用户", "", "", ORG_FIRST, "people"),
    Cue("developers", "developers", frozenset(("people", "developers", "none", "量级")), r"开发者(?:总?数量?|规模)?", r"(?:的)?(?:AI|活跃|注册|全球)?开发者", "开发者", ("PRODUCT", "ORG", "MODEL"), "developers"),
    Cue("customers", "enterprise_customers", _COUNTED, r"(?:企业|付费|政企|机构|B端|大)?客户(?:总?数量?|规模)?", r"(?:多|余)?(?:的)?(?:企业客户|付费客户|企业用户|客户|政企客户|行业客户|机构客户)", "客户|企业用户", ("ORG", "PRODUCT", "MODEL"), None, None, 1, "融资|投资机构|竞争|同台|裁员|员工|开发者|占比|每秒|耗时"),
    Cue("customers_served", "enterprise_customers", _FIRMS, r"(?:接入|服务|赋能|覆盖|签约|落地|吸引)(?:了|过|超)?", r"(?:多|余)?(?:的)?(?:企业|机构|品牌|商家)?[^,，。的]{0,4}(?:使用|采用|接入|调用)", "", ("ORG", "PRODUCT", "MODEL"), None, None, 1, "融资|投资机构|竞争|同台|车企"),
    Cue("headcount", "headcount", frozenset(("people", "none")), r"(?:员工|雇员)(?:总?人?数量?|规模|总数)?|团队(?:规模|人数|总人数|成员)?|总人数|人员(?:规模|总数|数量)|(?:公司|团队)只?有|(?<=\ue000)(?:目前|现在|如今)?(?:只|仅|共|总共)?有", r"名?(?:的)?(?:全职|正式|在职|核心|研发)?(?:员工|雇员)|(?:的)?(?:研发|核心|技术|小)?团队", "员工|雇员", ("ORG", "COHORT"), "people", None, 1, "价格|需要|如果|裁员|裁减|裁撤|解雇|招聘|离职|离开|加入|挖|跳槽|入职|年薪"),
    Cue("monthly_downloads", "monthly_downloads", frozenset(("downloads", "none", "次")), r"月(?:均|度)?下载量?|每月下载", "", "", APP_FIRST, "downloads"),
    Cue("daily_downloads", "daily_downloads", frozenset(("downloads", "none", "次")), r"(?:日均|单日|日|每日|每天)下载量?", "", "", APP_FIRST, "downloads"),
    Cue("downloads", "downloads", frozenset(("downloads", "none", "次")), r"下载(?:总?量|次数|总次数|数)?|安装量", r"(?:的)?(?:下载|安装)", "下载", APP_FIRST, "downloads", None, 1, "市场中?下载量最高"),
    Cue("daily_calls", "daily_calls", frozenset(("calls", "none", "次")), r"(?:日均|每日|每天|单日|日)(?:的)?(?:API|接口|模型|总)?(?:调用|推理)(?:总?量|次数)?(?:已|达到?|超过?|约|为)*|(?:日均|每天|每日|单日)[^,，。]{0,6}(?:调用|推理|请求)[^,，。]{0,4}", r"(?:的)?(?:日均|每日)?(?:API)?(?:调用|推理)", "", MODEL_FIRST, "calls", None, 1, "限额|限制|最多|每人|免费|频率"),
    Cue("daily_calls_counted", "daily_calls", frozenset(("calls",)), r"(?:日均|每天|每日|单日)[^,，。]{0,6}", "", "", MODEL_FIRST, "calls", None, 1, "限额|限制|最多|每人|免费|频率"),
    Cue("interactions", "interactions_daily", frozenset(("interactions",)), r"日(?:均)?(?:交互|互动)(?:量|次数)?|日均|每日|每天", "", "", APP_FIRST, "interactions"),
    Cue("visits", "monthly_visits", frozenset(("次", "none", "views", "people", "interactions")), r"月(?:均|度)?(?:访问|浏览)(?:量|次数|人次)?|每月访问", "", "", APP_FIRST, None),
    Cue("daily_tokens", "daily_tokens", frozenset(("tokens",)), r"(?:日均?|每天|每日|单日)[^,，。]{0,12}", r"(?:的)?(?:日均|每日)", "", MODEL_FIRST, "tokens", None, 1, "训练"),
    Cue("training_tokens", "training_tokens", frozenset(("tokens",)), r"(?:预?训练|语料|训练数据|数据集|数据量|微调)[^,，。]{0,14}", r"(?:的|高质量|规模)*[^,，。]{0,10}(?:训练|语料|数据|微调)", "", ("MODEL", "PRODUCT", "ORG"), "tokens", None, 1, "上下文|窗口"),
    Cue("tokens", "tokens_processed", frozenset(("tokens",)), r"(?:使用量?|消耗|处理|调用量?|消费|吞吐|生成)(?:了|的|量|总量|约|达到?|最多的?词元|,|，)*", r"(?:的)?(?:使用量|消耗|处理量|用量)", "", ("MODEL", "PRODUCT", "ORG", "COUNTRY"), "tokens", None, 1, "训练|上下文|窗口|每秒|免费|赠送|价格|定价"),
    Cue("stars", "github_stars", frozenset(("stars",)), r"(?:GitHub|Github|星标|star|Star|收获|获得|斩获|\ue005|\ue000)[^,，。]{0,10}", r"", "星|[sS]tar", MODEL_FIRST, "stars"),
    Cue("agents", "agents_built", frozenset(("agents",)), r"(?:构建|创建|开发|搭建|打造|诞生|孵化|上线|生成|拥有|累计)(?:了|出|超|近|的|超过)*", "", "", APP_FIRST, "agents"),
    Cue("apps", "apps_built", frozenset(("apps",)), r"(?:构建|创建|开发|搭建|生成|诞生|孵化)(?:了|出|超|近|的|超过)*", "", "", APP_FIRST, "apps"),
    Cue("scenarios", "business_scenarios", frozenset(("scenarios",)), r"(?:落地|上线|应用|覆盖|接入|内部|超过?|等|支持|赋能)[^,，。]{0,6}", "", "", MODEL_FIRST, "scenarios", None, 1, "选择"),
    Cue("derivatives", "derivative_models", frozenset(("models", "none", "个", "款")), r"(?:衍生|二创)(?:出|的)?[^,，。]{0,4}(?:模型)?(?:总?数量?)?", r"(?:的)?(?:衍生|蒸馏|微调)(?:模型|版本)", "衍生模型", ("MODEL", "ORG"), "models", None, 1, "架构|变体"),
    Cue("duration", "session_minutes", frozenset(("minutes",)), r"(?:使用|停留|访问)?时长|使用时间", r"(?:的)?(?:使用|停留)?时长", "", APP_FIRST, "minutes"),
    Cue("revenue", "revenue", _MONEY, r"(?:总|年|月|季度|净)?(?:营业)?(?:营收|收入|营业额|销售额|ARR|创收|年化(?:营收|收入)?|销售收入)(?:\([^()]{1,20}\)|（[^（）]{1,20}）)?(?:规模|总额|指引|预期|目标)?", r"(?:的|左右的|以上的)?(?:[^,，。;；（(\d]{0,7})(?:营收|收入(?!占)|ARR|销售额|年化)(?!占|增长|增速)", "", ORG_FIRST, None, None, 1, "市场规模|自主品牌|查询|平均每|每次|ARPU|贡献率|倍于|人均"),
    Cue("loss", "profit", _MONEY, r"(?:净|经营|营业|运营)?(?:亏损|净亏|巨亏|亏)(?:额|总额)?", r"(?:的)?(?:净|经营|营业)?亏损", "", ORG_FIRST, None, None, -1),
    Cue("profit", "profit", _MONEY, r"(?:净|经营|营业|毛)?(?:利润|净利|盈利)(?:额|总额)?", r"(?:的)?(?:净|经营|营业)?(?:利润|盈利)(?!率)", "", ORG_FIRST, None, None, 1, "毛利|能力|倍数|赚取"),
    Cue("gmv", "gmv", _MONEY, r"(?:GMV|成交总?额|交易总?额|商品交易总额)(?:\([^()]{1,12}\)|（[^（）]{1,12}）)?", r"(?:的)?(?:GMV|成交额|交易额)", "", ORG_FIRST),
    Cue("market_share", "market_share", _SHARE, r"(?:市场?占有?率|市占率?|市场?份额|占有率)|(?:占据?|拿下|拥有|占有)(?:了)?(?:全球|国内|中国)?[^,，。的]{0,8}市场的?(?:份额)?的?", r"(?:的)?(?:[^,，。]{0,6})?(?:市场份额|市场占有率|市占率|的份额)", "", ("ORG", "PRODUCT", "MODEL"), None, None, 1, "自主品牌|抢走"),
    Cue("usage", "usage_share", _SHARE, r"(?:使用率|渗透率|采用率)|(?:占据?了?|覆盖了?)[^,，。]{0,10}(?:下载量?|用量)[^,，。]{0,3}", r"(?:的)?(?:使用率|渗透率)|(?:的)?(?:用户|企业|开发者)(?:都?在?|正在|已经?|经常|尝试过或)?(?:使用|采用|用|选择)", "", APP_FIRST, None, None, 1, "算力|集群|GPU|显卡|平均使用率|总使用量|带宽|互联网"),
    Cue("coverage", "usage_share", _SHARE, r"覆盖(?:了|率)?(?:达到?|为|约|全球|国内)*", "", "", APP_FIRST, None, None, 1, "调研|占比|男性|女性|年龄|认为"),
    Cue("token_share", "token_share", _SHARE, r"(?:占|达到?|贡献)[^,，。]{0,14}(?:使用量|token|Token|词元|用量|流量)[^,，。]{0,4}", r"(?:的)?(?:token|Token|词元|使用量)", "", ("COUNTRY", "MODEL", "ORG")),
    Cue("technical", "technical_share", _SHARE, r"(?:技术|研发|算法|工程)[^,，。]{0,6}(?:人员|团队|人才|工程师)[^,，。]{0,4}(?:占比|比例|占)[^,，。]{0,4}", r"(?:的)?(?:是|为|都是)?(?:技术|研发|算法)(?:人员|人才|工程师)", "", ("ORG",)),
    Cue("eps", "other", _MONEY, r"每股(?:收益|盈利|利润)", r"的?每股(?:收益|盈利)", "", ORG_FIRST, None, "每股收益"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number measures: the cue and where its words stand in the shadow (`left`, `right`)."""

    cue: Cue
    left: int
    right: int


def unit_of(token: Token) -> str:
    """The unit that cues are chosen by: money, percent, multiple, a unit of the schema, a measure word or none."""
    if token.kind == "MONEY":
        return "money"
    return token.quantity.unit or "none"


@cache
def _searches() -> tuple[tuple[Cue, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    return tuple(
        (
            cue,
            re.compile(cue.before) if cue.before else None,
            re.compile(r"[”\"」』）)\s]{0,2}(?:" + cue.after + ")") if cue.after else None,
            re.compile(cue.inside) if cue.inside else None,
            re.compile(cue.blocked) if cue.blocked else None,
        )
        for cue in CUES
    )


# What may stand between a measure and its number besides plain characters: no other name.
_NAME_BETWEEN = compiled("{ORG}|{PRODUCT}|{MODEL}|{COHORT}|{PERSON}")
_SLACK = 3
_CONVERSION = re.compile(r"约合|折合|合人民币|相当于人民币|约等于|当前约")


def read(view: SentenceView, token: Token, left: int, right: int, *, far: bool = False) -> Reading | None:
    """The measure of a number, its clause (or the part of it up to the numbers on both sides) being `left`..`right` of the shadow.

    `far`: the words before may stand further off, in the phrase before. Words right behind the number win, then words inside it, then the nearest words before it; at one distance the longer words.
    """
    unit = unit_of(token)
    lead, words = view.shadow[left : token.at], view.document.folded.text[token.start : token.end]
    best: tuple[tuple[int, int], Reading] | None = None
    for cue, before, after, inside, blocked in _searches():
        if unit not in cue.units or (blocked and blocked.search(view.shadow, left, right)):
            continue
        found: tuple[tuple[int, int], Reading] | None = None
        if after and (match := after.match(view.shadow, token.at + 1, right)) and match.end() > token.at + 1:
            found = (0, -(match.end() - match.start())), Reading(cue, token.at + 1, match.end())
        elif inside and (match := inside.search(words)) and (not before or cue.rule != "users_counted" or before_touches(before, lead)):
            found = (0, -len(match[0])), Reading(cue, token.at, token.at + 1)
        elif before and not (cue.rule == "users_counted"):
            for match in before.finditer(lead):
                gap = lead[match.end() :]
                if len(gap) <= (REACH * 2 if far else REACH) and (far or not _NAME_BETWEEN.search(gap)):
                    found = (max(1, len(gap) - _SLACK), -(match.end() - match.start())), Reading(cue, left + match.start(), left + match.end())
        if found and (best is None or found[0] < best[0]):
            best = found
    return best[1] if best else None


def before_touches(before: re.Pattern[str], lead: str) -> bool:
    """Whether words of `before` stand close in front of the number."""
    return any(len(lead) - match.end() <= _SLACK for match in before.finditer(lead))


_NAMED = (
    ("daily_calls", "调用量"), ("monthly_downloads", "月均下载"), ("downloads", "下载"), ("monthly_active_users", "月活"), ("daily_active_users", "日活"),
    ("revenue", "营收|收入|营业额"), ("profit", "利润|盈利"), ("market_share", "份额|市占"), ("users", "用户"), ("headcount", "员工|人数"), ("gmv", "GMV|成交额|交易额"),
)  # fmt: skip


def metric_named(noun: str) -> str | None:
    """The metric that a noun names: 云收入 -> revenue."""
    return next((metric for metric, words in _NAMED if re.search(words, noun)), None)


def is_conversion(view: SentenceView, token: Token) -> bool:
    """Whether an amount only repeats the one before it in another currency."""
    if token.kind != "MONEY":
        return False
    around = view.shadow[max(0, token.at - 10) : token.at]
    inside = re.search(r"[（(][^（()）]*$", around)
    if inside and re.search(r"\ue010[（(]$", around) and view.shadow[token.at + 1 : token.at + 2] in ("）", ")"):
        return True
    return bool(_CONVERSION.search(view.document.folded.text[token.start : token.end]) or (inside and _CONVERSION.search(around)))

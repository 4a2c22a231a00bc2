"""The words of launches: verbs and their kinds, what may stand between verb and name, what rules a name out. How they combine is in `launches`."""

from __future__ import annotations

import re

# verb -> kind of launch
KINDS_OF_VERB: dict[str, str] = {
    "联合开源": "open_source", "全面开源": "open_source", "宣布开源": "open_source", "开源发布": "open_source", "开源": "open_source",
    "停止运营": "shutdown", "停止服务": "shutdown", "停止更新": "shutdown", "下线": "shutdown", "关停": "shutdown", "停运": "shutdown", "停服": "shutdown",
    "下架": "shutdown", "更名为": "rename", "更名": "rename", "改名为": "rename", "改名": "rename", "升级到": "upgrade", "升级至": "upgrade",
    "升级为": "upgrade", "升级了": "upgrade", "更新了": "upgrade", "内测": "preview", "预告": "announce", "官宣": "announce", "预热": "announce",
    "发布": "launch", "推出": "launch", "上线": "launch", "问世": "launch", "亮相": "launch", "面世": "launch", "公测": "launch", "上架": "launch",
    "登场": "launch", "首发": "launch", "研发出": "launch", "开发出": "launch", "训练出": "launch", "创造出": "launch", "打造出": "launch", "公布": "launch",
    "上马": "launch", "亮出": "launch", "祭出": "launch", "公开": "launch", "释出": "launch", "放出": "launch", "带来": "launch", "再推": "launch",
    "发行": "launch", "推向市场": "launch", "横空出世": "launch", "诞生": "launch", "来了": "launch", "官宣发布": "launch", "放风": "launch", "甩出": "launch",
    "端出": "launch", "揭晓": "launch", "开卖": "launch", "发售": "launch", "推广到": "launch", "推广至": "launch",
    "发表": "launch", "面市": "launch", "问市": "launch", "出炉": "launch", "首秀": "launch", "开放下载": "launch", "揭幕": "launch", "上新": "launch",
    "展示": "announce", "展出": "announce", "更新": "upgrade", "迭代": "upgrade",
}  # fmt: skip


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


_NEVER_ACTIVE = frozenset(
    (
        "问世",
        "亮相",
        "面世",
        "公测",
        "登场",
        "面市",
        "问市",
        "出炉",
        "首秀",
        "开放下载",
        "揭幕",
        "横空出世",
        "诞生",
        "来了",
        "上马",
        "推向市场",
        "揭晓",
        "停止运营",
        "停止服务",
        "停止更新",
        "停运",
        "停服",
        "推广到",
        "推广至",
        "内测",
        "放风",
        "发售",
        "开卖",
    )
)
_NEVER_PASSIVE = {
    "带来",
    "公开",
    "再推",
    "升级了",
    "更新了",
    "研发出",
    "开发出",
    "训练出",
    "创造出",
    "打造出",
    "官宣",
    "亮出",
    "祭出",
    "放出",
    "放风",
    "甩出",
    "端出",
    "更名",
    "改名",
    "展示",
    "展出",
    "更新",
    "迭代",
    "上新",
}
ACTIVE_VERB = _any([v for v in KINDS_OF_VERB if v not in _NEVER_ACTIVE])
ATTRIBUTIVE_VERB = _any(
    [
        "发布",
        "推出",
        "上线",
        "公布",
        "公开",
        "预告",
        "面世",
        "问世",
        "开源",
        "研发出",
        "开发出",
        "训练出",
        "亮相",
        "首发",
        "放出",
        "放风",
        "上架",
        "内测",
        "公测",
        "发售",
        "打造出",
        "发表",
        "展示",
        "展出",
    ]
)
PASSIVE_VERB = _any([v for v in KINDS_OF_VERB if v not in _NEVER_PASSIVE])
NOMINAL_VERB = _any(["发布", "推出", "上线", "问世", "面世", "开源", "诞生", "亮相", "公测", "横空出世", "首发"])

# 开源 is an adjective unless one of these stands before it (or 了/出 after it)
OPENS = re.compile(
    r"(?:宣布|正式|陆续|相继|先后|联合|全面|已|已经|又|再|还|也|将|并|同时|首次|近日|同步|曾|即将|计划|率先|完全|免费|"
    r"起|随后|打算|会|选择|决定|累计|累积|重磅|接连|一口气|均|都|就|共|多)"
    r"(?:了|地)?$"
)
# between a verb and the name that follows: the name is then no object of the verb
GAP_BLOCKS = re.compile(
    r"基于|搭载|接入|支持|使用|采用|相比|超越|对标|媲美|比肩|匹敌|报告|财报|论文|数据|排名|榜单|战略|竞品|针对|类似|"
    r"不如|除了|关于|围绕|有关|融资|公告|声明|消息|预告片|达到|水平|"
    r"版权|股价|(?<!联合)(?<!携手)[与对比](?!话|外)|(?<!总)和$|用于|依托|借助|通过|集成|内置|运行在|适配|兼容|专为|"
    r"服务于|后$|后[,，]|时[,，]|以来|战争|竞赛|大会|"
    r"测试集|基准|类$|参考|^[、,，]|统一|取消|整合|关闭|一篇|博客|文章|[(（](?!如|包括|含|即|包含|分别|简称|英文|代号)|"
    r"指出|显示|称$|认为|表示|透露|宣布(?!推出|发布|开源)"
)
BAD_HEAD = re.compile(
    r"^(?:系列|模型|大模型)*的?(?:[^,，。;；、]{0,4}(?:API|插件|Plugins|培训|客户端|应用市场|应用商店)|版(?!本|"
    r"[,，。;；、“\"”]|$)|免费|统一|和安卓|衍生|蒸馏(?!版)|技术报告|论文|研究|报告|用户|会员|订阅|数据|评测|测试|排名|"
    r"榜单|合作|竞品|同款|平替|级别?|水平|相当|一样|这样|那样|之类|式|课程|教程|股价|"
    r"团队|生态|社区|开发者|平台|背后|相关|所用|为基础|为底座|打造|构建|训练|驱动|赋能|为核心|的(?!同时|时候|那|当|消息|"
    r"基础上|过程|发布|推出|上线|开源|问世|预览|轻量|升级|全新|最新|迷你|API|mini|高|基础|开源|[^,，。;；]{0,12}(?:功能|"
    r"版|模式)))"
)
FEATURE = re.compile(
    r"^(?:App|应用|系列|模型|大模型|中|里|上)*的?(?P<what>[^,，。;；:：]{0,14}?(?:功能|特性|新能力|模式))(?=[,，。;；:：、!！)）”\s]|$)"
)
# what may follow a verb whose object stood before it
ENDS = (
    r"(?=$|[,，。;；:：!！?？、)）”\"』」\s]|了?(?:$|[,，。;；])|后|时|以来|以后|之后|之前|之际|前|的(?:消息|时间|那|当|"
    r"第|首|同时|模型|大模型|$|[,，。])|并|于|在|至|仅|不到|不足|近|超|距|刚|才|当[天日]"
    r"|{TIME}|{DURATION}|{COUNT}|\d|短短|第[一二三四五六七八九十]|将|就|便|也|已|给|让|引发|引起|标志|意味|到|上线|开源|即|一度|两|几|半|计划|无疑)"
)
IRREALIS = re.compile(r"如果|假如|即使|要是|倘若|什么时候|何时|是否|会不会|能不能|能够?$|可以$|若(?!干)|假设|为什么|如何")
NEGATED = re.compile(r"(?:没|不会|不再|没有|未能|尚未|并未|还没|未曾|取消|推迟|暂停|放弃|否认)[^,，。]{0,12}$")
PLANNED = re.compile(
    r"将(?!其|该|这|[^,，]{0,10}(?:更名|改名|升级))|即将|计划|拟|打算|准备|未来|预计|有望|或于|下周|下月|明年|要$|不久后|尽快|很快"
)
PREVIEW = re.compile(r"预览版|预览研究|内测|抢先体验|灰度|Preview|preview|试用版")
OPENED = re.compile(
    r"(?:发布|推出|上线)(?:了|的)?[^,，。;；]{0,6}开源|开源(?:发布|推出)|并(?:将|且|同步)?[^,，。]{0,6}开源|开源(?:了)?$|以开源方式|款开源"
)
REOPENS = re.compile(
    r"^(?:并|而且|同时|还|且|随后|后续|也|又)*(?:选择|宣布|决定|计划)?(?:将|把)?(?:其|该|这款|两款|上述|"
    r"所有)?(?:系列)?(?:大?模型|模型权重|权重|代码|它们?|其)?(?:也|已)?(?:完全|全面|正式|同步|免费|向[^,，。]{0,8}|"
    r"于{TIME}起?|在[^,，。]{0,10})*开源(?:出来|出去)?$"
)
SAME_DAY = re.compile(r"即日起|即日|现已|今起|目前|如今|现在")

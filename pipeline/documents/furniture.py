"""What of a page is the article and what is furniture around it: share bars, bylines, captions, copyright lines, advertising, lists of other articles.

Rules are about the form of a line or sentence, never about one publisher's wording of one page. In doubt a line stays: furniture that is kept costs a
reviewer a glance, a sentence that is dropped is lost. Patterns read a view of the page (page.py), in Simplified characters.
"""

from __future__ import annotations

import re

from pipeline.documents.page import FILL

_END_OF_SENTENCE = re.compile(r"[。！？!?；;…][”’」』\"')）】]*")
_PROSE = re.compile(r"[。！？]|[，,].{12,}[，,]|[：:].{40,}")

# A line that is nothing but this is furniture.
_WHOLE_LINE = re.compile(
    r"""(?:
        [-=_*\#~·•.—–─━↓↑→←▼▲△▽◆■●○◎★☆|｜\\/<>\[\]()+,，、:：\s​‌﻿]+                     # rules, arrows, lone bullets
      | (?:part|no|chapter)?[.\s]?\#*\s?0?\d{1,2}[.、)）]?                                  # the number of a section or a list
      | (?:赞赏|打赏|收藏|已收藏|点赞|已赞|喜欢|在看|转发|评论|浏览|阅读|分享|关注|已关注|举报|投诉|复制链接|复制|打印|字号|字体|大|中|小
          |人赞赏|条评论|朋友圈|微信|微博|新浪微博|qq空间|qq|facebook|twitter|line|threads|telegram|linkedin|email|至|到|\d+|[+,，、·|｜/\s])+
      | [^\s，。]{0,20}\s*(?:\+\s*)?关注
      | (?:微信)?(?:扫一扫|扫码|扫描)[^。]{0,30}
      | (?:\d+篇)?原创内容 | 公众号 | 目录 | 收起 | 展开(?:全文)? | 阅读(?:原文|全文|更多) | 查看更多 | 更多(?:精彩)? | 返回(?:首页|顶部|搜狐.*)? | 首页
      | 上一篇.{0,60} | 下一篇.{0,60} | 广告 | 赞助内容 | 立即(?:咨询|报名|购买|下载|体验|注册) | 免费试听 | 登录 | 注册 | 登录/注册 | 跳过广告
      | 您(?:目前)?(?:的)?设备暂不支持播放 | 你["“]?在看["”]?我吗[？?]? | (?:全文|本文)?完 | [（(](?:全文|本文)?完[）)]
      | [—·\-\s]*(?:END|FIN|The\s?End)[.—·\-\s]* | recommend | advertisement | share | loading.{0,3}
      | [\d,.]+\s?[万k]?\s?(?:次)?(?:阅读|浏览|评论|点赞|收藏|views?|comments?|likes?)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# A line with this in it is furniture when it is short.
_SHORT_LINE = re.compile(
    r"""\d\s*(?:条)?评论\s*[\d,.]+\s*(?:次)?(?:浏览|阅读) | 收藏已收藏\s*\d* | 点赞已赞\s*\d* | \d+\s*收藏\s*\d+\s*分钟
      | icp[备证]?\s*[\d-]|公网安备|icp备|增值电信业务|营业执照|信息网络传播视听节目|互联网新闻信息服务
      | copyright\s|©|all\s+rights\s+reserved|版权所有|著作权
      | 阅读原文|长按(?:识别|二维码|图片)|识别(?:下方|图中|上方)?二维码|扫描?(?:下方|上方|右侧|文末)?(?:的)?二维码|扫码(?:关注|加|添加|入群|下载|咨询|领取|报名)
      | (?:添加|加)(?:小助手|客服|小编|作者)?微信|后台回复|回复关键词
      | 欢迎(?:扫码|加入.{0,8}群|投稿|订阅|关注)|关注我们|商务合作|加入社群|点击(?:下方|上方)?(?:卡片|链接|关注)
      | 设为星标|点个["“]?(?:在看|赞)
      | 转载请(?:联系|注明)|投稿(?:邮箱|请)|责任编辑 | 炒股就看 | 下载.{0,10}(?:app|客户端).{0,10}(?:查看|阅读|获取)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A line about the author or the account, however many sentences it has.
_AUTHOR_BOX = re.compile(r"专栏作家|^(?:来源)?公众号[：:]|^微信公众号[：:]")
# A sentence with this in it is furniture, whatever line it stands in.
_SENTENCE = re.compile(
    r"""(?:未经.{0,12}(?:许可|授权|允许|同意)[，,]?\s?(?:不得|禁止|严禁|谢绝|请勿|任何|均))|(?:禁止|不得|谢绝|请勿)(?:任何形式的?)?转载|转载(?:请|需|时)(?:联系|注明|获得|在)
      |(?:需|如欲|若需)转载|授权(?:事宜|转载)|版权(?:归|属)|版权所有|不代表.{0,20}(?:立场|观点)|不(?:构成|作为).{0,6}投资(?:建议|依据)|(?:据此|自行)(?:操作|买卖).{0,6}风险自
      |(?:题图|头图|封面图?|首图|配图|图片)(?:来自|来源|源自)|基于\s?cc0|原创[/、]授权|经授权(?:后|发布|转载)|授权.{0,12}(?:发布|转载)|原创稿件|独家稿件
      |更多精彩(?:内容|资讯)|(?:微信)?扫一扫|识别(?:下方|图中|上方)?二维码|扫描?.{0,6}二维码|长按.{0,10}二维码|点[击选].{0,8}["“「]?阅读原文|(?:添加|加)(?:小助手|客服|小编|作者)微信
      |公众号["“「『【]?后台回复|^关注.{0,16}微信|^如对本(?:文|稿)|转载自.{0,30}(?:媒体|目的)|^(?:免责|风险|版权|特别|新浪|郑重)?声明[：:]|^本文(?:首发|转载|转自|选自|授权)
      |^(?:本文)?(?:来自|来源[：:]?|来源于|首发于?)(?:微信)?公众号
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ROLES = (
    r"(?:特约|本[报刊网]|实习|资深|首席|每经|本文|见习)?(?:作\s?者|记\s?者|编\s?辑|责\s?编|责任编辑|主\s?编|编\s?审|校\s?对|审\s?校|撰\s?文|撰稿|采访|采写|文字|文|编|编译|翻译|译者|整理"
    r"|出品|监制|统筹|策划|设计|排版|运营排版|运营|视觉|制图|摄影|摄像|漫画|图|编导|审核|来源|原标题|原文标题|文章来源|稿源|题图|封面|图片来源|数据来源|发自|供图|视频|剪辑|主理人)"
)
_BYLINE = re.compile(rf"[（(【\[\s*]*{_ROLES}(?:\s*(?:/|&|和|、)\s*{_ROLES})?\s*[*]*\s*[|｜丨︱:：/／\\]+\s*\S.{{0,60}}")
_BYLINE_AFTER = re.compile(
    rf"\S{{1,20}}\s*[/／]\s*{_ROLES}[）)】\]]?|\S{{1,16}}\s*发自\s*\S.{{0,20}}|\S{{2,12}}\s*[|｜]\s*公众号\s*\S{{1,20}}"
)
_CAPTION = re.compile(
    r"[（(]?\s*(?:[▲△↑▼▽]|图[0-9一二三四五六七八九十]*\s*[:：/／|｜丨]|图[源注说示]|图为|图片(?:来源|源|说明)|资料图|[上中下左右]图[:：]|(?:来源|图)\s*[/／])"
)
_CREDIT = re.compile(
    r"\s*[（(]?(?:图片来源|(?:封面|题|头|首|配)?图源|图片|图|供图|摄影|制图|photo)\s*[/／:：]\s*[^\s，。：:]{1,20}[）)]?\s*$"
    r"|(?<=[。！？”」])\s*[（(]?(?:责任)?(?:编辑|校对|作者|记者|来源)\s*[:：|｜]\s*[^\s，。：:]{1,20}[）)]?\s*$",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"[#*\s【\[]*(?:延伸阅读|相关(?:文章|阅读|新闻|报道|推荐|链接)|推荐(?:阅读|文章)|往期(?:推荐|回顾|精彩|文章)|参考(?:资料|文献|链接|来源|阅读)|猜你喜欢|热门(?:文章|推荐|新闻)|更多(?:文章|阅读|报道)"
    r"|大家都在看|其他人都在看|看更多|同类文章|references?|further\s+reading|related(?:\s+articles?)?|提到的股票|概念股|关键词|标签)[】\]*\s]*[:：]?[*\s]*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[-*•·]\s|\[?\d{1,2}[\].、]|《")
_ENDING = re.compile(r"[—·*（(\-\s]*(?:END|FIN|The\s?End|(?:全文|本文)完|完)[.—·*）)\-\s]*", re.IGNORECASE)
_SITE_MARK = re.compile(r"[a-z][a-z0-9.]{1,11}")
_DOMAIN_LINE = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|cn|net|org|ink|io|hk|tw|cc|me|ai|co)(?:\.[a-z]{2})?(?![a-z0-9/])", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:(?:发布|发表|更新|刊登|撰写|上传)?(?:时间|日期)?(?:于)?\s*[:：]?\s*)?(?:(?:19|20)\d\d|民国\s?\d{2,3})\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?"
    r"(?:[T\s]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?:\s*(?:来源|作者|浏览|阅读|评论|分享|关注|字号).{0,60})?"
)


def body_spans(view: str) -> tuple[tuple[int, int], ...]:
    """The half-open spans of a page view that are the article, in order. Two spans are apart only where something was left out between them."""
    lines = _lines(view)
    plain = [line.replace(FILL, "").strip() for _, _, line in lines]
    kinds = [_is_furniture(text) for text in plain]
    _mark_edges(plain, kinds)
    _mark_related(plain, kinds)
    _mark_after_ending(plain, kinds)
    _mark_between(plain, kinds)
    spans: list[tuple[int, int]] = []
    for (start, _, line), text, is_out in zip(lines, plain, kinds, strict=True):
        if text and not is_out:
            _add_line(spans, view, start, line)
    return tuple(spans)


def _lines(view: str) -> list[tuple[int, int, str]]:
    lines, start = [], 0
    for line in view.split("\n"):
        lines.append((start, start + len(line), line))
        start += len(line) + 1
    return lines


def _is_furniture(line: str) -> bool:
    """Whether a line is furniture by what it is, wherever it stands."""
    if not line:
        return False
    if len(line) > 400:
        return False
    bare = line.lstrip(">#* \t\u3000").strip() or line
    if _WHOLE_LINE.fullmatch(bare) or _DATE_LINE.fullmatch(bare):
        return True
    if len(line) <= 160 and (_AUTHOR_BOX.search(bare) or (_SHORT_LINE.search(bare) and len(_END_OF_SENTENCE.findall(line)) <= 1)):
        return True
    if len(line) <= 90 and not re.search(r"[。！？]\s*$", line) and (_BYLINE.fullmatch(bare) or _BYLINE_AFTER.fullmatch(bare)):
        return True
    return len(line) <= 120 and bool(_CAPTION.match(bare)) and not _reads_like_a_sentence(bare)


def _reads_like_a_sentence(line: str) -> bool:
    """A caption that says something: it ends like a sentence once the credit behind it is taken away, or has a clause and a verb of an event."""
    said = _CREDIT.sub("", line).rstrip("）) ")
    said = re.sub(r"[，,。]?\s*(?:图片|数据|资料)?来源[:：].{0,30}$", "", said)
    return bool(re.search(r"[。！？]$", said)) or bool(re.search(r"\d", said) and re.search(r"[，,；].{4,}", said))


def _mark_edges(plain: list[str], kinds: list[bool]) -> None:
    """Marks of the site at the edges: a lone word in the last line, a domain with names behind it among the first lines."""
    filled = [index for index, text in enumerate(plain) if text]
    if len(filled) > 2 and _SITE_MARK.fullmatch(plain[filled[-1]]):
        kinds[filled[-1]] = True
    for index in filled[:6]:
        if len(plain[index]) <= 80 and _DOMAIN_LINE.match(plain[index]) and not _PROSE.search(plain[index]):
            kinds[index] = True


def _mark_related(plain: list[str], kinds: list[bool]) -> None:
    """A heading such as 相关文章 and the titles under it, until a line that reads like prose or a new heading."""
    inside = is_reference = False
    for index, text in enumerate(plain):
        if not text:
            continue
        if _RELATED.fullmatch(text):
            kinds[index] = inside = True
            is_reference = "参" in text or "ref" in text.lower()
        elif inside and not kinds[index]:
            # Headlines without a list mark say things that a reader takes for part of the article: they stay.
            inside = (
                not re.search(r"[。！？；]$|。.", text)
                and len(text) <= 160
                and not text.startswith("#")
                and (is_reference or _LISTED.match(text) is not None)
            )
            kinds[index] = inside


def _mark_after_ending(plain: list[str], kinds: list[bool]) -> None:
    """What follows an END or （全文完） in the last part of a page."""
    filled = [index for index, text in enumerate(plain) if text]
    size = sum(map(len, plain))
    behind = 0
    for index in reversed(filled):
        if behind > min(800, size // 4):
            return
        if _ENDING.fullmatch(plain[index]):
            for later in range(index, len(plain)):
                kinds[later] = True
            return
        behind += len(plain[index])


def _mark_between(plain: list[str], kinds: list[bool]) -> None:
    """Short lines without a sentence among the last lines, with furniture before and behind them: names of courses, tags, account names."""
    filled = [index for index, text in enumerate(plain) if text][-14:]
    for place in range(1, len(filled)):
        index = filled[place]
        is_last = place == len(filled) - 1
        if kinds[index] or len(plain[index]) > 40 or re.search(r"[。！？；：]", plain[index]) or plain[index].startswith("#"):
            continue
        kinds[index] = kinds[filled[place - 1]] and (is_last or any(kinds[later] for later in filled[place + 1 : place + 3]))


def _add_line(spans: list[tuple[int, int]], view: str, start: int, line: str) -> None:
    """Add what is the article in a line: its pieces between fillers, without the sentences that are furniture and the credit at its end."""
    cuts = []
    if _SENTENCE.search(line):
        cuts = [piece for piece in _sentences(line) if _SENTENCE.search(line[piece[0] : piece[1]].replace(FILL, "").lstrip("（(*> "))]
    credit = _CREDIT.search(line) if len(line) < 400 else None
    if credit:
        cuts.append(credit.span())
    begin = 0
    for cut_start, cut_end in [*sorted(cuts), (len(line), len(line))]:
        for found in re.finditer(rf"[^{FILL}]+", line[begin:cut_start]):
            piece = found.group()
            left = start + begin + found.start() + len(piece) - len(piece.lstrip())
            right = start + begin + found.start() + len(piece.rstrip())
            if left < right and re.search(r"\w", piece):
                _append(spans, view, left, right)
        begin = max(begin, cut_end)


def _append(spans: list[tuple[int, int]], view: str, left: int, right: int) -> None:
    if spans and not view[spans[-1][1] : left].strip():
        spans[-1] = (spans[-1][0], right)
    else:
        spans.append((left, right))


def _sentences(line: str) -> list[tuple[int, int]]:
    pieces, begin = [], 0
    for found in _END_OF_SENTENCE.finditer(line):
        pieces.append((begin, found.end()))
        begin = found.end()
    if begin < len(line):
        pieces.append((begin, len(line)))
    return pieces

"""What a page declares about itself: title, publisher, author, address, day of publication. What has to be inferred lives in dating.py.

Each value is taken from the most explicit place that has it: front matter and meta tags, then labelled lines (`发布时间：`), then the byline's form
(`文｜…`, a date alone on a line), then standing phrases (`本文来自微信公众号"…"`). A value that no place declares stays None.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from pipeline.documents.page import FILL, front_matter_span, is_html, simplified

_YEAR = r"(?:(?P<roc>民国)\s?(?P<roc_year>\d{2,3})|(?P<year>(?:19|20)\d\d))"
# Month and day have two digits after a dash, so that a count glued to the day (`2025-05-150 评论`) is not read as part of it.
_DAY = re.compile(
    rf"{_YEAR}\s?(?:年\s?(?P<m1>\d{{1,2}})\s?月\s?(?P<d1>\d{{1,2}})\s?日|(?P<sep>[-/.])(?P<m2>\d{{1,2}})(?P=sep)(?P<d2>\d{{2}}|\d(?!\d)))"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_DAY = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)", re.IGNORECASE
)
_LABELLED_DATE = re.compile(
    r"(?:发布|发表|刊登|刊发|上传|出版|首发|播发|发稿)(?:时间|日期|于|时刻)?[\s:：]*|(?:时间|日期)[\s:：]+"
    r"|\bpublished(?:[ _]?(?:on|at|time|date))?\**\s*[:：]\**\s*|\bdate\**\s*[:：]\**\s*",
    re.IGNORECASE,
)
_KEYS = {
    "title": ("title", "标题", "og:title", "twitter:title"),
    "author": ("author", "作者", "article:author", "byline", "authors", "creator", "dc.creator"),
    "publisher": ("publisher", "source", "来源", "媒体", "site", "og:site_name", "publication", "site_name"),
    "url": ("original", "url", "link", "链接", "原文链接", "og:url", "canonical", "source_url", "permalink"),
    "published": (
        "published",
        "date",
        "发布时间",
        "发布日期",
        "日期",
        "article:published_time",
        "pubdate",
        "publish_date",
        "published_at",
        "datepublished",
        "created",
        "publishdate",
    ),
}
_KEY_OF = {name: key for key, names in _KEYS.items() for name in names}
_KEYED_LINE = re.compile(r"\s*(?:\*\*)?\s*([A-Za-z_\u4e00-\u9fff][\w .:\u4e00-\u9fff-]{0,30}?)\s*[:：]\s*(?:\*\*)?\s*(.+?)\s*$")
_HINT = re.compile(r"\{%\s*hint\b[^\n]{0,200}%\}(.{0,4000}?)\{%\s*endhint\s*%\}", re.DOTALL)
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\(([^()\s]{1,2000})\)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。）)】」]+")
_BAR = r"\s*(?:\\?[|｜丨︱∣]|[:：]|/|／)\s*"
_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})"
_PERSON = re.compile(
    rf"(?:^|[\s，,（(\[【])(?:特约|本[报刊网]|见习|实习|每经|铅笔道|资深|首席)?(?:作者|记者|撰文|撰稿|采访|采写|文字|编译|文){_BAR}(?P<names>{_NAME}(?:[、，,\s&]+(?!编|图|责|出品|来源|审|校|设计){_NAME}){{0,4}})"
    rf"(?=$|[\s，,；;）)】\](（]|编辑|编{_BAR})",
    re.MULTILINE,
)
_OFFICIAL_ACCOUNT = re.compile(
    r"微信公众号\s*[:：]?\s*[\"“「『【]([^\"”」』】\n]{2,20})[\"”」』】]|来源公众号\s*[:：]\s*([^\s（(，,]{2,20})|本文来自微信公众号\s*[:：]\s*([^\s（(，,]{2,20})"
)
_STANDING = (
    re.compile(
        r"(?:发布|首发|刊载|刊登|刊发)[于在](?:微信公众号)?\s*[\"“「『【]?([\u4e00-\u9fffA-Za-z0-9·]{2,14}?)[\"”」』】]?(?=[，,。；;\s]|$)"
    ),
    re.compile(r"本文(?:系|为|是)([\u4e00-\u9fffA-Za-z0-9]{2,12}?)(?:独家|原创|综合|投稿|编译)"),
)
_OFFICE = re.compile(
    r"【?(?P<office>[\u4e00-\u9fffA-Za-z0-9]{1,12}?(?:社|网|报|报道|之家|东西|刊|周刊|日报|道|氪|科技|APP|财经|客户端)|[A-Z][A-Za-z]*\d+)(?:[(（][^()（）]{1,8}[)）])?】?"
    r"(?:\s*讯|\s+(?:记者\s?)?(?P<name>(?!关注)[\u4e00-\u9fff]{2,4})\s?$|\s*(?:[\u4e00-\u9fff]{2,4}\s)?\s*讯?\s*\d{1,2}\s?月\s?\d{1,2}\s?日?\s?(?:消息|讯|电|报道|$))"
)
_ACCOUNT = re.compile(r"(?P<name>[^\s，。|｜/]{2,16})\s+关注")
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:com|cn|net|org|ink|io|hk|tw|cc|me|ai|co)(?:\.[a-z]{2})?(?P<names>[^a-z0-9/:.\s][^\n]{0,60})", re.IGNORECASE
)
_TOLD = re.compile(
    r"(?:对|向|告诉|接受)了?《([^《》\n]{2,12})》(?:记者)?(?:独家)?(?:专访|采访|表示|说|称|介绍|分析|透露|坦言|指出|回忆|[，,。：:]|时)"
)
_SOURCE_LINE = re.compile(r"^[（(]?(?:文章|新闻|稿件|信息)?来\s?源\s*[:：|｜]\s*([^\s：:，,。、；;）)|（(]{2,16})")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page says of itself; None where it says nothing. `published_evidence` quotes the place, as it stands in the text."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    published_evidence: str | None = None


def declared_in(text: str, view: str) -> Declared:
    """Read what the page of `text` declares. `view` is its page view (page.view_of): offsets of both agree."""
    keyed = _keyed(text)
    published, evidence = _published(text, view, keyed)
    return Declared(
        title=_title(view, text, keyed),
        publisher=_clean(keyed.get("publisher")) or _publisher(text, view),
        author=_author(text, view) or _clean(keyed.get("author")),
        url=_url(text, keyed),
        published=published,
        published_evidence=evidence,
    )


def day_in(text: str) -> tuple[date, str] | None:
    """The first full date in a text of Simplified characters, with the characters it stands in; years of the Republic count from 1911."""
    for found in _DAY.finditer(text):
        year = int(found["year"] or 0) or int(found["roc_year"]) + 1911
        day = _date(year, int(found["m1"] or found["m2"]), int(found["d1"] or found["d2"]))
        if day:
            return day, found.group()
    for found in _ENGLISH_DAY.finditer(text):
        day = _date(int(found["year"]), _MONTHS.index(found["month"].lower()) + 1, int(found["day"]))
        if day:
            return day, found.group()
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1990 <= year <= 2100 else None


def _keyed(text: str) -> dict[str, str]:
    """Front matter, hint blocks and meta tags: our key to the value as written. The first of several places wins."""
    values: dict[str, str] = {}
    blocks = []
    matter = front_matter_span(text)
    if matter:
        blocks.append(text[slice(*matter)])
    hint = _HINT.search(text[:5000])
    if hint:
        blocks.append(hint.group(1))
    for block in blocks:
        for line in block.split("\n"):
            found = _KEYED_LINE.match(line)
            key = _KEY_OF.get(simplified(found.group(1)).lower().strip()) if found else None
            if found and key:
                values.setdefault(key, found.group(2).strip("\"' "))
    if is_html(text):
        _read_meta(text[:200_000], values)
    return values


def _read_meta(head: str, values: dict[str, str]) -> None:
    for tag in _META.finditer(head):
        attributes = {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(tag.group(1))}
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name in _KEY_OF and attributes.get("content", "").strip():
            values.setdefault(_KEY_OF[name], html.unescape(attributes["content"]).strip())
    for pattern, key in (
        (r"<title\b[^<>]*>([^<]{1,300})</title>", "title"),
        (r"<h1\b[^<>]*>([^<]{1,300})</h1>", "title"),
        (r"<link\b[^<>]*rel=[\"']canonical[\"'][^<>]*href=[\"']([^\"']+)", "url"),
        (r"<time\b[^<>]*datetime=[\"']([^\"']+)", "published"),
        (r"\"datePublished\"\s*:\s*\"([^\"]{8,40})", "published"),
    ):
        found = re.search(pattern, head, re.IGNORECASE)
        if found and found.group(1).strip():
            values.setdefault(key, html.unescape(found.group(1)).strip())


def _title(view: str, text: str, keyed: dict[str, str]) -> str | None:
    if keyed.get("title"):
        return _clean(keyed["title"])
    position = seen = 0
    for line in view[:20_000].split("\n"):
        start, position = position, position + len(line) + 1
        plain = line.replace(FILL, "").strip(" \t\r#*　\ufeff")
        if not plain:
            continue
        seen += 1
        if seen > 3:
            return None
        # A title is one short line that does not end like a sentence, or is marked as a heading.
        raw = "".join(character for character, seen_as in zip(text[start : start + len(line)], line, strict=True) if seen_as != FILL).strip(
            " \t\r　\ufeff"
        )
        if raw.startswith("# "):
            return raw[2:].strip(" #*") or None
        if raw.startswith((">", "|", "- ", "* ")) or _DAY.fullmatch(plain) or re.fullmatch(r"[\W\d_]+", plain):
            continue
        return raw.strip("#* ") if len(plain) <= 100 and not re.search(r"[。；;，,]$", plain) else None
    return None


def _published(text: str, view: str, keyed: dict[str, str]) -> tuple[date | None, str | None]:
    if keyed.get("published"):
        found = day_in(simplified(keyed["published"]))
        if found:
            return found[0], keyed["published"]
    head, tail = _edge_lines(view)
    for start, line in [*head, *tail]:
        for label in _LABELLED_DATE.finditer(line) if len(line) <= 200 else ():
            found = day_in(line[label.end() : label.end() + 24])
            if found and line.startswith(found[1], label.end()):
                return found[0], _quote(text, start + label.start(), start + label.end() + len(found[1]))
    for start, line in [*head, *tail]:
        found = day_in(line)
        if found and _is_date_line(line, found[1]):
            place = start + line.index(found[1])
            return found[0], _quote(text, place, place + len(found[1]))
    return None, None


def _is_date_line(line: str, day: str) -> bool:
    """Whether a line is about its date: the date alone, a byline or counts around it, a clock time behind it; never a sentence."""
    rest = line.replace(day, " ", 1).replace(FILL, "")
    if re.search(r"[。！？；]|[，,].*[，,]", rest):
        return False
    if re.match(r"\s*[日T]?\s*\d{1,2}[:：]\d\d", line[line.index(day) + len(day) :]):
        return True
    if re.search(r"\d\s*(?:条)?评论|\d\s*(?:次)?(?:浏览|阅读)|收藏|关注|编辑|作者|记者|来源|星期|周[一二三四五六日]", rest):
        return len(rest) <= 120
    return len(re.sub(r"[\W_]", "", rest)) <= 6


def _edge_lines(view: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The first twelve and the last four lines with anything in them, each with its start."""
    head, position = [], 0
    for line in view[:6000].split("\n"):
        if line.replace(FILL, "").strip():
            head.append((position, line))
        position += len(line) + 1
        if len(head) == 12:
            break
    tail, position = [], len(view)
    for line in reversed(view[-3000:].split("\n")):
        position -= len(line)
        if line.replace(FILL, "").strip() and position > (head[-1][0] if head else 0):
            tail.append((position, line))
        position -= 1
        if len(tail) == 4:
            break
    return head, tail


def _publisher(text: str, view: str) -> str | None:
    head, tail = _edge_lines(view)
    for start, line in [*reversed(tail), *head]:
        for pattern in _STANDING:
            found = pattern.search(line[:600])
            if found:
                return text[start + found.start(1) : start + found.end(1)]
        found = _OFFICIAL_ACCOUNT.search(line[:600])
        if found:
            group = found.lastindex or 1
            return text[start + found.start(group) : start + found.end(group)]
    for start, line in head[:6]:
        found = _OFFICE.match(line.lstrip()[:80])
        if found and start > 0:
            start += len(line) - len(line.lstrip())
            return text[start + found.start("office") : start + found.end("office")]
        names = _account_names(line)
        if len(names) == 2:
            return _as_written(text, start, line, names[1])
    for start, line in [*head[:4], *tail]:
        # A credit under the first picture has the same form: at the top it counts only before the first sentence.
        if (start, line) in head and re.search(r"[。！？]", view[:start]):
            continue
        found = _SOURCE_LINE.search(line)
        if found:
            return text[start + found.start(1) : start + found.end(1)]
    told = Counter(found.group(1) for found in _TOLD.finditer(view[:100_000]))
    name, times = max(told.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    # Articles cite other papers this way too; only who is told again and again is the one asking.
    if times >= 3:
        place = view.index(f"《{name}》") + 1
        return text[place : place + len(name)]
    return None


def _author(text: str, view: str) -> str | None:
    head, tail = _edge_lines(view)
    for start, line in [*head, *tail]:
        found = _PERSON.search(line[:300]) if len(line) <= 300 or _PERSON.match(line) else None
        if found:
            names = text[start + found.start("names") : start + found.end("names")]
            return "、".join(part for part in re.split(r"[、，,&]+|(?<=[\u4e00-\u9fff])\s+", names) if part.strip())
    for start, line in head[:6]:
        office = _OFFICE.match(line)
        account = _ACCOUNT.fullmatch(line.replace(FILL, "").strip())
        by_office = office["name"] if office else None
        name = by_office or (account["name"] if account else next(iter(_account_names(line)), None))
        if name and start > 0:
            return _as_written(text, start, line, name)
    return None


def _account_names(line: str) -> list[str]:
    """The one or two names that follow a bare domain in a saved page's first lines: the author and the account."""
    found = _DOMAIN.match(line)
    names = found["names"].split() if found else []
    return names[: 2 if len(names) == 2 else 1] if names and not re.search(r"[。，！？]", line) else []


def _as_written(text: str, start: int, line: str, name: str) -> str:
    place = start + line.index(name)
    return text[place : place + len(name)]


def _url(text: str, keyed: dict[str, str]) -> str | None:
    value = keyed.get("url") or keyed.get("publisher")
    found = _ADDRESS.search(value) if value else None
    if found:
        return found.group()
    labelled = re.search(
        r"(?:原文(?:链接|地址|網址|网址|連結)?|(?:文章)?(?:链接|連結|網址|网址)|original|source)\s*[:：]\s*(https?://[^\s<>\"'，。）)】」]+)",
        text[:5000] + "\n" + text[-3000:],
        re.IGNORECASE,
    )
    return labelled.group(1) if labelled else None


def _clean(value: str | None) -> str | None:
    if not value:
        return None
    value = _MARKDOWN_LINK.sub(lambda found: found.group(1), value)
    value = "" if _ADDRESS.fullmatch(value.strip()) else value
    return value.strip(" *\"'“”") or None


def _quote(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())

"""A page as furniture and metadata see it: the text with everything that is never read (tags, image and link targets, addresses) blanked out.

A view has exactly the length of the text, so every offset holds in both. Blanked characters are `FILL`; Chinese is Simplified, so that one pattern reads
both scripts. What counts as furniture is decided in furniture.py.
"""

from __future__ import annotations

import re
from functools import cache

import opencc

FILL = "\x00"
_HTML = re.compile(r"\s*(?:<!doctype html|<\?xml|<html\b|<head\b|<body\b|<article\b|<div\b|<meta\b)", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]{0,5000}>")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|tr|table|section|article|blockquote|title|figure|figcaption|dd|dt|pre|hr)\b", re.IGNORECASE
)
_UNREAD = ("script", "style", "head", "noscript", "template", "svg", "iframe", "nav", "footer", "aside", "form", "button", "select")
_YAML = re.compile(r"\s{0,20}---[ \t]*\r?\n((?:[^\n]*\n){1,60}?)---[ \t]*(?:\r?\n|$)")
_YAML_LINE = re.compile(r"(?:[A-Za-z_][\w .-]{0,40}|[\u4e00-\u9fff]{1,8}):(?:\s.*)?$|\s+\S.*$|\s*-\s.*$|\s*#.*$|\s*$")
_HINT = re.compile(r"\{%\s*hint\b[^\n]{0,200}%\}(.{0,4000}?)\{%\s*endhint\s*%\}", re.DOTALL)
_KEYED = re.compile(r"\s*(?:\*\*[^*\n]{1,40}[:：]\s*\*\*.*)?\s*$")
_INLINE = re.compile(
    r"""\[!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)[^\[\]\n]{0,400}\]\([^()\n]{0,2000}\)   # an image that is a link, with the teaser under it
      | !\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)                          # an image
      | \[(?=[^\[\]\n]{0,300}\]\()                                        # what stands around the text of a link
      | \]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)
      | \{%[^\n%]{0,300}%\}                                               # a tag of a page builder
      | https?[:：][/／]{1,2}[A-Za-z0-9._~:/?\#@!$&'*+=%;-]+               # an address
      | \bwww\.[A-Za-z0-9._~:/?\#@!$&'*+=%;-]+
      | [\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]+                     # control characters
    """,
    re.VERBOSE,
)
# Characters that one line must hold for an inline pattern to be worth running: long plain text skips them.
_INLINE_HINT = re.compile(r"[\[{\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]|https?|www\.")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in Simplified characters, one for one, so offsets hold."""
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else text


def is_html(text: str) -> bool:
    """Whether a text is the source of a web page."""
    if _HTML.match(text[:2000]):
        return True
    head = text[:20_000]
    return len(re.findall(r"</?(?:p|div|span|br|a|h[1-6]|script|style|li)\b[^<>]*>", head, re.IGNORECASE)) >= 10


def view_of(text: str) -> str:
    """The text in Simplified characters with tags, scripts, front matter, images, link targets, addresses and control characters blanked out.

    A line whose front matter was blanked still ends where it ended; a block tag of HTML becomes a line break with fillers.
    """
    view = text
    if is_html(text):
        view = _without_tags(view)
    # OpenCC stops at NUL, so what is blanked goes in after the conversion.
    view = simplified(view.replace(FILL, "\x01")).replace("\x01", FILL)
    matter = front_matter_span(text)
    if matter:
        view = _blank(view, *matter)
    for hint in _HINT.finditer(view):
        if all(_KEYED.match(line) for line in hint.group(1).split("\n")):
            view = _blank(view, *hint.span())
    if _INLINE_HINT.search(view):
        view = _INLINE.sub(lambda found: FILL * len(found.group()), view)
    return view


def front_matter_span(text: str) -> tuple[int, int] | None:
    """Where the YAML front matter stands: between two lines of `---` at the very start, with nothing in it but keys and values."""
    found = _YAML.match(text)
    if found and ":" in found.group(1) and all(_YAML_LINE.match(line.rstrip("\r")) for line in found.group(1).split("\n")):
        return found.span()
    return None


def _without_tags(text: str) -> str:
    text = re.sub(r"<!--.*?(?:-->|$)", lambda found: FILL * len(found.group()), text, flags=re.DOTALL)
    for name in _UNREAD:
        text = re.sub(
            rf"<{name}\b[^<>]*>.*?</{name}\s*>", lambda found: "\n" + FILL * (len(found.group()) - 1), text, flags=re.DOTALL | re.IGNORECASE
        )
    return _TAG.sub(lambda found: ("\n" if _BLOCK_TAG.match(found.group()) else FILL) + FILL * (len(found.group()) - 1), text)


def _blank(view: str, start: int, end: int) -> str:
    return view[:start] + re.sub(r"[^\n]", FILL, view[start:end]) + view[end:]

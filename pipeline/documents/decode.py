"""Bytes to text: which encoding a file is in, decided by evidence. Nothing here knows about pages or articles.

The evidence, in order: a byte order mark; strict validity as UTF-8 (bytes that form valid multi-byte UTF-8 are never anything else in practice);
and for the rest, which of the candidate encodings gives text that reads like Chinese: the share of everyday characters and Chinese punctuation
among the characters beyond ASCII. A character cut off at the very end of the file is left out, because half an article is worth more than none.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from pipeline.errors import LandscapeError

_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF file"),
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》「」『』—…·【】％　")
# The everyday characters of news prose in both scripts: in real text they are a third to a half of all Chinese characters, in misread bytes next to none.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度"
    "家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反"
    "你明看原又么利比或但质气第向道此变条只没结解问意建月公无系很情者最立代想已通并提直题程展五果料象员位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图统接知较将组见计别手期根论运指几区强放决被做必战先回则任取据处元亿万美智模型技术投融市场企商业司字节跳网信息用户"
    "這為個國時來們對會發動說產種後經進著電裡實兩體當點從應開還與關樣線數質氣變條沒結解問無總設長頭資邊級圖統較將組見計別論運幾區強決戰則據處億萬術"
    "場業節網過學間現機題員義話買賣訊報導財億"
)


class UndecodableError(LandscapeError):
    """The bytes are not the text of a Chinese article. The message says what they are and what to do."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte order mark, the encoding it was in, and one line saying how that is known."""

    text: str
    encoding: str
    evidence: str


def decode(raw: bytes) -> Decoded:
    """Decode a file. Raises UndecodableError when the bytes are empty, binary or fit no encoding."""
    decoded = _decode(raw) if raw.strip(b"\x00 \t\r\n\x0b\x0c") else None
    if decoded is None or not decoded.text.replace("\x00", "").replace("\ufeff", "").strip():
        raise UndecodableError("the file is empty; put the article's text into it or remove it")
    return decoded


def _decode(raw: bytes) -> Decoded:
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            raise UndecodableError(f"the file is {name}, not text; save the article as plain text")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text, cut = _strict(raw[len(mark) :], encoding)
            if text is None:
                raise UndecodableError(
                    f"the file starts with the byte order mark of {encoding} but is not valid {encoding}; save it again as UTF-8"
                )
            return Decoded(text, encoding, _evidence("byte order mark", cut))
    text, cut = _strict(raw, "utf-8")
    if text is not None and raw.count(b"\x00") * 50 < len(raw):
        return Decoded(text, "utf-8", _evidence("valid UTF-8", cut))
    return _most_plausible(raw)


def plausibility(text: str) -> float:
    """How much a text reads like Chinese: the share of everyday characters and Chinese punctuation among those beyond ASCII, less twice the share of
    characters that prose does not have. 0.3 to 0.7 for real text, under 0.15 for misread bytes, at most 1."""
    beyond = common = odd = 0
    for character in text:
        if "\x20" <= character <= "\x7e" or character in "\n\r\t":
            continue
        beyond += 1
        if character in _COMMON or character in _PUNCTUATION:
            common += 1
        elif not (
            "\u4e00" <= character <= "\u9fff"
            or "\u00a0" <= character <= "\u2bff"
            or "\u3000" <= character <= "\u30ff"
            or "\uff00" <= character <= "\uffef"
        ):
            odd += 1
    return (common - 2 * odd) / beyond if beyond else 0.0


def _most_plausible(raw: bytes) -> Decoded:
    scored = []
    for rank, encoding in enumerate(_CANDIDATES):
        sample, _ = _strict(raw[:_SAMPLE], encoding)
        if sample is not None:
            scored.append((-plausibility(sample), rank, encoding))
    for score, _, encoding in sorted(scored):
        if -score < 0.15:
            break
        text, cut = _strict(raw, encoding)
        if text is not None:
            return Decoded(text, encoding, _evidence(f"reads like Chinese ({-score:.0%} everyday characters)", cut))
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if damaged * 200 < len(text) and plausibility(text[:_SAMPLE]) >= 0.15:
        return Decoded(text, "utf-8", f"UTF-8 with {damaged} damaged characters")
    if any(byte in raw[:_SAMPLE] for byte in b"\x00\x01\x02\x03\x04\x05\x06\x07"):
        raise UndecodableError("the file is binary, not text; save the article as plain text")
    raise UndecodableError("the file is not readable as UTF-8, GB18030, Big5 or UTF-16; save it again as UTF-8")


def _strict(raw: bytes, encoding: str) -> tuple[str | None, int]:
    """The text and how many bytes of an unfinished character at the end were left out; None when the bytes are not valid in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(raw)
    except UnicodeDecodeError:
        return None, 0
    pending = decoder.getstate()[0]
    return text, len(pending) if isinstance(pending, bytes) else 0


def _evidence(reason: str, cut: int) -> str:
    return reason if not cut else f"{reason}; {cut} byte{'s' if cut > 1 else ''} of an unfinished character at the end left out"

"""Which script an article is written in. Conversion between scripts lives in the text layer."""

from __future__ import annotations

from functools import cache

import opencc

# The other script may have this share of the telling characters before an article counts as mixed: names and quotations stay below it.
_MIXED = 0.15


@cache
def _telling() -> dict[int, str]:
    """A translation table that leaves `s` for a character that exists in Simplified text only, `t` for Traditional only, and nothing for the rest.

    Converters change many characters that both scripts have (后, 里, 干); a character tells only if the other side's national standard lacks it.
    """
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = opencc.OpenCC("t2s").convert("".join(characters))
    traditional = opencc.OpenCC("s2t").convert("".join(characters))
    table = {}
    for character, as_simplified, as_traditional in zip(characters, simplified, traditional, strict=True):
        if as_traditional != character == as_simplified and not _encodable(character, "big5"):
            table[ord(character)] = "s"
        elif as_simplified != character and not _encodable(character, "gb2312"):
            table[ord(character)] = "t"
    return table


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def script_of(text: str) -> str:
    """`hans`, `hant` or `mixed`, by counting the characters that only one script has; `hans` when there are none."""
    table = _telling()
    simplified = traditional = 0
    for character in text:
        kind = table.get(ord(character))
        if kind == "s":
            simplified += 1
        elif kind == "t":
            traditional += 1
    if min(simplified, traditional) > _MIXED * (simplified + traditional):
        return "mixed"
    return "hant" if traditional > simplified else "hans"

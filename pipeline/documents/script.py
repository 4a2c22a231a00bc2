"""Which script an article is written in. Conversion between scripts lives in the text layer."""

from __future__ import annotations

from collections import Counter
from functools import cache

import opencc

# The other script may have this share of the telling characters before an article counts as mixed: names and quotations stay below it.
_MIXED = 0.15


@cache
def _telling() -> dict[str, str]:
    """`s` for each character that exists in Simplified text only, `t` for Traditional only; characters of both are not in it.

    Converters change many characters that both scripts have (后, 里, 干); a character tells only if the other side's national standard lacks it.
    """
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = opencc.OpenCC("t2s").convert("".join(characters))
    traditional = opencc.OpenCC("s2t").convert("".join(characters))
    table = {}
    for character, as_simplified, as_traditional in zip(characters, simplified, traditional, strict=True):
        if as_traditional != character == as_simplified and not _encodable(character, "big5"):
            table[character] = "s"
        elif as_simplified != character and not _encodable(character, "gb2312"):
            table[character] = "t"
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
    counts = {"s": 0, "t": 0}
    for character, count in Counter(text).items():
        kind = table.get(character)
        if kind:
            counts[kind] += count
    simplified, traditional = counts["s"], counts["t"]
    if min(simplified, traditional) > _MIXED * (simplified + traditional):
        return "mixed"
    return "hant" if traditional > simplified else "hans"

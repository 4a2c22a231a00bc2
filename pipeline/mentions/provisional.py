"""Ids of names the lexicon does not know. One function, so that a better slug is one change."""

from __future__ import annotations

import re
from hashlib import sha256

from pipeline.lexicon import slug

_LATIN_GLOSS = re.compile(r"[(（]\s*([A-Za-z][A-Za-z0-9 .'&-]*[A-Za-z0-9.])\s*[)）]")


def provisional_slug(name: str, entity_type: str) -> str:
    """The id of an unknown name: its Latin form or Latin gloss as a slug, else its pinyin and a short hash, since names that sound alike differ.

    >>> provisional_slug("Foo Labs", "org"), provisional_slug("某某(Foo)", "org"), provisional_slug("林某", "person")[:8]
    ('foo-labs', 'foo', 'lin-mou-')
    """
    gloss = _LATIN_GLOSS.search(name)
    latin = gloss.group(1) if gloss else name
    if latin.isascii():
        made = slug(latin)
        if made:
            return made
    from pypinyin import lazy_pinyin  # a quarter of a second to import, and most articles need none of it

    digest = sha256("\0".join((entity_type, name)).encode()).hexdigest()
    return "-".join(part for part in (slug("-".join(lazy_pinyin(name))), digest[:6]) if part)

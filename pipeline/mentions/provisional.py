"""Ids of names the lexicon does not know. One function, so that a better slug is one change."""

from __future__ import annotations

import re
from hashlib import sha256

from pipeline.lexicon import slug

_LATIN_GLOSS = re.compile(r"[(（]\s*([A-Za-z][A-Za-z0-9 .'&-]*[A-Za-z0-9.])\s*[)）]")


def provisional_slug(name: str, entity_type: str) -> str:
    """The id of an unknown name: its Latin form or Latin gloss as a slug, else `x-` and a short hash of type and name.

    >>> provisional_slug("Foo Labs", "org"), provisional_slug("某某(Foo)", "org")
    ('foo-labs', 'foo')
    """
    gloss = _LATIN_GLOSS.search(name)
    latin = gloss.group(1) if gloss else name
    if latin.isascii():
        made = slug(latin)
        if made:
            return made
    digest = sha256("\0".join((entity_type, name)).encode()).hexdigest()
    return f"x-{digest[:10]}"

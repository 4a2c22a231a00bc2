"""Whom the text credits with what stands at a place: a speaker, a source, a report. The speech acts themselves are found in `speech`."""

from __future__ import annotations

import re

from pipeline.facts.speech import acts
from pipeline.facts.speech_act import SpeechAct
from pipeline.facts.view import SentenceView

_OWN_TURN = re.compile(r"^\s*(?:但|不过|然而|而|此外|另外|与此同时|如今|目前|对此|因此|可见|这意味着|据|根据)")


def attribution_of(view: SentenceView, at: int) -> tuple[str | None, str | None]:
    """(attributed_to, assertion) for shadow offset `at`: the innermost speech act or source whose content covers it, else the data that the paragraph
    still quotes from; (None, None) in the article's own voice."""
    known = acts(view)
    covering = [a for a in known if a.left <= at < a.right]
    if not covering:
        source = None if known else _still_quoting(view)
        return (source.credit, source.assertion) if source else (None, None)
    innermost = max(covering, key=lambda a: a.left)
    return innermost.credit, innermost.assertion


def _still_quoting(view: SentenceView) -> SpeechAct | None:
    """The source of data that the sentence right before leans on, if this one goes on with figures in the same paragraph."""
    behind = view.previous
    if behind is None or behind.sentence.paragraph != view.sentence.paragraph or _OWN_TURN.match(view.shadow):
        return None
    if not any(t.kind in ("MONEY", "PERCENT", "MULTIPLE", "COUNT", "TOKENS", "PARAMS") for t in view.tokens):
        return None
    sources = [a for a in acts(behind) if a.is_source and a.assertion is None]
    return sources[-1] if sources else None

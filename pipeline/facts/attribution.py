"""Whom the text credits with what stands at a place: a speaker, a source, a report. The speech acts themselves are found in `speech`."""

from __future__ import annotations

from pipeline.facts.speech import acts
from pipeline.facts.view import SentenceView


def attribution_of(view: SentenceView, at: int) -> tuple[str | None, str | None]:
    """(attributed_to, assertion) for shadow offset `at`: the innermost speech act or source whose content covers it; (None, None) in the article's own voice."""
    covering = [a for a in acts(view) if a.left <= at < a.right]
    if not covering:
        return None, None
    innermost = max(covering, key=lambda a: a.left)
    return innermost.credit, innermost.assertion

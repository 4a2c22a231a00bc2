"""The value type of the speech layer: somebody's words in a sentence. Finding them is the work of `speech` and the modules it lists."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.facts.view import SentenceView, Token
from pipeline.lexicon import load

SHORTEST = 4  # fewer characters are a name or a label, nobody's words


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """A stretch of the shadow (`left`..`right`) credited to somebody. `speaker` is the name's token if it has one (it may stand in an earlier sentence),
    `credit` what attributed_to says, `kind` the kind of statement the verb suggests, `is_source` True for data, reports and media rather than speakers,
    `at` where the naming of the speaker begins, `verb` the word that says it, `form` how it was found, `said_at` the end of the announcing words."""

    left: int
    right: int
    credit: str
    speaker: Token | None
    kind: str
    is_direct: bool
    is_source: bool
    assertion: str | None = None
    at: int = 0
    verb: str = ""
    form: str = "verb"
    how: str = "name"
    said_at: int = 0


def credit_of(view: SentenceView, token: Token) -> str:
    """What attributed_to says of a speaker: the name the lexicon knows it by, else the source's own words; media keep their brackets."""
    entity = load().entities.get(token.entity_id)
    name = entity.name_zh or entity.name_en if entity and token.kind != "MEDIA" else None
    return name or view.document.raw_text(token.start, token.end)


def end_of(shadow: str) -> int:
    """Where the words of a sentence end: before its closing stop."""
    end = len(shadow)
    while end and shadow[end - 1] in "。!！?？;；\n ":
        end -= 1
    return end

"""Rules of `statements`: a named person or organisation credited with an opinion, a prediction, a warning or a plan. Rests on the speech acts of `speech`."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.facts.patterns import Fact
from pipeline.facts.speech import SpeechAct, acts
from pipeline.facts.view import SentenceView

_TRIM = ' \t\n,，。;；:：“”"「」『』'
SHORTEST = 4  # fewer characters are a name or a label, not a statement


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `statements` in a sentence: one for each speech act of somebody with a name."""
    for act in acts(view):
        if act.speaker is None or act.is_source:
            continue
        text = view.raw(act.left, act.right).strip(_TRIM)
        if len(text) >= SHORTEST and act.speaker.kind in ("PERSON", "ORG"):
            yield _statement(view, act, text)


def _statement(view: SentenceView, act: SpeechAct, text: str) -> Fact:
    speaker = act.speaker
    if speaker is None:
        raise ValueError("a statement has a speaker")
    fields = {
        "speaker_type": "person" if speaker.kind == "PERSON" else "org",
        "speaker_id": speaker.entity_id,
        "kind": act.kind,
        "text": text,
        "is_direct_quote": act.is_direct,
    }
    rule = "statements.direct" if act.is_direct else "statements.indirect"
    tokens = (speaker,) if speaker in view.tokens else ()
    return Fact(
        "statements",
        fields,
        view.folded_offset(act.at),
        view.folded_offset(max(act.right - 1, act.at)) + 1,
        rule,
        tokens,
        attributed_to=act.credit,
    )

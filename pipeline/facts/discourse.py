"""Who a clause is about: subjects carried over clauses, sentences and paragraphs, pronouns and headings.

Chinese drops subjects. `subject` answers "which entity of these kinds is the one that this place speaks of", nearest evidence first.
Which kinds a fact may have as its subject is the business of that fact's module.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.facts.view import Clause, SentenceView, Token

# a mention after one of these is not the subject of its clause
_OBLIQUE = re.compile(
    r"(?:与|和|同|跟|向|对|给|由|被|将|把|比|较|据|从|在|于|为|以|用|除了?|基于|超越|超过|对标|对比|相比|根据|通过|来自|包括|包含|例如|比如|如|像|"
    r"采用|使用|发布|推出|开源|上线|投资|收购|加入|离开|支持|接入|集成|搭载|合作的?|不及|低于|高于|优于|赶超|媲美|持平|领先|挑战|击败|成立|创办|创立|联合)"
    r"(?:了|过|的|着)?[\s\"“‘《(（]*$"
)
_PRONOUN = re.compile(
    r"^[\"“‘\s]*(?:而|但|同时|此外|另外|目前|如今|当前|其中|并且?|随后|此后|对此|因此|不过)?[,，]?\s*(?:该|这家|这款|这个|此|其|它|他|她|公司|前者|后者|团队|两者|二者)"
)
_LATTER, _FORMER = re.compile(r"后者"), re.compile(r"前者")


def is_oblique(view: SentenceView, token: Token) -> bool:
    """True if the mention stands after a preposition or a verb, so that it is not what its clause is about."""
    return bool(_OBLIQUE.search(view.shadow, max(0, token.at - 8), token.at))


def topic_of(view: SentenceView, clause: Clause, kinds: Collection[str]) -> Token | None:
    """The subject of a clause: its first mention of `kinds` that is not oblique."""
    for token in clause.tokens:
        if token.kind in kinds and not is_oblique(view, token):
            return token
    return None


def nearest_before(view: SentenceView, at: int, kinds: Collection[str], *, left: int = 0) -> Token | None:
    """The last mention of `kinds` that ends before shadow offset `at`."""
    for token in reversed(view.tokens):
        if left <= token.at < at and token.kind in kinds:
            return token
    return None


def topic_of_sentence(view: SentenceView, kinds: Collection[str]) -> Token | None:
    """The first subject of a sentence; else its first mention of `kinds`."""
    for clause in view.clauses:
        if token := topic_of(view, clause, kinds):
            return token
    return None


def subject(view: SentenceView, at: int, kinds: Collection[str], *, reach: int = 3) -> Token | None:
    """The entity that the place `at` (shadow offset) is about.

    In order: the subject of its clause before `at`, the subjects of earlier clauses of the sentence (latest first), then up to `reach` sentences back
    in the same section, and the heading.
    """
    clause = view.clause_at(at)
    if token := next((t for t in clause.tokens if t.at < at and t.kind in kinds and not is_oblique(view, t)), None):
        return token
    for earlier in reversed(view.clauses[: clause.number]):
        if _LATTER.search(view.shadow, clause.left, at):
            mentions = [t for t in view.tokens if t.at < clause.left and t.kind in kinds]
            if mentions:
                return mentions[-1]
        if token := topic_of(view, earlier, kinds):
            return token
    return carried(view, kinds, reach)


def carried(view: SentenceView, kinds: Collection[str], reach: int = 3) -> Token | None:
    """The topic that a sentence without a subject of `kinds` takes over from what stands before it."""
    behind = view.previous
    steps = 0
    while behind is not None and steps < reach:
        if behind.is_heading:
            return topic_of_sentence(behind, kinds)
        if token := topic_of_sentence(behind, kinds):
            return token
        if behind.sentence.section != view.sentence.section:
            return None
        behind, steps = behind.previous, steps + 1
    return None

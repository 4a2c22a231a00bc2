"""What a rule looks at: a sentence with its mentions, quantities and times tagged, and the shadow string that patterns run over.

Each mention becomes one private-use character in `shadow`, so a pattern is an ordinary regular expression over a short string and a group that
holds such a character leads back to the token. Building the view belongs here; deciding what anything means does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.documents.document import Document
from pipeline.mentions import Mention, mentions_in, reconcile
from pipeline.text import Folded, Quantity, Sentence, TimeSpan, clauses_in, fold, quantities_in, sentences_in, times_in

KINDS: dict[str, str] = {
    "ORG": "\ue000",
    "PERSON": "\ue001",
    "MODEL": "\ue002",
    "PRODUCT": "\ue003",
    "COHORT": "\ue004",
    "BENCHMARK": "\ue005",
    "MEDIA": "\ue006",
    "COUNTRY": "\ue007",
    "MONEY": "\ue010",
    "PERCENT": "\ue011",
    "MULTIPLE": "\ue012",
    "COUNT": "\ue013",
    "PARAMS": "\ue014",
    "TOKENS": "\ue015",
    "PRICE": "\ue016",
    "NUMBER": "\ue017",
    "TIME": "\ue020",
    "DURATION": "\ue021",
}
MENTION_KINDS = frozenset(("ORG", "PERSON", "MODEL", "PRODUCT", "COHORT", "BENCHMARK", "MEDIA", "COUNTRY"))
QUANTITY_KINDS = frozenset(("MONEY", "PERCENT", "MULTIPLE", "COUNT", "PARAMS", "TOKENS", "PRICE", "NUMBER"))
_LIST_JOINT = re.compile(r"(?:[\s、,，/和与及跟\"'“”‘’《》「」]|以及|还有|甚至|乃至){1,4}")


def quantity_kind(quantity: Quantity) -> str:
    """The token kind of a quantity, from its unit."""
    if quantity.per_tokens:
        return "PRICE"
    if quantity.currency:
        return "MONEY"
    return {"percent": "PERCENT", "multiple": "MULTIPLE", "parameters": "PARAMS", "tokens": "TOKENS", None: "NUMBER"}.get(
        quantity.unit, "COUNT"
    )


@dataclass(frozen=True, slots=True)
class Token:
    """A tagged span. `start`/`end` are offsets in the folded document, `at` is its place in the sentence's shadow."""

    kind: str
    start: int
    end: int
    at: int
    value: Mention | Quantity | TimeSpan

    @property
    def mention(self) -> Mention:
        if not isinstance(self.value, Mention):
            raise TypeError(f"{self.kind} is not a mention")
        return self.value

    @property
    def quantity(self) -> Quantity:
        if not isinstance(self.value, Quantity):
            raise TypeError(f"{self.kind} is not a quantity")
        return self.value

    @property
    def time(self) -> TimeSpan:
        if not isinstance(self.value, TimeSpan):
            raise TypeError(f"{self.kind} is not a time")
        return self.value

    @property
    def entity_id(self) -> str:
        return self.mention.entity_id


@dataclass(slots=True)
class _Shadow:
    text: str
    cuts: list[int]  # shadow offset of each piece start
    bases: list[int]  # folded offset of each piece start
    tokens: list[Token]


def _shadow(folded: str, start: int, end: int, spans: Sequence[tuple[str, int, int, Mention | Quantity | TimeSpan]]) -> _Shadow:
    pieces: list[str] = []
    cuts, bases, tokens = [0], [start], []
    position, length = start, 0
    for kind, left, right, value in spans:
        if left > position:
            pieces.append(folded[position:left])
            length += left - position
        tokens.append(Token(kind, left, right, length, value))
        cuts.append(length)
        bases.append(left)
        pieces.append(KINDS[kind])
        length += 1
        cuts.append(length)
        bases.append(right)
        position = right
    pieces.append(folded[position:end])
    return _Shadow("".join(pieces), cuts, bases, tokens)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: offsets in the folded document, offsets in the shadow, the tokens inside."""

    number: int
    start: int
    end: int
    left: int
    right: int
    tokens: tuple[Token, ...]


@dataclass(eq=False)
class SentenceView:
    """One sentence. `text` is folded, `shadow` has one private-use character for each token; `previous` is the sentence before it."""

    document: DocumentView
    number: int
    sentence: Sentence
    text: str
    shadow: str
    tokens: tuple[Token, ...]
    previous: SentenceView | None
    _cuts: list[int]
    _bases: list[int]
    notes: dict[str, object] = field(default_factory=dict)  # what later passes found out, by pass

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    @property
    def is_heading(self) -> bool:
        return self.sentence.is_heading

    def folded_offset(self, at: int) -> int:
        """Shadow offset -> offset in the folded document."""
        piece = bisect_right(self._cuts, at) - 1
        return self._bases[piece] + at - self._cuts[piece]

    def shadow_offset(self, offset: int) -> int:
        """Offset in the folded document -> shadow offset (inside a token: the token's)."""
        piece = bisect_right(self._bases, offset) - 1
        width = (self._cuts[piece + 1] if piece + 1 < len(self._cuts) else len(self.shadow)) - self._cuts[piece]
        return self._cuts[piece] + min(offset - self._bases[piece], max(width - 1, 0)) if width else self._cuts[piece]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        out = []
        for number, (start, end) in enumerate(clauses_in(self.document.folded.text, self.start, self.end)):
            tokens = tuple(t for t in self.tokens if start <= t.start < end)
            out.append(Clause(number, start, end, self.shadow_offset(start), self.shadow_offset(end - 1) + 1, tokens))
        return tuple(out)

    def clause_at(self, at: int) -> Clause:
        """The clause that holds shadow offset `at`."""
        for clause in self.clauses:
            if at < clause.right:
                return clause
        return self.clauses[-1]

    def token_at(self, at: int) -> Token | None:
        return self._by_place.get(at)

    @cached_property
    def _by_place(self) -> dict[int, Token]:
        return {t.at: t for t in self.tokens}

    def tokens_in(self, left: int, right: int, *kinds: str) -> list[Token]:
        """The tokens of `kinds` (all if none) between two shadow offsets."""
        return [t for t in self.tokens if left <= t.at < right and (not kinds or t.kind in kinds)]

    def between(self, left: Token, right: Token) -> str:
        """The shadow text between two tokens."""
        return self.shadow[left.at + 1 : right.at]

    @cached_property
    def _lists(self) -> dict[int, tuple[Token, ...]]:
        groups: dict[int, tuple[Token, ...]] = {}
        for kind in MENTION_KINDS:
            run: list[Token] = []
            for token in (t for t in self.tokens if t.kind == kind):
                if run and not _LIST_JOINT.fullmatch(self.between(run[-1], token)):
                    groups |= {t.at: tuple(run) for t in run}
                    run = []
                run.append(token)
            groups |= {t.at: tuple(run) for t in run}
        return groups

    def siblings(self, token: Token) -> tuple[Token, ...]:
        """The list `A、B和C` that a mention stands in, itself included."""
        return self._lists.get(token.at, (token,))

    def raw(self, left: int, right: int) -> str:
        """The raw characters behind a stretch of the shadow."""
        if right <= left:
            return ""
        return self.document.raw_text(self.folded_offset(left), self.folded_offset(right - 1) + self._width(right - 1))

    def _width(self, at: int) -> int:
        token = self.token_at(at)
        return token.end - token.start if token else 1


@dataclass(eq=False)
class DocumentView:
    """A document read once: folded text, sentences with their tokens, everything a rule may ask for."""

    document: Document
    folded: Folded
    sentences: list[SentenceView]
    quantities: list[Quantity]
    times: list[TimeSpan]
    mentions: list[Mention]

    def sentence_at(self, offset: int) -> SentenceView:
        """The sentence that holds an offset of the folded document."""
        return self.sentences[max(bisect_right(self.sentences, offset, key=lambda s: s.start) - 1, 0)]

    def raw_text(self, start: int, end: int) -> str:
        left, right = self.folded.raw_span(start, end)
        return self.document.text[left:right]


def read(document: Document) -> DocumentView:
    """Fold, split and tag a document."""
    folded = fold(document.readable)
    text, reference = folded.text, document.reference_date
    sentences = sentences_in(text)
    quantities, times = quantities_in(text), times_in(text, reference)
    mentions, quantities, times = reconcile(mentions_in(text, reference, quantities, times), quantities, times)
    spans: list[tuple[str, int, int, Mention | Quantity | TimeSpan]] = [(m.type.upper(), m.start, m.end, m) for m in mentions]
    spans += [(quantity_kind(q), q.start, q.end, q) for q in quantities]
    spans += [("DURATION" if t.is_duration and t.date_start is None else "TIME", t.start, t.end, t) for t in times]
    spans.sort(key=lambda s: (s[1], s[2]))
    view = DocumentView(document, folded, [], quantities, times, mentions)
    first = 0
    previous: SentenceView | None = None
    for number, sentence in enumerate(sentences):
        while first < len(spans) and spans[first][1] < sentence.start:
            first += 1
        last = first
        while last < len(spans) and spans[last][2] <= sentence.end:
            last += 1
        shadow = _shadow(text, sentence.start, sentence.end, spans[first:last])
        previous = SentenceView(
            view,
            number,
            sentence,
            text[sentence.start : sentence.end],
            shadow.text,
            tuple(shadow.tokens),
            previous,
            shadow.cuts,
            shadow.bases,
        )
        view.sentences.append(previous)
        first = last
    return view

"""The mention layer put together: known names, then unknown ones by evidence, then other names for both, without overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.lexicon import Lexicon, load
from pipeline.mentions.coreference import other_names
from pipeline.mentions.evidence import Candidate, Ground
from pipeline.mentions.latin import find_latin
from pipeline.mentions.names import KnownNames, Reading, ends_well, masked_spans, starts_well
from pipeline.mentions.neighbours import find_neighbours
from pipeline.mentions.organizations import OrganizationFinder
from pipeline.mentions.persons import PersonFinder
from pipeline.mentions.provisional import provisional_slug
from pipeline.mentions.readings import resolve
from pipeline.mentions.reconcile import reconcile
from pipeline.mentions.spans import Mention
from pipeline.mentions.squash import squash
from pipeline.mentions.versions import Versions, merge
from pipeline.mentions.words import words
from pipeline.text import fold, quantities_in, times_in
from pipeline.text.spans import Quantity, TimeSpan

# Which evidence is believed where two candidates overlap: the first.
_RULES = (
    "title_chinese", "foreign", "latin", "latin_given", "source", "title_foreign", "chief", "round", "latin_model", "ending", "latin_org", "chinese_model",
    "before_title_3", "before_title_4", "before_title_2", "before_verb_3", "before_verb_4", "weak_ending", "latin_listed", "latin_org_left", "before_verb_2",
    "listed",
)  # fmt: skip
_OTHER_SPACES = "\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t"
_MAKERS = ("developer_org_id", "family", "org_id")
_CHIEF_ROLES = frozenset(("founder", "co_founder", "ceo", "chair", "cto", "chief_scientist", "partner"))


class MentionFinder:
    """A lexicon made ready to find names with. Building one takes a moment; finding is linear in the text."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists = words()
        aliases = [alias for entity in lexicon.entities.values() for alias in entity.aliases]
        surfaces = fold("\n".join(alias.surface for alias in aliases)).text.split("\n")
        names = [
            (s, Reading(a.entity_type, a.entity_id, a.is_ambiguous or s in lists.common)) for s, a in zip(surfaces, aliases, strict=True)
        ]
        names += [(name, Reading("country", code)) for name, code in lists.countries.items()]
        self.names = KnownNames(names, [*lists.protected, *lexicon.triggers.decoys], lists.common)
        self._lexicon = lexicon
        self._versions = Versions(lexicon.families)
        self._persons = PersonFinder(lexicon.triggers)
        leads = (title for title, role in lexicon.triggers.roles.items() if role in _CHIEF_ROLES)
        self._organizations = OrganizationFinder(frozenset(["总裁", "副总裁", *leads]))
        self._makers = {
            entity.id: tuple(maker for key in _MAKERS if (maker := entity.attributes.get(key)) and maker != entity.id)
            for entity in lexicon.entities.values()
        }
        self._full_names = {e.id: e.name_zh for e in lexicon.of_type("person") if e.name_zh and "·" in e.name_zh}

    def mentions_in(self, folded: str, quantities: Sequence[Quantity] = (), times: Sequence[TimeSpan] = ()) -> list[Mention]:
        """The mentions of a folded text, sorted, without overlap among themselves or with the quantities and times that `reconcile` keeps."""
        text = folded
        for space in _OTHER_SPACES:
            text = text.replace(space, " ")
        squashed = squash(text)
        masks = masked_spans(text)
        spans = sorted((span.start, span.end) for spans in (quantities, times) for span in spans)
        found = self.names.find(text, squashed, Ground(masks))
        versions = self._versions.find(text, squashed, spans, Ground(masks))
        context = frozenset(reading.entity_id for name in found for reading in name.readings)
        found, unlisted = merge(text, self.names, found, versions, context)
        known = sorted([*resolve(text, found, self._makers), *unlisted], key=lambda mention: mention.start)
        known, _, _ = reconcile(known, quantities, times)
        taken = [*spans, *masks]
        mentions, _, _ = reconcile(self._with_other_names(text, self._with_unknown(text, known, taken), taken), quantities, times)
        if text == folded:
            return mentions
        return [m if folded.startswith(m.text, m.start) else replace(m, text=folded[m.start : m.end]) for m in mentions]

    def _with_unknown(self, text: str, known: list[Mention], spans: list[tuple[int, int]]) -> list[Mention]:
        ground = Ground([*((m.start, m.end) for m in known), *spans])
        people = self._persons.find(text, ground)
        ends = {mention.end: (mention.start, mention.type) for mention in known}
        beginnings = frozenset([*(m.start for m in known if m.type == "person"), *(c.start for c in people)])
        candidates = [
            *people,
            *self._organizations.find(text, ground, ends, beginnings),
            *find_latin(text, ground, ends),
            *find_neighbours(text, ground, ends),
        ]
        chosen = _without_overlap(candidates)
        # what is named by its own evidence first, so that a bare last name beside a verb joins the full name
        strong = [self._mention(text, candidate) for candidate in chosen if not candidate.rule.startswith("before_verb")]
        others = other_names(text, [*known, *strong], ground, self._full_names)
        by_surface = {mention.text: mention for mention in reversed(strong)}
        for candidate in chosen:
            surface = text[candidate.start : candidate.end]
            if candidate.rule.startswith("before_verb") or surface in others:
                by_surface[surface] = others.get(surface) or by_surface.get(surface) or self._mention(text, candidate)
        spread = self._everywhere(text, by_surface, ground, frozenset((candidate.start, candidate.end) for candidate in chosen))
        countries = [m for m in known if m.type == "country"]
        # a country that begins a longer unknown name (中国…研究院) is part of it
        swallowed = {c.start for c in countries for m in spread if m.start <= c.start and c.end <= m.end}
        return sorted([*(m for m in known if m.start not in swallowed or m.type != "country"), *spread], key=lambda mention: mention.start)

    def _mention(self, text: str, candidate: Candidate) -> Mention:
        surface = text[candidate.start : candidate.end]
        gloss = candidate.gloss
        for name in filter(None, (surface, gloss)):
            for reading in self.names.readings(name):
                if reading.type == candidate.type:
                    return Mention(candidate.start, candidate.end, surface, reading.type, reading.entity_id)
        entity_id = provisional_slug(gloss or surface, candidate.type)
        entity = self._lexicon.entities.get(entity_id)
        if entity is not None and entity.type != candidate.type:
            entity_id = f"{entity_id}-{candidate.type}"
        return Mention(candidate.start, candidate.end, surface, candidate.type, entity_id, entity_id not in self._lexicon.entities)

    def _with_other_names(self, text: str, mentions: list[Mention], spans: list[tuple[int, int]]) -> list[Mention]:
        ground = Ground([*((m.start, m.end) for m in mentions), *spans])
        others = other_names(text, mentions, ground, self._full_names)
        if not others:
            return mentions
        return sorted([*mentions, *self._everywhere(text, others, ground)], key=lambda mention: mention.start)

    @staticmethod
    def _everywhere(text: str, names: dict[str, Mention], ground: Ground, homes: frozenset[tuple[int, int]] = frozenset()) -> list[Mention]:
        """Every place where one of `names` stands, as the mention it stands for: outside the taken `ground`, or one of `homes`, where it was found."""
        surfaces = sorted(names)
        if not surfaces:
            return []
        found = []
        for index, start, end in AhoCorasick(surfaces, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
            model = names[surfaces[index]]
            if (start, end) in homes or (not ground.overlaps(start, end) and starts_well(text, start) and ends_well(text, end)):
                found.append(Mention(start, end, text[start:end], model.type, model.entity_id, model.is_provisional))
        return found


def _without_overlap(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that best evidence speaks for, none overlapping another, by position."""
    starts: list[int] = []
    taken: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (_RULES.index(c.rule), c.start - c.end, c.start)):
        place = bisect_left(starts, candidate.start)
        if place < len(taken) and taken[place].start < candidate.end:
            continue
        if place and taken[place - 1].end > candidate.start:
            continue
        starts.insert(place, candidate.start)
        taken.insert(place, candidate)
    return taken


@cache
def finder() -> MentionFinder:
    """The finder of the project's own lexicon. Cached."""
    return MentionFinder(load())


def mentions_in(folded: str, reference: date | None, quantities: Sequence[Quantity], times: Sequence[TimeSpan]) -> list[Mention]:
    """The names in a folded text, sorted, none overlapping another; offsets count characters of `folded`.

    `quantities` and `times` are those of the same text: a name inside one of them is none, and one inside a name stays a name (see `reconcile`).
    `reference` is not used: what a name means does not depend on the day.
    """
    return finder().mentions_in(folded, quantities, times)


def readings_of(mention: Mention) -> tuple[Reading, ...]:
    """Everything the surface of `mention` may mean, the preferred first: for a rule that needs the model where the text names the company."""
    return finder().names.readings(mention.text)


def find_mentions(text: str, reference: date | None = None) -> list[Mention]:
    """The names in any text; offsets count code points of `text`. `reference` is the day relative times are resolved against."""
    folded = fold(text)
    mentions = mentions_in(folded.text, reference, quantities_in(folded.text), times_in(folded.text, reference))
    found = []
    for mention in mentions:
        start, end = folded.raw_span(mention.start, mention.end)
        found.append(Mention(start, end, text[start:end], mention.type, mention.entity_id, mention.is_provisional))
    return found

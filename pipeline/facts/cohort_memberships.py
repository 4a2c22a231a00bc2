"""Rules of `cohort_memberships`: which organisation belongs to which named group, by lists beside the group's label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.facts.patterns import Fact
from pipeline.facts.view import KINDS, SentenceView, Token

_O, _C = KINDS["ORG"], KINDS["COHORT"]
_LIST = rf"{_O}(?:[\s、,，/和与及\"“”]{{1,3}}{_O})+"
_LABEL_THEN_LIST = re.compile(
    rf"(?P<label>{_C})[”\"」』]?[^。;；{_O}{_C}]{{0,14}}?(?:——|—|:|：|即|包括|分别(?:是|为)|有|是|为|之中|指的是|\(|（|,|，)[^。;；{_O}{_C}]{{0,8}}?(?P<list>{_LIST})"
)
_LIST_THEN_LABEL = re.compile(
    rf"(?P<list>{_LIST})(?:等|这)?[^。;；{_O}{_C}]{{0,14}}?(?:组成|构成|形成|成为|并称|被称为|为代表|这样|共同|入选|的|,|，|是|——)[^。;；{_O}{_C}]{{0,16}}?[“\"「『]?(?P<label>{_C})"
)
_ONE = re.compile(
    rf"(?P<org>{_O})(?P<gap>[^。;；,，{_O}{_C}]{{0,8}}?(?:作为|是|属于|跻身|位列|入选|身为|成为|被称为)[^。;；,，{_O}{_C}]{{0,10}}?)[“\"「『]?(?P<label>{_C})"
)
_LABEL_ONE = re.compile(rf"[“\"「『]?(?P<label>{_C})[”\"」』]?(?:之一|成员|中)?(?:的)?(?P<org>{_O})(?![、和与])")


def _row(view: SentenceView, label: Token, org: Token, start: int, end: int, rule: str) -> Fact:
    fields = {"cohort_id": label.entity_id, "org_id": org.entity_id, "status": "member"}
    return Fact("cohort_memberships", fields, start, end, f"cohort_memberships.{rule}", (label, org))


def find(view: SentenceView) -> Iterator[Fact]:
    """Facts of `cohort_memberships` in a sentence, one for each member of a list."""
    if _C not in view.shadow or _O not in view.shadow:
        return
    seen: set[tuple[str, int]] = set()
    for rule, pattern in (
        ("label_then_list", _LABEL_THEN_LIST),
        ("list_then_label", _LIST_THEN_LABEL),
        ("is_one_of", _ONE),
        ("label_before_name", _LABEL_ONE),
    ):
        for found in pattern.finditer(view.shadow):
            label = view.token_at(found.start("label"))
            group = "list" if "list" in pattern.groupindex else "org"
            if label is None:
                continue
            start, end = view.folded_offset(found.start()), view.folded_offset(found.end() - 1) + 1
            for org in view.tokens_in(*found.span(group), "ORG"):
                if (label.entity_id, org.at) not in seen:
                    seen.add((label.entity_id, org.at))
                    yield _row(view, label, org, start, end, rule)

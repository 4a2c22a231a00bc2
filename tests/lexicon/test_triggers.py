"""Trigger words: titles, verbs of speech and cues stand for values of the schema."""

import pytest

from pipeline.lexicon import load
from pipeline.lexicon.triggers import ROLES, STATEMENT_KINDS


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("创始人", "founder"),
        ("联合创始人", "co_founder"),
        ("联创", "co_founder"),
        ("CEO", "ceo"),
        ("执行长", "ceo"),
        ("董事长", "chair"),
        ("CTO", "cto"),
        ("首席科学家", "chief_scientist"),
        ("高级副总裁", "vp"),
        ("总裁", "executive"),
        ("财务长", "executive"),
        ("负责人", "head"),
        ("投资人", "investor"),
        ("管理合伙人", "partner"),
        ("研究员", "researcher"),
        ("助理教授", "professor"),
        ("分析师", "analyst"),
        ("院长", "dean"),
        ("发言人", "spokesperson"),
    ],
)
def test_a_title_stands_for_a_role(title: str, role: str) -> None:
    assert load().triggers.roles[title] == role


def test_a_longer_title_comes_before_the_shorter_one_in_it() -> None:
    titles = list(load().triggers.roles)
    assert titles.index("联合创始人") < titles.index("创始人")
    assert titles == sorted(titles, key=lambda t: (-len(t), t))


@pytest.mark.parametrize(
    ("verb", "kind"),
    [("表示", "opinion"), ("预测", "prediction"), ("警告", "warning"), ("透露", "fact"), ("承诺", "plan"), ("坦言", "opinion")],
)
def test_a_verb_suggests_a_kind_of_statement(verb: str, kind: str) -> None:
    assert load().triggers.speech_verbs[verb] == kind


@pytest.mark.parametrize(
    ("cue", "assertion"),
    [("计划", "planned"), ("预计", "predicted"), ("据传", "rumoured"), ("否认", "denied"), ("据报道", "reported"), ("并未", "negation")],
)
def test_a_cue_colours_its_clause(cue: str, assertion: str) -> None:
    assert load().triggers.modality[cue] == assertion
    assert cue in load().triggers.cues[assertion]


def test_values_are_those_of_the_schema() -> None:
    triggers = load().triggers
    assert set(triggers.roles.values()) <= set(ROLES)
    assert set(triggers.speech_verbs.values()) == set(STATEMENT_KINDS)

"""Speech acts, attribution and modality: whom a fact is credited to and how firmly it is asserted. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.documents import document_of
from pipeline.facts.attribution import attribution_of
from pipeline.facts.modality import assertion_of
from pipeline.facts.speech_masks import masked, quotes_in
from pipeline.facts.view import SentenceView, read


def sentence(text: str) -> SentenceView:
    document = replace(
        document_of(("文章標題\n\n" + text).encode(), "x.txt"), published_start=date(2025, 6, 15), published_end=date(2025, 6, 15)
    )
    return read(document).sentences[-1]


@pytest.mark.parametrize(
    ("text", "at", "credited"),
    [
        ("据QuestMobile数据，豆包的用户在增长。", "增长", "QuestMobile"),
        ("据《智能涌现》报道，智谱收入增长。", "增长", "《智能涌现》"),
        ("杨植麟认为，智谱增长很快。", "增长", "杨植麟"),
        ("有知情人士透露，智谱增长很快。", "增长", "知情人士"),
        ("高盛报告指出，智谱增长很快。", "增长", "高盛"),
        ("智谱增长很快。", "增长", None),
        ("杨植麟来了，智谱增长很快。", "增长", None),
    ],
)
def test_whom_a_place_is_credited_to(text: str, at: str, credited: str | None) -> None:
    view = sentence(text)
    assert attribution_of(view, view.shadow.index(at))[0] == credited


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("智谱计划发布新模型。", "planned"),
        ("智谱即将发布新模型。", "planned"),
        ("智谱將發布新模型。", "planned"),
        ("预计智谱收入将达10亿元。", "predicted"),
        ("智谱收入有望翻倍。", "predicted"),
        ("传闻称智谱要出售团队。", "rumoured"),
        ("智谱否认出售团队。", "denied"),
        ("据报道，智谱已经上市。", "reported"),
        ("智谱将重心放在医疗。", None),
        ("智谱将模型开源给所有人。", None),
        ("智谱发布了新模型。", None),
    ],
)
def test_how_a_clause_asserts(text: str, assertion: str | None) -> None:
    view = sentence(text)
    assert assertion_of(view, len(view.shadow) - 2) == assertion


def test_a_clause_without_a_cue_stays_plain_beside_one_with_a_cue() -> None:
    view = sentence("智谱发布了新模型，并计划明年上市。")
    assert assertion_of(view, 1) is None


def test_masks_keep_the_length_and_blank_the_inside() -> None:
    shadow = "他说“好（真的）”，走了（笑）。"
    assert len(masked(shadow, quotes_in(shadow))) == len(shadow)
    assert "好" not in masked(shadow, quotes_in(shadow))
    assert "笑" not in masked(shadow, quotes_in(shadow))


@pytest.mark.parametrize(
    ("shadow", "inside"),
    [("“甲”和“乙”", ["甲", "乙"]), ('"甲"', ["甲"]), ("「甲『乙』丙」", ["甲『乙』丙"]), ("他说“没有收尾", ["没有收尾"])],
)
def test_quotations(shadow: str, inside: list[str]) -> None:
    assert [shadow[q.left : q.right] for q in quotes_in(shadow)] == inside

"""Who a clause is about: carried subjects, pronouns, heads, examples, lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.documents import document_of
from pipeline.facts.discourse import actors, is_oblique, owner_of, subject
from pipeline.facts.view import read


def sentences(text):
    document = replace(
        document_of(("文章標題\n\n" + text).encode(), "example.txt"), published_start=date(2025, 6, 15), published_end=date(2025, 6, 15)
    )
    return [s for s in read(document).sentences if s.text != "文章标题"]


def about(text, word, kinds=("ORG",)):
    view = next(s for s in reversed(sentences(text)) if word in s.shadow)
    token = subject(view, view.shadow.rindex(word), kinds)
    return token.entity_id if token else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("智谱发布财报，营收翻番。", "zhipu"),
        ("智谱的竞争对手月之暗面营收翻番。", "moonshot"),
        ("微软支持的OpenAI营收翻番。", "openai"),
        ("据腾讯披露，智谱营收翻番。", "zhipu"),
        ("与腾讯相比，智谱营收翻番。", "zhipu"),
        ("智谱(腾讯为股东)营收翻番。", "zhipu"),
        ("以智谱为例，去年营收翻番。", "zhipu"),
        ("终端厂商如小米，营收翻番。", "xiaomi"),
        ("智譜去年動作不斷。該公司營收翻番。", "zhipu"),
        ("智谱质疑月之暗面。它此后营收翻番。", "zhipu"),
        ("零一万物和百川智能调整方向。前者营收翻番。", "zero-one-wanwu"),
        ("零一万物和百川智能调整方向。后者营收翻番。", "baichuan"),
    ],
)
def test_the_subject_of_a_clause(text, expected):
    assert about(text, "营收") == expected


def test_a_pronoun_for_a_company_is_no_model():
    assert about("智谱发布GLM-4.5。该公司表现亮眼。", "表现", ("ORG", "MODEL")) == "zhipu"


def test_names_after_a_preposition_or_in_its_list_are_oblique():
    (view,) = sentences("小米向腾讯、阿里巴巴采购。")
    assert [is_oblique(view, t) for t in view.tokens if t.kind == "ORG"] == [False, True, True]


def test_both_means_the_pair_named_before():
    view = sentences("零一万物和百川智能宣布合并。双方营收翻番。")[-1]
    assert [t.entity_id for t in actors(view, view.shadow.index("营收"))] == ["zero-one-wanwu", "baichuan"]


def test_the_list_a_subject_stands_in_acts_together():
    (view,) = sentences("智谱、月之暗面和百川智能先后融资。")
    assert [t.entity_id for t in actors(view, view.shadow.index("融资"))] == ["zhipu", "moonshot", "baichuan"]


def test_the_owner_of_a_product_is_its_company():
    (view,) = sentences("文心一言免费。")
    assert owner_of(view.tokens[0]) == "baidu"

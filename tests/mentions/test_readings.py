"""One name, several things: what stands around it tells which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Named = Callable[[str], list[tuple[str, str, str]]]


def kinds(named: Named, text: str, surface: str = "DeepSeek") -> list[str]:
    return [kind for name, kind, _ in named(text) if name == surface]


@pytest.mark.parametrize("text", ["DeepSeek模型的参数很多", "本地部署DeepSeek", "DeepSeek系列模型更新了"])
def test_model_words_make_a_model(named: Named, text: str) -> None:
    assert kinds(named, text) == ["model"]


@pytest.mark.parametrize("text", ["DeepSeek App登顶", "DeepSeek日活超过三千", "下载DeepSeek的人很多", "DeepSeek的月活很高"])
def test_app_words_make_a_product(named: Named, text: str) -> None:
    assert [kind for _, kind, _ in named(text)] == ["product"]


@pytest.mark.parametrize("text", ["DeepSeek创始人很低调", "他加入DeepSeek", "DeepSeek的估值翻倍", "DeepSeek团队招聘"])
def test_company_words_make_an_organisation(named: Named, text: str) -> None:
    assert kinds(named, text) == ["org"]


def test_siblings_in_a_list_share_the_type(named: Named) -> None:
    assert kinds(named, "其中有阿里、DeepSeek、智谱AI") == ["org"]
    assert kinds(named, "其中有GPT-4o、DeepSeek、o1") == ["model"]


def test_without_a_cue_the_default_holds(named: Named) -> None:
    assert kinds(named, "今天谈谈DeepSeek") == ["org"]


def test_a_common_word_needs_a_cue(named: Named) -> None:
    assert named("他的理想很远大") == []
    assert [entity for _, _, entity in named("理想公司的车")] == ["li-auto"]


def test_another_name_of_the_same_entity_is_cue_enough(named: Named) -> None:
    assert [entity for _, _, entity in named("理想汽车交车。后来理想又降价")] == ["li-auto", "li-auto"]


def test_what_a_name_has_meant_once_it_goes_on_meaning(named: Named) -> None:
    assert [entity for _, _, entity in named("理想公司的车。今天谈谈理想")] == ["li-auto", "li-auto"]

"""Names the lexicon knows: how they may be spelt, and where they are not names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.mentions import Mention

Find = Callable[[str], list[Mention]]
Named = Callable[[str], list[tuple[str, str, str]]]


@pytest.mark.parametrize("spelling", ["DeepSeek-R1", "DeepSeek R1", "deepseek r1", "DeepSeekR1", "Deepseek_R1", "DeepSeek－R1"])
def test_spaces_hyphens_and_case_do_not_matter(named: Named, spelling: str) -> None:
    assert [(kind, entity) for _, kind, entity in named(f"他们试用了{spelling}。")] == [("model", "deepseek-r1")]


@pytest.mark.parametrize("spelling", ["xAI", "X.AI", "X.ai", "x ai"])
def test_dots_do_not_matter(named: Named, spelling: str) -> None:
    assert [entity for _, _, entity in named(f"{spelling} 又招人了")] == ["xai"]


@pytest.mark.parametrize("text", ["foo1发布", "o1x很慢", "看foo_o1吧", "demo1.5"])
def test_a_latin_name_is_not_cut_out_of_a_longer_word(named: Named, text: str) -> None:
    assert named(text) == []


def test_a_model_is_not_cut_before_its_version(named: Named) -> None:
    assert all(entity != "gpt-4" for _, _, entity in named("GPT-4.5很快，GPT-4x也是"))


def test_a_model_with_an_unlisted_tail_is_another_model(mentions: Find) -> None:
    assert [(m.text, m.entity_id, m.is_provisional) for m in mentions("DeepSeek-R1-Nano9很小，DeepSeek-R1-like也是")] == [
        ("DeepSeek-R1-Nano9", "deepseek-r1-nano9", True),
        ("DeepSeek-R1", "deepseek-r1", False),
    ]


def test_lower_case_words_of_a_latin_sentence_are_no_names(named: Named) -> None:
    assert named("an apple a day, see apple.com and big apple pie") == []


def test_other_spaces_are_spaces(mentions: Find) -> None:
    assert [(m.text, m.entity_id) for m in mentions("LM\u00a0Arena")] == [("LM\u00a0Arena", "lm-arena")]


def test_a_number_after_a_space_is_not_part_of_the_name(named: Named) -> None:
    assert [(text, entity) for text, _, entity in named("GPT-4 5月上线")] == [("GPT-4", "gpt-4")]


def test_the_longest_name_wins(named: Named) -> None:
    assert [(text, entity) for text, _, entity in named("华为云和华为签约")] == [("华为云", "huawei-cloud"), ("华为", "huawei")]


@pytest.mark.parametrize("word", ["阿里山", "百度百科", "苹果树", "升华为", "阿里郎"])
def test_a_name_means_nothing_in_a_longer_word(named: Named, word: str) -> None:
    assert named(f"我们谈到{word}。") == []


def test_traditional_script_is_read_like_simplified(named: Named) -> None:
    assert [entity for _, _, entity in named("華為雲與清華大學")] == ["huawei-cloud", "tsinghua"]


def test_names_inside_web_addresses_are_none(named: Named) -> None:
    assert named("见 https://openai.com/blog/gpt-4 与 www.baidu.com/x") == []


def test_countries_cohorts_leaderboards_and_media_are_mentions(named: Named) -> None:
    found = named("据《智能涌现》，中国的大模型六小虎在LMArena上有名次")
    assert found == [
        ("智能涌现", "media", "intelligent-emergence"),
        ("中国", "country", "CN"),
        ("大模型六小虎", "cohort", "six-tigers"),
        ("LMArena", "benchmark", "lm-arena"),
    ]

"""Names nobody listed: taken only where something speaks for them, and marked provisional."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.mentions import Mention

Unknown = Callable[[str], list[tuple[str, str]]]
Find = Callable[[str], list[Mention]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("IDC中国高级分析师柳青岚表示，需求很大。", "柳青岚"),
        ("创始人苏禾近日离职", "苏禾"),
        ("创始人叫裴一川", "裴一川"),
        ("首席執行官歐陽明远認為價格會降", "欧阳明远"),
        ("会后，秦墨言坦言压力很大。", "秦墨言"),
        ("百度的秦墨言坦言压力很大。", "秦墨言"),
        ("该院院长为谁不重要，秦墨言院士也来了", "秦墨言"),
    ],
)
def test_a_chinese_name_beside_a_title_or_a_verb_of_speech_is_a_person(unknown: Unknown, text: str, name: str) -> None:
    assert unknown(text) == [(name, "person")]


@pytest.mark.parametrize(
    "text", ["高管表示满意", "公司董事长曾透露计划", "专家认为价格会降", "创始人在会上说话", "方面表示欢迎", "但有媒体称不实"]
)
def test_a_common_word_is_no_person(unknown: Unknown, text: str) -> None:
    assert unknown(text) == []


def test_a_verb_is_not_cut_to_make_a_longer_name(unknown: Unknown) -> None:
    assert unknown("院长柳青认为可行") == [("柳青", "person")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公司总裁布鲁诺·卡斯泰利说，市场很大", "布鲁诺·卡斯泰利"),
        ("公司总裁布鲁诺.卡斯泰利说，市场很大", "布鲁诺.卡斯泰利"),
        ("首席执行官Nina Okafor在发布会上说", "Nina Okafor"),
        ("该团队由Nina Okafor领导", "Nina Okafor"),
    ],
)
def test_a_foreign_name_is_a_person(unknown: Unknown, text: str, name: str) -> None:
    assert unknown(text) == [(name, "person")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("近日，青梧智算完成数亿元A轮融资", "青梧智算"),
        ("他毕业于格林菲尔德大学。", "格林菲尔德大学"),
        ("投资方有阿里巴巴、松塔资本。", "松塔资本"),
        ("松塔资本合伙人说", "松塔资本"),
        ("初创公司Quillwave的估值很高", "Quillwave"),
        ("Quillwave首席执行官说", "Quillwave"),
    ],
)
def test_an_ending_a_round_or_a_chief_makes_an_organisation(unknown: Unknown, text: str, name: str) -> None:
    assert unknown(text) == [(name, "org")]


def test_what_stands_before_a_founder_is_an_organisation(unknown: Unknown) -> None:
    assert unknown("青梧智算创始人兼CEO裴一川很忙") == [("青梧智算", "org"), ("裴一川", "person")]


@pytest.mark.parametrize(
    "text",
    [
        "公司完成新一轮融资",
        "资本市场很热",
        "他在读大学时创业",
        "多家银行接入",
        "人工智能研究院很多",
        "他们推动科技创新",
        "庞大的资本投入",
        "大学生喜欢",
        "API接口和GPU公司很多",
    ],
)
def test_common_words_are_no_organisations(unknown: Unknown, text: str) -> None:
    assert unknown(text) == []


def test_a_country_begins_a_chinese_institution(unknown: Unknown) -> None:
    assert unknown("他来自中国云岭大学。") == [("中国云岭大学", "org")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("他们开源了Larkspur-2模型", "Larkspur-2"),
        ("公司发布Larkspur-2", "Larkspur-2"),
        ("自研的青鸾大模型上线", "青鸾大模型"),
        ("TinyLark模型很小", "TinyLark"),
    ],
)
def test_a_name_beside_model_words_is_a_model(unknown: Unknown, text: str, name: str) -> None:
    assert unknown(text) == [(name, "model")]


def test_common_words_before_model_are_no_names(unknown: Unknown) -> None:
    assert unknown("推动大模型落地，开源大模型与MoE模型、TTS模型都在降价") == []


@pytest.mark.parametrize(
    ("text", "entity"), [("Qwen9-Max上线", "qwen9-max"), ("Qwen 9 Thinking上线", "qwen9-thinking"), ("GPT-7-turbo来了", "gpt-7-turbo")]
)
def test_a_new_version_of_a_family_has_the_slug_of_its_canonical_name(mentions: Find, text: str, entity: str) -> None:
    assert [(m.type, m.entity_id, m.is_provisional) for m in mentions(text)] == [("model", entity, True)]


def test_a_listed_version_keeps_its_id_and_point_zero_means_the_round_number(mentions: Find) -> None:
    assert [(m.text, m.entity_id, m.is_provisional) for m in mentions("GPT4.0与Qwen2.5 72B")] == [
        ("GPT4.0", "gpt-4", False),
        ("Qwen2.5 72B", "qwen2.5-72b", False),
    ]


def test_a_name_once_shown_is_found_everywhere_in_the_text(unknown: Unknown) -> None:
    assert unknown("青梧智算完成A轮融资。有人说青梧智算很忙") == [("青梧智算", "org")] * 2


def test_ids_do_not_depend_on_the_place(mentions: Find) -> None:
    first = mentions("分析师柳青岚表示欢迎")[-1].entity_id
    second = mentions("今天，首席分析师柳青岚坦言很难")[-1].entity_id
    assert first == second
    assert first.startswith("liu-qing-lan-")

"""Which script an article is written in."""

from __future__ import annotations

import opencc
import pytest

from pipeline.documents.script import script_of

HANS = "星河智能宣布，新一代模型的参数量为三百二十亿，价格继续下降，开发者对这次发布会的评价很高。"


def test_simplified_text_is_hans() -> None:
    assert script_of(HANS) == "hans"


@pytest.mark.parametrize("config", ["s2t", "s2twp", "s2hk"])
def test_every_kind_of_traditional_text_is_hant(config: str) -> None:
    assert script_of(opencc.OpenCC(config).convert(HANS)) == "hant"


def test_characters_of_both_scripts_do_not_tell() -> None:
    assert script_of("遠山科技于今年發布模型，價格低于對手，干活的人更少，后來居上。") == "hant"


def test_a_quotation_does_not_make_an_article_mixed() -> None:
    assert script_of(HANS * 4 + "他说，这叫「後發制人」。") == "hans"


def test_two_halves_in_two_scripts_are_mixed() -> None:
    assert script_of(HANS + opencc.OpenCC("s2t").convert(HANS)) == "mixed"


def test_text_without_telling_characters_is_hans() -> None:
    assert script_of("AI 2025") == "hans"

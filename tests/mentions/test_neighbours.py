"""Unknown names beside known ones: lists of organisations and persons, the source of a figure, Latin names with a given name."""

import pytest

from pipeline.mentions import find_mentions


def _named(text: str, kind: str) -> set[str]:
    return {m.text for m in find_mentions(text) if m.type == kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("参与的有腾讯、青禾云、阿里巴巴。", "青禾云"),
        ("腾讯、霜石等科技公司已经接入。", "霜石"),
        ("參與的有騰訊、青禾雲、阿里巴巴。", "青禾雲"),
    ],
)
def test_what_stands_in_a_list_of_organizations_is_one(text: str, name: str) -> None:
    assert name in _named(text, "org")


@pytest.mark.parametrize("text", ["腾讯、游戏、广告都在增长。", "腾讯、多家公司都在增长。"])
def test_a_list_that_goes_on_with_something_else_names_nothing(text: str) -> None:
    assert _named(text, "org") == {"腾讯"}


def test_what_stands_in_a_list_of_persons_is_one() -> None:
    assert "周砚秋" in _named("到场的有马化腾、周砚秋等。", "person")
    assert {"林溪远", "赵墨白", "陈砚雨"} <= _named("作者是林溪远、赵墨白、陈砚雨。", "person")


def test_a_list_of_common_words_names_nobody() -> None:
    assert not _named("他谈到成本、温度、安全。", "person")


def test_the_source_of_a_figure_is_an_organization() -> None:
    assert "Brightmetric" in _named("根据Brightmetric的数据，出货量增长两成。", "org")
    assert not _named("根据API数据，出货量增长两成。", "org")


def test_a_latin_name_with_a_given_name_is_a_person_in_a_chinese_sentence() -> None:
    assert "Gavin Holloway" in _named("在會上，Gavin Holloway與同事展示了原型。", "person")
    assert not _named("The book by Gavin Holloway is out.", "person")

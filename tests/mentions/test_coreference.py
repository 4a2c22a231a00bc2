"""One thing, several names within a text."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.mentions import Mention

Find = Callable[[str], list[Mention]]


def ids(found: list[Mention], text: str) -> set[str]:
    return {mention.entity_id for mention in found if mention.text == text}


def test_a_last_name_is_the_person_named_in_full_before(mentions: Find) -> None:
    found = mentions("公司总裁布鲁诺·卡斯泰利来访。卡斯泰利随后离开")
    assert ids(found, "卡斯泰利") == ids(found, "布鲁诺·卡斯泰利")


def test_a_bare_last_name_beside_a_verb_joins_the_full_name(mentions: Find) -> None:
    found = mentions("主任格雷·艾伦来访。「不会，」艾伦说")
    assert ids(found, "艾伦") == ids(found, "格雷·艾伦")


def test_a_latin_gloss_gives_the_id_and_its_last_word_the_same_person(mentions: Find) -> None:
    found = mentions("首席执行官麦洛·费恩（Milo Fane）来访。Fane表示欢迎")
    assert ids(found, "麦洛·费恩") == ids(found, "Milo Fane") == ids(found, "Fane") == {"milo-fane"}


def test_a_gloss_of_a_known_person_names_the_unknown_form(mentions: Find) -> None:
    found = mentions("微软的史密斯(Brad Smith)出席。史密斯很满意")
    assert ids(found, "史密斯") == {"brad-smith"}


def test_the_last_part_of_a_known_full_name_is_the_known_person(mentions: Find) -> None:
    assert ids(mentions("布拉德·史密斯出席。史密斯很满意"), "史密斯") == {"brad-smith"}


def test_brackets_give_another_name(mentions: Find) -> None:
    found = mentions("稀域科技（OpenAI）今天开会，稀域科技很忙")
    assert ids(found, "稀域科技") == {"openai"}


def test_hereafter_called_gives_a_short_name(mentions: Find) -> None:
    found = mentions("青梧智能科技有限公司董事长来了。青梧科技（以下简称“青梧”）完成B轮融资，青梧很忙")
    assert ids(found, "青梧") == ids(found, "青梧科技")


def test_a_short_name_two_persons_share_means_neither(mentions: Find) -> None:
    found = mentions("总裁安·卡斯泰利和总裁鲍勃·卡斯泰利来访。后来卡斯泰利离开")
    assert ids(found, "卡斯泰利") == set()

"""What a page declares about itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pipeline.documents.document import Document
from pipeline.documents.metadata import Declared, declared_in
from pipeline.documents.page import view_of

Read = Callable[[str], Document]


def declared(text: str) -> Declared:
    return declared_in(text, view_of(text))


def test_a_hint_block_declares_title_author_address_and_day(read: Read) -> None:
    found = read("page_hans.md")
    assert found.title == "星河智能开源新模型，价格降到一元以内"
    assert found.url == "https://example.org/it/100200.html"
    assert (found.published_start, found.published_basis) == (date(2025, 3, 18), "declared")
    assert found.author == "林小满"


def test_html_declares_in_meta_tags(read: Read) -> None:
    found = read("page_hant.html")
    assert (found.title, found.publisher, found.author) == ("遠山科技的新晶片", "山城科技報", "何若水")
    assert found.url == "https://example.net/a/9.html"
    assert found.published_end == date(2025, 7, 2)


def test_a_day_glued_to_a_count_is_read_without_the_count() -> None:
    found = declared("星河智能降价\n\n云边观察 关注2025-05-150 评论 1727 浏览\n\n公司公布了价格。")
    assert found.published == date(2025, 5, 15)
    assert found.published_evidence == "2025-05-15"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025-02-13 10:20", date(2025, 2, 13)),
        ("发布时间：2025年2月13日", date(2025, 2, 13)),
        ("發布時間：2025/02/13 08:00", date(2025, 2, 13)),
        ("民國114年5月8日", date(2025, 5, 8)),
        ("中華民國 114 年 5 月 8 日", date(2025, 5, 8)),
        ("**Published:** 2025-02-13", date(2025, 2, 13)),
        ("2025.02.13", date(2025, 2, 13)),
        ("Published: Feb 13, 2025", date(2025, 2, 13)),
        ("来源：山城日报  2025-02-13 10:20:33  阅读 300", date(2025, 2, 13)),
    ],
)
def test_a_line_that_is_about_its_date_declares_it(line: str, day: date) -> None:
    assert declared(f"星河智能降价\n\n{line}\n\n公司公布了新的价格。").published == day


@pytest.mark.parametrize(
    "line",
    [
        "2024年12月26日，公司发布了新模型。",
        "公司接连发布了V3（2024年12月26日）和R1两款模型。",
        "2025-13-45",
        "公司成立于2021年3月1日，总部在杭州，员工四百人。",
    ],
)
def test_a_date_in_a_sentence_is_not_the_day_of_publication(line: str) -> None:
    assert declared(f"星河智能降价\n\n{line}\n\n公司公布了新的价格。").published is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("文｜林小满 编｜周一航", "林小满"),
        ("作者 | 林小满", "林小满"),
        ("記者：何若水", "何若水"),
        ("采访丨林小满 周一航 何若水", "林小满、周一航、何若水"),
        ("作者：林小满；编辑：方圆", "林小满"),
        ("云边观察  关注", "云边观察"),
    ],
)
def test_a_byline_names_the_author(line: str, author: str) -> None:
    assert declared(f"星河智能降价\n\n{line}\n\n公司公布了新的价格。").author == author


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ('本文来自微信公众号"河边夜谈"（ID：hb），作者：林小满，经授权发布。', "河边夜谈"),
        ("来源公众号：河边夜谈（ID：hb）", "河边夜谈"),
        ("来源：山城日报", "山城日报"),
        ("山城社2月8日讯（编辑 方圆）公司公布了价格。", "山城社"),
    ],
)
def test_a_standing_phrase_names_the_publisher(line: str, publisher: str) -> None:
    assert declared(f"星河智能降价\n\n{line}").publisher == publisher


def test_a_picture_credit_after_the_first_sentence_is_no_publisher() -> None:
    assert declared("公司公布了新的价格。用户很多。\n\n來源：某個軟體\n01\n" + "公司發布了模型。\n" * 20).publisher is None


@pytest.mark.parametrize("text", ["公司昨天公布了新的价格，用户的反应很热烈。\n\n第二段。", "2025年，价格战又开始了。\n第二段。"])
def test_an_article_that_opens_with_a_sentence_has_no_title(text: str) -> None:
    assert declared(text).title is None

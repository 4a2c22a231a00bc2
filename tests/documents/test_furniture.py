"""What of a page is the article."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.document import Document
from pipeline.documents.furniture import body_spans
from pipeline.documents.page import simplified, view_of

Read = Callable[[str], Document]
Body = Callable[[Document], str]


def body(text: str) -> str:
    return "|".join(text[start:end] for start, end in body_spans(view_of(text)))


def test_a_page_keeps_its_article_and_loses_its_furniture(read: Read, body_of: Body) -> None:
    kept = body_of(read("page_hans.md"))
    for words in (
        "星河智能在春天交出了两款模型",
        "参数量为320亿",
        "旗下助手的月活跃用户已超过900万",
        "公司同时与远山汽车合作",
        "公司在会上演示了三款智能体",
    ):
        assert words in kept
    for words in ("Category", "评论 120", "example.org", "评测成绩", "二维码", "林小满", "禁止转载", "赞赏", "扫一扫", "产品课程"):
        assert words not in kept


def test_the_text_of_a_link_stays_and_its_target_goes() -> None:
    assert body("公司发布了[银河二号](https://example.org/m)，价格不变。") == "公司发布了|银河二号|，价格不变。"


def test_an_account_page_loses_what_follows_its_end_mark(read: Read, body_of: Body) -> None:
    kept = body_of(read("account_page_hans.txt"))
    assert kept.endswith("最近半年的变化超出预期。")
    for words in ("mp.weixin", "编辑部", "参考资料", "账本", "原创内容", "写给做技术的人"):
        assert words not in kept


def test_html_keeps_what_is_read_and_the_offsets_of_the_file(read: Read, body_of: Body) -> None:
    document = read("page_hant.html")
    kept = body_of(document)
    assert "每秒可以處理|1200|個 token" in kept.replace(" |", "|").replace("| ", "|")
    for words in ("tracking", "正文的文字", "color", "首頁", "買一送一", "版權所有", "<p>"):
        assert words not in kept
    assert all(document.text[start:end].strip() for start, end in document.body)


@pytest.mark.parametrize(
    "line",
    [
        "0 评论 2003 浏览 0 收藏 9 分钟",
        "赞赏 收藏已收藏25 点赞已赞8",
        "分享到微博",
        "微信扫一扫",
        "云边观察  关注",
        "京公網安備 11010102000001號",
        "作者｜林小满",
        "編輯:方圓",
        "本文版权归“河边夜谈”所有，如需转载请写信。",
        "（图片来源：某图库）",
        "△发布会现场",
        "長按識別二維碼，關注我們",
        "（全文完）",
        "---",
        "2025-03-18 10:20",
        "（声明：本文只供参考，不构成投资建议。）",
        "未经授权，不得转载。",
        "↓↓↓↓",
        "沪ICP备12345678号-1",
        "點選“閱讀原文”看更多",
    ],
)
def test_a_line_of_furniture_is_no_body(line: str) -> None:
    text = f"公司周一公布了新的价格。\n\n{line}\n\n模型的用户超过三百万。"
    assert body(text).replace("|", "") == "公司周一公布了新的价格。模型的用户超过三百万。"


@pytest.mark.parametrize(
    "line",
    [
        "公司与未经许可的内容划清了界限，并删除了相关数据。",
        "他在评论里说，收藏这件事没有意义。",
        "微信宣布开放接口，点赞数增长三倍。",
        "作者认为，模型的价格还会下降。",
        "图为2025年3月17日的发布会现场，公司演示了三款智能体。",
        "一、价格战重新开始",
        "分享会上，陆见川公布了新模型。",
        "编辑部的同事说：“价格降到了0.8元。”",
        "版权保护是模型公司面临的难题之一。",
        "| 银河二号 | 320亿 | 0.8元 |",
    ],
)
def test_a_line_that_says_something_stays(line: str) -> None:
    assert line in body(f"公司周一公布了新的价格。\n\n{line}\n\n模型的用户超过三百万。")


def test_only_the_sentence_with_the_advertising_goes() -> None:
    assert body("公司推出两天的限免活动！识别下方二维码，立即领取。活动到周五为止。") == "公司推出两天的限免活动！|活动到周五为止。"


def test_a_course_between_advertising_lines_at_the_end_goes() -> None:
    assert body("模型的用户超过三百万。\n\n立即諮詢\n國際在職課程\n\n點選“閱讀原文”看更多\n在職課程班\n↓↓↓") == "模型的用户超过三百万。"


def test_a_horizontal_rule_at_the_start_is_not_front_matter() -> None:
    assert "价格降到0.8元" in body("---\n星河智能的价格降到0.8元，用户很多。\n---\n正文。")
    assert body("---\ntitle: 题目\ndate: 2025-03-18\n---\n正文在这里。") == "正文在这里。"


@settings(max_examples=120, deadline=None)
@given(
    st.text(alphabet=st.sampled_from([*"公司发布模型，。！\n \t[](){}!<>pdiv/#*-|%图编作者：0123abc\x00\x07\u200b爲裏関"]), max_size=300)
)
def test_spans_are_ordered_apart_and_inside_the_text(text: str) -> None:
    view = view_of(text)
    assert len(view) == len(text)
    position = -1
    for start, end in body_spans(view):
        assert position < start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        position = end


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_simplifying_keeps_every_offset(text: str) -> None:
    assert len(simplified(text)) == len(text)

"""Sentences and clauses: quotes and brackets are kept whole, headings head what follows."""

from __future__ import annotations

from pipeline.text import clauses_in, find_sentences, sentences_in


def parts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences_in(text)]


def clauses(text: str) -> list[str]:
    return [text[a:b] for a, b in clauses_in(text, 0, len(text))]


def test_a_full_stop_inside_quotes_ends_no_sentence() -> None:
    text = "他说：“先做模型。再做应用。”会后散场。第二天继续。"
    assert parts(text) == ["他说：“先做模型。再做应用。”", "会后散场。", "第二天继续。"]


def test_the_speaker_after_a_quote_belongs_to_it() -> None:
    assert parts("“我们会继续开源。”张三说。随后离场。") == ["“我们会继续开源。”张三说。", "随后离场。"]


def test_a_question_inside_a_sentence_goes_on() -> None:
    assert parts("谁能活下来？没有人知道！但可以猜。") == ["谁能活下来？", "没有人知道！", "但可以猜。"]


def test_headings_are_marked_and_head_what_follows() -> None:
    text = "# 模型之争\n\n## 一、进攻\n某公司发布了新模型。另一家跟进。\n"
    sentences = sentences_in(text)
    assert [s.is_heading for s in sentences] == [True, True, False, False]
    assert sentences[-1].section == "一、进攻"


def test_a_short_line_before_a_paragraph_is_a_heading() -> None:
    text = "价格战开打\n去年五月，某公司率先降价，随后多家公司跟进，行业进入价格战阶段。"
    assert [s.is_heading for s in sentences_in(text)] == [True, False]


def test_list_marks_and_quote_marks_are_left_out() -> None:
    assert parts("> 引用的一句话，带逗号，带句号。\n- 列表的一句话，带逗号，带句号。") == [
        "引用的一句话，带逗号，带句号。",
        "列表的一句话，带逗号，带句号。",
    ]


def test_image_lines_hold_no_sentence() -> None:
    assert parts("![](https://example.org/a.png)\n正文开始了，这里有一句话。") == ["正文开始了，这里有一句话。"]


def test_a_rule_line_holds_no_sentence() -> None:
    assert parts("---\n正文开始了，这里有一句话。\n***") == ["正文开始了，这里有一句话。"]


def test_clauses_part_at_commas_outside_quotes_and_brackets() -> None:
    assert clauses("公司表示，“先降价，再开源”，随后（含老用户，新用户）免费；效果不错。") == [
        "公司表示",
        "“先降价，再开源”",
        "随后（含老用户，新用户）免费",
        "效果不错",
    ]


def test_a_comma_inside_a_number_parts_nothing() -> None:
    assert clauses("卖出1,200台,收入12:30公布") == ["卖出1,200台", "收入12:30公布"]


def test_an_unclosed_quote_does_not_swallow_the_line() -> None:
    assert parts("“先说一句。再说一句。") == ["“先说一句。", "再说一句。"]


def test_body_limits_the_sentences() -> None:
    text = "导航栏。正文第一句，很长很长。页脚。"
    assert [text[s.start : s.end] for s in sentences_in(text, [(4, 15)])] == ["正文第一句，很长很长。"]


def test_offsets_are_those_of_the_raw_text() -> None:
    raw = "\u200b位元組發佈了模型，很快。第二句在這裏，也很快。"
    assert [raw[s.start : s.end] for s in find_sentences(raw)] == ["位元組發佈了模型，很快。", "第二句在這裏，也很快。"]

"""Which documents repeat which."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import opencc
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.document import Document
from pipeline.documents.duplicates import Fingerprint, find_duplicates, fingerprint, mark_duplicates
from pipeline.documents.reading import document_of

PAIRS = "公司发布模型价格下降用户增长融资完成芯片算力团队表示市场竞争开源推理语音视频助手数据训练成本客户合作汽车手机云端季度收入亏损"
WORDS = [PAIRS[place : place + 2] for place in range(0, len(PAIRS), 2)]


def story(seed: int, sentences: int = 30) -> str:
    rnd = random.Random(seed)
    return "".join("".join(rnd.choices(WORDS, k=9)) + str(rnd.randint(1, 999)) + "。\n" for _ in range(sentences))


def document(doc_id: str, text: str, published: date | None = None) -> Document:
    return replace(document_of(text.encode(), doc_id), published_start=published)


def copies(*documents: Document) -> dict[str, str | None]:
    return {each.doc_id: each.duplicate_of for each in mark_duplicates(documents)}


def test_the_same_words_in_another_layout_are_a_copy() -> None:
    text = story(1)
    assert copies(document("a", text), document("b", "# 标题\n\n" + text.replace("。\n", "。\n\n"))) == {"a": None, "b": "a"}


def test_a_copy_in_the_other_script_is_a_copy() -> None:
    text = story(2)
    for config in ("s2t", "s2hk", "s2tw"):
        assert copies(document("a", text), document("b", opencc.OpenCC(config).convert(text)))["b"] == "a"


def test_a_copy_in_the_vocabulary_of_taiwan_is_a_copy(articles: Path) -> None:
    text = (articles / "page_hans.md").read_text(encoding="utf-8")
    assert copies(document("a", text), document("b", opencc.OpenCC("s2twp").convert(text)))["b"] == "a"


def test_a_copy_with_a_new_paragraph_is_a_copy_and_another_story_is_not() -> None:
    text = story(3)
    assert copies(document("a", text), document("b", text + story(4, 5)), document("c", story(5)))["b"] == "a"
    assert copies(document("a", text), document("c", story(5)))["c"] is None


def test_the_earlier_document_is_the_original_and_undated_ones_come_last() -> None:
    text = story(6)
    found = copies(document("a", text), document("b", text, date(2025, 3, 2)), document("c", text, date(2025, 3, 1)))
    assert found == {"a": "c", "b": "c", "c": None}


def test_a_mark_that_no_longer_holds_is_taken_away() -> None:
    lone = replace(document("b", story(7)), duplicate_of="a")
    assert mark_duplicates([lone])[0].duplicate_of is None


@settings(max_examples=25, deadline=None)
@given(st.permutations([("a", 8), ("b", 8), ("c", 9), ("d", 9), ("e", 10)]))
def test_the_order_of_the_input_does_not_matter(order: list[tuple[str, int]]) -> None:
    assert copies(*(document(name, story(seed, 8)) for name, seed in order)) == {"a": None, "b": "a", "c": None, "d": "c", "e": None}


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    found = fingerprint(document("a", "公司发布了新模型，价格下降。"))
    assert found.signature[:3] == fingerprint(document("b", "公司發布了新模型，價格下降！")).signature[:3]
    assert len(found.signature) == 128


def test_ten_thousand_documents_take_seconds() -> None:
    rnd = random.Random(0)
    kinds = [tuple(rnd.getrandbits(32) for _ in range(128)) for _ in range(200)]
    items = [
        Fingerprint(
            f"d{number:05}", None, str(number), tuple(value if rnd.random() < 0.7 else rnd.getrandbits(32) for value in kinds[number % 200])
        )
        for number in range(10_000)
    ]
    begin = time.process_time()
    find_duplicates(items)
    assert time.process_time() - begin < 8

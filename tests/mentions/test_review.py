"""What nobody listed goes to the review queue, once per document and with a count."""

from __future__ import annotations

from pipeline.mentions import Mention, MentionFinder, find_mentions, provisional_slug, review_rows
from pipeline.text import fold


def test_one_row_per_unknown_name_with_count_and_context(finder: MentionFinder) -> None:
    raw = "今天，青梧智算完成Ａ輪融資。很多人說青梧智算很忙，阿里巴巴也來了"
    folded = fold(raw)
    rows = review_rows("doc", raw, finder.mentions_in(folded.text), folded.raw_span)
    assert [(row["kind"], row["surface"], row["entity_type"], row["doc_id"], row["count"]) for row in rows] == [
        ("name", "青梧智算", "org", "doc", 2)
    ]
    assert raw[rows[0]["char_start"] : rows[0]["char_end"]] == "青梧智算"
    assert "融資" in rows[0]["context"]


def test_known_names_need_no_review() -> None:
    assert review_rows("doc", "百度", [Mention(0, 2, "百度", "org", "baidu")]) == []


def test_slugs_are_ascii_and_tell_types_apart() -> None:
    assert provisional_slug("Milo Fane", "person") == "milo-fane"
    assert provisional_slug("麦洛(Milo Fane)", "person") == "milo-fane"
    assert provisional_slug("青梧", "org") != provisional_slug("青梧", "person")
    assert provisional_slug("青梧", "org").isascii()


def test_offsets_of_any_text_are_those_of_the_text() -> None:
    raw = "據悉，ＯｐｅｎＡＩ　發佈了新模型"
    assert [raw[m.start : m.end] for m in find_mentions(raw, None) if m.entity_id == "openai"] == ["ＯｐｅｎＡＩ"]

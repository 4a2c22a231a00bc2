"""What encoding a file is in, and what is no text at all."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.decode import UndecodableError, decode, plausibility

HANS = "星河智能宣布，新一代模型的参数量为320亿，价格降到每百万tokens 0.8元。公司的创始人陆见川说：“我们还会推出视频模型。”\n"
HANT = "遠山科技宣布完成新一輪融資，由長河資本領投，投後估值達到60億元。執行長沈霽雲說：「我們沒有打算參加價格戰。」\n"


@pytest.mark.parametrize("text", [HANS, HANT], ids=["hans", "hant"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_recognised_without_a_mark(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


def test_big5_is_recognised_and_so_are_its_hong_kong_characters() -> None:
    assert decode(HANT.encode("big5")).encoding == "big5hkscs"
    text = HANT + "佢哋嘅模型喺香港發布。"
    assert decode(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_part_of_the_text(mark: bytes, encoding: str) -> None:
    found = decode(mark + HANS.encode(encoding))
    assert found.text == HANS
    assert found.encoding == encoding
    assert "byte order mark" in found.evidence


@pytest.mark.parametrize(("text", "encoding"), [(HANS, "utf-8"), (HANS, "gb18030"), (HANT, "big5hkscs"), (HANS, "utf-16-le")])
def test_a_character_cut_off_at_the_end_does_not_lose_the_article(text: str, encoding: str) -> None:
    whole = (text + "完").encode(encoding)
    found = decode(whole[:-1])
    assert found.text == text
    assert "left out" in found.evidence


def test_a_few_damaged_bytes_do_not_lose_a_utf8_article() -> None:
    raw = bytearray((HANS * 20).encode())
    raw[100] = 0xFF
    found = decode(bytes(raw))
    assert found.encoding == "utf-8"
    assert "damaged" in found.evidence
    assert "陆见川" in found.text


@pytest.mark.parametrize("raw", [b"", b"   \n\t\n", b"\x00\x00\x00"])
def test_an_empty_file_is_called_empty(raw: bytes) -> None:
    with pytest.raises(UndecodableError, match="empty"):
        decode(raw)


@pytest.mark.parametrize(
    ("raw", "name"), [(b"%PDF-1.7\n...", "PDF"), (b"PK\x03\x04rest", "ZIP"), (b"\x89PNG\r\n\x1a\n", "image"), (b"\x1f\x8b\x08", "gzip")]
)
def test_a_known_binary_format_is_named(raw: bytes, name: str) -> None:
    with pytest.raises(UndecodableError, match=name):
        decode(raw)


def test_binary_without_a_known_beginning_is_refused() -> None:
    with pytest.raises(UndecodableError):
        decode(bytes(range(256)) * 40)


def test_misread_text_is_implausible() -> None:
    assert plausibility(HANS) > 0.3
    assert plausibility(HANT) > 0.25
    assert plausibility(HANS.encode("gb18030").decode("big5hkscs", "replace")) < 0.15


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused_in_one_line(raw: bytes) -> None:
    refused = None
    try:
        found = decode(raw)
    except UndecodableError as error:
        refused = str(error)
    if refused is None:
        assert found.text.strip()
        assert found.evidence
    else:
        assert "\n" not in refused


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*HANS.replace("\n", ""), "\n", "A", "7"]), min_size=1, max_size=80),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le"]),
)
def test_an_article_with_any_ending_comes_back_unchanged(ending: list[str], encoding: str) -> None:
    text = HANS * 3 + "".join(ending)
    assert decode(text.encode(encoding)).text == text

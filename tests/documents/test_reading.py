"""Reading a folder: good input goes through, bad input is named with what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.documents import reading
from pipeline.documents.document import Document
from pipeline.documents.reading import read_documents
from pipeline.errors import UsageError

GOOD = "星河智能宣布，新一代模型的价格降到每百万tokens 0.8元，用户超过九百万。"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def reasons(seeds: Path) -> list[str]:
    """The reasons of what was left out, after making sure that the good article went through."""
    documents, quarantined = read_documents(seeds)
    assert "good" in [document.doc_id for document in documents]
    assert all(item.stage == "documents" and "\n" not in item.reason for item in quarantined)
    return [item.reason for item in quarantined]


def test_the_invented_articles_are_read(articles: Path) -> None:
    scripts = {document.doc_id: document.script for document in read_documents(articles)[0]}
    assert list(scripts) == sorted(scripts)
    assert (scripts["plain_hant"], scripts["page_hant"], scripts["page_hans"], scripts["account_page_hans"]) == (
        "hant",
        "hant",
        "hans",
        "hans",
    )


def test_every_encoding_gives_the_same_article(articles: Path, tmp_path: Path) -> None:
    text = (articles / "plain_hant.txt").read_text(encoding="utf-8")
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"):
        (tmp_path / f"{encoding}.txt").write_bytes(text.encode(encoding))
    documents, quarantined = read_documents(tmp_path)
    assert quarantined == []
    assert {document.text for document in documents} == {text}
    assert {(document.published_start, document.script, document.author) for document in documents} == {
        (date(2025, 6, 12), "hant", "何若水")
    }
    assert [document.doc_id for document in documents if document.duplicate_of is None] == ["big5"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("mark.txt", b"\xef\xbb\xbf", "empty"),
        ("binary.txt", bytes(range(256)) * 50, "binary"),
        ("paper.txt", b"%PDF-1.7\n", "PDF"),
        ("english.txt", b"Prices of models fell again this week.", "no Chinese"),
        ("japanese.txt", "このモデルは新しい技術を使っています。".encode(), "Japanese"),
        ("bar.txt", "微信扫一扫\n分享到微博\n".encode(), "only page furniture"),
        ("table.xlsx", b"PK\x03\x04", "ending .xlsx"),
        ("data.json", b"{}", "ending .json"),
    ],
)
def test_a_bad_file_is_left_out_with_its_name_and_the_reason(seeds: Path, name: str, content: bytes, words: str) -> None:
    (seeds / name).write_bytes(content)
    (reason,) = reasons(seeds)
    assert reason.startswith(f"{name}: ")
    assert words in reason


def test_names_with_spaces_and_chinese_are_fine(seeds: Path) -> None:
    (seeds / "价格 战.v2.txt").write_text(GOOD + "对手也降价了。", encoding="utf-8")
    assert [document.doc_id for document in read_documents(seeds)[0]] == ["good", "价格 战.v2"]
    assert reasons(seeds) == []


def test_two_files_with_one_name_clash(seeds: Path) -> None:
    (seeds / "good.md").write_text(GOOD, encoding="utf-8")
    (reason,) = reasons(seeds)
    assert reason.startswith("good.txt: ")
    assert "good.md" in reason
    assert "rename" in reason


def test_hidden_and_temporary_files_are_passed_over(seeds: Path) -> None:
    for name in (".good.txt.swp", "good.txt~", "upload.txt.part", "~$good.txt", ".DS_Store", "README.md"):
        (seeds / name).write_bytes(b"\x00\x01")
    assert reasons(seeds) == []


def test_folders_pipes_and_dead_links_are_named(seeds: Path) -> None:
    (seeds / "more").mkdir()
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "dead.txt").symlink_to(seeds / "nowhere.txt")
    found = "\n".join(sorted(reasons(seeds)))
    assert "dead.txt: is a link to a file that is not there" in found
    assert "more: is a folder" in found
    assert "pipe.txt: is not a file" in found


def test_a_link_to_an_article_is_read(seeds: Path, articles: Path) -> None:
    (seeds / "linked.txt").symlink_to(articles / "plain_hant.txt")
    assert reasons(seeds) == []


def test_a_name_that_cannot_be_written_is_escaped(seeds: Path) -> None:
    (seeds / "a\nb.txt").write_text(GOOD, encoding="utf-8")
    (reason,) = reasons(seeds)
    assert reason.startswith("a\\nb.txt: ")


def test_a_file_over_the_limit_is_not_read(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    (seeds / "dump.txt").write_text(GOOD * 50, encoding="utf-8")
    (reason,) = reasons(seeds)
    assert "dump.txt: has 0 MB, over the limit" in reason


def test_a_file_that_vanishes_while_it_is_read_is_named(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = seeds / "gone.txt"
    gone.write_text(GOOD, encoding="utf-8")
    listed = reading.list_seeds(seeds)
    gone.unlink()
    monkeypatch.setattr(reading, "list_seeds", lambda folder: listed)
    (reason,) = reasons(seeds)
    assert "gone.txt: vanished" in reason


def test_a_file_that_may_not_be_read_is_named(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (seeds / "locked.txt").write_text(GOOD, encoding="utf-8")
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (reason,) = reasons(seeds)
    assert "locked.txt: may not be read" in reason


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        read_documents(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"):
        read_documents(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert read_documents(tmp_path / "empty") == ([], [])


def test_sources_win_over_the_page(tmp_path: Path, articles: Path) -> None:
    shutil.copy(articles / "page_hans.md", tmp_path / "page.md")
    (tmp_path / "sources.toml").write_text(
        '["page.md"]\nauthor = "周一航"\npublished = 2025-03-19\nrights = "CC BY 4.0"\n', encoding="utf-8"
    )
    (document,), quarantined = read_documents(tmp_path)
    assert quarantined == []
    assert (document.author, document.rights, document.published_start, document.published_basis) == (
        "周一航",
        "CC BY 4.0",
        date(2025, 3, 19),
        "curated",
    )
    assert document.title == "星河智能开源新模型，价格降到一元以内"


def test_a_broken_sources_file_and_an_entry_without_a_file_stop_nothing(seeds: Path) -> None:
    (seeds / "sources.toml").write_text('["missing.txt"]\ntitle = "x"\n', encoding="utf-8")
    assert reasons(seeds) == ['sources.toml: ["missing.txt"] names a file that is not there; correct the name or remove the entry']
    (seeds / "sources.toml").write_text("[[[", encoding="utf-8")
    (reason,) = reasons(seeds)
    assert "not valid TOML" in reason


def test_a_day_in_the_future_is_reported_and_not_used(seeds: Path) -> None:
    (seeds / "future.txt").write_text("星河智能降价\n\n发布时间：2099年1月1日\n\n" + GOOD, encoding="utf-8")
    documents, quarantined = read_documents(seeds, latest=date(2026, 1, 1))
    assert "future.txt: the day of publication 2099-01-01 (declared) is in the future" in quarantined[0].reason
    assert documents[0].published_start is None


def test_the_text_is_the_file_and_offsets_count_its_characters(seeds: Path) -> None:
    raw = "第一行𠮷\r\n第二行：模型\x07降价。\r\n".encode()
    (seeds / "exact.txt").write_bytes(raw)
    document = next(document for document in read_documents(seeds)[0] if document.doc_id == "exact")
    assert document.text.encode() == raw
    assert [document.text[start:end] for start, end in document.body] == ["第一行𠮷\r\n第二行：模型", "降价。"]


def test_reading_twice_gives_the_same(articles: Path) -> None:
    assert read_documents(articles) == read_documents(articles)


def test_the_readable_text_has_the_offsets_of_the_text_and_none_of_the_furniture(read: Callable[[str], Document]) -> None:
    document = read("page_hans.md")
    assert len(document.readable) == len(document.text)
    assert document.readable.count("\n") == document.text.count("\n")
    assert all(document.readable[start:end] == document.text[start:end] for start, end in document.body)
    assert "推理模型银河二号，参数量为320亿" in document.readable.replace("\u200b", "")
    assert "example.org" not in document.readable


def test_paragraphs_of_html_on_one_line_stay_apart() -> None:
    page = "<html><body><h1>星河智能降价</h1><p>价格降到<b>0.8</b>元。</p><p>用户超过九百万。</p></body></html>"
    lines = reading.document_of(page.encode(), "x").readable.replace("\u200b", "").split()
    assert lines == ["星河智能降价", "价格降到0.8元。", "用户超过九百万。"]

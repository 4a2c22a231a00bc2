"""Three releases in a row: an edited article, a new one, a correction. Versions, changes and changelog say exactly that, and every release is the one
before plus its changes."""

import json

import polars as pl
import pytest

from pipeline.releases.diff import apply
from pipeline.releases.frames import read_tables
from pipeline.releases.metadata.datapackage import read_schemas
from pipeline.releases.publish import NothingNew, publish
from pipeline.releases.verify import verify
from pipeline.releases.verify_chain import read_changes


@pytest.fixture
def releases(industry, released):
    """The folders of four releases and the claim that was corrected in the last."""
    folders = [released(industry).folder]

    # The article of the north is edited: its first sentence is longer now, so what follows moves, and the sum is another.
    industry.rows["documents"][0]["sha256"] = "e" * 64
    claim = industry.rows["claims"][0]
    industry.rows["claims"].remove(claim)
    industry.rows["funding_rounds"] = [row for row in industry.rows["funding_rounds"] if row["claim_id"] != claim["claim_id"]]
    industry.raised("north", "beichen", 6e8, "北辰智能完成6亿元A轮融资", investors=["yinhe"])
    folders.append(released(industry).folder)

    industry.article("east", "东方的新公司")
    industry.company("dongfang", "东方模型", "Dongfang")
    wrong = industry.raised("east", "dongfang", 3e9, "东方模型融资30亿元")
    folders.append(released(industry).folder)

    row = next(row for row in industry.rows["funding_rounds"] if row["claim_id"] == wrong)
    row |= {"value": 3e8, "value_low": 3e8, "value_high": 3e8}
    next(row for row in industry.rows["claims"] if row["claim_id"] == wrong)["review_status"] = "corrected"
    industry.corrections[wrong] = "原文为笔误，公司公告为3亿元"
    folders.append(released(industry).folder)
    return folders, wrong


def changes_of(folder, table):
    return pl.read_parquet(folder / "changes" / f"{table}.parquet")


def test_each_difference_raises_the_version_it_should(releases):
    assert [folder.name for folder in releases[0]] == ["v0.1.0", "v0.2.0", "v0.3.0", "v0.3.1"]


def test_the_changes_say_what_happened_and_why(releases):
    folders, wrong = releases
    edited, added, corrected = folders[1:]

    found = changes_of(edited, "funding_rounds")
    assert sorted(found["change"]) == ["added", "removed"]
    assert set(found["reason"]) == {"source"}
    assert json.loads(found.filter(pl.col("change") == "added")["new"][0])["value"] == 6e8
    assert changes_of(edited, "documents").select("change", "column", "reason").rows() == [("modified", "sha256", "source")]

    assert changes_of(added, "organizations").select("change", "reason").rows() == [("added", "source")]
    assert set(changes_of(added, "claims")["change"]) == {"added"}

    found = changes_of(corrected, "funding_rounds")
    assert found.select("change", "column", "old", "new", "reason").rows() == [
        ("modified", "value", "3000000000.0", "300000000.0", "correction"),
        ("modified", "value_high", "3000000000.0", "300000000.0", "correction"),
        ("modified", "value_low", "3000000000.0", "300000000.0", "correction"),
    ]
    assert set(found["key"]) == {f'{{"claim_id":"{wrong}"}}'}
    assert changes_of(corrected, "claims").select("column", "reason").rows() == [("review_status", "correction")]


def test_unchanged_tables_have_an_empty_file_of_changes(releases):
    for folder in releases[0]:
        names = {file.stem for file in (folder / "parquet").iterdir()}
        assert {file.stem for file in (folder / "changes").glob("*.parquet")} == names
    assert changes_of(releases[0][3], "people").height == 0
    assert sum(pl.read_parquet(file).height for file in (releases[0][0] / "changes").glob("*.parquet")) == 0


def test_every_release_is_the_one_before_plus_its_changes(releases):
    for before, after in zip(releases[0], releases[0][1:], strict=False):
        new = read_tables(after)
        rebuilt = apply(read_tables(before), read_changes(after, new, read_schemas(after)))
        assert rebuilt.keys() == new.keys()
        assert all(rebuilt[name].equals(new[name]) for name in new)


def test_the_changelog_tells_it_in_sentences(releases):
    edited, added, corrected = ((folder / "CHANGELOG.md").read_text() for folder in releases[0][1:])
    assert "1 article was edited: 《北辰的一年》" in edited
    assert "北辰智能 (Beichen) raised 600 million CNY" in edited
    assert "1 article is new: 《东方的新公司》" in added
    assert "1 company or organisation for the first time: 东方模型 (Dongfang)" in added
    assert "东方模型 (Dongfang) raised 3 billion CNY" in added
    wrong = releases[1]
    assert (
        f"- Funding of 东方模型 (Dongfang) ({wrong}): value was 3 billion, is 300 million. Why: 原文为笔误，公司公告为3亿元\n" in corrected
    )
    assert "new" not in corrected.split("## Corrections")[0].lower(), "a correction brings nothing new"


def test_the_changelog_of_all_releases_has_them_newest_first(releases, datasets):
    text = (datasets / "CHANGELOG.md").read_text()
    places = [text.index(f"## {folder.name} ") for folder in releases[0]]
    assert places == sorted(places, reverse=True)


def test_the_index_lists_every_release_and_points_to_the_newest(releases, datasets):
    index = json.loads((datasets / "versions.json").read_text())
    assert [entry["version"] for entry in index["versions"]] == ["0.3.1", "0.3.0", "0.2.0", "0.1.0"]
    assert index["last_successful"] == "0.3.1"
    assert index["versions"][0]["summary"] == "1 row corrected."
    assert index["versions"][1]["rows"]["documents"] == 3
    assert json.loads((datasets / "latest.json").read_text())["path"] == "v0.3.1"


def test_all_of_them_verify(releases):
    for folder in releases[0]:
        assert verify(folder) == []


def test_publishing_the_same_again_publishes_nothing(releases, industry, datasets):
    before = sorted(datasets.rglob("*"))
    result = publish(industry.tables(), datasets, inputs=industry.inputs(code="d" * 64))
    assert isinstance(result, NothingNew)
    assert str(result.version) == "0.3.1"
    assert sorted(datasets.rglob("*")) == before


def test_a_change_nobody_can_trace_breaks_the_chain(releases):
    folders, _ = releases
    folder = folders[2] / "changes"
    folder.chmod(0o755)
    (folder / "claims.parquet").unlink()
    assert any("chain of changes cannot be followed" in problem.message for problem in verify(folders[3]))

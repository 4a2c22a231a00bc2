"""Why a row changed, and which ids did."""

import pytest

from pipeline.releases.diff import diff
from pipeline.releases.inputs import Inputs
from pipeline.releases.reasons import reasons_between
from pipeline.releases.rekeys import breaking_rekeys, id_changes


def labelled(old, new, before=None, now=None):
    found = diff(old, new, reasons=reasons_between(old, new, before, now))
    return {name: set(frame["reason"]) for name, frame in found.changes.items() if frame.height}


def claim_of(industry, table):
    return next(row for row in industry.rows["claims"] if row["fact_table"] == table)


def test_what_changes_in_an_unchanged_article_comes_from_the_pipeline(industry):
    old = industry.tables()
    claim_of(industry, "statements")["confidence"] = 0.5
    assert labelled(old, industry.tables()) == {"claims": {"pipeline"}}


def test_what_changes_with_its_article_comes_from_the_source(industry):
    old = industry.tables()
    industry.rows["documents"][1]["sha256"] = "f" * 64
    claim_of(industry, "statements")["confidence"] = 0.5
    assert labelled(old, industry.tables()) == {"documents": {"source"}, "claims": {"source"}}


def test_what_goes_with_its_article_comes_from_the_source(industry):
    old = industry.tables()
    for rows in industry.rows.values():
        rows[:] = [row for row in rows if row.get("doc_id") != "south"]
    assert labelled(old, industry.tables()) == {
        "documents": {"source"},
        "claims": {"source"},
        "funding_rounds": {"source"},
        "statements": {"source"},
    }


def test_a_conflict_goes_by_the_articles_of_its_claims(industry):
    old = industry.tables()
    industry.article("east", "东方来信")
    new = industry.raised("east", "beichen", 9e8, "北辰智能融资9亿元")
    industry.rows["conflicts"].append(
        {"conflict_id": "0" * 16, "kind": "value", "claim_id_a": industry.rows["claims"][0]["claim_id"], "claim_id_b": new,
         "field": "value", "explanation_en": "x", "explanation_zh": "x"}
    )  # fmt: skip
    assert labelled(old, industry.tables())["conflicts"] == {"source"}


def test_with_code_and_lexicon_unchanged_the_rest_came_with_the_articles(industry):
    old = industry.tables()
    industry.company("xin", "新公司")
    inputs = industry.inputs()
    assert labelled(old, industry.tables(), inputs, inputs) == {"organizations": {"source"}}
    assert labelled(old, industry.tables(), inputs, industry.inputs(lexicon="m" * 64)) == {"organizations": {"pipeline"}}
    assert labelled(old, industry.tables(), Inputs(), Inputs()) == {"organizations": {"pipeline"}}


@pytest.mark.parametrize("listed", [True, False])
def test_a_correction_is_known_by_its_list_or_by_the_review_status(industry, listed):
    old, before = industry.tables(), industry.inputs()
    claim = claim_of(industry, "funding_rounds")
    industry.rows["funding_rounds"][0]["round"] = "B"
    if listed:
        industry.corrections = {claim["claim_id"]: "B轮"}
    else:
        claim["review_status"] = "corrected"
    assert labelled(old, industry.tables(), before, industry.inputs())["funding_rounds"] == {"correction"}


def test_a_correction_of_a_company_is_known_by_its_id(industry):
    old = industry.tables()
    industry.rows["organizations"][0]["city"] = "北京"
    assert labelled(old, industry.tables(), industry.inputs(), industry.inputs(corrections={"beichen": "官网"})) == {
        "organizations": {"correction"}
    }


def test_an_old_correction_does_not_explain_a_new_difference(industry):
    claim = claim_of(industry, "funding_rounds")
    claim["review_status"] = "corrected"
    old, inputs = industry.tables(), industry.inputs(corrections={claim["claim_id"]: "B轮"})
    claim["confidence"] = 0.1
    assert labelled(old, industry.tables(), inputs, industry.inputs(corrections=inputs.corrections, code="d" * 64)) == {
        "claims": {"pipeline"}
    }


def rekeyed(old, new):
    found = diff(old, new, reasons=reasons_between(old, new))
    return id_changes(old, new, found)


def test_a_company_under_another_id_is_a_re_key_and_breaks_readers(industry):
    old = industry.tables()
    industry.rows["organizations"][2]["org_id"] = "galaxy"
    found = rekeyed(old, industry.tables())
    assert found.select("table", "old_id", "new_id").rows() == [("organizations", "yinhe", "galaxy")]
    assert breaking_rekeys(found)


def test_a_re_key_is_published_as_a_breaking_change(industry, released, datasets):
    released(industry, version="1.0.0")
    industry.rows["organizations"][2]["org_id"] = "galaxy"
    industry.rows["funding_rounds"][0]["investors"] = ["nandou", "galaxy"]
    second = released(industry)
    assert str(second.version) == "2.0.0"
    assert (second.folder / "changes" / "id_changes.csv").read_text().splitlines()[1] == "2.0.0,organizations,yinhe,galaxy,pipeline"
    assert "the id `yinhe` is now `galaxy`" in (second.folder / "CHANGELOG.md").read_text()


def test_claims_of_an_edited_article_move_without_breaking_anybody(industry):
    old = industry.tables()
    industry.rows["documents"][1]["sha256"] = "f" * 64
    for claim in [claim for claim in industry.rows["claims"] if claim["doc_id"] == "south"]:
        fact = next(row for row in industry.rows[claim["fact_table"]] if row["claim_id"] == claim["claim_id"])
        claim["claim_id"] = fact["claim_id"] = claim["claim_id"][::-1]
        claim["char_start"], claim["char_end"] = claim["char_start"] + 7, claim["char_end"] + 7
    found = rekeyed(old, industry.tables())
    assert found.select("table", "reason").rows() == [("claims", "source"), ("claims", "source")]
    assert not breaking_rekeys(found)


def test_claims_of_an_unchanged_article_under_other_ids_break_readers(industry):
    old = industry.tables()
    claim = industry.rows["claims"][0]
    industry.rows["funding_rounds"][0]["claim_id"] = claim["claim_id"] = "0" * 16
    assert breaking_rekeys(rekeyed(old, industry.tables()))


def test_a_fact_that_is_read_otherwise_is_no_re_key(industry):
    old = industry.tables()
    claim = industry.rows["claims"][0]
    industry.rows["funding_rounds"][0] |= {"claim_id": "0" * 16, "value": 7e8, "value_low": 7e8, "value_high": 7e8}
    claim["claim_id"] = "0" * 16
    assert rekeyed(old, industry.tables()).height == 0

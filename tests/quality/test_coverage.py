"""Every name, quantity and time ends in a fact, in an ignore list with a reason, or in review."""

from __future__ import annotations

import polars as pl

from pipeline.quality.coverage import INSIDE_FACT, KNOWN_NAME, classify, leftovers, shares
from pipeline.tables import TABLES
from pipeline.tables.examples import example_row

TEXT = "甲公司有10人，乙公司有20人，今年另有30家。"


def spans(*rows: tuple[str, int, int]) -> pl.DataFrame:
    return pl.DataFrame([("doc", *row) for row in rows], schema=["doc_id", "kind", "char_start", "char_end"], orient="row")


def places(name: str, *rows: tuple[int, int]) -> pl.DataFrame:
    return TABLES[name].frame([example_row(TABLES[name]) | {"doc_id": "doc", "char_start": a, "char_end": b} for a, b in rows])


EVERYTHING = spans(("ORG", 0, 3), ("COUNT", 4, 7), ("ORG", 8, 11), ("COUNT", 12, 15), ("TIME", 16, 18), ("COUNT", 20, 23))
CLAIM = places("claims", (0, 7))
NONE = TABLES["review_queue"].empty()


def outcomes(**changes: object) -> list[str]:
    options = {"spans": EVERYTHING, "claims": CLAIM, "review": NONE} | changes
    return classify(**options)["outcome"].to_list()  # type: ignore[arg-type]


def test_what_stands_in_a_quote_is_handled_and_an_amount_elsewhere_is_left_for_review() -> None:
    assert outcomes() == ["handled", "handled", "ignored", "review", "review", "review"]


def test_what_a_fact_used_is_handled_and_the_rest_of_its_quote_ignored_for_that_reason() -> None:
    used = EVERYTHING.with_columns(used=pl.Series([True, False, False, False, False, True]))
    found = classify(used, CLAIM, NONE)
    assert found["outcome"].to_list() == ["handled", "ignored", "ignored", "review", "review", "handled"]
    assert found["reason"].to_list() == [None, INSIDE_FACT, KNOWN_NAME, None, None, None]


def test_a_reason_to_ignore_is_kept() -> None:
    ignored = pl.DataFrame({"doc_id": ["doc"], "char_start": [12], "char_end": [15], "reason": ["page number"]})
    found = classify(EVERYTHING, CLAIM, NONE, ignored)
    assert found["reason"].to_list()[3] == "page number"
    assert shares(found)["COUNT"] == {"total": 3, "handled": 0.3333, "ignored": 0.3333, "review": 0.3333, "reasons": {"page number": 1}}


def test_a_queued_name_is_in_review() -> None:
    assert outcomes(review=places("review_queue", (8, 11)))[2] == "review"


def test_another_document_accounts_for_nothing() -> None:
    elsewhere = CLAIM.with_columns(doc_id=pl.lit("other"))
    assert outcomes(claims=elsewhere)[1] == "review"


def test_shares_add_up() -> None:
    for share in shares(classify(EVERYTHING, CLAIM, NONE)).values():
        assert abs(share["handled"] + share["ignored"] + share["review"] - 1) < 0.001
    assert shares(classify(EVERYTHING.clear(), CLAIM, NONE))["ALL"]["total"] == 0


def test_leftovers_are_rows_of_the_review_queue() -> None:
    texts = pl.DataFrame({"doc_id": ["doc"], "text": [TEXT]})
    rows = leftovers(classify(EVERYTHING, CLAIM, NONE), texts)
    assert rows.select("kind", "surface", "char_start", "count").rows() == [
        ("quantity", "20人", 12, 1),
        ("time", "今年", 16, 1),
        ("quantity", "30家", 20, 1),
    ]
    TABLES["review_queue"].contract.validate(rows, lazy=True)

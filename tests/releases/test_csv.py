"""The CSV dialect: what goes in comes out, and no cell runs in a spreadsheet."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import LandscapeError
from pipeline.releases import cells
from pipeline.releases.writers.csv_files import read_csv, write_csv

RISKY = list("=+-@＝＋－＠\t\r\n")
TEXTS = (
    st.none() | st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=8) | st.text(alphabet="=+-@'\t\r\n\",5.a", max_size=6)
)


def through(frame: pl.DataFrame, path) -> pl.DataFrame:
    write_csv(frame, path)
    return read_csv(path, dict(frame.schema))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            TEXTS,
            TEXTS,
            st.none() | st.lists(TEXTS.filter(lambda text: text is not None), max_size=3),
            st.none() | st.booleans(),
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.dates(),
        ),
        max_size=5,
    )
)
def test_every_cell_survives_the_csv_file(tmp_path_factory, rows):
    schema = {
        "a": pl.String,
        "b": pl.String,
        "list": pl.List(pl.String),
        "bool": pl.Boolean,
        "float": pl.Float64,
        "int": pl.Int64,
        "day": pl.Date,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert through(frame, tmp_path_factory.mktemp("csv") / "t.csv").equals(frame)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_the_guard_is_reversible_and_leaves_no_risky_cell(texts):
    frame = pl.DataFrame({"t": texts}, schema={"t": pl.String})
    safe = frame.select(cells.guarded(pl.col("t")).alias("t"))
    assert safe.select(cells.unguarded(pl.col("t")).alias("t")).equals(frame)
    for before, text in zip(texts, safe["t"].to_list(), strict=True):
        if text and text[0] in RISKY:
            assert float(text) is not None, "only plain numbers keep their sign"
            assert text == before


@pytest.mark.parametrize("risky", RISKY)
def test_a_cell_beginning_with_a_risky_character_gets_an_apostrophe(tmp_path, risky):
    frame = pl.DataFrame({"t": [f"{risky}SUM(A1)"]})
    assert through(frame, tmp_path / "t.csv").equals(frame)
    (row,) = list(csv.reader(io.StringIO((tmp_path / "t.csv").read_bytes().decode(), newline="")))[1:]
    assert row == [f"'{risky}SUM(A1)"]


@pytest.mark.parametrize("text", ["-5", "+3.25", "-99.3"])
def test_numbers_in_text_columns_are_left_alone(tmp_path, text):
    write_csv(pl.DataFrame({"t": [text], "n": [-5.5]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == f"t,n\r\n{text},-5.5\r\n".encode()


def test_the_dialect_is_rfc_4180(tmp_path):
    write_csv(
        pl.DataFrame({"a": ["x,y", 'say "hi"', "two\nlines", "", None], "b": [["p", "q"], [], None, ["="], None]}), tmp_path / "t.csv"
    )
    assert (tmp_path / "t.csv").read_bytes().decode() == (
        'a,b\r\n"x,y","[""p"",""q""]"\r\n"say ""hi""",[]\r\n"two\nlines",\r\n"","[""=""]"\r\n,\r\n'
    )


def test_null_and_empty_text_stay_apart(tmp_path):
    frame = pl.DataFrame({"a": ["", None], "b": [None, ""]}, schema={"a": pl.String, "b": pl.String})
    assert through(frame, tmp_path / "t.csv").equals(frame)


def test_a_cell_of_another_type_is_named(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"n\r\n1\r\nmany\r\n")
    with pytest.raises(LandscapeError, match=r"t\.csv, column n: holds a cell that is no Int64"):
        read_csv(tmp_path / "t.csv", {"n": pl.Int64()})


def test_other_columns_are_named(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"m\r\n1\r\n")
    with pytest.raises(LandscapeError, match="has the columns m, expected n"):
        read_csv(tmp_path / "t.csv", {"n": pl.Int64()})

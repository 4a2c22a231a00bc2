"""old + changes == new, for every table of the registry and whatever the cells hold."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import LandscapeError
from pipeline.releases.diff import CHANGE_SCHEMA, apply, diff
from pipeline.releases.frames import public_tables

TEXTS = st.sampled_from(["", "a", "=1+1", "'=x", "引文，\n换行", '{"v":null}', "\x00", "\ufffe", "null", "-5"]) | st.text(
    alphabet=st.characters(exclude_categories=("Cs",)), max_size=6
)
VALUES = {
    pl.String(): TEXTS,
    pl.Boolean(): st.booleans(),
    pl.Int64(): st.integers(-(2**63), 2**63 - 1),
    pl.Float64(): st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0),
    pl.Date(): st.dates(),
    pl.List(pl.String()): st.lists(TEXTS, max_size=3),
}


@st.composite
def rows(draw, table):
    """A row with its key and up to three other cells; the rest is null."""
    others = [name for name in table.schema if name not in table.primary_key]
    filled = draw(st.lists(st.sampled_from(others), max_size=3, unique=True)) if others else []
    return {name: draw(VALUES[table.schema[name]]) for name in [*table.primary_key, *filled]}


@st.composite
def frames(draw, table):
    """Two frames of a table that share some rows, some of them with another cell."""

    def frame(found):
        key = table.primary_key
        return pl.DataFrame(list({tuple(row[k] for k in key): row for row in found}.values()), schema=table.schema, orient="row").sort(key)

    old = draw(st.lists(rows(table), max_size=4))
    new = []
    for row in old:
        fate = draw(st.sampled_from(["kept", "changed", "gone"]))
        if fate != "gone":
            others = draw(rows(table)) if fate == "changed" else {}
            new.append(row | {name: value for name, value in others.items() if name not in table.primary_key})
    return frame(old), frame(new + draw(st.lists(rows(table), max_size=2)))


@pytest.mark.parametrize("name", public_tables())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_old_plus_changes_is_new_for_every_table(name, data):
    old, new = data.draw(frames(public_tables()[name]))
    found = diff({name: old}, {name: new}, release="0.2.0")
    assert dict(found.changes[name].schema) == CHANGE_SCHEMA
    assert apply({name: old}, found)[name].equals(new)
    assert found.is_empty() == old.equals(new)


PEOPLE = public_tables()["people"]


def people(**names):
    return {"people": PEOPLE.frame([{"person_id": key, "name_zh": name, "is_provisional": False} for key, name in names.items()])}


def test_every_kind_of_change_is_one_row_with_key_and_values():
    found = diff(people(a="甲", b="乙"), people(b="丙", c="丁"), release="0.2.0").changes["people"]
    rows = [(r["key"], r["change"], r["column"], r["old"], r["new"]) for r in found.iter_rows(named=True)]
    assert rows[1] == ('{"person_id":"b"}', "modified", "name_zh", '"乙"', '"丙"')
    assert [row[:3] for row in rows] == [
        ('{"person_id":"a"}', "removed", None), ('{"person_id":"b"}', "modified", "name_zh"), ('{"person_id":"c"}', "added", None),
    ]  # fmt: skip
    assert '"name_zh":"甲"' in rows[0][3]
    assert rows[0][4] is None
    assert '"name_zh":"丁"' in rows[2][4]


def test_no_difference_still_gives_a_table_of_changes():
    found = diff(people(a="甲"), people(a="甲"))
    assert found.is_empty()
    assert dict(found.changes["people"].schema) == CHANGE_SCHEMA


def test_a_new_column_is_filled_and_a_gone_one_dropped():
    new = {"t": pl.DataFrame({"k": ["a", "b"], "x": [1, 2], "fresh": ["u", None]})}
    old = {"t": pl.DataFrame({"k": ["a"], "x": [1], "gone": [True]})}
    found = diff(old, new, keys={"t": ["k"]})
    assert apply(old, found)["t"].equals(new["t"])
    assert found.count("modified") == 1


def test_a_retyped_column_is_cast_where_it_can_be():
    old = {"t": pl.DataFrame({"k": ["a", "b"], "x": ["1", "many"]})}
    new = {"t": pl.DataFrame({"k": ["a", "b"], "x": [1, 7]})}
    found = diff(old, new, keys={"t": ["k"]})
    assert found.count("modified") == 1
    assert apply(old, found)["t"].equals(new["t"])


def test_a_removed_table_leaves_its_rows_in_the_changes():
    old = {"t": pl.DataFrame({"k": ["a"], "x": [1]})}
    found = diff(old, {}, keys={"t": ["k"]})
    assert found.count("removed", "t") == 1
    assert apply(old, found) == {}


def test_a_table_without_a_known_key_is_refused():
    with pytest.raises(LandscapeError, match="no primary key is known"):
        diff({}, {"mystery": pl.DataFrame({"x": [1]})})


@pytest.mark.parametrize(
    ("base", "message"),
    [({"a": "甲"}, "modify"), ({"a": "甲", "b": "乙", "c": "丁"}, "add a row that is there"), ({"b": "乙"}, "remove 1 rows, 0")],
)
def test_changes_applied_to_another_base_are_refused(base, message):
    found = diff(people(a="甲", b="乙"), people(b="丙", c="丁"), release="0.2.0")
    with pytest.raises(LandscapeError, match=message):
        apply(people(**base), found)

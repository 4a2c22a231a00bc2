"""What a change of the schema means for readers."""

import copy

import pytest

from pipeline.releases.frames import public_tables
from pipeline.releases.metadata.schemas import schemas_of
from pipeline.releases.schema_changes import changes_frame, schema_changes
from pipeline.releases.versions import Level

SCHEMAS = schemas_of(public_tables())


def edited(edit):
    schemas = copy.deepcopy(SCHEMAS)
    edit(schemas)
    return schema_changes(SCHEMAS, schemas)


def field(schemas, name):
    return next(field for field in schemas["claims"]["fields"] if field["name"] == name)


def drop(schemas, name):
    schemas["claims"]["fields"] = [field for field in schemas["claims"]["fields"] if field["name"] != name]


NEW = {"name": "fresh", "type": "string", "x-dtype": "String", "description": "x", "x-description-zh": "x"}


@pytest.mark.parametrize(
    ("edit", "change", "level"),
    [
        (lambda s: s.pop("people"), "table_removed", Level.MAJOR),
        (lambda s: s.update(fresh=s["people"]), "table_added", Level.MINOR),
        (lambda s: drop(s, "quote"), "column_removed", Level.MAJOR),
        (lambda s: s["claims"]["fields"].append(NEW), "column_added", Level.MINOR),
        (lambda s: s["claims"]["fields"].insert(2, NEW), "column_inserted", Level.MAJOR),
        (lambda s: s["claims"]["fields"].reverse(), "columns_reordered", Level.MAJOR),
        (lambda s: field(s, "char_start").update({"x-dtype": "Float64", "type": "number"}), "retyped", Level.MAJOR),
        (lambda s: field(s, "char_start").update({"x-unit": "bytes"}), "unit_changed", Level.MAJOR),
        (lambda s: field(s, "quote").update(description="Better words"), "described", Level.PATCH),
        (lambda s: field(s, "assertion")["constraints"]["enum"].append("sworn"), "values_changed", Level.MINOR),
        (lambda s: field(s, "assertion")["constraints"]["enum"].remove("denied"), "values_changed", Level.MAJOR),
        (lambda s: field(s, "assertion")["constraints"].pop("required"), "constraints_changed", Level.MINOR),
        (lambda s: s["claims"].update(primaryKey=["doc_id", "claim_id"]), "key_changed", Level.MAJOR),
    ],
)
def test_each_change_is_found_with_its_level(edit, change, level):
    assert [(found.change, found.level) for found in edited(edit)] == [(change, level)]


def test_a_renamed_column_is_removed_and_added():
    found = edited(lambda s: field(s, "review_status").update(name="status"))
    assert {(change.change, change.column) for change in found} == {("column_removed", "review_status"), ("column_added", "status")}


def test_the_same_schema_has_no_changes():
    assert schema_changes(SCHEMAS, copy.deepcopy(SCHEMAS)) == []


def test_changes_become_rows():
    frame = changes_frame(edited(lambda s: s.pop("people")), "0.2.0")
    assert frame.rows() == [("0.2.0", "people", None, "table_removed", "people", None, "major")]


def test_a_release_of_another_schema_is_announced_as_breaking(industry, released, datasets, monkeypatch):
    """The release before had a table more and a column that is gone: published as such by an older registry."""
    import json

    from pipeline.releases import publish as publication
    from pipeline.releases.verify import verify

    released(industry)
    registry = {name: table for name, table in public_tables().items() if name != "conflicts"}
    import pipeline.releases.build
    import pipeline.releases.frames

    for module in (publication, pipeline.releases.build, pipeline.releases.frames):
        monkeypatch.setattr(module, "public_tables", lambda: registry)
    second = released(industry)
    assert str(second.version) == "0.2.0"
    assert (second.folder / "changes" / "schema_changes.csv").read_text().splitlines()[
        1
    ] == "0.2.0,conflicts,,table_removed,conflicts,,major"
    assert json.loads((datasets / "versions.json").read_text())["versions"][0]["breaking"] is True
    assert "## Breaking changes\n\n- `conflicts`: table removed" in (second.folder / "CHANGELOG.md").read_text()
    assert verify(second.folder) == []

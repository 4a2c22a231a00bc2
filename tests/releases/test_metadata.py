"""Drift: what a release says about itself is what the registry and the files say."""

import json
import re
from datetime import UTC, datetime

import pytest
import yaml

from pipeline.releases.checksums import sha256_of
from pipeline.releases.frames import public_tables, read_table
from pipeline.releases.inputs import read_inputs
from pipeline.releases.metadata.card import card
from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.publish import publish
from pipeline.releases.staging import remove_folder
from pipeline.releases.versions import Version

TABLES = public_tables()


@pytest.fixture(scope="module")
def release(tmp_path_factory, new_industry):
    industry = new_industry()
    datasets = tmp_path_factory.mktemp("metadata") / "datasets"
    yield publish(industry.tables(), datasets, inputs=industry.inputs(), formats=("parquet", "csv", "sqlite", "xlsx")).folder
    remove_folder(datasets)


@pytest.fixture(scope="module")
def package(release):
    return json.loads((release / "datapackage.json").read_text())


def test_the_data_package_has_a_resource_for_every_csv_and_parquet_file(release, package):
    paths = {resource["path"] for resource in package["resources"]}
    assert paths == {f"{kind}/{name}.{kind}" for kind in ("csv", "parquet") for name in TABLES}
    assert all((release / path).is_file() for path in paths)


@pytest.mark.parametrize("name", TABLES)
def test_a_resource_has_every_column_with_its_type_unit_and_descriptions(package, name):
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    fields = resource["schema"]["fields"]
    for field, column in zip(fields, TABLES[name].columns, strict=True):
        assert (field["name"], field["description"], field["x-description-zh"]) == (
            column.name,
            column.description_en,
            column.description_zh,
        )
        assert field.get("x-unit") == column.unit
        assert field.get("constraints", {}).get("required", False) == (not column.nullable)
        assert field.get("constraints", {}).get("enum") == (list(column.enum) if column.enum else None)
    assert resource["schema"]["primaryKey"] == list(TABLES[name].primary_key)


@pytest.mark.parametrize("name", TABLES)
def test_every_foreign_key_is_said_somewhere(package, name):
    resource = next(resource for resource in package["resources"] if resource["name"] == name)
    said = {(tuple(key["fields"]), key["reference"]["resource"] or name) for key in resource["schema"].get("foreignKeys", [])}
    said |= {
        ((field["name"],), reference["resource"]) for field in resource["schema"]["fields"] for reference in field.get("x-references", [])
    }
    assert said == {(key.columns, key.table) for key in TABLES[name].foreign_keys}


def test_csv_resources_have_size_and_hash_and_parquet_ones_do_not(release, package):
    for resource in package["resources"]:
        if resource["format"] == "csv":
            assert resource["hash"] == f"sha256:{sha256_of(release / resource['path'])}"
            assert resource["bytes"] == (release / resource["path"]).stat().st_size
        else:
            assert not {"hash", "bytes"} & resource.keys()


def test_licence_and_sources_are_named(package):
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "belong to their publishers" in package["x-licence-note"]
    assert [source["path"] for source in package["sources"]] == ["https://example.org/north", "https://example.org/south"]


def test_croissant_has_a_record_set_for_every_table_and_the_hash_of_every_file(release):
    croissant = json.loads((release / "croissant.json").read_text())
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert [record_set["@id"] for record_set in croissant["recordSet"]] == list(TABLES)
    for record_set in croissant["recordSet"]:
        assert [field["name"] for field in record_set["field"]] == [column.name for column in TABLES[record_set["name"]].columns]
    for file in croissant["distribution"]:
        assert file["sha256"] == sha256_of(release / file["contentUrl"])


def test_schema_org_lists_every_variable_and_download(release):
    found = json.loads((release / "dataset.jsonld").read_text())
    assert len(found["variableMeasured"]) == sum(len(table.columns) for table in TABLES.values())
    assert found["temporalCoverage"] == "2025-03-01/2025-03-01"
    assert all((release / download["contentUrl"]).is_file() for download in found["distribution"])


def head_of(text):
    return yaml.safe_load(text.split("---\n")[1])


def test_the_card_has_one_parquet_config_for_every_table_with_rows(release):
    head = head_of((release / "README.md").read_text())
    assert [config["config_name"] for config in head["configs"]] == [name for name in TABLES if read_table(release, name).height]
    assert all((release / config["data_files"][0]["path"]).suffix == ".parquet" for config in head["configs"])
    assert [config["config_name"] for config in head["configs"] if config.get("default")] == ["claims"]
    assert head["license"] == "cc-by-4.0"
    assert head["size_categories"] == ["n<1K"]


def test_the_size_in_the_card_follows_the_rows():
    facts = Facts(Version(1, 0, 0), datetime(2025, 1, 1, tzinfo=UTC), dict.fromkeys(TABLES, 40_000))
    assert head_of(card(TABLES, facts))["size_categories"] == ["100K<n<1M"]


@pytest.mark.parametrize("file", ["README.md", "README.zh.md", "DICTIONARY.md"])
def test_every_table_is_on_every_page(release, file):
    text = (release / file).read_text()
    assert all(f"`{name}`" in text for name in TABLES)


@pytest.mark.parametrize("file", ["README.md", "README.zh.md", "DICTIONARY.md", "QUALITY.md", "CHANGELOG.md"])
def test_links_to_files_lead_somewhere(release, file):
    for target in re.findall(r"\]\(([^)#:]+)\)", (release / file).read_text()):
        assert (release / target).is_file(), target


def test_the_dictionary_explains_every_column_in_both_languages(release):
    text = (release / "DICTIONARY.md").read_text()
    for table in TABLES.values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            line = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
            assert column.description_zh in line
            assert line.count(" | ") >= 4


def test_the_citation_is_valid_yaml_with_version_and_date(release, package):
    found = yaml.safe_load((release / "CITATION.cff").read_text())
    assert (found["cff-version"], found["type"], found["version"]) == ("1.2.0", "dataset", "0.1.0")
    assert str(found["date-released"]) == package["created"][:10]
    assert found["authors"][0]["name"]


def test_a_release_records_what_it_was_made_from(release, industry):
    assert read_inputs(release) == industry.inputs()

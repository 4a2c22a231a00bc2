"""`datapackage.json`: Frictionless Data Package v2, two resources a table (CSV under the name of the table, parquet beside it), keys, sources, licences.

Parquet resources carry no `bytes` and `hash`: the reference validator cannot count them and calls every such file broken. SHA256SUMS has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases.layout import CSV, DATAPACKAGE_FILE, PARQUET
from pipeline.releases.metadata import dataset
from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.metadata.schemas import TableSchema, table_schema
from pipeline.tables import Table

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"


def datapackage(registry: Mapping[str, Table], facts: Facts, documents: pl.DataFrame) -> str:
    """The text of `datapackage.json`."""
    resources = []
    for name, table in registry.items():
        schema = {"$schema": _PROFILE.format("tableschema"), **table_schema(table)}
        resources.append(_csv_resource(name, table, schema, facts))
        resources.append(_parquet_resource(name, table, schema))
    package = {
        "$schema": _PROFILE.format("datapackage"),
        "name": dataset.NAME,
        "title": facts.title,
        "description": f"{facts.description}\n\n{facts.description_zh}",
        "version": str(facts.version),
        "created": facts.moment,
        "keywords": list(dataset.KEYWORDS),
        "licenses": [{"name": dataset.LICENCE, "title": dataset.LICENCE_TITLE, "path": dataset.LICENCE_URL}],
        "x-licence-note": facts.licence_note,
        "contributors": [{"title": dataset.CREATOR, "roles": ["author", "publisher"]}],
        "sources": [_source(row) for row in documents.iter_rows(named=True)],
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def read_schemas(release: Path) -> dict[str, TableSchema]:
    """Table -> schema, as a published release declares them. Raises LandscapeError when the file is missing or broken."""
    path = release / DATAPACKAGE_FILE
    try:
        package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {resource["name"]: resource["schema"] for resource in package["resources"] if resource["path"].startswith(f"{CSV}/")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LandscapeError(f"{path}: cannot be read ({error}); restore the release from where you got it") from error


def _csv_resource(name: str, table: Table, schema: TableSchema, facts: Facts) -> dict[str, Any]:
    path = f"{CSV}/{name}.csv"
    size, digest = facts.hashes[path]
    return {
        **_described(name, table),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "x-formula-guard": "A text that a spreadsheet could run has one apostrophe in front; take one off cells matching ^'+[=+\\-@＝＋－＠\\t\\r\\n].",
        "schema": schema,
    }


def _parquet_resource(name: str, table: Table, schema: TableSchema) -> dict[str, Any]:
    # The reference validator reads parquet by way of floats and arrays: a missing integer arrives as `nan`, a list as no list of its own.
    fields = [field | {"type": "any"} if field["type"] == "array" else field for field in schema["fields"]]
    plain = {key: value for key, value in schema.items() if key != "foreignKeys"} | {"fields": fields, "missingValues": ["", "nan"]}
    described = _described(f"{name}-parquet", table)
    return {
        **described,
        "path": f"{PARQUET}/{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": plain,
    }


def _described(name: str, table: Table) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "title": table.title_en,
        "description": table.description_en,
        "x-title-zh": table.title_zh,
        "x-description-zh": table.description_zh,
        "x-table-version": table.version,
    }


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    """An article as a source: what is known of it, and whose it is."""
    source = {"title": row["title"] or row["doc_id"], "x-doc-id": row["doc_id"], "x-sha256": row["sha256"]}
    for name, column in (("path", "url"), ("x-publisher", "publisher"), ("x-rights", "rights")):
        if row[column]:
            source[name] = row[column]
    return source

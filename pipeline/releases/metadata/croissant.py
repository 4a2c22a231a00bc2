"""`croissant.json` (MLCommons Croissant 1.1, one record set a table, over the parquet files) and `dataset.jsonld` (schema.org Dataset, for search engines)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from pipeline.releases.layout import CSV, DUCKDB_FILE, PARQUET, SQLITE_FILE, XLSX_FILE
from pipeline.releases.metadata import dataset
from pipeline.releases.metadata.citation import bibtex
from pipeline.releases.metadata.dataset import Facts
from pipeline.tables import Column, Table

_CROISSANT = "http://mlcommons.org/croissant/1.1"
_PARQUET_TYPE = "application/vnd.apache.parquet"
_MEDIA_TYPES = {
    DUCKDB_FILE: "application/vnd.duckdb",
    SQLITE_FILE: "application/vnd.sqlite3",
    XLSX_FILE: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TERMS = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format",
    "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
    "samplingRate", "sdVersion", "separator", "source", "subField", "transform", "unArchive", "value",
)  # fmt: skip


def croissant(registry: Mapping[str, Table], facts: Facts) -> str:
    """The text of `croissant.json`."""
    content = {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": _CROISSANT,
        **_about(facts),
        "citeAs": bibtex(facts),
        "isLiveDataset": False,
        "distribution": [_file_object(path, facts) for path in _paths(registry, facts)],
        "recordSet": [_record_set(name, table) for name, table in registry.items()],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def schema_org(registry: Mapping[str, Table], facts: Facts, documents: pl.DataFrame) -> str:
    """The text of `dataset.jsonld`: downloads, variables, the span of time and the articles it is based on."""
    days = documents.select(pl.col("published_start").min().cast(pl.String), pl.col("published_end").max().cast(pl.String)).row(0)
    content: dict[str, Any] = {"@context": "https://schema.org/", "@type": "Dataset", **_about(facts)}
    content["alternateName"] = facts.title_zh
    content["isAccessibleForFree"] = True
    content["creditText"] = facts.licence_note
    if None not in days:
        content["temporalCoverage"] = f"{days[0]}/{days[1]}"
    content["isBasedOn"] = [
        {"@type": "NewsArticle", "headline": row["title"] or row["doc_id"], **({"url": row["url"]} if row["url"] else {})}
        for row in documents.iter_rows(named=True)
    ]
    content["variableMeasured"] = [
        {
            "@type": "PropertyValue",
            "name": f"{name}.{column.name}",
            "description": column.description_en,
            **({"unitText": column.unit} if column.unit else {}),
        }
        for name, table in registry.items()
        for column in table.columns
    ]
    content["distribution"] = [
        {"@type": "DataDownload", "contentUrl": path, "encodingFormat": _media_type(path), **_size_and_hash(path, facts)}
        for path in _paths(registry, facts, csv=True)
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _about(facts: Facts) -> dict[str, Any]:
    creator = {"@type": "sc:Organization", "name": dataset.CREATOR}
    return {
        "name": dataset.NAME,
        "description": f"{facts.title}. {facts.description}",
        "version": str(facts.version),
        "license": dataset.LICENCE_URL,
        "url": dataset.URL,
        "creator": creator,
        "publisher": creator,
        "datePublished": facts.day,
        "inLanguage": ["zh", "en"],
        "keywords": list(dataset.KEYWORDS),
    }


def _context() -> dict[str, Any]:
    context: dict[str, Any] = {"@language": "en", "@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"}
    context |= {"rai": "http://mlcommons.org/croissant/RAI/", "dct": "http://purl.org/dc/terms/", "sc": "https://schema.org/"}
    context |= {
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
    }
    context |= {"dataType": {"@id": "cr:dataType", "@type": "@vocab"}}
    return context | {term: f"cr:{term}" for term in _TERMS}


def _paths(registry: Mapping[str, Table], facts: Facts, *, csv: bool = False) -> list[str]:
    paths = [f"{PARQUET}/{name}.parquet" for name in registry]
    paths += [f"{CSV}/{name}.csv" for name in registry] if csv else []
    return paths + [path for path in _MEDIA_TYPES if path in facts.hashes]


def _media_type(path: str) -> str:
    return "text/csv" if path.endswith(".csv") else _MEDIA_TYPES.get(path, _PARQUET_TYPE)


def _size_and_hash(path: str, facts: Facts) -> dict[str, str]:
    size, digest = facts.hashes[path]
    return {"contentSize": f"{size} B", "sha256": digest}


def _file_object(path: str, facts: Facts) -> dict[str, Any]:
    media_type = "application/x-parquet" if path.startswith(PARQUET) else _media_type(path)
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "encodingFormat": media_type,
        **_size_and_hash(path, facts),
    }


def _record_set(name: str, table: Table) -> dict[str, Any]:
    record_set: dict[str, Any] = {"@type": "cr:RecordSet", "@id": name, "name": name, "description": table.description_en}
    if table.primary_key:
        record_set["key"] = [{"@id": f"{name}/{column}"} for column in table.primary_key]
    record_set["field"] = [_field(name, table, column) for column in table.columns]
    return record_set


def _field(name: str, table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{name}/{column.name}",
        "name": column.name,
        "description": column.description_en + (f" Unit: {column.unit}." if column.unit else ""),
        "dataType": _data_type(column.dtype),
        "source": {"fileObject": {"@id": f"{PARQUET}/{name}.parquet"}, "extract": {"column": column.name}},
    }
    if isinstance(column.dtype, pl.List):
        field |= {"isArray": True, "arrayShape": "-1"}
    targets = [key for key in table.foreign_keys if key.columns == (column.name,) and key.when is None and key.table != name]
    if targets:
        key = targets[0]
        field["references"] = {"fileObject": {"@id": f"{PARQUET}/{key.table}.parquet"}, "extract": {"column": key.ref_columns[0]}}
    return field


def _data_type(dtype: pl.DataType) -> str:
    if dtype.is_integer():
        return "sc:Integer"
    if dtype.is_float():
        return "sc:Float"
    return {pl.Boolean(): "sc:Boolean", pl.Date(): "sc:Date"}.get(dtype, "sc:Text")

"""XLSX: `landscape.xlsx`, for people. A first sheet that explains, the dictionary, then a sheet a table with a frozen header and filters.

A text is always written as a text, so nothing in a cell is ever run as a formula or followed as a link. Only two things are links: the `doc_id` of a claim
(to its article on the sheet `documents`) and the http(s) address of an article. Excel has limits, and where a table passes one the first sheet says so:
1,048,576 rows a sheet, 32,767 characters a cell, 65,530 links a sheet. It shows 15 digits of a number; the file has all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.writers.xlsx_rows import CELL_CHARACTERS, fill
from pipeline.tables import Table

SHEET_ROWS = 1_048_575  # below the header
SHEET_LINKS = 65_530
ABOUT, DICTIONARY = "About", "Dictionary"
_WIDTHS = {
    "quote": 60,
    "text": 60,
    "context": 60,
    "explanation_en": 50,
    "explanation_zh": 50,
    "title": 40,
    "url": 40,
    "sha256": 20,
    "definition": 40,
}
_DATE_FORMAT = "yyyy-mm-dd"
_LINKS = {("claims", "doc_id"), ("documents", "url")}
_URL_CHARACTERS = 2000
_PLAIN_URL = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class _Formats:
    header: Any
    title: Any
    wrap: Any
    date: Any
    link: Any


def write_xlsx(
    tables: Mapping[str, pl.DataFrame], path: Path, registry: Mapping[str, Table], facts: Facts, *, sheet_rows: int = SHEET_ROWS
) -> None:
    """One workbook with every table."""
    headers = path.with_suffix(".headers")
    # Constant memory also means that every text stands in its cell, not in a list of shared ones.
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "use_zip64": True,
    }
    with xlsxwriter.Workbook(str(headers), options) as book:
        # The creation time would otherwise be the clock.
        book.set_properties({"title": facts.title, "comments": facts.description, "created": facts.published.replace(tzinfo=None)})
        formats = _Formats(
            header=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EDEDED"}),
            title=book.add_format({"bold": True, "font_size": 16}),
            wrap=book.add_format({"text_wrap": True, "valign": "top"}),
            date=book.add_format({"num_format": _DATE_FORMAT, "align": "left"}),
            link=book.get_default_url_format(),
        )
        _about(book.add_worksheet(ABOUT), tables, registry, facts, formats, sheet_rows)
        _dictionary(book.add_worksheet(DICTIONARY), registry, formats)
        article_rows = {doc_id: number for number, doc_id in enumerate(tables["documents"]["doc_id"].to_list(), start=2)}
        parts: dict[str, pl.DataFrame] = {}
        for number, (name, table) in enumerate(registry.items(), start=3):
            frame = tables[name].head(sheet_rows)
            _table(book.add_worksheet(name[:31]), table, frame, formats, article_rows)
            if frame.height:
                parts[f"xl/worksheets/sheet{number}.xml"] = frame
    fill(headers, path, parts)
    headers.unlink()


def _about(
    sheet: Any, tables: Mapping[str, pl.DataFrame], registry: Mapping[str, Table], facts: Facts, formats: _Formats, sheet_rows: int
) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 34)
    sheet.set_column(3, 3, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"{facts.title} {facts.version}", formats.title)
    sheet.write_string(1, 0, facts.title_zh, formats.title)
    lines = [
        facts.description,
        facts.description_zh,
        f"Published {facts.published:%Y-%m-%d}. {facts.licence_note}",
        "Every fact row has a claim_id: the sheet claims holds its quote and its place in the article, and links to the article.",
        "Cells are exactly what the other formats of this release hold. Lists are JSON. An empty cell is unknown, never zero.",
    ]
    row = 3
    for line in lines:
        sheet.write_string(row, 0, line)
        row += 1
    for number, title in enumerate(("Sheet", "Rows", "Title", "What a row is")):
        sheet.write_string(row + 1, number, title, formats.header)
    row += 2
    for name, table in registry.items():
        left_out = tables[name].height - sheet_rows
        sheet.write_url(row, 0, f"internal:'{name[:31]}'!A1", formats.link, name)
        sheet.write_number(row, 1, tables[name].height)
        sheet.write_string(row, 2, f"{table.title_en} {table.title_zh}")
        note = f" The sheet holds the first {sheet_rows:,} rows, {left_out:,} more are in the other formats." if left_out > 0 else ""
        sheet.write_string(row, 3, f"{table.description_en}{note}")
        row += 1


def _dictionary(sheet: Any, registry: Mapping[str, Table], formats: _Formats) -> None:
    titles = ("table", "column", "type", "unit", "values", "description", "说明")
    for number, (title, width) in enumerate(zip(titles, (22, 22, 12, 14, 40, 70, 60), strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, formats.header)
    sheet.freeze_panes(1, 2)
    row = 1
    for name, table in registry.items():
        for column in table.columns:
            values = ", ".join(column.enum or ())
            texts = (name, column.name, type_name(column.dtype), column.unit or "", values, column.description_en, column.description_zh)
            for number, text in enumerate(texts):
                if text:
                    sheet.write_string(row, number, text[:CELL_CHARACTERS], formats.wrap if number > 3 else None)
            row += 1
    sheet.autofilter(0, 0, row - 1, len(titles) - 1)


def _sample_row(sheet: Any, table: Table, formats: _Formats) -> None:
    """Row 2, where a column has a format: `xlsx_rows` puts the real rows in its place, in the same format."""
    for number, column in enumerate(table.columns):
        if (table.name, column.name) in _LINKS:
            sheet.write_blank(1, number, None, formats.link)
        elif column.dtype == pl.Date:
            sheet.write_blank(1, number, None, formats.date)


def _table(sheet: Any, table: Table, frame: pl.DataFrame, formats: _Formats, article_rows: Mapping[str, int]) -> None:
    for number, column in enumerate(table.columns):
        width = _WIDTHS.get(column.name, min(30, max(10, len(column.name) + 3)))
        sheet.set_column(number, number, width, formats.date if column.dtype == pl.Date else None)
        sheet.write_string(0, number, column.name, formats.header)
    sheet.freeze_panes(1, 1)
    if not frame.height:
        return
    sheet.autofilter(0, 0, frame.height, frame.width - 1)
    _sample_row(sheet, table, formats)
    for number, column in enumerate(table.columns):
        if (table.name, column.name) in _LINKS:
            for row, value in enumerate(frame[column.name].head(SHEET_LINKS).to_list(), start=1):
                target = _target(table.name, value, article_rows)
                if target is not None:
                    sheet.write_url(row, number, target, formats.link, "-")


def _target(table: str, value: str | None, article_rows: Mapping[str, int]) -> str | None:
    if value is None:
        return None
    if table == "claims":
        return f"internal:'documents'!A{article_rows[value]}" if value in article_rows else None
    return value if value.startswith(("https://", "http://")) and len(value) < _URL_CHARACTERS and _PLAIN_URL.fullmatch(value) else None


def type_name(dtype: pl.DataType) -> str:
    """A type in the word the dictionary uses."""
    if isinstance(dtype, pl.List):
        return "list of texts"
    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "number"
    return {pl.Boolean(): "true/false", pl.Date(): "date"}.get(dtype, "text")

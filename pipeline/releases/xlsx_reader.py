"""Reading back the workbook that `writers.xlsx_file` writes, with the standard library, to compare it. Not a reader for workbooks in general."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases import cells
from pipeline.releases.writers.xlsx_file import SHEET_ROWS
from pipeline.releases.writers.xlsx_rows import storable

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Sheets:
    """`parts`: name of a sheet -> its part in the file. `limit`: rows a sheet can hold."""

    path: Path
    parts: dict[str, str]
    limit: int = SHEET_ROWS

    def frame(self, name: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
        """One sheet as a frame: lists as JSON texts, everything else typed. Raises LandscapeError when it is not such a sheet."""
        part = self.parts.get(name[:31])
        if part is None:
            raise LandscapeError(f"there is no sheet {name[:31]!r}")
        target = {column: pl.String() if isinstance(dtype, pl.List) else dtype for column, dtype in schema.items()}
        try:
            with zipfile.ZipFile(self.path) as book, book.open(part) as file:
                rows = _rows(file, len(target))
                header = next(rows, [])
                if header != list(target):
                    raise LandscapeError(f"the sheet {name[:31]!r} has other columns than the table")
                kinds = list(target.values())
                values = [[_typed(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]
        except (zipfile.BadZipFile, ET.ParseError, ValueError, KeyError, OSError) as error:
            raise LandscapeError(f"the sheet {name[:31]!r} cannot be read ({error})") from error
        return pl.DataFrame(values, schema=target, orient="row")


def open_sheets(path: Path) -> Sheets:
    """The sheets of a workbook. Raises LandscapeError when the file is no workbook."""
    try:
        with zipfile.ZipFile(path) as book:
            relations = {item.get("Id", ""): item.get("Target", "") for item in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
            sheets = ET.fromstring(book.read("xl/workbook.xml")).find(f"{_MAIN}sheets")
            parts = {item.get("name", ""): f"xl/{relations[item.get(_RELATION, '')]}" for item in (sheets if sheets is not None else [])}
    except (zipfile.BadZipFile, ET.ParseError, KeyError, OSError) as error:
        raise LandscapeError(f"is no workbook ({error})") from error
    return Sheets(path, parts)


def comparable(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame as a sheet can hold it: lists as JSON, texts cut at Excel's limit."""
    columns = []
    for name, dtype in frame.schema.items():
        if isinstance(dtype, pl.List):
            columns.append(cells.list_json(name).alias(name))
        elif dtype == pl.String:
            columns.append(pl.col(name).map_elements(storable, return_dtype=pl.String) if _needs_cut(frame[name]) else pl.col(name))
        else:
            columns.append(pl.col(name))
    return frame.select(columns)


def _needs_cut(column: pl.Series) -> bool:
    longest = column.str.len_chars().max()
    return bool(column.str.contains("[\ufffe\uffff]").any()) or (isinstance(longest, int) and longest > 32_767)


def _rows(file: Any, width: int) -> Iterator[list[Any]]:
    """Cells of every row as text, number or bool, None where the sheet has none."""
    for _, element in ET.iterparse(file):
        if element.tag == f"{_MAIN}row":
            row: list[Any] = [None] * width
            for cell in element:
                number = _column_number(cell.get("r", ""))
                if number >= width:
                    raise ValueError(f"cell {cell.get('r')} is beyond the last column")
                if cell.find(f"{_MAIN}f") is not None:
                    raise ValueError(f"cell {cell.get('r')} is a formula")
                row[number] = _value(cell)
            yield row
            element.clear()


def _value(cell: ET.Element) -> Any:
    kind = cell.get("t")
    if kind == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
        return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    value = cell.find(f"{_MAIN}v")
    if value is None or value.text is None:
        return None
    return value.text == "1" if kind == "b" else float(value.text)


def _typed(value: Any, dtype: pl.DataType) -> Any:
    if value is None:
        return None
    if dtype == pl.Date:
        return _EPOCH + timedelta(days=int(value))
    if dtype.is_integer():
        return int(value)
    if isinstance(value, str) != (dtype == pl.String):
        raise ValueError(f"{value!r} is no {dtype}")
    return value


def _column_number(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1

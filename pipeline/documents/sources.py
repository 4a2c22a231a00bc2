"""`sources.toml`: what people know of a file that its text does not say. Values found here win over what a page declares."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

FILE_NAME = "sources.toml"
_TEXT_KEYS = ("title", "publisher", "author", "url", "rights")


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of one file; None where nothing is."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    rights: str | None = None
    published: date | None = None


def read_sources(folder: Path) -> tuple[dict[str, Source], list[str]]:
    """Read `folder/sources.toml`: file name to Source, and one line for each thing wrong with it. What is right is used; a missing file is fine."""
    path = folder / FILE_NAME
    try:
        entries = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}, []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"{FILE_NAME}: not valid TOML ({' '.join(str(error).split())}); correct it: until then nothing in it is used"]
    except OSError as error:
        return {}, [f"{FILE_NAME}: cannot be read ({error.strerror}); check its permissions: until then nothing in it is used"]
    sources, problems = {}, []
    for name, entry in entries.items():
        if not isinstance(entry, dict):
            problems.append(f'{FILE_NAME}: "{name}" is not a table; write ["file name.txt"] above the keys of a file')
            continue
        values: dict[str, str | date] = {}
        for key, value in entry.items():
            problem = _read_value(key, value, values)
            if problem and isinstance(value, dict):
                problem = f'is a table; put quotation marks around the file name: ["{name}.{key}"]'
            if problem:
                problems.append(f'{FILE_NAME}: ["{name}"] {key} {problem}')
        sources[unicodedata.normalize("NFC", name)] = Source(**values)  # type: ignore[arg-type]
    return sources, problems


def _read_value(key: str, value: object, values: dict[str, str | date]) -> str | None:
    """Put a checked value into `values`; what is wrong with it otherwise. An empty text means unknown."""
    if key in _TEXT_KEYS:
        if not isinstance(value, str):
            return f"is not a text; write it in quotation marks, or leave it out (is {value!r})"
        if value.strip():
            values[key] = value.strip()
        return None
    if key != "published":
        return f"is not a known key; use title, publisher, author, url, published or rights (is {value!r})"
    if isinstance(value, str) and value.strip():
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            return f"is not a date; write it as 2025-05-15 (is {value!r})"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        values[key] = value
        return None
    return None if value == "" else f"is not a date; write it as 2025-05-15 (is {value!r})"

"""The SQL written by hand: finds the folder sql/, reads views, macros and examples with the questions their headers state.

Here: files and headers. Not here: running anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipeline.errors import LandscapeError

_CREATE = re.compile(r"^CREATE (VIEW|MACRO) (\w+)", re.MULTILINE)
_HEADER = re.compile(r"^-- (en|zh): (\S.*?)\s*$", re.MULTILINE)
_COLUMN = re.compile(r"(\w+),?\s+-- (.+?) \| (.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Script:
    """One file of sql/. `kind` is view, macro or example; `columns` the descriptions (English, Chinese) a view gives its own columns."""

    kind: str
    name: str
    question_en: str
    question_zh: str
    sql: str
    columns: dict[str, tuple[str, str]]

    @property
    def is_table_macro(self) -> bool:
        """The macro is called in FROM."""
        return self.kind == "macro" and re.search(r"^CREATE MACRO \w+\([^)]*\) AS TABLE\b", self.sql, re.MULTILINE) is not None


@cache
def folder() -> Path:
    """sql/ of the repository when run from one, else the copy inside the installed package."""
    package = Path(__file__).resolve().parent.parent
    for place in (package / "_sql", package.parent / "sql"):
        if (place / "views").is_dir():
            return place
    raise LandscapeError(f"the folder sql/ is missing: looked for {package / '_sql'} and {package.parent / 'sql'}; reinstall the package")


def read(path: Path, kind: str) -> Script:
    """The script in one file. Raises LandscapeError naming the file when a header line is missing or the name is not the file's."""
    text = path.read_text(encoding="utf-8")
    questions = dict(_HEADER.findall(text))
    for language in ("en", "zh"):
        if language not in questions:
            raise LandscapeError(f"{path.name}: no line '-- {language}: ...' saying what it answers; add one at the top")
    if kind == "example":
        return Script(kind, path.stem, questions["en"], questions["zh"], text, {})
    created = _CREATE.search(text)
    if created is None or created[1].lower() != kind or created[2] != path.stem:
        raise LandscapeError(f"{path.name}: must hold one CREATE {kind.upper()} {path.stem}")
    columns = {name: (en, zh) for name, en, zh in _COLUMN.findall(text)}
    return Script(kind, path.stem, questions["en"], questions["zh"], text, columns)


def views_and_macros(sql: Path | None = None) -> list[Script]:
    """All views and macros, each after those it uses; independent ones by name."""
    sql = sql or folder()
    scripts = {
        path.stem: read(path, kind)
        for kind, name in (("view", "views"), ("macro", "macros"))
        for path in sorted((sql / name).glob("*.sql"))
    }
    uses = {name: {w for w in re.findall(r"\w+", _without_comments(s.sql)) if w in scripts and w != name} for name, s in scripts.items()}
    try:
        order = TopologicalSorter(uses)
        order.prepare()
        names: list[str] = []
        while order.is_active():
            ready = sorted(order.get_ready())
            names += ready
            order.done(*ready)
    except CycleError as error:
        raise LandscapeError(f"sql/: views or macros use one another in a circle: {' -> '.join(error.args[1])}") from error
    return [scripts[name] for name in names]


def examples(sql: Path | None = None) -> list[Script]:
    """The example queries in the order of their numbers."""
    return [read(path, "example") for path in sorted(((sql or folder()) / "examples").glob("*.sql"))]


def _without_comments(sql: str) -> str:
    return re.sub(r"--.*$", "", sql, flags=re.MULTILINE)

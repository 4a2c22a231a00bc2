"""`quality.json` and `QUALITY.md`: how good the extraction of this release is, and what changed since the one before. The figures come from the caller."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.metadata.dictionary import escaped

# Sections in the order a reader wants them: key in quality.json -> title, what it says.
SECTIONS = {
    "scores": (
        "Scores against gold",
        "How many of the rows are right (precision) and how many of the facts a person finds are there (recall), per table.",
    ),
    "coverage": (
        "Coverage",
        "Every quantity, date and name in an article ends in a fact, in an ignore list with a reason, or in the review queue.",
    ),
    "conflicts": ("Conflicts", "Claims that cannot both be right. Both are kept."),
    "quarantine": ("Quarantine", "Rows and articles a contract rejected. They are kept in the warehouse and in no release."),
    "review_queue": ("Review queue", "Names nobody has decided about yet."),
    "rules": ("Rules", "How many rows each rule found, and how many of those are right."),
}
_TOLERANCE = 1e-9


def quality_json(figures: Mapping[str, Any]) -> str:
    """The text of `quality.json`: the figures as given, keys sorted."""
    return json.dumps(figures, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def quality_page(figures: Mapping[str, Any], previous: Mapping[str, Any] | None, facts: Facts) -> str:
    """The text of `QUALITY.md`. `previous`: the figures of the release before, None for a first release."""
    parts = [f"# Quality of {facts.title} {facts.version}\n"]
    if not figures:
        parts.append("No figures were measured for this release.\n")
    names = [*(name for name in SECTIONS if name in figures), *sorted(name for name in figures if name not in SECTIONS)]
    for name in names:
        title, note = SECTIONS.get(name, (name.replace("_", " ").capitalize(), ""))
        parts.append(f"## {title}\n" + (f"\n{note}\n" if note else ""))
        parts.append(_section(figures[name]))
    if previous is not None:
        parts.append(f"## What changed since {facts.previous}\n")
        lines = quality_changes(previous, figures)
        parts.append("".join(f"- {escaped(line)}\n" for line in lines) if lines else "Nothing.\n")
    return "\n".join(parts)


def quality_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """One line per figure that differs, the largest relative differences of a section first kept in the order of the sections."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    lines = []
    for path in [*after, *(path for path in before if path not in after)]:
        was, now = before.get(path), after.get(path)
        if was is None or now is None or abs(now - was) > _TOLERANCE:
            lines.append(f"{' / '.join(path)}: {_number(was)} → {_number(now)}")
    return lines


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from _leaves(value[key], (*path, str(key)))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, float(value)


def _section(value: Any) -> str:
    """A mapping of mappings as a table, a mapping of values as a table of two columns, anything else as a line."""
    if not isinstance(value, Mapping):
        return f"{_cell(value)}\n"
    if not value:
        return "None.\n"
    rows = {key: value[key] for key in sorted(value)}
    if all(isinstance(row, Mapping) for row in rows.values()):
        columns = list(dict.fromkeys(column for row in rows.values() for column in row))
        head = "| | " + " | ".join(columns) + " |\n| --- |" + " ---: |" * len(columns) + "\n"
        return head + "".join(
            f"| {escaped(str(key))} | " + " | ".join(_cell(row.get(column)) for column in columns) + " |\n" for key, row in rows.items()
        )
    return "| | |\n| --- | ---: |\n" + "".join(f"| {escaped(str(key))} | {_cell(cell)} |\n" for key, cell in rows.items())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{escaped(str(key))} {_cell(value[key])}" for key in sorted(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(item) for item in value)
    return _number(float(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else escaped(str(value))


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{int(value):,}" if value == int(value) and abs(value) < 1e15 else f"{value:.3f}"

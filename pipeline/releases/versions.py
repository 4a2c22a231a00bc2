"""Version numbers and which one comes next. What differs between two releases is found in `diff` and `schema_changes`; here it becomes a number.

The recipe of the Data Package standard, with the reader in mind:

- **major**: a reader's code can break. A column or table removed, renamed, retyped or moved before an existing column; a unit changed; a value of
  an enumeration withdrawn; ids re-keyed (the same row under another id although its article did not change).
- **minor**: more of the same. New rows, new columns at the end, new tables, new values of an enumeration.
- **patch**: what was there is now right. Cells modified or rows removed, by a correction, a better rule or a withdrawn article; better descriptions.

The first release is 0.1.0. Before 1.0.0 the major number never moves by itself: what would be major raises the minor number and is announced as
breaking in `versions.json` and at the top of the changelog; minor and patch mean what they always mean. So `~=0.3.1` (same minor number) is a safe pin at
any time. 1.0.0 is a decision: `--version 1.0.0` takes it, since a version asked for may raise the decided one and never lower it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from pipeline.errors import UsageError

_NUMBER = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)


class Level(IntEnum):
    """How much a reader has to care."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, order=True)
class Version:
    """`major.minor.patch`, ordered."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """`1.2.3` or `v1.2.3`. Raises UsageError for anything else."""
        matched = _NUMBER.fullmatch(text.removeprefix("v"))
        if matched is None:
            raise UsageError(f"{text!r} is not a version: write three numbers as in 0.2.0")
        return cls(*(int(number) for number in matched.groups()))

    @classmethod
    def of_folder(cls, name: str) -> Version | None:
        """The version a folder name stands for (`v1.2.3`), None when it is no release folder."""
        matched = _NUMBER.fullmatch(name[1:]) if name.startswith("v") else None
        return None if matched is None else cls(*(int(number) for number in matched.groups()))

    def raised(self, level: Level) -> Version:
        """The next version for a change of this level."""
        if level is Level.MAJOR and self.major > 0:
            return Version(self.major + 1, 0, 0)
        if level in (Level.MAJOR, Level.MINOR):
            return Version(self.major, self.minor + 1, 0)
        if level is Level.PATCH:
            return Version(self.major, self.minor, self.patch + 1)
        return self

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


FIRST = Version(0, 1, 0)


def next_version(previous: Version | None, level: Level, asked: Version | None = None) -> Version:
    """The version of the next release. `asked` may raise what the difference decides; a lower one raises UsageError."""
    decided = FIRST if previous is None else previous.raised(level)
    if asked is None:
        return decided
    if asked < decided:
        after = "a first release" if previous is None else f"what changed since {previous}"
        raise UsageError(
            f"--version {asked} is too low: {after} makes it {decided}; ask for {decided} or a higher one, or leave the option out"
        )
    return asked

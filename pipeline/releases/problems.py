"""What `verify` reports: one thing that is wrong, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`file`: path in the release. `row`: key of the row in words. The message says what is wrong and, where it can be mended, what to do."""

    file: str
    table: str | None
    row: str | None
    message: str

    def __str__(self) -> str:
        place = "".join(f", {what} {value}" for what, value in (("table", self.table), ("row", self.row)) if value is not None)
        return f"{self.file}{place}: {self.message}"

"""What a release was made from, so that it can be made again: digests of articles, code and lexicon, and the corrections applied.

Written to `inputs.json` in the release. Reading the inputs themselves is the business of the stages that own them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.errors import LandscapeError
from pipeline.releases.layout import INPUTS_FILE

WRITERS = ("polars", "pyarrow", "duckdb", "xlsxwriter")


@dataclass(frozen=True)
class Inputs:
    """`documents`: doc_id -> sha256 of the article as received. `code`, `lexicon`: sha256 of the sources. `corrections`: id of a claim or entity ->
    why it was corrected, in words for the changelog. `writers`: versions of the libraries that write the files."""

    documents: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    lexicon: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)
    writers: Mapping[str, str] = field(default_factory=dict)

    def same_pipeline(self, other: Inputs) -> bool:
        """True when code and lexicon are known on both sides and equal: then nothing can differ because of the pipeline."""
        return bool(self.code and self.lexicon) and (self.code, self.lexicon) == (other.code, other.lexicon)

    def as_json(self) -> str:
        """The text of `inputs.json`, keys sorted."""
        content = {
            "code_sha256": self.code,
            "lexicon_sha256": self.lexicon,
            "documents": dict(sorted(self.documents.items())),
            "corrections": dict(sorted(self.corrections.items())),
            "writers": dict(sorted(self.writers.items())),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def inputs_of(documents: pl.DataFrame, *, lexicon: str = "", corrections: Mapping[str, str] | None = None) -> Inputs:
    """Inputs of the run under way: digests of the articles out of the `documents` table, of the code as installed, versions of the writers."""
    digests = dict(zip(documents["doc_id"].to_list(), documents["sha256"].to_list(), strict=True))
    writers = {name: metadata.version(name) for name in WRITERS}
    return Inputs(digests, code_digest(), lexicon, dict(corrections or {}), writers)


@cache
def code_digest() -> str:
    """sha256 over the Python sources of the package, names and contents, in sorted order; line ends do not count."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def read_inputs(release: Path) -> Inputs:
    """What `inputs.json` of a published release says. Raises LandscapeError when it is missing or broken."""
    path = release / INPUTS_FILE
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Inputs(
            documents=found["documents"],
            code=found["code_sha256"],
            lexicon=found["lexicon_sha256"],
            corrections=found["corrections"],
            writers=found["writers"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LandscapeError(f"{path}: cannot be read ({error}); restore the release from where you got it") from error

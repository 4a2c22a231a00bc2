"""The value type of the documents stage: one article, decoded, with what is known of it. Reading and inference live beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """An article. `text` is the decoded file, never altered: every offset of the pipeline counts its code points.

    `body` are the half-open spans of `text` that are the article itself, in order; what lies between is page furniture.
    `published_start`/`published_end` bound the publication date, `published_basis` (declared|inferred|curated) says where it comes from and
    `published_evidence` quotes it. `script` is hans, hant or mixed. `duplicate_of` names the earlier document that tells the same story.
    `encoding_evidence` says in one line how the encoding is known.
    """

    doc_id: str
    text: str
    sha256: str
    encoding: str
    body: tuple[tuple[int, int], ...]
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    published_start: date | None
    published_end: date | None
    published_basis: str | None
    published_evidence: str | None
    script: str
    duplicate_of: str | None = None
    rights: str | None = None
    encoding_evidence: str = ""

    @property
    def reference_date(self) -> date | None:
        """The day that relative expressions are resolved against: the last possible day of publication."""
        return self.published_end

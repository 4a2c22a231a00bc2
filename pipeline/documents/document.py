"""The value type of the documents stage: one article, decoded, with what is known of it. Reading and inference live beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NOT_A_LINE_BREAK = re.compile(r"[^\n]")
_BLOCK_TAG = re.compile(
    r"<(?=/?(?:p|div|br|h[1-6]|li|ul|ol|tr|table|section|article|blockquote|title|figure|figcaption|dd|dt|pre|hr)\b)", re.IGNORECASE
)


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

    @property
    def readable(self) -> str:
        """The text with zero-width spaces for page furniture, line breaks kept and one for each block tag: as long as `text`, so offsets hold in both.

        Folding drops zero-width characters, so a sentence with a link or a tag inside reads on as one sentence.
        """
        parts, position = [], 0
        for start, end in (*self.body, (len(self.text), len(self.text))):
            parts += [_NOT_A_LINE_BREAK.sub("\u200b", _BLOCK_TAG.sub("\n", self.text[position:start])), self.text[start:end]]
            position = end
        return "".join(parts)

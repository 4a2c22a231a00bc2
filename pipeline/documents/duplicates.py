"""Which documents tell the same story in (nearly) the same words, in either script. What happens to copies is decided by those who use the tables.

A fingerprint is made once per document and can be kept; finding copies among fingerprints is cheap: documents that share a band of their MinHash
signature are compared, the rest never meet, so the time grows with the number of documents.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rensa import RMinHash

from pipeline.documents.document import Document
from pipeline.documents.page import simplified

PERMUTATIONS = 128
_ROWS = 4
_SHINGLE = 4
_SEED = 20250101
# Estimated share of common shingles from which two documents count as copies: above what two reports of one event share (under 0.3 in practice),
# below what a copy keeps after a change of script, of the page around it and of a few words.
SIMILAR = 0.6
# The signature of a very long document is that of its beginning: enough to recognise a copy, and memory stays bounded.
_LONGEST = 200_000
_KEPT = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is needed to find copies of a document: `exact` is the digest of its words in one script, `signature` their MinHash (128 numbers)."""

    doc_id: str
    published: date | None
    exact: str
    signature: tuple[int, ...]


def fingerprint(document: Document) -> Fingerprint:
    """The fingerprint of a document's body: Simplified, lower case, without spaces and punctuation, so layout and script do not count."""
    body = "".join(document.text[start:end] for start, end in document.body)
    words = _KEPT.sub("", simplified(body).lower())
    shingled = words[:_LONGEST]
    minhash = RMinHash(PERMUTATIONS, _SEED)
    minhash.update([shingled[place : place + _SHINGLE] for place in range(max(1, len(shingled) - _SHINGLE + 1))])
    return Fingerprint(
        document.doc_id,
        document.published_start,
        hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest(),
        tuple(minhash.digest()),
    )


def find_duplicates(fingerprints: Iterable[Fingerprint]) -> dict[str, str]:
    """The copies among documents: doc_id of a copy -> doc_id of the earliest document that it repeats (by day of publication, undated last, then doc_id).

    The result does not depend on the order of the input. An original is never itself a copy, so chains have one step.
    """
    ordered = sorted(fingerprints, key=lambda item: (item.published or date.max, item.doc_id))
    copies: dict[str, str] = {}
    exact: dict[str, str] = {}
    bands: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for number, item in enumerate(ordered):
        original = exact.get(item.exact)
        keys = [] if original else [(row, item.signature[row : row + _ROWS]) for row in range(0, PERMUTATIONS, _ROWS)]
        if original is None:
            original = _most_similar(item, ordered, bands, keys)
        if original is not None:
            copies[item.doc_id] = original
            continue
        exact[item.exact] = item.doc_id
        for key in keys:
            bands.setdefault(key, []).append(number)
    return copies


def _most_similar(
    item: Fingerprint,
    ordered: list[Fingerprint],
    bands: dict[tuple[int, tuple[int, ...]], list[int]],
    keys: list[tuple[int, tuple[int, ...]]],
) -> str | None:
    """The earliest original that is similar enough. Documents that share fewer bands than a copy would are not compared."""
    shared: dict[int, int] = {}
    for key in keys:
        for number in bands.get(key, ()):
            shared[number] = shared.get(number, 0) + 1
    for number in sorted(number for number, count in shared.items() if count >= 2):
        same = sum(mine == theirs for mine, theirs in zip(item.signature, ordered[number].signature, strict=True))
        if same >= SIMILAR * PERMUTATIONS:
            return ordered[number].doc_id
    return None


def mark_duplicates(documents: Iterable[Document], made: Mapping[str, Fingerprint] | None = None) -> list[Document]:
    """The documents with `duplicate_of` set, in the order given. `made`: doc_id -> fingerprint, for those that have one already."""
    known, kept = made or {}, list(documents)
    copies = find_duplicates(known.get(document.doc_id) or fingerprint(document) for document in kept)
    return [
        document if document.duplicate_of == copies.get(document.doc_id) else replace(document, duplicate_of=copies.get(document.doc_id))
        for document in kept
    ]

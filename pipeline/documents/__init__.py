"""From files to articles: read, decode, separate body from page furniture, describe, date, and find copies. What an article says is not decided here."""

from __future__ import annotations

from pipeline.documents.document import Document
from pipeline.documents.duplicates import Fingerprint, find_duplicates, fingerprint, mark_duplicates
from pipeline.documents.reading import Seeds, doc_id_of, document_of, list_seeds, read_document, read_documents

__all__ = [
    "Document",
    "Fingerprint",
    "Seeds",
    "doc_id_of",
    "document_of",
    "find_duplicates",
    "fingerprint",
    "list_seeds",
    "mark_duplicates",
    "read_document",
    "read_documents",
]

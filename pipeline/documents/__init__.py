"""From files to articles: read, decode, separate body from page furniture, describe, date, and find copies. What an article says is not decided here."""

from __future__ import annotations

from pipeline.documents.document import Document
from pipeline.documents.reading import read_documents

__all__ = ["Document", "read_documents"]

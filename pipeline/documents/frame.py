"""Documents as a frame and back: how a batch of articles travels between processes. Columns are those of `Document`, the body as two lists of offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

import polars as pl

from pipeline.documents.document import Document

ARTICLE_SCHEMA: dict[str, pl.DataType] = {
    f.name: pl.Date() if f.name.startswith("published_") and f.name.endswith(("start", "end")) else pl.String()
    for f in fields(Document)
    if f.name != "body"
} | {"body_start": pl.List(pl.Int64()), "body_end": pl.List(pl.Int64())}


def to_frame(documents: Iterable[Document]) -> pl.DataFrame:
    """Documents -> a frame with ARTICLE_SCHEMA, one row each, sorted by doc_id."""
    rows = [
        {name: getattr(d, name) for name in ARTICLE_SCHEMA if hasattr(d, name)}
        | {"body_start": [start for start, _ in d.body], "body_end": [end for _, end in d.body]}
        for d in documents
    ]
    return pl.DataFrame(rows, schema=ARTICLE_SCHEMA).sort("doc_id")


def from_frame(frame: pl.DataFrame) -> Iterator[Document]:
    """The documents of a frame made by `to_frame`."""
    for row in frame.iter_rows(named=True):
        starts, ends = row.pop("body_start"), row.pop("body_end")
        yield Document(**row, body=tuple(zip(starts, ends, strict=True)))

"""Why a row changed: `source` the article behind it came, went or changed; `correction` a human decision; `pipeline` code or lexicon.

Decided per row of changes, from the documents and claims the row points to. Finding the changes is `diff`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from pipeline.releases.inputs import Inputs

ANCHORS = ("doc_id", "claim_id", "claim_id_a", "claim_id_b")
_CLAIM_COLUMNS = ("claim_id", "claim_id_a", "claim_id_b")


def _no_claims() -> pl.DataFrame:
    return pl.DataFrame(schema={"claim_id": pl.String, "doc_id": pl.String})


@dataclass(frozen=True)
class Reasons:
    """`documents`: doc_ids that came, went or changed. `corrected`: ids of claims, documents and entities a correction touched in this release.
    `claims`: claim_id, doc_id of both releases. `otherwise`: the reason where neither holds."""

    documents: frozenset[str] = frozenset()
    corrected: frozenset[str] = frozenset()
    claims: pl.DataFrame = field(default_factory=_no_claims)
    otherwise: str = "pipeline"

    def label(self, changes: pl.DataFrame, table: str) -> pl.DataFrame:
        """The changes with a column `reason`; expects the anchor columns of `diff` (names begin with NUL)."""
        if not changes.height:
            return changes.with_columns(pl.lit(self.otherwise).alias("reason"))
        documents = pl.Series("d", sorted(self.documents), dtype=pl.String)
        corrected = pl.Series("c", sorted(self.corrected), dtype=pl.String)
        from_source = pl.col("\0doc_id").is_in(documents.implode())
        by_hand = pl.col("\0id").is_in(corrected.implode()) | pl.col("\0doc_id").is_in(corrected.implode()) & pl.lit(table == "documents")
        for column in _CLAIM_COLUMNS:
            from_source = from_source | pl.col(f"\0{column}").is_in(self._moved_claims.implode())
            by_hand = by_hand | pl.col(f"\0{column}").is_in(corrected.implode())
        reason = (
            pl.when(from_source.fill_null(False))
            .then(pl.lit("source"))
            .when(by_hand.fill_null(False))
            .then(pl.lit("correction"))
            .otherwise(pl.lit(self.otherwise))
        )
        return changes.with_columns(reason.alias("reason"))

    @cached_property
    def _moved_claims(self) -> pl.Series:
        """Claims of articles that came, went or changed."""
        documents = pl.Series("doc_id", sorted(self.documents), dtype=pl.String).to_frame()
        return self.claims.join(documents, on="doc_id", how="semi")["claim_id"].unique().sort()


def reasons_between(
    old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame], before: Inputs | None = None, now: Inputs | None = None
) -> Reasons:
    """Reasons for the differences between two releases.

    A claim counts as corrected when its review_status changed, when the correction that names it came, went or was reworded, or, where no list of
    corrections is known, when its review_status is not `auto`. With code and lexicon unchanged nothing can come from the pipeline: what is left came
    with the articles.
    """
    claims = (
        pl.concat([frame.select("claim_id", "doc_id") for frame in _claims(old, new)] or [_no_claims()]).unique().sort("claim_id", "doc_id")
    )
    otherwise = "source" if before is not None and now is not None and now.same_pipeline(before) else "pipeline"
    return Reasons(_changed_documents(old, new), _corrected(old, new, before, now), claims, otherwise)


def _claims(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> list[pl.DataFrame]:
    return [tables["claims"] for tables in (old, new) if "claims" in tables]


def _changed_documents(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    digests = [
        dict(zip(tables["documents"]["doc_id"].to_list(), tables["documents"]["sha256"].to_list(), strict=True))
        if "documents" in tables
        else {}
        for tables in (old, new)
    ]
    return frozenset(doc_id for doc_id in {**digests[0], **digests[1]} if digests[0].get(doc_id) != digests[1].get(doc_id))


def _corrected(
    old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame], before: Inputs | None, now: Inputs | None
) -> frozenset[str]:
    listed_before = before.corrections if before is not None else {}
    listed_now = now.corrections if now is not None else {}
    listed = {name for name in {**listed_before, **listed_now} if listed_before.get(name) != listed_now.get(name)}
    statuses = [frame.select("claim_id", "review_status") for frame in _claims(old, new) if "review_status" in frame.columns]
    if not statuses:
        return frozenset(listed)
    if not (listed_before or listed_now):
        listed |= set(pl.concat(statuses).filter(pl.col("review_status") != "auto")["claim_id"].to_list())
    if len(statuses) == 2:
        both = statuses[1].join(statuses[0], on="claim_id", suffix="_old")
        listed |= set(both.filter(pl.col("review_status").ne_missing(pl.col("review_status_old")))["claim_id"].to_list())
    return frozenset(listed)

"""The registry: every table with its contract, kind, keys and descriptions. Schemas, DDL, dictionaries and checks are generated from it.

Here: which tables there are and how they hang together. Not here: the columns (source, entities, facts_*, derived) and any data.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pandera.polars as pa
import polars as pl

from pipeline.tables import derived, entities, facts_companies, facts_models, source
from pipeline.tables.columns import Fact
from pipeline.tables.entities import Provisional

Kind = Literal["source", "entity", "fact", "derived"]
SCHEMA_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of a table name a row of `table` by its `ref_columns`; null names nothing.

    `list`: the one column is a list of such names. `when` = (column, value) restricts the key to the rows where that column has that value:
    a polymorphic reference is several such keys.
    """

    columns: tuple[str, ...]
    table: str
    ref_columns: tuple[str, ...]
    list: bool = False
    when: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the registry describes it. `unit` is None where there is none, `enum` the values allowed or None."""

    name: str
    dtype: pl.DataType
    nullable: bool
    unit: str | None
    enum: tuple[str, ...] | None
    description_en: str
    description_zh: str


@dataclass(frozen=True)
class Table:
    """A table: `model` is its contract, `primary_key` is empty for a log whose rows have none, `public` ones are released."""

    name: str
    kind: Kind
    model: type[pa.DataFrameModel]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    public: bool = True
    version: str = SCHEMA_VERSION

    @cached_property
    def contract(self) -> pa.DataFrameSchema:
        """The pandera schema with its columns in the order of the table, the primary key unique."""
        schema: pa.DataFrameSchema = self.model.to_schema()
        if len(self.primary_key) > 1:
            schema.unique = list(self.primary_key)
        return schema

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in publication order: keys of a fact first, its own columns, then the shared groups."""
        described = self.contract.columns
        return tuple(_column(name, described[name]) for name in _column_order(self.model))

    @cached_property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name -> polars type, in publication order."""
        return {column.name: column.dtype for column in self.columns}

    @cached_property
    def sort_key(self) -> tuple[str, ...]:
        """The columns that order the table: the primary key, or all of them."""
        return self.primary_key or tuple(self.schema)

    @property
    def title_en(self) -> str:
        return str(self.contract.title)

    @property
    def title_zh(self) -> str:
        return self._chinese["title_zh"]

    @property
    def description_en(self) -> str:
        return str(self.contract.description)

    @property
    def description_zh(self) -> str:
        return self._chinese["description_zh"]

    @property
    def _chinese(self) -> dict[str, str]:
        config: Any = self.model.__config__
        return dict(config.metadata)

    def empty(self) -> pl.DataFrame:
        """No row, all columns."""
        return pl.DataFrame(schema=self.schema)

    def frame(self, rows: list[dict[str, Any]]) -> pl.DataFrame:
        """The rows as a frame of exactly this table's schema, sorted by its key; columns a row lacks are null, unknown ones an error."""
        if unknown := sorted({key for row in rows for key in row} - self.schema.keys()):
            raise KeyError(f"{self.name} has no column {', '.join(unknown)}")
        return self.sorted(pl.DataFrame(rows, schema=self.schema, orient="row")) if rows else self.empty()

    def sorted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the columns in publication order and the rows by `sort_key`."""
        return frame.select(*self.schema).sort(self.sort_key, nulls_last=False, maintain_order=True)


def _column_order(model: type[pa.DataFrameModel]) -> list[str]:
    """A fact's keys first, then the class's own columns, then the groups in the order of its bases, the mark of an entity last."""
    bases = [base for base in model.__mro__ if issubclass(base, pa.DataFrameModel)]
    bases.sort(key=lambda base: {Fact: 0, Provisional: 2}.get(base, 1))
    known = model.to_schema().columns
    return [name for base in bases for name in inspect.get_annotations(base) if name in known]


def _column(name: str, described: Any) -> Column:
    enum = next((tuple(check.statistics["allowed_values"]) for check in described.checks if check.name == "isin"), None)
    metadata = described.metadata or {}
    return Column(name, described.dtype.type, described.nullable, metadata.get("unit"), enum, described.description, metadata["zh"])


DOCUMENT = ForeignKey(("doc_id",), "documents", ("doc_id",))
CLAIM = ForeignKey(("claim_id",), "claims", ("claim_id",))
KEY_OF = {
    "org": ("organizations", "org_id"),
    "person": ("people", "person_id"),
    "model": ("models", "model_id"),
    "product": ("products", "product_id"),
    "cohort": ("cohorts", "cohort_id"),
}


def _to(kind: str, column: str, *, list: bool = False) -> ForeignKey:
    table, key = KEY_OF[kind]
    return ForeignKey((column,), table, (key,), list)


def _any_of(prefix: str, *kinds: str) -> tuple[ForeignKey, ...]:
    """The keys of a polymorphic reference: `<prefix>_type` says which table `<prefix>_id` names."""
    return tuple(ForeignKey((f"{prefix}_id",), KEY_OF[k][0], (KEY_OF[k][1],), when=(f"{prefix}_type", k)) for k in kinds)


def _fact(name: str, model: type[pa.DataFrameModel], *keys: ForeignKey) -> Table:
    return Table(name, "fact", model, ("claim_id",), (CLAIM, DOCUMENT, *keys))


_ALL = (
    Table("documents", "source", source.Documents, ("doc_id",), (ForeignKey(("duplicate_of",), "documents", ("doc_id",)),)),
    Table("sentences", "source", source.Sentences, ("doc_id", "sentence_no"), (DOCUMENT,), public=False),
    Table("document_texts", "source", source.DocumentTexts, ("doc_id",), (DOCUMENT,), public=False),
    Table("claims", "source", source.Claims, ("claim_id",), (DOCUMENT,)),
    Table("organizations", "entity", entities.Organizations, ("org_id",), (_to("org", "parent_org_id"),)),
    Table("people", "entity", entities.People, ("person_id",)),
    Table("models", "entity", entities.Models, ("model_id",), (_to("org", "developer_org_id"),)),
    Table("products", "entity", entities.Products, ("product_id",), (_to("org", "org_id"),)),
    Table("cohorts", "entity", entities.Cohorts, ("cohort_id",)),
    Table("aliases", "entity", entities.Aliases, ("surface", "entity_type", "entity_id"), _any_of("entity", *KEY_OF)),
    Table("review_queue", "entity", entities.ReviewQueue, ("doc_id", "char_start", "char_end", "kind"), (DOCUMENT,)),
    _fact("cohort_memberships", facts_companies.CohortMemberships, _to("cohort", "cohort_id"), _to("org", "org_id")),
    _fact("affiliations", facts_companies.Affiliations, _to("person", "person_id"), _to("org", "org_id")),
    _fact("launches", facts_models.Launches, *_any_of("subject", "model", "product"), _to("org", "org_id")),
    _fact("model_specs", facts_models.ModelSpecs, _to("model", "model_id")),
    _fact(
        "funding_rounds",
        facts_companies.FundingRounds,
        _to("org", "org_id"),
        _to("org", "lead_investors", list=True),
        _to("org", "investors", list=True),
    ),
    _fact("spending", facts_companies.Spending, _to("org", "org_id"), _to("cohort", "cohort_id"), _to("org", "member_org_ids", list=True)),
    _fact("prices", facts_models.Prices, *_any_of("subject", "model", "product", "org", "cohort")),
    _fact("metrics", facts_models.Metrics, *_any_of("subject", "org", "model", "product", "cohort")),
    _fact("rankings", facts_models.Rankings, *_any_of("subject", "org", "model", "product", "cohort")),
    _fact(
        "comparisons",
        facts_models.Comparisons,
        *_any_of("subject", "model", "product", "org"),
        *_any_of("comparator", "model", "product", "org"),
    ),
    _fact("partnerships", facts_companies.Partnerships, _to("org", "org_a"), _to("org", "org_b")),
    _fact(
        "corporate_events",
        facts_companies.CorporateEvents,
        _to("org", "org_id"),
        _to("cohort", "cohort_id"),
        _to("person", "person_id"),
        _to("org", "counterparty_org_id"),
    ),
    _fact("statements", facts_companies.Statements, *_any_of("speaker", "person", "org")),
    Table(
        "conflicts",
        "derived",
        derived.Conflicts,
        ("conflict_id",),
        (ForeignKey(("claim_id_a",), "claims", ("claim_id",)), ForeignKey(("claim_id_b",), "claims", ("claim_id",))),
    ),
    Table("changes", "derived", derived.Changes, ()),
    Table("quarantine", "derived", derived.Quarantine, (), public=False),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
FACT_TABLES: tuple[str, ...] = tuple(t.name for t in _ALL if t.kind == "fact")
ENTITY_TABLES: tuple[str, ...] = ("organizations", "people", "models", "products", "cohorts")
PUBLIC_TABLES: tuple[str, ...] = tuple(t.name for t in _ALL if t.public)

"""The registry of tables: one contract per table, and everything generated from it. No data passes through here."""

from pipeline.tables.registry import (
    ENTITY_TABLES,
    FACT_TABLES,
    PUBLIC_TABLES,
    SCHEMA_VERSION,
    TABLES,
    Column,
    ForeignKey,
    Table,
)

__all__ = ["ENTITY_TABLES", "FACT_TABLES", "PUBLIC_TABLES", "SCHEMA_VERSION", "TABLES", "Column", "ForeignKey", "Table"]

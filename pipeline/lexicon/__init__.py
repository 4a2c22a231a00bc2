"""Names as data: the CSV and TOML files a contributor edits, and the one loader that checks them. No fact about anything named here belongs here."""

from pipeline.lexicon.entities import ENTITY_TYPES, Alias, Entity, alias_key, is_slug, slug
from pipeline.lexicon.families import Family
from pipeline.lexicon.load import Lexicon, load
from pipeline.lexicon.triggers import Triggers

__all__ = ["ENTITY_TYPES", "Alias", "Entity", "Family", "Lexicon", "Triggers", "alias_key", "is_slug", "load", "slug"]

"""What stands where: the names of a text, known and unknown, each with the entity it means. Quantities and times are found in text; facts are made in facts."""

from pipeline.mentions.find import MentionFinder, find_mentions, finder, mentions_in, readings_of
from pipeline.mentions.names import Reading
from pipeline.mentions.provisional import provisional_slug
from pipeline.mentions.reconcile import reconcile
from pipeline.mentions.review import ReviewRow, review_rows
from pipeline.mentions.spans import Mention

__all__ = [
    "Mention",
    "MentionFinder",
    "Reading",
    "ReviewRow",
    "find_mentions",
    "finder",
    "mentions_in",
    "provisional_slug",
    "readings_of",
    "reconcile",
    "review_rows",
]

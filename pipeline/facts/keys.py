"""The fields that a row of each fact table is judged and identified by. What the fields mean stands in the table registry."""

from __future__ import annotations

KEY_FIELDS: dict[str, tuple[str, ...]] = {
    "cohort_memberships": ("cohort_id", "org_id"),
    "affiliations": ("person_id", "org_id", "role"),
    "launches": ("subject_type", "subject_id", "kind"),
    "model_specs": ("model_id", "spec", "value", "value_low", "value_high", "value_string"),
    "funding_rounds": ("org_id", "round", "value", "value_low", "value_high", "currency", "valuation_value"),
    "spending": ("org_id", "cohort_id", "kind", "value", "value_low", "value_high", "currency"),
    "prices": ("subject_type", "subject_id", "price", "price_low", "price_high", "currency", "direction", "condition", "change_percent"),
    "metrics": ("subject_type", "subject_id", "subject_text", "metric", "value", "value_low", "value_high", "unit"),
    "rankings": ("subject_type", "subject_id", "leaderboard", "category", "rank", "count", "top_n"),
    "comparisons": ("subject_type", "subject_id", "comparator_type", "comparator_id", "aspect", "relation"),
    "partnerships": ("org_a", "org_b"),
    "corporate_events": ("org_id", "cohort_id", "event", "person_id", "counterparty_org_id"),
    "statements": ("speaker_type", "speaker_id", "text"),
}

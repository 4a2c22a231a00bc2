"""Dagster: assets, checks, job, schedule and sensor. They call the stages; no work is done here."""

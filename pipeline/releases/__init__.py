"""Releases: a versioned, immutable folder of data files made out of the tables of one run. The layout is described in `layout`.

What belongs here: canonical frames, the difference to the release before, the version it decides, writers, metadata, publication, verification.
What does not: facts, contracts and the DuckDB schema; they come from the stages before.
"""

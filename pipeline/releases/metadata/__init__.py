"""Metadata: what a release says about itself, generated from the registry and the tables. No fact about a company lives here."""

"""DuckDB: the file analysts open. Load, keys, comments; views and macros out of sql/; sandboxed queries; the cookbook.

Here: everything that speaks SQL. Not here: what the tables are (pipeline.tables) or what a release is (pipeline.releases).
"""

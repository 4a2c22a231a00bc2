"""Writers: one format a module, each a function from frames to one file or folder. Same frames, same bytes, except for DuckDB."""

"""What the text says, as rows: one module a fact table, the engine that runs them, and the entity tables they rest on. Spans come from mentions and text."""

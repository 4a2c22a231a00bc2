"""Chinese LLM Landscape: from a folder of news articles to a versioned, citable dataset. Data flows down the list of stages in pyproject.toml."""

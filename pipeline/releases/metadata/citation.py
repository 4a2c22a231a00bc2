"""`CITATION.cff` (Citation File Format 1.2) and the same citation as BibTeX."""

from __future__ import annotations

import json

from pipeline.releases.metadata import dataset
from pipeline.releases.metadata.dataset import Facts


def citation(facts: Facts) -> str:
    """The text of `CITATION.cff`. Strings are written as JSON strings, which YAML reads the same."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below.",
        "type: dataset",
        f"title: {_text(facts.title)}",
        "authors:",
        f"  - name: {_text(dataset.CREATOR)}",
        f"version: {_text(str(facts.version))}",
        f"date-released: {facts.day}",
        f"license: {dataset.LICENCE}",
        f"abstract: {_text(facts.description)}",
        "keywords:",
        *(f"  - {_text(word)}" for word in dataset.KEYWORDS),
    ]
    return "\n".join(lines) + "\n"


def bibtex(facts: Facts) -> str:
    """The citation as one BibTeX entry."""
    key = dataset.NAME.replace("-", "_")
    fields = {"title": facts.title, "author": f"{{{dataset.CREATOR}}}", "year": facts.published.year, "version": facts.version}
    return f"@misc{{{key}_{facts.version}, " + ", ".join(f"{name}={{{value}}}" for name, value in fields.items()) + "}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

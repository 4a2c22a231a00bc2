"""A published release made again from the articles, to show that it can be: every data file must come out byte for byte the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pipeline.orchestration import stages
from pipeline.releases.compare import same_data
from pipeline.releases.layout import release_folder
from pipeline.releases.publish import rebuild as write_again
from pipeline.releases.versions import Version


def rebuild(seeds: Path, datasets: Path, version: str, corrections: Path | None) -> list[str]:
    """What differs between the release and a new build of it, one line a file; empty if nothing does. Nothing below `datasets` is touched."""
    ingested = stages.ingest(seeds)
    articles, rejected = ingested.articles, ingested.rejected
    extracted = stages.extract(articles).frames
    tables = stages.contracts(articles, rejected, extracted, stages.entities(extracted), corrections)
    tables["conflicts"] = stages.conflicts(tables)
    with tempfile.TemporaryDirectory() as folder:
        made = write_again(
            stages.public(tables), datasets, version, Path(folder) / f"v{version}", inputs=stages.inputs(tables, corrections)
        )
        return same_data(release_folder(datasets, Version.parse(version)), made)

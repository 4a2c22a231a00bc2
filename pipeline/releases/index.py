"""`versions.json`, `latest.json` and the changelog of all releases: written from what the release folders say, so that they can be rebuilt any time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import LandscapeError
from pipeline.releases.checksums import sha256_of
from pipeline.releases.layout import (
    CHANGELOG_FILE,
    CHECKSUMS_FILE,
    DATAPACKAGE_FILE,
    LATEST_FILE,
    VERSIONS_FILE,
    release_folder,
    releases_in,
)
from pipeline.releases.metadata import dataset
from pipeline.releases.staging import write_atomically
from pipeline.releases.versions import Version

SUMMARY_FILE = "release.json"


def rebuild_index(datasets: Path) -> list[dict[str, Any]]:
    """Writes the three files anew out of the release folders and returns the entries of `versions.json`, newest first."""
    releases = releases_in(datasets)
    entries = [_entry(version, folder) for version, folder in releases.items()]
    entries.reverse()
    newest = entries[0]["version"] if entries else None
    index = {"dataset": dataset.NAME, "last_successful": newest, "versions": entries}
    # The pointer last: whoever follows it finds its version in the list.
    write_atomically(datasets / CHANGELOG_FILE, _whole_changelog(releases))
    write_atomically(datasets / VERSIONS_FILE, json.dumps(index, ensure_ascii=False, indent=2) + "\n")
    if entries:
        latest = {
            "version": newest,
            "path": f"v{newest}",
            "published": entries[0]["published"],
            "manifest_sha256": entries[0]["manifest_sha256"],
        }
        write_atomically(datasets / LATEST_FILE, json.dumps(latest, ensure_ascii=False, indent=2) + "\n")
    return entries


def read_index(datasets: Path) -> list[dict[str, Any]]:
    """The entries of `versions.json`, newest first; empty when there is none. Raises LandscapeError when it is broken."""
    path = datasets / VERSIONS_FILE
    if not path.exists():
        return []
    try:
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["versions"]
        for entry in entries:
            Version.parse(entry["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LandscapeError(f"{path}: is broken ({error}); remove it, the next build writes it anew from the release folders") from error
    return entries


def published_moment(datasets: Path, version: Version) -> str:
    """When a version was first published, ISO 8601, out of `versions.json`, else out of the release itself."""
    for entry in read_index(datasets):
        if entry["version"] == str(version):
            return str(entry["published"])
    return str(_package(release_folder(datasets, version))["created"])


def _entry(version: Version, folder: Path) -> dict[str, Any]:
    try:
        summary: dict[str, Any] = json.loads((folder / SUMMARY_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LandscapeError(f"{folder / SUMMARY_FILE}: cannot be read ({error}); restore the release from where you got it") from error
    return {"version": str(version), **summary, "manifest_sha256": sha256_of(folder / CHECKSUMS_FILE)}


def _package(folder: Path) -> dict[str, Any]:
    try:
        package: dict[str, Any] = json.loads((folder / DATAPACKAGE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LandscapeError(f"{folder / DATAPACKAGE_FILE}: cannot be read ({error}); restore the release from where you got it") from error
    return package


def _whole_changelog(releases: dict[Version, Path]) -> str:
    parts = [f"# Changelog of {dataset.TITLE}\n\nWritten by the pipeline, newest release first.\n"]
    for folder in reversed(list(releases.values())):
        text = (folder / CHANGELOG_FILE).read_text(encoding="utf-8")
        parts.append("\n" + text.replace("# ", "## ", 1).replace("\n## ", "\n### "))
    return "".join(parts)

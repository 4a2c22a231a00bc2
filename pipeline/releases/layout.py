"""Where everything of a release lies. Names of files and folders and how to find them belong here; what is inside the files does not.

    datasets/
      versions.json            every release: version, date, row counts, sha256 of its SHA256SUMS, what changed in one line; last_successful
      latest.json              a pointer to the newest release, never a copy
      CHANGELOG.md             the changelogs of all releases, newest first
      .lock                    held while a run publishes
      .building-vX.Y.Z-*/      a release being written; the next run removes it when its run was killed
      vX.Y.Z/                  read-only, never rewritten
        parquet/<table>.parquet   csv/<table>.csv   landscape.duckdb   landscape.db   landscape.xlsx
        changes/<table>.parquet   what differs from the release before, one file a table, also when nothing does
        changes/schema_changes.csv   changes/id_changes.csv
        datapackage.json   croissant.json   dataset.jsonld   CITATION.cff   inputs.json
        README.md   README.zh.md   DICTIONARY.md   CHANGELOG.md   quality.json   QUALITY.md
        SHA256SUMS               of every other file; SHA256SUMS.minisig and minisign.pub when the release is signed

`versions.json`, `latest.json` and `CHANGELOG.md` say nothing that the folders do not: `index.rebuild_index` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.releases.versions import Version

VERSIONS_FILE = "versions.json"
LATEST_FILE = "latest.json"
CHANGELOG_FILE = "CHANGELOG.md"
LOCK_FILE = ".lock"
BUILDING_PREFIX = ".building-"

PARQUET = "parquet"
CSV = "csv"
CHANGES = "changes"
SCHEMA_CHANGES_FILE = f"{CHANGES}/schema_changes.csv"
ID_CHANGES_FILE = f"{CHANGES}/id_changes.csv"
DUCKDB_FILE = "landscape.duckdb"
SQLITE_FILE = "landscape.db"
XLSX_FILE = "landscape.xlsx"

DATAPACKAGE_FILE = "datapackage.json"
CROISSANT_FILE = "croissant.json"
SCHEMA_ORG_FILE = "dataset.jsonld"
CITATION_FILE = "CITATION.cff"
INPUTS_FILE = "inputs.json"
README_FILE = "README.md"
README_ZH_FILE = "README.zh.md"
DICTIONARY_FILE = "DICTIONARY.md"
QUALITY_FILE = "quality.json"
QUALITY_PAGE = "QUALITY.md"
CHECKSUMS_FILE = "SHA256SUMS"
SIGNATURE_FILE = "SHA256SUMS.minisig"
PUBLIC_KEY_FILE = "minisign.pub"


def release_folder(datasets: Path, version: Version) -> Path:
    """The folder of one release below `datasets`."""
    return datasets / f"v{version}"


def releases_in(datasets: Path) -> dict[Version, Path]:
    """Every published release below `datasets`, oldest first. A folder counts when its name is a version and it holds SHA256SUMS."""
    if not datasets.is_dir():
        return {}
    found: dict[Version, Path] = {}
    for folder in datasets.iterdir():
        version = Version.of_folder(folder.name)
        if version is not None and (folder / CHECKSUMS_FILE).is_file():
            found[version] = folder
    return dict(sorted(found.items()))


def tables_in(release: Path) -> list[str]:
    """Names of the tables a release holds as parquet, sorted."""
    return sorted(file.stem for file in (release / PARQUET).glob("*.parquet"))

"""Two releases side by side, in words: what `landscape diff A B` prints. The difference itself is made in `diff`, its sentences in `changelog`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pipeline.releases.changelog import changelog
from pipeline.releases.diff import diff
from pipeline.releases.frames import public_tables, read_tables
from pipeline.releases.index import SUMMARY_FILE
from pipeline.releases.inputs import read_inputs
from pipeline.releases.metadata.datapackage import read_schemas
from pipeline.releases.metadata.dataset import Facts
from pipeline.releases.reasons import reasons_between
from pipeline.releases.rekeys import id_changes
from pipeline.releases.schema_changes import schema_changes
from pipeline.releases.versions import Version


def describe(old_release: Path, new_release: Path) -> str:
    """What is added, removed, modified and corrected from one release folder to the other; either may be the older one."""
    old, new = read_tables(old_release), read_tables(new_release)
    before, now = read_inputs(old_release), read_inputs(new_release)
    declared_old, declared_new = read_schemas(old_release), read_schemas(new_release)
    keys = {name: schema["primaryKey"] for name, schema in (declared_old | declared_new).items() if name not in public_tables()}
    changes = diff(old, new, release=new_release.name, keys=keys, reasons=reasons_between(old, new, before, now))
    summary = json.loads((new_release / SUMMARY_FILE).read_text("utf-8"))
    published = datetime.strptime(str(summary["published"]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    facts = Facts(Version.of_folder(new_release.name) or Version.parse("0.0.0"), published, {n: f.height for n, f in new.items()})
    shape = schema_changes(declared_old, declared_new)
    text = changelog(old, new, changes, shape, id_changes(old, new, changes), now, facts)
    return text.replace(f"# v{facts.version} · {facts.day}", f"# {old_release.name} → {new_release.name}", 1).rstrip()

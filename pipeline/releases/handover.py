"""A published release handed to another folder: a web root, a mounted bucket. The copy appears whole or not at all, like the release itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.errors import LandscapeError
from pipeline.releases import staging
from pipeline.releases.index import rebuild_index
from pipeline.releases.layout import release_folder
from pipeline.releases.verify import verify
from pipeline.releases.versions import Version


def hand_over(release: Path, target: Path) -> Path:
    """Copy a release that verifies into `target` and write versions.json and latest.json there. Returns the folder of the copy.

    Raises LandscapeError if the release is broken, the same version with other content is there already, or the disk refuses.
    """
    problems = verify(release, chain=False)
    if problems:
        raise LandscapeError(f"{release}: {problems[0]}; a broken release is not handed on")
    version = Version.of_folder(release.name)
    if version is None:
        raise LandscapeError(f"{release}: is not named after a version; give a folder such as datasets/v0.1.0")
    place = release_folder(target, version)
    try:
        target.mkdir(parents=True, exist_ok=True)
        if place.exists():
            if (place / "SHA256SUMS").read_bytes() != (release / "SHA256SUMS").read_bytes():
                raise LandscapeError(f"{place}: holds another release of that version; a published version never changes")
            return place
        with staging.building_folder(target, str(version)) as folder:
            shutil.copytree(release, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
            staging.seal(folder)
            staging.rename_into_place(folder, place)
        rebuild_index(target)
    except OSError as error:
        raise LandscapeError(f"{target}: cannot be written ({error.strerror}); check space and permissions") from error
    return place

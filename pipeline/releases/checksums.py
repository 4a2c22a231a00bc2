"""SHA256SUMS: the digest of every other file of a release, in the format of `sha256sum`, and reading it back strictly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.errors import LandscapeError
from pipeline.releases.layout import CHECKSUMS_FILE, PUBLIC_KEY_FILE, SIGNATURE_FILE

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)", re.ASCII)
_UNLISTED = {CHECKSUMS_FILE, SIGNATURE_FILE}


def sha256_of(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(release: Path) -> list[str]:
    """Every file below a release as a POSIX path, sorted."""
    return sorted(path.relative_to(release).as_posix() for path in release.rglob("*") if not path.is_dir() or path.is_symlink())


def listed_files(release: Path) -> list[str]:
    """The files SHA256SUMS lists: all but itself and its signature."""
    return [name for name in files_in(release) if name not in _UNLISTED]


def hashes_of(release: Path, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Path -> (bytes, sha256)."""
    return {name: ((release / name).stat().st_size, sha256_of(release / name)) for name in names}


def checksums_text(digests: Mapping[str, str]) -> str:
    """The text of SHA256SUMS, lines sorted by path."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def read_checksums(release: Path) -> dict[str, str]:
    """Path -> digest as SHA256SUMS lists them. Raises LandscapeError when a line is not exactly in its format, in order and once."""
    path = release / CHECKSUMS_FILE
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LandscapeError(f"{path}: cannot be read ({error}); restore the release from where you got it") from error
    digests: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise LandscapeError(f"{path}, line {number}: is not a digest, two spaces and a path; restore the file")
        digests[matched.group(2)] = matched.group(1)
    if checksums_text(digests) != text or (PUBLIC_KEY_FILE not in digests and (release / PUBLIC_KEY_FILE).exists()):
        raise LandscapeError(f"{path}: is not sorted, repeats a path or lacks its last line end; restore the file")
    return digests


def damaged_files(release: Path, digests: Mapping[str, str]) -> set[str]:
    """The listed files that are missing or have another content."""
    return {name for name, digest in digests.items() if not (release / name).is_file() or sha256_of(release / name) != digest}

"""Folders in the making: a sibling folder to build in, syncing it to the disk, making it read-only, renaming it into place, removing what a crash left.

Only the file system is dealt with here; what is written is the business of `publish`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import LandscapeError
from pipeline.releases.layout import BUILDING_PREFIX

_MEANINGS = {
    errno.ENOSPC: "the disk is full: free some space and run again",
    errno.EDQUOT: "the disk quota is used up: free some space and run again",
    errno.EFBIG: "the file grew over the size limit of this process: raise the limit and run again",
    errno.EROFS: "the file system is read-only: choose another --datasets folder",
    errno.EACCES: "permission denied: make the folder writable or choose another --datasets folder",
    errno.EPERM: "not permitted: make the folder writable or choose another --datasets folder",
    errno.ENOTDIR: "there is a file where a folder is needed: remove it or choose another --datasets folder",
    errno.EIO: "the disk reports an error: check it",
}


def in_one_line(error: OSError, where: Path) -> LandscapeError:
    """The error for the user: the file concerned, what happened, what to do."""
    place = error.filename if error.filename is not None else where
    code = error.errno
    if code is None and "No space left" in str(error):  # Arrow hides the number in its message
        code = errno.ENOSPC
    text = str(error.strerror or error).strip().splitlines() or [type(error).__name__]
    return LandscapeError(f"{place}: {_MEANINGS.get(code, text[0]) if code is not None else text[0]}; nothing was published")


@contextlib.contextmanager
def building_folder(datasets: Path, version: str) -> Iterator[Path]:
    """A new empty folder beside the releases, on the same file system. It is gone afterwards unless it was renamed."""
    folder = datasets / f"{BUILDING_PREFIX}v{version}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        if folder.exists():
            remove_folder(folder)


def remove_leftovers(datasets: Path) -> list[str]:
    """Removes what killed runs left behind; the caller holds the lock. Returns the names removed."""
    removed = []
    for path in sorted(datasets.glob(f"{BUILDING_PREFIX}*")):
        remove_folder(path)
        removed.append(path.name)
    return removed


def remove_folder(folder: Path) -> None:
    """Removes a folder even when it was made read-only."""
    if folder.is_symlink() or not folder.is_dir():
        folder.unlink()
        return
    for root, _, _ in os.walk(folder):
        Path(root).chmod(0o755)
    shutil.rmtree(folder)


def seal(folder: Path) -> None:
    """Every byte on the disk, everything read-only: files first, then folders from the inside out."""
    for root, _, files in os.walk(folder, topdown=False):
        for name in files:
            path = Path(root, name)
            path.chmod(0o444)
            sync(path)
        Path(root).chmod(0o555)
        sync(Path(root))


def sync(path: Path) -> None:
    """fsync of a file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename_into_place(folder: Path, target: Path) -> None:
    """The one step that publishes. Raises LandscapeError when the target exists."""
    if target.exists() or target.is_symlink():
        raise LandscapeError(f"{target}: exists already; a published version is never rewritten")
    folder.rename(target)
    sync(target.parent)


def write_atomically(path: Path, text: str) -> None:
    """The file as it was or as it will be, never in between. An unchanged file is left alone."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    temporary = path.with_name(f"{BUILDING_PREFIX}{path.name}")
    with temporary.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync(path.parent)

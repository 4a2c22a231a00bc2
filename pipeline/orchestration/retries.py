"""Trying again where that can help: a disk or a network folder that stumbled. A full disk, a missing permission or a bug stays what it is."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from typing import TypeVar

from pipeline.orchestration.progress import WATCHER

T = TypeVar("T")
PAUSES = (0.5, 2.0, 8.0)  # seconds before each further attempt
PASSING = {
    getattr(errno, name)
    for name in (
        "EIO",
        "EAGAIN",
        "EBUSY",
        "EINTR",
        "ESTALE",
        "ETIMEDOUT",
        "EHOSTDOWN",
        "ENETDOWN",
        "ENETUNREACH",
        "ECONNRESET",
        "EREMOTEIO",
    )
    if hasattr(errno, name)
}


def is_passing(error: BaseException | None) -> bool:
    """Whether an error, or the one that caused it, is of input and output and may be gone a moment later."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in PASSING:
            return True
        error = error.__cause__
    return False


def patiently(action: Callable[[], T]) -> T:
    """What `action` returns; it must be safe to repeat. Errors that may pass are tried again after PAUSES, then raised."""
    for number, pause in enumerate(PAUSES, start=2):
        try:
            return action()
        except Exception as error:
            if not is_passing(error):
                raise
            WATCHER.get().said(f"{' '.join(str(error).split())}: attempt {number} of {len(PAUSES) + 1} in {pause:g} s")
        time.sleep(pause)
    return action()

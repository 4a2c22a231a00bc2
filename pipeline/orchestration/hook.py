"""Tells somebody that a run failed or left input in quarantine: a command that reads the report on standard input, or a URL on this machine.

Which runs are worth telling is decided in `turn`. A hook that fails costs one line, never the run.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import UsageError

SECONDS = 30.0  # that a hook may take
PAUSES = (0.5, 2.0)  # between attempts to reach a URL; a command is tried once
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def checked(target: str | None) -> str | None:
    """The target as given. Raises UsageError when it is a URL of another machine or a command line that cannot be split."""
    if not target:
        return None
    if _is_url(target):
        if urlsplit(target).hostname not in _LOOPBACK:
            raise UsageError(f"{target}: reports are sent to this machine only; give a URL on 127.0.0.1, or a command that passes them on")
        return target
    try:
        shlex.split(target)
    except ValueError as error:
        raise UsageError(f"{target}: not a command ({error}); quote it as in a shell") from error
    return target


def tell(target: str, report: Mapping[str, Any]) -> str | None:
    """Hand the report over. Returns what went wrong in one line, None if nothing did."""
    body = json.dumps(report, ensure_ascii=False).encode()
    try:
        _post(target, body) if _is_url(target) else _run(target, body)
    except (OSError, subprocess.SubprocessError) as error:
        return f"the failure hook {target} could not be told: {_reason(error)}"
    return None


def _is_url(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def _run(command: str, body: bytes) -> None:
    subprocess.run(shlex.split(command), input=body, timeout=SECONDS, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _post(url: str, body: bytes) -> None:
    # No proxy of the environment: the address is this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, body, {"Content-Type": "application/json; charset=utf-8"})
    for pause in (*PAUSES, None):
        try:
            with opener.open(request, timeout=SECONDS):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500 or pause is None:
                raise
        except OSError:
            if pause is None:
                raise
        time.sleep(pause)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"exit code {error.returncode}"
    if isinstance(error, subprocess.TimeoutExpired):
        return f"not done after {error.timeout:g} s"
    return " ".join(str(getattr(error, "strerror", None) or error).split())

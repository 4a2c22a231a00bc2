"""Errors that a user can act on: one line that names the file, row or option, what is wrong and what to do. Bugs raise ordinary exceptions."""

from __future__ import annotations


class LandscapeError(Exception):
    """Something the user can mend. The message is one line; the command line prints it without a traceback and exits with `exit_code`."""

    exit_code = 1


class UsageError(LandscapeError):
    """The command was called in a way that cannot work."""

    exit_code = 2

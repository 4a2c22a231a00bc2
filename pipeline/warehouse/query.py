"""`landscape query`: runs one SQL query against a release's DuckDB file in a sandbox, prints it as a table or exports it.

Here: starting the sandbox, its limits seen from outside, and what came of it. Not here: the sandbox itself, and the formats.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.errors import LandscapeError, UsageError
from pipeline.warehouse import formats

DATABASE = "landscape.duckdb"
GRACE = 1.5  # seconds between the interrupt inside the sandbox and its end from outside
TIME_IS_UP, OUT_OF_MEMORY = 3, 4  # exit codes of the sandbox
PROCESSOR_LIMIT = -getattr(signal, "SIGXCPU", 24)
_FRUGAL = {"PYTHONUTF8": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"}  # less address space before any query


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use: seconds of time, bytes of memory, threads, and rows shown in a table (an export is not cut)."""

    seconds: float = 30.0
    memory: int = 1 << 30
    threads: int = 2
    rows: int = 500


@dataclass(slots=True)
class Result:
    """The batches of a result as they arrive; iterate once."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


def run_query(release: Path, sql: str, *, format: str = "table", output: Path | None = None, limits: Limits | None = None) -> str:
    """Run `sql` on the DuckDB file of the release folder (or on that file itself) and return what is to be printed.

    A table comes back as text of at most `limits.rows` rows. CSV and JSON go to stdout as they arrive, of any length, and nothing comes back;
    with `output` the result goes to that file, which appears only when complete, and a line about it comes back.
    Raises UsageError or LandscapeError in one line.
    """
    limits = limits or Limits()
    if format not in formats.FORMATS:
        raise UsageError(f"--format {format}: must be one of {', '.join(formats.FORMATS)}")
    if format == "parquet" and output is None:
        raise UsageError("--format parquet needs --output FILE: it is not text")
    with run(sql, database_of(release), limits, rows=limits.rows if format == "table" else None) as result:
        if output is not None:
            rows = formats.to_file(result.schema, result.batches, format, output, limits.rows)
            return f"{output}: {rows:,} rows"
        if format == "table":
            return formats.table(result.schema, result.batches, limits.rows, formats.terminal_width())[0]
        formats.to_stream(result.schema, result.batches, format, sys.stdout)
        return ""


def database_of(release: Path) -> Path:
    """The DuckDB file of a release folder; a path to a file is that file."""
    path = release / DATABASE if release.is_dir() else release
    if not path.is_file():
        raise LandscapeError(f"{path}: no such file; give --release the folder of a release, or build one with `landscape build`")
    return path


@contextlib.contextmanager
def run(sql: str, database: Path, limits: Limits, *, rows: int | None = None) -> Iterator[Result]:
    """The result of one query from a sandboxed process, at most `rows` + 1 rows of it; the process is gone when the block ends."""
    request = {
        "database": str(database.resolve()), "sql": sql, "rows": rows,
        "seconds": limits.seconds, "memory": limits.memory, "threads": limits.threads,
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "pipeline.warehouse.sandbox"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(),
    ) as process:  # fmt: skip
        watchdog = threading.Timer(limits.seconds + GRACE, process.kill)
        watchdog.daemon = True
        watchdog.start()

        def failure() -> LandscapeError:
            return _failure(process, limits, late=not watchdog.is_alive())

        try:
            assert process.stdin is not None  # noqa: S101  (for the type checker: it is a pipe)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(request).encode())
                process.stdin.close()
            try:
                reader = pa.ipc.open_stream(process.stdout)
            except (pa.ArrowInvalid, OSError) as error:
                raise failure() from error
            yield Result(reader.schema, _batches(reader, process, failure))
        finally:
            watchdog.cancel()
            process.kill()


def _batches(
    reader: pa.RecordBatchStreamReader, process: subprocess.Popen[bytes], failure: Callable[[], LandscapeError]
) -> Iterator[pa.RecordBatch]:
    try:
        yield from reader
    except (pa.ArrowInvalid, OSError) as error:
        raise failure() from error
    if process.wait() != 0:
        raise failure()


def _failure(process: subprocess.Popen[bytes], limits: Limits, *, late: bool) -> LandscapeError:
    """What went wrong in the sandbox, as one line for the user. `late`: the watchdog has ended it."""
    assert process.stderr is not None  # noqa: S101  (for the type checker: it is a pipe)
    said = process.stderr.read().decode("utf-8", "replace").strip().splitlines()
    code = process.wait()
    if late or code in (TIME_IS_UP, PROCESSOR_LIMIT):
        return LandscapeError(f"query: stopped after {limits.seconds:g} seconds; narrow it, or add LIMIT")
    if code == OUT_OF_MEMORY or code < 0:  # an allocation that fails in the wrong place ends the process by a signal
        return LandscapeError(f"query: stopped, it needs more than {limits.memory / 2**20:,.0f} MiB of memory; narrow it, or add LIMIT")
    return LandscapeError(f"query: {said[-1] if said else f'the sandbox ended with code {code}'}")


def _environment() -> dict[str, str]:
    """Only what Python needs to start: no token or password of the user's environment is there to be read."""
    kept = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | _FRUGAL

"""The process a query runs in: one read-only file, no other file, no network, no extension, no setting, so much time and memory.

Run as `python -m pipeline.warehouse.sandbox` by query.py, which sends a request on stdin and reads an Arrow stream from stdout. A process of
its own because one call such as repeat('x', 4000000000) neither heeds an interrupt nor DuckDB's memory limit; a process can be killed.
Here: what must hold whatever the SQL says. Not here: formats and printing.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

BASELINE = 1_500_000_000  # bytes of address space that Python, DuckDB and Arrow take before any query
BATCH_ROWS = 2048
ALLOWED = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
# They change the state of the connection although they stand in a SELECT; nothing they could write to is open, but no query needs them.
STATEFUL = re.compile(
    r"\b(enable_logging|disable_logging|truncate_duckdb_logs|write_log|checkpoint|force_checkpoint|enable_profiling|disable_profiling)\s*\(",
    re.IGNORECASE,
)
_LEADING_COMMENTS = re.compile(r"\A(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)+", re.DOTALL)


class Refused(Exception):
    """What the query asks for is not allowed; the message is for the user."""


def open_database(path: Path, *, memory: int, threads: int) -> duckdb.DuckDBPyConnection:
    """A read-only connection from which SQL reaches nothing but the file. memory: bytes."""
    config: dict[str, Any] = {
        "threads": threads,
        "memory_limit": f"{memory // 1024}KiB",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "python_enable_replacements": False,
    }
    con = duckdb.connect(str(path), read_only=True, config=config)
    # The order matters: the temporary folder cannot be taken away any more once access is off, and nothing once settings are locked.
    for setting in (
        "temp_directory = ''",
        "max_temp_directory_size = '0KB'",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        con.execute(f"SET {setting}")
    return con


def checked(sql: str, con: duckdb.DuckDBPyConnection) -> str:
    """The one reading statement in `sql`. Raises Refused or duckdb.Error.

    `con` is the closed connection, because parsing is not harmless: for IMPORT DATABASE the parser itself opens a file.
    """
    statements = con.extract_statements(sql)
    if not statements:
        raise Refused('no statement: write a query such as "FROM start_here"')
    first = _LEADING_COMMENTS.sub("", sql)[:6].upper()
    refused = next((s.type.name for s in statements if s.type not in ALLOWED), "PRAGMA" if first == "PRAGMA" else None)
    if refused:
        raise Refused(
            f"{refused.replace('_', ' ')} is not allowed here: only a query (SELECT, FROM, WITH, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN)"
        )
    if len(statements) > 1:
        raise Refused(f"{len(statements)} statements: give one at a time")
    if match := STATEFUL.search(sql):
        raise Refused(f"{match[1]}() is not allowed here: it changes the state of the connection")
    return statements[0].query


def limit_process(*, memory: int, seconds: float, threads: int) -> None:
    """Limits of the operating system, where it has them: address space, processor time, no file written."""
    try:
        import resource
    except ImportError:  # Windows has none; the time limit of the parent still holds
        return
    processor = int(seconds * threads) + 2
    for name, value in (("RLIMIT_AS", memory + BASELINE), ("RLIMIT_CPU", processor), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name)
        _, most = resource.getrlimit(kind)
        allowed = value if most == resource.RLIM_INFINITY else min(value, most)
        try:
            resource.setrlimit(kind, (allowed, allowed))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


def serve(request: dict[str, Any]) -> None:
    """Run the request {database, sql, seconds, memory, threads, rows} and write its result to stdout as an Arrow stream.

    At most `rows` rows (null = all), in batches no larger than BATCH_ROWS; one row more tells the reader that there are others.
    """
    limit_process(memory=request["memory"], seconds=request["seconds"], threads=request["threads"])
    with open_database(Path(request["database"]), memory=request["memory"], threads=request["threads"]) as con:
        sql = checked(request["sql"], con)
        timer = threading.Timer(request["seconds"], con.interrupt)
        timer.daemon = True
        timer.start()
        try:
            _send(con.execute(sql).to_arrow_reader(BATCH_ROWS), request["rows"])
        except OSError as error:  # what a stream of DuckDB raises when the query fails after its first rows
            if "Interrupted" in str(error) and timer.is_alive():  # one thread failed and stopped the others, whose word came first
                con.execute(sql).to_arrow_table()
            raise
        finally:
            timer.cancel()


def _send(reader: pa.RecordBatchReader, rows: int | None) -> None:
    left = None if rows is None else rows + 1
    with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as stream:
        for batch in reader:
            stream.write_batch(batch if left is None else batch.slice(0, left))
            if left is not None and (left := left - batch.num_rows) <= 0:
                break


def main() -> int:
    """0 done, 1 the query failed, 3 out of time, 4 out of memory; the reason is one line on stderr."""
    try:
        serve(json.load(sys.stdin))
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    except duckdb.InterruptException:
        return 3
    except (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError):
        return 4
    except (duckdb.Error, pa.ArrowException, OSError, RuntimeError) as error:
        message = str(error)
        if "bad_alloc" in message:
            return 4
        if "Interrupted" in message:
            return 3
        lines = [line.strip() for line in message.splitlines() if line.strip()]
        print(
            lines[0] if lines else type(error).__name__, *[line for line in lines[1:] if line.startswith("Did you mean")], file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # threads of a result that was not read to its end would make an orderly exit abort

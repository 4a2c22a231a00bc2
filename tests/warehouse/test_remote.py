"""A release behind a plain static server: parquet and the DuckDB file read by range, never whole, with the version in the path."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipeline.warehouse import generated, load

VERSION = "v1.2.3"
httpfs = pytest.importorskip("duckdb_extension_httpfs", reason="the extra `remote` is not installed")


class RangeHandler(SimpleHTTPRequestHandler):
    """What any static host does: whole files, HEAD, and single byte ranges. Counts the bytes of bodies sent."""

    sent = 0
    ranges = 0

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if asked is None or not path.is_file():
            type(self).sent += path.stat().st_size if path.is_file() else 0
            super().do_GET()
            return
        size = path.stat().st_size
        first, last = asked.groups()
        start = int(first) if first else size - int(last)
        stop = min(int(last) + 1 if first and last else size, size)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{size}")
        self.send_header("Content-Length", str(stop - start))
        self.end_headers()
        with path.open("rb") as file:
            file.seek(start)
            self.wfile.write(file.read(stop - start))
        type(self).sent += stop - start
        type(self).ranges += 1

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("www")
    tables = generated.tables(20_000)
    folder = base / VERSION / "parquet"
    folder.mkdir(parents=True)
    for name in ("prices", "claims"):
        tables[name].write_parquet(folder / f"{name}.parquet", row_group_size=2_000)
    load.build(base / VERSION / "landscape.duckdb", tables)
    return base


@pytest.fixture
def server(published: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    RangeHandler.sent = RangeHandler.ranges = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(RangeHandler, directory=str(published))) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}/{VERSION}"
        http.shutdown()
        thread.join()


@pytest.fixture
def remote() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with httpfs loaded from the package `duckdb-extension-httpfs`, offline."""
    extension = Path(next(iter(httpfs.__path__))) / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    with duckdb.connect() as con:
        con.execute(f"LOAD '{extension}'")
        yield con


def test_parquet_is_queried_by_range_with_duckdb(server: str, remote: duckdb.DuckDBPyConnection, published: Path) -> None:
    whole = (published / VERSION / "parquet" / "claims.parquet").stat().st_size
    found = remote.execute(f"SELECT count(*), count(DISTINCT fact_table) FROM '{server}/parquet/claims.parquet'").fetchone()
    assert found == (20_000, 13)
    assert RangeHandler.ranges > 0
    assert RangeHandler.sent < whole / 2, "only the columns asked for travel"


def test_parquet_is_queried_by_range_with_polars(server: str, published: Path) -> None:
    whole = (published / VERSION / "parquet" / "claims.parquet").stat().st_size
    frame = pl.scan_parquet(f"{server}/parquet/claims.parquet").group_by("assertion").len().collect()
    assert frame["len"].sum() == 20_000
    assert RangeHandler.sent < whole


def test_the_duckdb_file_is_attached_over_http(server: str, remote: duckdb.DuckDBPyConnection, published: Path) -> None:
    whole = (published / VERSION / "landscape.duckdb").stat().st_size
    remote.execute(f"ATTACH '{server}/landscape.duckdb' AS landscape (READ_ONLY)")
    remote.execute("USE landscape")
    assert remote.execute("SELECT count(*) FROM claims").fetchone() == (20_000,)
    assert remote.execute("SELECT name_zh FROM profile('星河智慧7號')").fetchone() == ("星河智能7号",)
    assert RangeHandler.sent < whole

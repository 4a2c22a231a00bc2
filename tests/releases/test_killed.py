"""kill -9 at any moment of a publication: the old state or the new one, never a broken or half release, and the next run succeeds.

A process that has imported everything forks one publication after the other, so that fifty of them fit into seconds.
"""

import os
import pickle
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from pipeline.releases.checksums import damaged_files, files_in, read_checksums
from pipeline.releases.layout import releases_in
from pipeline.releases.publish import Published, publish
from pipeline.releases.verify import verify

KILLS = 50
LIGHT, FULL = ("parquet", "csv", "xlsx"), ("parquet", "csv", "sqlite", "xlsx", "duckdb")
ZYGOTE = textwrap.dedent("""
    import os, pickle, sys
    from pathlib import Path
    import duckdb, sqlite3, xlsxwriter
    from pipeline.releases.publish import publish
    import pipeline.warehouse.load
    datasets = Path(sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            tables, inputs, formats = pickle.loads(Path(line.strip()).read_bytes())
            print("go", os.getpid(), flush=True)
            publish(tables, datasets, inputs=inputs, formats=formats)
            os._exit(0)
        sys.stdin.readline()  # until then the number of the child is its own, dead or alive
        os.waitpid(pid, 0)
        print("over", flush=True)
""")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_run_killed_at_any_moment_leaves_the_old_state_or_the_new(industry, datasets, tmp_path):
    datasets.mkdir()
    seed = random.Random(20250301)
    runs = tmp_path / "run"
    zygote = subprocess.Popen([sys.executable, "-c", ZYGOTE, datasets], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert zygote.stdin is not None
    assert zygote.stdout is not None
    assert zygote.stdout.readline() == "ready\n"

    def collect() -> None:
        zygote.stdin.write("collect\n")
        zygote.stdin.flush()
        zygote.stdout.readline()

    def start(formats: tuple[str, ...]) -> int:
        industry.article(f"doc-{len(industry.rows['documents'])}", "又一篇")
        runs.write_bytes(pickle.dumps((industry.tables(), industry.inputs(), formats)))
        zygote.stdin.write(f"{runs}\n")
        zygote.stdin.flush()
        return int(zygote.stdout.readline().split()[1])

    try:
        whole = {}
        for formats in (LIGHT, FULL):
            started = time.perf_counter()
            start(formats)
            collect()
            whole[formats] = time.perf_counter() - started
        assert len(releases_in(datasets)) == 2
        killed_before, killed_after = 0, 0
        for number in range(KILLS):
            formats = FULL if number % 5 == 0 else LIGHT  # the databases take most of the time
            before = releases_in(datasets)
            pid = start(formats)
            time.sleep(seed.uniform(0, whole[formats] * 1.05))
            os.kill(pid, signal.SIGKILL)
            collect()
            after = releases_in(datasets)
            assert list(after)[: len(before)] == list(before), "what was published stays"
            new = [folder for version, folder in after.items() if version not in before]
            assert len(new) <= 1
            killed_before, killed_after = killed_before + (not new), killed_after + bool(new)
            for folder in new:
                listed = read_checksums(folder)
                assert not damaged_files(folder, listed), "a release that appeared is whole"
                assert set(files_in(folder)) == {*listed, "SHA256SUMS"}
        assert killed_before > 5, "the moments must fall into the publication"
    finally:
        zygote.kill()
        zygote.wait()
        zygote.stdin.close()
        zygote.stdout.close()

    industry.article("last", "最后一篇")
    result = publish(industry.tables(), datasets, inputs=industry.inputs(), formats=FULL)
    assert isinstance(result, Published)
    assert verify(result.folder) == [], "the whole chain holds"
    assert not list(datasets.glob(".building-*"))

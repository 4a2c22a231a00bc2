"""Same rows, same bytes: whatever the folder, time zone, locale, hash seed, thread count, order of rows."""

import os
import pickle
import subprocess
import sys
import textwrap

import pytest

from pipeline.releases.compare import same_data

CODE = textwrap.dedent("""
    import sys, pickle
    from pathlib import Path
    from pipeline.releases.publish import publish
    tables, inputs = pickle.loads(Path(sys.argv[1]).read_bytes())
    publish(tables, Path(sys.argv[2]), inputs=inputs)
""")
SETTINGS = [
    {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "1", "PYTHONUTF8": "0"},
    {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77", "POLARS_MAX_THREADS": "8", "OMP_NUM_THREADS": "3"},
]


@pytest.fixture
def builds(industry, tmp_path):
    folders = []
    for number, setting in enumerate(SETTINGS):
        tables = {name: frame[::-1] if number else frame for name, frame in industry.tables().items()}
        (tmp_path / f"run{number}").write_bytes(pickle.dumps((tables, industry.inputs())))
        place = tmp_path / f"place-{number}" / ("deep/er" if number else "x")
        environment = {**os.environ, **setting, "SOURCE_DATE_EPOCH": "1735689600"}
        subprocess.run([sys.executable, "-c", CODE, tmp_path / f"run{number}", place], env=environment, check=True, timeout=120)
        folders.append(place / "v0.1.0")
    return folders


def test_two_builds_in_different_surroundings_have_the_same_data(builds):
    assert same_data(*builds) == []


def test_everything_but_the_duckdb_file_and_its_digests_is_the_same_byte_for_byte(builds):
    left, right = builds
    names = sorted(path.relative_to(left).as_posix() for path in left.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(right).as_posix() for path in right.rglob("*") if path.is_file())
    other = {name for name in names if (left / name).read_bytes() != (right / name).read_bytes()}
    assert other <= {"landscape.duckdb", "SHA256SUMS", "croissant.json", "dataset.jsonld"}

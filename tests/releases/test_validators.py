"""The reference tools of the formats accept and load a release. They are large, so they are no dependencies: run this where they are installed

pip install 'frictionless[parquet]==5.21.0' pandas 'mlcroissant==1.1.1' 'datasets==5.2.0'
"""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.releases.frames import read_table
from pipeline.releases.publish import publish
from pipeline.releases.staging import remove_folder

# Another interpreter may have them: LANDSCAPE_VALIDATORS=/path/to/python
PYTHON = os.environ.get("LANDSCAPE_VALIDATORS", sys.executable)


def needs(package):
    # Not find_spec: a folder called datasets would do for that.
    installed = {distribution.name for distribution in importlib.metadata.distributions()}
    return pytest.mark.skipif(sys.executable == PYTHON and package not in installed, reason=f"{package} is not installed")


@pytest.fixture(scope="module")
def release(tmp_path_factory, new_industry):
    industry = new_industry()
    industry.article("=east", "=1+1")
    datasets = tmp_path_factory.mktemp("validators") / "datasets"
    yield publish(industry.tables(), datasets, inputs=industry.inputs(), formats=("parquet", "csv", "sqlite", "xlsx")).folder
    remove_folder(datasets)


def run(code: str, folder: Path) -> str:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder.parent.parent / "hf")}
    done = subprocess.run([PYTHON, "-c", code, folder], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@needs("frictionless")
def test_frictionless_finds_every_resource_valid(release):
    code = "import frictionless; r = frictionless.validate('datapackage.json'); print(r.valid, r.flatten(['type', 'message'])[:5])"
    assert run(code, release).startswith("True")


@needs("mlcroissant")
def test_mlcroissant_reads_the_record_sets(release):
    code = "import mlcroissant as m; d = m.Dataset(jsonld='croissant.json'); print(*[sum(1 for _ in d.records(n)) for n in ('claims', 'funding_rounds')])"
    assert run(code, release).split() == ["4", "2"]


@needs("datasets")
def test_hugging_face_datasets_loads_every_config(release):
    code = (
        "import sys, datasets as d; f = sys.argv[1]; "
        "print(*[f'{n}={d.load_dataset(f, n, split=\"train\").num_rows}' for n in d.get_dataset_config_names(f)])"
    )
    found = dict(pair.split("=") for pair in run(code, release).split())
    assert found == {name: str(read_table(release, name).height) for name in found}
    assert "claims" in found

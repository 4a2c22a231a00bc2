"""The worked examples of CONTRIBUTING.md do what they say, and only with the change they ask for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_EXAMPLE = re.compile(
    r"```diff\n--- (?P<file>\S+)\n(?P<diff>.*?)```\s+Read: `(?P<sentence>[^`]+)`\s+Prints: `(?P<prints>[^`]+)`", re.DOTALL
)
EXAMPLES = [m.groupdict() for m in _EXAMPLE.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8"))]


def _changed(text: str, diff: str) -> str:
    """The text with the diff applied: unchanged and removed lines must stand there as shown, at least with their beginning."""
    lines = diff.rstrip("\n").split("\n")
    before = "\n".join(line[1:] for line in lines if line[0] in " -")
    after = "\n".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, before
    return text.replace(before, after)


def _read(package: Path, sentence: str) -> str:
    command = [sys.executable, "-m", "pipeline.cli", "extract", "-"]
    environment = os.environ | {"PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    return subprocess.run(command, input=sentence, cwd=package, env=environment, capture_output=True, text=True, check=True).stdout


def test_there_are_three_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: Path(example["file"]).name)
def test_a_worked_example_changes_what_is_read(example: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    assert example["prints"] not in _read(tmp_path, example["sentence"])
    file = tmp_path / example["file"]
    file.write_text(_changed(file.read_text("utf-8"), example["diff"]), "utf-8")
    assert example["prints"] in _read(tmp_path, example["sentence"])

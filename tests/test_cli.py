"""The command line as a user meets it: exit codes, one-line errors, no traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.releases.compare import same_data

ARTICLES = Path(__file__).parent / "articles"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A datasets folder with one release of an invented article, beside the seeds and one bad file."""
    root = tmp_path_factory.mktemp("cli")
    (root / "seeds").mkdir()
    shutil.copy(ARTICLES / "page_hans.md", root / "seeds")
    (root / "seeds" / "empty.txt").write_bytes(b"")
    result = _run("build", "--seeds", root / "seeds", "--datasets", root / "datasets", "--state", root / "state")
    assert result.exit_code == 3, result.output
    assert "quarantined: empty.txt" in result.output
    assert "published:" in result.output
    return root


def _run(*words: object):  # type: ignore[no-untyped-def]
    return CliRunner().invoke(main, [str(word) for word in words])


def test_verify_says_ok_and_names_what_is_wrong(built: Path, tmp_path: Path) -> None:
    assert _run("verify", "--datasets", built / "datasets").exit_code == 0
    copy = tmp_path / "v0.1.0"
    shutil.copytree(built / "datasets" / "v0.1.0", copy)
    file = copy / "csv" / "claims.csv"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"x")
    result = _run("verify", copy)
    assert result.exit_code == 1
    assert "csv/claims.csv" in result.output


def test_releases_show_review_and_query_print_something(built: Path) -> None:
    datasets = ("--datasets", built / "datasets")
    assert "v0.1.0" in _run("releases", *datasets).output
    assert "doc_id" in _run("show", "documents", *datasets).output
    assert _run("review", *datasets).exit_code == 0
    assert "dictionary" in _run("dictionary", *datasets).output


def test_an_unknown_table_or_folder_is_a_usage_error_in_one_line(built: Path) -> None:
    for words in (
        ("show", "nonsense", "--datasets", built / "datasets"),
        ("build", "--seeds", built / "nowhere"),
        ("diff", "9.9.9", "0.1.0"),
    ):
        result = _run(*words)
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1


def test_a_folder_without_releases_says_how_to_get_one(tmp_path: Path) -> None:
    result = _run("verify", "--datasets", tmp_path)
    assert result.exit_code == 1
    assert "landscape build" in result.output


def test_explain_leads_from_a_claim_to_the_words_of_the_article(built: Path) -> None:
    claims = (built / "datasets" / "v0.1.0" / "csv" / "claims.csv").read_text("utf-8").splitlines()
    claim_id = claims[1].split(",")[0].strip('"')
    result = _run("explain", claim_id, "--datasets", built / "datasets", "--seeds", built / "seeds")
    assert result.exit_code == 0
    assert "【" in result.output
    assert _run("explain", "0123456789abcdef", "--datasets", built / "datasets").exit_code == 2


def test_a_second_build_says_that_there_is_nothing_new_and_what_is_still_in_quarantine(built: Path) -> None:
    result = _run("build", "--seeds", built / "seeds", "--datasets", built / "datasets", "--state", built / "state")
    assert result.exit_code == 3
    assert "nothing new:" in result.output
    assert "quarantined: empty.txt" in result.output


def test_a_build_without_a_change_takes_under_two_and_a_half_seconds(built: Path) -> None:
    folders = ["--seeds", built / "seeds", "--datasets", built / "datasets", "--state", built / "state"]
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", "build", *map(str, folders)], capture_output=True, text=True, check=False)
    assert "nothing new:" in done.stdout
    assert time.monotonic() - start < 2.5


def test_logs_and_outcome_in_json_are_json_line_by_line(built: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "build", "--seeds", built / "seeds", "--log", "json", "--workers", "2"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert [json.loads(line)["stage"] for line in done.stderr.splitlines()][:2] == ["documents", "extraction"]
    outcome = json.loads(done.stdout)
    assert (outcome["version"], outcome["is_new"]) == ("0.1.0", True)
    assert outcome["rejected"][0].startswith("empty.txt")


def test_an_error_with_json_logs_is_one_json_line(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    result = _run("build", "--seeds", tmp_path / "seeds", "--datasets", tmp_path / "d", "--state", tmp_path / "s", "--log", "json")
    assert result.exit_code == 1
    assert "no article came through" in json.loads(result.output.splitlines()[-1])["error"]


def test_options_that_cannot_work_are_usage_errors_in_one_line(built: Path) -> None:
    for words in (
        ("--corrections", built / "nowhere.csv"),
        ("--gold", built / "nowhere"),
        ("--on-failure", "https://example.org/hook"),
        ("--on-failure", "unclosed 'quote"),
    ):
        result = _run("build", "--seeds", built / "seeds", *words)
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1
    assert _run("bench", "pipeline", "--sizes", "ten").exit_code == 2


def test_extract_reads_one_article_and_prints_json_lines(built: Path) -> None:
    for option in ([], ["--mentions"]):
        lines = _run("extract", built / "seeds" / "page_hans.md", *option).output.splitlines()
        assert lines
        assert all(isinstance(json.loads(line), dict) for line in lines)


def test_publish_copies_a_release_whole_and_never_changes_one(built: Path, tmp_path: Path) -> None:
    assert _run("publish", tmp_path / "web", "--datasets", built / "datasets").exit_code == 0
    assert (tmp_path / "web" / "latest.json").exists()
    assert _run("verify", "--datasets", tmp_path / "web").exit_code == 0


def test_two_machines_give_the_same_bytes(tmp_path: Path) -> None:
    """Another time zone, locale, hash seed and number of threads: the same parquet and CSV."""
    made = []
    for number, (zone, locale, seed, threads) in enumerate((("UTC", "C.UTF-8", "0", "1"), ("Asia/Shanghai", "C", "4711", "8"))):
        root = tmp_path / str(number)
        shutil.copytree(ARTICLES, root / "seeds")
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "POLARS_MAX_THREADS": threads, "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "pipeline.cli", "build", "--seeds", "seeds", "--log", "silent"]
        done = subprocess.run(
            command, cwd=root, env=environment | {"SOURCE_DATE_EPOCH": "1764547200"}, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 3), done.stderr
        made.append(root / "datasets" / "v0.1.0")
    assert same_data(*made) == []


def test_a_key_signs_what_is_published_and_verify_asks_for_it(built: Path, tmp_path: Path) -> None:
    from pipeline.releases.signing import new_key

    new_key(tmp_path / "secret", tmp_path / "public")
    folders = ("--seeds", built / "seeds", "--datasets", tmp_path / "datasets", "--state", tmp_path / "state")
    assert _run("build", *folders, "--sign", tmp_path / "secret").exit_code == 3
    assert _run("verify", "--datasets", tmp_path / "datasets", "--key", tmp_path / "public").exit_code == 0
    assert _run("verify", "--datasets", built / "datasets", "--key", tmp_path / "public").exit_code == 1


def test_a_key_that_cannot_be_read_stops_the_run_in_one_line(built: Path, tmp_path: Path) -> None:
    folders = ("--seeds", built / "seeds", "--datasets", tmp_path / "datasets", "--state", tmp_path / "state")
    result = _run("build", *folders, "--log", "silent", "--sign", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "signing key cannot be read" in result.output
    assert not list((tmp_path / "datasets").glob("v*"))

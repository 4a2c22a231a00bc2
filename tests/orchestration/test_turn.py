"""One run at a time, a report of each, and somebody told when it ended badly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import dagster as dg
import pytest
from filelock import FileLock

from pipeline.errors import LandscapeError, UsageError
from pipeline.orchestration import hook
from pipeline.orchestration.places import Places
from pipeline.orchestration.progress import Lines, Silence, stage
from pipeline.orchestration.reports import append, read
from pipeline.orchestration.resources import Turn, Workplace
from pipeline.orchestration.turn import NOTE, turn
from pipeline.releases.layout import releases_in
from pipeline.releases.verify import verify


def _writes_to(file: Path) -> str:
    return f'{sys.executable} -c \'import sys; open("{file}", "a").write(sys.stdin.read() + chr(10))\''


def test_a_second_run_waits_and_says_so_then_gives_up_with_a_clear_line(places: Places) -> None:
    said: list[str] = []
    places.state.mkdir(parents=True)
    with (
        FileLock(places.state / "run.lock"),
        pytest.raises(LandscapeError, match="did not finish within"),
        turn(places, Lines(write=said.append), trigger="test", wait_seconds=0.2),
    ):
        pass
    assert len(said) == 1
    assert "is at work there; waiting" in said[0]


def test_a_turn_inside_a_turn_of_the_same_folder_is_part_of_it(places: Places) -> None:
    with turn(places, Silence(), trigger="test") as outer, turn(places, Silence(), trigger="inner") as inner:
        assert inner is outer
    assert len(read(places.reports)) == 1


def test_a_run_of_dagster_takes_its_turn_like_any_other(places: Places) -> None:
    places.state.mkdir(parents=True)
    resource = Turn(workplace=Workplace.of(places), wait_seconds=0.1)
    context = dg.build_init_resource_context()
    with (
        FileLock(places.state / "run.lock"),
        pytest.raises(LandscapeError, match="is at work there"),
        resource.yield_for_execution(context),
    ):
        pass
    with resource.yield_for_execution(context) as journal:
        assert journal.trigger.startswith("dagster")


def test_three_command_lines_at_once_make_one_release(places: Places) -> None:
    folders = ["--seeds", str(places.seeds), "--datasets", str(places.datasets), "--state", str(places.state)]
    command = [sys.executable, "-m", "pipeline.cli", "build", *folders, "--log", "plain"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate() for process in started]
    assert {process.returncode for process in started} <= {0, 3}, told
    assert sorted(out.split(":")[0] for out, _ in told) == ["nothing new", "nothing new", "published"]
    assert sum("is at work there; waiting" in err for _, err in told) >= 1
    assert [verify(folder) for folder in releases_in(places.datasets).values()] == [[]]
    assert sorted(report["outcome"] for report in read(places.reports)) == ["nothing new", "nothing new", "published"]


def test_every_run_leaves_a_report_with_its_stages(places: Places) -> None:
    with turn(places, Silence(), trigger="test") as journal, stage("documents") as under_way:
        under_way.rows = 3
        journal.learned(outcome="published", version="1.0.0")
    (report,) = read(places.reports)
    assert (report["outcome"], report["version"], report["trigger"]) == ("published", "1.0.0", "test")
    assert [(s["stage"], s["rows"]) for s in report["stages"]] == [("documents", 3)]
    assert report["peak_mb"] > 0
    assert not (places.state / NOTE).exists()


def test_a_failed_run_is_reported_and_told_to_a_command(places: Places, tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    places = replace(places, on_failure=_writes_to(told))
    with pytest.raises(LandscapeError), turn(places, Silence(), trigger="test"), stage("documents"):
        raise LandscapeError("seeds/a.txt: is no text; remove it")
    report = json.loads(told.read_text("utf-8"))
    assert (report["outcome"], report["error"]) == ("failed", "seeds/a.txt: is no text; remove it")
    assert read(places.reports) == [report]


def test_quarantine_is_told_and_a_run_without_any_is_not(places: Places, tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    places = replace(places, on_failure=_writes_to(told))
    with turn(places, Silence(), trigger="test") as journal:
        journal.learned(outcome="published", quarantined=0)
    assert not told.exists()
    with turn(places, Silence(), trigger="test") as journal:
        journal.learned(outcome="published", quarantined=2)
    assert json.loads(told.read_text("utf-8"))["quarantined"] == 2


def test_a_killed_run_is_found_reported_and_told_by_the_next(places: Places, tmp_path: Path) -> None:
    told = tmp_path / "told.jsonl"
    places = replace(places, on_failure=_writes_to(told))
    code = (
        "import os, signal; from pathlib import Path; from pipeline.orchestration.places import Places; from pipeline.orchestration.progress import "
        "Silence; from pipeline.orchestration.turn import turn\n"
        f"with turn(Places(state=Path({str(places.state)!r})), Silence(), trigger='victim'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    assert (places.state / NOTE).exists()
    with turn(places, Silence(), trigger="test") as journal:
        journal.learned(outcome="nothing new")
    assert [(r["outcome"], r["trigger"]) for r in read(places.reports)] == [("killed", "victim"), ("nothing new", "test")]
    assert json.loads(told.read_text("utf-8"))["outcome"] == "killed"


def test_a_url_on_this_machine_gets_the_report_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(503 if not got else 204)
            got.append(body)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    monkeypatch.setattr(hook, "PAUSES", (0.01,))
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert hook.tell(f"http://127.0.0.1:{server.server_port}/hook", {"outcome": "failed"}) is None
        server.shutdown()
    assert [json.loads(body) for body in got] == [{"outcome": "failed"}] * 2


def test_a_url_elsewhere_is_refused_and_a_hook_that_fails_costs_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="this machine only"):
        hook.checked("https://example.org/hook")
    monkeypatch.setattr(hook, "PAUSES", ())
    for target in ("false", "no-such-command-at-all", "http://127.0.0.1:9/"):
        problem = hook.tell(hook.checked(target) or "", {})
        assert problem is not None
        assert "\n" not in problem


def test_a_report_cut_short_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "runs.jsonl"
    append(file, {"outcome": "published"})
    with file.open("a", encoding="utf-8") as handle:
        handle.write('{"outcome": "fai')
    assert read(file) == [{"outcome": "published"}]


@pytest.mark.skipif(os.geteuid() != 0 and os.name != "posix", reason="needs a POSIX file system")
def test_a_state_folder_that_cannot_be_written_is_one_clear_line(places: Places, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with (
        pytest.raises(LandscapeError, match="give --state a folder that can be written") as caught,
        turn(replace(places, state=tmp_path / "file" / "state"), Silence(), trigger="test"),
    ):
        pass
    assert "\n" not in str(caught.value)

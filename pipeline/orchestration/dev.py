"""Dagster's own UI and daemon, started for a person: on loopback, state in one folder, telemetry off."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import LandscapeError
from pipeline.orchestration.places import ENVIRONMENT, Places

SETTINGS = """\
# Written by `landscape dev`. No telemetry, no invitations; one run at a time; a run that lost its process is marked as failed.
telemetry:
  enabled: false
nux:
  enabled: false
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
"""

WORKSPACE = """\
load_from:
  - python_module:
      module_name: pipeline.orchestration.definitions
      location_name: landscape
"""


def serve(port: int, places: Places) -> None:
    """Replace this process by `dagster dev`. Raises LandscapeError if the UI is not installed or the state folder cannot be written."""
    if find_spec("dagster_webserver") is None:
        raise LandscapeError("the UI is not installed; run `make dev`, or pip install 'chinese-llm-landscape[ui]'")
    home = (places.state / "dagster").resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "dagster.yaml").write_text(SETTINGS, "utf-8")
        (home / "workspace.yaml").write_text(WORKSPACE, "utf-8")
    except OSError as error:
        raise LandscapeError(f"{home}: cannot keep state there ({error.strerror}); give --state a folder that can be written") from error
    os.environ |= environment(places) | {"DAGSTER_HOME": str(home)}
    dagster = Path(sys.executable).with_name("dagster")
    os.execv(dagster, [str(dagster), "dev", "-w", str(home / "workspace.yaml"), "-h", "127.0.0.1", "-p", str(port)])


def environment(places: Places) -> dict[str, str]:
    """The variables that make the code location work at these places; paths are absolute, as its processes may stand elsewhere."""
    given = {name: getattr(places, name) for name in ENVIRONMENT}
    return {
        ENVIRONMENT[name]: str(value.resolve() if isinstance(value, Path) else value) for name, value in given.items() if value is not None
    }

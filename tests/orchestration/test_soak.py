"""A short soak; the long one is `python tests/orchestration/soak.py --ticks 300`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_ticks_with_kills_end_where_a_build_from_nothing_does() -> None:
    """In a process of its own: it forks, which a test process full of threads must not do."""
    script = Path(__file__).with_name("soak.py")
    done = subprocess.run(
        [sys.executable, str(script), "--ticks", "12", "--seed", "7", "--kills", "0.9"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "problems: none" in done.stdout
    assert " 0 were killed" not in done.stdout

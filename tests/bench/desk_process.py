"""A desk in a process of its own, started by the command that people type."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.cities import ROOT

SECONDS = 60.0


@dataclass(frozen=True)
class StartedDesk:
    """A desk whose list is filled and whose map is sharp.

    Attributes:
        seconds: from the command until then.
        window_pid, engine_pid: its two processes.
    """

    seconds: float
    window_pid: int
    engine_pid: int


@contextmanager
def announced(database: Path) -> Iterator[StartedDesk]:
    """Start a desk, wait until it is ready, and end it at the end of the block."""
    command = [str(ROOT / "wanmi"), "desk", "--db", str(database), "--announce-ready"]
    with tempfile.TemporaryDirectory(prefix="wanmi-bench-") as home:
        # A home of its own: it shall start as on the first day, and leave no layout behind.
        variables = os.environ | {"QT_QPA_PLATFORM": "offscreen", "WANMI_HOME": home}
        started = perf_counter()
        process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            seconds = perf_counter() - started
            said = json.loads(line)
            yield StartedDesk(seconds, said["window"], said["engine"])
        finally:
            process.terminate()
            process.wait(SECONDS)

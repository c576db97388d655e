"""A whole demo city on the disk, built once by the command that a user types."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command of Wanmi in a process of its own, as `./wanmi` does."""
    home = tmp_path_factory.mktemp("home")

    def run_command(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "WANMI_HOME": str(home), "WANMI_LANGUAGE": "en"}
        environment.pop("DISPLAY", None)
        return subprocess.run(
            [sys.executable, "-m", "app", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run_command


@pytest.fixture(scope="session")
def toured(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demo's database and the folder of its tour, after `demo --headless`."""
    folder = tmp_path_factory.mktemp("tour")
    database = tmp_path_factory.mktemp("city") / "demo.sqlite"
    answer = run("demo", "--db", str(database), "--headless", str(folder), "--components", "4000")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return database, folder

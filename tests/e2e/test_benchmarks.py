"""Every benchmark runs, in its short version, and prints one line; its figures are not judged."""

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.__main__ import BENCHES, PARTS

ROOT = Path(__file__).parents[2]
SECONDS = 240
KEYS = ("name", "ours", "peer", "ratio", "unit", "n")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home for all of them, so that the small city is built once."""
    with tempfile.TemporaryDirectory(prefix="wanmi-") as folder:
        yield Path(folder)


@pytest.mark.qgis
@pytest.mark.parametrize("name", [name for name in BENCHES if name not in PARTS])
def test_a_benchmark_prints_one_line_with_its_peer(name: str, home: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-P", "-m", "tests.bench", name, "--small"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "WANMI_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    (line,) = run.stdout.splitlines()
    said = json.loads(line)
    assert tuple(said)[: len(KEYS)] == KEYS
    assert said["name"] == name
    for figure in (said["ours"], said["peer"], said["ratio"]):
        assert math.isfinite(figure)
        assert figure > 0
    assert said["n"] >= 1
    assert isinstance(said["holds"], bool)


def test_an_unknown_benchmark_is_refused_with_those_there_are(home: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-P", "-m", "tests.bench", "map-shrap"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "WANMI_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert run.returncode == 2
    assert 'there is no benchmark "map-shrap"' in run.stderr
    assert "map-sharp" in run.stderr

"""What every test of the window's interpreter gets: a home of its own, no display, no noise."""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# Two cores are shared with whatever else runs there, and a suite says the same thing twice.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def wanmi_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A `WANMI_HOME` of the test's own.

    Not below `tmp_path`: the address of a local socket may be only 107 bytes long.
    """
    with tempfile.TemporaryDirectory(prefix="wanmi-") as folder:
        monkeypatch.setenv("WANMI_HOME", folder)
        yield Path(folder)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test during which the program logged a warning that the test does not expect."""
    yield
    if request.node.get_closest_marker("expects_log"):
        return
    noise = [line for line in caplog.get_records("call") if line.levelno >= logging.WARNING]
    if noise:
        pytest.fail("logged: " + "; ".join(line.getMessage() for line in noise))

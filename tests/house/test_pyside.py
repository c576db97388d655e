"""The Qt of the window is the one we chose, and it starts on every platform that we promise."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import PySide6
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 3_000
DRIFT = 20

OPEN_A_WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("数字城管")
label.show()
application.processEvents()
print(application.platformName())
"""


def test_a_void_call_keeps_its_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one at every call on Python 3.10 and 3.11; 5,000 of them abort it."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < DRIFT


def test_it_is_the_release_that_we_tested() -> None:
    assert PySide6.__version__ == "6.11.2"


@pytest.fixture
def display() -> Iterator[str]:
    """A display without a screen."""
    reader, writer = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        yield f":{number}"
        server.terminate()


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb comes with `./wanmi test` only")
def test_a_window_opens_on_an_x_display(display: str) -> None:
    """The xcb platform loads its libraries only then, so a missing distribution package shows."""
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    answer = subprocess.run(
        [sys.executable, "-c", OPEN_A_WINDOW],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (answer.returncode, answer.stdout.strip()) == (0, "xcb"), answer.stderr

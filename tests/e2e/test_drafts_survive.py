"""A desk that is killed with SIGKILL while somebody types: the next one shows the words again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.demo_city.build import build
from app.desk import Desk
from app.paths import drafts_dir
from app.tour.hands import came_true
from tests.e2e.conftest import ROOT
from tests.helpers.typing_desk import ALPHABET, OPINION, hands_of
from ui.actions import ActionId
from ui.desk.layout_memory import DeskLayout
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME

pytestmark = pytest.mark.qgis
ENOUGH = 100
"""Letters, at one every 20 ms: two seconds of typing, so that a late first writing is seen."""

LOST_MS = 1_000


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo city."""
    path = tmp_path_factory.mktemp("small") / "demo.sqlite"
    build(path, components=1500, cases=120, now=datetime.now(CHINA_STANDARD_TIME))
    return path


@pytest.fixture
def killed(city: Path, wanmi_home: Path) -> tuple[CaseId, list[tuple[int, int]]]:
    """The case that was written on, and how long the report was at which millisecond."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.typing_desk", str(city)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    case_id, typed = CaseId(0), list[tuple[int, int]]()
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            what, *numbers = line.split()
            if what == "case":
                case_id = CaseId(int(numbers[0]))
            else:
                typed.append((int(numbers[0]), int(numbers[1])))
            if len(typed) == ENOUGH:
                process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    return case_id, typed


@pytest.fixture
def desk(qapp: QApplication, killed: tuple[CaseId, object], city: Path) -> Iterator[Desk]:
    """The desk that is opened after the kill."""
    where = str(city)
    desk = Desk(where, DeskLayout(), None, drafts_dir(where))
    desk.window.show()
    assert came_true(lambda: desk.session.is_ready)
    yield desk
    desk.window.close()
    desk.close()


def text(desk: Desk, name: str) -> str:
    found = desk.window.findChild(QPlainTextEdit, name)
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


def test_at_most_a_second_of_typing_is_lost_and_the_step_is_there_too(
    desk: Desk, killed: tuple[CaseId, list[tuple[int, int]]]
) -> None:
    case_id, typed = killed
    hands = hands_of(desk)
    desk.session.selection.select(case_id, "list")
    hands.wait("the opinion", lambda: text(desk, "opinion") == OPINION)

    desk.window.table[ActionId.NEW_REPORT].trigger()
    found = text(desk, "report-description")
    last = typed[-1][1]
    safe = max(length for length, at in typed if at <= last - LOST_MS)
    assert len(found) >= safe > 0
    assert found == (ALPHABET * (len(found) // len(ALPHABET) + 1))[: len(found)]
    said = " ".join(notice.text for notice in desk.session.notices.kept)
    assert "Ctrl+N" in said

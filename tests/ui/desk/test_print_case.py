"""Printing in the desk: a button and a key, a file that is whole or not there, and sentences."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from ui.actions import ActionId
from ui.desk.case_tools import PrintFile
from ui.desk.window import DeskWindow
from ui.notices import Level
from ui.session import DeskSession
from workflow.errors import NotFound


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the operator picks."""
    path = tmp_path / "案件.pdf"
    monkeypatch.setattr(PrintFile, "ask", classmethod(lambda cls, parent, usual: path))
    return path


def printed(qtbot: QtBot, window: DeskWindow, session: DeskSession) -> str:
    """What the desk says once printing is over."""
    settle(qtbot, session)
    qtbot.waitUntil(lambda: window.tools.printer.is_idle, timeout=20_000)
    return next(one.text for one in reversed(session.notices.kept) if one.key == "print")


def test_the_button_prints_the_case_on_screen(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, target: Path
) -> None:
    button = window.frame.case_panel.findChild(QPushButton, "print-case")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    file = window.frame.case_panel.file
    assert file is not None
    said = printed(qtbot, window, new_session)
    assert file.case.number in said
    assert str(target) in said
    assert target.read_bytes().startswith(b"%PDF-")
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def test_the_key_prints_too_and_replaces_an_older_print(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, target: Path
) -> None:
    target.write_text("an older print")
    assert window.table[ActionId.PRINT].shortcut().toString() == "Ctrl+P"
    window.table[ActionId.PRINT].trigger()
    printed(qtbot, window, new_session)
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_dialog_that_is_cancelled_prints_nothing(
    window: DeskWindow, new_session: DeskSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PrintFile, "ask", classmethod(lambda cls, parent, usual: None))
    window.table[ActionId.PRINT].trigger()
    assert window.tools.printer.is_idle


def test_a_folder_that_is_not_there_is_a_sentence(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, tmp_path: Path
) -> None:
    window.tools.print_to(tmp_path / "gone" / "case.pdf")
    said = printed(qtbot, window, new_session)
    assert "无法打印到" in said
    assert "该位置不存在" in said


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_takes_nothing_is_a_sentence_and_leaves_the_older_print(
    qtbot: QtBot,
    window: DeskWindow,
    new_session: DeskSession,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    target.write_text("an older print")

    def full(path: Path, data: bytes) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", full)
    window.tools.print_to(target)
    said = printed(qtbot, window, new_session)
    assert "请另选文件夹，或腾出空间" in said
    monkeypatch.undo()
    assert target.read_text() == "an older print"
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def test_photos_that_are_gone_do_not_stop_the_print(
    qtbot: QtBot,
    window: DeskWindow,
    new_session: DeskSession,
    record: FakeRecord,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(sha256: str) -> bytes:
        raise NotFound("The photo {sha256} is not in the store.", sha256=sha256)

    monkeypatch.setattr(record, "photo", gone)
    window.table[ActionId.PRINT].trigger()
    printed(qtbot, window, new_session)
    assert target.exists()
    assert new_session.notices.kept[-1].level is Level.DONE

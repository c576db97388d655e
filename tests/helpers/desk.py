"""What tests of windows do again and again."""

from pytestqt.qtbot import QtBot

from ui.session import DeskSession


def settle(qtbot: QtBot, session: DeskSession) -> None:
    """Wait until every question asked so far is answered."""
    qtbot.waitUntil(lambda: session.door.idle)

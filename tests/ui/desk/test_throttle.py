"""At most every so often, and never losing the last request."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.throttle import Throttle


def test_the_first_request_is_served_at_once_and_a_flood_once_more(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    throttle = Throttle(lambda: done.append(len(done)), 30, owner)
    throttle.request()
    assert done == [0]
    for _ in range(50):
        throttle.request()
    assert done == [0]
    qtbot.waitUntil(lambda: done == [0, 1])
    throttle.request()
    qtbot.waitUntil(lambda: done == [0, 1, 2])


def test_without_a_further_request_nothing_more_is_done(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    throttle = Throttle(lambda: done.append(1), 5, owner)
    throttle.request()
    with qtbot.waitSignal(throttle._pause.timeout):
        pass
    assert done == [1]


def test_it_says_whether_a_request_waits(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    throttle = Throttle(lambda: done.append(1), 30, owner)
    throttle.request()
    waited = [throttle.is_waiting]
    throttle.request()
    waited.append(throttle.is_waiting)
    qtbot.waitUntil(lambda: len(done) == 2)
    waited.append(throttle.is_waiting)
    assert waited == [False, True, False]

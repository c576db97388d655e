"""Rows of a queue: their icons, and the columns of the problem library."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.helpers.engine_record import EngineRecord
from tests.helpers.trade import DISPATCHER, FRIDAY_MORNING, manhole_report
from ui.case_list.delegate import QueueDelegate
from ui.case_list.library_words import age_words, review_lamp, review_words, unit_words
from ui.case_list.row_marks import marks_of
from ui.theme.tokens import LIGHT
from workflow.clock import Lamp
from workflow.commands import Move
from workflow.queries import QueueRow


@pytest.fixture
def row() -> QueueRow:
    """A row without any mark."""
    record = EngineRecord()
    case_id = record.walk("accept", "file", at=FRIDAY_MORNING, report=manhole_report())
    return record.rows([case_id])[0]


@pytest.fixture
def suspended() -> QueueRow:
    """A row of the problem library: suspended for thirty days."""
    record = EngineRecord()
    steps = ("accept", "file", "dispatch", "sign", "askSuspend", "auditSuspend:approved")
    case_id = record.walk(*steps, at=FRIDAY_MORNING, report=manhole_report())
    return record.rows([case_id])[0]


def icons(row: QueueRow) -> list[str]:
    return [mark.icon + mark.text for mark in marks_of(row)]


def test_a_row_that_nothing_happened_to_has_no_icon(row: QueueRow) -> None:
    assert icons(row) == []


def test_what_presses_comes_first_and_counts_stand_beside_their_icons(row: QueueRow) -> None:
    marked = replace(
        row,
        urgent=True,
        supervised="leader",
        request_kind="extension",
        return_count=1,
        rework_count=2,
        extension_count=3,
        duplicate=True,
    )
    assert icons(marked) == [
        "urgent",
        "supervised",
        "request",
        "returned",
        "rework2",
        "extended3",
        "duplicate",
    ]
    assert [mark.tip for mark in marks_of(marked)][:3] == ["急要件", "领导督办", "延期待批"]


def test_a_claimed_row_shows_the_lock_with_the_name() -> None:
    record = EngineRecord()
    case_id = record.walk("accept", "file", at=FRIDAY_MORNING, report=manhole_report())
    record.take(case_id, (DISPATCHER, Move(operation="claim")), FRIDAY_MORNING)
    (mark,) = marks_of(record.rows([case_id])[0])
    assert (mark.icon, mark.text, mark.tip) == ("lock", "周敏", "周敏 正在办理")


def test_marks_that_have_no_room_are_left_out_rather_than_cut(qtbot: QtBot, row: QueueRow) -> None:
    delegate = QueueDelegate(LIGHT, lambda: FRIDAY_MORNING)
    marked = replace(row, urgent=True, supervised="leader", return_count=4)
    wide, narrow = QRectF(0, 0, 450, 60), QRectF(0, 0, 150, 60)
    assert len(list(delegate._mark_places(wide, marked, 400))) == 3
    places = list(delegate._mark_places(narrow, marked, 130))
    assert len(places) < 3
    assert all(place.right() <= 130 for _, place in places)


def test_the_library_says_whose_since_when_how_long_and_until_when(suspended: QueueRow) -> None:
    now = FRIDAY_MORNING + timedelta(days=12)
    assert unit_words(suspended) == "照明中心"
    assert age_words(suspended, now) == "11-20 起 12 天"
    assert review_words(suspended) == "复核 12-20"


@pytest.mark.parametrize(("days", "lamp"), [(1, Lamp.BLUE), (25, Lamp.YELLOW), (31, Lamp.RED)])
def test_a_review_that_is_near_or_has_passed_stands_out(
    suspended: QueueRow, days: int, lamp: Lamp
) -> None:
    assert review_lamp(suspended, FRIDAY_MORNING + timedelta(days=days)) is lamp


def test_a_row_of_the_library_is_drawn_in_its_columns(qtbot: QtBot, suspended: QueueRow) -> None:
    """Whatever is drawn, nothing is drawn over the edge of the row."""
    delegate = QueueDelegate(LIGHT, lambda: FRIDAY_MORNING)
    delegate.is_library = True
    image = QImage(452, 80, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    delegate._library_line(painter, QRectF(36, 32, 400, 20), suspended, FRIDAY_MORNING)
    painter.end()
    drawn = [
        QPointF(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha()
    ]
    assert drawn
    assert all(36 <= at.x() <= 437 and 28 <= at.y() <= 56 for at in drawn)

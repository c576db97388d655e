"""The slider: pixels left of the handle are of the first picture, right of it of the second."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.photo_viewer.compare_canvas import MOST_ZOOM, CompareCanvas
from ui.theme.tokens import DARK, LIGHT

RED, BLUE = QColor("#ff0000"), QColor("#0000ff")


def picture(colour: QColor, width: int = 80, height: int = 60) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


@pytest.fixture
def canvas(qtbot: QtBot) -> CompareCanvas:
    canvas = CompareCanvas(LIGHT)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.set_names("上报", "处置后")
    canvas.set_images(picture(RED), picture(BLUE))
    canvas.show()
    return canvas


def colour(canvas: CompareCanvas, x: int, y: int = 80) -> QColor:
    return canvas.grab().toImage().pixelColor(x, y)


def turn_wheel(canvas: CompareCanvas, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        canvas.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_the_handle_parts_the_two_pictures(canvas: CompareCanvas) -> None:
    assert (colour(canvas, 150), colour(canvas, 250)) == (RED, BLUE)
    canvas.set_share(0.25)
    assert (colour(canvas, 80), colour(canvas, 150)) == (RED, BLUE)


def test_dragging_moves_the_handle_and_no_farther_than_the_edge(
    qtbot: QtBot, canvas: CompareCanvas
) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(canvas, QPoint(300, 150))
    assert canvas.share == pytest.approx(0.75)
    qtbot.mouseMove(canvas, QPoint(900, 150))
    assert canvas.share == 1.0
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(900, 150))
    qtbot.mouseMove(canvas, QPoint(40, 150))
    assert canvas.share == 1.0


def test_arrow_keys_move_the_handle(qtbot: QtBot, canvas: CompareCanvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.share == pytest.approx(0.48)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.share == pytest.approx(0.58)
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.share == 1.0
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.share == 0.0


def test_the_wheel_enlarges_around_the_pointer_within_bounds(canvas: CompareCanvas) -> None:
    turn_wheel(canvas, QPoint(100, 100), 1)
    assert canvas.zoom == pytest.approx(1.25)
    turn_wheel(canvas, QPoint(100, 100), 40)
    assert canvas.zoom == MOST_ZOOM
    turn_wheel(canvas, QPoint(100, 100), -80)
    assert canvas.zoom == 1.0


def test_what_is_under_the_pointer_stays_there_while_it_is_enlarged(canvas: CompareCanvas) -> None:
    halves = picture(RED)
    for y in range(halves.height()):
        for x in range(halves.width() // 2, halves.width()):
            halves.setPixelColor(x, y, BLUE)
    canvas.set_names("上报", "")
    canvas.set_images(halves, None)
    turn_wheel(canvas, QPoint(200, 150), 4)
    assert (colour(canvas, 190, 150), colour(canvas, 210, 150)) == (RED, BLUE)


def test_an_enlarged_picture_is_moved_by_dragging_beside_the_handle(
    qtbot: QtBot, canvas: CompareCanvas
) -> None:
    canvas.set_share(0.9)
    turn_wheel(canvas, QPoint(200, 150), 3)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 150))
    qtbot.mouseMove(canvas, QPoint(160, 150))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 150))
    assert canvas.share == pytest.approx(0.9)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 150))
    assert canvas.zoom == 1.0


def test_a_single_picture_has_the_whole_place(canvas: CompareCanvas) -> None:
    canvas.set_names("上报", "")
    canvas.set_images(picture(RED), None)
    assert (colour(canvas, 80), colour(canvas, 320)) == (RED, RED)
    canvas.set_names("", "处置后")
    canvas.set_images(None, picture(BLUE))
    assert (colour(canvas, 80), colour(canvas, 320)) == (BLUE, BLUE)


def test_side_by_side_both_are_whole_and_there_is_no_handle(
    qtbot: QtBot, canvas: CompareCanvas
) -> None:
    canvas.set_share(0.1)
    canvas.set_beside(True)
    assert (colour(canvas, 60, 150), colour(canvas, 340, 150)) == (RED, BLUE)
    assert colour(canvas, 100, 60) != RED  # a picture of 4:3 does not fill half of 4:3
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert canvas.share == pytest.approx(0.1)


def test_pictures_that_are_missing_are_words_and_no_crash(canvas: CompareCanvas) -> None:
    canvas.set_images(None, QImage())
    canvas.set_theme(DARK)
    assert not canvas.grab().isNull()

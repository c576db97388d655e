"""The explained deadline on the screen: pointed at, walked through, extended in thought."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from tests.helpers import told_cases
from tests.helpers.told_cases import Told
from ui.deadline.panel import DeadlinePanel
from ui.deadline.placing import GUTTER, HEIGHTS, ROWS_TOP
from ui.deadline.spans import RowKind
from ui.session import DeskSession
from ui.theme.tokens import DARK


@pytest.fixture
def panel(qtbot: QtBot, session: DeskSession) -> Iterator[DeadlinePanel]:
    panel = DeadlinePanel(session)
    qtbot.addWidget(panel)
    panel.resize(900, 640)
    yield panel
    panel.hide()


def show(panel: DeadlinePanel, session: DeskSession, told: Told) -> None:
    session.now = lambda: told.now
    panel.explain(told.file)
    panel.show()


def label(panel: DeadlinePanel, name: str) -> QLabel:
    found = panel.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


@pytest.mark.parametrize("make", told_cases.ALL, ids=lambda make: make.__name__)
def test_every_life_can_be_drawn_light_and_dark(
    panel: DeadlinePanel, session: DeskSession, make: object
) -> None:
    assert callable(make)
    show(panel, session, make())
    assert not panel.grab().isNull()
    session.set_theme(DARK)
    panel.resize(620, 500)
    assert not panel.grab().isNull()


def test_a_stretch_that_is_pointed_at_explains_itself(
    panel: DeadlinePanel, session: DeskSession
) -> None:
    show(panel, session, told_cases.fresh())
    middle = ROWS_TOP + HEIGHTS[RowKind.HOLDERS] + 15
    QTest.mouseMove(panel.canvas, QPoint(GUTTER + 10, middle))
    assert panel.sentence == "11-20 09:12:05–09:14:08 计入受理时限 2 分 3 秒，受理员经办"
    assert panel.canvas.accessibleName() == panel.sentence


def test_the_arrow_keys_walk_through_the_stretches_and_the_rows(
    panel: DeadlinePanel, session: DeskSession
) -> None:
    show(panel, session, told_cases.over_a_weekend())
    canvas = panel.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert panel.sentence.startswith("11-20 14:30–14:33:06 计入受理时限")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert panel.sentence.startswith("11-20 14:33:06–14:39:06 计入立案时限")
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert panel.sentence.startswith("值班长 徐强（待立案）")
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert panel.sentence.startswith("立案计时，时限 15 分钟")
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert panel.sentence.startswith("处置计时，时限 4 工作时")


def test_what_is_chosen_stays_chosen_while_time_passes(
    panel: DeadlinePanel, session: DeskSession
) -> None:
    told = told_cases.over_a_weekend()
    show(panel, session, told)
    panel.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Home)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Home)
    before = panel.sentence
    session.ticked.emit(told.now.replace(minute=59))
    assert panel.sentence == before
    assert "超时 3 时 15 分" in label(panel, "deadline-title").text()


def test_the_slider_moves_the_deadline_and_submits_nothing(
    panel: DeadlinePanel, session: DeskSession
) -> None:
    show(panel, session, told_cases.extended())
    spin = panel.findChild(QSpinBox, "what-if-amount")
    slider = panel.findChild(QSlider, "what-if-slider")
    assert isinstance(spin, QSpinBox)
    assert isinstance(slider, QSlider)
    assert label(panel, "what-if-result").text() == "仅试算，不提交"
    slider.setValue(4)
    assert spin.value() == 4
    assert spin.text() == "4 工作时"
    assert "到期由 11-19 10:50:12 改为 11-19 16:50:12" in label(panel, "what-if-result").text()
    spin.setValue(0)
    assert slider.value() == 0
    assert label(panel, "what-if-result").text() == "仅试算，不提交"


def test_another_case_is_asked_about_anew(panel: DeadlinePanel, session: DeskSession) -> None:
    show(panel, session, told_cases.extended())
    panel.findChild(QSlider, "what-if-slider").setValue(4)  # type: ignore[union-attr]
    show(panel, session, told_cases.fresh())
    assert panel.what_if.by is None
    show(panel, session, told_cases.reworked())
    assert not panel.what_if.isVisible()


def test_a_provisional_deadline_stands_in_yellow_words(
    panel: DeadlinePanel, session: DeskSession
) -> None:
    show(panel, session, told_cases.across_the_year())
    unsure = label(panel, "deadline-provisional")
    assert unsure.isVisible()
    assert "2027 年" in unsure.text()
    show(panel, session, told_cases.over_a_weekend())
    assert not unsure.isVisible()


def test_escape_puts_it_away(qtbot: QtBot, panel: DeadlinePanel, session: DeskSession) -> None:
    show(panel, session, told_cases.fresh())
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()

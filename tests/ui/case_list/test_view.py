"""The list and its panel: keys, one selection, refreshes that leave the operator alone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_city import boxes_of
from tests.helpers.fake_record import NOW, FakeRecord
from ui.case_list.panel import QueuePanel
from ui.case_list.view import QueueView
from ui.session import DeskSession
from workflow.clock import Lamp
from workflow.commands import Move
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post

WAITING, *_, ALL_OPEN = boxes_of(Post.DISPATCHER)


@pytest.fixture
def panel(qtbot: QtBot, session: DeskSession) -> QueuePanel:
    """The queue panel with the dispatcher's first box open."""
    panel = QueuePanel(session)
    qtbot.addWidget(panel)
    panel.resize(452, 700)
    panel.show()
    panel.open_box(WAITING)
    settle(qtbot, session)
    return panel


def chosen(view: QueueView) -> CaseId | None:
    """The case of the marked row."""
    index = view.currentIndex()
    return view.model().row_at(index.row()).case_id if index.isValid() else None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ([Qt.Key.Key_Down], 1),
        ([Qt.Key.Key_J, Qt.Key.Key_J], 2),
        ([Qt.Key.Key_J, Qt.Key.Key_K], 0),
        ([Qt.Key.Key_End], -1),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_Up], 0),
    ],
)
def test_keys_move_through_the_list_and_choose(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel, keys: list[Qt.Key], place: int
) -> None:
    panel.view.choose_first()
    for key in keys:
        qtbot.keyClick(panel.view, key)
    wanted = panel.model.row_at(place % panel.model.rowCount()).case_id
    assert session.selection.case_id == wanted == chosen(panel.view)


def test_enter_opens_and_space_locates(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.view.choose_first()
    with qtbot.waitSignal(panel.view.opened):
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.view.locate_wanted) as wanted:
        qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert wanted.args == [session.selection.case_id]


def test_letters_do_not_search_the_list(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.view.choose_first()
    before = chosen(panel.view)
    qtbot.keyClicks(panel.view, "xd")
    assert chosen(panel.view) == before


def test_a_choice_made_elsewhere_is_marked_here(session: DeskSession, panel: QueuePanel) -> None:
    case_id = panel.model.row_at(4).case_id
    session.selection.select(case_id, "map")
    assert chosen(panel.view) == case_id


def test_a_chosen_case_of_another_box_is_not_marked_and_the_panel_says_so(
    record: FakeRecord, session: DeskSession, panel: QueuePanel
) -> None:
    here = {panel.model.row_at(place).case_id for place in range(panel.model.rowCount())}
    other = next(marker.case_id for marker in record.markers() if marker.case_id not in here)
    session.selection.select(other, "map")
    assert chosen(panel.view) is None
    assert panel._elsewhere.isVisible()


def test_when_the_chosen_case_leaves_the_selection_stays_and_the_next_key_takes_its_place(
    qtbot: QtBot, record: FakeRecord, session: DeskSession, panel: QueuePanel
) -> None:
    panel.view.setCurrentIndex(panel.model.index(3))
    row, after = panel.model.row_at(3), panel.model.row_at(4).case_id
    move = Move(operation="dispatch", department_id=DepartmentId(1))
    with qtbot.waitSignal(session.changed):
        record.move(row.case_id, row.version, move, record.seats()[0], NOW)
    settle(qtbot, session)
    assert session.selection.case_id == row.case_id
    assert chosen(panel.view) is None
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert session.selection.case_id == after


def test_a_refresh_keeps_selection_and_scroll(
    qtbot: QtBot, record: FakeRecord, session: DeskSession, panel: QueuePanel
) -> None:
    panel.view.setCurrentIndex(panel.model.index(5))
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before, scroll = chosen(panel.view), bar.value()
    panel.model.refresh()
    settle(qtbot, session)
    assert (chosen(panel.view), bar.value()) == (before, scroll)


def test_an_empty_box_says_so(qtbot: QtBot, session: DeskSession, panel: QueuePanel) -> None:
    assert panel.view.empty_text == ""
    mine = next(box for box in boxes_of(Post.DISPATCHER) if box.mine)
    panel.open_box(mine, 0)
    settle(qtbot, session)
    assert panel.view.empty_text == "此箱没有案件"
    panel.filter_bar.set_text("没有这样的案件")
    settle(qtbot, session)
    assert panel.view.empty_text == "本箱没有符合条件的案件"


def test_the_title_counts_the_box_and_what_a_filter_leaves(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.set_total(19)
    assert panel._sub.text() == "19 件 · 按剩余时间"
    panel.filter_bar.choose_lamp(Lamp.RED)
    settle(qtbot, session)
    assert panel._sub.text() == f"符合 {panel.model.rowCount()} 件 · 按剩余时间"
    panel.filter_bar.clear()
    settle(qtbot, session)
    assert panel._sub.text() == "19 件 · 按剩余时间"


def test_a_chip_switches_its_filter_on_and_off(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.filter_bar.show()
    chip = panel.filter_bar._lamps[Lamp.YELLOW]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert panel.filter_bar.filter.lamp is Lamp.YELLOW
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert panel.filter_bar.filter.lamp is None


def test_another_box_begins_at_its_top_wherever_the_one_before_was(
    qtbot: QtBot, session: DeskSession, panel: QueuePanel
) -> None:
    panel.resize(452, 200)
    panel.open_box(ALL_OPEN)
    settle(qtbot, session)
    panel.view.scrollToBottom()
    assert panel.view.verticalScrollBar().value() > 0
    panel.open_box(WAITING)
    settle(qtbot, session)
    assert panel.view.verticalScrollBar().value() == 0


def test_what_a_row_cuts_off_is_said_on_hover(panel: QueuePanel) -> None:
    row = panel.model.row_at(0)
    hint = panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert row.address in hint
    assert row.condition in hint

"""The desk as a whole: one selection, boxes, search, seats, reports, notices, keys."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import NOW, FakeClassSearch, FakeRecord, opened
from ui.actions import ActionId, desk_actions
from ui.data import DataDoor
from ui.desk.window import DeskWindow
from ui.notices import Level
from ui.session import DeskSession
from ui.theme.tokens import DARK, LIGHT
from workflow.commands import Move
from workflow.errors import NotFound
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.ports import Record
from workflow.posts import Post, Seat
from workflow.states import State


def first_case(window: DeskWindow) -> CaseId:
    """The case on top of the queue."""
    return window.frame.queue.model.row_at(0).case_id


def test_the_first_box_is_open_and_filled_and_its_first_case_chosen(
    window: DeskWindow, new_session: DeskSession
) -> None:
    assert window.frame.queue.box is not None
    assert window.frame.queue.box.title == "待派遣"
    assert window.frame.queue.model.rowCount() == window.frame.boxes.model.counts[0].total
    assert new_session.selection.case_id == first_case(window)
    assert "陆家嘴" in window.frame.bar._city.text()
    assert "合成数据" in window.frame.bar._city.text()


def test_choosing_in_the_list_moves_the_map_and_fills_the_case_panel(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    window.frame.queue.view.setCurrentIndex(window.frame.queue.model.index(3))
    settle(qtbot, new_session)
    row = window.frame.queue.model.row_at(3)
    assert window.frame.case_panel.file is not None
    assert window.frame.case_panel.file.case.id == row.case_id
    canvas = window.frame.map_view.canvas
    assert canvas is not None
    assert canvas.centre == pytest.approx((row.lon, row.lat), abs=1e-6)


def test_clicking_a_marker_chooses_in_list_and_panel_and_leaves_the_map_where_it_is(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    canvas = window.frame.map_view.canvas
    assert canvas is not None
    before = canvas.centre
    row = window.frame.queue.model.row_at(5)
    canvas.marker_clicked.emit("cases", row.case_id)
    settle(qtbot, new_session)
    assert window.frame.queue.view.currentIndex().row() == 5
    assert window.frame.case_panel.file is not None
    assert window.frame.case_panel.file.case.id == row.case_id
    assert canvas.centre == before


def test_what_another_seat_does_refreshes_counts_and_rows_without_touching_the_choice(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    window.frame.queue.view.setCurrentIndex(window.frame.queue.model.index(2))
    settle(qtbot, new_session)
    chosen = new_session.selection.case_id
    before = window.frame.boxes.model.counts[0].total
    gone = window.frame.queue.model.row_at(0)
    move = Move(operation="dispatch", department_id=DepartmentId(1))
    with qtbot.waitSignal(new_session.changed):
        record.move(gone.case_id, gone.version, move, record.seats()[0], NOW)
    settle(qtbot, new_session)
    assert window.frame.boxes.model.counts[0].total == before - 1
    assert window.frame.queue.model.row_of(gone.case_id) == -1
    assert new_session.selection.case_id == chosen


def test_control_k_goes_to_the_search_which_narrows_the_queue(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    name = window.frame.queue.model.row_at(0).class_name
    window.table[ActionId.SEARCH].trigger()
    assert window.focusWidget() is window.frame.bar.search
    with qtbot.waitSignal(window.frame.queue.filtered):
        window.frame.bar.search.insert(name)
    settle(qtbot, new_session)
    model = window.frame.queue.model
    assert {model.row_at(place).class_name for place in range(model.rowCount())} == {name}


def test_enter_in_the_search_goes_to_the_first_case_found(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    wanted = window.frame.queue.model.row_at(4)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.table[ActionId.SEARCH].trigger()
    qtbot.keyClicks(window.frame.bar.search, wanted.number)
    qtbot.keyClick(window.frame.bar.search, Qt.Key.Key_Return)
    settle(qtbot, new_session)
    assert window.frame.queue.model.rowCount() == 1
    assert new_session.selection.case_id == wanted.case_id
    assert window.frame.queue.view.hasFocus()


def test_what_has_the_keyboard_shows_it(qtbot: QtBot, window: DeskWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    accent = QColor(LIGHT.accent)
    window.table[ActionId.FOCUS_QUEUE].trigger()
    view = window.frame.queue.view
    row = view.visualRect(view.currentIndex())
    edge = QPoint(row.left() + 1, row.center().y())
    assert view.viewport().grab().toImage().pixelColor(edge) == accent
    window.table[ActionId.FOCUS_MAP].trigger()
    assert view.viewport().grab().toImage().pixelColor(edge) != accent
    map_view = window.frame.map_view
    assert map_view.grab().toImage().pixelColor(map_view.width() // 2, 0) == accent
    window.table[ActionId.FOCUS_QUEUE].trigger()
    assert map_view.grab().toImage().pixelColor(map_view.width() // 2, 0) != accent


def test_another_seat_has_its_own_boxes_and_queue(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    acceptor = next(one for one in new_session.reference.seats if one.post is Post.ACCEPTOR)
    new_session.take_seat(acceptor)
    settle(qtbot, new_session)
    titles = [one.box.title for one in window.frame.boxes.model.counts]
    assert titles[:2] == ["待受理", "待发核查"]
    assert window.frame.queue.box is not None
    assert window.frame.queue.box.states == (State.REPORTED,)
    assert "何静" in window.frame.bar._seat.text()


def test_the_seat_list_is_searched_by_typing_and_taken_by_enter(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    window.table[ActionId.SWITCH_SEAT].trigger()
    popup = window.frame.bar._seats
    assert popup is not None
    assert popup.isVisible()
    popup._search.insert("绿化")
    qtbot.keyClick(popup._search, Qt.Key.Key_Return)
    assert new_session.seat.person_name == "吴勇"
    assert not popup.isVisible()


@pytest.mark.parametrize("typed", ["wy", "wuyong", "吴y"])
def test_a_seat_is_found_by_the_pinyin_of_its_name(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, typed: str
) -> None:
    window.table[ActionId.SWITCH_SEAT].trigger()
    popup = window.frame.bar._seats
    assert popup is not None
    popup._search.insert(typed)
    qtbot.keyClick(popup._search, Qt.Key.Key_Return)
    assert new_session.seat.person_name == "吴勇"


def test_a_search_for_a_seat_that_finds_nobody_says_so_and_enter_takes_none(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    before = new_session.seat
    window.table[ActionId.SWITCH_SEAT].trigger()
    popup = window.frame.bar._seats
    assert popup is not None
    popup._search.insert("没有此人")
    assert popup._model.item(0).text() == "没有符合的人员"
    qtbot.keyClick(popup._search, Qt.Key.Key_Return)
    assert new_session.seat == before


def test_the_title_says_whose_desk_it_is(window: DeskWindow, new_session: DeskSession) -> None:
    assert "周敏 · 派遣员" in window.windowTitle()
    acceptor = next(one for one in new_session.reference.seats if one.post is Post.ACCEPTOR)
    new_session.take_seat(acceptor)
    assert "何静 · 受理员" in window.windowTitle()


def test_the_report_form_takes_places_from_the_map_and_gives_the_panel_back(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    canvas = window.frame.map_view.canvas
    assert canvas is not None
    window.table[ActionId.NEW_REPORT].trigger()
    assert window.frame.is_reporting
    canvas.clicked.emit(121.49, 31.2365)
    settle(qtbot, new_session)
    place = window.frame.report_form.draft.place
    assert place is not None
    assert (place.lon, place.lat) == pytest.approx((121.49, 31.2365))
    window.table[ActionId.LEAVE].trigger()
    assert not window.frame.is_reporting


def test_a_click_on_the_map_is_no_place_while_nothing_is_reported(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    canvas = window.frame.map_view.canvas
    assert canvas is not None
    canvas.clicked.emit(121.49, 31.2365)
    settle(qtbot, new_session)
    assert window.frame.report_form.draft.place is None


def test_scores_take_the_place_of_the_queue_and_a_box_brings_it_back(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    window.table[ActionId.SCORES].trigger()
    settle(qtbot, new_session)
    assert window.frame.scores.isVisible()
    assert window.focusWidget() is not window.frame.bar.search
    window.frame.boxes.choose(1)
    assert window.frame.queue.isVisible()
    assert window.frame.queue.box is not None
    assert window.frame.queue.box.title == "退件待处理"


def test_the_theme_changes_everywhere(window: DeskWindow, new_session: DeskSession) -> None:
    window.table[ActionId.SWITCH_THEME].trigger()
    assert new_session.theme == DARK
    colour = window.palette().window().color().name().upper()
    assert colour == DARK.window
    window.table[ActionId.SWITCH_THEME].trigger()
    assert new_session.theme == LIGHT


def test_the_status_line_adds_up_the_day(window: DeskWindow) -> None:
    assert "今日 受理 48" in window.frame.status._sum.text()
    assert window.frame.status._sum.text().endswith("✓")


def test_a_notice_is_shown_and_one_with_its_key_takes_its_place(
    window: DeskWindow, new_session: DeskSession
) -> None:
    new_session.notices.post("甲", key="one")
    new_session.notices.post("乙", key="one")
    new_session.notices.post("丙")
    assert list(window.toasts.texts) == ["乙", "丙"]
    new_session.notices.withdraw("one")
    assert list(window.toasts.texts) == ["丙"]


def test_a_refused_step_is_a_quiet_notice(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    new_session.perform(first_case(window), 99, Move(operation="dispatch"))
    settle(qtbot, new_session)
    assert len(window.toasts.texts) == 1


def test_the_layout_is_said_when_the_window_closes(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    window.frame.boxes.choose(2)
    with qtbot.waitSignal(window.closing) as said:
        window.close()
    assert said.args is not None
    layout = said.args[0]
    assert (layout.person_id, layout.post) == (1, "Dispatcher")
    assert layout.box == State.PENDING_FEEDBACK.value
    assert len(layout.splitter) == 3


def test_every_action_has_a_name_and_no_key_is_given_twice() -> None:
    actions = desk_actions()
    assert {action.id for action in actions} == set(ActionId)
    keys = [key for action in actions for key in action.keys]
    assert len(keys) == len(set(keys))


def test_an_action_that_needs_a_case_waits_for_one(
    window: DeskWindow, new_session: DeskSession
) -> None:
    new_session.selection.select(None, "test")
    assert not window.table[ActionId.LOCATE].isEnabled()
    new_session.selection.select(first_case(window), "test")
    assert window.table[ActionId.LOCATE].isEnabled()


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (2560, 1440)])
def test_nothing_is_cut_at_the_sizes_people_have(
    qtbot: QtBot, window: DeskWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    assert (window.width(), window.height()) == size
    for part in (window.frame.queue, window.frame.map_view, window.frame.case_panel):
        corner = part.mapTo(window, part.rect().bottomRight())
        assert corner.x() < size[0]
        assert corner.y() < size[1]
        assert part.width() >= part.minimumSizeHint().width()


@pytest.mark.parametrize(
    ("size", "scores", "has_map"), [((1920, 1080), 850, True), ((1280, 800), 650, False)]
)
def test_the_scores_take_of_the_maps_width_and_give_it_back(
    qtbot: QtBot, window: DeskWindow, size: tuple[int, int], scores: int, has_map: bool
) -> None:
    window.resize(*size)
    before = window.frame.sizes
    window.table[ActionId.SCORES].trigger()
    assert window.frame.scores.width() >= scores
    assert window.frame.map_view.isVisible() is has_map
    assert window.layout_now.splitter == before
    window.frame.boxes.choose(0)
    assert window.frame.map_view.isVisible()
    assert window.frame.sizes == before


def test_a_case_outside_the_list_stays_chosen_when_the_keyboard_comes_back_to_the_list(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    model = window.frame.queue.model
    elsewhere = next(one.case_id for one in record.markers() if model.row_of(one.case_id) < 0)
    new_session.selection.select(elsewhere, "report")
    window.open_report()
    window.frame.report_form.cancel()
    settle(qtbot, new_session)
    assert new_session.selection.case_id == elsewhere


def test_a_record_that_cannot_be_opened_is_said_and_stays_said(qtbot: QtBot) -> None:
    def refuse() -> AbstractContextManager[Record]:
        raise NotFound("There is no such file.")

    session = DeskSession(DataDoor(refuse), FakeClassSearch, now=lambda: NOW)
    with qtbot.waitSignal(session.notices.posted) as said:
        session.start()
    assert said.args is not None
    assert (said.args[0].level, said.args[0].text) == (Level.ERROR, "There is no such file.")
    assert not session.is_ready
    session.close()


def test_nobody_sits_down_as_the_record_itself(qtbot: QtBot) -> None:
    class WithItself(FakeRecord):
        def seats(self) -> Sequence[Seat]:
            return (Seat(PersonId(999), "系统", Post.SYSTEM, "系统"), *super().seats())

    session = DeskSession(DataDoor(lambda: opened(WithItself())), FakeClassSearch, now=lambda: NOW)
    with qtbot.waitSignal(session.ready):
        session.start()
    assert session.reference.seats
    assert Post.SYSTEM not in {seat.post for seat in session.reference.seats}
    session.close()


def test_a_notice_lies_on_the_map_and_covers_neither_list_nor_case(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    for size in ((1920, 1080), (1280, 800)):
        window.resize(*size)
        new_session.notices.post("已登记，案件号 26112000255")
        settle(qtbot, new_session)
        map_view = window.frame.map_view
        corner = map_view.mapTo(window, QPoint(0, 0))
        place = QRect(corner, map_view.size())
        assert place.contains(window.toasts.geometry())


def test_going_to_the_seat_a_case_waits_for_opens_the_box_it_lies_in(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    case = next(
        one.case_id
        for one in record.markers()
        if record.case_file(one.case_id, new_session.seat, NOW).case.state is State.PENDING_CLOSE
    )
    new_session.selection.select(case, "map")
    settle(qtbot, new_session)
    switch = window.frame.case_panel.findChild(QPushButton, "switch-seat")
    assert switch is not None
    switch.click()
    settle(qtbot, new_session)
    assert new_session.seat.post is Post.SHIFT_LEADER
    assert window.frame.queue.box is not None
    assert window.frame.queue.box.title == "待结案"
    assert window.frame.queue.model.row_of(case) >= 0

"""The desk's search over all cases, and the filters that a person keeps beside the boxes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_record import FakeRecord
from ui.desk.everything import everything, is_everything
from ui.desk.window import DeskWindow
from ui.session import DeskSession
from workflow.posts import Post
from workflow.queries import BoxScope, QueueFilter


def search(qtbot: QtBot, window: DeskWindow, session: DeskSession, text: str) -> None:
    """Type a text and wait for its answer."""
    field = window.frame.bar.search
    field.clear()
    with qtbot.waitSignal(window.frame.queue.filtered):
        qtbot.keyClicks(field, text)
    settle(qtbot, session)


def test_what_is_typed_on_top_is_looked_for_in_all_cases(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    in_box = window.frame.queue.model.rowCount()
    search(qtbot, window, new_session, "2")
    assert is_everything(window.frame.queue.box)
    assert window.frame.queue.model.rowCount() > in_box
    assert not window.frame.boxes.view.currentIndex().isValid()
    assert window.frame.queue._title.text() == "全部案卷"


def test_an_emptied_search_goes_back_to_the_box_as_it_was(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    box = window.frame.queue.box
    window.frame.queue.filter_bar.set_filter(QueueFilter(urgent=True))
    settle(qtbot, new_session)
    search(qtbot, window, new_session, "2")
    assert window.frame.queue.filter_bar.filter == QueueFilter(text="2")
    window.frame.bar.search.clear()
    qtbot.waitUntil(lambda: window.frame.queue.box == box)
    settle(qtbot, new_session)
    assert window.frame.queue.filter_bar.filter == QueueFilter(urgent=True)


def test_a_box_that_is_opened_ends_the_search(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    search(qtbot, window, new_session, "2")
    window.frame.boxes.choose(1)
    settle(qtbot, new_session)
    assert window.frame.bar.search.text() == ""
    assert window.frame.queue.box == window.frame.boxes.model.counts[1].box
    assert window.frame.queue.filter_bar.filter == QueueFilter()


def test_an_emptied_search_field_has_nothing_to_press_that_empties_it(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    cross = next(iter(window.frame.bar.search.findChildren(QToolButton)))
    search(qtbot, window, new_session, "2")
    assert not cross.isHidden()
    window.frame.boxes.choose(1)
    settle(qtbot, new_session)
    qtbot.waitUntil(cross.isHidden)


def test_the_words_beside_the_list_and_on_top_are_the_same_while_searching(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    search(qtbot, window, new_session, "2611")
    assert window.frame.queue.filter_bar.words.text() == "2611"
    window.frame.queue.filter_bar.set_text("路灯")
    settle(qtbot, new_session)
    assert window.frame.bar.search.text() == "路灯"


def test_a_department_searches_its_own_cases_only(
    new_session: DeskSession, window: DeskWindow
) -> None:
    of = {seat.post: seat for seat in new_session.reference.seats}
    assert everything(of[Post.DEPARTMENT]).scope is BoxScope.DEPARTMENT
    assert everything(of[Post.ACCEPTOR]).scope is BoxScope.ALL


def test_kept_filters_stand_under_the_boxes_with_their_counts(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    filters = window.frame.boxes.filters
    record.keep_filter(new_session.seat.person_id, "急件", QueueFilter(urgent=True))
    filters.refresh()
    settle(qtbot, new_session)
    lines = [(one.box.title, one.total) for one in filters.model.counts]
    urgent = sum(
        1 for row in record.rows([marker.case_id for marker in record.markers()]) if row.urgent
    )
    assert lines[0][0] == "全部案卷"
    assert lines[0][1] >= 48
    assert lines[1] == ("急件", urgent)


def test_a_kept_filter_opens_all_cases_narrowed_to_it(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    filters = window.frame.boxes.filters
    wanted = QueueFilter(urgent=True, text="路")
    record.keep_filter(new_session.seat.person_id, "急件", wanted)
    filters.refresh()
    settle(qtbot, new_session)
    click(qtbot, window, 1)
    settle(qtbot, new_session)
    assert is_everything(window.frame.queue.box)
    assert window.frame.queue.filter_bar.filter == wanted
    assert window.frame.bar.search.text() == "路"


def click(qtbot: QtBot, window: DeskWindow, row: int) -> None:
    """Click a line of the kept filters."""
    view = window.frame.boxes.filters.view
    at = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_kept_filter_that_cannot_be_read_says_so_and_stays(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    record.keep_unreadable(new_session.seat.person_id, "旧筛选")
    filters = window.frame.boxes.filters
    filters.refresh()
    settle(qtbot, new_session)
    assert filters.model.counts[1].box.title == "旧筛选（无法读取）"
    before = window.frame.queue.box
    with qtbot.waitSignal(new_session.notices.posted):
        click(qtbot, window, 1)
    assert window.frame.queue.box == before


def test_a_kept_filter_is_renamed_and_deleted_in_the_list(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, record: FakeRecord
) -> None:
    person = new_session.seat.person_id
    record.keep_filter(person, "甲", QueueFilter(urgent=True))
    filters = window.frame.boxes.filters
    filters.refresh()
    settle(qtbot, new_session)
    filters.view.setCurrentIndex(filters.model.index(1))
    qtbot.keyClick(filters.view, Qt.Key.Key_F2)
    assert filters._name is not None
    filters._name.edit.setText("乙")
    qtbot.keyClick(filters._name.edit, Qt.Key.Key_Return)
    settle(qtbot, new_session)
    assert [one.name for one in filters.kept] == ["乙"]
    filters.view.setCurrentIndex(filters.model.index(1))
    qtbot.keyClick(filters.view, Qt.Key.Key_Delete)
    settle(qtbot, new_session)
    assert filters.kept == ()
    assert record.saved_filters(person) == ()


def test_everything_cannot_be_renamed_or_deleted(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession
) -> None:
    filters = window.frame.boxes.filters
    filters.view.setCurrentIndex(filters.model.index(0))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
        qtbot.keyClick(filters.view, key)
    settle(qtbot, new_session)
    assert [one.box.title for one in filters.model.counts] == ["全部案卷"]


@pytest.mark.parametrize("text", ["'\"%_*", "。，、", "😀", "x" * 5_000, "   "])
def test_whatever_is_typed_on_top_leaves_the_desk_at_work(
    qtbot: QtBot, window: DeskWindow, new_session: DeskSession, text: str
) -> None:
    window.frame.bar.search.setText(text)
    qtbot.keyClick(window.frame.bar.search, Qt.Key.Key_Return)
    settle(qtbot, new_session)
    assert new_session.notices.kept == ()
    assert len(window.frame.bar.search.text()) <= 200

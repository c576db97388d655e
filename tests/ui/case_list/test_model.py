"""The model of a queue over the fake record."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.desk import settle
from tests.helpers.fake_city import boxes_of
from tests.helpers.fake_record import NOW, FakeRecord
from ui.case_list import model as model_module
from ui.case_list.model import QueueModel, QueueRole
from ui.session import DeskSession
from workflow.commands import Move
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post
from workflow.queries import Box, QueueFilter, QueueSort

WAITING, *_, ALL_OPEN = boxes_of(Post.DISPATCHER)


@pytest.fixture
def model(session: DeskSession) -> QueueModel:
    """A model that shows nothing yet."""
    return QueueModel(session)


def ids(model: QueueModel) -> list[CaseId]:
    """The cases of the model, from the top."""
    return [model.row_at(place).case_id for place in range(model.rowCount())]


def opened(qtbot: QtBot, session: DeskSession, model: QueueModel, box: Box) -> QueueModel:
    """The model with a box open."""
    model.open_box(box)
    settle(qtbot, session)
    return model


def test_it_is_a_sound_qt_model_while_boxes_open_and_cases_change(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    model: QueueModel,
    qtmodeltester: ModelTester,
) -> None:
    qtmodeltester.check(model)
    opened(qtbot, session, model, ALL_OPEN)
    opened(qtbot, session, model, WAITING)
    dispatch_first(qtbot, session, record, model)
    qtmodeltester.check(model)


def test_opening_a_box_is_one_question(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, model: QueueModel
) -> None:
    record.asked.clear()
    opened(qtbot, session, model, WAITING)
    assert record.asked == ["page"]
    assert model.rowCount() > 10


def test_the_earliest_due_comes_first(
    qtbot: QtBot, session: DeskSession, model: QueueModel
) -> None:
    opened(qtbot, session, model, WAITING)
    due = [model.row_at(place).due_at for place in range(model.rowCount())]
    assert due == sorted(due, key=str)


def test_pages_follow_one_another_without_gap_or_repetition(
    qtbot: QtBot, session: DeskSession, model: QueueModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "PAGE", 10)
    opened(qtbot, session, model, ALL_OPEN)
    assert model.is_read(9)
    assert not model.is_read(10)
    while not model.is_complete:
        look_at(qtbot, session, model, len(model.head))
    assert sorted(ids(model)) == list(range(1, 49))


def look_at(qtbot: QtBot, session: DeskSession, model: QueueModel, place: int) -> None:
    """A view paints a row, whatever is known of it."""
    model.index(place).data(QueueRole.ROW)
    qtbot.waitUntil(lambda: model.is_read(place))
    settle(qtbot, session)


def test_the_list_is_as_long_as_the_queue_before_its_rows_are_read(
    qtbot: QtBot, session: DeskSession, model: QueueModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "PAGE", 10)
    with qtbot.waitSignal(model.counted):
        opened(qtbot, session, model, ALL_OPEN)
    assert model.rowCount() == 48
    assert model.index(30).data(QueueRole.ROW) is None
    assert model.index(30).data(Qt.ItemDataRole.DisplayRole) is None


def test_a_row_far_down_is_read_by_its_place(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    model: QueueModel,
    monkeypatch: pytest.MonkeyPatch,
    qtmodeltester: ModelTester,
) -> None:
    whole = ids(opened(qtbot, session, model, ALL_OPEN))
    monkeypatch.setattr(model_module, "PAGE", 5)
    opened(qtbot, session, model, WAITING)
    opened(qtbot, session, model, ALL_OPEN)
    record.asked.clear()
    look_at(qtbot, session, model, 40)
    assert "page_at" in record.asked
    assert model.row_at(40).case_id == whole[40]
    assert model.row_of(whole[40]) == 40
    assert model.rowCount() == 48
    qtmodeltester.check(model)


def test_what_is_far_down_is_read_again_after_a_change(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    model: QueueModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_module, "PAGE", 5)
    opened(qtbot, session, model, WAITING)
    count = model.rowCount()
    look_at(qtbot, session, model, count - 1)
    dispatch_first(qtbot, session, record, model)
    assert model.rowCount() == count - 1
    assert not model.is_read(count - 2)
    look_at(qtbot, session, model, count - 2)


def test_many_looks_at_far_rows_are_one_question(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    model: QueueModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_module, "PAGE", 5)
    opened(qtbot, session, model, ALL_OPEN)
    record.asked.clear()
    for place in range(35, 44):
        model.index(place).data(QueueRole.ROW)
    qtbot.waitUntil(lambda: model.is_read(43))
    assert record.asked == ["page_at"]


def test_a_page_is_not_asked_for_twice_at_once(
    qtbot: QtBot,
    session: DeskSession,
    record: FakeRecord,
    model: QueueModel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_module, "PAGE", 10)
    opened(qtbot, session, model, ALL_OPEN)
    record.asked.clear()
    for _ in range(3):
        model.index(10).data(QueueRole.ROW)
    settle(qtbot, session)
    assert record.asked == ["page"]


def dispatch_first(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, model: QueueModel
) -> CaseId:
    """Another seat dispatches the first case; answers which that was."""
    row = model.row_at(0)
    move = Move(operation="dispatch", department_id=DepartmentId(1))
    with qtbot.waitSignal(session.changed):
        record.move(row.case_id, row.version, move, record.seats()[0], NOW)
    settle(qtbot, session)
    return row.case_id


def test_a_case_that_moved_on_leaves_and_the_rows_behind_it_stay_the_same_rows(
    qtbot: QtBot, session: DeskSession, record: FakeRecord, model: QueueModel
) -> None:
    opened(qtbot, session, model, WAITING)
    before = ids(model)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    gone = dispatch_first(qtbot, session, record, model)
    assert ids(model) == [one for one in before if one != gone]
    assert resets == []


def test_a_filter_narrows_and_no_filter_shows_all_again(
    qtbot: QtBot, session: DeskSession, model: QueueModel
) -> None:
    opened(qtbot, session, model, ALL_OPEN)
    model.set_filter(QueueFilter(text="路灯"))
    settle(qtbot, session)
    rows = [model.index(place).data(QueueRole.ROW) for place in range(model.rowCount())]
    assert {row.class_name for row in rows} == {"路灯"}
    model.set_filter(QueueFilter())
    settle(qtbot, session)
    assert model.rowCount() == 48


def test_another_order_is_read_from_the_record(
    qtbot: QtBot, session: DeskSession, model: QueueModel
) -> None:
    opened(qtbot, session, model, ALL_OPEN)
    model.set_sort(QueueSort.NUMBER, descending=True)
    settle(qtbot, session)
    assert ids(model) == sorted(ids(model), reverse=True)


def test_a_change_while_a_box_is_being_opened_does_not_mix_the_boxes(
    qtbot: QtBot, session: DeskSession, model: QueueModel
) -> None:
    opened(qtbot, session, model, ALL_OPEN)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.open_box(WAITING)
    model.refresh()
    settle(qtbot, session)
    assert resets == [True]
    assert {model.row_at(place).state for place in range(model.rowCount())} == set(WAITING.states)

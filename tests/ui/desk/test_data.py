"""The door to the record."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.fake_record import NOW, FakeRecord, case_with_state, opened
from ui.data import DataDoor
from workflow.commands import Move
from workflow.errors import NotFound, WanmiError
from workflow.ids import CaseId, DepartmentId
from workflow.ports import Record
from workflow.queries import Changes
from workflow.states import State


@pytest.fixture
def door(qtbot: QtBot, record: FakeRecord) -> Iterator[DataDoor]:
    """An open door to the fake record."""
    door = DataDoor(lambda: opened(record))
    with qtbot.waitSignal(door.opened):
        door.start()
    yield door
    door.close()


def test_work_runs_on_the_database_thread_and_its_answer_on_the_asking_one(
    qtbot: QtBot, door: DataDoor
) -> None:
    threads = []

    def done(name: str) -> None:
        threads.append(name)
        threads.append(threading.current_thread().name)

    door.ask(lambda record: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: door.idle)
    assert threads == ["record", threading.main_thread().name]


def test_a_refusal_goes_to_the_asker_and_else_to_everybody(qtbot: QtBot, door: DataDoor) -> None:
    heard: list[tuple[str, type[WanmiError]]] = []
    door.refused.connect(lambda error: heard.append(("all", type(error))))
    missing = CaseId(999)

    def fetch(record: Record) -> object:
        return (record.rows([missing]) and None) or record.move(
            missing, 1, Move(operation="x"), record.seats()[0], NOW
        )

    door.ask(fetch, None, lambda error: heard.append(("asker", type(error))))
    door.ask(fetch)
    qtbot.waitUntil(lambda: door.idle)
    assert heard == [("asker", NotFound), ("all", NotFound)]


def test_an_unexpected_failure_is_told_and_the_thread_lives_on(
    qtbot: QtBot, door: DataDoor
) -> None:
    failures: list[Exception] = []
    answers: list[int] = []
    door.crashed.connect(failures.append)
    door.ask(lambda record: 1 // 0)
    door.ask(lambda record: 7, answers.append)
    qtbot.waitUntil(lambda: door.idle)
    assert [type(failure) for failure in failures] == [ZeroDivisionError]
    assert answers == [7]


def test_of_questions_with_one_key_only_the_newest_is_answered(
    qtbot: QtBot, door: DataDoor
) -> None:
    gate = threading.Event()
    answers: list[str] = []
    door.ask(lambda record: (gate.wait() and "running") or "", answers.append, key="page")
    for name in ("first", "second", "third"):
        door.ask(partial(_say, name), answers.append, key="page")
    gate.set()
    qtbot.waitUntil(lambda: door.idle)
    assert answers == ["third"]


def test_a_change_is_announced_once_and_before_the_writer_is_answered(
    qtbot: QtBot, door: DataDoor, record: FakeRecord
) -> None:
    heard: list[str] = []
    door.changed.connect(lambda changes: heard.append(f"changed {sorted(changes.cases)}"))
    case_id = case_with_state(record, State.PENDING_DISPATCH)
    move = Move(operation="dispatch", department_id=DepartmentId(1))

    def work(record: Record) -> Changes:
        return record.move(case_id, 1, move, record.seats()[0], NOW)

    door.ask(work, lambda changes: heard.append("done"), writes=True)
    qtbot.waitUntil(lambda: door.idle)
    assert heard == [f"changed [{case_id}]", "done"]


def test_a_change_of_another_seat_is_heard_without_asking(
    qtbot: QtBot, door: DataDoor, record: FakeRecord
) -> None:
    case_id = case_with_state(record, State.PENDING_DISPATCH)
    move = Move(operation="dispatch", department_id=DepartmentId(1))
    with qtbot.waitSignal(door.changed) as heard:
        record.move(case_id, 1, move, record.seats()[0], NOW)
    assert heard.args is not None
    assert heard.args[0].cases == {case_id}


def test_a_record_that_cannot_be_opened_refuses_every_question(qtbot: QtBot) -> None:
    def open_nothing() -> AbstractContextManager[Record]:
        raise NotFound("There is no database.")

    refusals: list[str] = []
    door = DataDoor(open_nothing)
    door.refused.connect(lambda error: refusals.append(str(error)))
    door.start()
    for _ in range(2):
        door.ask(lambda record: record.city())
        qtbot.waitUntil(lambda: door.idle)
    assert refusals == ["There is no database."] * 2
    door.close()


def test_closing_finishes_what_was_asked_without_a_key(record: FakeRecord) -> None:
    done: list[str] = []
    door = DataDoor(lambda: opened(record))
    door.start()
    door.ask(lambda record: done.append("write"), writes=True)
    door.close()
    assert done == ["write"]


def _say(name: str, record: Record) -> str:
    return name


def test_what_the_operator_waits_for_goes_before_what_only_waits(
    qtbot: QtBot, door: DataDoor
) -> None:
    taken, gate = threading.Event(), threading.Event()
    answers: list[str] = []

    def run(record: Record) -> str:
        taken.set()
        gate.wait()
        return "running"

    door.ask(run, answers.append)
    taken.wait()
    door.ask(partial(_say, "counts"), answers.append)
    door.ask(partial(_say, "page"), answers.append, ahead=True)
    door.ask(partial(_say, "case"), answers.append, ahead=True)
    gate.set()
    qtbot.waitUntil(lambda: door.idle)
    assert answers == ["running", "page", "case", "counts"]

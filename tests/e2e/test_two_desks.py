"""Two desks on one database file: each hears of the other, and only one can take a step."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services import open_here
from ui.case_form.class_search import search_of
from ui.data import DataDoor
from ui.session import DeskSession
from workflow.commands import Move
from workflow.errors import CaseChanged, WanmiError
from workflow.posts import Post
from workflow.queries import QueuePage, QueueQuery
from workflow.states import State


@pytest.fixture
def desks(toured: tuple[Path, Path], qtbot: QtBot) -> Iterator[tuple[DeskSession, DeskSession]]:
    """Two sessions at the same post, each with a door and a thread of its own."""
    sessions = tuple(
        DeskSession(DataDoor(partial(open_here, str(toured[0]))), search_of) for _ in range(2)
    )
    for session in sessions:
        with qtbot.waitSignal(session.ready, timeout=30_000):
            session.start()
    yield sessions[0], sessions[1]
    for session in sessions:
        session.close()


def waiting_cases(qtbot: QtBot, desk: DeskSession) -> QueuePage:
    """The first page of the acceptor's first box."""
    seat, now = desk.seat, desk.now()
    assert seat.post is Post.ACCEPTOR
    pages: list[QueuePage] = []
    desk.door.ask(
        lambda record: record.page(QueueQuery(box=record.boxes(seat, now)[0].box, seat=seat), now),
        pages.append,
    )
    qtbot.waitUntil(lambda: bool(pages), timeout=30_000)
    return pages[0]


def test_the_other_desk_hears_of_a_step_and_is_told_who_was_first(
    qtbot: QtBot, desks: tuple[DeskSession, DeskSession]
) -> None:
    here, there = desks
    case = waiting_cases(qtbot, here).rows[0]
    assert case.state is State.REPORTED
    with qtbot.waitSignal(there.changed, timeout=30_000) as heard:
        here.perform(case.case_id, case.version, Move(operation="accept"))
    assert case.case_id in heard.args[0].cases

    refusals: list[WanmiError] = []
    there.perform(case.case_id, case.version, Move(operation="accept"), failed=refusals.append)
    qtbot.waitUntil(lambda: bool(refusals), timeout=30_000)
    assert isinstance(refusals[0], CaseChanged)
    assert refusals[0].values["number"] == case.number
    assert refusals[0].values["name"] == here.seat.person_name
    assert case.case_id not in {row.case_id for row in waiting_cases(qtbot, there).rows}

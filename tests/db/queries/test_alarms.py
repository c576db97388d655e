"""Alarms: what a seat must hear of, once, on every desk of that person."""

from datetime import datetime, timedelta

import pytest

from db.engine import Database
from db.queries.alarms import acknowledge, read_alarms
from tests.helpers.trade import (
    ACCEPTOR,
    DISPATCHER,
    FRIDAY_MORNING,
    LEADER,
    SHIFT_LEADER,
    SUPERVISOR,
    manhole_report,
)
from workflow.alarms import Alarm, AlarmKind
from workflow.commands import Move
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.service import CaseService

MINUTE = timedelta(minutes=1)
FIRST = CaseId(1)


class Desk:
    """Acts through the service and reads alarms, in a city without a case."""

    def __init__(self, database: Database, service: CaseService) -> None:
        self._database = database
        self.report, self.move = service.report, service.move

    def alarms(self, seat: Seat, now: datetime) -> tuple[Alarm, ...]:
        with self._database.read() as connection:
            return read_alarms(connection, seat, now)

    def acknowledge(
        self, alarms: list[tuple[AlarmKind, CaseId, int]], seat: Seat, now: datetime
    ) -> None:
        with self._database.write() as connection:
            acknowledge(connection, alarms, seat, now)


@pytest.fixture
def desk(database: Database, service: CaseService) -> Desk:
    return Desk(database, service)


def kinds(record: Desk, seat: Seat, now: datetime) -> list[AlarmKind]:
    """The kinds of alarm that a seat has now."""
    return [alarm.kind for alarm in record.alarms(seat, now)]


def reported(record: Desk, **changes: object) -> None:
    """One case, reported on Friday morning; its acceptance is due after fifteen minutes."""
    record.report(manhole_report(**changes), ACCEPTOR, FRIDAY_MORNING)


def test_a_case_is_told_before_it_is_due_and_again_when_it_is_late(desk: Desk) -> None:
    reported(desk)
    assert kinds(desk, ACCEPTOR, FRIDAY_MORNING + 11 * MINUTE) == []
    assert kinds(desk, ACCEPTOR, FRIDAY_MORNING + 12 * MINUTE) == [AlarmKind.SOON]
    assert kinds(desk, ACCEPTOR, FRIDAY_MORNING + 15 * MINUTE) == [AlarmKind.SOON]
    assert kinds(desk, ACCEPTOR, FRIDAY_MORNING + 16 * MINUTE) == [AlarmKind.OVERDUE]


def test_what_was_acknowledged_once_is_not_told_again_but_being_late_is_news(
    desk: Desk,
) -> None:
    reported(desk)
    soon = FRIDAY_MORNING + 13 * MINUTE
    told = desk.alarms(ACCEPTOR, soon)
    desk.acknowledge([alarm.key for alarm in told], ACCEPTOR, soon)
    desk.acknowledge([alarm.key for alarm in told], ACCEPTOR, soon)
    assert desk.alarms(ACCEPTOR, soon) == ()
    assert kinds(desk, ACCEPTOR, FRIDAY_MORNING + 16 * MINUTE) == [AlarmKind.OVERDUE]


def test_an_alarm_goes_to_the_post_whose_turn_it_is(desk: Desk) -> None:
    reported(desk)
    late = FRIDAY_MORNING + 20 * MINUTE
    assert kinds(desk, SHIFT_LEADER, late) == []
    desk.move(FIRST, 1, Move(operation="accept"), ACCEPTOR, late)
    assert kinds(desk, ACCEPTOR, late + 20 * MINUTE) == []
    assert kinds(desk, SHIFT_LEADER, late + 20 * MINUTE) == [AlarmKind.OVERDUE]


def test_an_urgent_case_is_told_at_once(desk: Desk) -> None:
    reported(desk, urgent=True)
    (alarm,) = desk.alarms(ACCEPTOR, FRIDAY_MORNING + MINUTE)
    assert (alarm.kind, alarm.since) == (AlarmKind.URGENT, FRIDAY_MORNING)


def test_a_supervision_reaches_the_desk_whose_turn_it_is_and_every_new_one_is_news(
    desk: Desk,
) -> None:
    reported(desk)
    supervise = Move(operation="supervise", outcome="important", opinion="请尽快受理。")
    reply = Move(operation="replySupervise", opinion="正在核对位置。")
    told: list[Alarm] = []
    for number, (move, seat) in enumerate(
        [(supervise, SUPERVISOR), (reply, ACCEPTOR), (supervise, SUPERVISOR)], start=1
    ):
        at = FRIDAY_MORNING + number * MINUTE
        desk.move(FIRST, number, move, seat, at)
        alarms = desk.alarms(ACCEPTOR, at)
        told += alarms
        desk.acknowledge([alarm.key for alarm in alarms], ACCEPTOR, at)
    assert [(alarm.kind, alarm.mark) for alarm in told] == [
        (AlarmKind.SUPERVISED, 1),
        (AlarmKind.SUPERVISED, 2),
    ]


def test_who_oversees_hears_what_is_late_in_the_whole_city_and_nothing_else(
    desk: Desk,
) -> None:
    reported(desk, urgent=True)
    for seat in (SUPERVISOR, LEADER):
        assert kinds(desk, seat, FRIDAY_MORNING + 13 * MINUTE) == []
        assert kinds(desk, seat, FRIDAY_MORNING + 16 * MINUTE) == [AlarmKind.OVERDUE]


def test_acknowledging_is_each_persons_own(desk: Desk) -> None:
    reported(desk)
    late = FRIDAY_MORNING + 20 * MINUTE
    told = desk.alarms(SUPERVISOR, late)
    desk.acknowledge([alarm.key for alarm in told], SUPERVISOR, late)
    assert desk.alarms(SUPERVISOR, late) == ()
    assert kinds(desk, LEADER, late) == [AlarmKind.OVERDUE]


def test_a_case_that_waits_for_another_post_is_no_alarm_for_the_dispatcher(
    desk: Desk,
) -> None:
    reported(desk, urgent=True)
    assert desk.alarms(DISPATCHER, FRIDAY_MORNING + 20 * MINUTE) == ()

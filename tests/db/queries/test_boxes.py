"""Boxes: what the counts say is what the pages hold, for every seat and every lamp."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from db import guards
from db.engine import Database
from db.queries.boxes import MOST_COUNTED, count_boxes, shows_lamp
from db.record import SqlRecord
from db.tables import CaseEventRow, CaseRow
from resources import profile
from tests.helpers.stored_city import NOW, states_of_the_table
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import ACCEPTOR, COLLECTOR, EVERYONE, LEADER, SEAT_OF, SHIFT_LEADER
from workflow.boxes import boxes_of
from workflow.case import Case
from workflow.clocks import Lamp
from workflow.flags import Flag
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms
from workflow.posts import Post, Seat
from workflow.queries import Box, BoxScope, QueueQuery, QueueRow
from workflow.service import CaseService
from workflow.states import ACTIVE, State

_OTHERS = ", ".join(c.name for c in CaseRow.__table__.c if c.name not in {"id", "number"})
COPY_THE_FIRST = text(
    "INSERT INTO cases (id, number, " + _OTHERS + ")"
    " WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
    " SELECT i, 'copy ' || i, " + _OTHERS + " FROM cases, n WHERE id = 1"
)
LATER = NOW + timedelta(hours=5)


def whole_box(record: SqlRecord, box: Box, seat: Seat, now: datetime) -> list[QueueRow]:
    """Every row of a box, page by page."""
    query = QueueQuery(box=box, seat=seat, limit=25)
    rows: list[QueueRow] = []
    while True:
        page = record.page(query, now)
        rows += page.rows
        if page.next is None:
            return rows
        query = replace(query, after=page.next)


def test_the_city_of_these_tests_holds_every_state_and_every_lamp(cases: tuple[Case, ...]) -> None:
    assert {case.state for case in cases} == states_of_the_table()
    lamps = {case.timing.lamp(now) for case in cases for now in (NOW, NOW - timedelta(hours=1))}
    assert lamps == set(Lamp)


@pytest.mark.parametrize("seat", EVERYONE, ids=lambda seat: f"{seat.post}-{seat.person_id}")
def test_every_box_counts_exactly_the_cases_on_its_pages(record: SqlRecord, seat: Seat) -> None:
    counts = record.boxes(seat, NOW)
    wanted = boxes_of(seat.post, profile.rows("boxes", profile.DEFAULT_PROFILE))
    if wanted:
        assert [count.box for count in counts] == list(wanted)
    else:  # a post without work in this profile still has what its people did
        assert [(count.box.id, count.box.mine) for count in counts] == [("done", True)]
    for count in counts:
        rows = whole_box(record, count.box, seat, NOW)
        assert (count.box.id, count.total) == (count.box.id, len(rows))


@pytest.mark.parametrize("post", Post)
def test_the_coloured_counts_of_a_box_are_its_red_and_yellow_cases(
    record: SqlRecord, cases: tuple[Case, ...], post: Post
) -> None:
    lamps = {case.id: case.timing.lamp(NOW) for case in cases}
    for count in record.boxes(SEAT_OF[post], NOW):
        if count.box.mine or count.box.lamps:
            continue
        lit = [lamps[row.case_id] for row in whole_box(record, count.box, SEAT_OF[post], NOW)]
        assert (count.overdue, count.soon) == (lit.count(Lamp.RED), lit.count(Lamp.YELLOW))


def test_the_boxes_hold_what_the_cases_themselves_say(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    for seat in EVERYONE:
        for box in boxes_of(seat.post, profile.rows("boxes", profile.DEFAULT_PROFILE)):
            if box.mine:
                continue
            expected = {case.id for case in cases if lies_in(case, box, seat)}
            assert {row.case_id for row in whole_box(record, box, seat, NOW)} == expected


def lies_in(case: Case, box: Box, seat: Seat) -> bool:
    """The definition of a box, read off the case."""
    is_whose = {
        BoxScope.ALL: True,
        BoxScope.DEPARTMENT: case.department_id == seat.department_id,
        BoxScope.PERSON: case.collector_id == seat.person_id,
        BoxScope.HANDLER: case.handler_id == seat.person_id,
        BoxScope.UNIT: case.dispatch_unit_id == seat.department_id,
        BoxScope.DISTRICT: case.place.district_code == seat.district_code,
        BoxScope.CO: any(
            task.department_id == seat.department_id and task.replied_at is None
            for task in case.co_tasks
        ),
    }
    is_lit = not box.lamps or case.timing.lamp(NOW) in box.lamps
    is_flagged = all(MEANT[flag](case, seat) for flag in box.flags)
    return case.state in box.states and is_whose[box.scope] and is_lit and is_flagged


MEANT: dict[Flag, Callable[[Case, Seat], bool]] = {
    Flag.URGENT: lambda case, _: case.urgent,
    Flag.EMERGENCY: lambda case, _: case.emergency,
    Flag.SUPERVISED: lambda case, _: case.supervised is not None,
    Flag.RETURNED: lambda case, _: case.return_count > 0,
    Flag.REWORKED: lambda case, _: case.rework_count > 0,
    Flag.EXTENDED: lambda case, _: case.extension_count > 0,
    Flag.OVER_QUOTA: lambda case, _: case.over_quota,
    Flag.URGED: lambda case, _: case.urge_count > 0,
    Flag.CLAIMED: lambda case, _: case.claimed_by is not None,
    Flag.MINE: lambda case, seat: case.claimed_by == seat.person_id,
    Flag.SELF_HANDLED: lambda case, _: case.self_handled,
    Flag.DUPLICATE: lambda case, _: case.duplicate_of is not None,
    Flag.LINKED: lambda case, _: case.similar_to is not None,
    Flag.TO_VISIT: lambda case, _: (
        case.needs_visit and case.satisfaction is None and case.state is State.CLOSED
    ),
    Flag.DISSATISFIED: lambda case, _: case.satisfaction == "dissatisfied",
    Flag.EXEMPT: lambda case, _: case.exempt,
    Flag.RESPONSIBILITY_OPEN: lambda case, _: case.responsibility_open,
    Flag.VOID: lambda case, _: case.closing_route == "void",
    Flag.DISTRICT_LEVEL: lambda case, _: case.level == "district",
    Flag.REQUESTED: lambda case, _: case.request_kind is not None,
    Flag.EXTENSION_ASKED: lambda case, _: case.request_kind == "extension",
    Flag.SUSPENSION_ASKED: lambda case, _: case.request_kind == "suspend",
    Flag.VOID_ASKED: lambda case, _: case.request_kind == "void",
    Flag.RESTORE_ASKED: lambda case, _: case.request_kind == "restore",
    Flag.APPEAL_ASKED: lambda case, _: case.request_kind == "appeal",
    Flag.TIER_1: lambda case, _: case.request_kind is not None and case.request_tier == 1,
    Flag.TIER_2: lambda case, _: case.request_kind is not None and case.request_tier == 2,
    Flag.TIER_3: lambda case, _: case.request_kind is not None and case.request_tier == 3,
}
"""What each flag means, read off the case."""


@pytest.mark.parametrize("flag", Flag)
@pytest.mark.parametrize("scope", [BoxScope.ALL, BoxScope.DEPARTMENT, BoxScope.DISTRICT])
def test_a_flag_in_sql_means_what_it_means_for_the_case(
    record: SqlRecord, cases: tuple[Case, ...], flag: Flag, scope: BoxScope
) -> None:
    seat = SEAT_OF[Post.DEPARTMENT if scope is BoxScope.DEPARTMENT else Post.DISTRICT_DISPATCHER]
    for states in (tuple(State), tuple(ACTIVE), (State.CLOSED,)):
        box = Box(id="x", title="x", states=states, scope=scope, flags=(flag,))
        expected = {case.id for case in cases if lies_in(case, box, seat)}
        assert {row.case_id for row in whole_box(record, box, seat, NOW)} == expected


def test_a_lamp_in_sql_is_the_lamp_of_the_workflow_at_every_boundary(
    city: Database, cases: tuple[Case, ...]
) -> None:
    timings = [case.timing for case in cases if case.timing.due_at is not None][::9]
    edges = {edge for timing in timings for edge in (timing.due_at, timing.warn_at) if edge}
    step = timedelta(milliseconds=1)
    with city.read() as connection:
        for now in sorted({NOW} | {edge + by for edge in edges for by in (-step, 0 * step, step)}):
            for lamp in Lamp:
                found = connection.execute(
                    select(CaseRow.id).where(shows_lamp(lamp)), {"now": epoch_ms(now)}
                ).scalars()
                assert set(found) == {case.id for case in cases if case.timing.lamp(now) is lamp}


def test_done_by_me_holds_what_the_person_did_since_midnight(
    city: Database, record: SqlRecord
) -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    with city.read() as connection:
        steps = connection.execute(
            select(CaseEventRow.case_id, CaseEventRow.person_id, CaseEventRow.at)
        ).all()
    for seat in (COLLECTOR, ACCEPTOR, SHIFT_LEADER):
        mine = next(count for count in record.boxes(seat, NOW) if count.box.mine)
        of_person = [step for step in steps if step.person_id == seat.person_id]
        today = {step.case_id for step in of_person if step.at >= epoch_ms(midnight)}
        assert {row.case_id for row in whole_box(record, mine.box, seat, NOW)} == today
        assert {step.case_id for step in of_person} != today
        assert mine.total == len(today)


def test_done_by_me_is_empty_on_the_next_morning(record: SqlRecord) -> None:
    tomorrow = datetime(2026, 11, 21, 0, 0, tzinfo=CHINA_STANDARD_TIME)
    mine = next(count for count in record.boxes(ACCEPTOR, tomorrow) if count.box.mine)
    assert mine.total == 0
    assert next(count for count in record.boxes(ACCEPTOR, NOW) if count.box.mine).total > 0


def test_boxes_turn_red_by_the_passing_of_time_alone(record: SqlRecord) -> None:
    def overdue(now: datetime) -> int:
        return next(c.total for c in record.boxes(LEADER, now) if c.box.id == "overdue")

    assert overdue(LATER) > overdue(NOW) > 0


def test_a_box_of_ended_cases_is_counted_only_up_to_ten_thousand(
    database: Database, service: CaseService
) -> None:
    case_id, _ = report(service)
    walk(service, case_id)
    with database.write() as connection, guards.suspended(connection):
        connection.execute(COPY_THE_FIRST, {"last": MOST_COUNTED + 50})
    box = Box(id="closed", title="已结案", states=(State.CLOSED,))
    with database.read() as connection:
        stored = connection.execute(select(func.count()).select_from(CaseRow)).scalar_one()
        (count,) = count_boxes(connection, [box], LEADER, NOW)
    assert stored == MOST_COUNTED + 50
    assert count.total == MOST_COUNTED

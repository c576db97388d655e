"""Queues: pages that miss nothing and show nothing twice, filters that take words literally."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from db import guards
from db.engine import Database
from db.queries import plans, questions
from db.queries.names import read_names
from db.queries.questions import contradicts
from db.queries.queues import read_page
from db.record import SqlRecord
from db.tables import CaseRow
from tests.helpers.stored_city import NOW, SOURCES, STREETS
from tests.helpers.stored_walk import report
from tests.helpers.trade import LEADER, SEAT_OF
from workflow.case import Case
from workflow.clocks import Lamp
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.queries import (
    Box,
    DaySpan,
    QueueFilter,
    QueueQuery,
    QueueRow,
    QueueSort,
    QueueTotal,
)
from workflow.service import CaseService
from workflow.states import ACTIVE, ENDED, State

OPEN = Box(id="open", title="全部在办", states=tuple(sorted(ACTIVE)))
ONE_STATE = Box(id="reported", title="待受理", states=(State.REPORTED,))
RED = Box(id="overdue", title="已超时", states=tuple(sorted(ACTIVE)), lamps=(Lamp.RED,))
REJECTED = Box(id="rejected", title="不予受理", states=(State.REJECTED,))
BOXES = {box.id: box for box in (OPEN, ONE_STATE, RED, REJECTED)}


def pages(record: SqlRecord, query: QueueQuery) -> list[tuple[QueueRow, ...]]:
    """All pages of a query."""
    found = []
    while True:
        page = record.page(query, NOW)
        found.append(page.rows)
        if page.next is None:
            return found
        query = replace(query, after=page.next)


def ids(record: SqlRecord, query: QueueQuery) -> list[CaseId]:
    """The cases of all pages, in order."""
    return [row.case_id for rows in pages(record, query) for row in rows]


def matching(record: SqlRecord, wanted: QueueFilter, box: Box = OPEN) -> set[CaseId]:
    """The cases of a box that a filter leaves."""
    return set(ids(record, QueueQuery(box=box, seat=LEADER, filter=wanted)))


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("sort", QueueSort)
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_paging_meets_every_case_once_in_one_order(
    record: SqlRecord,
    cases: tuple[Case, ...],
    box: Box,
    sort: QueueSort,
    descending: bool,
) -> None:
    query = QueueQuery(box=box, seat=LEADER, sort=sort, descending=descending, limit=7)
    found = ids(record, query)
    assert len(found) == len(set(found))
    assert found == ids(record, replace(query, limit=500))
    expected = {
        case.id
        for case in cases
        if case.state in box.states and (not box.lamps or case.timing.lamp(NOW) in box.lamps)
    }
    assert set(found) == expected


@pytest.mark.parametrize("box", [OPEN, REJECTED], ids=lambda box: box.id)
@pytest.mark.parametrize("sort", [QueueSort.REPORTED, QueueSort.NUMBER, QueueSort.CLASS])
def test_the_rows_stand_in_the_order_asked_for(
    record: SqlRecord, cases: tuple[Case, ...], sort: QueueSort, box: Box
) -> None:
    of_id = {case.id: case for case in cases}

    def key(case_id: CaseId) -> tuple[object, ...]:
        case = of_id[case_id]
        first = {
            QueueSort.REPORTED: case.reported_at,
            QueueSort.NUMBER: case.number,
            QueueSort.CLASS: case.class_code,
        }
        return first[sort], case_id

    query = QueueQuery(box=box, seat=LEADER, sort=sort)
    upward = ids(record, query)
    assert upward == sorted(upward, key=key)
    assert ids(record, replace(query, descending=True)) == upward[::-1]
    assert upward


def test_a_queue_begins_with_what_is_due_first(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    found = ids(record, QueueQuery(box=OPEN, seat=LEADER))
    due = {case.id: (case.timing.due_at, case.id) for case in cases}
    assert found == sorted(found, key=lambda case_id: due[case_id])


def test_a_box_of_ended_cases_begins_with_the_newest(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    found = ids(record, QueueQuery(box=REJECTED, seat=LEADER))
    newest_first = sorted(
        (case for case in cases if case.state is State.REJECTED),
        key=lambda case: (case.reported_at, case.id),
        reverse=True,
    )
    assert found == [case.id for case in newest_first]


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
def test_cases_without_a_clock_come_last_and_are_not_lost_between_pages(
    database: Database, service: CaseService, descending: bool
) -> None:
    reported = [report(service)[0] for _ in range(7)]
    without = reported[1::2]
    with database.write() as connection, guards.suspended(connection):
        connection.execute(update(CaseRow).where(CaseRow.id.in_(without)).values(due_at=None))
    query = QueueQuery(box=ONE_STATE, seat=LEADER, limit=2, descending=descending)
    found: list[CaseId] = []
    with database.read() as connection:
        names = read_names(connection)
        while True:
            page = read_page(connection, query, NOW, names)
            found += [row.case_id for row in page.rows]
            if page.next is None:
                break
            query = replace(query, after=page.next)
    assert sorted(found) == reported
    assert sorted(found[-len(without) :]) == without


def test_a_row_shows_what_the_case_says(
    record: SqlRecord, cases: tuple[Case, ...], city: Database
) -> None:
    of_id = {case.id: case for case in cases}
    rows = record.rows([case.id for case in cases])
    assert len(rows) == len(cases)
    with city.read() as connection:
        names = read_names(connection)
    for row in rows:
        case = of_id[row.case_id]
        assert (row.number, row.state, row.version) == (case.number, case.state, case.version)
        assert (row.kind, row.class_code) == (case.kind, case.class_code)
        assert (row.due_at, row.warn_at) == (case.timing.due_at, case.timing.warn_at)
        assert (row.paused, row.urgent) == (case.timing.paused, case.urgent)
        assert row.reported_at == case.reported_at
        assert (row.address, row.street_name) == (case.place.address, case.place.street_name)
        assert bool(row.condition) == (case.condition_id is not None)
        assert row.holder == names.holder(
            case.holder_post, case.holder_person_id, case.holder_department_id
        )
        assert bool(row.holder) == (case.state not in {*ENDED, State.SUSPENDED})


def test_rows_of_unknown_cases_are_left_out(record: SqlRecord) -> None:
    assert record.rows([CaseId(999_999)]) == ()
    assert record.rows([]) == ()


def test_a_page_of_one_case_each_is_the_same_queue(record: SqlRecord) -> None:
    query = QueueQuery(box=ONE_STATE, seat=LEADER, limit=1)
    found = pages(record, query)
    assert [len(page) for page in found[:-1]] == [1] * (len(found) - 1)
    assert ids(record, query) == ids(record, replace(query, limit=500))


def test_many_cases_of_the_queues_tested_here_have_equal_keys(cases: tuple[Case, ...]) -> None:
    still_open = [case for case in cases if case.state in ACTIVE]
    for keys in (
        [case.reported_at for case in still_open],
        [case.timing.due_at for case in still_open],
        [case.class_code for case in still_open],
        [case.place.address for case in still_open],
    ):
        assert len(set(keys)) < len(keys)


# -- filters ------------------------------------------------------------------------------------
@pytest.mark.parametrize("lamp", Lamp)
def test_a_lamp_filter_leaves_the_cases_that_show_it(
    record: SqlRecord, cases: tuple[Case, ...], lamp: Lamp
) -> None:
    expected = {case.id for case in cases if case.state in ACTIVE and case.timing.lamp(NOW) is lamp}
    assert matching(record, QueueFilter(lamp=lamp)) == expected


def test_each_filter_leaves_exactly_its_cases(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    still_open = [case for case in cases if case.state in ACTIVE]
    looked_for: dict[QueueFilter, Callable[[Case], bool]] = {
        QueueFilter(kind="event"): lambda case: case.kind == "event",
        QueueFilter(class_code="0102"): lambda case: case.class_code == "0102",
        QueueFilter(source=SOURCES[1]): lambda case: case.source == SOURCES[1],
        QueueFilter(street_code=STREETS[1]): lambda case: case.place.street_code == STREETS[1],
        QueueFilter(urgent=True): lambda case: case.urgent,
        QueueFilter(urgent=False): lambda case: not case.urgent,
        QueueFilter(kind="event", urgent=True): lambda case: case.kind == "event" and case.urgent,
    }
    for wanted, fits in looked_for.items():
        expected = {case.id for case in still_open if fits(case)}
        assert 0 < len(expected) < len(still_open)
        assert matching(record, wanted) == expected


def test_a_filter_holds_on_every_page(record: SqlRecord) -> None:
    wanted = QueueFilter(kind="event")
    query = QueueQuery(box=OPEN, seat=LEADER, filter=wanted, limit=5)
    assert set(ids(record, query)) == matching(record, wanted)


@pytest.mark.parametrize("offset", [0, 1, 7, 30], ids=lambda offset: f"row {offset}")
@pytest.mark.parametrize("sort", QueueSort)
@pytest.mark.parametrize(
    "wanted",
    [QueueFilter(), QueueFilter(kind="event"), QueueFilter(text="路")],
    ids=["all", "filtered", "searched"],
)
def test_a_page_in_the_middle_is_the_one_that_paging_comes_to(
    record: SqlRecord, wanted: QueueFilter, sort: QueueSort, offset: int
) -> None:
    query = QueueQuery(box=OPEN, seat=LEADER, sort=sort, filter=wanted, limit=5)
    whole = ids(record, query)
    page = record.page_at(query, offset, NOW)
    assert [row.case_id for row in page.rows] == whole[offset : offset + 5]
    if page.next is not None:
        following = record.page(replace(query, after=page.next), NOW)
        assert [row.case_id for row in following.rows] == whole[offset + 5 : offset + 10]


def test_behind_the_last_row_there_is_nothing(record: SqlRecord) -> None:
    query = QueueQuery(box=OPEN, seat=LEADER, limit=5)
    page = record.page_at(query, 100_000, NOW)
    assert (page.rows, page.next) == ((), None)


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize(
    "wanted",
    [
        QueueFilter(),
        QueueFilter(kind="event", urgent=False),
        QueueFilter(text="路"),
        QueueFilter(text="路面积水", kind="event"),
    ],
    ids=["all", "filtered", "a sign", "a word"],
)
def test_the_total_of_a_queue_is_the_number_of_its_rows(
    record: SqlRecord, box: Box, wanted: QueueFilter
) -> None:
    query = QueueQuery(box=box, seat=LEADER, filter=wanted)
    total = record.total(query, NOW)
    assert (total.count, total.is_exact) == (len(ids(record, query)), True)


def test_cases_whose_number_holds_the_digits_are_found(
    record: SqlRecord, cases: tuple[Case, ...]
) -> None:
    still_open = [case for case in cases if case.state in ACTIVE]
    one = still_open[0]
    assert matching(record, QueueFilter(text=one.number)) == {one.id}
    assert matching(record, QueueFilter(text=f"  {one.number} ")) == {one.id}
    of_day = {case.id for case in still_open if case.number.startswith("261119")}
    assert matching(record, QueueFilter(text="261119")) == of_day
    assert matching(record, QueueFilter(text=one.number[4:])) == {
        case.id for case in still_open if one.number[4:] in case.number
    }


@pytest.mark.parametrize(
    ("text", "meant"), [("%", "50%"), ("0%", "50%"), ("_", "a_b"), ("a_b", "a_b")]
)
def test_the_signs_of_sql_patterns_are_plain_letters(
    record: SqlRecord, cases: tuple[Case, ...], text: str, meant: str
) -> None:
    expected = {case.id for case in cases if case.state in ACTIVE and meant in case.description}
    assert expected
    assert matching(record, QueueFilter(text=text)) == expected


@pytest.mark.parametrize("text", ["'", '"; DROP TABLE cases', "/", "\\", "没有这样的字"])
def test_text_that_nothing_holds_finds_nothing(record: SqlRecord, text: str) -> None:
    assert matching(record, QueueFilter(text=text)) == set()


def test_the_scope_of_a_box_is_the_seats_own(record: SqlRecord, cases: tuple[Case, ...]) -> None:
    seat = SEAT_OF[Post.DEPARTMENT]
    boxes = [count.box for count in record.boxes(seat, NOW) if count.box.id == "open"]
    found = ids(record, QueueQuery(box=boxes[0], seat=seat))
    assert found
    of_id = {case.id: case for case in cases}
    assert {of_id[case_id].department_id for case_id in found} == {seat.department_id}


def test_a_case_number_leads_to_its_case(
    record: SqlRecord, cases: tuple[Case, ...], city: Database
) -> None:
    assert record.case_number(cases[3].number) == cases[3].id
    assert record.case_number("26113199999") is None
    with city.read() as connection:
        numbers = connection.execute(select(CaseRow.number)).scalars().all()
    assert len(set(numbers)) == len(cases)


@pytest.mark.parametrize(
    ("box", "wanted"),
    [
        (REJECTED, QueueFilter(states=(State.CLOSED,))),
        (REJECTED, QueueFilter(lamp=Lamp.RED)),
        (REJECTED, QueueFilter(due=DaySpan(days=-3))),
        (ONE_STATE, QueueFilter(states=(State.CLOSED, State.REJECTED))),
    ],
)
def test_what_no_case_can_be_is_not_looked_for(
    record: SqlRecord, box: Box, wanted: QueueFilter
) -> None:
    query = QueueQuery(box=box, seat=LEADER, filter=wanted)
    assert contradicts(box, wanted)
    assert ids(record, query) == []
    assert record.total(query, NOW) == QueueTotal(0, is_exact=True)


@pytest.mark.parametrize("lamp", [Lamp.GREY, None])
def test_an_ended_case_may_have_no_lamp(lamp: Lamp | None) -> None:
    assert not contradicts(REJECTED, QueueFilter(lamp=lamp, states=(State.REJECTED,)))
    assert not contradicts(OPEN, QueueFilter(lamp=Lamp.RED))


@pytest.mark.parametrize("sort", QueueSort)
@pytest.mark.parametrize("steps", [1, 3, 20])
def test_a_page_that_is_not_filled_nearby_is_filled_from_afar(
    record: SqlRecord, sort: QueueSort, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = Box(id="all", title="全部案卷")
    wanted = QueueFilter(kind="event", text="路")
    query = QueueQuery(box=everything, seat=LEADER, sort=sort, filter=wanted, limit=7)
    whole = ids(record, replace(query, limit=500))
    monkeypatch.setattr(questions, "STEPS", steps)
    monkeypatch.setattr(questions, "STEPS_OF_WORDS", steps)
    assert ids(record, query) == whole
    monkeypatch.setattr(plans, "FAR", 1)
    assert ids(record, query) == whole
    assert len(whole) > 20

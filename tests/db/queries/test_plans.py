"""What keeps a desk quick over a million cases: every read goes by an index that fits it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from db.engine import Database, open_database
from db.media import MediaStore
from db.queries.boxes import count_boxes
from db.record import SqlRecord
from db.tables import CaseRow
from resources import profile
from tests.helpers.stored_city import NOW, fill_ground, lonlat
from tests.helpers.stored_trade import MANHOLE_CODE
from tests.helpers.trade import (
    COLLECTOR,
    EVERYONE,
    FRIDAY_MORNING,
    LEADER,
    LIGHTS,
    SEAT_OF,
    manhole_report,
)
from workflow.boxes import boxes_of
from workflow.clocks import Lamp
from workflow.ids import CaseId
from workflow.posts import Post
from workflow.queries import (
    Box,
    BoxScope,
    DaySpan,
    Flag,
    Period,
    QueueFilter,
    QueueQuery,
    QueueSort,
)
from workflow.states import ACTIVE, ENDED, State

BIG_TABLES = ("cases", "case_event", "clock", "attachment", "component", "change_log")
WITH_STATE = ("ix_cases_class_sort", "ix_cases_place_sort")
"""The indexes in the order of classes and places, with the state beside them."""

FEW = tuple(
    str(index.name)
    for index in CaseRow.metadata.tables["cases"].indexes
    if index.dialect_options["sqlite"]["where"] is not None
)
"""The indexes that hold only cases that meet a condition."""

STATISTICS = (
    ("cases", "sqlite_autoindex_cases_1", "1000000 1"),
    ("cases", "ix_cases_box", "20000 1700 2 1"),
    ("cases", "ix_cases_department_box", "20000 500 150 2 1"),
    ("cases", "ix_cases_person_box", "20000 500 400 2 1"),
    ("cases", "ix_cases_due", "20000 2 1"),
    ("cases", "ix_cases_reported_at", "1000000 2 1"),
    ("cases", "ix_cases_state_reported", "1000000 71429 2 1"),
    ("cases", "ix_cases_state_number", "1000000 71429 1"),
    ("cases", "ix_cases_department_reported", "1000000 24391 7000 2 1"),
    ("cases", "ix_cases_filed", "1000000 24391 2"),
    ("cases", "ix_cases_precedents", "1000000 71429 900 110 110 40"),
    ("cases", "ix_cases_closed_at", "1000000 2"),
    ("cases", "ix_cases_class_sort", "1000000 13500 1 1"),
    ("cases", "ix_cases_place_sort", "1000000 114 1 1"),
    ("cases", "ix_cases_class_reported", "1000000 13500 2 1"),
    ("cases", "ix_cases_street_reported", "1000000 166667 2 1"),
    ("cases", "ix_cases_community_reported", "1000000 32300 2 1"),
    ("cases", "ix_cases_source_reported", "1000000 125000 2 1"),
    ("cases", "ix_cases_department_all", "1000000 24391 2 1"),
    ("cases", "ix_cases_urgent", "65000 2 1"),
    ("cases", "ix_cases_rework", "77000 2 1"),
    ("cases", "ix_cases_returned", "30000 2 1"),
    ("cases", "ix_cases_holder", "20000 80 2 1"),
    ("cases", "ix_cases_was_extended", "20000 2 1"),
    ("cases", "ix_cases_was_emergency", "2000 2 1"),
    ("cases", "ix_cases_under_watch", "500 2 1"),
    ("cases", "ix_cases_supervised", "500 60 2 1"),
    ("cases", "ix_cases_urged", "5000 2 1"),
    ("cases", "ix_cases_by_finder", "9000 2 1"),
    ("cases", "ix_cases_over_quota", "300 2 1"),
    ("cases", "ix_cases_handle_due", "1000000 24391 2"),
    ("cases", "ix_cases_dispatched", "1000000 24391 2"),
    ("cases", "ix_cases_unit_box", "2000 50 15 2 1"),
    ("cases", "ix_cases_cell_code", "1000000 1061"),
    ("case_event", "sqlite_autoindex_case_event_1", "10000000 10 1"),
    ("case_event", "ix_case_event_person_id_at", "10000000 50000 1"),
    ("component", "sqlite_autoindex_component_1", "800000 1"),
    ("component", "ix_component_cell_code", "800000 850"),
    ("component", "ix_component_class_code", "800000 8500"),
)
"""What ANALYZE says of a city with a million cases (every build ends with it); planners obey."""


@dataclass(frozen=True)
class Read:
    """One SELECT that was sent, with the steps of its plan."""

    statement: str
    steps: tuple[str, ...]

    def steps_on(self, *tables: str) -> list[str]:
        """The steps that go through one of these tables."""
        return [step for step in self.steps if step.split()[1] in tables]


class Listener:
    """Explains every SELECT that goes to the database while it listens."""

    def __init__(self, database: Database) -> None:
        self.reads: list[Read] = []
        event.listen(database.engine, "before_cursor_execute", self._on_execute)

    def _on_execute(
        self, connection: Connection, cursor: Any, statement: str, values: Any, *_: Any
    ) -> None:
        # Whether a deadline is provisional is read from the few calendars, with every page.
        if statement.startswith("SELECT") and "FROM work_calendar" not in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            self.reads.append(Read(statement, tuple(row[3] for row in cursor.fetchall())))


@pytest.fixture(scope="module")
def large(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A city whose planner thinks that it holds a million cases."""
    path = tmp_path_factory.mktemp("large") / "city.db"
    shutil.copyfile(city_file, path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("ANALYZE")
        file.execute("DELETE FROM sqlite_stat1")
        file.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", STATISTICS)
    database = open_database(path)
    with database.write() as connection:
        fill_ground(connection)
    yield database
    database.close()


@pytest.fixture(scope="module")
def record(large: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlRecord]:
    """The record of that city with one case."""
    opened = SqlRecord(large, MediaStore(tmp_path_factory.mktemp("photos")))
    place = opened.locate(*lonlat(0.5, 0.5)).place
    opened.report(replace(manhole_report(), place=place), COLLECTOR, FRIDAY_MORNING)
    yield opened
    opened.close()


@pytest.fixture
def listener(large: Database, record: SqlRecord) -> Listener:
    """Listens from now on."""
    return Listener(large)


def every_page() -> Iterator[QueueQuery]:
    """The first page of every box of every seat in every order, and one that follows it."""
    for seat in EVERYONE:
        for box in boxes_of(seat.post, profile.rows("boxes", profile.DEFAULT_PROFILE)):
            for sort in QueueSort:
                for descending in (False, True):
                    yield QueueQuery(box=box, seat=seat, sort=sort, descending=descending)


def is_open(box: Box) -> bool:
    """Whether a box holds open cases only; those with a task for this department are few."""
    return bool(set(box.states) & ACTIVE) and box.scope is not BoxScope.CO


def is_ended(box: Box) -> bool:
    """Whether a box holds ended cases only, of whatever mark."""
    return bool(box.states) and set(box.states) <= ENDED and not box.flags


def test_the_pages_of_open_boxes_read_open_cases_only(
    record: SqlRecord, listener: Listener
) -> None:
    queries = [query for query in every_page() if is_open(query.box)]
    for query in queries:
        record.page(query, NOW)
        record.page(replace(query, after=(1, 1)), NOW)
    assert len(listener.reads) == 2 * len(queries)
    for read in listener.reads:
        (step,) = read.steps_on("cases")
        assert any(f"USING INDEX {index}" in step for index in FEW), read


def test_the_pages_of_ended_boxes_begin_where_their_state_begins(
    record: SqlRecord, listener: Listener
) -> None:
    # Those of one department say themselves where to begin, as every narrowed queue does.
    ended = [query for query in every_page() if is_ended(query.box)]
    for query in ended:
        if query.box.scope is BoxScope.ALL:
            record.page(query, NOW)
    for read in listener.reads:
        (step,) = read.steps_on("cases")
        if step.startswith("SCAN"):
            # In the order of classes or places the state stands in the index beside them.
            assert any(f"USING INDEX {index}" in step for index in WITH_STATE), read
            assert "USE TEMP B-TREE FOR ORDER BY" not in read.steps, read
        else:
            assert step.startswith("SEARCH cases USING INDEX ix_cases_")
            assert "state=?" in step, read


@pytest.mark.parametrize(
    "sort", [QueueSort.REMAINING, QueueSort.REPORTED, QueueSort.NUMBER], ids=lambda sort: sort
)
def test_ended_boxes_are_not_sorted_to_show_a_page_of_them(
    record: SqlRecord, listener: Listener, sort: QueueSort
) -> None:
    is_number = sort is QueueSort.NUMBER
    queries = [q for q in every_page() if is_ended(q.box) and q.sort is sort]
    for query in queries:
        if is_number and query.box.scope != "all":
            continue  # a department's own are few enough to be sorted
        record.page(query, NOW)
        record.page(replace(query, after=("26112000001" if is_number else 1, 1)), NOW)
    assert listener.reads
    for read in listener.reads:
        assert "USE TEMP B-TREE FOR ORDER BY" not in read.steps, read


def test_what_a_person_did_today_is_found_from_the_days_steps(
    record: SqlRecord, listener: Listener
) -> None:
    for query in every_page():
        if query.box.mine:
            record.page(query, NOW)
    for read in listener.reads:
        assert "SEARCH cases USING INTEGER PRIMARY KEY (rowid=?)" in read.steps
        (step,) = read.steps_on("case_event")
        assert "ix_case_event_person_id_at (person_id=? AND at>?)" in step


def test_counts_of_open_boxes_touch_open_cases_only(large: Database, listener: Listener) -> None:
    with large.read() as connection:
        for seat in EVERYONE:
            boxes = boxes_of(seat.post, profile.rows("boxes", profile.DEFAULT_PROFILE))
            still_open = [box for box in boxes if is_open(box)]
            count_boxes(connection, still_open, seat, NOW)
    assert listener.reads
    for read in listener.reads:
        (step,) = read.steps_on("cases")
        assert any(index in step for index in FEW), read


def test_no_read_of_the_record_walks_through_a_big_table(
    record: SqlRecord, listener: Listener
) -> None:
    period = Period(NOW - timedelta(days=30), NOW)
    for seat in EVERYONE:
        record.boxes(seat, NOW)
    record.rows([CaseId(1)])
    record.case_file(CaseId(1), LEADER, NOW)
    record.case_number("26112000001")
    record.markers()
    record.locate(*lonlat(0.5, 1.05))
    record.component(MANHOLE_CODE)
    record.day_sum(NOW)
    record.scores(period, NOW)
    record.scored_cases(LIGHTS, period, NOW)
    record.changes_since(0)
    walked = [
        read
        for read in listener.reads
        for step in read.steps_on(*BIG_TABLES)
        if step.startswith("SCAN") and not any(index in step for index in FEW)
    ]
    assert len(listener.reads) > 40
    assert walked == []


def test_precedents_are_counted_in_their_index_alone(record: SqlRecord, listener: Listener) -> None:
    record.case_file(CaseId(1), LEADER, NOW)
    (read,) = [read for read in listener.reads if "GROUP BY" in read.statement]
    (step,) = read.steps_on("cases")
    assert "USING COVERING INDEX ix_cases_precedents" in step
    assert "state=? AND class_code=? AND street_code=? AND kind=?" in step


def every_narrowed_page() -> Iterator[QueueQuery]:
    """A queue of each size in each order under each part of a filter, alone and with others."""
    boxes = (
        Box(id="all", title="全部案卷"),
        Box(id="closed", title="已结案", states=(State.CLOSED,)),
        Box(id="open", title="全部在办", states=tuple(sorted(ACTIVE))),
        Box(id="mine", title="本单位", scope=BoxScope.DEPARTMENT),
    )
    parts: dict[str, Any] = {
        "kind": "event",
        "class_code": "0101",
        "big_code": "01",
        "source": "公众举报",
        "street_code": "310101015",
        "community_code": "310101015001",
        "department_id": LIGHTS,
        "holder_person_id": LEADER.person_id,
        "area_class": 1,
        "urgent": True,
        "states": (State.REJECTED, State.ARCHIVED),
        "flags": frozenset({Flag.REWORKED}),
        "reported": DaySpan(days=7),
        "closed": DaySpan(days=7),
        "due": DaySpan(days=-3),
        "lamp": Lamp.RED,
        "text": "井盖",
    }
    narrowed = [{name: value} for name, value in parts.items()]
    narrowed += [{"street_code": parts["street_code"], name: parts[name]} for name in parts]
    narrowed += [{"text": "路", name: parts[name]} for name in parts if name != "text"]
    for box in boxes:
        for given in narrowed:
            for sort in QueueSort:
                yield QueueQuery(
                    box=box, seat=SEAT_OF[Post.DEPARTMENT], sort=sort, filter=QueueFilter(**given)
                )


def test_no_filter_in_any_order_makes_a_page_of_all_cases_sorted(
    record: SqlRecord, listener: Listener
) -> None:
    for query in every_narrowed_page():
        record.page(query, NOW)
    assert len(listener.reads) > 1_000
    for read in listener.reads:
        walked = [
            step
            for step in read.steps
            if step.startswith("SCAN") and step.split()[1] in ("cases", "first")
            if not step.endswith(FEW)
        ]
        if "USE TEMP B-TREE FOR ORDER BY" in read.steps:
            assert walked == [], read
        assert all("INDEX" in step for step in walked), read


def test_a_row_far_down_is_found_in_an_index_alone(record: SqlRecord, listener: Listener) -> None:
    for box in (Box(id="all", title=""), Box(id="closed", title="", states=(State.CLOSED,))):
        for sort in QueueSort:
            for descending in (False, True):
                query = QueueQuery(box=box, seat=LEADER, sort=sort, descending=descending)
                record.page_at(query, 2, NOW)
    skips = [read for read in listener.reads if "OFFSET" in read.statement]
    assert len(skips) == 20
    for read in skips:
        (step,) = read.steps_on("cases")
        assert "USING COVERING INDEX" in step, read
        assert "USE TEMP B-TREE FOR ORDER BY" not in read.steps, read

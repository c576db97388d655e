"""Every cell of every table against a stored city: by the service, and by SQL past all of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from db.building import new_database
from db.engine import Database, open_database
from db.repositories.stored import stored_case, stored_events
from db.repositories.unit_of_work import SqlUnitOfWork
from resources import profile
from tests.helpers.cells import cells, forbidden, move_of, open_steps, seat_at, states, steps
from tests.helpers.forging import LET_THROUGH, NOT_ALLOWED, answers, forged, resealed
from tests.helpers.placed import Placed, every_shelf, every_table, place_every_cell
from tests.helpers.postgres import Server
from tests.helpers.stored_trade import fill
from tests.helpers.trade import FRIDAY_MORNING, SEAT_OF, demo_rules
from workflow.case import Case
from workflow.commands import Move
from workflow.decide import decide
from workflow.errors import NotAllowed
from workflow.events import CaseEvent
from workflow.posts import Post
from workflow.replay import first_break, replay
from workflow.service import CaseService, look_around
from workflow.states import State
from workflow.transitions import Transition

ON_THE_SERVER = "operator_closes+two_level_command"
"""One table is tried on PostgreSQL too: its guards are other text with the same meaning."""
LATER = FRIDAY_MORNING.replace(year=2028)
THOUSANDS_OF_STEPS = 150
"""Of SQLite's machine, for one event of a record with four thousand cases."""

ROWS: dict[tuple[str, str], list[Transition]] = defaultdict(list)
for _name in profile.profiles():
    for _row in demo_rules(_name).table.rows:
        ROWS[_row.operation, _row.outcome].append(_row)


class _WithoutCommit:
    """A connection whose transaction the test ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Leave it open."""


class _ReadOnce(SqlUnitOfWork):
    """A unit of work that keeps what it has read: nothing of it changes while all is refused."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.case = cache(super().case)  # type: ignore[method-assign]
        self.past = cache(super().past)  # type: ignore[method-assign]
        self.holds = cache(super().holds)  # type: ignore[method-assign]


class City:
    """A stored city with a case for every cell."""

    def __init__(self, database: Database, names: tuple[str, ...]) -> None:
        self.database = database
        self.names = names
        with database.write() as connection:
            every_table(connection)
            self.placed = place_every_cell(connection, names)

    def standing(self, name: str) -> dict[State, Case]:
        """The case of a profile that just stands in a state, for every state."""
        return {
            one.walk.case.state: one.walk.case
            for one in self.placed
            if one.profile == name and one.cell is None
        }

    def prepared(self) -> Iterator[Placed]:
        """The cases that wait for the step of a cell."""
        return (one for one in self.placed if one.cell is not None)


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """All nine tables on a SpatiaLite file."""
    path = tmp_path_factory.mktemp("cells") / "city.db"
    _fill(path)
    database = open_database(path)
    yield City(database, profile.profiles())
    database.close()


@pytest.fixture(scope="module")
def on_server(server: Server) -> Iterator[City]:
    """One table on a PostgreSQL server."""
    name = server.create()
    _fill(server.url(name))
    database = open_database(server.url(name))
    yield City(database, (ON_THE_SERVER,))
    database.close()
    server.drop(name)


@pytest.fixture(
    scope="module",
    params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgis)],
)
def city(request: pytest.FixtureRequest) -> City:
    """The city of this engine."""
    found: City = request.getfixturevalue(
        "on_file" if request.param == "spatialite" else "on_server"
    )
    return found


def _fill(place: str | Path) -> None:
    with new_database(place) as database, database.write() as connection:
        fill(connection)


# -- through the service ------------------------------------------------------------------------


def test_every_allowed_cell_is_done_and_stored_as_its_steps_say(city: City) -> None:
    done: Counter[str] = Counter()
    for one in city.prepared():
        assert one.cell is not None
        row, before = one.cell.row, one.walk.case
        # Each in a transaction of its own: many savepoints in one make SQLite slower and slower.
        with city.database.write_uncommitted() as connection:
            unit = SqlUnitOfWork(_WithoutCommit(connection))  # type: ignore[arg-type]
            move, seat = move_of(one.cell, one.walk, unit), seat_at(one.cell, one.walk)
            service_on(unit).move(before.id, before.version, move, seat, one.walk.now)
            case = stored_case(connection, before.id)
            events = stored_events(connection, before.id)
        assert (case.state, case.version) == (row.to_state, before.version + 1)
        assert (events[-1].operation, events[-1].outcome) == (row.operation, row.outcome)
        assert (events[-1].post, events[-1].person_id) == (one.cell.post, seat.person_id)
        assert first_break(events) is None
        assert replay(events) == case
        done[one.profile] += 1
    assert done == {name: len(list(cells(demo_rules(name)))) for name in city.names}


def test_every_other_cell_is_refused_by_the_service(city: City) -> None:
    refused = 0
    with city.database.write_uncommitted() as connection:
        for name in city.names:
            table = demo_rules(name).table
            for state, case in city.standing(name).items():
                service = service_on(_ReadOnce(connection))
                for operation, outcome, post in forbidden(table, state):
                    with pytest.raises(NotAllowed) as told:
                        service.move(
                            case.id,
                            case.version,
                            Move(operation=operation, outcome=outcome),
                            SEAT_OF[post],
                            LATER,
                        )
                    assert told.value.values["state"] is state
                    refused += 1
                assert stored_case(connection, case.id) == case
                assert len(stored_events(connection, case.id)) == case.version
    assert refused == forbidden_in(city)


def service_on(unit: SqlUnitOfWork) -> CaseService:
    """The service, always in this unit of work."""

    @contextmanager
    def same() -> Iterator[SqlUnitOfWork]:
        yield unit

    return CaseService(same, every_shelf())


def forbidden_in(city: City) -> int:
    """How many cells of the city's tables are open to nobody."""
    tables = [demo_rules(name).table for name in city.names]
    everything = sum(len(states(table)) for table in tables) * len(steps()) * len(Post)
    return everything - sum(len(open_steps(t, state)) for t in tables for state in states(t))


# -- past the program -----------------------------------------------------------------------------


def test_the_database_lets_every_allowed_step_through(city: City) -> None:
    with city.database.write_uncommitted() as connection:
        events = [decided(connection, one) for one in city.prepared()]
        said = answers(connection, events)
    refused = [
        (event.operation, event.outcome, event.from_state, answer)
        for event, answer in zip(events, said, strict=True)
        if answer != LET_THROUGH
    ]
    assert refused == []


def test_what_a_guard_reads_is_of_one_case_however_many_there_are(on_file: City) -> None:
    worked: dict[str, int] = {}
    with on_file.database.write_uncommitted() as connection:
        driver: Any = connection.connection.dbapi_connection
        for event in [decided(connection, one) for one in on_file.prepared()]:
            ticks = count()
            driver.set_progress_handler(lambda ticks=ticks: next(ticks) < 0, 1000)
            answers(connection, [event])
            driver.set_progress_handler(None, 0)
            worked[event.operation] = max(next(ticks), worked.get(event.operation, 0))
    most = max(worked, key=lambda operation: worked[operation])
    assert worked[most] < THOUSANDS_OF_STEPS, (most, worked[most])


def test_the_database_lets_no_allowed_step_lead_anywhere_else(city: City) -> None:
    with city.database.write_uncommitted() as connection:
        for name in city.names:
            elsewhere = [
                resealed(event, to_state=state)
                for one in city.prepared()
                if one.profile == name
                for event in [decided(connection, one)]
                for state in State
                if state not in _leads_to(one, event)
            ]
            assert set(answers(connection, elsewhere)) == {NOT_ALLOWED}


def test_the_database_refuses_every_other_cell(city: City) -> None:
    refused = 0
    with city.database.write_uncommitted() as connection:
        for name in city.names:
            table = demo_rules(name).table
            for state, case in city.standing(name).items():
                tried = list(forbidden(table, state))
                events = [
                    forged(case, operation, outcome, likeliest(operation, outcome, state), post)
                    for operation, outcome, post in tried
                ]
                assert set(answers(connection, events)) == {NOT_ALLOWED}, (name, state)
                refused += len(tried)
    assert refused == forbidden_in(city)


def decided(connection: Connection, one: Placed) -> CaseEvent:
    """The step of the cell as the program would write it."""
    assert one.cell is not None
    walk, unit = one.walk, SqlUnitOfWork(connection)
    move, seat = move_of(one.cell, walk, unit), seat_at(one.cell, walk)
    around = look_around(unit, walk.case, move, walk.now, walk.rules)
    return decide(walk.case, move, seat, walk.now, walk.rules, walk.past, around).event


def likeliest(operation: str, outcome: str, state: State) -> State:
    """Where a forger would let the operation lead to: from here if any table has that, else on."""
    rows = ROWS[operation, outcome]
    here = [row.to_state for row in rows if row.from_state is state]
    stays = [state for row in rows if row.from_state is row.to_state]
    return (here or stays or [rows[0].to_state])[0]


def _leads_to(one: Placed, event: CaseEvent) -> set[State]:
    """Where the table lets this operation lead to from here, for this post."""
    return {
        row.to_state
        for row in one.walk.rules.table.open_to(one.walk.case.state, event.post)
        if (row.operation, row.outcome) == (event.operation, event.outcome)
    }

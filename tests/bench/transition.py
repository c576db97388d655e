"""One step on one case of a million: loaded, decided, checked by the guards, durably committed.

`ours` is the 95th percentile of the service's `move`, from the call to the answer. The steps are
done on open cases at random and lead every case back to where it was: claimed and released,
accepted and filed back, dispatched, refused and returned. The peer is the bare transaction: the
very statements of that step, with the same values, through sqlite3 into the same tables and
indexes without a guard, as durable as ours. The two take turns.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import event, text

from db.engine import Database, open_database
from db.queries.city import read_seats
from db.repositories.unit_of_work import units_of_work
from db.rules import load_shelf
from tests.bench.cities import Options
from tests.bench.line import Line, percentile
from ui.session import china_now
from workflow.commands import Move
from workflow.ids import CaseId, DepartmentId
from workflow.posts import Post, Seat
from workflow.service import CaseService
from workflow.states import State

MOST_MILLISECONDS = 10.0
ROUNDS = {
    State.REPORTED: ("claim", "release", "accept", "fileBack"),
    State.PENDING_DISPATCH: ("dispatch", "refuseSign", "returnAudit:agreed"),
}
POSTS = {
    "claim": Post.ACCEPTOR,
    "release": Post.ACCEPTOR,
    "accept": Post.ACCEPTOR,
    "fileBack": Post.SHIFT_LEADER,
    "dispatch": Post.DISPATCHER,
    "refuseSign": Post.DEPARTMENT,
    "returnAudit": Post.DISPATCHER,
}
TABLES = (
    *("cases", "case_event", "clock", "co_task", "attachment", "change_log"),
    *("case_search", "case_tokens", "number_series"),
)
Statement = tuple[str, Any]


def run(options: Options) -> Line:
    """Take the steps, ours and the peer's in turns."""
    where = options.big_city()
    with closing(open_database(where)) as database:
        bench = _Bench(database, options.repeats(60, few=2))
        with _bare_copy(where, bench.case_ids) as bare:
            bench.take_all(bare)
        cases = bench.count()
    ours, peer = bench.ours, bench.peer
    p95 = percentile(ours, 95)
    return Line(
        name="transition",
        ours=p95,
        peer=percentile(peer, 95),
        ratio=percentile(ours, 50) / percentile(peer, 50),
        unit="ms",
        n=len(ours),
        bound=f"p95 <= {MOST_MILLISECONDS:.0f} ms",
        holds=p95 <= MOST_MILLISECONDS,
        more={
            "percentile": "p95",
            "ratio_of": "p50",
            "ours_p50": percentile(ours, 50),
            "peer_p50": percentile(peer, 50),
            "ours_max": max(ours),
            "processor_p50": percentile(bench.processor, 50),
            "cases": cases,
        },
    )


class _Bench:
    """The steps of a run.

    Attributes:
        ours, peer: milliseconds of each step.
        processor: of them, what this process computed; the rest is the disk's.
    """

    def __init__(self, database: Database, cases: int) -> None:
        self._database = database
        self._chance = Random(4490)
        with database.read() as connection:
            self._service = CaseService(units_of_work(database), load_shelf(connection))
            self._seats = read_seats(connection)
            self._chosen = {
                state: self._some(_open_cases(connection, state), cases) for state in ROUNDS
            }
        self.case_ids = [case_id for chosen in self._chosen.values() for case_id in chosen]
        self.ours: list[float] = []
        self.peer: list[float] = []
        self.processor: list[float] = []

    def take_all(self, bare: Callable[[Sequence[Statement]], float]) -> None:
        """Every step of every case, round about through the cases."""
        for state, steps in ROUNDS.items():
            for step in steps:
                for case_id in self._chosen[state]:
                    self._take(case_id, step, bare)

    def count(self) -> int:
        """How many cases there are."""
        with self._database.read() as connection:
            return int(connection.execute(text("SELECT count(*) FROM cases")).scalar_one())

    def _some(self, found: list[CaseId], most: int) -> list[CaseId]:
        return self._chance.sample(found, min(most, len(found)))

    def _take(
        self, case_id: CaseId, step: str, bare: Callable[[Sequence[Statement]], float]
    ) -> None:
        operation, _, outcome = step.partition(":")
        version, department_id = self._standing(case_id)
        seat = self._seat(POSTS[operation], department_id)
        move = Move(
            operation=operation,
            outcome=outcome,
            opinion="测量一步所用的时间。",
            department_id=self._departments()[0] if operation == "dispatch" else None,
        )
        now: datetime = china_now()
        with _writes(self._database) as written:
            computing, started = process_time(), perf_counter()
            self._service.move(case_id, version, move, seat, now)
            self.ours.append((perf_counter() - started) * 1000)
            self.processor.append((process_time() - computing) * 1000)
        self.peer.append(bare(written))

    def _standing(self, case_id: CaseId) -> tuple[int, DepartmentId | None]:
        query = text("SELECT version, department_id FROM cases WHERE id = :id")
        with self._database.read() as connection:
            row = connection.execute(query, {"id": case_id}).one()
        return row.version, row.department_id

    def _departments(self) -> list[DepartmentId]:
        held = (seat.department_id for seat in self._seats if seat.post is Post.DEPARTMENT)
        return [one for one in held if one is not None]

    def _seat(self, post: Post, department_id: DepartmentId | None) -> Seat:
        return next(
            seat
            for seat in self._seats
            if seat.post is post
            and (post is not Post.DEPARTMENT or seat.department_id == department_id)
        )


def _open_cases(connection: Any, state: State) -> list[CaseId]:
    query = text(
        "SELECT id FROM cases WHERE ended = 0 AND state = :state AND claimed_by IS NULL"
        " AND self_handled = 0 AND emergency = 0 AND request_kind IS NULL"
    )
    return [CaseId(row.id) for row in connection.execute(query, {"state": state.value})]


@contextmanager
def _writes(database: Database) -> Iterator[list[Statement]]:
    """The statements of the block that change rows, as the driver got them."""
    written: list[Statement] = []

    def note(_: Any, __: Any, statement: str, values: Any, ___: Any, ____: bool) -> None:
        # What the search index forgets was never in the peer's.
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and "'delete'" not in statement:
            written.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@contextmanager
def _bare_copy(
    where: Path, case_ids: Sequence[CaseId]
) -> Iterator[Callable[[Sequence[Statement]], float]]:
    """The tables of a step with those cases in a file of its own; a call writes one step there."""
    place = where.with_name("bare.sqlite")
    place.unlink(missing_ok=True)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _fill(connection, where, case_ids)

        def write(statements: Sequence[Statement]) -> float:
            started = perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            for statement, values in statements:
                connection.execute(statement, values)
            connection.execute("COMMIT")
            return (perf_counter() - started) * 1000

        yield write
    for ending in ("", "-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, where: Path, case_ids: Sequence[CaseId]) -> None:
    connection.execute("ATTACH ? AS city", (str(where),))
    made = connection.execute(
        "SELECT sql, tbl_name FROM city.sqlite_master"
        " WHERE type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
    ).fetchall()
    for statement, table in made:
        if table in TABLES:
            connection.execute(statement)
    # No guard, but part of the writing: a step moves its case.
    moves = "SELECT sql FROM city.sqlite_master WHERE name = 'guard_case_event_moves_case'"
    connection.execute(*connection.execute(moves).fetchone())
    ids = ", ".join(map(str, case_ids))
    for table, key in {
        "cases": "id",
        "clock": "case_id",
        "case_event": "case_id",
        "case_search": "case_id",
    }.items():
        connection.execute(
            f"INSERT INTO main.{table} SELECT * FROM city.{table} WHERE {key} IN ({ids})"
        )
    connection.execute("DETACH city")

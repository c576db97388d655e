"""The unit of work on a SQL database: one transaction, the lock on the case, the change log."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, text

from db.engine import Database
from db.repositories.case_rows import case_values, co_task_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import attachment_values, event_from, event_values
from db.repositories.statements import (
    ADD_CASE,
    ADD_CHANGE,
    ADD_CLOCK,
    ADD_EVENT,
    ADD_PHOTO,
    ADD_TASK,
    CHANGE_CLOCK,
    DROP_TASKS,
    HOLDS,
    PAST,
    project,
)
from db.repositories.stored import stored_case
from db.repositories.surroundings import (
    count_uses,
    read_checkers,
    read_department,
    read_quota,
)
from db.search_index import READS, index_case
from db.tables import (
    CaseEventRow,
    CaseRow,
    ComponentRow,
    DepartmentRow,
    PersonPostRow,
    PersonRow,
    TransitionRow,
)
from workflow.case import Case
from workflow.errors import CaseChanged, NotFound
from workflow.events import FIRST_HASH, CaseEvent
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.instants import epoch_ms, from_epoch_ms, readable
from workflow.past import Past
from workflow.ports import Rules, UnitOfWork, UnitOfWorkFactory
from workflow.posts import COMMAND_AXIS, Seat
from workflow.queries import Changes
from workflow.surroundings import Quota

_NEXT_NUMBER = text(
    "INSERT INTO number_series (day, last) VALUES (:day, 1)"
    " ON CONFLICT (day) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)
# PostgreSQL lets two reports run side by side; the one that comes second waits here for the first.
# The number is our own: any constant will do.
_ONE_REPORT_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4490001)")
# Steps run side by side there too. They share this lock, and whoever puts another calendar or other
# rules in force waits for them and keeps the next ones waiting.
_A_STEP = text("SELECT pg_advisory_xact_lock_shared(4490002)")
_NO_STEP = text("SELECT pg_advisory_xact_lock(4490002)")
_NEW: Any = object()


def units_of_work(database: Database) -> UnitOfWorkFactory:
    """What the workflow's service opens for every report and every step."""

    @contextmanager
    def open_unit() -> Iterator[UnitOfWork]:
        with database.write_uncommitted() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_A_STEP)
            yield SqlUnitOfWork(connection)

    return open_unit


def hold_steps(connection: Connection) -> None:
    """Until the end of this transaction no step is taken: what it changes holds for all after it.

    A transaction that writes to a SQLite file keeps every other one waiting anyhow.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_NO_STEP)


class SqlUnitOfWork:
    """A unit of work (workflow.ports) on an open transaction.

    On SQLite the transaction is the only writer from its begin on; on PostgreSQL reading a case
    locks its row. So what `case` answers stays true until the end.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed: list[tuple[CaseEvent, str]] = []
        self._number = ""
        self._seen: dict[CaseId, Case] = {}

    def case(self, case_id: CaseId) -> Case:
        """The case as it stands, locked until the end. Raises NotFound."""
        case = stored_case(self._connection, case_id, lock=True)
        self._seen[case_id] = case
        return case

    def next_case_id(self) -> CaseId:
        """A fresh identity; ids have no gaps because cases are never deleted."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_ONE_REPORT_AT_A_TIME)
        last = self._connection.execute(
            select(CaseRow.id).order_by(CaseRow.id.desc()).limit(1)
        ).scalar()
        return CaseId((last or 0) + 1)

    def next_number(self, day: date) -> str:
        """The next number of a day: yyMMdd and five digits, more where a day has more cases."""
        key = f"{day:%y%m%d}"
        serial = self._connection.execute(_NEXT_NUMBER, {"day": key}).scalar_one()
        return f"{key}{serial:05}"

    def add(self, case: Case, event: CaseEvent) -> None:
        """A new case with its first step."""
        before = {"version": 0, "projected_version": 0, "state": "", "head_hash": FIRST_HASH}
        self._connection.execute(ADD_CASE, {**case_values(case), **before})
        self._take_step(None, case, event, "report")
        self._number = case.number

    def save(self, case: Case, event: CaseEvent) -> None:
        """One step: the event, then the projection. Raises CaseChanged, NotFound."""
        before = self._seen.get(case.id) or self.case(case.id)
        if before.version != event.seq - 1:
            raise self._lost_to_another(case)
        self._take_step(before, case, event, "step")

    def last_step(self, case_id: CaseId) -> tuple[CaseEvent, str]:
        """The newest step of a case and the name of the person who did it. Raises NotFound."""
        events = CaseEventRow.__table__
        found = self._connection.execute(
            select(events, PersonRow.name.label("person_name"))
            .join(PersonRow, PersonRow.id == events.c.person_id)
            .where(events.c.case_id == case_id)
            .order_by(events.c.seq.desc())
            .limit(1)
        ).mappings()
        if (row := found.one_or_none()) is None:
            raise NotFound("There is no case with the id {case_id} in the record.", case_id=case_id)
        return event_from(row), row["person_name"]

    def past(self, case_id: CaseId) -> Past:
        """Time of the newest step, and everyone who did a step from the command axis."""
        steps = self._connection.execute(PAST, {"of_case": case_id}).all()
        hands = frozenset(PersonId(step.person_id) for step in steps if step.post in COMMAND_AXIS)
        return Past(from_epoch_ms(steps[-1].at) if steps else None, hands)

    def department_name(self, department_id: DepartmentId) -> str:
        """The department's name. Raises NotFound."""
        return read_department(self._connection, department_id)[0]

    def unit_kind(self, department_id: DepartmentId) -> str:
        """What kind of department it is. Raises NotFound."""
        return read_department(self._connection, department_id)[1]

    def quota(self, department_id: DepartmentId, month: date, rules: Rules) -> Quota:
        """How much of a department's month has been extended, this transaction included."""
        return read_quota(self._connection, department_id, month, rules)

    def used_since(self, authorisation_id: str, since: datetime) -> int:
        """How often an authorisation was used from an instant on."""
        return count_uses(self._connection, authorisation_id, since)

    def checkers(self, case: Case) -> Sequence[PersonId]:
        """Who may check the case apart from its reporter and its beat, by id."""
        return read_checkers(self._connection, case)

    def component_class(self, code: str) -> str:
        """Big and small class of the component with that code. Raises NotFound."""
        found = self._connection.execute(
            select(ComponentRow.class_code).where(ComponentRow.code == code)
        ).scalar()
        if found is None:
            raise NotFound(
                "There is no component {code} in the census; "
                "check the code or click it on the map.",
                code=code,
            )
        return found

    def holds(self, seat: Seat) -> bool:
        """Whether the person holds the post, in the department and district that it claims."""
        found = HOLDS
        if seat.department_id is not None:
            found = found.where(PersonPostRow.department_id == seat.department_id)
        if seat.district_code:
            found = found.join(
                DepartmentRow, DepartmentRow.id == PersonPostRow.department_id
            ).where(DepartmentRow.district_code == seat.district_code)
        who = {"person_id": seat.person_id, "post": seat.post.value}
        return self._connection.execute(found, who).scalar() is not None

    def commit(self) -> Changes:
        """Write the change log, make everything durable, and say what changed."""
        seq = 0
        for event, kind in self._changed:
            line = {
                "at": epoch_ms(event.at),
                "entity": "case",
                "entity_id": event.case_id,
                "kind": kind,
            }
            added = self._connection.execute(ADD_CHANGE, line)
            (seq,) = added.inserted_primary_key or (0,)
        self._connection.commit()
        cases = frozenset(event.case_id for event, _ in self._changed)
        return Changes(seq=seq, cases=cases, number=self._number)

    def _take_step(self, before: Case | None, case: Case, event: CaseEvent, kind: str) -> None:
        """The order is that of the guards: the step moves the case, the rest follows it."""
        self._connection.execute(ADD_EVENT, event_values(event))
        self._write_clocks(before, case, event)
        self._write_co_tasks(before, case)
        if photos := list(attachment_values(event)):
            self._connection.execute(ADD_PHOTO, photos)
        self._project(before, case)
        self._seen[case.id] = case
        self._changed.append((event, kind))

    def _project(self, before: Case | None, case: Case) -> None:
        """Write the columns that changed, and no others: each index on the others is spared."""
        values = case_values(case)
        known = {} if before is None else case_values(before)
        changed = {name: value for name, value in values.items() if known.get(name, _NEW) != value}
        if before is None or not READS.isdisjoint(changed):
            index_case(self._connection, values)
        for moved_by_the_event in ("id", "version", "state", "head_hash"):
            changed.pop(moved_by_the_event, None)
        self._connection.execute(project(tuple(changed)), {**changed, "of_case": case.id})

    def _write_co_tasks(self, before: Case | None, case: Case) -> None:
        held = () if before is None else before.co_tasks
        if case.co_tasks == held:
            return
        if held:
            self._connection.execute(DROP_TASKS, {"of_case": case.id})
        if tasks := list(co_task_values(case)):
            self._connection.execute(ADD_TASK, tasks)

    def _write_clocks(self, before: Case | None, case: Case, event: CaseEvent) -> None:
        touched = {(clock["kind"], clock["round"]) for clock in event.clocks}
        known = {(one.kind.value, one.round) for one in before.clocks} if before else set()
        for row in clock_values(case):
            key = (row["kind"], row["round"])
            if key not in touched:
                continue
            if key in known:
                del row["case_id"]
                which = {"of_case": case.id, "of_kind": key[0], "of_round": key[1]}
                self._connection.execute(CHANGE_CLOCK, row | which)
            else:
                self._connection.execute(ADD_CLOCK, row)

    def _lost_to_another(self, case: Case) -> CaseChanged:
        event, name = self.last_step(case.id)
        operation = self._connection.execute(
            select(TransitionRow.name).where(
                TransitionRow.profile == case.profile,
                TransitionRow.version == case.rules_version,
                TransitionRow.operation == event.operation,
                TransitionRow.outcome == event.outcome,
            )
        ).scalars()
        return CaseChanged(
            "Case {number} was changed meanwhile: {name} did {operation} at {at}. "
            "Look at the case again before you go on.",
            number=case.number,
            name=name,
            operation=operation.first() or event.operation,
            at=readable(event.at),
        )

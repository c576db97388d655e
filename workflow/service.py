"""The one way in which seats change the record: open a unit of work, decide, save, commit."""

from datetime import datetime

from workflow.case import Case, CaseKind
from workflow.commands import Move, Report
from workflow.decide import decide, decide_report
from workflow.errors import CaseChanged, NotAllowed
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME, readable
from workflow.ports import Rules, UnitOfWork, UnitOfWorkFactory
from workflow.posts import Post, Seat
from workflow.queries import Changes


class CaseService:
    """Reports and moves, each in one transaction.

    Args:
        open_unit: opens a unit of work as a context manager.
        rules: table, catalog, calendar and limits in force.
    """

    def __init__(self, open_unit: UnitOfWorkFactory, rules: Rules) -> None:
        self._open_unit = open_unit
        self._rules = rules

    def report(self, command: Report, seat: Seat, now: datetime) -> Changes:
        """A new case; `number` of the answer is its case number.

        Raises:
            NotAllowed, UnknownClass, OutsideCity, RequirementMissing: see `decide_report`.
            NotFound: there is no component with the code given.
            NotAllowed: that component is of another class than the report says.
        """
        with self._open_unit() as unit:
            _refuse_strangers(unit, seat)
            _refuse_another_class(unit, command)
            decision = decide_report(
                command,
                seat,
                now,
                self._rules,
                case_id=unit.next_case_id(),
                number=unit.next_number(now.astimezone(CHINA_STANDARD_TIME).date()),
            )
            unit.add(decision.case, decision.event)
            return unit.commit()

    def move(self, case_id: CaseId, version: int, move: Move, seat: Seat, now: datetime) -> Changes:
        """One step on the case that the seat saw at `version`.

        Raises:
            CaseChanged: another seat acted first; nothing was done.
            NotAllowed, RequirementMissing, ClockTurnedBack, NotFound: see `decide`; also where
                the collector or the department chosen does not exist.
        """
        with self._open_unit() as unit:
            _refuse_strangers(unit, seat)
            case = unit.case(case_id)
            if case.version != version:
                raise self._changed(unit, case)
            decision = decide(case, move, seat, now, self._rules, unit.past(case_id))
            _refuse_nobody(unit, move)
            unit.save(decision.case, decision.event)
            return unit.commit()

    def _changed(self, unit: UnitOfWork, case: Case) -> CaseChanged:
        event, name = unit.last_step(case.id)
        return CaseChanged(
            "Case {number} was changed meanwhile: {name} did {operation} at {at}. "
            "Look at the case again before you go on.",
            number=case.number,
            name=name,
            operation=self._rules.table.operation_name(event.operation, event.outcome),
            at=readable(event.at),
        )


def _refuse_another_class(unit: UnitOfWork, report: Report) -> None:
    """A report on a component is of its class; an event may name the component it happened at."""
    if report.component_code is None:
        return
    found = unit.component_class(report.component_code)
    if report.kind is CaseKind.COMPONENT and found != report.class_code:
        raise NotAllowed(
            "Component {code} is of class {found}, and the report says {said}. "
            "Take the component's own class, or leave the component out.",
            code=report.component_code,
            found=found,
            said=report.class_code,
        )


def _refuse_strangers(unit: UnitOfWork, seat: Seat) -> None:
    if not unit.holds(seat):
        raise NotAllowed(
            "{name} cannot act as {post}: the post is not held by this person. "
            "Ask the administrator to assign it.",
            name=seat.person_name,
            post=seat.post,
        )


def _refuse_nobody(unit: UnitOfWork, move: Move) -> None:
    """A task must reach somebody: the collector is one, and the department exists."""
    if move.department_id is not None:
        unit.department_name(move.department_id)
    if move.collector_id is None:
        return
    if not unit.holds(Seat(move.collector_id, "", Post.COLLECTOR, "")):
        raise NotAllowed(
            "The task cannot go to person {person_id}, who is no collector; choose a collector.",
            person_id=move.collector_id,
        )

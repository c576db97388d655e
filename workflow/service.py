"""The one way in which seats change the record: open a unit of work, decide, save, commit."""

from collections.abc import Sequence
from datetime import date, datetime

from workflow.case import Case, CaseKind
from workflow.commands import Amendment, Move, Report
from workflow.decide import decide, decide_report
from workflow.errors import CaseChanged, NotAllowed
from workflow.ids import CaseId, PersonId
from workflow.instants import CHINA_STANDARD_TIME, midnight, readable
from workflow.ports import Rules, UnitOfWork, UnitOfWorkFactory
from workflow.posts import Post, Seat
from workflow.queries import Changes
from workflow.settings import CheckerRule
from workflow.shelf import Shelf
from workflow.states import State
from workflow.surroundings import Surroundings
from workflow.transitions import MAIN, Need


class CaseService:
    """Reports and moves, each in one transaction.

    Args:
        open_unit: opens a unit of work as a context manager.
        shelf: the rules in force, and those that older cases keep.
    """

    def __init__(self, open_unit: UnitOfWorkFactory, shelf: Shelf) -> None:
        self._open_unit = open_unit
        self._shelf = shelf

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
                self._shelf.current,
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
            rules = self._shelf.of(case)
            rules.table.candidates(
                case.state, move.operation, move.outcome, seat.post, case.number
            )  # before anything is said about what the move brings
            _refuse_nobody(unit, case, move, seat, rules)
            if move.amendment is not None:
                _refuse_another_class(unit, move.amendment)
            around = look_around(unit, case, move, now, rules)
            decision = decide(case, move, seat, now, rules, unit.past(case_id), around)
            unit.save(decision.case, decision.event)
            return unit.commit()

    def _changed(self, unit: UnitOfWork, case: Case) -> CaseChanged:
        event, name = unit.last_step(case.id)
        return CaseChanged(
            "Case {number} was changed meanwhile: {name} did {operation} at {at}. "
            "Look at the case again before you go on.",
            number=case.number,
            name=name,
            operation=self._shelf.of(case).table.operation_name(event.operation, event.outcome),
            at=readable(event.at),
        )


def _refuse_another_class(unit: UnitOfWork, report: Report | Amendment) -> None:
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


def _refuse_nobody(unit: UnitOfWork, case: Case, move: Move, seat: Seat, rules: Rules) -> None:
    """A task must reach somebody: who is chosen holds the post, and the department exists."""
    for department_id in (move.department_id, *move.co_department_ids):
        if department_id is not None:
            unit.department_name(department_id)
    wanted = CENTERS.get(move.outcome)
    if move.unit_id is not None and wanted and unit.unit_kind(move.unit_id) != wanted:
        raise NotAllowed(
            "Case {number} cannot go to {name}, which has no dispatchers for it; choose a center.",
            number=case.number,
            name=unit.department_name(move.unit_id),
        )
    if move.collector_id is not None and not any(
        unit.holds(Seat(move.collector_id, "", post, "")) for post in walkers(case, move, rules)
    ):
        raise NotAllowed(
            "The task of case {number} cannot go to person {person_id}, who holds no post that "
            "does it; choose a collector.",
            number=case.number,
            person_id=move.collector_id,
        )
    if move.person_id is not None and not unit.holds(_taker(case, move, seat)):
        raise NotAllowed(
            "Case {number} cannot go to person {person_id}, who does not hold the post that acts "
            "on it; choose somebody who does.",
            number=case.number,
            person_id=move.person_id,
        )


def _taker(case: Case, move: Move, seat: Seat) -> Seat:
    """The seat that the person chosen must hold: a handler of the department, or a colleague."""
    assert move.person_id is not None
    if move.operation == "assign":
        return Seat(move.person_id, "", Post.HANDLER, "", seat.department_id)
    # Who hands a case over in a district's center hands it to a colleague of that center.
    return Seat(move.person_id, "", case.holder_post or seat.post, "", seat.department_id)


def walkers(case: Case, move: Move, rules: Rules) -> frozenset[Post]:
    """The posts that can answer the task that a move gives to a collector."""
    table = rules.table
    asking = (row for row in table.leaving(case.state) if row.operation == move.operation)
    tasks = {row.to_state for row in asking if Need.COLLECTOR in row.needs}
    answers = (row for state in tasks for row in table.leaving(state) if row.tone == MAIN)
    return frozenset(post for row in answers for post in row.posts)


def look_around(
    unit: UnitOfWork, case: Case, move: Move, now: datetime, rules: Rules
) -> Surroundings:
    """What the operation must know beyond its case, read in the same transaction."""
    quota = checkers = master = None
    used_today = 0
    if move.operation in _ABOUT_QUOTA and case.department_id is not None:
        quota = unit.quota(case.department_id, quota_month(case, now), rules)
    if move.authorisation_id is not None:
        used_today = unit.used_since(move.authorisation_id, midnight(now))
    checking = move.operation in _CHECKS or case.state is State.CHECKING
    if move.collector_id is not None and checking:
        checkers = allowed_checkers(case, rules.settings.checker_rule, unit.checkers(case))
    if move.master_id is not None:
        master = unit.case(move.master_id)
    return Surroundings(quota=quota, used_today=used_today, checkers=checkers, master=master)


def quota_month(case: Case, now: datetime) -> date:
    """The first day of the month that an extension of the case counts in: that of its deadline."""
    due = case.timing.handle_due_at or now
    return due.astimezone(CHINA_STANDARD_TIME).date().replace(day=1)


def allowed_checkers(
    case: Case, rule: CheckerRule, apart: Sequence[PersonId]
) -> frozenset[PersonId] | None:
    """Who may be sent to check; None where anybody may.

    The lot is drawn from the hash of the case's last step: nobody chooses it, anybody can redo it.

    Args:
        apart: who is left once reporter and beat are out, in a fixed order.
    """
    if rule is CheckerRule.NEAREST or not apart:
        return None
    if rule is CheckerRule.APART:
        return frozenset(apart)
    drawn = int.from_bytes(case.head_hash[:8], "big") % len(apart)
    return frozenset({apart[drawn]})


CENTERS = {"district": "district_center", "town": "town_center"}
"""What kind of center a dispatch goes to, by its outcome."""

_ABOUT_QUOTA = frozenset({"askExtension", "forwardExtension", "auditExtension"})
_CHECKS = frozenset({"sendCheck", "recheck"})

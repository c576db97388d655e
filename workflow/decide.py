"""The heart of the record: case, move, seat and time go in; the next case and its event come out.

Pure: nothing is read, nothing is written, the time is an argument. Who may do what stands in the
transition table; this module carries a row of it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflow import effects, guards
from workflow.case import Case
from workflow.case_clocks import after_step
from workflow.case_file import OpenMove
from workflow.catalog import ClassEntry
from workflow.clock_orders import orders
from workflow.clocks import Clock, ClockKind
from workflow.commands import Move, Report
from workflow.encoding import DEFAULTS, FIELDS, encode, encode_photo
from workflow.errors import ClockTurnedBack, NotAllowed, UnknownClass
from workflow.events import FIRST_HASH, CaseEvent, seal
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms, from_epoch_ms, readable
from workflow.past import Past
from workflow.ports import Rules
from workflow.posts import Seat
from workflow.requirements import SELF_HANDLED, refuse_incomplete_move, refuse_incomplete_report
from workflow.situation import Situation
from workflow.step import Step
from workflow.surroundings import NOTHING_AROUND, Surroundings
from workflow.taking_over import arrival, arrival_orders, refuse_incomplete_takeover
from workflow.transitions import Transition

EARLIEST = datetime(2005, 8, 1, tzinfo=CHINA_STANDARD_TIME)
"""CJ/T 213-2005, the first standard of the trade, came into force: no case can be older."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a step comes to: the case as it stands after it, and the sealed event that says so."""

    case: Case
    event: CaseEvent


def decide_report(
    report: Report, seat: Seat, now: datetime, rules: Rules, *, case_id: CaseId, number: str
) -> Decision:
    """A new case in version 1.

    Raises:
        NotAllowed: the post does not report, or not there.
        UnknownClass: the class is not in the catalog in force, or has no name of its own there.
        OutsideCity: the place lies in no unit cell.
        RequirementMissing: no source, no description, or a part of a takeover is missing.
        ClockTurnedBack: the machine's clock has lost its date.
    """
    row = rules.table.report_row(seat.post, report.operation)
    if now < EARLIEST:
        raise ClockTurnedBack(
            "No case can be reported at {now}: this machine's clock has lost its date. "
            "Set the clock right.",
            now=readable(now),
        )
    at = from_epoch_ms(epoch_ms(now))
    refuse_incomplete_report(report, row)
    refuse_incomplete_takeover(report, row)
    entry = rules.catalog.entry(report.kind, report.class_code)
    if not entry.is_usable:
        raise UnknownClass(
            "The class {code} of {edition} cannot be reported: it has no name of its own there. "
            "Choose another one.",
            code=report.class_code,
            edition=entry.edition,
        )
    case = _reported(report, row, seat, at, rules, entry, (case_id, number))
    case = replace(case, **arrival(report, at))
    situation = Situation(case=case, seat=seat, at=at, rules=rules)
    if (objection := guards.refusal(row, situation)) is not None:
        raise objection
    clocks, changed = after_step(case, row, arrival_orders(report), at, rules)
    written = {
        name: [None, encode(name, value)]
        for name in FIELDS
        if (value := getattr(case, name)) != DEFAULTS[name]
    }
    move = Move(operation=row.operation, opinion=report.opinion, photos=report.photos)
    event = _event(case_id, 1, at, row, move, seat, written, changed, FIRST_HASH)
    return Decision(replace(case, clocks=clocks, head_hash=event.hash), event)


def decide(
    case: Case,
    move: Move,
    seat: Seat,
    now: datetime,
    rules: Rules,
    past: Past,
    around: Surroundings = NOTHING_AROUND,
) -> Decision:
    """One step of the transition table on a case.

    Args:
        past: what the steps so far left; `past.after(decision.event)` is that of the next step.
        around: what the operation must know beyond the case.

    Raises:
        NotAllowed: the table or a guard refuses.
        RequirementMissing: the step needs something that was not given.
        ClockTurnedBack: now lies before the last step of the case.
        NotFound: the filing condition does not exist.
    """
    at = past.next_instant(case.number, now)
    situation = Situation(
        case=case, seat=seat, at=at, rules=rules, hands=past.hands, move=move, around=around
    )
    row = _row(situation, move)
    refuse_incomplete_move(move, row, case.number)
    step = Step(case, move, row, seat, at, rules, around)
    new = effects.changes(step)
    clock_orders = orders(step, new)
    if (handle := clock_orders.limits.get(ClockKind.HANDLE)) is not None:
        new["handle_limit"] = handle[0]
    written = {
        name: [encode(name, before), encode(name, after)]
        for name, after in new.items()
        if (before := getattr(case, name)) != after
    }
    clocks, changed = after_step(case, row, clock_orders, at, rules)
    event = _event(case.id, case.version + 1, at, row, move, seat, written, changed, case.head_hash)
    after = replace(
        case,
        version=event.seq,
        state=row.to_state,
        clocks=clocks,
        head_hash=event.hash,
        **new,
    )
    return Decision(after, event)


def open_moves(
    case: Case, seat: Seat, rules: Rules, past: Past, now: datetime
) -> tuple[OpenMove, ...]:
    """The buttons of a case for a seat, in the table's order, with what speaks against each now."""
    situation = Situation(case=case, seat=seat, at=now, rules=rules, hands=past.hands)
    return tuple(
        OpenMove(row, guards.refusal(row, situation))
        for row in rules.table.open_to(case.state, seat.post)
        if guards.concerns(row, situation)
    )


def _reported(
    report: Report,
    row: Transition,
    seat: Seat,
    at: datetime,
    rules: Rules,
    entry: ClassEntry,
    identity: tuple[CaseId, str],
) -> Case:
    """The case as the report leaves it, its clocks not started yet."""
    case_id, number = identity
    return Case(
        id=case_id,
        number=number,
        version=1,
        profile=rules.table.profile,
        rules_version=rules.table.version,
        state=row.to_state,
        kind=report.kind,
        edition=entry.edition,
        class_code=report.class_code,
        class_name=entry.small_name,
        source=report.source,
        description=report.description,
        remark=report.remark,
        caller_name=report.caller_name,
        caller_phone=report.caller_phone,
        wants_reply=report.wants_reply,
        confidential=report.confidential,
        external_number=report.external_number,
        urgent=report.urgent,
        self_handled=row.operation == SELF_HANDLED,
        needs_visit=report.wants_reply or report.source in rules.settings.visit_sources,
        place=report.place,
        component_code=report.component_code,
        level=_level(row),
        reporter_id=seat.person_id,
        holder_post=rules.table.holder_post(row.to_state, _level(row)),
        reported_at=at,
    )


def _level(row: Transition) -> str:
    """In whose loop a report begins: the row that takes it says so, else the city's."""
    levels = [guard.partition(":")[2] for guard in row.guards if guard.startswith("level:")]
    return levels[0] if levels else "city"


def _row(situation: Situation, move: Move) -> Transition:
    table, case = situation.rules.table, situation.case
    if (case.profile, case.rules_version) != (table.profile, table.version):
        raise NotAllowed(
            "Case {number} runs under version {wanted} of the rules, and this desk works with "
            "version {loaded}. Start the desk again.",
            number=case.number,
            wanted=case.rules_version,
            loaded=table.version,
        )
    post = situation.seat.post
    rows = table.candidates(case.state, move.operation, move.outcome, post, case.number)
    objections: list[NotAllowed] = []
    for row in rows:
        objection = guards.refusal(row, situation)
        if objection is None:
            return row
        objections.append(objection)
    raise objections[0]


def _event(
    case_id: CaseId,
    seq: int,
    at: datetime,
    row: Transition,
    move: Move,
    seat: Seat,
    changes: Mapping[str, Any],
    clocks: tuple[Clock, ...],
    prev_hash: bytes,
) -> CaseEvent:
    event = CaseEvent(
        case_id=case_id,
        seq=seq,
        at=at,
        operation=row.operation,
        outcome=row.outcome,
        from_state=row.from_state,
        to_state=row.to_state,
        person_id=seat.person_id,
        post=seat.post,
        opinion=move.opinion.strip(),
        changes=changes,
        clocks=tuple(clock.to_dict() for clock in clocks),
        photos=tuple(
            encode_photo(photo, photo.usage if row.photo_usage == "own" else row.photo_usage)
            for photo in move.photos
        ),
    )
    return seal(event, prev_hash)

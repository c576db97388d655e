"""What a step does to the clocks of a case: the clock effects of its row, carried out in order."""

from datetime import datetime

from workflow import clocks
from workflow.case import Case
from workflow.clocks import Clock, ClockKind
from workflow.errors import NotFound, RecordDamaged
from workflow.limits import Limit
from workflow.ports import Rules
from workflow.transitions import ClockAction, Transition


def after_step(
    case: Case, row: Transition, handle: tuple[Limit, str] | None, at: datetime, rules: Rules
) -> tuple[tuple[Clock, ...], tuple[Clock, ...]]:
    """All clocks of the case after the step, and those that it changed.

    Args:
        handle: limit of a handle clock that the step starts, and the rule that it comes from.
    """
    held = {(clock.kind, clock.round): clock for clock in case.clocks}
    newest = {clock.kind: clock for clock in case.clocks}
    changed: dict[tuple[ClockKind, int], Clock] = {}
    for effect in row.clock_effects:
        if effect.action is ClockAction.START:
            clock = _started(effect.kind, newest.get(effect.kind), handle, at, rules)
        else:
            before = newest.get(effect.kind)
            if before is None:
                raise RecordDamaged(
                    "Case {number} has no {kind} clock for this step; "
                    "run the record's verification.",
                    number=case.number,
                    kind=effect.kind.label,
                )
            clock = _moved(before, effect.action, row, at, rules)
        newest[clock.kind] = clock
        held[clock.kind, clock.round] = changed[clock.kind, clock.round] = clock
    return tuple(held.values()), tuple(changed.values())


def _started(
    kind: ClockKind,
    last: Clock | None,
    handle: tuple[Limit, str] | None,
    at: datetime,
    rules: Rules,
) -> Clock:
    limit, source = handle if kind is ClockKind.HANDLE and handle else _stage_limit(kind, rules)
    number = 1 if last is None else last.round + 1
    return clocks.start(kind, limit, source, rules.calendar, at, round_number=number)


def _stage_limit(kind: ClockKind, rules: Rules) -> tuple[Limit, str]:
    found = rules.stage_limits.get(kind)
    if found is None:
        raise NotFound(
            "The profile {profile} gives no limit for the {kind} clock; add one to its limits.",
            profile=rules.table.profile,
            kind=kind.label,
        )
    return found.limit, f"{kind.label}时限 {found.limit}（{found.source}）"


def _moved(clock: Clock, action: ClockAction, row: Transition, at: datetime, rules: Rules) -> Clock:
    if action is ClockAction.PAUSE:
        return clocks.pause(clock, at, row.name)
    if action is ClockAction.RESUME:
        return clocks.resume(clock, rules.calendar, at)
    cancelled = action is ClockAction.CANCEL
    return clocks.stop(clock, rules.calendar, at, cancelled=cancelled)

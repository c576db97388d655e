"""What a step says about the clocks it touches: limits and their rules, rounds, extensions."""

from dataclasses import dataclass, field
from datetime import datetime

from workflow.clocks import ClockKind
from workflow.errors import RequirementMissing
from workflow.filing_effects import condition_of
from workflow.handling_effects import next_co_round, replied_rounds
from workflow.limits import Limit
from workflow.step import Step
from workflow.transitions import ClockAction

DISPATCHERS_LIMIT = "派遣员给定的处置时限"
SUPERVISORS_LIMIT = "督办人给定的答复时限"
_EXTENDED = "；第"
IMPORTED_LIMIT = "外部系统给定的时限"

Ruled = tuple[Limit, str]
"""A limit and the rule that it comes from, in words for the operator."""


@dataclass(frozen=True, slots=True)
class ClockOrders:
    """What the rows of the table cannot say by themselves.

    Attributes:
        limits: of clocks that the step starts; any other kind has its stage limit.
        takes_up: the department gets the case back and goes on with the time that is left.
        co_started, co_stopped: rounds of co-handling clocks.
        extension: by how much the handle clock moves on, and what its rule says from then on.
        resumed_at: when a paused clock goes on, where that lies before the step itself.
    """

    limits: dict[ClockKind, Ruled] = field(default_factory=dict)
    takes_up: bool = False
    co_started: tuple[int, ...] = ()
    co_stopped: tuple[int, ...] = ()
    extension: Ruled | None = None
    resumed_at: datetime | None = None


def orders(step: Step, new: dict[str, object]) -> ClockOrders:
    """The orders of a step.

    Args:
        new: the values that it gives to the case's fields.

    Raises:
        RequirementMissing: no opinion for a limit of one's own, or no limit from anywhere.
    """
    touched = {(effect.action, effect.kind) for effect in step.row.clock_effects}
    limits: dict[ClockKind, Ruled] = {}
    takes_up = (ClockAction.TAKE_UP, ClockKind.HANDLE) in touched and _same_department(step)
    if not takes_up and _starts_handling(touched):
        limits[ClockKind.HANDLE] = _handle_limit(step)
    if "co_tasks" in new and step.move.co_department_ids:
        limits[ClockKind.CO_HANDLE] = _co_limit(step, limits.get(ClockKind.HANDLE))
    if step.row.operation == "supervise" and step.move.limit is not None:
        limits[ClockKind.SUPERVISE_REPLY] = step.move.limit, SUPERVISORS_LIMIT
    return ClockOrders(
        limits,
        takes_up,
        _co_started(step, new),
        replied_rounds(step) if step.row.operation == "coReply" else (),
        _extension(step),
        _resumed_at(step),
    )


def _starts_handling(touched: set[tuple[ClockAction, ClockKind | None]]) -> bool:
    return any((action, ClockKind.HANDLE) in touched for action in _STARTING)


_STARTING = (ClockAction.START, ClockAction.TAKE_UP)


def _same_department(step: Step) -> bool:
    """A return was agreed to, and yet the same department gets the case again (YC)."""
    clock = step.case.newest_clock(ClockKind.HANDLE)
    return (
        clock is not None
        and (clock.is_paused or clock.cancelled)
        and step.move.limit is None
        and step.move.department_id is not None
        and step.move.department_id == step.case.last_department_id
    )


def _handle_limit(step: Step) -> Ruled:
    case, move = step.case, step.move
    if step.row.operation == "rework":
        return _once_more(step)
    if move.limit is not None:
        if not move.opinion.strip():
            raise RequirementMissing(
                "{operation} of case {number} with a limit other than the standard's needs an "
                "opinion; write why this case gets {limit}.",
                operation=step.name,
                number=case.number,
                limit=move.limit,
            )
        return move.limit, DISPATCHERS_LIMIT
    condition = None if case.condition_id is None else condition_of(step, case.condition_id)
    limit, rule = None, ""
    if condition is not None:
        limit, rule = condition.limit_at(case.place.area_class, case.time_tier)
    if limit is None:
        raise RequirementMissing(
            "{operation} needs a handling limit: the filing condition of case {number} gives "
            "none. Set a limit and write why.",
            operation=step.name,
            number=case.number,
        )
    return limit, rule


def _once_more(step: Step) -> Ruled:
    """A rework has the limit of the dispatch again, without its extensions."""
    last = step.case.newest_clock(ClockKind.HANDLE)
    assert last is not None, "what is done again was done once"
    return step.case.handle_limit or last.limit, last.rule.partition(_EXTENDED)[0]


def _co_limit(step: Step, main: Ruled | None) -> Ruled:
    if main is None:
        clock = step.case.newest_clock(ClockKind.HANDLE)
        assert clock is not None, "co-handling is asked for beside a main department"
        main = clock.limit, clock.rule
    return main[0], f"协办时限同主办部门：{main[1]}"


def _co_started(step: Step, new: dict[str, object]) -> tuple[int, ...]:
    if "co_tasks" not in new or not step.move.co_department_ids:
        return ()
    first = next_co_round(step.case)
    return tuple(range(first, first + len(step.move.co_department_ids)))


def _extension(step: Step) -> Ruled | None:
    asked = step.case.request_limit
    clock = step.case.newest_clock(ClockKind.HANDLE)
    if (step.row.operation, step.row.outcome) != ("auditExtension", "approved"):
        return None
    assert asked is not None, "an extension was asked for"
    assert clock is not None, "handling runs"
    number = step.case.extension_count + 1
    return asked, f"{clock.rule}{_EXTENDED} {number} 次延期 {asked}"


def _resumed_at(step: Step) -> datetime | None:
    """A suspension ends on its review date, however late the record gets to write it down."""
    until = step.case.suspended_until
    return None if until is None else min(until, step.at)

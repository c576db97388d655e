"""The clocks of a transition table, walked through symbolically: exactly one main clock runs.

Every way through the table is followed, in all the situations that its guards tell apart, with
the clocks that run and that stand paused. What a step needs of a clock must be so, and after it
one main clock runs: none where the case has ended or is suspended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workflow.case import SIDE_CLOCKS
from workflow.clocks import ClockKind
from workflow.profile_findings import ProfileFault, Row, at, listed, parts
from workflow.profile_standing import (
    BEGIN,
    FORGETS,
    REMEMBERS,
    Impossible,
    Kinds,
    Standing,
    facts_after,
    moved,
)
from workflow.states import State
from workflow.transitions import ClockAction

_TELLING = (
    REMEMBERS
    | FORGETS
    | {
        *("selfHandle", "import", "auditSelf", "visit", "merge", "unmerge", "handDown", "handUp"),
    }
)
_LOOKING = frozenset(
    {
        *("came_from", "ended_from", "level", "duplicate", "not_duplicate", "self_handled"),
        *("not_self_handled", "supervised", "not_supervised", "imported", "needs_visit"),
        *("to_visit", "no_visit"),
    }
)
"""Operations and guards that matter to where a case stands."""


def check_clocks(written: Sequence[Row]) -> Iterator[ProfileFault]:
    """Faults of the clock effects, each row told once, for one way on which it goes wrong."""
    leaving: dict[str, list[Row]] = {}
    for row in _telling(written):
        leaving.setdefault(row["from_state"], []).append(row)
    reopened = _reopened(written)
    todo = [(row, start) for row in leaving.get(BEGIN, []) for start in _reported(row)]
    seen: set[Standing] = set()
    told: set[tuple[object, object]] = set()
    while todo:
        row, before = todo.pop()
        try:
            here = _after(row, before)
        except ProfileFault as fault:
            place = fault.values["file"], fault.values["row"]
            if place not in told:
                told.add(place)
                yield fault
            continue
        here = replace(here, known=here.known & reopened)
        if here not in seen:
            seen.add(here)
            todo += [
                (one, here) for one in leaving.get(here.state, []) if here.meets(one["guards"])
            ]


def _telling(written: Iterable[Row]) -> Iterator[Row]:
    """One row of those that come to the same here, none of those that change nothing."""
    seen: set[tuple[object, ...]] = set()
    for row in written:
        operation = row["operation"] if row["operation"] in _TELLING else ""
        guards = frozenset(one for one in parts(row["guards"]) if one.split(":")[0] in _LOOKING)
        does = (row["to_state"], row["clock_effects"], operation)
        if does != (row["from_state"], "", "") and (row["from_state"], guards, *does) not in seen:
            seen.add((row["from_state"], guards, *does))
            yield row


def _reopened(written: Iterable[Row]) -> Kinds:
    """The kinds of which it matters that there ever was a clock."""
    effects = (effect for row in written for effect in row["clock_effects"].split())
    found = (
        kind
        for action, _, kind in (one.partition(":") for one in effects)
        if action == ClockAction.REOPEN
    )
    return frozenset(ClockKind(kind) for kind in found)


def check_limits(written: Sequence[Row], limits: Iterable[Row]) -> Iterator[ProfileFault]:
    """Clocks that a step starts and that no limit was given for.

    That of handling stands in the filing condition, that of co-handling is the same.
    """
    given = {row["kind"] for row in limits} | {ClockKind.HANDLE, ClockKind.CO_HANDLE}
    told: set[str] = set()
    for row in written:
        for effect in row["clock_effects"].split():
            action, _, kind = effect.partition(":")
            if action == ClockAction.START and kind not in given | told:
                told.add(kind)
                yield ProfileFault(
                    "{file}, row {row}, {field}: {effect} starts the {kind} clock, which has no "
                    "limit; add one to the stage limits.",
                    **at(row, "clock_effects"),
                    effect=effect,
                    kind=ClockKind(kind).label,
                )


def _reported(row: Row) -> Iterator[Standing]:
    """How a case stands before its report: nothing of it is there but what the report will say."""
    levels = [guard.partition(":")[2] for guard in parts(row["guards"]) if guard[:6] == "level:"]
    imported = row["operation"] == "import"
    # Who called another system is told from there (workflow.taking_over).
    for visit in (False,) if imported else (False, True):
        yield Standing(
            level=levels[0] if levels else "city",
            imported=imported,
            visit=visit,
            self_handled=row["operation"] == "selfHandle",
        )


def _after(row: Row, before: Standing) -> Standing:
    """How a case stands after a step. Raises ProfileFault."""
    here = before
    for effect in row["clock_effects"].split():
        action, _, kind = effect.partition(":")
        try:
            here = moved(here, ClockAction(action), None if kind == "open" else ClockKind(kind))
        except Impossible as why:
            raise ProfileFault(
                why.template,
                **at(row, "clock_effects"),
                effect=effect,
                operation=row["name"],
                state=State(before.state) if before.state else "—",
                kind=why.kind.label,
            ) from None
    here = facts_after(row, here)
    running = sorted(kind.label for kind in here.on - SIDE_CLOCKS)
    stands = here.state == State.SUSPENDED or State(here.state).is_ended
    if len(running) != (0 if stands else 1):
        raise ProfileFault(
            "{file}, row {row}, {field}: after {operation} these main clocks run in {state}: "
            "{clocks}. No more than one may, and none where a case is suspended or has ended."
            if running
            else "{file}, row {row}, {field}: after {operation} no main clock runs in {state}; "
            "start one.",
            **at(row, "clock_effects"),
            operation=row["name"],
            state=State(here.state),
            clocks=listed(running),
        )
    return here

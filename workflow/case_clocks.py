"""What a step does to the clocks of a case: the clock effects of its row, carried out in order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from workflow import clocks
from workflow.case import Case
from workflow.clock_orders import ClockOrders, Ruled
from workflow.clocks import Clock, ClockKind
from workflow.errors import NotFound, RecordDamaged
from workflow.ports import Rules
from workflow.transitions import ClockAction, ClockEffect, Transition

_OUTLIVES_THE_CASE = frozenset({ClockKind.VISIT})

Key = tuple[ClockKind, int]


def after_step(
    case: Case, row: Transition, orders: ClockOrders, at: datetime, rules: Rules
) -> tuple[tuple[Clock, ...], tuple[Clock, ...]]:
    """All clocks of the case after the step, and those that it changed."""
    clockwork = _Clockwork(case, row, orders, at, rules)
    for effect in row.clock_effects:
        clockwork.carry_out(effect)
    for number in orders.co_started:
        clockwork.start(ClockKind.CO_HANDLE, number)
    for number in orders.co_stopped:
        clockwork.stop_round(ClockKind.CO_HANDLE, number)
    if row.to_state.is_ended and not case.state.is_ended:
        clockwork.end()
    return clockwork.all_clocks(), clockwork.changed_clocks()


class _Clockwork:
    """The clocks of one case during one step."""

    def __init__(
        self, case: Case, row: Transition, orders: ClockOrders, at: datetime, rules: Rules
    ) -> None:
        self._case, self._row, self._orders, self._at, self._rules = case, row, orders, at, rules
        self._held: dict[Key, Clock] = {(one.kind, one.round): one for one in case.clocks}
        self._changed: dict[Key, Clock] = {}

    def all_clocks(self) -> tuple[Clock, ...]:
        """Every clock, in the order in which they were started."""
        return tuple(self._held.values())

    def changed_clocks(self) -> tuple[Clock, ...]:
        """Those that the step changed."""
        return tuple(self._changed.values())

    def carry_out(self, effect: ClockEffect) -> None:
        """One clock effect of the row."""
        match effect.action, effect.kind:
            case ClockAction.RECOUNT, _:
                for clock in tuple(self._open_clocks()):
                    self._keep(clocks.recount(clock, self._rules.calendar))
            case ClockAction.PAUSE | ClockAction.RESUME, None:
                standing = effect.action is ClockAction.RESUME
                for clock in [one for one in self._open_clocks() if one.is_paused is standing]:
                    self._keep(self._moved(clock, effect.action))
            case ClockAction.DROP | ClockAction.CANCEL, None:
                self._cancel(self._open_clocks())
            case ClockAction.DROP, kind:
                self._cancel(one for one in self._open_clocks() if one.kind is kind)
            case ClockAction.START, ClockKind.CO_HANDLE:
                pass  # one for each department: by the orders
            case ClockAction.START, ClockKind() as kind:
                self.start(kind)
            case ClockAction.TAKE_UP, ClockKind() as kind:
                self._take_up(kind)
            case ClockAction.BUNDLE, ClockKind() as kind:
                self._bundle(kind)
            case action, ClockKind() as kind:
                self._keep(self._moved(self._newest(kind), action))

    def start(self, kind: ClockKind, number: int = 0) -> None:
        """A new clock, of the next round where no number is given."""
        limit, rule = self._orders.limits.get(kind) or self._stage_limit(kind)
        if not number:
            number = 1 + max(
                (one.round for one in self._held.values() if one.kind is kind), default=0
            )
        self._keep(
            clocks.start(kind, limit, rule, self._rules.calendar, self._at, round_number=number)
        )

    def stop_round(self, kind: ClockKind, number: int) -> None:
        """The clock of one round stopped."""
        self._keep(self._stopped(self._held[kind, number]))

    def end(self) -> None:
        """Cancel whatever still runs: an ended case owes nothing more, but a visit."""
        self._cancel(one for one in self._open_clocks() if one.kind not in _OUTLIVES_THE_CASE)

    def _take_up(self, kind: ClockKind) -> None:
        if self._orders.takes_up:
            clock = self._newest(kind)
            stopped = clock.stopped_at is not None
            self._keep(self._moved(clock, ClockAction.REOPEN if stopped else ClockAction.RESUME))
            return
        self._cancel(one for one in self._open_clocks() if one.kind is kind)
        self.start(kind)

    def _bundle(self, kind: ClockKind) -> None:
        number = 1 + max((one.round for one in self._held.values() if one.kind is kind), default=0)
        handling = self._newest(ClockKind.HANDLE)
        self._keep(clocks.bundled(kind, handling, self._at, number))

    def _moved(self, clock: Clock, action: ClockAction) -> Clock:
        """The clock after a step; one whose deadline moves takes over the calendar in force."""
        calendar = self._rules.calendar
        match action:
            case ClockAction.PAUSE:
                return clocks.pause(clock, self._at, self._row.name)
            case ClockAction.RESUME:
                taken_over = replace(clock, calendar_version=calendar.version)
                return clocks.resume(taken_over, calendar, self._orders.resumed_at or self._at)
            case ClockAction.REOPEN:
                return clocks.reopen(clock, calendar, self._at, self._row.name)
            case ClockAction.EXTEND:
                assert self._orders.extension is not None
                by, rule = self._orders.extension
                taken_over = replace(clock, calendar_version=calendar.version)
                return clocks.extend(taken_over, by, calendar, rule)
            case _:
                return self._stopped(clock, cancelled=action is ClockAction.CANCEL)

    def _cancel(self, found: Iterable[Clock]) -> None:
        for clock in tuple(found):
            self._keep(self._stopped(clock, cancelled=True))

    def _stopped(self, clock: Clock, *, cancelled: bool = False) -> Clock:
        calendar = self._rules.calendar_of(clock.calendar_version)
        return clocks.stop(clock, calendar, self._at, cancelled=cancelled)

    def _open_clocks(self) -> Iterator[Clock]:
        return (clock for clock in self._held.values() if clock.stopped_at is None)

    def _newest(self, kind: ClockKind) -> Clock:
        found = [clock for clock in self._held.values() if clock.kind is kind]
        if not found:
            raise RecordDamaged(
                "Case {number} has no {kind} clock for this step; run the record's verification.",
                number=self._case.number,
                kind=kind.label,
            )
        return found[-1]

    def _keep(self, clock: Clock) -> None:
        key = clock.kind, clock.round
        self._held[key] = self._changed[key] = clock

    def _stage_limit(self, kind: ClockKind) -> Ruled:
        found = self._rules.stage_limits.get(kind)
        if found is None:
            raise NotFound(
                "The profile {profile} gives no limit for the {kind} clock; add one to its limits.",
                profile=self._rules.table.profile,
                kind=kind.label,
            )
        return found.limit, f"{kind.label}时限 {found.limit}（{found.source}）"

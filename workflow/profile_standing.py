"""Where a case may stand in a symbolic walk through a transition table, and how steps move it."""

from dataclasses import dataclass, replace

from workflow.clocks import ClockKind
from workflow.profile_findings import Row, parts
from workflow.states import State
from workflow.transitions import ClockAction

Kinds = frozenset[ClockKind]
NONE: Kinds = frozenset()
_OUTLIVES_THE_CASE = frozenset({ClockKind.VISIT})
REMEMBERS = frozenset({"sendVerify", "districtReturn", "refuseSign"})
FORGETS = frozenset({"replyVerify", "returnAudit"})
BEGIN = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case may stand: its state, what guards ask about, and its clocks.

    Attributes:
        imported: taken over from another system.
        visit, visited: whether the caller is to be asked afterwards, and was.
        on, held: kinds of clocks that run, that are paused. known: that there ever were.
    """

    state: str = BEGIN
    came_from: str = ""
    ended_from: str = ""
    level: str = "city"
    imported: bool = False
    visit: bool = False
    visited: bool = False
    duplicate: bool = False
    self_handled: bool = False
    on: Kinds = NONE
    held: Kinds = NONE
    known: Kinds = NONE

    def meets(self, guards: str) -> bool:
        """Whether the guards that look at such things let the case through; others do."""
        asked: dict[str, set[str]] = {}
        for guard in parts(guards):
            name, _, argument = guard.partition(":")
            asked.setdefault(name, set()).add(argument)
        return all(self._meets(name, arguments) for name, arguments in asked.items())

    def _meets(self, name: str, arguments: set[str]) -> bool:
        if name in ("came_from", "ended_from", "level"):
            return getattr(self, name) in arguments
        supervised = ClockKind.SUPERVISE_REPLY in self.on | self.held
        facts = {
            "duplicate": self.duplicate,
            "not_duplicate": not self.duplicate,
            "self_handled": self.self_handled,
            "not_self_handled": not self.self_handled,
            "supervised": supervised,
            "not_supervised": not supervised,
            "imported": self.imported,
            "needs_visit": self.visit and not self.visited,
            "to_visit": self.visit,
            "no_visit": not self.visit,
        }
        return facts.get(name, True)


class Impossible(Exception):
    """A clock effect that finds its clock in no state to be carried out."""

    def __init__(self, template: str, kind: ClockKind) -> None:
        super().__init__(template)
        self.template, self.kind = template, kind


def facts_after(row: Row, here: Standing) -> Standing:
    """What the step changes beside its clocks, as workflow.effects has it."""
    before, after, operation = here.state, row["to_state"], row["operation"]
    was_open = before != BEGIN and not State(before).is_ended
    if was_open and State(after).is_ended:
        kept = here.on & _OUTLIVES_THE_CASE
        came_from = here.came_from if before == State.RETURNED else ""
        here = replace(here, ended_from=before, came_from=came_from, on=kept, held=NONE)
        here = replace(here, visited=False)
    elif before != BEGIN and not was_open and not State(after).is_ended:
        here = replace(here, ended_from="")
    match operation:
        case "visit":
            here = replace(here, visited=True)
        case "merge" | "unmerge":
            here = replace(here, duplicate=operation == "merge")
        case "handDown" | "handUp":
            here = replace(here, level="district" if operation == "handDown" else "city")
        case "auditSelf":
            here = replace(here, self_handled=False)
    if operation in REMEMBERS | FORGETS:
        here = replace(here, came_from=before if operation in REMEMBERS else "")
    return replace(here, state=after)


def moved(here: Standing, action: ClockAction, kind: ClockKind | None) -> Standing:
    """The clocks after one effect. Raises Impossible."""
    if kind is None:
        return _moved_all(here, action)
    if kind is ClockKind.CO_HANDLE:
        return here
    one = frozenset({kind})
    _refuse(here, action, kind)
    match action:
        case ClockAction.START | ClockAction.TAKE_UP | ClockAction.BUNDLE | ClockAction.REOPEN:
            return replace(here, on=here.on | one, held=here.held - one, known=here.known | one)
        case ClockAction.RESUME:
            return replace(here, on=here.on | one, held=here.held - one)
        case ClockAction.PAUSE:
            return replace(here, on=here.on - one, held=here.held | one)
        case ClockAction.EXTEND:
            return here
    return replace(here, on=here.on - one, held=here.held - one)


def _moved_all(here: Standing, action: ClockAction) -> Standing:
    """Every open clock after one effect."""
    match action:
        case ClockAction.PAUSE:
            return replace(here, on=NONE, held=here.held | here.on)
        case ClockAction.RESUME:
            return replace(here, on=here.on | here.held, held=NONE)
        case ClockAction.DROP | ClockAction.CANCEL:
            return replace(here, on=NONE, held=NONE)
    return here


def _refuse(here: Standing, action: ClockAction, kind: ClockKind) -> None:
    is_open = kind in here.on | here.held
    match action:
        case ClockAction.START | ClockAction.BUNDLE if is_open:
            raise Impossible(RUNS_ALREADY, kind)
        case ClockAction.BUNDLE if ClockKind.HANDLE not in here.on | here.held:
            raise Impossible(RUNS_NOT, ClockKind.HANDLE)
        case ClockAction.REOPEN if is_open:
            raise Impossible(RUNS_ALREADY, kind)
        case ClockAction.REOPEN if kind not in here.known:
            raise Impossible(NEVER_STARTED, kind)
        case ClockAction.RESUME if kind not in here.held:
            raise Impossible(NOT_PAUSED, kind)
        case ClockAction.PAUSE if kind not in here.on:
            raise Impossible(RUNS_NOT, kind)
        case ClockAction.STOP | ClockAction.CANCEL | ClockAction.EXTEND if not is_open:
            raise Impossible(RUNS_NOT, kind)


RUNS_ALREADY = (
    "{file}, row {row}, {field}: {effect} of {operation} cannot be done where a case comes from "
    "{state}: its {kind} clock is open already."
)
RUNS_NOT = (
    "{file}, row {row}, {field}: {effect} of {operation} cannot be done where a case comes from "
    "{state}: its {kind} clock does not run."
)
NOT_PAUSED = (
    "{file}, row {row}, {field}: {effect} of {operation} cannot be done where a case comes from "
    "{state}: its {kind} clock is not paused."
)
NEVER_STARTED = (
    "{file}, row {row}, {field}: {effect} of {operation} cannot be done where a case comes from "
    "{state}: it may never have had a {kind} clock."
)

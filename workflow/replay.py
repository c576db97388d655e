"""The case from its events alone, and whether their chain holds: the record proving itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workflow.case import Case
from workflow.clocks import Clock
from workflow.encoding import DEFAULTS, FIELDS, decode, encode
from workflow.errors import NotFound, RecordDamaged, WanmiError
from workflow.events import FIRST_HASH, CaseEvent, event_hash
from workflow.states import State

GAP = (
    "The record of case {case_id} is damaged at step {seq}: step {expected} was expected here. "
    "Keep the file as it is and restore a backup."
)
LOOSE = (
    "The record of case {case_id} is damaged at step {seq}: it does not follow from the step "
    "before it. Keep the file as it is and restore a backup."
)
ALTERED = (
    "The record of case {case_id} is damaged at step {seq}: its content does not match its own "
    "hash. Keep the file as it is and restore a backup."
)
FOREIGN = (
    "The record of case {case_id} is damaged at step {seq}: it stands among the steps of case "
    "{other}. Keep the file as it is and restore a backup."
)
JUMP = (
    "The record of case {case_id} is damaged at step {seq}: it starts from {found}, but the case "
    "was in {expected}. Keep the file as it is and restore a backup."
)
STRANGE = (
    "The record of case {case_id} is damaged at step {seq}: a case has no field {field}. "
    "Keep the file as it is and restore a backup."
)
BENT = (
    "The record of case {case_id} is damaged at step {seq}: it changes {field} from a value that "
    "the case did not have. Keep the file as it is and restore a backup."
)
UNREADABLE = (
    "The record of case {case_id} is damaged at step {seq}: its content cannot be read "
    "({detail}). Keep the file as it is and restore a backup."
)


def replay(events: Iterable[CaseEvent]) -> Case:
    """The case that these events, given in order, leave behind.

    Raises:
        RecordDamaged: an event does not continue the one before it.
        NotFound: there is no event.
    """
    case: Case | None = None
    for event in events:
        _refuse_gap(case, event)
        try:
            case = _first(event) if case is None else _next(case, event)
        except RecordDamaged:
            raise
        except (KeyError, TypeError, ValueError, WanmiError) as error:
            raise _damaged(event, UNREADABLE, detail=f"{type(error).__name__}: {error}") from error
    if case is None:
        raise NotFound("A case without events cannot be rebuilt; run the record's verification.")
    return case


def first_break(events: Iterable[CaseEvent]) -> RecordDamaged | None:
    """The first place where the chain of hashes is broken, as a sentence; None where it holds."""
    link = FIRST_HASH
    for seq, event in enumerate(events, 1):
        if event.seq != seq:
            return _damaged(event, GAP, expected=seq)
        if event.prev_hash != link:
            return _damaged(event, LOOSE)
        if event_hash(event, event.body()) != event.hash:
            return _damaged(event, ALTERED)
        link = event.hash
    return None


def differences(projection: Case, rebuilt: Case) -> tuple[str, ...]:
    """Names of the fields in which a stored case differs from the one that its events make."""
    names = (*FIELDS, "id", "version", "state", "clocks", "head_hash")
    return tuple(n for n in names if getattr(projection, n) != getattr(rebuilt, n))


def _first(event: CaseEvent) -> Case:
    values = dict(DEFAULTS)
    _apply(event, event.changes, values)
    return Case(
        **{
            **values,
            "id": event.case_id,
            "version": event.seq,
            "state": event.to_state,
            "clocks": _clocks((), event),
            "head_hash": event.hash,
        }
    )


def _next(case: Case, event: CaseEvent) -> Case:
    values = {name: getattr(case, name) for name in event.changes if name in FIELDS}
    _apply(event, event.changes, values)
    return replace(
        case,
        version=event.seq,
        state=event.to_state,
        clocks=_clocks(case.clocks, event),
        head_hash=event.hash,
        **values,
    )


def _apply(event: CaseEvent, changes: Mapping[str, Any], values: dict[str, Any]) -> None:
    for name, (before, after) in changes.items():
        if name not in FIELDS:
            raise _damaged(event, STRANGE, field=name)
        if event.seq > 1 and encode(name, values[name]) != before:
            raise _damaged(event, BENT, field=name)
        values[name] = decode(name, after)


def _clocks(held: tuple[Clock, ...], event: CaseEvent) -> tuple[Clock, ...]:
    clocks = {(clock.kind, clock.round): clock for clock in held}
    for written in event.clocks:
        clock = Clock.from_dict(written)
        clocks[clock.kind, clock.round] = clock
    return tuple(clocks.values())


def _refuse_gap(case: Case | None, event: CaseEvent) -> None:
    seq, state, case_id = _after(case, event)
    if event.case_id != case_id:
        raise _damaged(event, FOREIGN, other=case_id)
    if event.seq != seq:
        raise _damaged(event, GAP, expected=seq)
    if event.from_state != state:
        raise _damaged(event, JUMP, found=event.from_state or "", expected=state or "")


def _after(case: Case | None, event: CaseEvent) -> tuple[int, State | None, int]:
    if case is None:
        return 1, None, event.case_id
    return case.version + 1, case.state, case.id


def _damaged(event: CaseEvent, sentence: str, **values: object) -> RecordDamaged:
    return RecordDamaged(
        sentence, case_id=event.case_id, seq=event.seq, **values
    )  # words of a table

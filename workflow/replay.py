"""The case from its events alone, and whether their chain holds: the record proving itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from workflow.case import Case
from workflow.clocks import Clock
from workflow.encoding import DEFAULTS, FIELDS, decode, encode
from workflow.errors import NotFound, RecordDamaged, WanmiError
from workflow.events import FIRST_HASH, CaseEvent, event_hash

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


_UNTOLD = {name: encode(name, DEFAULTS[name]) for name in FIELDS}
"""What a field is before any event speaks of it."""


def replay(events: Iterable[CaseEvent]) -> Case:
    """The case that these events, given in order, leave behind.

    Raises:
        RecordDamaged: an event does not continue the one before it.
        NotFound: there is no event.
    """
    fold = _Fold()
    for event in events:
        fold.add(event)
    return fold.case()


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


class _Fold:
    """The fields of a case as its events write them; made into a case once, at the end."""

    def __init__(self) -> None:
        self._held = dict(_UNTOLD)
        self._by: dict[str, CaseEvent] = {}
        self._clocks: dict[tuple[str, int], tuple[Mapping[str, Any], CaseEvent]] = {}
        self._last: CaseEvent | None = None

    def add(self, event: CaseEvent) -> None:
        """One event more. Raises RecordDamaged."""
        _refuse_gap(self._last, event)
        try:
            self._apply(event)
            for written in event.clocks:
                self._clocks[written["kind"], written["round"]] = written, event
        except (KeyError, TypeError, ValueError) as error:
            raise _unreadable(event, error) from error
        self._last = event

    def case(self) -> Case:
        """The case that they make. Raises RecordDamaged, NotFound."""
        last = self._last
        if last is None:
            raise NotFound(
                "A case without events cannot be rebuilt; run the record's verification."
            )
        values = {name: self._decoded(name, last) for name in FIELDS}
        clocks = tuple(_clock(written, event) for written, event in self._clocks.values())
        try:
            return Case(
                **values,
                id=last.case_id,
                version=last.seq,
                state=last.to_state,
                clocks=clocks,
                head_hash=last.hash,
            )
        except (TypeError, ValueError) as error:
            raise _unreadable(last, error) from error

    def _apply(self, event: CaseEvent) -> None:
        for name, (before, after) in event.changes.items():
            if name not in self._held:
                raise _damaged(event, STRANGE, field=name)
            if event.seq > 1 and self._held[name] != before:
                raise _damaged(event, BENT, field=name)
            self._held[name] = after
            self._by[name] = event

    def _decoded(self, name: str, last: CaseEvent) -> Any:
        try:
            return decode(name, self._held[name])
        except (KeyError, TypeError, ValueError, WanmiError) as error:
            raise _unreadable(self._by.get(name, last), error) from error


def _clock(written: Mapping[str, Any], event: CaseEvent) -> Clock:
    try:
        return Clock.from_dict(written)
    except (KeyError, TypeError, ValueError, WanmiError) as error:
        raise _unreadable(event, error) from error


def _refuse_gap(last: CaseEvent | None, event: CaseEvent) -> None:
    seq, state, case_id = 1, None, event.case_id
    if last is not None:
        seq, state, case_id = last.seq + 1, last.to_state, last.case_id
    if event.case_id != case_id:
        raise _damaged(event, FOREIGN, other=case_id)
    if event.seq != seq:
        raise _damaged(event, GAP, expected=seq)
    if event.from_state != state:
        raise _damaged(event, JUMP, found=event.from_state or "", expected=state or "")


def _unreadable(event: CaseEvent, error: Exception) -> RecordDamaged:
    return _damaged(event, UNREADABLE, detail=f"{type(error).__name__}: {error}")


def _damaged(event: CaseEvent, sentence: str, **values: object) -> RecordDamaged:
    return RecordDamaged(
        sentence, case_id=event.case_id, seq=event.seq, **values
    )  # words of a table

"""Who held a case from when on, read out of its events: the first half of whose time it was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workflow.calendar import from_epoch_ms
from workflow.events import CaseEvent
from workflow.ids import DepartmentId, PersonId
from workflow.posts import Post
from workflow.states import State


class NameBook(Protocol):
    """The words that stand behind ids."""

    @property
    def posts(self) -> Mapping[str, str]: ...
    @property
    def people(self) -> Mapping[int, str]: ...
    @property
    def departments(self) -> Mapping[int, str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A case waiting for one holder in one state, until the next tenure begins.

    Attributes:
        post: the post that had to act; None where nobody had (挂账, ended).
        person_id: whose task it was; of a post's pool, who took it out (认领) or took the step
            that ended the tenure; None while nobody did.
        department_id: the department that had to act, where it was one.
        name: all that in words: "受理员 何静", "照明中心"; empty where nobody had to act.
    """

    start: datetime
    state: State
    post: Post | None
    person_id: PersonId | None
    department_id: DepartmentId | None
    name: str


_Place = tuple[State, Post | None, PersonId | None, DepartmentId | None]


def tenures(events: Iterable[CaseEvent], names: NameBook) -> tuple[Tenure, ...]:
    """Every tenure of a case, oldest first; `events` are all of its events in order.

    A step that leaves state and holder as they were (an urge, a request) begins no tenure. A step
    that the record takes late (a suspension whose review date has passed) begins its tenure when
    the clock went on.
    """
    found: list[Tenure] = []
    held: dict[str, Any] = {}
    last: _Place | None = None
    for event in events:
        held |= {name: after for name, (_, after) in event.changes.items()}
        place = _place(event.to_state, held)
        if place == last:
            continue
        start = _since(event)
        if found:
            found[-1] = _ended_by(found[-1], event, names)
            start = max(start, found[-1].start)
        found.append(_named(start, place, names))
        last = place
    return tuple(found)


def _place(state: State, held: Mapping[str, Any]) -> _Place:
    post = held.get("holder_post")
    person = held.get("holder_person_id") or held.get("claimed_by")
    department = held.get("holder_department_id")
    return (
        state,
        None if post is None else Post(post),
        None if person is None else PersonId(person),
        None if department is None else DepartmentId(department),
    )


def _since(event: CaseEvent) -> datetime:
    """The step's instant; of one that ends a suspension, when the clock went on."""
    if event.from_state is not State.SUSPENDED:
        return event.at
    ends = [written["pauses"][-1][1] for written in event.clocks if written["pauses"]]
    return min([event.at, *(from_epoch_ms(end) for end in ends if end is not None)])


def _ended_by(tenure: Tenure, event: CaseEvent, names: NameBook) -> Tenure:
    """The tenure with who acted out of the pool, where no person or department was named."""
    if tenure.person_id is not None or tenure.department_id is not None:
        return tenure
    if event.post is not tenure.post:
        return tenure
    place = tenure.state, tenure.post, event.person_id, None
    return _named(tenure.start, place, names)


def _named(start: datetime, place: _Place, names: NameBook) -> Tenure:
    state, post, person, department = place
    if post is None:
        name = ""
    elif department is not None:
        name = names.departments.get(department, "")
    else:
        parts = names.posts.get(post, post), names.people.get(person or 0, "")
        name = " ".join(part for part in parts if part)
    return Tenure(
        start=start,
        state=state,
        post=post,
        person_id=person,
        department_id=department,
        name=name,
    )

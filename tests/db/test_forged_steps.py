"""Steps that the table allows, forged by hand: sealed with a right hash and bending the case."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from db.engine import Database
from db.repositories.case_rows import co_task_values
from db.tables import CoTaskRow
from resources.profile import profiles
from tests.helpers.case_walk import CaseWalk
from tests.helpers.cells import cells
from tests.helpers.raw_steps import (
    insert_clocks,
    insert_empty_case,
    insert_event,
    insert_photos,
    project,
    take,
)
from tests.helpers.trade import DEPARTMENT, demo_rules
from tests.helpers.ways import way_to
from workflow.changed_fields import (
    AFTER_THE_END,
    AT_THE_END,
    CHANGED_FIELDS,
    HOLDER,
    IN_PASSING,
)
from workflow.errors import NotAllowed
from workflow.events import CaseEvent, seal
from workflow.states import State

NOT_ITS_OWN = "This step changes what is not its own to change."
LATER = 4_000_000_000_000


def handled() -> CaseWalk:
    """A case in handling, signed a minute ago; another department helps."""
    walk = CaseWalk().to(State.HANDLING, after=1)
    return walk.do("coHandle", after=1).do("urge", after=1)


def forged(walk: CaseWalk, **changes: Any) -> CaseEvent:
    """The newest step with other changes, sealed as if it were right."""
    last = walk.events[-1]
    return seal(replace(last, changes={**last.changes, **changes}, hash=b""), last.prev_hash)


def kept(connection: Any, walk: CaseWalk) -> None:
    """All steps but the last."""
    for case, event in list(zip(walk.cases, walk.events, strict=True))[:-1]:
        take_with_tasks(connection, case, event)


def take_with_tasks(connection: Any, case: Any, event: CaseEvent) -> None:
    """A whole step, its co-handling tasks too."""
    if event.seq == 1 or "co_tasks" not in event.changes:
        take(connection, case, event)
        return
    insert_event(connection, event)
    insert_clocks(connection, case, event)
    insert_photos(connection, event)
    tasks(connection, case)
    project(connection, case)


def tasks(connection: Any, case: Any) -> None:
    """The tasks of the case anew."""
    connection.exec_driver_sql(f"DELETE FROM co_task WHERE case_id = {case.id}")
    for row in co_task_values(case):
        connection.execute(insert(CoTaskRow).values(row))


FORGED = [
    pytest.param({"request_by": [None, 12]}, id="asked by somebody else"),
    pytest.param({"request_kind": ["extension", None]}, id="a request that goes"),
    pytest.param({"handle_on_time": [None, True]}, id="in time"),
    pytest.param({"closing_route": ["", "direct"]}, id="spares the check"),
    pytest.param({"exempt": [False, True]}, id="exempt"),
    pytest.param({"over_quota": [True, False]}, id="never beyond the quota"),
    pytest.param({"extension_count": [2, 0]}, id="never extended"),
    pytest.param({"department_id": [1, 2]}, id="another department's"),
    pytest.param({"claimed_by": [None, 3]}, id="claimed in passing"),
    pytest.param({"filed_at": [1, 2]}, id="filed earlier"),
    pytest.param({"supervised": ["leader", None]}, id="not supervised"),
    pytest.param({"co_tasks": [[], []]}, id="nobody helps"),
    pytest.param({"reporter_id": [1, 2]}, id="reported by another"),
    pytest.param({"profile": ["a", "b"]}, id="under other rules"),
]


@pytest.mark.parametrize("changes", FORGED)
def test_a_step_that_changes_more_than_its_own_is_refused(
    city: Database, changes: dict[str, Any]
) -> None:
    walk = handled()
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        with pytest.raises(NotAllowed, match=NOT_ITS_OWN):
            insert_event(connection, forged(walk, **changes))


def test_a_step_that_moves_a_clock_of_others_is_refused(city: Database) -> None:
    walk = handled()
    last = walk.events[-1]
    handle = next(c for c in walk.case.clocks if c.kind == "handle").to_dict()
    bent = seal(replace(last, clocks=({**handle, "due": LATER},), hash=b""), last.prev_hash)
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        with pytest.raises(NotAllowed, match=NOT_ITS_OWN):
            insert_event(connection, bent)


@pytest.mark.parametrize("field", ["filed_at", "owner_id"])
def test_who_and_when_are_those_of_the_step(city: Database, field: str) -> None:
    walk = CaseWalk().to(State.PENDING_DISPATCH, after=1)
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        with pytest.raises(NotAllowed, match=NOT_ITS_OWN):
            insert_event(connection, forged(walk, **{field: [None, 1]}))


def test_nobody_asks_in_the_name_of_another_to_rule_himself(city: Database) -> None:
    walk = CaseWalk().to(State.HANDLING, after=1).do("askExtension", after=1)
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        with pytest.raises(NotAllowed, match=NOT_ITS_OWN):
            insert_event(connection, forged(walk, request_by=[None, 12]))


@pytest.mark.parametrize(
    "bend",
    [
        lambda tasks: [],
        lambda tasks: [[*task[:1], 1, *task[2:]] for task in tasks],
        lambda tasks: [[*task[:3], None] for task in tasks],
        lambda tasks: [[*task[:2], 1, task[3]] for task in tasks],
    ],
    ids=["gone", "another's", "open still", "asked earlier"],
)
def test_a_reply_touches_no_task_but_its_own(
    city: Database, bend: Callable[[Sequence[Any]], Sequence[Any]]
) -> None:
    walk = handled().do("coReply", after=1)
    before, after = walk.events[-1].changes["co_tasks"]
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        event = forged(walk, co_tasks=[before, bend(after)])
        if bend(after) == before:
            insert_event(connection, event)
            return
        with pytest.raises(NotAllowed, match="co-handling task changes only"):
            insert_event(connection, event)


def test_another_department_does_not_reply_for_it(city: Database) -> None:
    walk = handled().do("coReply", after=1)
    last = walk.events[-1]
    other = seal(replace(last, person_id=DEPARTMENT.person_id, hash=b""), last.prev_hash)
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        with pytest.raises(NotAllowed, match="no open co-handling task"):
            insert_event(connection, other)


def test_a_count_moves_by_one(city: Database) -> None:
    walk = handled()
    walk.case = replace(walk.case, urge_count=7)
    event = forged(walk, urge_count=[0, 7])
    with city.write_uncommitted() as connection:
        kept(connection, walk)
        insert_event(connection, event)
        with pytest.raises(NotAllowed, match="are what its steps say"):
            project(connection, replace(walk.case, head_hash=event.hash))


@pytest.mark.parametrize("without", ["clocks", "photos"])
def test_a_step_is_not_whole_without_its_clocks_and_photos(city: Database, without: str) -> None:
    walk = CaseWalk()
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, walk.case)
        insert_event(connection, walk.events[0])
        if without == "clocks":
            insert_photos(connection, walk.events[0])
        else:
            insert_clocks(connection, walk.case, walk.events[0])
        with pytest.raises(NotAllowed, match="are what its steps say"):
            project(connection, walk.case)


@pytest.mark.parametrize("changes", [{"usage": "after"}, {"taken_at": 1}, {"lon": 1.0}])
def test_a_photo_is_what_the_step_says(city: Database, changes: dict[str, Any]) -> None:
    walk = CaseWalk()
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, walk.case)
        insert_event(connection, walk.events[0])
        with pytest.raises(NotAllowed, match="only with the step in progress"):
            insert_photos(connection, walk.events[0], **changes)


@pytest.mark.parametrize("name", profiles())
def test_every_step_of_every_table_changes_its_own_fields_only(name: str) -> None:
    for cell in cells(demo_rules(name)):
        walk = way_to(cell, name)
        for event in walk.events:
            own = {*CHANGED_FIELDS.get(event.operation, ()), *HOLDER}
            own |= set(IN_PASSING) | set(AT_THE_END) | set(AFTER_THE_END)
            assert set(event.changes) <= own, (event.operation, set(event.changes) - own)

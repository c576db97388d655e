"""The case file of a walked case: what the record would read of it, without a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from resources import profile
from tests.helpers.case_walk import CaseWalk
from tests.helpers.trade import DEPARTMENT_NAMES, EVERYONE
from workflow.case_file import CaseFile, ProcessRow
from workflow.due_moves import due_moves
from workflow.posts import Post
from workflow.tenures import tenures


@dataclass(frozen=True)
class Names:
    """The people, posts and departments of the tests, by id."""

    posts: Mapping[str, str]
    people: Mapping[int, str]
    departments: Mapping[int, str]


NAMES = Names(
    posts={post.value: profile.name_of(post) for post in Post},
    people={int(seat.person_id): seat.person_name for seat in EVERYONE},
    departments={int(number): name for number, name in DEPARTMENT_NAMES.items()},
)


def walked_file(walk: CaseWalk, now: datetime | None = None) -> CaseFile:
    """The file of the case as it stands; buttons and suggestions are left out."""
    case, rules = walk.case, walk.rules
    clock = None if case.state.is_ended else case.main_clock
    condition = None if case.condition_id is None else rules.catalog.condition(case.condition_id)
    calendar = rules.calendar
    return CaseFile(
        case=case,
        condition=condition.text if condition else "",
        closing_condition=condition.closing_condition if condition else "",
        limit_text=str(case.handle_limit or ""),
        reporter_name=NAMES.people[case.reporter_id],
        department_name=NAMES.departments.get(case.department_id or 0, ""),
        collector_name=NAMES.people.get(case.collector_id or 0, ""),
        holder=NAMES.posts.get(case.holder_post or "", ""),
        component=None,
        process=_process(walk),
        photos=(),
        moves=(),
        departments=(),
        collectors=(),
        segments=calendar.segments(clock.started_at, clock.due_at) if clock else (),
        provisional=clock is not None and calendar.is_provisional(clock.started_at, clock.due_at),
        waiting_for=None,
        calendars={calendar.version: calendar},
        tenures=tenures(walk.events, NAMES),
        due_moves=due_moves(walk.events, NAMES),
    )


def _process(walk: CaseWalk) -> tuple[ProcessRow, ...]:
    before = None
    rows = []
    for event in walk.events:
        rows.append(
            ProcessRow(
                seq=event.seq,
                at=event.at,
                operation_name=walk.rules.table.operation_name(event.operation, event.outcome),
                from_state=event.from_state,
                to_state=event.to_state,
                person_name=NAMES.people[event.person_id],
                post_name=NAMES.posts[event.post],
                opinion=event.opinion,
                took_seconds=None if before is None else int((event.at - before).total_seconds()),
                overdue=False,
                photos=(),
            )
        )
        before = event.at
    return tuple(rows)

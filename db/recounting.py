"""Open cases counted anew on another calendar: looked through beforehand, then step by step."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, bindparam, or_, select

from db.database import Database
from db.repositories.clock_rows import clock_from
from db.repositories.stored import stored_case
from db.tables import CaseRow, ClockRow
from workflow.calendar import WorkCalendar
from workflow.calendar_versions import CalendarPreview, RecountProgress
from workflow.commands import Move
from workflow.errors import CaseChanged, NotAllowed
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME, epoch_ms
from workflow.limits import TimeUnit
from workflow.posts import Seat
from workflow.recounting import DeadlineChange, change_of, changes_of, first_difference, reason
from workflow.service import CaseService
from workflow.shelf import Shelf

LOOKED_AT_ONCE: Final = 400
"""Cases whose clocks are read with one question."""

TRIES: Final = 5
"""How often a case is taken again that another seat has just changed."""

Calendars = Mapping[int, WorkCalendar]


def preview(
    connection: Connection, calendar: WorkCalendar, calendars: Calendars
) -> CalendarPreview:
    """What a calendar would change in open cases that run on any of the published ones."""
    open_ids = _open_cases(connection)
    changes = [
        change
        for chunk in _chunks(open_ids)
        for found in _changes_in(connection, chunk, calendar, calendars)
        for change in found
    ]
    changes.sort(key=lambda change: change.number)
    return CalendarPreview(changes=tuple(changes), looked_at=len(open_ids))


class Recounter:
    """Counts open cases anew on the calendar in force, a few at a time.

    Every case is a step of its own, so a desk that is killed leaves whole cases behind, done or
    not; whoever begins again from the first case finds the rest. A case that another seat changes
    at the same moment is taken again as that seat left it.
    """

    def __init__(self, database: Database, service: CaseService, shelf: Shelf) -> None:
        self._database, self._service, self._shelf = database, service, shelf

    def next(
        self, calendars: Calendars, seat: Seat, now: datetime, limit: int, after: CaseId | None
    ) -> RecountProgress:
        """The next cases behind `after` in which something changes.

        Args:
            calendars: every version by its number.
        """
        calendar = self._shelf.current.calendar
        with self._database.read() as connection:
            left = [one for one in _open_cases(connection) if after is None or one > after]
            wanted = _next(connection, left, calendar, calendars, limit)
        refused: list[str] = []
        recounted = 0
        for case_id in wanted:
            try:
                recounted += self._recount(case_id, seat, now)
            except NotAllowed as error:
                refused.append(str(error.values.get("number", case_id)))
        last = wanted[-1] if len(wanted) == limit else None
        rest = [] if last is None else [one for one in left if one > last]
        return RecountProgress(
            version=calendar.version,
            recounted=recounted,
            left=len(rest),
            after=last if rest else None,
            refused=tuple(refused),
        )

    def _recount(self, case_id: CaseId, seat: Seat, now: datetime) -> bool:
        """One case; False where nothing is left to do in it by now."""
        for attempt in range(TRIES):
            with self._database.read() as connection:
                case = stored_case(connection, case_id)
            rules = self._shelf.of(case)
            found = tuple(changes_of(case, rules.calendar, rules.calendar_of))
            if not found or case.state.is_ended:
                return False
            move = Move(operation="recount", opinion=reason(found, rules.calendar.version))
            try:
                self._service.move(case_id, case.version, move, seat, now)
            except CaseChanged:
                if attempt + 1 == TRIES:
                    raise
                continue
            return True
        return False


def _next(
    connection: Connection,
    open_ids: Sequence[CaseId],
    calendar: WorkCalendar,
    calendars: Calendars,
    limit: int,
) -> list[CaseId]:
    """The first cases in which something changes."""
    found: list[CaseId] = []
    for chunk in _chunks(open_ids):
        for changes in _changes_in(connection, chunk, calendar, calendars):
            found.append(changes[0].case_id)
            if len(found) == limit:
                return found
    return found


def _changes_in(
    connection: Connection,
    case_ids: Sequence[CaseId],
    calendar: WorkCalendar,
    calendars: Calendars,
) -> Iterator[list[DeadlineChange]]:
    """The changes of each case in which there are any, in the order of the cases."""
    touched = [
        (ClockRow.calendar_version == version) & (ClockRow.due_at >= _floor(first))
        for version, old in calendars.items()
        if version != calendar.version and (first := first_difference(old, calendar)) is not None
    ]
    if not touched:
        return
    rows = connection.execute(
        _CLOCKS.where(or_(*touched)), {"case_ids": list(case_ids), "units": _WORKING}
    ).mappings()
    for case_id, group in groupby(rows, key=lambda row: CaseId(row["case_id"])):
        found = [
            change
            for row in group
            if (
                change := change_of(
                    case_id, row["number"], clock_from(row), calendar, calendars.__getitem__
                )
            )
        ]
        if found:
            yield found


def _open_cases(connection: Connection) -> list[CaseId]:
    """By id; unsorted out of the database, whose index of open cases has them by their dates."""
    return sorted(CaseId(one) for one in connection.execute(_OPEN).scalars())


def _chunks(case_ids: Sequence[CaseId]) -> Iterator[Sequence[CaseId]]:
    for start in range(0, len(case_ids), LOOKED_AT_ONCE):
        yield case_ids[start : start + LOOKED_AT_ONCE]


def _floor(first: datetime) -> int:
    """Calendars with other hours differ from the beginning of time, which has no epoch."""
    return epoch_ms(max(first, _ANCIENT))


_ANCIENT: Final = datetime(1970, 1, 2, tzinfo=CHINA_STANDARD_TIME) - timedelta(days=1)
_WORKING: Final = [unit.value for unit in TimeUnit if unit.is_working]
_OPEN: Final = select(CaseRow.id).where(~CaseRow.ended)
_CLOCKS: Final = (
    select(ClockRow.__table__, CaseRow.number)
    .join(CaseRow, CaseRow.id == ClockRow.case_id)
    .where(
        ClockRow.case_id.in_(bindparam("case_ids", expanding=True)),
        ClockRow.stopped_at.is_(None),
        ClockRow.limit_unit.in_(bindparam("units", expanding=True)),
    )
    .order_by(ClockRow.case_id, ClockRow.ord)
)

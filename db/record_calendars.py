"""The part of the record that the working calendar's page asks: versions, drafts, recounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from db.calendars import publish, read_versions
from db.database import Database
from db.recounting import Recounter, preview
from db.rules import load_calendar
from db.tables import WorkCalendarRow
from workflow.calendar import WorkCalendar
from workflow.calendar_versions import (
    CalendarDraft,
    CalendarPreview,
    CalendarVersion,
    RecountProgress,
)
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.service import CaseService
from workflow.shelf import Shelf

DRAFT = -1
"""What a draft is called that has no number yet; no clock runs on it."""


class RecordCalendars:
    """Working calendars of a record (see workflow.ports.Record).

    Args:
        database: open, with a city in it.
        service: takes the steps of a recount.
        shelf: the rules in force.
    """

    def __init__(self, database: Database, service: CaseService, shelf: Shelf) -> None:
        self._database = database
        self._recounter = Recounter(database, service, shelf)
        self._known: dict[int, WorkCalendar] = {}

    def versions(self) -> Sequence[CalendarVersion]:
        """Every published version, newest first."""
        with self._database.read() as connection:
            return read_versions(connection)

    def preview(self, draft: CalendarDraft) -> CalendarPreview:
        """What a draft would change. Raises InvalidCalendar."""
        calendar = draft.calendar(DRAFT)
        with self._database.read() as connection:
            return preview(connection, calendar, self._every_version(connection))

    def publish(self, draft: CalendarDraft, seat: Seat, now: datetime) -> int:
        """The draft as a new version in force; answers its number."""
        with self._database.write() as connection:
            return publish(connection, draft, seat, now)

    def recount_next(
        self, seat: Seat, now: datetime, limit: int, after: CaseId | None
    ) -> RecountProgress:
        """The next cases counted anew on the calendar in force."""
        with self._database.read() as connection:
            calendars = self._every_version(connection)
        return self._recounter.next(calendars, seat, now, limit, after)

    def _every_version(self, connection: Connection) -> dict[int, WorkCalendar]:
        """By number; a published version never changes, so each is read once."""
        for version in connection.execute(select(WorkCalendarRow.version)).scalars():
            if version not in self._known:
                self._known[version] = load_calendar(connection, version)
        return dict(self._known)

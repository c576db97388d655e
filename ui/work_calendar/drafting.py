"""The draft of a calendar at one desk: begun, kept, looked at, published."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from resources.language import tr
from ui.notices import Level
from ui.operations.calendars import preview_calendar, publish_calendar, read_calendars
from ui.session import DeskSession
from ui.work_calendar.sheet import CalendarSheet
from workflow.calendar_versions import CalendarDraft, CalendarPreview, CalendarVersion
from workflow.day_hours import InvalidCalendar
from workflow.errors import WanmiError
from workflow.posts import Post

KEY = "calendar"
"""Of the draft on the shelf, and of what is said about it."""


class Drafting(QObject):
    """The one draft of this desk; every change of it is kept on the shelf of drafts.

    Attributes:
        sheet: the calendar with the changes of the draft; None until it was read.

    Signals:
        changed: the sheet is another one, or something on it.
        previewed(CalendarPreview): what the draft as it is would change.
        refused(errors, what): something could not be done.
    """

    changed = Signal()
    previewed = Signal(object)
    refused = Signal(object, str)

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sheet: CalendarSheet | None = None
        self._looked_at: CalendarDraft | None = None
        session.rules_changed.connect(self.read)

    @property
    def may_edit(self) -> bool:
        """Whether this seat changes the calendar."""
        return self._session.is_ready and self._session.seat.post is Post.ADMIN

    @Slot()
    def read(self) -> None:
        """Read the version in force; a draft of an earlier one is dropped, and that is said."""
        read_calendars(session=self._session, done=self._on_versions, failed=self._on_failed)

    # -- editing --------------------------------------------------------------------------------
    @Slot(object)
    def cycle(self, day: date) -> None:
        """Make a day what comes next."""
        if self.sheet is not None and self.may_edit:
            self.sheet.cycle(day)
            self._edited()

    def rename(self, day: date, name: str) -> None:
        """Call a holiday or make-up day something else."""
        if self.sheet is not None and self.may_edit:
            self.sheet.rename(day, name)
            self._edited()

    def set_notice(self, year: int, name: str) -> None:
        """The holiday notice of a year."""
        if self.sheet is not None and self.may_edit:
            self.sheet.set_notice(year, name)
            self._edited()

    @Slot()
    def reset(self) -> None:
        """Drop the draft."""
        if self.sheet is not None and self.may_edit:
            self.sheet.reset()
            self._edited()

    def take(self, data: bytes) -> Sequence[InvalidCalendar]:
        """Put a CSV file on the sheet, or nothing of it: answers its faults."""
        if self.sheet is None or not self.may_edit:
            return ()
        faults = self.sheet.take(data)
        self._edited()
        return faults

    # -- what it does ---------------------------------------------------------------------------
    @Slot()
    def preview(self) -> None:
        """Ask what the draft would change."""
        if self.sheet is not None:
            self._looked_at = self.sheet.draft()
            preview_calendar(
                session=self._session,
                draft=self._looked_at,
                done=self._on_preview,
                failed=self._on_failed,
            )

    def publish(self) -> None:
        """Put the draft in force."""
        if self.sheet is not None and self.may_edit:
            publish_calendar(
                session=self._session,
                draft=self.sheet.draft(),
                done=self._on_published,
                failed=self._on_failed,
            )

    def _edited(self) -> None:
        """On the shelf of drafts, so that it is there again after the desk was killed."""
        assert self.sheet is not None
        if self.sheet.is_dirty:
            self._session.drafts.keep(KEY, self.sheet.plain())
        else:
            self._session.drafts.drop(KEY)
        self.changed.emit()

    def _on_versions(self, versions: Sequence[CalendarVersion]) -> None:
        in_force = next(one for one in versions if one.in_force)
        if self.sheet is not None and self.sheet.version.version == in_force.version:
            return
        self.sheet = CalendarSheet(in_force)
        kept = self._session.drafts.take(KEY)
        if kept is not None and not self.sheet.restore(kept):
            self._session.drafts.drop(KEY)
            self.sheet.reset()
            self._say_dropped(in_force)
        self.changed.emit()

    def _on_preview(self, preview: CalendarPreview) -> None:
        """What was edited meanwhile has to be looked at again."""
        if self.sheet is not None and self.sheet.draft() == self._looked_at:
            self.previewed.emit(preview)

    def _on_published(self, version: int) -> None:
        self._session.drafts.drop(KEY)
        self._session.notices.post(
            tr("Version {n} of the working calendar is in force.", n=version), Level.DONE
        )
        self.read()

    def _on_failed(self, error: WanmiError) -> None:
        self.refused.emit((error,), tr("It could not be done"))

    def _say_dropped(self, in_force: CalendarVersion) -> None:
        self._session.notices.post(
            tr(
                "The draft of a calendar was dropped: version {n} was published meanwhile by "
                "{name}.",
                n=in_force.version,
                name=in_force.published_by or "—",
            ),
            Level.WARNING,
            key=KEY,
        )

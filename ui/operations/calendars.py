"""The working calendar: its versions, what a draft would change, publishing it."""

from collections.abc import Callable, Sequence

from ui.session import DeskSession
from workflow.calendar_versions import CalendarDraft, CalendarPreview, CalendarVersion
from workflow.errors import WanmiError
from workflow.ports import Record

Failed = Callable[[WanmiError], None]


def read_calendars(
    *, session: DeskSession, done: Callable[[Sequence[CalendarVersion]], None], failed: Failed
) -> None:
    """Every published version, newest first."""
    session.door.ask(lambda record: record.calendars(), done, failed, key="calendars")


def preview_calendar(
    *,
    session: DeskSession,
    draft: CalendarDraft,
    done: Callable[[CalendarPreview], None],
    failed: Failed,
) -> None:
    """What a draft would change; of several questions in a row only the newest is answered."""
    now = session.now()
    session.door.ask(
        lambda record: record.preview_calendar(draft, now), done, failed, key="calendar-preview"
    )


def publish_calendar(
    *,
    session: DeskSession,
    draft: CalendarDraft,
    done: Callable[[int], None],
    failed: Failed,
) -> None:
    """Publish a draft from the seat at this desk; `done` gets the number of the version."""
    seat, now = session.seat, session.now()

    def work(record: Record) -> int:
        return record.publish_calendar(draft, seat, now)

    session.door.ask(work, done, failed, writes=True)

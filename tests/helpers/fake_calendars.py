"""Working calendars of a fake record: published in memory, with changes that a test invents."""

from collections.abc import Sequence
from datetime import datetime

from tests.helpers.calendars import shipped
from workflow.calendar_versions import (
    CalendarChanged,
    CalendarDraft,
    CalendarPreview,
    CalendarVersion,
    RecountProgress,
)
from workflow.ids import CaseId
from workflow.posts import Seat
from workflow.recounting import DeadlineChange


class FakeCalendars:
    """The versions, and what each draft would change.

    Attributes:
        versions: newest first. foreseen: what every draft changes.
        to_recount: cases that wait to be counted anew.
    """

    def __init__(self) -> None:
        self.versions: list[CalendarVersion] = [shipped()]
        self.foreseen: tuple[DeadlineChange, ...] = ()
        self.to_recount: list[CaseId] = []

    def calendars(self) -> Sequence[CalendarVersion]:
        """Every version."""
        return tuple(self.versions)

    def preview_calendar(self, draft: CalendarDraft, now: datetime) -> CalendarPreview:
        """What the test foresees; the draft must be without a fault."""
        draft.calendar(99)
        return CalendarPreview(changes=self.foreseen, looked_at=48)

    def publish_calendar(self, draft: CalendarDraft, seat: Seat, now: datetime) -> int:
        """The next version; the cases that are foreseen wait to be counted anew."""
        if draft.base != self.versions[0].version:
            raise CalendarChanged("{name} was first.", name=self.versions[0].published_by)
        self.publish_as(draft, seat.person_name, now)
        self.to_recount = sorted({change.case_id for change in self.foreseen})
        return self.versions[0].version

    def publish_as(self, draft: CalendarDraft, name: str, now: datetime) -> None:
        """Somebody publishes a version."""
        old = self.versions[0].version
        made = CalendarVersion(
            calendar=draft.calendar(old + 1),
            notices=draft.notice_names(),
            published_at=now,
            published_by=name,
            in_force=True,
        )
        self.versions = [
            made,
            *(
                CalendarVersion(
                    calendar=one.calendar,
                    notices=one.notices,
                    published_at=one.published_at,
                    published_by=one.published_by,
                )
                for one in self.versions
            ),
        ]
        self.rules_put_in_force()

    def rules_put_in_force(self) -> None:
        """Let every desk hear of it."""

    def recount_next(
        self, seat: Seat, now: datetime, limit: int, after: CaseId | None
    ) -> RecountProgress:
        """One case after the other, two at most, so that progress can be seen."""
        now_done, self.to_recount = self.to_recount[:2], self.to_recount[2:]
        return RecountProgress(
            version=self.versions[0].version,
            recounted=len(now_done),
            left=len(self.to_recount),
            after=now_done[-1] if self.to_recount else None,
        )

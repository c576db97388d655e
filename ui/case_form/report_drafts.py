"""The half-written report of each person at each post, kept until the record has it."""

from resources.language import tr
from ui.case_form.report_model import ReportDraft
from ui.case_form.wording import full_moment
from ui.drafts.plain import DraftDamaged, fill, plain, rebuilt
from ui.drafts.shelf import DraftShelf
from ui.notices import Level
from ui.session import DeskSession
from workflow.catalog import ClassEntry
from workflow.errors import UnknownClass
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.posts import Seat


class ReportDrafts:
    """Reports by seat, on the shelf of drafts."""

    def __init__(self, session: DeskSession) -> None:
        self._session = session
        self._seat: Seat | None = None

    def of_seat(self, current: ReportDraft, *, goes_along: bool) -> ReportDraft:
        """The report of the seat at the desk; the one on screen where the seat is the same.

        Args:
            current: the report on screen.
            goes_along: what is on screen was begun at a post that makes no reports; it goes along
                to the next seat, unless that has a report of its own.
        """
        before, seat = self._seat, self._session.seat
        if before == seat:
            return current
        self._seat = seat
        draft = self._read(seat)
        is_new = draft.is_empty and not current.is_empty
        if is_new and (before is None or goes_along):
            if before is not None:
                self._shelf.drop(_key(before))
            draft = current
        return draft

    def keep(self, draft: ReportDraft, *, is_sending: bool = False) -> None:
        """Keep what is written; an empty report is thrown away."""
        if self._seat is None:
            return
        if draft.is_empty:
            self.drop()
            return
        sent = epoch_ms(self._session.now()) if is_sending else None
        self._shelf.keep(_key(self._seat), {"draft": plain(draft), "sent": sent})

    def drop(self) -> None:
        """The record has the report, or nobody wants it."""
        if self._seat is not None:
            self._shelf.drop(_key(self._seat))

    @property
    def _shelf(self) -> DraftShelf:
        return self._session.drafts

    def _read(self, seat: Seat) -> ReportDraft:
        draft, values = ReportDraft(), self._shelf.take(_key(seat))
        if values is None:
            return draft
        try:
            fill(draft, rebuilt(dict, values.get("draft", {})))
            sent = rebuilt(int | None, values.get("sent"))
        except DraftDamaged:
            self._shelf.put_aside(_key(seat))
            return ReportDraft()
        draft.entry = self._in_force(draft.entry) if draft.entry else None
        if sent is not None:
            self._warn(sent)
        return draft

    def _in_force(self, entry: ClassEntry) -> ClassEntry | None:
        """The class as the catalog has it today; None where it has it no more."""
        try:
            return self._session.reference.rules.catalog.entry(entry.kind, entry.code)
        except UnknownClass:
            return None

    def _warn(self, sent_ms: int) -> None:
        """The desk ended between sending and the answer: nobody may report a thing twice."""
        self._session.notices.post(
            tr(
                "Your report was being sent at {time} when the desk ended. "
                "Look for it in the queue before you send it again.",
                time=full_moment(from_epoch_ms(sent_ms)),
            ),
            Level.WARNING,
            key="report-sent",
        )


def _key(seat: Seat) -> str:
    return f"report-{seat.person_id}-{seat.post.value.lower()}"

"""The drafts of decisions: one for each case, person and post, kept until the record has the step.

In memory while the desk runs, and on the shelf of drafts, so that they are there again after it
ended in whatever way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Slot

from ui.case_form.decision_box import DecisionBox
from ui.case_form.draft import Draft
from ui.case_form.left_words import LeftWords
from ui.drafts.case_stamp import CaseStamp
from ui.drafts.plain import DraftDamaged, fill
from ui.session import DeskSession
from workflow.ids import CaseId
from workflow.queries import CaseFile

LEFT = "left-"
"""Before the key of words that their case left behind."""


@dataclass(slots=True)
class OpenDraft:
    """A draft of this sitting.

    Attributes:
        stamp: where the case stood when it was written; None while nothing is.
        fresh: the draft as it is before anything is written.
    """

    draft: Draft = field(default_factory=Draft)
    stamp: CaseStamp | None = None
    fresh: Mapping[str, Any] | None = None


class CaseDrafts(QObject):
    """Hands out drafts, and keeps what the decision box writes into them.

    Args:
        box: gives and takes the draft on screen by `draft()` and `restore()`, and says `edited`.
        card: shows words whose case has moved on.
    """

    def __init__(self, session: DeskSession, box: DecisionBox, card: LeftWords) -> None:
        super().__init__(box)
        self._session, self._box, self._card = session, box, card
        self._open: dict[str, OpenDraft] = {}
        self._sent: dict[CaseId, str] = {}
        self._shown: tuple[str, CaseFile] | None = None
        box.edited.connect(self._on_edited)
        card.thrown_away.connect(self._on_thrown_away)

    def draft(self, file: CaseFile) -> Draft:
        """The draft of the seat at the desk for a case."""
        key = self._key(file)
        opened = self._open.setdefault(key, OpenDraft())
        is_under_way = file.case.id in self._sent
        if opened.stamp is not None and not is_under_way and opened.stamp.moved_on(file):
            self._leave_behind(key, file)
            opened = self._open[key] = OpenDraft()
        return opened.draft

    def shown(self, file: CaseFile) -> None:
        """The box shows the case: put back what was written, or show what the case left behind."""
        key = self._key(file)
        self._shown = None  # what the box says while it is filled is nobody's writing
        opened = self._open[key]
        is_first = opened.fresh is None
        if is_first or opened.draft.is_empty:
            opened.fresh = self._box.draft()
        if is_first:
            self._put_back(key, file, opened)
        self._shown = (key, file)
        self._on_edited()
        self._show_left(key)

    def sending(self, case_id: CaseId) -> None:
        """The draft on screen is on its way to the record."""
        if self._shown is not None:
            self._sent[case_id] = self._shown[0]

    def sent(self, case_id: CaseId) -> None:
        """The record has it."""
        key = self._sent.pop(case_id, None)
        if key is None:
            return
        self._open.pop(key, None)
        self._session.drafts.drop(key)
        if self._shown is not None and self._shown[0] == key:
            self._shown = None

    def stayed(self, case_id: CaseId | None = None) -> None:
        """The record refused it; None says so of all that are on their way."""
        if case_id is None:
            self._sent.clear()
        else:
            self._sent.pop(case_id, None)

    def _key(self, file: CaseFile) -> str:
        seat = self._session.seat
        return f"case-{file.case.id}-{seat.person_id}-{seat.post.value.lower()}"

    def _put_back(self, key: str, file: CaseFile, opened: OpenDraft) -> None:
        values = self._session.drafts.take(key)
        if values is None:
            return
        try:
            stamp = CaseStamp.read(values.get("case"))
            if stamp.moved_on(file):
                self._leave_behind(key, file)
                return
            self._box.restore(values.get("draft", {}))
        except DraftDamaged:
            self._session.drafts.put_aside(key)
        else:
            opened.stamp = stamp

    def _leave_behind(self, key: str, file: CaseFile) -> None:
        """The words go to the card, unless they are in the record."""
        shelf = self._session.drafts
        values = shelf.take(key)
        shelf.drop(key)
        if values is None:
            return
        stamp, draft = CaseStamp.read(values.get("case")), Draft()
        fill(draft, values.get("draft", {}))
        if draft.is_empty or stamp.was_sent(file, draft.opinion, self._session.seat):
            return
        before = shelf.take(LEFT + key) or {"words": [], "photos": 0}
        words = [*before["words"], draft.opinion.strip()]
        photos = before["photos"] + len(draft.photos)
        shelf.keep(LEFT + key, {"words": [one for one in words if one], "photos": photos})

    def _show_left(self, key: str) -> None:
        left = self._session.drafts.take(LEFT + key) or {}
        self._card.show_words(left.get("words", ()), left.get("photos", 0))

    @Slot()
    def _on_edited(self) -> None:
        """Keep what is on screen; what nobody wrote is not kept."""
        if self._shown is None:
            return
        key, file = self._shown
        opened, written = self._open.get(key), self._box.draft()
        if opened is None:
            return
        if written == opened.fresh:
            opened.stamp = None
            self._session.drafts.drop(key)
        else:
            opened.stamp = opened.stamp or CaseStamp.of(file)
            self._session.drafts.keep(key, {"case": opened.stamp.written(), "draft": written})

    @Slot()
    def _on_thrown_away(self) -> None:
        if self._shown is not None:
            self._session.drafts.drop(LEFT + self._shown[0])
            self._show_left(self._shown[0])

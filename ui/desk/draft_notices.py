"""What the desk says about drafts: that they cannot be kept now, and that some are there."""

from PySide6.QtCore import QObject, Slot

from resources.language import tr
from ui.notices import Level
from ui.session import DeskSession

KEY = "drafts"


class DraftNotices(QObject):
    """Turns the shelf's troubles into quiet notices, and reminds each seat of its drafts."""

    def __init__(self, session: DeskSession) -> None:
        super().__init__(session)
        self._session = session
        shelf = session.drafts
        shelf.troubled.connect(self._on_troubled)
        shelf.relieved.connect(self._on_relieved)
        shelf.put_away.connect(self._on_put_away)
        session.ready.connect(self._remind)
        session.seat_changed.connect(self._remind)
        for name in shelf.damaged:
            self._on_put_away(name)
        if shelf.unreadable:
            self._say_unreadable(shelf.unreadable)

    @Slot()
    def _remind(self) -> None:
        """Say what of this seat is half-written; a seat without drafts hears nothing."""
        seat = self._session.seat
        mark = f"-{seat.person_id}-{seat.post.value.lower()}"
        keys = [key for key in self._session.drafts.keys if key.endswith(mark)]
        cases = sum(key.startswith("case-") for key in keys)
        words = []
        if f"report{mark}" in keys:
            words.append(tr("Your half-written report is kept; Ctrl+N opens it."))
        if cases:
            words.append(tr("Half-written steps of {n} case(s) are kept with the cases.", n=cases))
        if words:
            self._session.notices.post(" ".join(words), Level.INFO, key="drafts-kept")
        else:
            self._session.notices.withdraw("drafts-kept")

    @Slot(str)
    def _on_troubled(self, why: str) -> None:
        self._session.notices.post(
            tr(
                "Drafts cannot be kept now: {reason}. What you write stays on the screen and can "
                "be sent; it would be lost if the desk ended.",
                reason=why,
            ),
            Level.WARNING,
            key=KEY,
        )

    @Slot()
    def _on_relieved(self) -> None:
        self._session.notices.post(tr("Drafts are kept again."), Level.DONE, key=KEY)

    @Slot(str)
    def _on_put_away(self, name: str) -> None:
        self._session.notices.post(
            tr("A draft could not be read; its file is kept as {name} and left alone.", name=name),
            Level.WARNING,
        )

    def _say_unreadable(self, why: str) -> None:
        self._session.notices.post(
            tr("The drafts of earlier sittings cannot be read: {reason}.", reason=why),
            Level.WARNING,
        )

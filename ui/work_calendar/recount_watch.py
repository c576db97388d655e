"""Counts open cases anew on a calendar that was published, while an administrator sits here."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ui.session import DeskSession
from workflow.calendar_versions import RecountProgress
from workflow.errors import CaseChanged, WanmiError
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.posts import Post

AT_ONCE: Final = 20
PAUSE_MS: Final = 40
"""Between two lots: whoever works at this desk meanwhile must not wait behind them."""

AGAIN_MS: Final = 5_000
"""After a case that another seat did not leave alone: from the first case on once more."""


class RecountWatch(QObject):
    """Asks the record for the next cases until none is left.

    It begins when an administrator sits down and when a calendar is published, so what a desk that
    was killed left undone is taken up by the next one. There is one for each session.

    Signals:
        progressed(RecountProgress): some more are done; `left` of the first says how many to go.
    """

    progressed = Signal(object)

    def __init__(self, session: DeskSession) -> None:
        super().__init__(session)
        self._session = session
        self._is_running = False
        self._after: CaseId | None = None
        self.recounted = 0
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask)
        session.ready.connect(self.begin)
        session.seat_changed.connect(self.begin)
        session.rules_changed.connect(self.begin)

    @classmethod
    def of(cls, session: DeskSession) -> "RecountWatch":
        """The watch of a session, made where there is none yet."""
        return session.findChild(cls) or cls(session)

    @property
    def is_running(self) -> bool:
        """Whether cases are still to be looked at."""
        return self._is_running

    @Slot()
    def begin(self) -> None:
        """From the first case on, where an administrator sits at this desk."""
        if not self._session.is_ready or self._session.seat.post is not Post.ADMIN:
            return
        self._after, self.recounted, self._is_running = None, 0, True
        self._ask()

    @Slot()
    def _ask(self) -> None:
        seat, now, after = self._session.seat, self._session.now(), self._after
        if seat.post is not Post.ADMIN:
            self._is_running = False
            return

        def work(record: Record) -> RecountProgress:
            return record.recount_next(seat, now, AT_ONCE, after)

        self._session.door.ask(work, self._on_progress, self._on_refused, key="recount")

    def _on_progress(self, progress: RecountProgress) -> None:
        self.recounted += progress.recounted
        self._after = progress.after
        self._is_running = progress.after is not None
        self.progressed.emit(progress)
        if self._is_running:
            self._again.start(PAUSE_MS)

    def _on_refused(self, error: WanmiError) -> None:
        self._is_running = False
        if isinstance(error, CaseChanged):
            self._after, self._is_running = None, True
            self._again.start(AGAIN_MS)
            return
        self._session.notices.refuse(error, key="recount")

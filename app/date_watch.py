"""Lets the record take the steps whose date has come, while a desk is open to do so."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Slot

from resources.language import tr
from ui.notices import Level, sentence
from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.queries import Changes

EVERY = timedelta(minutes=1)
AGAIN_MS = 2_000
"""Between two lots of steps: seats that work meanwhile must not wait behind them."""
KEY = "dates"


class DateWatch(QObject):
    """Asks the record to do what is due: at the start, and once a minute."""

    def __init__(self, session: DeskSession) -> None:
        super().__init__(session)
        self._session = session
        self._asked_at: datetime | None = None
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._ask)
        session.ready.connect(self._ask)
        session.ticked.connect(self._on_ticked)

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        if self._asked_at is not None and abs(now - self._asked_at) >= EVERY:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        now = self._asked_at = self._session.now()

        def work(record: Record) -> Changes | None:
            return record.run_dates(now)

        self._session.door.ask(work, self._on_done, self._on_refused)

    def _on_done(self, changes: Changes | None) -> None:
        if changes is not None:
            self._again.start()

    def _on_refused(self, error: WanmiError) -> None:
        self._session.notices.post(
            tr(
                "What is due today could not be done by itself: {why}",
                why=sentence(error),
            ),
            Level.WARNING,
            key=KEY,
        )

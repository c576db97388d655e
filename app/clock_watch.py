"""Notices a machine's clock that is wrong: behind the record, or moved while the desk runs."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Slot

from resources.language import tr
from ui.notices import Level
from ui.session import DeskSession
from workflow.instants import readable
from workflow.ports import Record

TOLERANCE = timedelta(minutes=2)
"""Desks of one record keep time a little differently; and time servers mend seconds all day."""

KEY = "clock"


def running_seconds() -> float:
    """Seconds that no setting of the clock changes, sleep of the machine included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ClockWatch(QObject):
    """Says at the desk when its time cannot be right; steps are refused by the record itself.

    Args:
        running: seconds that go on evenly whatever the clock shows.
    """

    def __init__(
        self, session: DeskSession, running: Callable[[], float] = running_seconds
    ) -> None:
        super().__init__(session)
        self._session, self._running = session, running
        self._shown = session.now()
        self._ran = running()
        session.ready.connect(self._ask)
        session.ticked.connect(self._on_ticked)

    @Slot()
    def _ask(self) -> None:
        self._session.door.ask(_latest_step, self._compare)

    def _compare(self, latest: datetime | None) -> None:
        now = self._session.now()
        if latest is not None and now < latest - TOLERANCE:
            self._say(
                tr(
                    "This machine's clock shows {now}, but the record has a step of {latest}. "
                    "Set the clock right: cases touched after {now} take no step until then.",
                    now=readable(now),
                    latest=readable(latest),
                )
            )

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        ran = self._running()
        expected = self._shown + timedelta(seconds=ran - self._ran)
        self._shown, self._ran = now, ran
        if abs(now - expected) < TOLERANCE:
            return
        if now < expected:
            words = tr(
                "This machine's clock was turned back from {before} to {now}. Check it: remaining "
                "times are reckoned by it, and cases touched later take no step.",
                before=readable(expected),
                now=readable(now),
            )
        else:
            words = tr(
                "This machine's clock was put forward from {before} to {now}. Check it before the "
                "next step: what is recorded cannot be dated anew.",
                before=readable(expected),
                now=readable(now),
            )
        self._say(words)
        self._ask()

    def _say(self, words: str) -> None:
        self._session.notices.post(words, Level.WARNING, key=KEY)


def _latest_step(record: Record) -> datetime | None:
    return record.latest_step()

"""The one thread that touches the database.

It keeps nothing that belongs to a window. Whatever it runs stays in the hands of the UI thread too
until it is done, and outcomes are left in a place from which the UI thread takes them: so that no
widget is ever destroyed over here, where Qt does not allow it.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import SignalInstance

from workflow.ports import Record
from workflow.queries import Changes

OpenRecord = Callable[[], AbstractContextManager[Record]]

POLL_SECONDS = 0.05

logger = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Job:
    """What to do on this thread. `answer` or `error` is there once the job was announced."""

    number: int
    work: Callable[[Record], Any]
    key: str | None = None
    writes: bool = False
    ahead: bool = False
    answer: Any = None
    error: Exception | None = None

    def run(self, record: Record) -> None:
        """Do it."""
        try:
            self.answer = self.work(record)
        except Exception as error:
            logger.debug("a question failed", exc_info=True)
            self.error = error


class RecordThread(threading.Thread):
    """Works through jobs one after the other; while there is none, it reads the feed.

    Args:
        answered: emitted with the number of a job that is done.
        changed, opened, live: as in `ui.data.DataDoor`.
    """

    def __init__(
        self,
        open_record: OpenRecord,
        answered: SignalInstance,
        changed: SignalInstance,
        opened: SignalInstance,
        live: SignalInstance,
    ) -> None:
        super().__init__(name="record", daemon=True)
        self._open_record = open_record
        self._answered, self._changed = answered, changed
        self._opened, self._live = opened, live
        self._waiting: deque[Job] = deque()
        self._wake = threading.Condition()
        self._ending = False
        self._seq = 0
        self._is_live: bool | None = None

    def put(self, job: Job) -> Job | None:
        """Add a job; answers the waiting one with the same key, whose place it took."""
        with self._wake:
            older = next((one for one in self._waiting if job.key and one.key == job.key), None)
            if older is not None:
                self._waiting.remove(older)
            behind = sum(one.ahead for one in self._waiting) if job.ahead else len(self._waiting)
            self._waiting.insert(behind, job)
            self._wake.notify()
            return older

    def finish(self) -> None:
        """End after the jobs that wait; those with a key are only reads and are dropped."""
        with self._wake:
            self._ending = True
            self._wake.notify()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Open the record, then work until told to end."""
        try:
            with self._open_record() as record:
                self._seq = record.last_change()
                self._opened.emit()
                self._say_live(True)
                while self._work_once(record):
                    pass
        except Exception as error:
            logger.debug("the record cannot be used", exc_info=True)
            self._fail_all(error)

    def _work_once(self, record: Record) -> bool:
        """Do one job, or read the feed and wait a little; False when it is time to end."""
        job = self._take()
        if job is None:
            if self._ending:
                return False
            self._read_feed(record)
            self._rest()
            return True
        job.run(record)
        number, writes = job.number, job.writes
        del job
        if writes:
            self._read_feed(record)
        self._answered.emit(number)
        return True

    def _take(self) -> Job | None:
        with self._wake:
            while self._waiting:
                job = self._waiting.popleft()
                if job.key is None or not self._ending:
                    return job
        return None

    def _rest(self) -> None:
        with self._wake:
            if not self._waiting and not self._ending:
                self._wake.wait(POLL_SECONDS)

    def _read_feed(self, record: Record) -> None:
        try:
            changes: Changes | None = record.changes_since(self._seq)
        except Exception:
            logger.debug("the feed cannot be read", exc_info=True)
            self._say_live(False)
            return
        self._say_live(True)
        if changes is not None:
            self._seq = changes.seq
            self._changed.emit(changes)

    def _say_live(self, is_live: bool) -> None:
        if is_live != self._is_live:
            self._is_live = is_live
            self._live.emit(is_live)

    def _fail_all(self, error: Exception) -> None:
        """Answer every job, waiting or still to come, with the error that ended the record."""
        self._say_live(False)
        while True:
            with self._wake:
                while not self._waiting and not self._ending:
                    self._wake.wait()
                if not self._waiting:
                    return
                job = self._waiting.popleft()
                job.error = error
                number = job.number
                del job
            self._answered.emit(number)

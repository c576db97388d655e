"""The door to the record: one database thread, questions in, answers back on the UI thread."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from shiboken6 import isValid

from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.queries import Changes

T = TypeVar("T")
OpenRecord = Callable[[], AbstractContextManager[Record]]

POLL_SECONDS = 0.05

logger = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Job:
    """One question: what to do on the database thread, and whom to tell on the UI thread."""

    work: Callable[[Record], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[WanmiError], None] | None
    key: str | None
    writes: bool
    ahead: bool
    answer: Any = None
    error: Exception | None = None


class DataDoor(QObject):
    """Asks the record on its one thread and brings answers and changes back to the UI thread.

    Signals:
        opened: the record is open; questions asked earlier were kept until now.
        changed(Changes): something was committed, by this seat or another.
        settled: every question asked was answered, and its answer led to no other.
        refused(WanmiError): a refusal that no asker took for itself.
        crashed(Exception): a failure that nobody expected; for the crash notice.
        live(bool): whether the feed of changes works.
    """

    opened = Signal()
    changed = Signal(object)
    settled = Signal()
    refused = Signal(object)
    crashed = Signal(object)
    live = Signal(bool)
    _answered = Signal(object)

    def __init__(self, open_record: OpenRecord, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_count = 0
        self._newest: dict[str, Job] = {}
        self._answered.connect(self._on_answered)
        self._worker = RecordThread(
            open_record, self._answered, self.changed, self.opened, self.live
        )

    def start(self) -> None:
        """Open the record on its thread."""
        self._worker.start()

    @property
    def idle(self) -> bool:
        """Whether no question is under way."""
        return self._open_count == 0

    def ask(
        self,
        work: Callable[[Record], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[WanmiError], None] | None = None,
        *,
        key: str | None = None,
        writes: bool = False,
        ahead: bool = False,
    ) -> None:
        """Run `work` on the database thread, then `done` or `failed` on this one.

        Args:
            key: of questions with one key only the newest matters: one still waiting is replaced,
                and an answer that comes too late is dropped.
            writes: the work commits; what it changed is announced before `done` is called.
            ahead: the operator waits for it with a key still under the finger: before all that
                waits and is not ahead itself.
        """
        job = Job(work, done, failed, key, writes, ahead)
        self._open_count += 1
        if key is not None:
            self._newest[key] = job
        if self._worker.put(job):
            self._open_count -= 1

    def close(self) -> None:
        """Finish what is asked without a key, then end the thread."""
        self._worker.finish()

    @Slot(object)
    def _on_answered(self, job: Job) -> None:
        try:
            if job.key is None or self._newest.get(job.key) is job:
                self._deliver(job)
        finally:
            self._open_count -= 1
            if self.idle:
                self.settled.emit()

    def _deliver(self, job: Job) -> None:
        if job.error is None:
            if job.done is not None and _is_alive(job.done):
                job.done(job.answer)
        elif not isinstance(job.error, WanmiError):
            self.crashed.emit(job.error)
        elif job.failed is None:
            self.refused.emit(job.error)
        elif _is_alive(job.failed):
            job.failed(job.error)


class RecordThread(threading.Thread):
    """The one thread that touches the database."""

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

    def put(self, job: Job) -> bool:
        """Add a job; True where it took the place of a waiting one with its key."""
        with self._wake:
            older = [one for one in self._waiting if job.key and one.key == job.key]
            for one in older:
                self._waiting.remove(one)
            behind = sum(one.ahead for one in self._waiting) if job.ahead else len(self._waiting)
            self._waiting.insert(behind, job)
            self._wake.notify()
            return bool(older)

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
                self._begin(record)
                while (job := self._next(record)) is not None:
                    self._do(job, record)
        except Exception as error:
            logger.debug("the record cannot be used", exc_info=True)
            self._fail_all(error)

    def _begin(self, record: Record) -> None:
        self._seq = record.last_change()
        self._opened.emit()
        self._say_live(True)

    def _next(self, record: Record) -> Job | None:
        """The next job; while there is none, the feed is read every 50 ms."""
        while True:
            with self._wake:
                if self._ending:
                    return self._last_job()
                if self._waiting:
                    return self._waiting.popleft()
            self._read_feed(record)
            with self._wake:
                if not self._waiting and not self._ending:
                    self._wake.wait(POLL_SECONDS)

    def _last_job(self) -> Job | None:
        while self._waiting:
            job = self._waiting.popleft()
            if job.key is None:
                return job
        return None

    def _do(self, job: Job, record: Record) -> None:
        try:
            job.answer = job.work(record)
        except Exception as error:
            logger.debug("a question failed", exc_info=True)
            job.error = error
        if job.writes:
            self._read_feed(record)
        self._answered.emit(job)

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
            self._answered.emit(job)


def _is_alive(call: Callable[..., None]) -> bool:
    """False where the widget that asked is gone meanwhile."""
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)

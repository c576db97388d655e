"""The door to the record: one database thread, questions in, answers back on the UI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from ui.garbage import Garbage
from ui.record_thread import Job, OpenRecord, RecordThread
from workflow.errors import WanmiError
from workflow.ports import Record

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """A job and whom to tell about it."""

    job: Job
    done: Callable[[Any], None] | None
    failed: Callable[[WanmiError], None] | None


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
    _answered = Signal(int)

    def __init__(self, open_record: OpenRecord, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last_number = 0
        self._questions: dict[int, Question] = {}
        self._newest: dict[str, int] = {}
        self._garbage = Garbage(self)
        self._answered.connect(self._on_answered)
        self._worker = RecordThread(
            open_record, self._answered, self.changed, self.opened, self.live
        )

    def start(self) -> None:
        """Open the record on its thread."""
        self._garbage.start()
        self._worker.start()

    @property
    def idle(self) -> bool:
        """Whether no question is under way."""
        return not self._questions

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
        self._last_number += 1
        job = Job(self._last_number, work, key, writes, ahead)
        self._questions[job.number] = Question(job, done, failed)
        if key is not None:
            self._newest[key] = job.number
        replaced = self._worker.put(job)
        if replaced is not None:
            del self._questions[replaced.number]

    def close(self) -> None:
        """Finish what is asked without a key, then end the thread."""
        self._worker.finish()
        self._garbage.stop()

    @Slot(int)
    def _on_answered(self, number: int) -> None:
        question = self._questions[number]
        key = question.job.key
        try:
            if key is None or self._newest.get(key) == number:
                self._deliver(question)
        finally:
            del self._questions[number]
            if self.idle:
                self.settled.emit()

    def _deliver(self, question: Question) -> None:
        error = question.job.error
        if error is None:
            if question.done is not None and _is_alive(question.done):
                question.done(question.job.answer)
        elif not isinstance(error, WanmiError):
            self.crashed.emit(error)
        elif question.failed is None:
            self.refused.emit(error)
        elif _is_alive(question.failed):
            question.failed(error)


def _is_alive(call: Callable[..., None]) -> bool:
    """False where the widget that asked is gone meanwhile."""
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)

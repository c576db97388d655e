"""The alarms of the seat, read now and then; what was acknowledged is gone at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal, Slot

from ui.session import DeskSession
from ui.throttle import Throttle
from workflow.alarms import Alarm
from workflow.errors import WanmiError
from workflow.ports import Record

EVERY = timedelta(seconds=20)
"""Deadlines pass without anybody doing anything: so the record is asked again."""
AT_MOST_EVERY_MS = 1_500


class AlarmFeed(QObject):
    """Keeps the list of alarms of whoever sits at the desk.

    Signals:
        changed: the list is another one.
    """

    changed = Signal()

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._alarms: tuple[Alarm, ...] = ()
        self._asked_at: datetime | None = None
        self._refresh = Throttle(self._ask, AT_MOST_EVERY_MS, self)
        session.ready.connect(self._refresh.request)
        session.changed.connect(self._refresh.request)
        session.seat_changed.connect(self._on_seat)
        session.ticked.connect(self._on_tick)

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What is not acknowledged yet, newest first."""
        return self._alarms

    @property
    def is_behind(self) -> bool:
        """Whether a change of the record is not in the list yet."""
        return self._refresh.is_waiting

    def acknowledge(self, alarms: Sequence[Alarm]) -> None:
        """The person has seen these."""
        if not alarms:
            return
        keys = [alarm.key for alarm in alarms]
        seat, now = self._session.seat, self._session.now()
        gone = set(keys)
        self._show(tuple(one for one in self._alarms if one.key not in gone))

        def work(record: Record) -> None:
            record.acknowledge(keys, seat, now)

        self._session.door.ask(work, None, self._on_refused)

    @Slot(object)
    def _on_seat(self, _: object) -> None:
        """Somebody else's alarms are nobody's business."""
        self._show(())
        self._refresh.request()

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        if self._asked_at is not None and abs(now - self._asked_at) >= EVERY:
            self._refresh.request()

    def _ask(self) -> None:
        if not self._session.is_ready:
            return
        seat, now = self._session.seat, self._session.now()
        self._asked_at = now

        def work(record: Record) -> tuple[Alarm, ...]:
            return tuple(record.alarms(seat, now))

        self._session.door.ask(work, self._show, key="alarms")

    def _show(self, alarms: tuple[Alarm, ...]) -> None:
        if alarms != self._alarms:
            self._alarms = alarms
            self.changed.emit()

    def _on_refused(self, error: WanmiError) -> None:
        """They were not noted: show them again, and why."""
        self._session.notices.refuse(error)
        self._refresh.request()

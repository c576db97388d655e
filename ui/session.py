"""What every part of a desk shares: door to the record, seat, selection, notices, drafts, theme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from resources.language import tr
from ui.data import DataDoor
from ui.drafts.shelf import DraftShelf
from ui.notices import Level, Notices, sentence
from ui.selection import Selection
from ui.theme.tokens import LIGHT, Tokens
from workflow.catalog import ClassEntry, FilingCondition
from workflow.commands import Move, Report
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.ports import ClassSearch, Record, Rules
from workflow.posts import Post, Seat
from workflow.queries import Changes, CityInfo

MakeClassSearch = Callable[[Rules], ClassSearch]
SECOND_MS = 1000


def china_now() -> datetime:
    """The machine's time in China Standard Time, in whole milliseconds."""
    return from_epoch_ms(epoch_ms(datetime.now().astimezone()))


class NoClassesYet:
    """Stands for the class search for the moment in which its index is being made."""

    def find(self, text: str, limit: int = 20) -> Sequence[ClassEntry]:
        """Nothing."""
        return ()

    def conditions(self, entry: ClassEntry) -> Sequence[FilingCondition]:
        """Nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Reference:
    """What is read at the start, and again where other rules are put in force meanwhile."""

    city: CityInfo
    rules: Rules
    seats: Sequence[Seat]
    classes: ClassSearch


class DeskSession(QObject):
    """One sitting at a desk.

    Args:
        drafts: where half-written things are kept; without it they end with the sitting.

    Signals:
        ready: `reference` is loaded and a seat is taken.
        seat_changed(Seat)
        theme_changed(Tokens)
        changed(Changes): something was committed, by this seat or another; each view decides.
        ticked(datetime): once a second, for whatever shows remaining time.
        unopened(str): there is no record to work on, and why.
        rules_changed: `reference` has the rules that are in force now.
    """

    ready = Signal()
    seat_changed = Signal(object)
    theme_changed = Signal(object)
    changed = Signal(object)
    ticked = Signal(object)
    unopened = Signal(str)
    rules_changed = Signal()

    def __init__(
        self,
        door: DataDoor,
        make_class_search: MakeClassSearch,
        *,
        now: Callable[[], datetime] = china_now,
        theme: Tokens = LIGHT,
        drafts: DraftShelf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.door = door
        self.now = now
        self.selection = Selection(self)
        self.notices = Notices(now, self)
        self.drafts = drafts or DraftShelf(parent=self)
        self._make_class_search = make_class_search
        self._theme = theme
        self._seat: Seat | None = None
        self._wanted_seat: tuple[int, str] | None = None
        self._reference: Reference | None = None
        door.changed.connect(self.changed)
        door.changed.connect(self._on_changed)
        door.refused.connect(self.notices.refuse)
        door.crashed.connect(self._on_crashed)
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._on_second)

    def start(self, wanted_seat: tuple[int, str] | None = None) -> None:
        """Open the record and read the reference data.

        Args:
            wanted_seat: person id and post to sit down at, where that seat exists.
        """
        self._wanted_seat = wanted_seat
        self.door.start()
        self.door.ask(self._read_reference, self._on_reference, self._on_unopened)
        self._second.start()

    def close(self) -> None:
        """End the sitting; what was being written is finished."""
        self._second.stop()
        self.door.close()
        self.drafts.close()

    @property
    def is_ready(self) -> bool:
        """Whether `reference` and `seat` may be asked for."""
        return self._reference is not None and self._seat is not None

    @property
    def reference(self) -> Reference:
        """City, rules, seats and class search. Only after `ready`."""
        if self._reference is None:
            raise RuntimeError("the reference data is not read yet; wait for `ready`")
        return self._reference

    @property
    def seat(self) -> Seat:
        """Who acts, and from which post. Only after `ready`."""
        if self._seat is None:
            raise RuntimeError("no seat is taken yet; wait for `ready`")
        return self._seat

    def take_seat(self, seat: Seat) -> None:
        """Act from another seat from now on."""
        if seat != self._seat:
            self._seat = seat
            self.seat_changed.emit(seat)

    @property
    def theme(self) -> Tokens:
        """The colours in force."""
        return self._theme

    def set_theme(self, theme: Tokens) -> None:
        """Show everything in other colours from now on."""
        if theme != self._theme:
            self._theme = theme
            self.theme_changed.emit(theme)

    def perform(
        self,
        case_id: CaseId,
        version: int,
        move: Move,
        done: Callable[[Changes], None] | None = None,
        failed: Callable[[WanmiError], None] | None = None,
    ) -> None:
        """Take one step on a case; a refusal becomes a quiet notice unless `failed` takes it."""
        seat = self.seat

        def work(record: Record) -> Changes:
            return record.move(case_id, version, move, seat, self.now())

        self.door.ask(work, done, failed or self._on_refused, writes=True)

    def submit_report(
        self,
        report: Report,
        done: Callable[[Changes], None] | None = None,
        failed: Callable[[WanmiError], None] | None = None,
    ) -> None:
        """Report a problem; `done` gets the changes with the new case's number."""
        seat = self.seat

        def work(record: Record) -> Changes:
            return record.report(report, seat, self.now())

        self.door.ask(work, done, failed or self._on_refused, writes=True)

    def _read_reference(self, record: Record) -> Reference:
        # What dates do is done in the name of the record itself: nobody sits down there.
        seats = [seat for seat in record.seats() if seat.post is not Post.SYSTEM]
        return Reference(record.city(), record.rules(), seats, NoClassesYet())

    def _on_reference(self, reference: Reference) -> None:
        self._reference = reference
        self._seat = _first_seat(reference.seats, self._wanted_seat)
        if self._seat is None:
            self._give_up(
                tr("Nobody holds a post in this database; build it again with ./wanmi demo.")
            )
            return
        # The class search waits until the views are filled: a queue is wanted sooner than pinyin.
        self.door.settled.connect(self._on_filled)
        self.ready.emit()

    def _on_unopened(self, error: WanmiError) -> None:
        self._give_up(sentence(error))

    def _give_up(self, why: str) -> None:
        """Without a record there is nothing to show but why."""
        self.notices.post(why, Level.ERROR, key="record")
        self.unopened.emit(why)

    @Slot()
    def _on_filled(self) -> None:
        self.door.settled.disconnect(self._on_filled)
        rules = self.reference.rules
        self.door.ask(lambda record: self._make_class_search(rules), self._on_classes)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.rules and self._reference is not None:
            self.door.ask(self._read_rules, self._on_rules, key="rules")

    @staticmethod
    def _read_rules(record: Record) -> tuple[CityInfo, Rules]:
        return record.city(), record.rules()

    def _on_rules(self, answer: tuple[CityInfo, Rules]) -> None:
        city, rules = answer
        is_other_standard = rules.catalog is not self.reference.rules.catalog
        self._reference = replace(self.reference, city=city, rules=rules)
        if is_other_standard:
            self.door.ask(lambda record: self._make_class_search(rules), self._on_classes)
        self.rules_changed.emit()

    def _on_classes(self, classes: ClassSearch) -> None:
        self._reference = replace(self.reference, classes=classes)

    def _on_refused(self, error: WanmiError) -> None:
        self.notices.refuse(error, key="refused")

    @Slot(object)
    def _on_crashed(self, error: Exception) -> None:
        self.notices.post(
            tr(
                "A question to the database failed unexpectedly: {detail}. "
                "What is on screen may be old; start the desk again if this is said again.",
                detail=str(error).splitlines()[0] if str(error) else type(error).__name__,
            ),
            Level.ERROR,
            key="crashed",
        )

    @Slot()
    def _on_second(self) -> None:
        self.ticked.emit(self.now())


def _first_seat(seats: Sequence[Seat], wanted: tuple[int, str] | None) -> Seat | None:
    for seat in seats:
        if (seat.person_id, seat.post.value) == wanted:
            return seat
    return seats[0] if seats else None

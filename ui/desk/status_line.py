"""The line at the bottom: database, today's sum, scale, coordinates, cell, notices."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from resources.language import tr
from ui.notices import Notice
from ui.session import DeskSession
from ui.theme.icons import icon
from ui.theme.tokens import Tokens
from ui.throttle import Throttle
from workflow.ports import Record
from workflow.queries import Changes, DaySum

HEIGHT = 26
ADD_UP_MS = 1_000


@dataclass(frozen=True, slots=True)
class DatabaseName:
    """What people call the database, and whether it is on a server."""

    name: str
    is_on_server: bool = False


class StatusLine(QFrame):
    """What an operator glances at.

    Signals:
        notices_wanted: show what was said so far.
    """

    notices_wanted = Signal()

    def __init__(
        self, session: DeskSession, database: DatabaseName, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(HEIGHT)
        self._session = session
        self._add_up = Throttle(self.refresh, ADD_UP_MS, self)
        self._database = QLabel(database_words(database), self)
        self._sum = QLabel(self)
        self._sum.setToolTip(
            tr(
                "Received today = filed + not filed + not yet decided. "
                "A tick says that no report is unaccounted for."
            )
        )
        self._scale, self._place, self._cell = QLabel(self), QLabel(self), QLabel(self)
        self._said = QToolButton(self)
        self._said.setToolTip(tr("What was said so far"))
        self._said.clicked.connect(self.notices_wanted)
        self._lay_out()
        session.ready.connect(self.refresh)
        session.changed.connect(self._on_changed)
        session.notices.posted.connect(self._count_notices)
        session.notices.withdrawn.connect(self._count_notices)
        session.theme_changed.connect(self._on_theme)
        self._on_theme(session.theme)

    @property
    def notices_button(self) -> QWidget:
        """Where the list of notices opens."""
        return self._said

    def show_scale(self, denominator: float) -> None:
        """The map's scale, 1 : denominator."""
        rounded = _rounded(denominator)
        self._scale.setText(f"1 : {rounded:,}".replace(",", " "))

    def show_place(self, lon: float, lat: float) -> None:
        """Coordinates under the mouse, CGCS2000 degrees."""
        self._place.setText(f"{lon:.5f}, {lat:.5f}  CGCS2000")

    def show_cell(self, code: str) -> None:
        """The unit cell under the mouse; empty outside the city."""
        self._cell.setText(tr("Cell {code}", code=code) if code else "")

    @Slot()
    def refresh(self) -> None:
        """Add up the day again."""
        now = self._session.now()

        def work(record: Record) -> DaySum:
            return record.day_sum(now)

        self._session.door.ask(work, self._on_sum, key="day-sum")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(24)
        row.addWidget(self._database)
        row.addStretch(2)
        row.addWidget(self._sum)
        row.addStretch(2)
        row.addWidget(self._scale)
        row.addStretch(1)
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self._cell)
        row.addStretch(1)
        row.addWidget(self._said)
        self._place.setMinimumWidth(190)
        self._cell.setMinimumWidth(140)

    def _on_sum(self, day: DaySum) -> None:
        self._sum.setText(
            tr(
                "Today received {received} = filed {filed} + not filed {rejected} "
                "+ settled at once {settled} + undecided {before} {mark}",
                received=day.received,
                filed=day.filed,
                rejected=day.rejected,
                settled=day.settled,
                before=day.before_filing,
                mark="✓" if day.adds_up else "≠",
            )
        )

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.cases:
            self._add_up.request()

    @Slot()
    def _count_notices(self, notice: Notice | str = "") -> None:
        self._said.setText(str(len(self._session.notices.kept)))

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self._said.setIcon(icon("message", theme.secondary, 14))


def database_words(database: DatabaseName) -> str:
    """Where the record is kept."""
    if database.is_on_server:
        return tr("Server database · {name}", name=database.name)
    return tr("Local database · {name}", name=database.name)


def _rounded(value: float) -> int:
    """Two significant digits: a scale on a screen is no more exact than that."""
    if value < 10:
        return round(value)
    digits = len(str(int(value)))
    return int(round(value, 2 - digits))

"""The bar on top: the place, one search field, alarms, live state, seat, theme, time."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from resources.language import tr
from ui.actions import ActionId, ActionTable, with_keys
from ui.alarms.button import AlarmButton
from ui.desk.seat_popup import SeatPopup, seat_text
from ui.session import DeskSession
from ui.theme.fonts import CASE_TITLE, font
from ui.theme.icons import icon, icon_pixmap
from ui.theme.tokens import DARK, Tokens
from workflow.instants import CHINA_STANDARD_TIME
from workflow.posts import Seat

HEIGHT = 48
SEARCH_WIDTH = 520
SEARCH_HEIGHT = 34
SYNTHETIC = "合成"
"""A city whose own name says that it is synthetic need not be told twice."""


class Bar(QFrame):
    """The bar.

    Attributes:
        search: the one search field. alarms: what this seat has to hear of.

    Signals:
        searched(str): the text in the search field changed.
    """

    searched = Signal(str)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setFixedHeight(HEIGHT)
        self._session = session
        self._is_live = False
        self._seats: SeatPopup | None = None
        self._mark = QLabel(self)
        self._name = QLabel(tr("Wanmi"), self)
        self._name.setFont(font(CASE_TITLE, bold=True))
        self._name.setObjectName("product")
        self._city = QLabel(self)
        self._city.setProperty("role", "secondary")
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Search cases, numbers, places…   Ctrl+K"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedHeight(SEARCH_HEIGHT)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self._report, self._live = self._button(), self._button()
        self.alarms = AlarmButton(session, self)
        self._live.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._seat, self._theme = self._button(), self._button()
        self._time = QLabel(self)
        self._clock = QLabel(self)
        self._lay_out()
        self._connect()
        self._dress(session.theme)
        self._on_tick(session.now())

    def bind(self, actions: ActionTable) -> None:
        """Let the buttons do what the table says."""
        for button, action_id in (
            (self._report, ActionId.NEW_REPORT),
            (self._seat, ActionId.SWITCH_SEAT),
            (self._theme, ActionId.SWITCH_THEME),
        ):
            action: QAction = actions[action_id]
            button.clicked.connect(action.trigger)
            button.setToolTip(with_keys(action))
        self.alarms.bind(actions)
        self._report.setText(actions[ActionId.NEW_REPORT].text())

    @Slot()
    def ask_alarms(self) -> None:
        """Open the tray of what presses, or put it away."""
        self.alarms.toggle()

    def ask_seat(self) -> None:
        """Let the operator sit down elsewhere."""
        if self._seats is None:
            self._seats = SeatPopup(self.window())
            self._seats.chosen.connect(self._session.take_seat)
        self._seats.ask(self._session.reference.seats, self._seat)

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(18, 18))
        return button

    def _lay_out(self) -> None:
        """The search field stands in the middle of the window as long as there is room."""
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        left, right = QHBoxLayout(), QHBoxLayout()
        for line in (left, right):
            line.setSpacing(10)
        for widget in (self._mark, self._name, self._city):
            left.addWidget(widget)
        left.addStretch()
        right.addStretch()
        buttons = (self._report, self.alarms, self._live, self._seat, self._theme)
        for button in buttons:
            right.addWidget(button)
        right.addWidget(self._clock)
        right.addWidget(self._time)
        row.addLayout(left, 10)
        row.addWidget(self.search, 9)
        row.addLayout(right, 10)

    def _connect(self) -> None:
        session = self._session
        self.search.textChanged.connect(self.searched)
        session.ready.connect(self._on_ready)
        session.seat_changed.connect(self._on_seat)
        session.theme_changed.connect(self._dress)
        session.ticked.connect(self._on_tick)
        session.door.live.connect(self._on_live)

    @Slot()
    def _on_ready(self) -> None:
        city = self._session.reference.city
        says_so = not city.synthetic or SYNTHETIC in city.name
        self._city.setText(city.name if says_so else tr("{city} (synthetic data)", city=city.name))
        self._on_seat(self._session.seat)

    @Slot(object)
    def _on_seat(self, seat: Seat) -> None:
        self._seat.setText(f"{seat.person_name} · {seat.post_name}")
        self._seat.setToolTip(seat_text(seat))

    @Slot(bool)
    def _on_live(self, is_live: bool) -> None:
        self._is_live = is_live
        self._live.setText(tr("Live") if is_live else tr("Not live"))
        self._live.setToolTip(
            tr("What other seats do is shown within a moment.")
            if is_live
            else tr("The record cannot be read; what is shown may be old.")
        )
        self._dress(self._session.theme)

    @Slot(object)
    def _on_tick(self, now: datetime) -> None:
        self._time.setText(f"{now.astimezone(CHINA_STANDARD_TIME):%H:%M}")
        self._time.setToolTip(f"{now.astimezone(CHINA_STANDARD_TIME):%Y-%m-%d %H:%M:%S}")

    @Slot(object)
    def _dress(self, theme: Tokens) -> None:
        text, quiet = theme.bar_text, theme.bar_secondary
        # The bar is dark in both themes: its marks take the dark theme's colours.
        self._mark.setPixmap(icon_pixmap("grid", DARK.accent, 20))
        self._report.setIcon(icon("report", text))
        live = DARK.green if self._is_live else DARK.red
        self._live.setIcon(icon("live" if self._is_live else "broken", live))
        self._seat.setIcon(icon("person", text))
        self._theme.setIcon(icon("light" if theme.name == "dark" else "dark", text))
        self._clock.setPixmap(icon_pixmap("clock", quiet, 18))

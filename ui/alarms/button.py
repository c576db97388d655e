"""The alarm button in the bar: how many things press, and the way to them."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from resources.language import tr
from ui.actions import ActionId, ActionTable, with_keys
from ui.alarms.feed import AlarmFeed
from ui.alarms.tray import AlarmTray
from ui.alarms.words import PRESSING
from ui.session import DeskSession
from ui.theme.icons import icon
from ui.theme.tokens import DARK


class AlarmButton(QToolButton):
    """Says how many alarms there are; opens the tray.

    Attributes:
        feed: the alarms of the seat.
    """

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tray: AlarmTray | None = None
        self.feed = AlarmFeed(session, self)
        self.setObjectName("alarm-button")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(18, 18))
        self.feed.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def tray(self) -> AlarmTray:
        """The tray of this window."""
        if self._tray is None:
            self._tray = AlarmTray(self.feed, self._session, self.window())
        return self._tray

    def bind(self, actions: ActionTable) -> None:
        """Let the button do what the table says."""
        action = actions[ActionId.ALARMS]
        self.setToolTip(with_keys(action))
        self.clicked.connect(action.trigger)

    @Slot()
    def toggle(self) -> None:
        """Open the tray, or put it away."""
        self.tray.toggle(self)

    def leave(self) -> bool:
        """Put the tray away, wherever the keyboard is; answers whether it was open."""
        is_open = self._tray is not None and self._tray.isVisible()
        if is_open:
            self.tray.leave()
        return is_open

    @Slot()
    def _on_changed(self) -> None:
        alarms = self.feed.alarms
        self.setText(tr("Alarms {n}", n=len(alarms)))
        colour = DARK.yellow if alarms else DARK.bar_secondary
        if any(alarm.kind in PRESSING for alarm in alarms):
            colour = DARK.red
        # The bar is dark in both themes.
        self.setIcon(icon("alarm", colour))

"""The alarm button: how many cases of this post are overdue or soon due, and the way to them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from resources.language import tr
from ui.actions import ActionId, ActionTable, with_keys
from ui.case_form.wording import lamp_meaning
from ui.theme.icons import icon
from ui.theme.lamps import lamp_pixmap
from ui.theme.tokens import DARK, Tokens
from workflow.clock import Lamp

WAYS = {Lamp.RED: ActionId.OVERDUE, Lamp.YELLOW: ActionId.SOON}


class AlarmButton(QToolButton):
    """Says the sum; its menu says each lamp's count and opens that box."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Lamp, int | None] = {}
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(18, 18))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._ways = {lamp: menu.addAction(lamp_meaning(lamp)) for lamp in WAYS}
        self.setMenu(menu)
        self.set_theme(theme)
        self.show_counts({})

    def bind(self, actions: ActionTable) -> None:
        """Let the entries do what the table says, and show its keys."""
        self.setToolTip(with_keys(actions[ActionId.ALARMS]))
        for lamp, way in self._ways.items():
            action = actions[WAYS[lamp]]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            way.setData(keys)
            way.triggered.connect(action.trigger)
        self.show_counts(self._counts)

    def show_counts(self, counts: dict[Lamp, int | None]) -> None:
        """How many cases have each lamp; None or nothing where the post has no box for it."""
        self._counts = counts
        for lamp, way in self._ways.items():
            count = counts.get(lamp)
            words = tr("{lamp}: {n} cases", lamp=lamp_meaning(lamp), n=count or 0)
            # What stands behind a tab is shown as a menu's key, and stays the window's.
            way.setText("\t".join(part for part in (words, way.data()) if part))
            way.setEnabled(bool(count))
        self.setText(tr("Alarms {n}", n=sum(count or 0 for count in counts.values())))
        self._dress()

    def set_theme(self, theme: Tokens) -> None:
        """The menu wears the theme; the bar, and so the button, is dark in both."""
        for lamp, way in self._ways.items():
            way.setIcon(QIcon(lamp_pixmap(lamp, theme, 10, 2.0)))
        self._dress()

    def _dress(self) -> None:
        overdue, soon = (self._counts.get(lamp) for lamp in WAYS)
        colour = DARK.red if overdue else DARK.yellow if soon else DARK.bar_secondary
        self.setIcon(icon("alarm", colour))

"""The foot of the profile page: what changing over would mean, and the button that does it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from resources.language import tr
from resources.profile import titles
from ui.admin.step_words import posts_words
from workflow.profiles import ProfileStanding


class SwitchBar(QFrame):
    """A sentence and a button; the button asks once more in its own place, not in a window.

    Signals:
        wanted: the administrator means it.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "raised")
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._switch = _button(tr("Use this profile"), "switch-profile", "plain")
        self._sure = _button(tr("Yes, from now on"), "switch-sure", "main")
        self._not = _button(tr("Leave it as it is"), "switch-not", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._says, 1)
        for button in (self._switch, self._sure, self._not):
            row.addWidget(button)
        self._switch.clicked.connect(self._ask)
        self._not.clicked.connect(self._leave)
        self._sure.clicked.connect(self.wanted)
        self._leave()

    @property
    def text(self) -> str:
        """What it says."""
        return self._says.text()

    def show_standing(self, standing: ProfileStanding, open_cases: int, *, may: bool) -> None:
        """Say what it would mean to change over to a profile that is not in force.

        Args:
            open_cases: of the whole city. may: whether this seat may do it.
        """
        self._leave()
        name = " · ".join(titles(standing.name))
        if standing.lacks:
            self._says.setText(
                tr(
                    "“{name}” cannot be used yet: nobody is {posts}. "
                    "Give somebody each of these posts first.",
                    name=name,
                    posts=posts_words(standing.lacks),
                )
            )
        else:
            self._says.setText(
                tr(
                    "With “{name}” in force, cases reported from then on follow it at once on "
                    "every desk. The {n} open cases keep the rules that they were reported "
                    "under, to their end.",
                    name=name,
                    n=f"{open_cases:,}",
                )
            )
        self._switch.setEnabled(may and not standing.lacks)
        self._switch.setToolTip("" if may else tr("Only the administrator changes the profile"))

    @Slot()
    def _ask(self) -> None:
        self._set_asking(True)
        self._not.setFocus()

    @Slot()
    def _leave(self) -> None:
        self._set_asking(False)

    def _set_asking(self, is_asking: bool) -> None:
        self._switch.setVisible(not is_asking)
        self._sure.setVisible(is_asking)
        self._not.setVisible(is_asking)


def _button(text: str, name: str, tone: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("tone", tone)
    return button

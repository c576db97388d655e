"""The line over the year: which one, its holiday notice, and the version of the calendar."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from resources.language import tr
from ui.work_calendar.sheet import CalendarSheet
from ui.work_calendar.year_view import provisional_words
from workflow.instants import readable


class YearHead(QWidget):
    """Year, notice and version.

    Signals:
        turned(int): so many years on or back.
        noticed(str): the notice of the year was written.
    """

    turned = Signal(int)
    noticed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = QLabel()
        self._year.setProperty("role", "case")
        self._year.setObjectName("calendar-year")
        self.notice = QLineEdit()
        self.notice.setObjectName("calendar-notice")
        self.notice.setPlaceholderText(provisional_words())
        self.notice.setToolTip(tr("The official holiday notice of the year; empty: provisional"))
        self.notice.setMaximumWidth(300)
        self.notice.textEdited.connect(self.noticed)
        self._state = QLabel()
        self._state.setProperty("lamp", "yellow")
        self._state.setObjectName("calendar-provisional")
        self._version = QLabel()
        self._version.setProperty("role", "secondary")
        self._version.setObjectName("calendar-version")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._arrow("‹", "calendar-earlier", tr("The year before"), -1))
        row.addWidget(self._year)
        row.addWidget(self._arrow("›", "calendar-later", tr("The year after"), 1))
        row.addWidget(self.notice, 2)
        row.addWidget(self._state)
        row.addStretch(1)
        row.addWidget(self._version)

    def show_sheet(self, sheet: CalendarSheet, year: int, *, may_edit: bool) -> None:
        """Show a year of a sheet."""
        self._year.setText(tr("{year}年", year=year))
        notice = sheet.notices.get(year, "")
        if self.notice.text().strip() != notice:
            self.notice.setText(notice)
        self.notice.setReadOnly(not may_edit)
        self._state.setText(provisional_words() if sheet.is_provisional(year) else "")
        self._state.setVisible(sheet.is_provisional(year))
        self._version.setText(_version_words(sheet))

    def _arrow(self, text: str, name: str, hint: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName(name)
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        button.setProperty("step", "more")
        button.setProperty("years", step)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_arrow)
        return button

    @Slot()
    def _on_arrow(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.turned.emit(int(sender.property("years")))


def _version_words(sheet: CalendarSheet) -> str:
    version = sheet.version
    if version.published_at is None:
        return tr("Version {n}, as shipped", n=version.version)
    return tr(
        "Version {n}, {name} {at}",
        n=version.version,
        name=version.published_by,
        at=readable(version.published_at),
    )

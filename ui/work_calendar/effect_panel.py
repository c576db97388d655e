"""What the draft would do: its faults, the deadlines it moves, publishing, and the recount."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.notices import sentence
from ui.work_calendar.change_table import ChangeTable, change_view
from ui.work_calendar.sheet import CalendarSheet
from workflow.calendar_versions import CalendarPreview
from workflow.errors import WanmiError

FAULTS_IN_HINT = 4
"""Faults of a draft that are told while it is edited; a file's are listed whole."""


class EffectPanel(QWidget):
    """The effect of a draft.

    Signals:
        back_wanted, preview_wanted, publish_wanted, reset_wanted: a button was pressed.
        case_chosen(case_id): a case behind a change was opened.
        filled: there is a list to read, or none any more.
    """

    back_wanted = Signal()
    preview_wanted = Signal()
    publish_wanted = Signal()
    reset_wanted = Signal()
    case_chosen = Signal(object)
    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = _label("strong", "calendar-state")
        self._sum = _label("secondary", "calendar-sum")
        self._model = ChangeTable(self)
        self.changes = change_view(self._model)
        self.changes.activated.connect(self._on_case)
        self.changes.clicked.connect(self._on_case)
        self.faults = QListWidget()
        self.faults.setObjectName("calendar-faults")
        self.faults.setWordWrap(True)
        self._hint = _label("secondary", "calendar-hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        for page in (self._hint, self.faults, self.changes):
            self._pages.addWidget(page)
        self.back = _button(tr("Back to the year"), "calendar-back", self.back_wanted)
        self.back.hide()
        self.preview = _button(tr("What it changes"), "calendar-preview", self.preview_wanted)
        self.publish = _button(tr("Publish"), "calendar-publish", self.publish_wanted)
        self.publish.setProperty("tone", "main")
        self.reset = _button(tr("Drop the draft"), "calendar-reset", self.reset_wanted)
        self._progress = QProgressBar()
        self._progress.setObjectName("calendar-progress")
        self._progress.setTextVisible(True)
        self._progress.hide()
        self._lay_out()

    @property
    def is_filled(self) -> bool:
        """Whether there is a list to read."""
        return self._pages.currentWidget() is not self._hint

    def show_draft(self, sheet: CalendarSheet, *, may_edit: bool) -> None:
        """A draft as it is edited; what was said about an earlier one holds no longer."""
        faults = sheet.faults() if sheet.is_dirty else ()
        for button in (self.preview, self.publish, self.reset):
            button.setVisible(may_edit)
        self.preview.setEnabled(sheet.is_dirty and not faults)
        self.publish.setEnabled(False)
        self.publish.setToolTip(tr("Look at what it changes first"))
        self.reset.setEnabled(sheet.is_dirty)
        self._sum.setText("")
        self._state.setText(_state_words(sheet, may_edit=may_edit))
        self._hint.setText(_hint_words(sheet, may_edit=may_edit))
        if faults:
            what = tr("The draft cannot be published")
            self._sum.setText(tr("{what}: {n} faults", what=what, n=len(faults)))
            told = [sentence(fault) for fault in faults[:FAULTS_IN_HINT]]
            self._hint.setText("\n".join([*told, *("…" for _ in faults[FAULTS_IN_HINT:][:1])]))
        self.turn_back()

    @Slot()
    def turn_back(self) -> None:
        """Put the list away; what it said still holds."""
        self._turn_to(self._hint)

    def show_faults(self, faults: Sequence[WanmiError], what: str) -> None:
        """Every fault, a line each."""
        self.faults.clear()
        self.faults.addItems([sentence(fault) for fault in faults])
        self._sum.setText(tr("{what}: {n} faults", what=what, n=len(faults)))
        self._turn_to(self.faults)

    def show_preview(self, preview: CalendarPreview) -> None:
        """What the draft would change; from now on it may be published."""
        self._model.set_changes(preview.changes)
        self._sum.setText(
            tr(
                "{n} deadlines of {cases} cases change; {open} open cases were looked at.",
                n=f"{len(preview.changes):,}",
                cases=f"{preview.cases:,}",
                open=f"{preview.looked_at:,}",
            )
        )
        self._turn_to(self.changes)
        self.publish.setEnabled(True)
        self.publish.setToolTip("")

    def show_progress(self, done: int, left: int) -> None:
        """How far the recount is; the bar goes once nothing is left."""
        self._progress.setVisible(left > 0)
        self._progress.setMaximum(done + left)
        self._progress.setValue(done)
        self._progress.setFormat(
            tr("Counting anew: {done} done, {left} to look at", done=done, left=left)
        )

    def show_done(self, recounted: int) -> None:
        """The recount is over."""
        self._progress.hide()
        if recounted:
            self._sum.setText(tr("{n} cases were counted anew.", n=f"{recounted:,}"))

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.filled.emit()

    def _lay_out(self) -> None:
        for label in (self._state, self._sum, self._hint):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        buttons.addWidget(self.preview)
        buttons.addWidget(self.publish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._state)
        column.addWidget(self._sum)
        column.addWidget(self._pages, 1)
        column.addWidget(self._progress)
        column.addLayout(buttons)

    @Slot(QModelIndex)
    def _on_case(self, index: QModelIndex) -> None:
        self.case_chosen.emit(self._model.case_id(index.row()))


def _state_words(sheet: CalendarSheet, *, may_edit: bool) -> str:
    if not may_edit:
        return tr("Only the administrator changes the calendar.")
    if not sheet.is_dirty:
        return tr("No draft: what you see is in force.")
    return tr("Draft: {n} days changed", n=len(sheet.changed_days))


def _hint_words(sheet: CalendarSheet, *, may_edit: bool) -> str:
    if not may_edit:
        return ""
    if not sheet.is_dirty:
        return tr(
            "Click a day to change what it is, or take a CSV file in. Deadlines move only after "
            "you published; before that you see which."
        )
    return tr("Nothing is published yet. Look at what it changes, then publish.")


def _label(role: str, name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setObjectName(name)
    return label


def _button(text: str, name: str, pressed: SignalInstance) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.clicked.connect(pressed)
    return button

"""The page of the working calendar: a year to look at and edit, and what a draft of it would do."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from resources.reasons import reason
from ui.notices import Level
from ui.session import DeskSession
from ui.work_calendar.drafting import Drafting
from ui.work_calendar.effect_panel import EffectPanel
from ui.work_calendar.legend import YearLegend
from ui.work_calendar.recount_watch import RecountWatch
from ui.work_calendar.sheet import CalendarSheet
from ui.work_calendar.year_head import YearHead
from ui.work_calendar.year_view import YearView, day_words
from workflow.calendar_versions import RecountProgress
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME

SIDE_BY_SIDE = 1000
"""From this width in pixels on the effect stands beside the year."""

BELOW = 130
"""Pixels that the effect has under the year, without a list."""

LEAST = 480, 520
"""Pixels; whichever way the parts stand now, they can stand below each other."""

ORIGIN = "calendar"
EXPORTED = "calendar.csv"


class CalendarPage(QWidget):
    """工作日历: whoever may look at the rules looks, the administrator edits."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drafting = Drafting(session, self)
        self._watch = RecountWatch.of(session)
        today = session.now().astimezone(CHINA_STANDARD_TIME).date()
        self.head = YearHead()
        self.year = YearView(session.theme, today)
        self.effect = EffectPanel()
        self._legend = YearLegend(session.theme)
        self._day = QLabel()
        self._day.setObjectName("calendar-day")
        self._name = QLineEdit()
        self._name.setObjectName("calendar-day-name")
        self._name.setPlaceholderText(tr("Name of the day"))
        self._name.setMaximumWidth(200)
        self._take_in = QPushButton(tr("Take in CSV…"))
        self._take_in.setObjectName("calendar-import")
        self._write_out = QPushButton(tr("Write out CSV…"))
        self._write_out.setObjectName("calendar-export")
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.year)
        self.setMinimumSize(*LEAST)

    @property
    def sheet(self) -> CalendarSheet | None:
        """What is on the page; None until the calendar was read."""
        return self._drafting.sheet

    def take_in(self, file: Path) -> None:
        """Put a CSV file on the draft; where it has faults they are listed and nothing is taken."""
        try:
            data = file.read_bytes()
        except OSError as error:
            self._say_unusable(file, error)
            return
        faults = self._drafting.take(data)
        if faults:
            self.effect.show_faults(faults, file.name)
        elif self.sheet is not None and self.sheet.changed_days:
            self.year.choose(self.sheet.changed_days[0])

    def write_out(self, file: Path) -> None:
        """Write the draft to a CSV file."""
        if self.sheet is None:
            return
        try:
            file.write_bytes(self.sheet.file())
        except OSError as error:
            self._say_unusable(file, error)
            return
        self._session.notices.post(
            tr("The calendar was written to {file}.", file=file.name), Level.DONE
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.sheet is None:
            self._drafting.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Side by side where there is room for both; else a list takes the year's place."""
        is_wide = self.width() >= SIDE_BY_SIDE
        self._splitter.setOrientation(
            Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        )
        is_covered = self.effect.is_filled and not is_wide
        self._left.setVisible(not is_covered)
        self.effect.back.setVisible(is_covered)
        self._splitter.setSizes([560, 470] if is_wide else [self.height() - BELOW, BELOW])

    # -- building -------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._day)
        below.addWidget(self._name, 1)
        below.addStretch(1)
        below.addWidget(self._take_in)
        below.addWidget(self._write_out)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.year, 1)
        column.addWidget(self._legend)
        column.addLayout(below)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self.effect)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(16)
        self._splitter.setStretchFactor(0, 6)
        self._splitter.setStretchFactor(1, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.head)
        whole.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        session = self._session
        self.head.turned.connect(self._on_turned)
        self.head.noticed.connect(self._on_noticed)
        self.year.turned.connect(self._on_turned_to)
        self.year.chosen.connect(self._show_day)
        self.year.pressed.connect(self._drafting.cycle)
        self._name.textEdited.connect(self._on_named)
        self._take_in.clicked.connect(self._ask_file)
        self._write_out.clicked.connect(self._ask_place)
        self.effect.preview_wanted.connect(self._drafting.preview)
        self.effect.publish_wanted.connect(self._on_publish_wanted)
        self.effect.reset_wanted.connect(self._drafting.reset)
        self.effect.case_chosen.connect(self._on_case)
        self.effect.filled.connect(self._fit)
        self.effect.back_wanted.connect(self.effect.turn_back)
        self._watch.progressed.connect(self._on_progress)
        self._drafting.changed.connect(self._show)
        self._drafting.previewed.connect(self.effect.show_preview)
        self._drafting.refused.connect(self.effect.show_faults)
        session.seat_changed.connect(self._show)
        session.theme_changed.connect(self._on_theme)

    # -- showing --------------------------------------------------------------------------------
    @Slot()
    def _show(self) -> None:
        sheet = self._drafting.sheet
        if sheet is None:
            return
        may_edit = self._drafting.may_edit
        self.year.may_edit = may_edit
        self.year.show_sheet(sheet)
        self.head.show_sheet(sheet, self.year.year, may_edit=may_edit)
        self.effect.show_draft(sheet, may_edit=may_edit)
        self._take_in.setVisible(may_edit)
        self._show_day()

    @Slot()
    def _on_turned_to(self) -> None:
        """Another year of the same draft: what was said about the draft still holds."""
        sheet = self._drafting.sheet
        if sheet is not None:
            self.head.show_sheet(sheet, self.year.year, may_edit=self._drafting.may_edit)

    @Slot()
    def _show_day(self) -> None:
        sheet = self._drafting.sheet
        if sheet is None:
            return
        day = self.year.day
        self._day.setText(day_words(sheet, day))
        self._name.setVisible(self._drafting.may_edit and day in sheet.days)
        if self._name.text() != sheet.name_of(day):
            self._name.setText(sheet.name_of(day))

    # -- what happens ---------------------------------------------------------------------------
    @Slot(str)
    def _on_named(self, name: str) -> None:
        self._drafting.rename(self.year.day, name)

    @Slot(str)
    def _on_noticed(self, name: str) -> None:
        self._drafting.set_notice(self.year.year, name)

    @Slot(int)
    def _on_turned(self, years: int) -> None:
        self.year.turn_to(self.year.year + years)

    @Slot()
    def _ask_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self, tr("Take in a calendar"), "", tr("CSV files (*.csv)")
        )
        if file:
            self.take_in(Path(file))

    @Slot()
    def _ask_place(self) -> None:
        file, _ = QFileDialog.getSaveFileName(
            self, tr("Write out the calendar"), EXPORTED, tr("CSV files (*.csv)")
        )
        if file:
            self.write_out(Path(file))

    @Slot()
    def _on_publish_wanted(self) -> None:
        self.effect.publish.setEnabled(False)
        self._drafting.publish()

    @Slot(object)
    def _on_progress(self, progress: RecountProgress) -> None:
        if progress.after is None:
            self.effect.show_done(self._watch.recounted)
        else:
            self.effect.show_progress(self._watch.recounted, progress.left)

    @Slot(object)
    def _on_case(self, case_id: CaseId) -> None:
        self._session.selection.select(case_id, ORIGIN)

    @Slot(object)
    def _on_theme(self, theme: object) -> None:
        self.year.set_theme(self._session.theme)
        self._legend.set_theme(self._session.theme)

    def _say_unusable(self, file: Path, error: OSError) -> None:
        self._session.notices.post(
            tr("{file} cannot be used: {reason}.", file=file.name, reason=reason(error)),
            Level.WARNING,
            key="calendar",
        )

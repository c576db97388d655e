"""The explained deadline: the ruler of a case's life, its rule, who consumed the time, what if.

It lies beside the case and stops nothing. Shown by pointing, it goes with the pointer; pinned by
a click or the key it stays until Esc.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.case_form.panel_model import current_clock, headline
from ui.deadline.canvas import RulerCanvas
from ui.deadline.current import with_calendar
from ui.deadline.explained import headline as deadline_words
from ui.deadline.explained import rule_lines
from ui.deadline.extension import Extended, extended
from ui.deadline.responsibility import share_table
from ui.deadline.ruler import LifeRuler, life_ruler
from ui.deadline.share_view import ShareView
from ui.deadline.what_if_box import WhatIfBox
from ui.notices import sentence
from ui.session import DeskSession
from ui.theme.icons import icon
from ui.theme.lamps import lamp_pixmap
from workflow.case_file import CaseFile
from workflow.errors import WanmiError

LAMP = 13
MOST_LINES = 190
"""How high the table of shares gets before it scrolls, in pixels."""


class DeadlinePanel(QFrame):
    """Shows one case.

    Signals:
        closed: it was put away by its button or by Esc.
        resized: what it shows became higher or lower.
    """

    closed = Signal()
    resized = Signal()

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._file: CaseFile | None = None
        self._needed = 0
        self.setObjectName("deadline-panel")
        self.setProperty("panel", "true")
        self._lamp = QLabel(self)
        self._title = _label("deadline-title", "title")
        self._close = QToolButton(self)
        self._close.setObjectName("deadline-close")
        self._close.setToolTip(tr("Close (Esc)"))
        self._rule = _label("deadline-rule", "secondary")
        self._unsure = _label("deadline-provisional", "")
        self._unsure.setProperty("lamp", "yellow")
        self.canvas = RulerCanvas(session.theme, self)
        self._sentence = _label("deadline-sentence", "")
        self._sentence.setMinimumHeight(38)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._shares_title = _label("deadline-shares-title", "strong")
        self._shares_title.setText(tr("Who consumed the time"))
        self._shares = ShareView(session.theme, self)
        self.what_if = WhatIfBox(self)
        self._lay_out()
        self._dress()
        self.canvas.explained.connect(self._on_explained)
        self.what_if.changed.connect(self._on_what_if)
        self._close.clicked.connect(self.put_away)
        session.ticked.connect(self._on_ticked)
        session.theme_changed.connect(self._on_theme)
        self.hide()

    @property
    def file(self) -> CaseFile | None:
        """The case that is explained."""
        return self._file

    @property
    def sentence(self) -> str:
        """The sentence under the ruler."""
        return self._sentence.text()

    def explain(self, file: CaseFile | None) -> None:
        """Explain this case; what is chosen on the ruler stays while the case is the same."""
        before, self._file = self._file, None
        if file is None:
            return
        self._file = with_calendar(file, self._session.reference.rules.calendar)
        if before is None or before.case.id != file.case.id or _clock_of(before) != _clock_of(file):
            self.canvas.forget()
            self.what_if.ask_about(current_clock(file))
        self._show(self._session.now())

    @Slot()
    def put_away(self) -> None:
        """Close it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; in a desk its table of actions does the same."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    # -- building and showing -------------------------------------------------------------------
    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._lamp)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        table = QScrollArea(self)
        table.setWidget(self._shares)
        table.setWidgetResizable(True)
        for part in (table.viewport(), self._shares):
            part.setAutoFillBackground(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._shares_title)
        left.addWidget(table, 1)
        lower = QHBoxLayout()
        lower.setSpacing(24)
        lower.addLayout(left, 2)
        lower.addWidget(self.what_if, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._rule)
        column.addWidget(self._unsure)
        column.addSpacing(4)
        column.addWidget(self.canvas)
        column.addWidget(self._sentence)
        column.addLayout(lower, 1)
        self._table = table

    def _dress(self) -> None:
        self._close.setIcon(icon("close", self._session.theme.secondary, 14))
        self.canvas.set_theme(self._session.theme)
        self._shares.set_theme(self._session.theme)

    def _show(self, now: datetime) -> None:
        assert self._file is not None
        try:
            result = self._thought(now)
            ruler = life_ruler(self._file, now, result.clock if result else None)
            self._show_life(ruler, result, now)
        except WanmiError as error:
            self._title.setText(sentence(error))
            for part in (self._rule, self._unsure, self.canvas, self.what_if):
                part.hide()

    def _thought(self, now: datetime) -> Extended | None:
        by = self.what_if.by
        if by is None or self._file is None:
            return None
        return extended(self._file, by, now)

    def _show_life(self, ruler: LifeRuler, result: Extended | None, now: datetime) -> None:
        assert self._file is not None
        head = headline(self._file, now)
        ratio = self.devicePixelRatioF()
        self._lamp.setPixmap(lamp_pixmap(head.lamp, self._session.theme, LAMP, ratio))
        self._lamp.setAccessibleName(head.lamp_tip)
        self._title.setText(deadline_words(self._file, ruler.course, now))
        lines = list(rule_lines(self._file, now))
        self._rule.setText("\n".join(lines[:2]))
        self._rule.setVisible(bool(lines))
        self._unsure.setText("\n".join(lines[2:]))
        self._unsure.setVisible(len(lines) > 2)
        self.canvas.show()
        self.canvas.set_ruler(ruler, unsure=len(lines) > 2)
        table = share_table(self._file, ruler.course.pieces)
        self._shares.set_table(table)
        self._table.setMinimumHeight(min(self._shares.sizeHint().height(), MOST_LINES))
        self.what_if.show_result(result)
        self._tell_size()

    def _tell_size(self) -> None:
        layout = self.layout()
        needed = 0 if layout is None else layout.totalHeightForWidth(self.width())
        if needed != self._needed:
            self._needed = needed
            self.resized.emit()

    # -- what happens ---------------------------------------------------------------------------
    @Slot(str)
    def _on_explained(self, words: str) -> None:
        self._sentence.setText(words or tr("← → walk through the stretches, ↑ ↓ change the row"))
        self._sentence.setProperty("role", "" if words else "secondary")
        self._sentence.style().polish(self._sentence)

    @Slot()
    def _on_what_if(self) -> None:
        if self._file is not None:
            self._show(self._session.now())

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        if self._file is not None and self.isVisible():
            self._show(now)

    @Slot(object)
    def _on_theme(self, theme: object) -> None:
        self._dress()
        if self._file is not None:
            self._show(self._session.now())


def _clock_of(file: CaseFile) -> tuple[object, ...]:
    clock = current_clock(file)
    return () if clock is None else (clock.kind, clock.round)


def _label(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label

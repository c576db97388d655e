"""The top of the case panel: lamp, class, condition, number, what is left, steps, deadline."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.case_form.flag_words import case_marks
from ui.case_form.mark_chips import MarkChips
from ui.case_form.panel_model import Headline, headline, ruler, trail
from ui.case_form.ruler_bar import RulerBar
from ui.case_form.trail_bar import TrailBar
from ui.theme.lamps import lamp_pixmap
from ui.theme.tokens import Tokens
from workflow.queries import CaseFile

LAMP = 13


class CaseHead(QWidget):
    """Says what case this is and how it stands, and keeps doing so as time passes.

    Attributes:
        explain: opens the explained deadline, as the lamp, what is left and the ruler do.

    Signals:
        case_opened(CaseId): a mark that leads to another case was clicked.
    """

    case_opened = Signal(object)

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Headline | None = None
        self._lamp = QLabel(self)
        self._title = _label("case", "case-title")
        self._title.setWordWrap(True)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._number = _label("secondary", "case-number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remaining = _label("strong", "case-remaining")
        self._marks = MarkChips(theme, self)
        self._marks.opened.connect(self.case_opened)
        self.explain = QToolButton(self)
        self.explain.setObjectName("explain-deadline")
        self.explain.setProperty("role", "link")
        self.explain.setText(tr("Deadline explained  F4"))
        self.explain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._trail = TrailBar(theme, self)
        self._ruler = RulerBar(theme, self)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._lamp, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._title, 1)
        first.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setSpacing(10)
        second.addWidget(self._remaining)
        second.addStretch(1)
        second.addWidget(self.explain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._marks)
        column.addWidget(self._trail)
        column.addWidget(self._ruler)

    @property
    def lamps(self) -> tuple[QWidget, ...]:
        """The lamp and what is left, which explain themselves to whoever points at them."""
        return self._lamp, self._remaining

    @property
    def ruler(self) -> QWidget:
        """The deadline ruler."""
        return self._ruler

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme, self._shown = theme, None
        self._marks.set_theme(theme)
        self._trail.set_theme(theme)
        self._ruler.set_theme(theme)

    def show_case(self, file: CaseFile, now: datetime) -> None:
        """Show a case as it stands at an instant; called every second for what is left."""
        head = headline(file, now)
        if head != self._shown:
            self._show_headline(head)
        self._marks.set_marks(case_marks(file))
        self._trail.set_steps(trail(file))
        self._ruler.set_ruler(ruler(file, now))

    def _show_headline(self, head: Headline) -> None:
        self._shown = head
        ratio = self.devicePixelRatioF()
        self._lamp.setPixmap(lamp_pixmap(head.lamp, self._theme, LAMP, ratio))
        self._lamp.setToolTip(head.lamp_tip)
        self._lamp.setAccessibleName(head.lamp_tip)
        self._title.setText(" · ".join(part for part in (head.class_name, head.condition) if part))
        self._title.setToolTip(head.whole_condition)
        self._number.setText(head.number)
        self._remaining.setText(head.remaining)
        self._remaining.setToolTip(head.lamp_tip)
        if self._remaining.property("lamp") != head.left_lamp.value:
            self._remaining.setProperty("lamp", head.left_lamp.value)
            self._remaining.style().polish(self._remaining)


def _label(role: str, name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setObjectName(name)
    return label

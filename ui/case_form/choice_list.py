"""Rows to choose one from: departments, collectors, conditions; the recommended one first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from resources.language import tr
from ui.tab_order import tab_through
from ui.theme.fonts import font
from ui.theme.tokens import Tokens

SEARCHED = 12
"""Of more rows than these, unfolded, one is sooner typed than found."""

SHOWN = 4
"""Rows before the fold."""

PADDING, LINE = 10, 19
_WRAP = Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Choice:
    """One row.

    Attributes:
        name: its object name.
        aside: stands at the right.
        is_name: the title is somebody's name and drawn bold, not a sentence.
    """

    key: int | str
    name: str
    title: str
    reason: str = ""
    aside: str = ""
    is_name: bool = True


class ChoiceRow(QAbstractButton):
    """A row that is chosen by click, space or arrow keys."""

    def __init__(self, choice: Choice, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice, self._theme = choice, theme
        self.setCheckable(True)
        self.setObjectName(choice.name)
        self.setAccessibleName(f"{choice.title} {choice.reason} {choice.aside}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(max(self.width(), 360)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, reason = self._places(width)
        return max(title.bottom(), reason.bottom()) + PADDING - 2

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.accent if self.isChecked() or self.hasFocus() else theme.border
        painter.setPen(QPen(QColor(edge), 1.6 if self.hasFocus() else 1.0))
        painter.setBrush(QColor(theme.selection if self.isChecked() else theme.raised))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        title, reason = self._places(self.width())
        painter.setFont(self._title_font())
        painter.setPen(QColor(theme.text))
        painter.drawText(title, _WRAP, self.choice.title)
        painter.setFont(font(12))
        painter.setPen(QColor(theme.secondary))
        painter.drawText(reason, _WRAP, self.choice.reason)
        aside = self.rect().adjusted(PADDING, PADDING - 2, -PADDING, 0)
        painter.setPen(QColor(theme.accent if self.isChecked() else theme.secondary))
        painter.drawText(aside, Qt.AlignmentFlag.AlignRight, self.choice.aside)

    def _title_font(self) -> QFont:
        return font(13, bold=self.choice.is_name)

    def _places(self, width: int) -> tuple[QRect, QRect]:
        """Where title and reason go: side by side where both fit in a line, else one below."""
        bold, small = QFontMetrics(self._title_font()), QFontMetrics(font(12))
        aside = small.horizontalAdvance(self.choice.aside)
        room = width - 2 * PADDING - (aside + PADDING if aside else 0)
        top = PADDING - 2
        title_width = bold.horizontalAdvance(self.choice.title) + 2
        reason_width = small.horizontalAdvance(self.choice.reason) + 2
        if not self.choice.reason or title_width + PADDING + reason_width <= room:
            title = bold.boundingRect(QRect(PADDING, top, room, 1000), _WRAP, self.choice.title)
            left = title.right() + PADDING if self.choice.reason else PADDING
            return title, QRect(left, top + 1, reason_width, min(LINE, title.height()))
        title = bold.boundingRect(QRect(PADDING, top, room, 1000), _WRAP, self.choice.title)
        below = QRect(PADDING, title.bottom() + 3, width - 2 * PADDING, 1000)
        return title, small.boundingRect(below, _WRAP, self.choice.reason)


class ChoiceList(QWidget):
    """A few rows of which one is chosen, or several; more than four are folded behind a button.

    Args:
        many: any number may be chosen; a chosen row once more is let go.

    Signals:
        chosen(key): the operator chose another row, or let one go.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Tokens, name: str, parent: QWidget | None = None, *, many: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme, self._name, self._many = theme, name, many
        self._rows: list[ChoiceRow] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._more = QPushButton(self)
        self._more.setObjectName(f"{name}-more")
        self._more.setProperty("tone", "quiet")
        self._more.clicked.connect(self._on_more)
        self._search = QLineEdit(self)
        self._search.setObjectName(f"{name}-search")
        self._search.setPlaceholderText(tr("Name, first letters"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._fold)
        self._search.returnPressed.connect(self._on_entered)
        self._column.addWidget(self._search)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._is_open = False
        self._limit = SHOWN

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        for row in self._rows:
            row.set_theme(theme)

    def set_choices(
        self,
        choices: Sequence[Choice],
        chosen: int | str | Collection[int] | None,
        *,
        limit: int = SHOWN,
    ) -> None:
        """Show these rows with those chosen; `limit` of them before the fold."""
        self._limit = limit
        if [row.choice for row in self._rows] != list(choices):
            self._rebuild(choices)
        wanted = chosen if self._many and isinstance(chosen, Collection) else (chosen,)
        self._group.setExclusive(False)
        for row in self._rows:
            row.setChecked(row.choice.key in wanted)
        self._group.setExclusive(not self._many)
        self._fold()

    def focus_first(self) -> None:
        """Take the keyboard to the rows."""
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for row in self._rows:
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ChoiceRow(choice, self._theme, self) for choice in choices]
        for place, row in enumerate(self._rows):
            self._group.addButton(row)
            self._column.insertWidget(place + 1, row)
        tab_through(self._search, *self._rows, self._more)
        self._search.clear()
        self._is_open = False

    @Slot()
    def _fold(self) -> None:
        is_whole = self._is_open or len(self._rows) <= self._limit + 1
        limit = len(self._rows) if is_whole else self._limit
        wanted = "".join(self._search.text().split()).lower()
        for place, row in enumerate(self._rows):
            is_wanted = not wanted or _is_called(row.choice, wanted)
            row.setVisible(row.isChecked() or (place < limit and is_wanted))
        hidden = sum(row.isHidden() for row in self._rows)
        self._search.setVisible(self._is_open and len(self._rows) > SEARCHED)
        self._more.setVisible(hidden > 0 and not self._is_open)
        self._more.setText(tr("Show {n} more", n=hidden))

    @Slot(QAbstractButton)
    def _on_clicked(self, row: QAbstractButton) -> None:
        if isinstance(row, ChoiceRow):
            self.chosen.emit(row.choice.key)

    @Slot()
    def _on_entered(self) -> None:
        """Enter takes the first row that fits what is typed."""
        wanted = "".join(self._search.text().split()).lower()
        row = next((one for one in self._rows if wanted and _is_called(one.choice, wanted)), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            row.click()

    @Slot()
    def _on_more(self) -> None:
        self._is_open = True
        self._fold()
        if not self._search.isHidden():
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_called(choice: Choice, wanted: str) -> bool:
    """Whether a row is meant by what is typed: a part of its words, or its name in pinyin."""
    if wanted in f"{choice.title}{choice.reason}".lower():
        return True
    if not any(letter.isascii() for letter in wanted):
        return False
    # Its dictionaries need not be loaded with the window.
    from resources.readings import reads_within

    return reads_within(wanted, choice.title)

"""The departments' scores as a table, the best first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from resources.language import tr
from ui.evaluation.grade_chip import grade_colour, paint_grade
from ui.evaluation.score_model import NONE, rate_text, score_text
from ui.session import DeskSession
from ui.theme.fonts import font
from workflow.ids import DepartmentId
from workflow.queries import DepartmentScore

Index = QModelIndex | QPersistentModelIndex
SCORE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
NAME, POINTS, GRADE, FILED, DUE = range(5)
NUMBER_WIDTH = 44
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its titles, its text, what it sorts by, and the count that a click opens."""

    title: Callable[[], str]
    short: Callable[[], str]
    text: Callable[[DepartmentScore], str]
    value: Callable[[DepartmentScore], float | str]
    opens: str = ""


def _or_none(value: float | None) -> float:
    return -1.0 if value is None else value


COLUMNS: tuple[Column, ...] = (
    Column(
        lambda: tr("Department"),
        lambda: tr("Department"),
        lambda s: s.department_name,
        lambda s: s.department_name,
    ),
    Column(lambda: tr("Score"), lambda: tr("Score"), score_text, lambda s: _or_none(s.score)),
    Column(
        lambda: tr("Grade"),
        lambda: tr("Grade"),
        lambda s: s.grade,
        lambda s: _or_none(s.score),
    ),
    Column(
        lambda: tr("Filed"),
        lambda: tr("Filed (short)"),
        lambda s: _count(s, s.filed),
        lambda s: s.filed,
        "filed",
    ),
    Column(
        lambda: tr("Due to close"),
        lambda: tr("Due to close"),
        lambda s: _count(s, s.due_to_close),
        lambda s: s.due_to_close,
        "due_to_close",
    ),
    Column(
        lambda: tr("Closed cases"),
        lambda: tr("Closed (short)"),
        lambda s: _count(s, s.closed),
        lambda s: s.closed,
        "closed",
    ),
    Column(
        lambda: tr("On-time handling rate"),
        lambda: tr("On time (short)"),
        lambda s: rate_text(s.on_time_rate),
        lambda s: _or_none(s.on_time_rate),
        "handled_on_time",
    ),
    Column(
        lambda: tr("Rework rate"),
        lambda: tr("Rework (short)"),
        lambda s: rate_text(s.rework_rate),
        lambda s: _or_none(s.rework_rate),
        "reworked",
    ),
)


def _hint(score: DepartmentScore, column: Column) -> str:
    if column.opens:
        return tr("Click to see these cases") if score.filed else ""
    return score.department_name


def _count(score: DepartmentScore, number: int) -> str:
    return str(number) if score.filed else NONE


class ScoreTable(QAbstractTableModel):
    """Rows of DepartmentScore; role SCORE gives the whole of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scores: list[DepartmentScore] = []
        self._order = (POINTS, Qt.SortOrder.DescendingOrder)
        self._is_short = False

    def set_scores(self, scores: Sequence[DepartmentScore]) -> None:
        """Show these scores in the order that was chosen."""
        self.beginResetModel()
        self._scores = list(scores)
        self._arrange()
        self.endResetModel()

    def set_short_titles(self, is_short: bool) -> None:
        """Titles for narrow columns; the whole title stays as the hint."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def row_of(self, department_id: DepartmentId) -> int:
        """Where a department stands; -1 where it does not."""
        ids = [score.department_id for score in self._scores]
        return ids.index(department_id) if department_id in ids else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._scores)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        score, column = self._scores[index.row()], COLUMNS[index.column()]
        if role == SCORE:
            return score
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(score)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > GRADE:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return _hint(score, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (COLUMNS[section].short if self._is_short else COLUMNS[section].title)()
        if role == Qt.ItemDataRole.ToolTipRole:
            return COLUMNS[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole and section != GRADE:
            return _RIGHT if section > GRADE else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._order = (column, order)
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        column, order = self._order
        self._scores.sort(key=lambda score: score.department_name)
        self._scores.sort(
            key=COLUMNS[column].value,
            reverse=order is Qt.SortOrder.DescendingOrder,
        )


class ScoreDelegate(QStyledItemDelegate):
    """Draws the score as a number over a bar, and the grade as a chip."""

    def __init__(self, session: DeskSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() not in (POINTS, GRADE):
            super().paint(painter, option, index)
            return
        theme, score = self._session.theme, index.data(SCORE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.selection))
        if index.column() == GRADE:
            paint_grade(painter, option.rect, score.grade, theme)
            return
        self._paint_score(painter, option.rect.adjusted(3, 0, -6, 0), score)

    def _paint_score(self, painter: QPainter, place: QRect, score: DepartmentScore) -> None:
        """The number, and a bar beside it, or under it where the column is narrow."""
        theme = self._session.theme
        is_narrow = place.width() < 90
        painter.setFont(font(13, bold=True))
        painter.setPen(QColor(theme.text))
        number = QRectF(place.left(), place.top(), NUMBER_WIDTH, place.height())
        bar = QRectF(number.right() + 10, place.center().y() - 3, 0, 7)
        bar.setRight(place.right())
        if is_narrow:
            number.setRight(place.right())
            bar = QRectF(place.left(), place.bottom() - 5, place.width(), 3)
        painter.drawText(number, _RIGHT, score_text(score))
        if score.score is None:
            return
        painter.fillRect(bar, QColor(theme.border))
        bar.setWidth(bar.width() * score.score / 100)
        colour = theme.text if score.grade == "E" else grade_colour(score.grade, theme)
        painter.fillRect(bar, QColor(colour))

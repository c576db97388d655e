"""The boxes of a post as a list in groups: title, how many, and how many of them press."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from resources.language import tr
from ui.case_list.counts import short_count
from ui.theme.focus import paint_focus
from ui.theme.fonts import BODY, SECONDARY, font
from ui.theme.lamps import lamp_colour, paint_lamp
from ui.theme.tokens import Tokens
from workflow.clock import Lamp
from workflow.queries import BoxCount

ROW_HEIGHT, HEAD_HEIGHT = 30, 26
GROUPS = ("待办", "审批", "关注", "台账")
"""The headings, as the profile's boxes name them: work, rulings, what to watch, ledgers."""

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class BoxRole(IntEnum):
    """What the delegate asks for."""

    COUNT = Qt.ItemDataRole.UserRole + 1
    HEADING = Qt.ItemDataRole.UserRole + 2


class BoxModel(QAbstractListModel):
    """The boxes of the seat, with their counts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[BoxCount, ...] = ()

    @property
    def counts(self) -> tuple[BoxCount, ...]:
        """Every box with its counts."""
        return self._counts

    def show_counts(self, counts: Sequence[BoxCount]) -> None:
        """New counts; the list is built anew only where the boxes themselves are others."""
        fresh = in_groups(counts)
        if [one.box.id for one in fresh] == [one.box.id for one in self._counts]:
            self._counts = fresh
            if fresh:
                self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))
            return
        self.beginResetModel()
        self._counts = fresh
        self.endResetModel()

    def heading(self, row: int) -> str:
        """The group that begins with this row; empty where none does."""
        group = self._counts[row].box.group
        return group if row == 0 or self._counts[row - 1].box.group != group else ""

    def row_of(self, box_id: str) -> int:
        """Where a box stands; -1 where the seat has no such box."""
        ids = [one.box.id for one in self._counts]
        return ids.index(box_id) if box_id in ids else -1

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many boxes."""
        return 0 if parent.isValid() else len(self._counts)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The count for the delegate; title and what the numbers mean for people."""
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        count = self._counts[index.row()]
        if role == BoxRole.COUNT:
            return count
        if role == BoxRole.HEADING:
            return self.heading(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return count.box.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return meaning(count)
        return None


def in_groups(counts: Sequence[BoxCount]) -> tuple[BoxCount, ...]:
    """The boxes group by group, within a group as the profile has them."""
    places = {group: place for place, group in enumerate(GROUPS)}
    return tuple(sorted(counts, key=lambda one: places.get(one.box.group, len(GROUPS))))


def meaning(count: BoxCount) -> str:
    """What the numbers of a box are."""
    if count.box.lamps or count.box.mine:
        return tr("{title}: {n} cases", title=count.box.title, n=count.total)
    return tr(
        "{title}: {n} cases, of which {overdue} overdue and {soon} soon due (80 % of the limit "
        "of the running clock is used)",
        title=count.box.title,
        n=count.total,
        overdue=count.overdue,
        soon=count.soon,
    )


def pressing(count: BoxCount) -> tuple[Lamp, int] | None:
    """The lamp and number to show before the total: overdue before soon due; None where none is."""
    if count.box.lamps or count.box.mine:
        return None
    if count.overdue:
        return Lamp.RED, count.overdue
    return (Lamp.YELLOW, count.soon) if count.soon else None


class BoxView(QListView):
    """The list; a click on a heading opens nothing."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading belongs to no box."""
        index = self.indexAt(event.position().toPoint())
        top = self.visualRect(index).top()
        if index.data(BoxRole.HEADING) and event.position().y() < top + HEAD_HEIGHT:
            event.ignore()
            return
        super().mousePressEvent(event)


class BoxDelegate(QStyledItemDelegate):
    """Draws a box's line.

    Attributes:
        theme: colours in force.
    """

    def __init__(self, theme: Tokens, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._bold = font(BODY, bold=True)
        self._body = font(BODY)
        self._small = font(SECONDARY)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """A line, and the heading over it where a group begins."""
        head = HEAD_HEIGHT if index.data(BoxRole.HEADING) else 0
        return QSize(120, ROW_HEIGHT + head)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one box: title left; at the right its total, before it what presses."""
        count: BoxCount = index.data(BoxRole.COUNT)
        state = option.state
        box = QRectF(option.rect)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if heading := index.data(BoxRole.HEADING):
            self._head(painter, box, str(heading))
            box.setTop(box.top() + HEAD_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selection if is_chosen else self.theme.raised))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 4, 4)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box.adjusted(0, 1, 0, -1), self.theme)
        line = box.adjusted(10, 0, -10, 0)
        painter.setFont(self._bold if is_chosen else self._body)
        painter.setPen(QColor(self.theme.text if count.total or is_chosen else self.theme.grey))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, count.box.title)
        self._numbers(painter, line, count)
        painter.restore()

    def _head(self, painter: QPainter, box: QRectF, heading: str) -> None:
        line = QRectF(box.left() + 10, box.top(), box.width() - 20, HEAD_HEIGHT - 4)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.secondary))
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, bottom, heading)

    def _numbers(self, painter: QPainter, line: QRectF, count: BoxCount) -> None:
        lamp = count.box.lamps[0] if len(count.box.lamps) == 1 and count.total else None
        total = short_count(count.total)
        left = self._number(painter, line.right(), line, total, lamp)
        press = pressing(count)
        if press is not None:
            self._number(painter, left - 8, line, short_count(press[1]), press[0])

    def _number(
        self, painter: QPainter, right: float, line: QRectF, text: str, lamp: Lamp | None
    ) -> float:
        """Draw a number, with its lamp where it has one; answers its left edge."""
        chosen = self._small
        colour = self.theme.secondary if text != "0" else self.theme.grey
        if lamp is not None:
            chosen = font(SECONDARY, bold=True)
            colour = lamp_colour(lamp, self.theme)
        width = QFontMetricsF(chosen).horizontalAdvance(text)
        painter.setFont(chosen)
        painter.setPen(QColor(colour))
        place = QRectF(right - width, line.top(), width + 1, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if lamp is None:
            return right - width
        paint_lamp(painter, lamp, self.theme, QPointF(right - width - 8, line.center().y()), 7)
        return right - width - 12

"""The alarms as a list: what happened to which case, where, since when; a tick takes one away."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from resources.language import tr
from resources.profile import name_of
from ui.alarms.words import ICONS, kind_colour, kind_name, since_words
from ui.theme.focus import paint_focus
from ui.theme.fonts import BODY, SECONDARY, font
from ui.theme.icons import icon_pixmap
from ui.theme.tokens import Tokens
from workflow.alarms import Alarm

ROW_HEIGHT = 54
ALARM_ROLE = Qt.ItemDataRole.UserRole + 1
_MARK_X, _TEXT_X, _SEEN_WIDTH, _PAD = 12, 38, 34, 10

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_OWN_KEYS = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return})


class AlarmModel(QAbstractListModel):
    """The alarms on screen, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.alarms: tuple[Alarm, ...] = ()

    def show(self, alarms: Sequence[Alarm]) -> None:
        """Show these; rows that stay keep their selection."""
        fresh = tuple(alarms)
        keys = {alarm.key for alarm in fresh}
        for row in range(len(self.alarms) - 1, -1, -1):
            if self.alarms[row].key not in keys:
                self.beginRemoveRows(_NOWHERE, row, row)
                self.alarms = self.alarms[:row] + self.alarms[row + 1 :]
                self.endRemoveRows()
        for row, alarm in enumerate(fresh):
            if row >= len(self.alarms) or self.alarms[row].key != alarm.key:
                self.beginInsertRows(_NOWHERE, row, row)
                self.alarms = (*self.alarms[:row], alarm, *self.alarms[row:])
                self.endInsertRows()
        self._drop_rest(len(fresh))

    def _drop_rest(self, kept: int) -> None:
        """Rows that moved elsewhere stood here a second time."""
        if len(self.alarms) > kept:
            self.beginRemoveRows(_NOWHERE, kept, len(self.alarms) - 1)
            self.alarms = self.alarms[:kept]
            self.endRemoveRows()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.alarms)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The alarm, and the same in words."""
        alarm = self.alarms[index.row()]
        if role == ALARM_ROLE:
            return alarm
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{kind_name(alarm.kind)} {alarm.class_name} {alarm.number} {alarm.address}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{alarm.number} · {name_of(alarm.state)}\n{alarm.address}"
        return None


class AlarmDelegate(QStyledItemDelegate):
    """Draws an alarm; its tick stands at the right."""

    def __init__(self, theme: Tokens, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self._now = now
        self._bold, self._small = font(BODY, bold=True), font(SECONDARY)
        self._marks: dict[tuple[str, str], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Two lines."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Mark, kind and class; below them the place; at the right since when, and the tick."""
        alarm: Alarm = index.data(ALARM_ROLE)
        box, theme = QRectF(option.rect), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option.state)
        colour = kind_colour(alarm.kind, theme)
        mark = self._mark(ICONS[alarm.kind], colour)
        painter.drawPixmap(QPointF(box.left() + _MARK_X, box.top() + 9), mark)
        right = box.right() - _SEEN_WIDTH
        since = since_words(alarm, self._now())
        width = QFontMetricsF(self._small).horizontalAdvance(since)
        self._say(painter, QRectF(right - width, box.top() + 6, width, 22), since, self._small)
        words = QRectF(box.left() + _TEXT_X, box.top() + 6, right - width - box.left() - 46, 22)
        kind = kind_name(alarm.kind)
        self._say(painter, words, kind, self._bold, colour)
        words.setLeft(words.left() + QFontMetricsF(self._bold).horizontalAdvance(kind) + 8)
        self._say(painter, words, alarm.class_name, self._bold, theme.text)
        place = QRectF(box.left() + _TEXT_X, box.top() + 28, right - box.left() - _TEXT_X, 20)
        self._say(painter, place, f"{alarm.number} · {alarm.address}", self._small)
        tick = self._mark("check", theme.secondary)
        painter.drawPixmap(QPointF(box.right() - 24, box.top() + 19), tick)
        painter.restore()

    def _mark(self, name: str, colour: str) -> QPixmap:
        if (name, colour) not in self._marks:
            self._marks[name, colour] = icon_pixmap(name, colour, 16)
        return self._marks[name, colour]

    def _ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.selection if chosen else self.theme.raised))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 4, 4)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box.adjusted(2, 1, -2, -1), self.theme)

    def _say(
        self, painter: QPainter, box: QRectF, text: str, letters: QFont, colour: str = ""
    ) -> None:
        painter.setFont(letters)
        painter.setPen(QColor(colour or self.theme.secondary))
        fits = QFontMetricsF(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), fits)


class AlarmView(QListView):
    """The list.

    Signals:
        opened(Alarm): the operator wants to see the case.
        seen(Alarm): the operator knows.
        left: the operator goes back to work.
    """

    opened = Signal(object)
    seen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarms")
        self.setAccessibleName(tr("Alarms"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the tick acknowledges, anywhere else it opens."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        is_tick = event.position().x() > self.visualRect(index).right() - _SEEN_WIDTH
        (self.seen if is_tick else self.opened).emit(index.data(ALARM_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the space bar acknowledges, Escape leaves."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(index.data(ALARM_ROLE))
        elif index.isValid() and event.key() == Qt.Key.Key_Space:
            self.seen.emit(index.data(ALARM_ROLE))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The window's own Escape must not take the one that leaves this list."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

"""The matrix on the screen: posts under the band of their axis, dots where one may act."""

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.admin.matrix_model import (
    AXES,
    LINE,
    MARK,
    NAME,
    Index,
    Line,
    Mark,
    MatrixModel,
    axis_name,
    axis_of,
)
from ui.session import DeskSession
from ui.theme.fonts import BODY, SECONDARY, font
from ui.theme.tokens import Tokens
from workflow.posts import Post

ROW, HEADING = 27, 25
COLUMN, COLUMN_MOST = 34, 46
NAME_LEAST, NAME_WISHED = 132, 210
MARGIN = 14
BAND, LETTER = 22, 15
LETTERS = 5
DOT = 4.5


class MatrixView(QTableView):
    """The table; a chosen cell is told to whoever explains it.

    Signals:
        cell_chosen(Line, Post or None): None for the whole line.
    """

    cell_chosen = Signal(object, object)

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.matrix = MatrixModel(self)
        self.setObjectName("matrix")
        self.setModel(self.matrix)
        self.setItemDelegate(MatrixDelegate(session, self))
        self.setHorizontalHeader(AxisHeader(session, self.matrix, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.matrix.modelReset.connect(self._fit)
        self.selectionModel().currentChanged.connect(self._on_current)
        session.theme_changed.connect(self._on_theme)

    def choose(self, key: tuple[str, str]) -> None:
        """Show an operation's line."""
        row = self.matrix.line_of(key)
        if row >= 0:
            self.setCurrentIndex(self.matrix.index(row, NAME))
            self.scrollTo(self.currentIndex(), self.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns take a little more where there is room."""
        super().resizeEvent(event)
        self._fit_columns()

    @Slot()
    def _fit(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self.matrix.lines):
            self.setRowHeight(row, HEADING if line.is_heading else ROW)
            if line.is_heading:
                self.setSpan(row, NAME, 1, self.matrix.columnCount())
        posts = len(self.matrix.posts)
        self.setMinimumWidth(NAME_LEAST + COLUMN * posts + MARGIN)
        self.setMaximumWidth(NAME_WISHED + COLUMN_MOST * posts + MARGIN)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        if posts:
            header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()

    def _fit_columns(self) -> None:
        if not self.matrix.posts:
            return
        room = (self.width() - NAME_WISHED - MARGIN) // len(self.matrix.posts)
        for column in range(1, self.matrix.columnCount()):
            self.setColumnWidth(column, min(max(room, COLUMN), COLUMN_MOST))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        line = current.data(LINE)
        if isinstance(line, Line) and not line.is_heading:
            self.cell_chosen.emit(line, self.matrix.post_at(current.column()))
        self.viewport().update()

    @Slot(object)
    def _on_theme(self, theme: Tokens) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()


class AxisHeader(QHeaderView):
    """Posts written downwards, and over them the band of each axis."""

    def __init__(self, session: DeskSession, matrix: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._matrix = matrix
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(COLUMN)

    def sizeHint(self) -> QSize:
        """Room for the band and five letters."""
        return QSize(super().sizeHint().width(), BAND + LETTERS * LETTER + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Everything at once: a band reaches over several columns."""
        theme = self._session.theme
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.panel))
        for axis in AXES:
            self._paint_band(painter, axis, theme)
        painter.setFont(font(SECONDARY))
        for column in range(1, self._matrix.columnCount()):
            post = self._matrix.post_at(column)
            assert post is not None
            self._paint_post(painter, column, post, theme)
        line = self.viewport().rect()
        painter.setPen(QColor(theme.border))
        painter.drawLine(line.bottomLeft(), line.bottomRight())
        painter.end()

    def _paint_band(self, painter: QPainter, axis: str, theme: Tokens) -> None:
        columns = [
            number for number, post in enumerate(self._matrix.posts, 1) if axis_of(post) == axis
        ]
        if not columns:
            return
        left, right = (self.sectionViewportPosition(one) for one in (columns[0], columns[-1]))
        width = right + self.sectionSize(columns[-1]) - left
        band = QRect(left + 1, 0, width - 2, BAND - 2)
        colour = axis_colour(axis, theme)
        painter.fillRect(band, tint(colour, 0.18))
        painter.fillRect(QRect(band.left(), band.bottom() - 1, band.width(), 2), colour)
        painter.setFont(font(SECONDARY, bold=True))
        painter.setPen(colour)
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, axis_name(axis))

    def _paint_post(self, painter: QPainter, column: int, post: Post, theme: Tokens) -> None:
        left, width = self.sectionViewportPosition(column), self.sectionSize(column)
        painter.setPen(QColor(theme.text))
        words = str(self._matrix.headerData(column, Qt.Orientation.Horizontal))
        top = BAND + 6
        for place, letter in enumerate(words[: LETTERS + 1]):
            box = QRect(left, top + place * LETTER, width, LETTER)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


class MatrixDelegate(QStyledItemDelegate):
    """Draws headings, names and dots."""

    def __init__(self, session: DeskSession, parent: MatrixView) -> None:
        super().__init__(parent)
        self._session = session
        self._view = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, theme = index.data(LINE), self._session.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.is_heading:
            self._heading(painter, option.rect, line, theme)
        else:
            self._ground(painter, option, index, theme)
            if index.column() == NAME:
                self._name(painter, option.rect, line, theme)
            else:
                paint_mark(painter, QRectF(option.rect).center(), Mark(index.data(MARK)), theme)
        painter.restore()

    def _heading(self, painter: QPainter, place: QRect, line: Line, theme: Tokens) -> None:
        painter.fillRect(place.adjusted(0, 3, 0, -1), QColor(theme.raised))
        painter.setFont(font(SECONDARY, bold=True))
        painter.setPen(QColor(theme.secondary))
        painter.drawText(place.adjusted(6, 3, 0, 0), _LEFT, line.title)

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, theme: Tokens
    ) -> None:
        current = self._view.currentIndex()
        post = self._view.matrix.post_at(index.column())
        if current.isValid() and current.row() == index.row():
            painter.fillRect(option.rect, QColor(theme.selection))
        elif post is not None:
            painter.fillRect(option.rect, tint(axis_colour(axis_of(post), theme), 0.05))
        if index == current and post is not None:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)

    def _name(self, painter: QPainter, place: QRect, line: Line, theme: Tokens) -> None:
        painter.setFont(font(BODY, bold=line.is_changed))
        gone = line.after is None
        painter.setPen(QColor(theme.grey if gone else theme.text))
        room = place.adjusted(14, 0, -22 if line.keeps_apart else -2, 0)
        words = painter.fontMetrics().elidedText(
            line.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _LEFT, words)
        if line.keeps_apart:
            paint_apart(painter, QPointF(place.right() - 11, place.center().y() + 0.5), theme)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def axis_colour(axis: str, theme: Tokens) -> QColor:
    """The colour of an axis."""
    return QColor({AXES[0]: theme.blue, AXES[1]: theme.yellow}.get(axis, theme.grey))


def tint(colour: QColor, share: float) -> QColor:
    """A colour thinned."""
    thin = QColor(colour)
    thin.setAlphaF(share)
    return thin


def paint_mark(painter: QPainter, at: QPointF, mark: Mark, theme: Tokens) -> None:
    """A dot where the post may act; what another profile changes has a shape of its own as well."""
    if mark is Mark.NONE:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    if mark is Mark.ALLOWED:
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(at, DOT, DOT)
        return
    colour = QColor({Mark.ADDED: theme.green, Mark.REMOVED: theme.red}.get(mark, theme.yellow))
    if mark is Mark.OTHER:
        painter.setBrush(colour)
        painter.drawEllipse(at, DOT, DOT)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(tint(colour, 0.15) if mark is not Mark.OTHER else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, DOT + 3, DOT + 3)
    if mark is not Mark.OTHER:
        painter.drawLine(at + QPointF(-DOT, 0), at + QPointF(DOT, 0))
    if mark is Mark.ADDED:
        painter.drawLine(at + QPointF(0, -DOT), at + QPointF(0, DOT))


def paint_apart(painter: QPainter, at: QPointF, theme: Tokens) -> None:
    """Two halves kept apart: who dispatched or handled the case keeps off."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(axis_colour(AXES[0], theme))
    painter.drawPie(QRectF(at.x() - 6.5, at.y() - 5, 10, 10), 90 * 16, 180 * 16)
    painter.setBrush(axis_colour(AXES[1], theme))
    painter.drawPie(QRectF(at.x() - 3.5, at.y() - 5, 10, 10), -90 * 16, 180 * 16)

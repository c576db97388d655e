"""The blocks of the case form: each a line that unfolds; what was opened or folded stays so."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.case_form.case_blocks import Block
from ui.case_form.fact_grid import LABEL_WIDTH, FactGrid
from ui.theme.focus import paint_focus
from ui.theme.fonts import BODY, SECONDARY, font
from ui.theme.tokens import Tokens

HEIGHT, GAP = 24, 10


class BlockHead(QAbstractButton):
    """A block's line: its title and, while it is folded, what it says in short."""

    def __init__(self, name: str, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"block-{name}")
        self.setCheckable(True)
        self._theme, self._summary = theme, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_words(self, title: str, summary: str, theme: Tokens) -> None:
        """Draw these words in these colours."""
        self._summary, self._theme = summary, theme
        self.setText(title)
        self.setAccessibleName(f"{title} {summary}".strip())
        self.setToolTip(summary)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        line = QColor(theme.border)
        painter.setPen(line)
        painter.drawLine(0, 0, self.width(), 0)
        title_width = QFontMetrics(font(SECONDARY, bold=True)).horizontalAdvance(self.text())
        self._arrow(painter, QPointF(title_width + 12, middle + 1))
        painter.setFont(font(SECONDARY, bold=True))
        painter.setPen(QColor(theme.accent if self.underMouse() else theme.secondary))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 2, 0, 0), left, self.text())
        if not self.isChecked() and self._summary:
            start = max(LABEL_WIDTH, title_width + 18) + GAP
            room = QRect(start, 2, self.width() - start, self.height() - 2)
            painter.setFont(font(BODY))
            painter.setPen(QColor(theme.text))
            metrics = QFontMetrics(font(BODY))
            shown = metrics.elidedText(self._summary, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, left, shown)
        if self.hasFocus():
            paint_focus(painter, self.rect().adjusted(0, 2, -1, -1).toRectF(), theme)

    def _arrow(self, painter: QPainter, at: QPointF) -> None:
        """Points down while the block is open, else to the right."""
        corners = [QPointF(-2, -3.5), QPointF(2.5, 0), QPointF(-2, 3.5)]
        if self.isChecked():
            corners = [QPointF(-3.5, -2), QPointF(3.5, -2), QPointF(0, 2.5)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.secondary))
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))


class BlockList(QWidget):
    """Shows blocks; a block that the operator opened or folded stays so for the sitting.

    Signals:
        unfolded: a block was opened or folded.
    """

    unfolded = Signal()

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._blocks: tuple[Block, ...] = ()
        self._wanted: dict[str, bool] = {}
        self._parts: dict[str, tuple[BlockHead, FactGrid]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self._show()

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these blocks in their order; the same ones again change nothing."""
        if tuple(blocks) == self._blocks:
            return
        self._blocks = tuple(blocks)
        self._show()

    def _show(self) -> None:
        shown = {block.id: place for place, block in enumerate(self._blocks)}
        for block in self._blocks:
            if block.id not in self._parts:
                self._add(block.id)
        for block_id, (head, grid) in self._parts.items():
            if block_id not in shown:
                head.hide()
                grid.hide()
        for block in self._blocks:
            head, grid = self._parts[block.id]
            is_open = not block.title or self._wanted.get(block.id, block.is_open)
            head.setVisible(bool(block.title))
            head.setChecked(is_open)
            head.show_words(block.title, block.summary, self._theme)
            grid.set_facts(block.facts)
            grid.setVisible(is_open)
            for widget in (head, grid):
                self._column.removeWidget(widget)
                self._column.addWidget(widget)

    def _add(self, block_id: str) -> None:
        head = BlockHead(block_id, self._theme, self)
        head.clicked.connect(self._on_clicked)
        self._parts[block_id] = (head, FactGrid(self))

    @Slot()
    def _on_clicked(self) -> None:
        head = self.sender()
        if isinstance(head, BlockHead):
            block_id = head.objectName().removeprefix("block-")
            self._wanted[block_id] = head.isChecked()
            self._parts[block_id][1].setVisible(head.isChecked())
            self.unfolded.emit()

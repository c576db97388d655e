"""Another case as a row: its photo, number and class, where and when, and why it is shown."""

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from resources.language import tr
from ui.case_form.panel_model import state_name
from ui.case_form.picture_store import PictureStore
from ui.case_form.wording import moment
from ui.theme.fonts import font
from ui.theme.tokens import Tokens
from workflow.case_file import RelatedCase

HEIGHT, PICTURE_WIDTH, PADDING, LINE = 62, 72, 8, 18
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def relation_name(relation: str) -> str:
    """What another case is to this one."""
    return {
        "master": tr("first report"),
        "duplicate": tr("merged into this"),
        "linked": tr("linked"),
        "similar": tr("similar"),
    }.get(relation, "")


class RelatedRow(QAbstractButton):
    """A case to open, or to choose; drawn as one card."""

    def __init__(
        self,
        related: RelatedCase,
        now: datetime,
        store: PictureStore,
        theme: Tokens,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.related = related
        self._now, self._store, self._theme = now, store, theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(" ".join((related.number, related.class_name, *self._lines())))
        self.setToolTip("\n".join(part for part in (related.description, related.reason) if part))
        store.loaded.connect(self._on_loaded)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_lit = self.isChecked() or self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(theme.accent if is_lit else theme.border), 1.0))
        painter.setBrush(QColor(theme.selection if self.isChecked() else theme.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        left = PADDING
        if self.related.photo:
            self._paint_picture(painter)
            left = PICTURE_WIDTH + PADDING + 2
        right = self.width() - PADDING
        relation = relation_name(self.related.relation)
        tag = self._say(painter, 5, left, right, relation, theme.secondary, _RIGHT)
        title = f"{self.related.number}  {self.related.class_name}"
        self._say(painter, 5, left, right - tag - PADDING, title, theme.text, _LEFT, bold=True)
        for place, line in enumerate(self._lines()):
            top = 5 + LINE * (place + 1)
            self._say(painter, top, left, right, line, theme.secondary, _LEFT)

    def _lines(self) -> tuple[str, str]:
        one = self.related
        away = tr("{n} m away", n=one.metres) if one.metres else ""
        where = " · ".join(part for part in (one.address, away) if part)
        when = moment(one.reported_at, self._now)
        who = " · ".join(part for part in (one.reporter_name, when, state_name(one.state)) if part)
        return where, who

    def _say(
        self,
        painter: QPainter,
        top: int,
        left: int,
        right: int,
        text: str,
        colour: str,
        align: Qt.AlignmentFlag,
        *,
        bold: bool = False,
    ) -> int:
        """Write one line; answers how wide it is."""
        chosen = font(13 if bold else 12, bold=bold)
        metrics = QFontMetrics(chosen)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        painter.setFont(chosen)
        painter.setPen(QColor(colour))
        painter.drawText(QRect(left, top, right - left, LINE), align, shown)
        return metrics.horizontalAdvance(shown)

    def _paint_picture(self, painter: QPainter) -> None:
        frame = QRectF(4, 4, PICTURE_WIDTH - 4, HEIGHT - 8)
        outline = QPainterPath()
        outline.addRoundedRect(frame, 3, 3)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(frame, QColor(self._theme.border))
        image = self._store.image(self.related.photo)
        if image is not None and not image.isNull():
            mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            size = image.size().scaled(frame.size().toSize(), mode)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(frame.toRect().center())
            painter.drawImage(place, image)
        painter.restore()

    def _on_loaded(self, sha256: str) -> None:
        if sha256 == self.related.photo:
            self.update()

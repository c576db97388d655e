"""A photo as a button: a thumbnail with its caption."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from resources.language import tr
from ui.case_form.panel_model import ShownPhoto
from ui.case_form.picture_store import PictureStore
from ui.theme.fonts import font
from ui.theme.tokens import Tokens

THUMBNAIL = QSize(122, 84)
CAPTION = 20


class PhotoFace(QAbstractButton):
    """A thumbnail that fills its frame, with the caption over its lower edge."""

    def __init__(self, store: PictureStore, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._theme = store, theme
        self.photo: ShownPhoto | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_photo(self, photo: ShownPhoto) -> None:
        """Show this photo."""
        self.photo = photo
        words = f"{photo.usage} {photo.time}"
        self.setAccessibleName(words)
        self.setToolTip(photo.tip or words)
        self.update()

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return THUMBNAIL

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.photo is None:
            return
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(frame, 4, 4)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(theme.raised))
        self._paint_picture(painter)
        self._paint_caption(painter)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.border), 1.5))
        painter.drawPath(outline)

    def _paint_picture(self, painter: QPainter) -> None:
        image = self._store.image(self.photo.sha256) if self.photo else None
        if image is None or image.isNull():
            painter.setFont(font(12))
            painter.setPen(QColor(self._theme.secondary))
            words = tr("Loading…") if image is None else tr("This photo cannot be shown")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(6, 0, -6, -CAPTION), flags, words)
            return
        room = self.rect()
        size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.drawImage(place, image)

    def _paint_caption(self, painter: QPainter) -> None:
        if self.photo is None:
            return
        line = QRect(0, self.height() - CAPTION, self.width(), CAPTION)
        painter.fillRect(line, QColor(13, 20, 28, 190))
        painter.setFont(font(12))
        painter.setPen(QColor("#FFFFFF"))
        words = f"{self.photo.usage}  {self.photo.time}".strip()
        line.adjust(6, 0, -6, 0)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided)

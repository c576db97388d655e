"""A sheet laid out on A4 pages: as a PDF with its fonts in it, or on any painter."""

from collections.abc import Mapping

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from resources.language import tr
from ui.case_form.pictures import decoded
from ui.printing.markup import LINE, PHOTO_SCHEME, QUIET, markup
from ui.printing.sheet import Sheet
from ui.theme.fonts import FAMILIES

DPI = 300
SIDE, TOP, BOTTOM = 16.0, 22.0, 20.0
"""Margins of the text in millimetres; head and foot of the page stand within the last two."""

BODY_PT, FOOT_PT = 9.5, 8.0


def pdf_of(sheet: Sheet, pictures: Mapping[str, bytes]) -> bytes:
    """The PDF's bytes. Needs no window; may run on any thread.

    Args:
        pictures: the photos' bytes by SHA-256; one that is missing is said to be.
    """
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(DPI)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{sheet.number} {sheet.title}")
    writer.setCreator(tr("Wanmi"))
    pages = Pages(sheet, pictures, writer)
    painter = QPainter(writer)
    for number in range(pages.count):
        if number:
            writer.newPage()
        pages.paint(painter, number)
    painter.end()
    del painter, pages, writer
    buffer.close()
    return bytes(store.data())


class Pages:
    """The sheet cut into pages for a paint device."""

    def __init__(
        self, sheet: Sheet, pictures: Mapping[str, bytes], device: QPdfWriter | QImage
    ) -> None:
        self._sheet = sheet
        self._dpi = float(device.logicalDpiX())
        self._width, self._height = float(device.width()), float(device.height())
        self._body = QRectF(
            self._mm(SIDE),
            self._mm(TOP),
            self._width - 2 * self._mm(SIDE),
            self._height - self._mm(TOP) - self._mm(BOTTOM),
        )
        self._document = QTextDocument()
        self._document.documentLayout().setPaintDevice(device)
        self._document.setDefaultFont(_font(BODY_PT))
        self._document.setDocumentMargin(0)
        self._add_pictures(pictures)
        self._document.setHtml(markup(sheet))
        self._document.setPageSize(QSizeF(self._body.size()))

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a page, the first of which is 0, with its head and foot."""
        painter.save()
        painter.translate(self._body.left(), self._body.top() - number * self._body.height())
        part = QRectF(0, number * self._body.height(), self._body.width(), self._body.height())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))  # whatever the theme
        context.palette = palette
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_head(painter, number)
        self._paint_foot(painter, number)

    def _add_pictures(self, pictures: Mapping[str, bytes]) -> None:
        kind = QTextDocument.ResourceType.ImageResource
        for photo in self._sheet.photos:
            image = decoded(pictures.get(photo.sha256, b""))
            if image.isNull():
                image = _missing()
            self._document.addResource(int(kind.value), QUrl(PHOTO_SCHEME + photo.sha256), image)

    def _paint_head(self, painter: QPainter, number: int) -> None:
        line = QRectF(self._body.left(), self._mm(10), self._body.width(), self._mm(6))
        painter.setFont(_font(FOOT_PT))
        if number:
            painter.setPen(QColor(QUIET))
            words = f"{self._sheet.number} · {self._sheet.title}"
            room = line.width() * (0.6 if self._sheet.synthetic else 1)
            elided = painter.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, round(room)
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, elided)
        if self._sheet.synthetic:
            painter.setPen(QColor("#935700"))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, self._sheet.synthetic)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        top = self._height - self._mm(15)
        painter.setPen(QPen(QColor(LINE), self._mm(0.15)))
        painter.drawLine(QPointF(self._body.left(), top), QPointF(self._body.right(), top))
        line = QRectF(self._body.left(), top + self._mm(1.2), self._body.width(), self._mm(5))
        painter.setFont(_font(FOOT_PT))
        painter.setPen(QColor(QUIET))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._sheet.printed)
        page = tr("Page {n} of {total}", n=number + 1, total=self.count)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, page)
        line.translate(0, self._mm(4))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._sheet.attribution)

    def _mm(self, length: float) -> float:
        return length / 25.4 * self._dpi


def _font(points: float) -> QFont:
    made = QFont(list(FAMILIES))
    made.setPointSizeF(points)
    return made


def _missing() -> QImage:
    """What stands where a photo cannot be shown."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#EEF1F4"))
    painter = QPainter(image)
    painter.setPen(QColor(QUIET))
    font = QFont(list(FAMILIES))
    font.setPixelSize(32)
    painter.setFont(font)
    words = tr("This photo cannot be shown")
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return image

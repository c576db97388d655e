"""Line icons, drawn in whatever colour the theme asks for."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

FOLDER = Path(resources.__file__).parent / "icons"


def icon_pixmap(name: str, colour: str, size: int = 18, ratio: float = 2.0) -> QPixmap:
    """An icon of `resources/icons` in one colour, `size` logical pixels wide."""
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """The same as a QIcon, for buttons and menus."""
    return QIcon(icon_pixmap(name, colour, size))

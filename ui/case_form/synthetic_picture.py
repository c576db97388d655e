"""A picture for the synthetic city: a street corner that says in large letters that it is drawn.

The demo's steps need photos as real ones do; nobody must ever take one of these for a photograph.
"""

import random
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF

from resources.language import tr
from ui.case_form.wording import full_moment
from ui.theme.fonts import font

WIDTH, HEIGHT, HORIZON = 960, 720, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the picture says: class, place, time, and whether it shows the repaired state.

    Attributes:
        lon, lat: where it pretends to be taken, in CGCS2000 degrees.
    """

    class_name: str
    place: str
    at: datetime
    mended: bool
    lon: float | None = None
    lat: float | None = None


def draw_scene(scene: Scene) -> QImage:
    """The picture, 960 by 720 pixels; the same scene gives the same picture."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chance = random.Random(f"{scene.class_name}{scene.place}")
    _draw_sky_and_houses(painter, chance)
    _draw_street(painter)
    _draw_subject(painter, scene)
    _draw_words(painter, scene)
    painter.end()
    return image


def _draw_sky_and_houses(painter: QPainter, chance: random.Random) -> None:
    sky = QLinearGradient(0, 0, 0, HORIZON)
    sky.setColorAt(0, QColor("#9FBED6"))
    sky.setColorAt(1, QColor("#E3ECF2"))
    painter.fillRect(QRectF(0, 0, WIDTH, HORIZON), sky)
    left = -20
    while left < WIDTH:
        width, height = chance.randint(70, 150), chance.randint(120, 330)
        shade = chance.randint(130, 185)
        house = QRectF(left, HORIZON - height, width, height)
        painter.fillRect(house, QColor(shade, shade + 6, shade + 12))
        for row in range(int(height // 34) - 1):
            for column in range(int(width // 30) - 1):
                window = QRectF(left + 16 + column * 30, HORIZON - height + 16 + row * 34, 14, 18)
                painter.fillRect(window, QColor(shade - 34, shade - 22, shade - 8))
        left += width + chance.randint(2, 18)


def _draw_street(painter: QPainter) -> None:
    painter.fillRect(QRectF(0, HORIZON, WIDTH, 46), QColor("#C6C8C4"))
    painter.fillRect(QRectF(0, HORIZON + 46, WIDTH, 8), QColor("#8E928F"))
    painter.fillRect(QRectF(0, HORIZON + 54, WIDTH, HEIGHT), QColor("#6C7074"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#E9E6D8"))
    for left in range(-40, WIDTH, 190):
        mark = [(left, 588), (left + 100, 588), (left + 84, 602), (left - 20, 602)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark]))


def _draw_subject(painter: QPainter, scene: Scene) -> None:
    """A sign at the place of the problem: a ring where it is, a tick where it was mended."""
    centre = QPointF(WIDTH / 2, HORIZON + 70)
    colour = QColor("#1E8A52" if scene.mended else "#C62F2F")
    painter.setBrush(QColor(255, 255, 255, 215))
    painter.setPen(QPen(colour, 7))
    painter.drawEllipse(centre, 104, 104)
    painter.setPen(QColor("#16212C"))
    painter.setFont(font(28, bold=True))
    words = QRectF(centre.x() - 96, centre.y() - 66, 192, 90)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
    painter.drawText(words, flags, scene.class_name)
    painter.setPen(colour)
    painter.setFont(font(24, bold=True))
    state = tr("After handling") if scene.mended else tr("As reported")
    painter.drawText(QRectF(centre.x() - 96, centre.y() + 24, 192, 40), flags, state)


def _draw_words(painter: QPainter, scene: Scene) -> None:
    painter.fillRect(QRectF(0, HEIGHT - 84, WIDTH, 84), QColor(13, 20, 28, 215))
    painter.setPen(QColor("#FFFFFF"))
    painter.setFont(font(26, bold=True))
    painter.drawText(QPointF(24, HEIGHT - 50), f"{scene.class_name}  {scene.place}")
    painter.setFont(font(22))
    painter.drawText(QPointF(24, HEIGHT - 18), full_moment(scene.at))
    painter.setPen(QColor("#F2B544"))
    painter.setFont(font(26, bold=True))
    right = QRectF(WIDTH / 2, HEIGHT - 48, WIDTH / 2 - 24, 40)
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(right, flags, tr("Synthetic picture"))
    painter.setPen(QColor(255, 255, 255, 150))
    painter.setFont(font(92, bold=True))
    painter.save()
    painter.translate(WIDTH / 2, 190)
    painter.rotate(-12)
    place = QRectF(-WIDTH / 2, -70, WIDTH, 140)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tr("Synthetic picture"))
    painter.restore()

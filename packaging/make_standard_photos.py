"""Draws the visual closing standards (结案可视标准) of the demo city; run by hand when one changes.

    QT_QPA_PLATFORM=offscreen python packaging/make_standard_photos.py

Cities hang such pictures on their class list: what the place has to look like before a case is
closed. These are drawn, and say in words that they are synthetic (合成示意图).
"""

from pathlib import Path
from random import Random

from make_demo_photos import HEIGHT, WIDTH, _blob, _box, _say, _street, _tick
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QPolygonF

OUT = Path(__file__).parents[1] / "resources" / "standards" / "closing"


def main() -> None:
    """Write every picture."""
    application = QGuiApplication([])
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (title, scene) in SCENES.items():
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _street(painter, Random(f"standard {name}"))
        scene(painter)
        _tick(painter)
        _say(painter, f"结案标准：{title}")
        painter.end()
        image.save(str(OUT / f"{name}.jpg"), quality=58)
    application.quit()


def _garbage(painter: QPainter) -> None:
    for x in (250, 330):
        _box(painter, x, 222, 62, 90, "#3f6f4a")
        _box(painter, x - 4, 210, 70, 14, "#2f5638")
        _box(painter, x + 8, 312, 10, 8, "#24292e")
        _box(painter, x + 44, 312, 10, 8, "#24292e")


def _stall(painter: QPainter) -> None:
    _box(painter, 120, 120, 400, 150, "#cfc4b2")
    for x, colour in ((136, "#c94f3d"), (328, "#2f6f9f")):
        _box(painter, x, 128, 176, 26, colour)
        _box(painter, x + 14, 168, 66, 102, "#8fb0c4")
        _box(painter, x + 96, 168, 66, 102, "#8fb0c4")
    painter.setPen(QPen(QColor("#e8c64c"), 6))
    painter.drawLine(100, 282, 540, 282)


def _bicycles(painter: QPainter) -> None:
    painter.setPen(QPen(QColor("#f4f1ea"), 5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(96, 268, 450, 64)
    for index in range(7):
        x, y = 120 + index * 60, 306
        painter.setPen(QPen(QColor("#2b2f34"), 3))
        painter.drawEllipse(QPointF(x, y), 19, 19)
        painter.drawEllipse(QPointF(x + 40, y), 19, 19)
        painter.setPen(QPen(QColor("#3d8fd1"), 5))
        frame = [(x, y), (x + 14, y - 25), (x + 34, y - 25), (x + 40, y), (x + 18, y)]
        painter.drawPolyline(QPolygonF([QPointF(*corner) for corner in frame]))


def _cover(painter: QPainter) -> None:
    _blob(painter, 320, 392, 104, 36, "#5f6368")
    _blob(painter, 320, 392, 94, 31, "#4d5156")
    painter.setPen(QPen(QColor("#3c4044"), 4))
    for step in range(-66, 67, 22):
        painter.drawLine(320 + step - 10, 376, 320 + step + 10, 408)


def _lamp(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 226, 140, 90))
    painter.drawPolygon(
        QPolygonF([QPointF(392, 84), QPointF(444, 84), QPointF(540, 330), QPointF(330, 330)])
    )
    painter.setPen(QPen(QColor("#4a5158"), 11))
    painter.drawLine(310, 330, 310, 84)
    painter.setPen(QPen(QColor("#4a5158"), 7))
    painter.drawLine(310, 84, 402, 74)
    _box(painter, 392, 66, 52, 18, "#ffd76a")
    _box(painter, 292, 324, 36, 12, "#3a4046")


def _tree(painter: QPainter) -> None:
    _box(painter, 262, 300, 100, 22, "#7b6a4f")
    _box(painter, 300, 170, 26, 140, "#6b5237")
    chance = Random("leaves")
    for _ in range(40):
        where = 312 + chance.uniform(-100, 100), 126 + chance.uniform(-66, 66)
        _blob(painter, *where, 34, 26, chance.choice(("#5f8a4a", "#6f9a55", "#4f7f3f")))


def _road(painter: QPainter) -> None:
    _box(painter, 190, 356, 270, 58, "#606469")
    painter.setPen(QPen(QColor("#575b60"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(190, 356, 270, 58)


def _wall(painter: QPainter) -> None:
    _box(painter, 90, 110, 460, 200, "#ded7c8")
    painter.setPen(QPen(QColor("#cbc3b1"), 2))
    for y in range(150, 310, 40):
        painter.drawLine(90, y, 550, y)


def _sign(painter: QPainter) -> None:
    painter.setPen(QPen(QColor("#6b7278"), 9))
    painter.drawLine(330, 332, 330, 120)
    _box(painter, 226, 92, 208, 60, "#1f5ea8")
    _box(painter, 246, 112, 168, 7, "#eef3f8")
    _box(painter, 246, 128, 110, 7, "#eef3f8")
    painter.setPen(QPen(QColor("#e5e1d8"), 7))
    for x in range(60, 260, 34):
        painter.drawLine(x, 336, x, 288)
    painter.drawLine(56, 300, 250, 300)


def _water(painter: QPainter) -> None:
    _box(painter, 0, 320, WIDTH, 160, "#6f9fb4")
    painter.setPen(QPen(QColor("#8fb8c8"), 3))
    for y in range(336, 430, 18):
        painter.drawLine(0, y, WIDTH, y + 6)
    painter.setPen(QPen(QColor("#4b545b"), 6))
    painter.drawLine(0, 296, WIDTH, 296)
    for x in range(20, WIDTH, 64):
        painter.drawLine(x, 280, x, 322)


SCENES = {
    "garbage": ("地面洁净，箱体闭合", _garbage),
    "stall": ("店内经营，通道畅通", _stall),
    "bicycle": ("入框停放，朝向一致", _bicycles),
    "cover": ("井盖齐平，完好无响", _cover),
    "lamp": ("灯杆直立，亮灯正常", _lamp),
    "tree": ("树木完好，树池平整", _tree),
    "road": ("路面平整，无坑无物", _road),
    "wall": ("墙面洁净，无贴无画", _wall),
    "sign": ("设施直立，牌面清晰", _sign),
    "water": ("水面洁净，岸坡整洁", _water),
}


if __name__ == "__main__":
    main()

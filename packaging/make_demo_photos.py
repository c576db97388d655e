"""Draws the demo city's placeholder photos; run by hand when a scene changes.

    QT_QPA_PLATFORM=offscreen python packaging/make_demo_photos.py

Each is a simple drawn scene that says in words that it is a synthetic picture (合成示意图): nobody
may take it for a photo of a real place.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen, QPolygonF

OUT = Path(__file__).parents[1] / "resources" / "demo_city" / "photos"
WIDTH, HEIGHT = 640, 480
HORIZON = 250
FAMILY = "WenQuanYi Micro Hei"

Scene = Callable[[QPainter, Random], None]


def main() -> None:
    """Write every picture."""
    application = QGuiApplication([])
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (title, scene) in SCENES.items():
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chance = Random(name)
        _street(painter, chance)
        scene(painter, chance)
        _say(painter, title)
        painter.end()
        image.save(str(OUT / f"{name}.jpg"), quality=58)
    application.quit()


def _street(painter: QPainter, chance: Random) -> None:
    painter.fillRect(0, 0, WIDTH, HORIZON, QColor("#c9d8e2"))
    x = -20
    while x < WIDTH:
        width, height = chance.randint(70, 130), chance.randint(90, 220)
        shade = chance.choice(("#b6b2a8", "#a9aeb4", "#c2bbae", "#9fa6a3"))
        painter.fillRect(x, HORIZON - height, width, height, QColor(shade))
        for row in range(HORIZON - height + 14, HORIZON - 20, 26):
            for column in range(x + 10, x + width - 14, 24):
                painter.fillRect(column, row, 12, 14, QColor("#7f8c97"))
        x += width + chance.randint(0, 12)
    painter.fillRect(0, HORIZON, WIDTH, 90, QColor("#b9b4aa"))
    painter.setPen(QPen(QColor("#a29d93"), 1))
    for line in range(0, WIDTH + 200, 38):
        painter.drawLine(line, HORIZON, line - 120, HORIZON + 90)
    painter.fillRect(0, HORIZON + 90, WIDTH, 8, QColor("#d8d5cd"))
    painter.fillRect(0, HORIZON + 98, WIDTH, HEIGHT - HORIZON - 98, QColor("#6d7074"))
    painter.setPen(QPen(QColor("#e8e6df"), 5, Qt.PenStyle.DashLine))
    painter.drawLine(0, 430, WIDTH, 430)


def _say(painter: QPainter, title: str) -> None:
    painter.fillRect(0, HEIGHT - 46, WIDTH, 46, QColor(20, 30, 42, 190))
    painter.setPen(QColor("#f3f5f8"))
    painter.setFont(QFont(FAMILY, 17))
    painter.drawText(QPointF(16, HEIGHT - 15), f"{title} · 合成示意图")


def _blob(painter: QPainter, x: float, y: float, rx: float, ry: float, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(x, y), rx, ry)


def _box(painter: QPainter, x: float, y: float, w: float, h: float, colour: str) -> None:
    painter.fillRect(QRectF(x, y, w, h), QColor(colour))


def _garbage(painter: QPainter, chance: Random) -> None:
    _box(painter, 250, 210, 62, 96, "#3f6f4a")
    _box(painter, 246, 200, 70, 14, "#2f5638")
    for _ in range(26):
        colour = chance.choice(("#e8e2d0", "#3a3d41", "#8a6f4d", "#c9cdd1", "#5d7fa3"))
        size = chance.uniform(9, 24)
        where = chance.uniform(190, 430), chance.uniform(292, 334)
        _blob(painter, *where, size, size * 0.7, colour)


def _stall(painter: QPainter, chance: Random) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#c94f3d"))
    painter.drawPolygon(
        QPolygonF([QPointF(170, 190), QPointF(450, 190), QPointF(480, 232), QPointF(140, 232)])
    )
    for post in (160, 456):
        _box(painter, post, 230, 6, 100, "#5b5149")
    _box(painter, 160, 280, 302, 40, "#8d6b45")
    for _ in range(40):
        where = chance.uniform(172, 450), chance.uniform(264, 282)
        _blob(painter, *where, 9, 9, chance.choice(("#e2873a", "#b8322e", "#6fa03c", "#e8c64c")))


def _bicycles(painter: QPainter, chance: Random) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index in range(11):
        x, y = 90 + index * 42 + chance.uniform(-6, 6), 296 + chance.uniform(-10, 14)
        painter.setPen(QPen(QColor("#2b2f34"), 3))
        painter.drawEllipse(QPointF(x, y), 20, 20)
        painter.drawEllipse(QPointF(x + 44, y), 20, 20)
        painter.setPen(QPen(QColor(chance.choice(("#f0c23c", "#3d8fd1", "#43a35b"))), 5))
        corners = [
            (x, y),
            (x + 16, y - 26),
            (x + 38, y - 26),
            (x + 44, y),
            (x + 20, y),
            (x + 16, y - 26),
        ]
        painter.drawPolyline(QPolygonF([QPointF(*corner) for corner in corners]))


def _cover(painter: QPainter, _: Random) -> None:
    _blob(painter, 320, 392, 96, 34, "#2a2c2f")
    _blob(painter, 372, 380, 92, 32, "#54585d")
    painter.setPen(QPen(QColor("#3c4044"), 4))
    for step in range(-60, 61, 24):
        painter.drawLine(372 + step - 14, 366, 372 + step + 14, 394)
    for x in (200, 452):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#e0662f"))
        painter.drawPolygon(
            QPolygonF([QPointF(x, 330), QPointF(x - 20, 396), QPointF(x + 20, 396)])
        )
        _box(painter, x - 11, 358, 22, 12, "#f4f1ea")


def _lamp(painter: QPainter, _: Random) -> None:
    painter.setPen(QPen(QColor("#4a5158"), 11))
    painter.drawLine(300, 330, 322, 92)
    painter.setPen(QPen(QColor("#4a5158"), 7))
    painter.drawLine(322, 96, 402, 78)
    _box(painter, 392, 66, 52, 18, "#3a4046")
    painter.setPen(QPen(QColor("#22262a"), 3))
    painter.drawPolyline(QPolygonF([QPointF(0, 120), QPointF(210, 250), QPointF(640, 96)]))


def _tree(painter: QPainter, chance: Random) -> None:
    _box(painter, 300, 170, 26, 150, "#6b5237")
    for _ in range(34):
        where = 312 + chance.uniform(-110, 110), 130 + chance.uniform(-70, 70)
        _blob(painter, *where, 34, 26, chance.choice(("#5f8a4a", "#6f9a55", "#8a9a4b", "#a68a4e")))
    painter.setPen(QPen(QColor("#6b5237"), 9))
    painter.drawLine(380, 322, 520, 300)
    _blob(painter, 520, 300, 42, 20, "#7f8f4a")


def _road(painter: QPainter, chance: Random) -> None:
    _blob(painter, 330, 396, 130, 30, "#45484c")
    _blob(painter, 318, 392, 92, 20, "#33363a")
    painter.setPen(QPen(QColor("#3f4246"), 3))
    for _ in range(9):
        x, y = chance.uniform(180, 480), chance.uniform(366, 424)
        painter.drawLine(
            QPointF(x, y), QPointF(x + chance.uniform(-50, 50), y + chance.uniform(-16, 16))
        )


def _wall(painter: QPainter, chance: Random) -> None:
    _box(painter, 90, 110, 460, 200, "#d3cbbb")
    for _ in range(14):
        x, y = chance.uniform(110, 480), chance.uniform(122, 250)
        _box(painter, x, y, 52, 38, chance.choice(("#f2efe6", "#f3d9b0", "#d6e3ef", "#efc7c2")))
        for line in range(3):
            _box(painter, x + 6, y + 8 + line * 9, 38, 3, "#6a6f75")


def _sign(painter: QPainter, _: Random) -> None:
    painter.setPen(QPen(QColor("#6b7278"), 9))
    painter.drawLine(310, 330, 344, 130)
    painter.save()
    painter.translate(344, 128)
    painter.rotate(12)
    _box(painter, -104, -38, 208, 60, "#1f5ea8")
    _box(painter, -84, -18, 168, 7, "#eef3f8")
    _box(painter, -84, -2, 110, 7, "#eef3f8")
    painter.restore()
    painter.setPen(QPen(QColor("#e5e1d8"), 7))
    for x in range(60, 260, 34):
        painter.drawLine(x, 336, x + 4, 288)
    painter.drawLine(60, 300, 250, 312)


def _water(painter: QPainter, chance: Random) -> None:
    _box(painter, 0, 320, WIDTH, 160, "#6f93a3")
    painter.setPen(QPen(QColor("#86a8b6"), 3))
    for y in range(336, 430, 18):
        painter.drawLine(0, y, WIDTH, y + 6)
    for _ in range(18):
        where = chance.uniform(150, 480), chance.uniform(340, 410)
        _blob(painter, *where, 12, 5, chance.choice(("#e7e9e3", "#7f9a4c", "#c7b98d")))
    painter.setPen(QPen(QColor("#4b545b"), 6))
    painter.drawLine(0, 296, WIDTH, 296)
    for x in range(20, WIDTH, 64):
        painter.drawLine(x, 280, x, 322)


def _restored(painter: QPainter, _: Random) -> None:
    _box(painter, 470, 208, 46, 84, "#3f6f4a")
    _box(painter, 466, 200, 54, 12, "#2f5638")
    _tick(painter)


def _checked(painter: QPainter, _: Random) -> None:
    _blob(painter, 320, 392, 80, 26, "#54585d")
    _tick(painter)


def _tick(painter: QPainter) -> None:
    painter.setPen(QPen(QColor("#0f7541"), 14))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(548, 66), QPointF(572, 92), QPointF(616, 40)]))


SCENES: dict[str, tuple[str, Scene]] = {
    "garbage": ("现场：环境不洁", _garbage),
    "stall": ("现场：占道经营", _stall),
    "bicycle": ("现场：车辆乱停放", _bicycles),
    "cover": ("现场：井盖问题", _cover),
    "lamp": ("现场：立杆与线缆", _lamp),
    "tree": ("现场：绿化问题", _tree),
    "road": ("现场：路面问题", _road),
    "wall": ("现场：墙面与广告", _wall),
    "sign": ("现场：交通设施", _sign),
    "water": ("现场：水域问题", _water),
    "after": ("处置后：现场恢复", _restored),
    "check": ("核查：已处理", _checked),
}


if __name__ == "__main__":
    main()

"""A year on one page: every day in the colour of what it is; a click makes it something else."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from resources.language import tr
from ui.theme.fonts import BODY, SECONDARY, font
from ui.theme.tokens import Tokens
from ui.work_calendar.sheet import CalendarSheet, DayKind, kind_words
from ui.work_calendar.year_layout import Month, YearLayout

TINT = 38
"""How strong a day's ground is, of 255."""

SMALLEST = 9
"""Pixels of a day's number where the rows are low."""

FIRST_YEAR, LAST_YEAR = 2005, 2099
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class YearView(QWidget):
    """Twelve months of a sheet.

    Attributes:
        may_edit: whether a click changes a day.

    Signals:
        chosen(date): a day was chosen. pressed(date): a day was clicked, or Space pressed on it.
        turned(int): another year is shown.
    """

    chosen = Signal(object)
    pressed = Signal(object)
    turned = Signal(int)

    def __init__(self, theme: Tokens, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self._sheet: CalendarSheet | None = None
        self._day = today
        self.may_edit = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(480, 270))
        self.setObjectName("year-view")

    @property
    def day(self) -> date:
        """The chosen day."""
        return self._day

    @property
    def year(self) -> int:
        """The year that is shown."""
        return self._day.year

    def show_sheet(self, sheet: CalendarSheet) -> None:
        """Show the days of a sheet; called again whenever it changed."""
        self._sheet = sheet
        self.setAccessibleDescription(day_words(sheet, self._day))
        self.update()

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def choose(self, day: date) -> None:
        """Choose a day, and show its year."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return
        is_other_year, self._day = day.year != self._day.year, day
        if self._sheet is not None:
            self.setAccessibleDescription(day_words(self._sheet, day))
        if is_other_year:
            self.turned.emit(day.year)
        self.chosen.emit(day)
        self.update()

    def turn_to(self, year: int) -> None:
        """The same day of another year."""
        last = 28 if self._day.month == 2 else self._day.day
        self.choose(self._day.replace(year=min(max(year, FIRST_YEAR), LAST_YEAR), day=last))

    def layout_now(self) -> YearLayout:
        """Where everything stands."""
        return YearLayout(self.year, self.width(), self.height())

    def sizeHint(self) -> QSize:
        return QSize(900, 620)

    # -- what happens ---------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the day and, for who may, makes it what comes next."""
        day = self.layout_now().day_at(event.position())
        if day is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self.choose(day)
        if self.may_edit:
            self.pressed.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from day to day, page keys from year to year, Space is a click."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn_to(self.year + (1 if key is Qt.Key.Key_PageDown else -1))
        elif key is Qt.Key.Key_Space and self.may_edit:
            self.pressed.emit(self._day)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            day = self.layout_now().day_at(QPointF(event.pos()))
            words = "" if day is None or self._sheet is None else day_words(self._sheet, day)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # -- drawing --------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sheet is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self.layout_now()
        for month in layout.months:
            self._paint_head(painter, month)
        for day, place in layout.days():
            self._paint_day(painter, day, place.adjusted(1, 1, -1, -1))

    def _paint_head(self, painter: QPainter, month: Month) -> None:
        painter.setPen(QColor(self._theme.text))
        painter.setFont(font(BODY, bold=True))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(month.title, middle, tr("{month}月", month=month.number))
        painter.setFont(font(SECONDARY - 1))
        painter.setPen(QColor(self._theme.secondary))
        for weekday, name in enumerate("一二三四五六日"):
            painter.drawText(month.weekday(weekday), Qt.AlignmentFlag.AlignCenter, name)

    def _paint_day(self, painter: QPainter, day: date, place: QRectF) -> None:
        assert self._sheet is not None
        theme, kind = self._theme, self._sheet.kind_of(day)
        paint_ground(painter, place, kind, theme)
        if self._sheet.is_provisional(day.year):
            paint_hatch(painter, place, theme)
        is_named = kind in (DayKind.HOLIDAY, DayKind.MAKE_UP)
        size = min(SECONDARY, max(SMALLEST, int(place.height())))
        painter.setFont(font(size, bold=is_named or day == self._today))
        painter.setPen(QColor(day_colour(kind, theme)))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if is_named and place.width() >= 30 and place.height() >= 22:
            painter.setFont(font(9))
            corner = place.adjusted(0, 1, -2, 0)
            word = "休" if kind is DayKind.HOLIDAY else "班"
            painter.drawText(corner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, word)
        if self._sheet.is_changed(day):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(QPointF(place.left() + 5, place.top() + 5), 2.5, 2.5)
        if day == self._today or day == self._day:
            is_chosen = day == self._day and self.hasFocus()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            colour = theme.accent if day == self._day else theme.secondary
            painter.setPen(QPen(QColor(colour), 2 if is_chosen else 1))
            painter.drawRoundedRect(place, 3, 3)


def day_colour(kind: DayKind, theme: Tokens) -> str:
    """The colour of a day's number."""
    return {
        DayKind.WORK: theme.text,
        DayKind.WEEKEND: theme.grey,
        DayKind.HOLIDAY: theme.red,
        DayKind.MAKE_UP: theme.accent,
    }[kind]


def paint_ground(painter: QPainter, place: QRectF, kind: DayKind, theme: Tokens) -> None:
    """The ground of a day of this kind."""
    ground = QColor(day_colour(kind, theme))
    ground.setAlpha(TINT)
    if kind is DayKind.WEEKEND:
        ground = QColor(theme.raised)
    if kind is DayKind.WORK:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(place, 3, 3)


def paint_hatch(painter: QPainter, place: QRectF, theme: Tokens) -> None:
    """The hatching of a year without a notice."""
    stroke = QColor(theme.yellow)
    stroke.setAlpha(70)
    painter.fillRect(place, QBrush(stroke, Qt.BrushStyle.BDiagPattern))


def day_words(sheet: CalendarSheet, day: date) -> str:
    """What a day is, in words, with what makes it uncertain."""
    weekday = "一二三四五六日"[day.weekday()]
    words = f"{day:%Y-%m-%d} 周{weekday} · {kind_words(sheet.kind_of(day))}"
    if name := sheet.name_of(day):
        words += f" · {name}"
    if sheet.is_provisional(day.year):
        words += f" · {provisional_words()}"
    return words


def provisional_words() -> str:
    """What a year is that has no holiday notice."""
    return tr("provisional (no holiday notice)")

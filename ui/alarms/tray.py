"""The tray under the alarm button: open beside the work, never in its way, never asking."""

from collections import Counter

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from resources.language import tr
from ui.alarms.alarm_list import ALARM_ROLE, AlarmDelegate, AlarmModel, AlarmView
from ui.alarms.feed import AlarmFeed
from ui.alarms.words import ICONS, kind_colour, kind_name
from ui.session import DeskSession
from ui.theme.icons import icon
from ui.theme.tokens import Tokens
from workflow.alarms import Alarm, AlarmKind

ORIGIN = "alarms"
WIDTH, HEIGHT = 400, 520
KINDS = (
    AlarmKind.OVERDUE,
    AlarmKind.SOON,
    AlarmKind.URGENT,
    AlarmKind.RETURNED,
    AlarmKind.SUPERVISED,
)


class AlarmTray(QFrame):
    """A part of the window, not a window: it stays open until it is put away.

    Signals:
        put_away: it was closed.
    """

    put_away = Signal()

    def __init__(self, feed: AlarmFeed, session: DeskSession, window: QWidget) -> None:
        super().__init__(window)
        self._feed, self._session, self._window = feed, session, window
        self._wanted: AlarmKind | None = None
        self._came_from: QWidget | None = None
        self.setObjectName("alarm-tray")
        self.setProperty("panel", "true")
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._all = _link(tr("Acknowledge all"), "alarms-all", self)
        self._close = _link("", "alarms-close", self)
        self._chips = {kind: self._chip(kind) for kind in KINDS}
        self._model = AlarmModel(self)
        self.view = AlarmView(self)
        self.view.setModel(self._model)
        self._delegate = AlarmDelegate(session.theme, session.now, self)
        self.view.setItemDelegate(self._delegate)
        self._nothing = QLabel(tr("Nothing to be told. What is new comes here by itself."), self)
        self._nothing.setProperty("role", "secondary")
        self._nothing.setWordWrap(True)
        self._more = QLabel(self)
        self._more.setProperty("role", "secondary")
        self._lay_out()
        self._connect()
        self.set_theme(session.theme)
        self.hide()

    def toggle(self, below: QWidget) -> None:
        """Open under a button, or put away again."""
        if self.isVisible():
            self.leave()
            return
        window = self._window
        self._came_from = window.focusWidget()
        height = min(HEIGHT, window.height() - below.height() - 60)
        self.setFixedSize(WIDTH, height)
        corner = below.mapTo(window, QPoint(below.width() - WIDTH, below.height() + 6))
        self.move(max(8, min(corner.x(), self._left_of_the_form())), corner.y())
        self._show()
        self.show()
        self.raise_()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left_of_the_form(self) -> int:
        """The tray's left edge at which it does not lie over the case that is worked on."""
        form = self._window.findChild(QWidget, "case-panel")
        if form is None or not form.isVisible():
            return self._window.width()
        return form.mapTo(self._window, QPoint(0, 0)).x() - WIDTH - 12

    @Slot()
    def leave(self) -> None:
        """Put away; the keyboard goes back to where it was."""
        had_keyboard = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        if had_keyboard and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.put_away.emit()

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._delegate.theme = theme
        self._close.setIcon(icon("close", theme.secondary, 16))
        for kind, chip in self._chips.items():
            chip.setIcon(icon(ICONS[kind], kind_colour(kind, theme), 14))
        self.view.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """What came while the mouse was over the list takes its place now."""
        super().leaveEvent(event)
        self._show()

    def _chip(self, kind: AlarmKind) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"alarm-kind-{kind.value}")
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(QSize(14, 14))
        chip.setToolTip(kind_name(kind))
        chip.clicked.connect(lambda: self._choose(kind))
        return chip

    def _lay_out(self) -> None:
        head, chips = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._all)
        head.addWidget(self._close)
        chips.setSpacing(6)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(self._more)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        self._feed.changed.connect(self._on_changed)
        self._session.theme_changed.connect(self.set_theme)
        self._all.clicked.connect(self._on_all)
        self._close.clicked.connect(self.leave)
        self.view.opened.connect(self._on_opened)
        self.view.seen.connect(self._on_seen)
        self.view.left.connect(self.leave)

    @property
    def _chosen(self) -> tuple[Alarm, ...]:
        alarms = self._feed.alarms
        return tuple(one for one in alarms if self._wanted in (None, one.kind))

    def _choose(self, kind: AlarmKind) -> None:
        self._wanted = None if self._wanted is kind else kind
        self._show()

    @Slot()
    def _on_changed(self) -> None:
        """Rows do not move under the mouse: news wait until it has left, and say how many."""
        if self.isHidden():
            return
        known = {alarm.key for alarm in self._model.alarms}
        news = [alarm for alarm in self._chosen if alarm.key not in known]
        if news and self._model.alarms and self.view.underMouse():
            self._more.setText(
                tr("{n} new; they come when the mouse has left the list", n=len(news))
            )
            self._more.show()
            self._count()
        else:
            self._show()

    def _show(self) -> None:
        self._count()
        self._more.hide()
        self._model.show(self._chosen)
        is_empty = not self._model.alarms
        self._nothing.setVisible(is_empty)
        had_keyboard = self._all.hasFocus() or self.view.hasFocus()
        self._all.setVisible(not is_empty)
        self.view.setVisible(not is_empty)
        if had_keyboard and is_empty:
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        counts = Counter(alarm.kind for alarm in self._feed.alarms)
        self._title.setText(tr("Alarms {n}", n=counts.total()))
        if self._wanted is not None and not counts[self._wanted]:
            self._wanted = None
        for kind, chip in self._chips.items():
            chip.setText(f"{kind_name(kind)} {counts[kind]}")
            chip.setVisible(bool(counts[kind]))
            chip.setChecked(kind is self._wanted)

    @Slot()
    def _on_all(self) -> None:
        self._feed.acknowledge(self._chosen)
        self._show()

    @Slot(object)
    def _on_opened(self, alarm: Alarm) -> None:
        self._session.selection.select(alarm.case_id, ORIGIN)

    @Slot(object)
    def _on_seen(self, alarm: Alarm) -> None:
        row = self.view.currentIndex().row()
        self._feed.acknowledge([alarm])
        self._show()
        if self._model.alarms:
            below = self._model.index(min(max(row, 0), len(self._model.alarms) - 1), 0)
            self.view.setCurrentIndex(below)
            assert below.data(ALARM_ROLE) is not None


def _link(text: str, name: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setObjectName(name)
    button.setProperty("role", "link")
    return button

"""Hands for a desk that nobody sits at: they press, type and wait as a person does."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from workflow.errors import WanmiError

PATIENCE_MS = 30_000
_STEP_MS = 10


class TourStuck(WanmiError):
    """The desk did not come to where the tour expected it."""


def came_true(condition: Callable[[], bool], patience_ms: int = PATIENCE_MS) -> bool:
    """Let the windows work until a condition holds, or patience ends."""
    deadline = QDeadlineTimer(patience_ms)
    while not condition():
        if deadline.hasExpired():
            return False
        # Not QTest.qWait: it keeps Python's lock, and the record's thread gets nothing done.
        loop = QEventLoop()
        QTimer.singleShot(_STEP_MS, loop.quit)
        loop.exec()
    return True


class Hands:
    """Works the widgets of one window by their object names.

    Args:
        window: widgets are looked for below it.
        said: what the desk said last, for the sentence that tells why the tour is stuck.
        failed: what makes all waiting vain, as a sentence; empty while there is hope.
        patience_ms: how long anything may take before the tour is called stuck.
    """

    def __init__(
        self,
        window: QWidget,
        said: Callable[[], str],
        failed: Callable[[], str],
        patience_ms: int = PATIENCE_MS,
    ) -> None:
        self._window = window
        self._said = said
        self._failed = failed
        self._patience_ms = patience_ms

    def wait(self, for_what: str, until: Callable[[], bool]) -> None:
        """Let the desk work until a condition holds. Raises TourStuck."""
        is_true = came_true(lambda: until() or bool(self._failed()), self._patience_ms)
        if why := self._failed():
            raise TourStuck("The tour stopped: {why}", why=why)
        if not is_true:
            raise TourStuck(
                "The tour stopped: {what} did not come within {seconds} s. The desk said last: "
                "“{said}” Run `./wanmi doctor`; if all is well there, report this as a fault.",
                what=for_what,
                seconds=self._patience_ms // 1000,
                said=self._said() or "—",
            )

    def sees(self, name: str) -> QWidget | None:
        """The visible widget of that name."""
        for widget in self._window.findChildren(QWidget, name):
            if widget.isVisible():
                return widget
        return None

    def press(self, name: str) -> None:
        """Click a widget once it is there, in its place, and takes clicks."""
        widget = self._when(name, _is_in_reach)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press_first(self, prefix: str, passed_over: int = 0) -> str:
        """Click the topmost visible widget whose name begins so; answers its name.

        Args:
            passed_over: how many to leave alone from the top.
        """

        def are_in_place() -> bool:
            tops = [_top(widget) for widget in self._beginning(prefix)]
            return len(tops) > passed_over and len(set(tops)) == len(tops)

        self.wait(prefix, are_in_place)
        name = self._beginning(prefix)[passed_over].objectName()
        self.press(name)
        return name

    def write(self, name: str, words: str) -> None:
        """Commit words into a field as an input method does."""
        field = self._when(name, lambda found: found.isEnabled())
        _bring_into_view(field)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(field, event)

    def click_at(self, widget: QWidget, at: QPointF) -> None:
        """Click a point of a widget, such as a place on the map."""
        point = QPoint(round(at.x()), round(at.y()))
        QTest.mouseMove(widget, point)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def _when(self, name: str, ready: Callable[[QWidget], bool]) -> QWidget:
        """The visible widget of that name, once it is ready."""
        found: list[QWidget] = []

        def is_there() -> bool:
            widget = self.sees(name)
            if widget is not None and ready(widget):
                found.append(widget)
            return bool(found)

        self.wait(name, is_there)
        return found[-1]

    def _beginning(self, prefix: str) -> list[QWidget]:
        found = [
            widget
            for widget in self._window.findChildren(QWidget)
            if widget.objectName().startswith(prefix) and widget.isVisible()
        ]
        return sorted(found, key=_top)


def _top(widget: QWidget) -> int:
    return widget.mapToGlobal(QPoint(0, 0)).y()


def _is_in_reach(widget: QWidget) -> bool:
    """Whether a click would meet it: what was just made has no place yet, and loses the click."""
    _bring_into_view(widget)
    return widget.isEnabled() and not widget.visibleRegion().isEmpty()


def _bring_into_view(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()

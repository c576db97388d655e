"""All that can be done at a desk, in one table: menus, shortcuts, buttons come from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from resources.language import tr
from ui.session import DeskSession


class ActionId(StrEnum):
    """The actions by name."""

    SEARCH = "search"
    NEW_REPORT = "new_report"
    NEXT_BOX = "next_box"
    PREVIOUS_BOX = "previous_box"
    SCORES = "scores"
    RULES = "rules"
    OVERDUE = "overdue"
    SOON = "soon"
    ALARMS = "alarms"
    FOCUS_QUEUE = "focus_queue"
    FOCUS_MAP = "focus_map"
    FOCUS_CASE = "focus_case"
    DEADLINE = "deadline"
    PHOTOS = "photos"
    PRINT = "print"
    LOCATE = "locate"
    WHOLE_CITY = "whole_city"
    SWITCH_SEAT = "switch_seat"
    SWITCH_THEME = "switch_theme"
    NOTICES = "notices"
    REFRESH = "refresh"
    LEAVE = "leave"
    CLOSE_DESK = "close_desk"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    Attributes:
        keys: shortcuts in Qt's spelling; the first one is shown.
        needs_case: only while a case is chosen.
    """

    id: ActionId
    text: str
    keys: tuple[str, ...] = ()
    needs_case: bool = False


def desk_actions() -> tuple[Action, ...]:
    """The table, in the language in force."""
    return (
        Action(ActionId.SEARCH, tr("Search all cases"), ("Ctrl+K", "Ctrl+F")),
        Action(ActionId.NEW_REPORT, tr("New report"), ("Ctrl+N",)),
        Action(ActionId.NEXT_BOX, tr("Next box"), ("Ctrl+Down", "Ctrl+PgDown")),
        Action(ActionId.PREVIOUS_BOX, tr("Previous box"), ("Ctrl+Up", "Ctrl+PgUp")),
        Action(ActionId.SCORES, tr("Scores of departments"), ("Ctrl+E",)),
        Action(ActionId.RULES, tr("Rules of the city"), ("Ctrl+R",)),
        Action(ActionId.OVERDUE, tr("Show overdue cases"), ("Ctrl+1",)),
        Action(ActionId.SOON, tr("Show cases soon due"), ("Ctrl+2",)),
        Action(ActionId.ALARMS, tr("Alarms of this seat"), ("Ctrl+3",)),
        Action(ActionId.FOCUS_QUEUE, tr("Go to the queue"), ("F6", "Ctrl+L")),
        Action(ActionId.FOCUS_MAP, tr("Go to the map"), ("F7",)),
        Action(ActionId.FOCUS_CASE, tr("Go to the case"), ("F8",)),
        Action(ActionId.DEADLINE, tr("Explain the deadline"), ("F4", "?"), needs_case=True),
        Action(ActionId.PHOTOS, tr("Compare the photos of the case"), ("F9",), needs_case=True),
        Action(ActionId.PRINT, tr("Print the case"), ("Ctrl+P",), needs_case=True),
        Action(ActionId.LOCATE, tr("Show the case on the map"), ("Ctrl+M",), needs_case=True),
        Action(ActionId.WHOLE_CITY, tr("Whole city"), ("Ctrl+0",)),
        Action(ActionId.SWITCH_SEAT, tr("Switch the seat"), ("Ctrl+U",)),
        Action(ActionId.SWITCH_THEME, tr("Light or dark"), ("Ctrl+T",)),
        Action(ActionId.NOTICES, tr("What was said so far"), ("Ctrl+J",)),
        Action(ActionId.REFRESH, tr("Read everything again"), ("F5",)),
        Action(ActionId.LEAVE, tr("Leave what is open"), ("Escape",)),
        Action(ActionId.CLOSE_DESK, tr("Close the desk"), ("Ctrl+Q",)),
    )


class ActionTable(QObject):
    """The table as Qt actions on one window, each bound to what it does.

    Args:
        window: whose shortcuts they are.
        doings: what each action does; an action without one is not offered.
    """

    def __init__(
        self,
        window: QWidget,
        session: DeskSession,
        doings: Mapping[ActionId, Callable[[], object]],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._actions: dict[ActionId, tuple[Action, QAction]] = {}
        for action in desk_actions():
            if action.id in doings:
                self._actions[action.id] = (action, self._made(window, action, doings[action.id]))
        session.selection.changed.connect(self._allow)
        session.ready.connect(self._allow)
        session.seat_changed.connect(self._allow)
        self._allow()

    def __getitem__(self, action_id: ActionId) -> QAction:
        """The Qt action."""
        return self._actions[action_id][1]

    def _made(self, window: QWidget, action: Action, doing: Callable[[], object]) -> QAction:
        made = QAction(action.text, self)
        made.setObjectName(action.id.value)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.triggered.connect(doing)
        window.addAction(made)
        return made

    def _allow(self) -> None:
        has_case = self._session.selection.case_id is not None
        for action, made in self._actions.values():
            made.setEnabled(self._session.is_ready and (has_case or not action.needs_case))


def with_keys(action: QAction) -> str:
    """The action's name with its key, for hints."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{action.text()}  {keys}" if keys else action.text()

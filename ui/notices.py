"""Quiet notices: sentences for the operator that never interrupt; the window shows them."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from resources import profile
from resources.language import tr
from workflow.errors import WanmiError
from workflow.posts import Post
from workflow.states import State

KEPT = 200


class Level(StrEnum):
    """How much a notice matters; colour and mark follow from it."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence. A later notice with the same non-empty `key` takes its place."""

    text: str
    level: Level
    at: datetime
    key: str = ""


class Notices(QObject):
    """The notices of this desk, newest last.

    Signals:
        posted(Notice): a new one, or one that replaces an older.
        withdrawn(key): what it said holds no longer.
    """

    posted = Signal(object)
    withdrawn = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._kept: deque[Notice] = deque(maxlen=KEPT)

    @property
    def kept(self) -> tuple[Notice, ...]:
        """The last notices, oldest first."""
        return tuple(self._kept)

    def post(self, text: str, level: Level = Level.INFO, key: str = "") -> None:
        """Say a sentence."""
        notice = Notice(text, level, self._now(), key)
        self._drop(key)
        self._kept.append(notice)
        self.posted.emit(notice)

    def refuse(self, error: WanmiError, key: str = "") -> None:
        """Say why something could not be done."""
        self.post(sentence(error), Level.WARNING, key)

    def withdraw(self, key: str) -> None:
        """Take back what was said under a key."""
        if self._drop(key):
            self.withdrawn.emit(key)

    def _drop(self, key: str) -> bool:
        stale = [notice for notice in self._kept if key and notice.key == key]
        for notice in stale:
            self._kept.remove(notice)
        return bool(stale)


def sentence(error: WanmiError) -> str:
    """The refusal in the operator's language; states and posts by their names in the profile."""
    values = {
        key: profile.name_of(value) if isinstance(value, State | Post) else value
        for key, value in error.values.items()
    }
    return tr(error.template, **values)

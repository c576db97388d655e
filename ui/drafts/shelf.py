"""The shelf of drafts: what is half-written stands here until the record has taken it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from resources.reasons import reason
from ui.drafts.folder import DraftFolder
from ui.drafts.writer import DraftWriter


class DraftShelf(QObject):
    """Drafts by key, on the disk within a moment of each change.

    Files are read once when the shelf is made (they are few and small) and written by a thread, so
    that no keystroke waits for a disk. Values are JSON: see `ui.drafts.plain`.

    Args:
        folder: where the files are; None keeps drafts only as long as the desk runs.

    Attributes:
        damaged: names of the files that could not be read and were put aside.
        unreadable: why the folder could not be read; empty where it could.

    Signals:
        troubled(why): from now on nothing can be kept on the disk.
        relieved: it can again, and everything is.
        put_away(name): a draft that cannot be used was put aside under this name.
    """

    troubled = Signal(str)
    relieved = Signal()
    put_away = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: dict[str, Mapping[str, Any]] = {}
        self._folder = DraftFolder(folder) if folder else None
        self._writer: DraftWriter | None = None
        self.damaged: tuple[str, ...] = ()
        self.unreadable = ""
        if self._folder is not None:
            self._read(self._folder)
            self._writer = DraftWriter(self._folder, self._on_told)
            self._writer.start()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all drafts."""
        return tuple(sorted(self._drafts))

    @property
    def is_idle(self) -> bool:
        """Whether everything is on the disk."""
        return self._writer is None or self._writer.is_idle

    def keep(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep these values under a key (small letters, digits, "-"); they are not changed later.

        On the disk within a second, however fast one types.
        """
        if self._drafts.get(key) == values:
            return
        self._drafts[key] = values
        if self._writer is not None:
            self._writer.give(key, values)

    def take(self, key: str) -> Mapping[str, Any] | None:
        """What is kept under a key; it stays on the shelf until it is dropped."""
        return self._drafts.get(key)

    def drop(self, key: str) -> None:
        """Throw a draft away: the record has what was in it, or nobody wants it."""
        if self._drafts.pop(key, None) is not None and self._writer is not None:
            self._writer.give(key, None)

    def put_aside(self, key: str) -> None:
        """Take a draft off the shelf that cannot be used; its file stays under another name."""
        if self._drafts.pop(key, None) is not None and self._folder is not None:
            try:
                self.put_away.emit(self._folder.put_aside(key))
            except OSError as error:
                self.troubled.emit(reason(error))

    def close(self) -> None:
        """Write what still waits."""
        if self._writer is not None:
            self._writer.finish()

    def _read(self, folder: DraftFolder) -> None:
        try:
            found = folder.read()
        except OSError as error:
            self.unreadable = reason(error)
            return
        self._drafts.update(found.drafts)
        self.damaged = tuple(found.damaged)

    def _on_told(self, error: OSError | None) -> None:
        """On the writer's thread: signals bring it over."""
        if error is None:
            self.relieved.emit()
        else:
            self.troubled.emit(reason(error))

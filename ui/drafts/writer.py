"""The thread that writes drafts: the first at once, then at most every so often, never late.

Whoever types on and on is saved all the same: the pause is counted from the last writing, not from
the last key.
"""

import threading
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from ui.drafts.folder import DraftFolder

PAUSE_SECONDS = 0.25
RETRY_SECONDS = 2.0

Values = Mapping[str, Any] | None
"""What to keep under a key; None throws the draft away."""


class DraftWriter(threading.Thread):
    """Writes what it is given, the newest of each key, in the order of their keys' first giving.

    Args:
        folder: where to.
        told: called on this thread with the error when writing begins to fail, and with None when
            it succeeds again.
    """

    def __init__(self, folder: DraftFolder, told: Callable[[OSError | None], None]) -> None:
        super().__init__(name="drafts", daemon=True)
        self._folder, self._told = folder, told
        self._wake = threading.Condition()
        self._waiting: dict[str, Values] = {}
        self._is_writing = self._is_ending = self._is_failing = False
        self._not_before = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether all that was given is on the disk."""
        with self._wake:
            return not self._waiting and not self._is_writing

    def give(self, key: str, values: Values) -> None:
        """Write this soon; what was given for the key before is no longer wanted."""
        with self._wake:
            self._waiting[key] = values
            if values is None:
                self._not_before = 0.0  # a draft whose case is in the record must not come again
            self._wake.notify()

    def finish(self) -> None:
        """Write what waits, then end."""
        with self._wake:
            self._is_ending = True
            self._wake.notify()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Write until told to end."""
        while batch := self._take():
            failed = self._write(batch)
            with self._wake:
                self._is_writing = False
                self._not_before = monotonic() + (RETRY_SECONDS if failed else PAUSE_SECONDS)
                if not self._is_ending:
                    self._waiting = failed | self._waiting

    def _take(self) -> dict[str, Values]:
        """What is to be written now; empty when it is time to end."""
        with self._wake:
            while not self._is_ending:
                pause = self._not_before - monotonic()
                if self._waiting and pause <= 0:
                    break
                self._wake.wait(pause if self._waiting else None)
            batch, self._waiting = self._waiting, {}
            self._is_writing = bool(batch)
            return batch

    def _write(self, batch: dict[str, Values]) -> dict[str, Values]:
        """Write all of it; answers what could not be."""
        failed: dict[str, Values] = {}
        why: OSError | None = None
        for key, values in batch.items():
            try:
                if values is None:
                    self._folder.remove(key)
                else:
                    self._folder.write(key, values)
            except OSError as error:
                failed[key], why = values, error
        if bool(failed) != self._is_failing:
            self._is_failing = bool(failed)
            self._told(why)
        return failed

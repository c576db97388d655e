"""The folder that one window and its engine share: socket, frames, QGIS's throw-away profile."""

import os
import shutil
import tempfile
from pathlib import Path

LONGEST_RUNTIME_PATH = 80
"""Bytes. A Unix socket's address holds 107 on Linux, and our folder and its name come on top."""


class OwnFolder:
    """A folder that only this user may enter, gone with the window.

    Args:
        runtime: where it is made; where that path is too long for a socket, with the machine's
            temporary files.
    """

    def __init__(self, runtime: Path) -> None:
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_long = len(os.fsencode(runtime)) > LONGEST_RUNTIME_PATH
        self._folder = tempfile.TemporaryDirectory(
            prefix="wanmi-map-" if is_long else "map-", dir=None if is_long else runtime
        )
        self.path = Path(self._folder.name)

    def sweep(self) -> None:
        """Remove what a killed engine left behind."""
        for path in self.path.iterdir():
            if path.name.startswith("frames-"):
                path.unlink(missing_ok=True)
            elif path.name.startswith("profile-"):
                shutil.rmtree(path, ignore_errors=True)

    def remove(self) -> None:
        """Take it away with all that is in it."""
        self._folder.cleanup()

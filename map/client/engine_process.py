"""Starts the engine's process, listens to what it says, and tells when and how it ended."""

import logging
import os
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from map.client.environment import as_process_environment, engine_environment

ROOT = Path(__file__).parents[2]
"""Where the package ``map`` lies; the engine is started there."""

PYTHON = "/usr/bin/python3"
"""The interpreter that the distribution's QGIS belongs to."""

EXIT_NO_QGIS = 3
EXIT_OLD_QGIS = 4
"""Exit codes of ``map.engine`` that a restart cannot mend."""

NOT_STARTED = -1
KILLED = -2

STOP_MILLISECONDS = 2_000

log = logging.getLogger("map.engine")


class EngineProcess(QObject):
    """One engine process at a time."""

    ended = Signal(int)
    """The process is gone without having been asked: its exit code, `NOT_STARTED` or `KILLED`."""

    def __init__(self, python: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._python = python
        self._wanted = False
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(ROOT))
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.readyReadStandardError.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    @property
    def pid(self) -> int:
        """The process's id, 0 while there is none."""
        return int(self._process.processId())

    def start(self, socket: str, runtime: Path) -> None:
        """Start the engine; it connects to ``socket`` and keeps its files in ``runtime``."""
        self._wanted = True
        variables = engine_environment(os.environ, runtime)
        self._process.setProcessEnvironment(as_process_environment(variables))
        arguments = ["-m", "map.engine", "--socket", socket, "--runtime", str(runtime)]
        self._process.start(self._python, arguments)

    def kill(self) -> None:
        """End the process at once; `ended` follows."""
        self._process.kill()

    def stop(self, *, at_once: bool = False) -> None:
        """Wait for the engine, whose socket was closed, to leave; kill it if it does not.

        Args:
            at_once: it is known not to leave.
        """
        self._wanted = False
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        if at_once or not self._process.waitForFinished(STOP_MILLISECONDS):
            self._process.kill()
            self._process.waitForFinished(STOP_MILLISECONDS)

    @Slot()
    def _on_said(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in text.splitlines():
            log.info("%s", line)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._wanted:
            self._wanted = False
            self.ended.emit(KILLED if status == QProcess.ExitStatus.CrashExit else code)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        # A crash also arrives as `finished`; only a failed start does not.
        if self._wanted and error == QProcess.ProcessError.FailedToStart:
            self._wanted = False
            self.ended.emit(NOT_STARTED)

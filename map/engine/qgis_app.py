"""Starts and ends QGIS in this process, and passes on what it has to say as lines on stderr."""

import gc
import sys
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QtMsgType, qInstallMessageHandler

OLDEST_QGIS = 32200
CONNECT_SECONDS = 5

# Said by every offscreen Qt and by QGIS's headless start; true, and of no use to anyone.
_NOISE = (
    "This plugin does not support propagateSizeHints",
    "Application path not initialized",
    "QSslSocket",
)


def say(topic: str, text: str) -> None:
    """Write one line per line of ``text`` to stderr, where the window collects it."""
    for line in text.splitlines():
        sys.stderr.write(f"{topic}: {line}\n")
    sys.stderr.flush()


def start(profile: Path) -> QgsApplication:
    """Start QGIS with a throw-away profile; keep the result alive."""
    qInstallMessageHandler(_on_qt_message)
    application = QgsApplication([], True, str(profile))
    application.setQuitOnLastWindowClosed(False)
    _write_settings()
    application.initQgis()
    application.messageLog().messageReceived.connect(_on_qgis_message)
    return application


def stop(application: QgsApplication) -> None:
    """End QGIS. What Python still holds of it must go first, or its destructors meet no one."""
    gc.collect()
    application.exitQgis()


def version() -> str:
    """QGIS's own name for its version, like 3.40.6-Bratislava."""
    return str(Qgis.QGIS_VERSION)


def is_too_old() -> bool:
    """Whether this QGIS lacks what the engine needs."""
    return bool(Qgis.QGIS_VERSION_INT < OLDEST_QGIS)


def _write_settings() -> None:
    settings = QgsSettings()
    # An unreachable server must be given up soon: layers are opened one after the other.
    settings.setValue("PostgreSQL/default_timeout", CONNECT_SECONDS)
    # Opening a GeoPackage would otherwise turn the file to WAL and so change it.
    settings.setValue("qgis/walForSqlite3", False)
    settings.setValue("qgis/parallel_rendering", True)


def _on_qt_message(kind: QtMsgType, _context: object, text: str) -> None:
    if not any(noise in text for noise in _NOISE):
        say("qt", text)


def _on_qgis_message(text: str, tag: str, _level: Qgis.MessageLevel) -> None:
    say(f"qgis {tag}".strip(), text)

"""The parts in the window's own process: interpreter, SQLite, SpatiaLite, PySide6."""

import importlib
import os
import platform
import sqlite3
import sys
from collections.abc import Callable

from app.doctor.finding import Finding, Mark
from resources.language import tr

OLDEST_PYTHON = (3, 11)
BROKEN_PYSIDE = "6.12.0"
"""Loses a reference to None at every void call on Python 3.10 and 3.11; aborts after some 5,000."""


def check_interpreter(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Python 3.11 or newer."""
    part = tr("Interpreter")
    words = ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        return Finding(
            Mark.BAD,
            part,
            tr("Python {version} is older than 3.11.", version=words),
            tr("Use Debian 12 or newer."),
        )
    where = os.path.realpath(sys.executable)
    return Finding(Mark.GOOD, part, tr("Python {version}, {where}", version=words, where=where))


def check_sqlite_extensions(connection_type: type = sqlite3.Connection) -> Finding:
    """Whether this Python's sqlite3 was built to load extensions; many self-built ones were not."""
    part = tr("SQLite")
    if not hasattr(connection_type, "enable_load_extension"):
        return Finding(
            Mark.BAD,
            part,
            tr("The sqlite3 of this Python cannot load extensions, so SpatiaLite stays out."),
            tr("Remove the folder .venv and start ./wanmi again: it uses the Python of Debian."),
        )
    version = sqlite3.sqlite_version
    return Finding(Mark.GOOD, part, tr("{version}, loads extensions", version=version))


def load_spatialite() -> str:
    """The version of SpatiaLite, loaded into a database in memory.

    Raises:
        AttributeError: this Python's sqlite3 cannot load extensions.
        sqlite3.OperationalError: SpatiaLite is not there, or does not load.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.enable_load_extension(True)
        connection.load_extension("mod_spatialite")
        (version,) = connection.execute("SELECT spatialite_version()").fetchone()
    finally:
        connection.close()
    return str(version)


def check_spatialite(load: Callable[[], str] = load_spatialite) -> Finding:
    """Whether the embedded database can do geometry."""
    part = tr("SpatiaLite")
    try:
        version = load()
    except (AttributeError, sqlite3.OperationalError) as error:
        return Finding(
            Mark.BAD,
            part,
            tr("SpatiaLite does not load: {reason}.", reason=error),
            tr("Install the package {package}.", package="libsqlite3-mod-spatialite"),
        )
    return Finding(Mark.GOOD, part, version)


def import_pyside() -> str:
    """The version of PySide6, with the modules of the windows loaded.

    Raises:
        ImportError: PySide6 or a library that it links to is missing.
    """
    importlib.import_module("PySide6.QtWidgets")
    return str(importlib.import_module("PySide6").__version__)


def check_pyside(
    load: Callable[[], str] = import_pyside, python: str = platform.python_version()
) -> Finding:
    """Whether the windows' Qt loads, and is not the release that aborts."""
    part = tr("PySide6")
    try:
        version = load()
    except ImportError as error:
        return Finding(
            Mark.BAD,
            part,
            tr("PySide6 does not load: {reason}.", reason=error),
            tr("Remove the folder .venv and start ./wanmi again."),
        )
    if version == BROKEN_PYSIDE and python.startswith(("3.10.", "3.11.")):
        return Finding(
            Mark.BAD,
            part,
            tr("PySide6 {version} aborts under Python {python}.", version=version, python=python),
            tr("Remove the folder .venv and start ./wanmi again."),
        )
    return Finding(Mark.GOOD, part, version)

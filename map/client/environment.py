"""The environment the engine starts with: an explicit list of variables, nothing else.

QGIS lives in the distribution's interpreter with its own Qt. The window's ``PYTHONPATH``,
``VIRTUAL_ENV``, ``LD_LIBRARY_PATH`` or ``QT_*`` would lead it astray.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QProcessEnvironment

KEPT = (
    "HOME",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LOGNAME",
    "PATH",
    "PGPASSFILE",
    "PGSERVICE",
    "PGSERVICEFILE",
    "PGSSLCERT",
    "PGSSLKEY",
    "PGSSLMODE",
    "PGSSLROOTCERT",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "TMPDIR",
    "TZ",
    "USER",
)


def engine_environment(ours: Mapping[str, str], runtime: Path) -> dict[str, str]:
    """What of our variables the engine gets, and what is set for it."""
    kept = {name: ours[name] for name in KEPT if name in ours}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        # Scales and symbol sizes are reckoned at 96 dots an inch; offscreen Qt says 100.
        "QT_FONT_DPI": "96",
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONUNBUFFERED": "1",
    }


def as_process_environment(variables: Mapping[str, str]) -> QProcessEnvironment:
    """The same for QProcess."""
    environment = QProcessEnvironment()
    for name, value in variables.items():
        environment.insert(name, value)
    return environment

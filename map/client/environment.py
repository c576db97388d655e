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


ALLOCATION = {
    # Every picture takes some fifty megabytes of layer images and gives them back. By default
    # glibc returns them to the kernel each time, and a tenth of the drawing time goes into
    # clearing the same pages again; so it keeps them, and takes them in large pages.
    "MALLOC_MMAP_THRESHOLD_": str(32 * 1024 * 1024),
    "MALLOC_TRIM_THRESHOLD_": str(128 * 1024 * 1024),
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


def engine_environment(ours: Mapping[str, str], runtime: Path) -> dict[str, str]:
    """What of our variables the engine gets, and what is set for it."""
    kept = {name: ours[name] for name in KEPT if name in ours}
    return (
        kept
        | ALLOCATION
        | {
            "QT_QPA_PLATFORM": "offscreen",
            # Scales and symbol sizes are reckoned at 96 dots an inch; offscreen Qt says 100.
            "QT_FONT_DPI": "96",
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONUNBUFFERED": "1",
        }
    )


def as_process_environment(variables: Mapping[str, str]) -> QProcessEnvironment:
    """The same for QProcess."""
    environment = QProcessEnvironment()
    for name, value in variables.items():
        environment.insert(name, value)
    return environment

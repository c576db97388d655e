"""The map engine's part: QGIS in the distribution's interpreter, asked in a process of its own."""

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from app.doctor.finding import Finding, Mark
from resources.language import tr

INTERPRETER = "/usr/bin/python3"
OLDEST = 32200
"""3.22, as QGIS counts its versions."""
PATIENCE_S = 60
KEPT_VARIABLES = ("HOME", "PATH", "LANG", "LC_ALL", "TMPDIR")
"""The window's own paths to Python and Qt must not reach the interpreter of QGIS."""

QUESTION = """
import json
from qgis.core import Qgis, QgsApplication, QgsProviderRegistry
from qgis.PyQt.QtCore import QT_VERSION_STR
app = QgsApplication([], False)
app.initQgis()
print(json.dumps({
    "version": Qgis.QGIS_VERSION,
    "number": Qgis.QGIS_VERSION_INT,
    "qt": QT_VERSION_STR,
    "providers": QgsProviderRegistry.instance().providerList(),
}))
app.exitQgis()
"""


class QgisSilent(Exception):
    """QGIS did not answer; the text is the last line it said."""


@dataclass(frozen=True)
class Qgis:
    """What QGIS says of itself."""

    version: str
    number: int
    qt: str
    providers: tuple[str, ...]


def ask_qgis(interpreter: str = INTERPRETER) -> Qgis:
    """Start the interpreter of QGIS and ask.

    Raises:
        QgisSilent: there is no such interpreter, no QGIS in it, or no answer in a minute.
    """
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    try:
        answer = subprocess.run(
            [interpreter, "-c", QUESTION],
            env=environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        said = json.loads(answer.stdout.splitlines()[-1])
    except subprocess.CalledProcessError as error:
        raise QgisSilent((error.stderr.strip() or str(error)).splitlines()[-1]) from error
    except (OSError, subprocess.TimeoutExpired, IndexError, ValueError) as error:
        raise QgisSilent(str(error)) from error
    return Qgis(said["version"], said["number"], said["qt"], tuple(said["providers"]))


def check_qgis(ask: Callable[[], Qgis] = ask_qgis) -> Finding:
    """QGIS 3.22 or newer, able to read SpatiaLite."""
    part = tr("QGIS")
    try:
        qgis = ask()
    except QgisSilent as error:
        return Finding(
            Mark.BAD,
            part,
            tr("QGIS does not start: {reason}.", reason=error),
            tr("Install the package {package}.", package="python3-qgis"),
        )
    if qgis.number < OLDEST:
        return Finding(
            Mark.BAD,
            part,
            tr("QGIS {version} is older than 3.22.", version=qgis.version),
            tr("Use Debian 12 or newer."),
        )
    if "spatialite" not in qgis.providers:
        return Finding(
            Mark.BAD,
            part,
            tr("QGIS {version} cannot read SpatiaLite.", version=qgis.version),
            tr("Install the package {package}.", package="qgis-providers"),
        )
    return Finding(Mark.GOOD, part, tr("{version}, Qt {qt}", version=qgis.version, qt=qgis.qt))

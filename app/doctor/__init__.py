"""`./wanmi doctor`: a line about every part the program stands on, and what to do if one fails."""

from app.console import say
from app.doctor.finding import Finding, Mark
from app.doctor.machine import check_disk, check_display, check_fonts
from app.doctor.qgis import check_qgis
from app.doctor.runtime import (
    check_interpreter,
    check_pyside,
    check_spatialite,
    check_sqlite_extensions,
)
from resources.language import tr

CHECKS = (
    check_interpreter,
    check_sqlite_extensions,
    check_spatialite,
    check_qgis,
    check_pyside,
    check_fonts,
    check_display,
    check_disk,
)


def main(argv: list[str]) -> int:
    """Say how every part is; 1 if one fails."""
    if argv:
        say(tr("doctor looks at every part this program stands on. It takes no arguments."))
        return 0 if argv[0] in {"-h", "--help"} else 2
    findings = []
    for check in CHECKS:
        findings.append(check())
        say(line(findings[-1]))
    return int(any(finding.mark is Mark.BAD for finding in findings))


def line(finding: Finding) -> str:
    """The finding as one line, with the remedy where there is one."""
    return " ".join(
        filter(None, (finding.mark.value, f"{finding.part}:", finding.sentence, finding.remedy))
    )

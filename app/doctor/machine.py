"""The parts of the machine: fonts, display, disk."""

import os
import shutil
from collections.abc import Callable, Mapping

from app.doctor.finding import Finding, Mark
from app.paths import UnusableFolder, data_dir
from resources.language import tr

GIGABYTE = 1_000_000_000
DEMO_NEEDS = GIGABYTE
"""The demo city takes a few hundred megabytes while it is built; the rest is room to work."""


def chinese_families() -> list[str]:
    """Font families of this machine that hold simplified Chinese."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication(
        ["doctor", "-platform", "offscreen"]
    )
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    del application
    return families


def check_fonts(families: Callable[[], list[str]] = chinese_families) -> Finding:
    """At least one font with Chinese characters."""
    part = tr("Fonts")
    try:
        found = families()
    except ImportError as error:
        return Finding(Mark.BAD, part, tr("PySide6 does not load: {reason}.", reason=error))
    if not found:
        return Finding(
            Mark.BAD,
            part,
            tr("No font here holds Chinese characters."),
            tr("Install the package {package}.", package="fonts-wqy-microhei"),
        )
    return Finding(Mark.GOOD, part, found[0])


def check_display(environment: Mapping[str, str] = os.environ) -> Finding:
    """Whether there is a display to open windows on; without one the demo runs by itself."""
    part = tr("Display")
    display = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY")
    if display:
        return Finding(Mark.GOOD, part, display)
    return Finding(
        Mark.NOTE,
        part,
        tr("There is no display; windows are drawn offscreen, and the demo walks by itself."),
    )


def free_bytes() -> int:
    """Room where the data lives."""
    return shutil.disk_usage(data_dir()).free


def check_disk(free: Callable[[], int] = free_bytes) -> Finding:
    """Room for the demo city."""
    part = tr("Disk")
    try:
        room = free()
    except UnusableFolder as error:
        return Finding(Mark.BAD, part, tr(error.template, **error.values))
    words = {"gigabytes": f"{room / GIGABYTE:.1f}", "folder": data_dir()}
    if room < DEMO_NEEDS:
        return Finding(
            Mark.BAD,
            part,
            tr("Only {gigabytes} GB are free in {folder}.", **words),
            tr("Make room for 1 GB, or set WANMI_HOME to a folder on a larger disk."),
        )
    return Finding(Mark.GOOD, part, tr("{gigabytes} GB free in {folder}", **words))

"""How the case panel says times, lamps and codes; the same words everywhere in it."""

from datetime import datetime

from resources.language import tr
from workflow.case import PhotoUsage
from workflow.clock import Lamp
from workflow.instants import CHINA_STANDARD_TIME

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def duration(seconds: float) -> str:
    """A length of wall time in its two largest units: "3 分", "2 时 5 分", "3 天 4 时"."""
    whole = int(abs(seconds))
    if whole < _MINUTE:
        return tr("under 1 min")
    days, rest = divmod(whole, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    if days:
        return tr("{d} d {h} h", d=days, h=hours) if hours else tr("{d} d", d=days)
    if hours:
        return tr("{h} h {m} min", h=hours, m=minutes) if minutes else tr("{h} h", h=hours)
    return tr("{m} min", m=minutes)


def moment(instant: datetime, now: datetime) -> str:
    """An instant as short as it can be said: today the time alone, this year without the year."""
    local, today = instant.astimezone(CHINA_STANDARD_TIME), now.astimezone(CHINA_STANDARD_TIME)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if local.year == today.year:
        return f"{local:%m-%d %H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"


def full_moment(instant: datetime) -> str:
    """An instant with its date, for hints and captions."""
    return f"{instant.astimezone(CHINA_STANDARD_TIME):%Y-%m-%d %H:%M}"


def day_of(instant: datetime) -> str:
    """The day of an instant, for dates on which something happens by itself."""
    return f"{instant.astimezone(CHINA_STANDARD_TIME):%Y-%m-%d}"


def cell(code: str) -> str:
    """A unit cell's code in the groups people read it by: 310101 015 003 021.

    County, street, community, cell: 6 + 3 + 3 + 3 digits (GB/T 30428.1), the last group two digits
    long in the older CJ/T 213 form. Anything else is shown as it is.
    """
    if not code.isdigit() or len(code) not in (14, 15):
        return code
    return f"{code[:6]} {code[6:9]} {code[9:12]} {code[12:]}"


def lamp_meaning(lamp: Lamp) -> str:
    """What a lamp says, in words: colour never speaks alone."""
    return {
        Lamp.GREEN: tr("In time"),
        Lamp.YELLOW: tr("Soon due"),
        Lamp.RED: tr("Overdue"),
        Lamp.BLUE: tr("Clock paused"),
        Lamp.GREY: tr("No clock running"),
    }[lamp]


def usage_name(usage: PhotoUsage) -> str:
    """What a photo shows: 上报, 核实, 处置后, 核查."""
    return {
        PhotoUsage.REPORT: tr("Report photo"),
        PhotoUsage.VERIFY: tr("Verify photo"),
        PhotoUsage.AFTER: tr("After handling"),
        PhotoUsage.CHECK: tr("Check photo"),
    }[usage]


def listed(words: list[str]) -> str:
    """Words in a row, with the separator of the language."""
    return tr(", ").join(words)

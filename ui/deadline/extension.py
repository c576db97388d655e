"""What if the limit were extended: where the deadline would move, and over which nights and days.

Nothing is asked for and nothing granted here; the form that asks for an extension shows the same.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.panel_model import current_clock
from ui.case_form.wording import listed
from ui.deadline.current import in_force, prospect
from ui.deadline.words import exact, instant
from workflow.calendar import SegmentKind
from workflow.case_file import CaseFile
from workflow.clock import Clock
from workflow.clocks import is_provisional
from workflow.errors import WanmiError
from workflow.life import what_if
from workflow.limits import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """An extension thought through.

    Attributes:
        clock: as it would be. before, after: when it is due and when it would be.
        words: the move in sentences, one a line.
    """

    clock: Clock
    before: datetime
    after: datetime
    provisional: bool
    words: str


def extendable(file: CaseFile) -> Clock | None:
    """The clock that an extension would move: the one that counts now; None after the end."""
    return current_clock(file)


def extended(file: CaseFile, by: Limit, now: datetime) -> Extended | None:
    """The running clock of a case longer by so much; None where none runs.

    Raises:
        InvalidClock: the unit is not that of the clock's limit.
        InvalidLimit: the sum is too long.
        NotFound: the clock's version of the calendar is missing.
    """
    clock = extendable(file)
    if clock is None:
        return None
    calendar = in_force(file)
    longer = what_if(clock, by, calendar)
    old = prospect(file.case, clock, calendar, now)
    new = prospect(file.case, longer, calendar, now)
    provisional = is_provisional(new, calendar)
    lines = [
        tr(
            "Due {after} instead of {before}",
            after=instant(new.due_at, now),
            before=instant(old.due_at, now),
        ),
        tr("{by} later", by=exact((new.due_at - old.due_at).total_seconds(), days=True)),
    ]
    if by.unit.is_working:
        lines[1] += _crossed(file, old, new)
    if old.is_paused:
        lines.append(tr("The clock is paused: the deadline moves on until it is resumed."))
    elif now > old.due_at:
        lines.append(tr("It is overdue already: an overdue case is not extended."))
    if provisional:
        lines.append(_provisional_words(new, now))
    return Extended(
        clock=longer,
        before=old.due_at,
        after=new.due_at,
        provisional=provisional,
        words="\n".join(lines),
    )


def extension_words(file: CaseFile, by: Limit | None, now: datetime) -> str:
    """What an extension would do, for the form that asks for it; empty where it cannot be said."""
    try:
        thought = None if by is None or not by.amount else extended(file, by, now)
    except WanmiError:
        return ""  # another unit, or too long: the step itself says so when it is taken
    return thought.words if thought else ""


def _crossed(file: CaseFile, old: Clock, new: Clock) -> str:
    """What lies between the two deadlines and does not count."""
    calendar = file.calendars[new.calendar_version]
    found: Counter[str] = Counter()
    for segment in calendar.segments(old.due_at, new.due_at):
        name = {
            SegmentKind.LUNCH: tr("midday breaks"),
            SegmentKind.NIGHT: tr("nights"),
            SegmentKind.WEEKEND: tr("weekends"),
            SegmentKind.HOLIDAY: segment.label,
        }.get(segment.kind)
        if name:
            found[name] += 1
    if not found:
        return ""
    return tr(", over {what}", what=listed([f"{name} \u00d7 {n}" for name, n in found.items()]))


def _provisional_words(clock: Clock, now: datetime) -> str:
    return tr(
        "Provisional: {due} lies in a year without an official holiday notice.",
        due=instant(clock.due_at, now),
    )

"""How alarms are said and coloured; a shape and a word stand beside every colour."""

from datetime import datetime

from resources.language import tr
from ui.theme.tokens import Tokens
from workflow.alarms import Alarm, AlarmKind
from workflow.instants import CHINA_STANDARD_TIME

ICONS = {
    AlarmKind.OVERDUE: "alarm",
    AlarmKind.SOON: "clock",
    AlarmKind.URGENT: "urgent",
    AlarmKind.RETURNED: "returned",
    AlarmKind.SUPERVISED: "supervised",
}
PRESSING = frozenset({AlarmKind.OVERDUE, AlarmKind.URGENT, AlarmKind.SUPERVISED})
"""Kinds for which the button turns red."""


def kind_name(kind: AlarmKind) -> str:
    """What happened, in a word."""
    return {
        AlarmKind.OVERDUE: tr("Overdue"),
        AlarmKind.SOON: tr("Soon due"),
        AlarmKind.URGENT: tr("Urgent"),
        AlarmKind.RETURNED: tr("Returned"),
        AlarmKind.SUPERVISED: tr("Supervised"),
    }[kind]


def kind_colour(kind: AlarmKind, theme: Tokens) -> str:
    """The colour of a kind, as "#RRGGBB"."""
    if kind in PRESSING:
        return theme.red
    return theme.yellow if kind is AlarmKind.SOON else theme.accent


def since_words(alarm: Alarm, now: datetime) -> str:
    """The time of day since when it holds, with the day where that is another one."""
    since, today = alarm.since.astimezone(CHINA_STANDARD_TIME), now.astimezone(CHINA_STANDARD_TIME)
    return f"{since:%H:%M}" if since.date() == today.date() else f"{since:%m-%d %H:%M}"

"""Guards about time and measure: deadlines that have passed, quotas, counts that are used up."""

from datetime import datetime, timedelta

from workflow.case import CaseKind
from workflow.clocks import ClockKind, is_overdue
from workflow.errors import NotAllowed
from workflow.instants import CHINA_STANDARD_TIME, readable
from workflow.situation import Guard, Situation

_DAY_MINUTES = 1440


def _not_overdue(situation: Situation, _: str) -> NotAllowed | None:
    clock = situation.case.newest_clock(ClockKind.HANDLE)
    if clock is None or not is_overdue(clock, situation.at):
        return None
    return NotAllowed(
        "Case {number} was due at {due}; after that no extension can be asked for. "
        "Feed back, and appeal afterwards if there was a reason.",
        number=situation.case.number,
        due=readable(clock.due_at),
    )


def _extensions_left(situation: Situation, _: str) -> NotAllowed | None:
    most = situation.rules.settings.extension_max
    if situation.case.extension_count < most:
        return None
    return NotAllowed(
        "Case {number} was extended {most} times already, which is all that the city grants.",
        number=situation.case.number,
        most=most,
    )


def _suspensions_left(situation: Situation, _: str) -> NotAllowed | None:
    most = situation.rules.settings.suspend_max
    if situation.case.suspend_count < most:
        return None
    return NotAllowed(
        "Case {number} was suspended {most} times already, which is all that the city grants.",
        number=situation.case.number,
        most=most,
    )


def _over_by_date(situation: Situation, _: str) -> NotAllowed | None:
    until = situation.case.suspended_until
    if until is None or until <= situation.at:
        return None
    return NotAllowed(
        "Case {number} is suspended until {until}.",
        number=situation.case.number,
        until=readable(until),
    )


def _rested(situation: Situation, _: str) -> NotAllowed | None:
    days, closed = situation.rules.settings.archive_days, situation.case.closed_at
    if closed is None or closed + timedelta(days=days) <= situation.at:
        return None
    return NotAllowed(
        "Case {number} is archived {days} days after its end, and not before.",
        number=situation.case.number,
        days=days,
    )


def _authorised(situation: Situation, _: str) -> NotAllowed | None:
    """授权: a standing rule must hold, cover the case, and not be used up for the day."""
    move, case = situation.move, situation.case
    if move is None or move.authorisation_id is None:
        return None
    rule = situation.rules.authorisations.get(move.authorisation_id)
    if rule is None or not rule.covers(case, move.operation):
        return NotAllowed(
            "Case {number} cannot be closed under this authorisation: it does not speak of "
            "{class_name}. Choose one that does.",
            number=case.number,
            class_name=case.class_name,
        )
    if situation.at >= rule.until:
        return NotAllowed(
            "Case {number} cannot be closed under the authorisation {name}, which ended at "
            "{until}; have it renewed.",
            number=case.number,
            name=rule.name,
            until=readable(rule.until),
        )
    if situation.around.used_today >= rule.per_day:
        return NotAllowed(
            "Case {number} cannot be closed under the authorisation {name}: it was used {count} "
            "times today, which is all it allows. Go the ordinary way, or wait until tomorrow.",
            number=case.number,
            name=rule.name,
            count=rule.per_day,
        )
    return None


def _same_time(situation: Situation, _: str) -> NotAllowed | None:
    """同时段核查: an event that comes at eight in the evening is not looked for at noon."""
    minutes, case = situation.rules.settings.same_time_minutes, situation.case
    if not minutes or case.kind is not CaseKind.EVENT:
        return None
    apart = abs(_minute_of_day(situation.at) - _minute_of_day(case.reported_at))
    if min(apart, _DAY_MINUTES - apart) <= minutes:
        return None
    seen = case.reported_at.astimezone(CHINA_STANDARD_TIME)
    begin, end = seen - timedelta(minutes=minutes), seen + timedelta(minutes=minutes)
    return NotAllowed(
        "Case {number} is an event and is checked at the time of day at which it was reported: "
        "between {begin} and {end}.",
        number=case.number,
        begin=f"{begin:%H:%M}",
        end=f"{end:%H:%M}",
    )


def _minute_of_day(instant: datetime) -> int:
    local = instant.astimezone(CHINA_STANDARD_TIME)
    return local.hour * 60 + local.minute


PROGRESS_GUARDS: dict[str, Guard] = {
    "not_overdue": _not_overdue,
    "extensions_left": _extensions_left,
    "suspensions_left": _suspensions_left,
    "over_by_date": _over_by_date,
    "rested": _rested,
    "authorised": _authorised,
    "same_time": _same_time,
}

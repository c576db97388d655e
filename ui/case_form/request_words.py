"""A request that waits for its ruling, in words: who asks what and why, what it would come to."""

from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.wording import day_of, moment
from ui.deadline.current import in_force
from workflow.clock import ClockKind
from workflow.clock_deadline import InvalidClock
from workflow.life import what_if
from workflow.limits import InvalidLimit
from workflow.queries import CaseFile


@dataclass(frozen=True, slots=True)
class RequestWords:
    """The lines of the card."""

    title: str
    asked: str
    reason: str
    outcome: str
    ruled_by: str


def request_words(file: CaseFile, now: datetime) -> RequestWords | None:
    """The card's lines; None where nothing is asked for."""
    request = file.request
    if request is None:
        return None
    return RequestWords(
        title=_title(file),
        asked=f"{request.asked_by} · {moment(request.asked_at, now)}",
        reason=request.reason,
        outcome=_outcome(file, now),
        ruled_by=tr("{post} rules next", post=request.ruled_by) if request.ruled_by else "",
    )


def _title(file: CaseFile) -> str:
    assert file.request is not None
    request = file.request
    match request.kind:
        case "extension" if request.limit is not None:
            return tr("Asks for an extension of {limit}", limit=str(request.limit))
        case "extension":
            return tr("Asks for an extension")
        case "suspend" if request.until is not None:
            return tr("Asks to suspend it until {day}", day=day_of(request.until))
        case "void":
            return tr("Asks to declare it void")
        case "restore":
            return tr("Asks to restore it")
        case "appeal":
            return tr("Appeals the overdue")
        case _:
            return request.kind


def _outcome(file: CaseFile, now: datetime) -> str:
    """What the deadline would be, where an extension is asked for and the calendar is at hand."""
    assert file.request is not None
    limit, clock = file.request.limit, file.case.newest_clock(ClockKind.HANDLE)
    if file.request.kind != "extension" or limit is None or clock is None:
        return ""
    if not file.calendars:
        return ""
    try:
        extended = what_if(clock, limit, in_force(file))
    except (InvalidClock, InvalidLimit):
        return ""
    return tr(
        "If granted, due {after} instead of {before}",
        after=moment(extended.due_at, now),
        before=moment(clock.due_at, now),
    )

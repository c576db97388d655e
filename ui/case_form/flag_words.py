"""What a case is marked with, each mark with its icon, its words and how much it presses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.wording import day_of, full_moment
from workflow.case import Case
from workflow.ids import CaseId
from workflow.queries import CaseFile

PRESSING, STANDING, QUIET = "red", "yellow", ""


@dataclass(frozen=True, slots=True)
class CaseMark:
    """One mark.

    Attributes:
        name: what kind of mark it is.
        icon: of resources/icons; empty for words alone.
        lamp: colour of the words: "red" presses, "yellow" stands out, "blue" rests.
        target: the case that a click leads to.
    """

    name: str
    text: str
    icon: str = ""
    tip: str = ""
    lamp: str = QUIET
    target: CaseId | None = None


def case_marks(file: CaseFile) -> tuple[CaseMark, ...]:
    """Every mark of a case, what presses first."""
    return (*_holding(file), *_pressing(file.case), *_counts(file.case), *_standing(file))


def supervision_name(kind: str) -> str:
    """The kind of a supervision (督办)."""
    return {
        "timeout": tr("supervised: overdue"),
        "important": tr("supervised: important"),
        "leader": tr("supervised by a leader"),
    }.get(kind, tr("supervised"))


def request_name(kind: str) -> str:
    """What is asked for."""
    return {
        "extension": tr("extension asked for"),
        "suspend": tr("suspension asked for"),
        "void": tr("void asked for"),
        "restore": tr("restoring asked for"),
        "appeal": tr("overdue appealed"),
    }.get(kind, kind)


def _holding(file: CaseFile) -> Iterator[CaseMark]:
    if file.claimed_by:
        text = tr("{name} is working on it", name=file.claimed_by)
        tip = tr("Claimed: the others keep off until it is released.")
        yield CaseMark("claimed", text, "lock", tip, "blue")


def _pressing(case: Case) -> Iterator[CaseMark]:
    if case.emergency:
        tip = tr("Dispatched first, its responsibility settled later.")
        yield CaseMark("emergency", tr("Emergency"), "emergency", tip, PRESSING)
    elif case.urgent:
        yield CaseMark("urgent", tr("Urgent"), "urgent", "", PRESSING)
    if case.responsibility_open:
        tip = tr("It cannot be closed before somebody settles who is responsible.")
        yield CaseMark("responsibility", tr("responsibility open"), "", tip, STANDING)
    if case.supervised is not None:
        words = supervision_name(case.supervised)
        yield CaseMark("supervised", words, "supervised", "", PRESSING)
    if case.request_kind is not None:
        words = request_name(case.request_kind)
        yield CaseMark("request", words, "request", tr("Waits for its ruling."), STANDING)
    if case.verify_result == "untrue":
        yield CaseMark("untrue", tr("verified as untrue"), "", "", STANDING)


def _counts(case: Case) -> Iterator[CaseMark]:
    if case.return_count:
        tip = tr("How often it was returned by those it was dispatched to.")
        yield CaseMark("returned", tr("Returned {n}", n=case.return_count), "returned", tip)
    if case.rework_count:
        yield CaseMark("rework", tr("Rework {n}", n=case.rework_count), "rework")
    if case.extension_count:
        words = tr("Extended {n}", n=case.extension_count)
        tip = _at(case.extended_at)
        yield CaseMark("extended", words, "extended", tip)
    if case.over_quota:
        tip = tr("Extended beyond the month's quota: it counts in the score.")
        yield CaseMark("over-quota", tr("beyond the quota"), "", tip, STANDING)
    if case.urge_count:
        yield CaseMark("urged", tr("Urged {n}", n=case.urge_count))


def _standing(file: CaseFile) -> Iterator[CaseMark]:
    case = file.case
    if case.suspended_until is not None:
        words = tr("suspended until {day}", day=day_of(case.suspended_until))
        yield CaseMark("suspended", words, "suspended", "", "blue")
    if case.duplicate_of is not None:
        number = _number(file, "master")
        words = tr("duplicate of {number}", number=number)
        tip = tr("Opens the case that was first.")
        yield CaseMark("duplicate", words, "duplicate", tip, "blue", case.duplicate_of)
    if case.similar_to is not None:
        words = tr("linked with {number}", number=_number(file, "linked"))
        yield CaseMark("linked", words, "linked", "", QUIET, case.similar_to)
    if case.self_handled:
        tip = tr("The collector put it right on the spot.")
        yield CaseMark("self-handled", tr("self-handled"), "", tip)
    if case.level == "district":
        yield CaseMark("district", tr("run by the district"))
    if case.closing_route == "forced":
        tip = tr("Closed by force: counted apart.")
        yield CaseMark("forced", tr("closed by force"), "", tip, STANDING)
    if case.appeal_result == "approved":
        tip = tr("The fact of being overdue stays on record; the score spares it.")
        yield CaseMark("exempt", tr("overdue, not held against"), "", tip)
    elif case.appeal_result == "refused":
        yield CaseMark("appeal-refused", tr("appeal refused"))
    if case.satisfaction == "dissatisfied":
        yield CaseMark("dissatisfied", tr("caller dissatisfied"), "", "", STANDING)


def _number(file: CaseFile, relation: str) -> str:
    return next((one.number for one in file.related if one.relation == relation), "—")


def _at(instant: datetime | None) -> str:
    return tr("Granted {time}", time=full_moment(instant)) if instant else ""

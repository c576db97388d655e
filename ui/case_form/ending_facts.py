"""How a case is checked and ends: check, closing and its route, visit, appeal."""

from collections.abc import Iterator
from datetime import datetime

from resources.language import tr
from ui.case_form.fact import Fact
from ui.case_form.wording import full_moment, moment
from workflow.case import Case
from workflow.clock import ClockKind
from workflow.queries import CaseFile
from workflow.states import State


def route_name(route: str) -> str:
    """How a case ended."""
    return {
        "checked": tr("closed after a check"),
        "authorised": tr("closed under an authorisation"),
        "direct": tr("closed without a check, authorised"),
        "answered": tr("answered at once"),
        "self_handled": tr("put right by the collector"),
        "forced": tr("closed by force, counted apart"),
        "merged": tr("merged into another case"),
        "void": tr("declared void"),
        "imported": tr("closed in the other system"),
    }.get(route, "")


def satisfaction_name(answer: str) -> str:
    """What the caller answered."""
    return {
        "very_satisfied": tr("very satisfied"),
        "satisfied": tr("satisfied"),
        "dissatisfied": tr("dissatisfied"),
    }.get(answer, answer)


def closing_facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    """Checked by whom with what result, and how it was closed."""
    case = file.case
    role = tr("Verifier") if case.state is State.VERIFYING else tr("Checker")
    yield Fact(role, file.collector_name, brief=file.collector_name)
    if case.check_result is not None:
        words = tr("done") if case.check_result == "done" else tr("not done")
        lamp = "green" if case.check_result == "done" else "red"
        yield Fact(tr("Check"), words, lamp=lamp, brief=words)
    yield Fact(tr("Closing condition"), file.closing_condition)
    route = route_name(case.closing_route)
    yield Fact(tr("Closing route"), route, brief=route)
    if case.authorisation_id is not None:
        rules = {rule.id: rule.name for rule in file.authorisations}
        yield Fact(tr("Authorisation"), rules.get(case.authorisation_id, case.authorisation_id))
    if case.closed_at is not None:
        at = moment(case.closed_at, now)
        yield Fact(tr("Closed at"), at, full_moment(case.closed_at), brief=at)


def visit_facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    """Whether the caller was asked, and what the answer was."""
    case = file.case
    if case.satisfaction is not None:
        words = satisfaction_name(case.satisfaction)
        lamp = "red" if case.satisfaction == "dissatisfied" else "green"
        yield Fact(tr("Satisfaction"), words, lamp=lamp, brief=words)
    elif case.needs_visit:
        clock = case.newest_clock(ClockKind.VISIT)
        if clock is not None and clock.stopped_at is None:
            words = tr("to be asked until {due}", due=moment(clock.due_at, now))
        else:
            words = tr("to be asked after closing")
        yield Fact(tr("Visit"), words, brief=words)


def appeal_facts(case: Case) -> Iterator[Fact]:
    """What became of the overdue: the fact is kept, only the score may spare it."""
    if case.appeal_result is None:
        return
    granted = case.appeal_result == "approved"
    words = tr("granted: not held against anyone") if granted else tr("refused")
    yield Fact(tr("Appeal"), words, lamp="green" if granted else "red", brief=words)
    if case.handle_on_time is False:
        yield Fact(tr("Fact"), tr("handled overdue; that stays on record"))

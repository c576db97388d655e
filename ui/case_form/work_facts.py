"""What is done about a case: filing, dispatch with its levels and helpers, handling, its clocks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from resources.language import tr
from ui.case_form.fact import Fact
from ui.case_form.panel_model import current_clock
from ui.case_form.wording import duration, full_moment, moment
from workflow import clocks
from workflow.case_file import CoTaskRow
from workflow.clock import Clock, ClockKind
from workflow.queries import CaseFile


def filing_facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    """Under which condition, by whom, when."""
    case = file.case
    yield Fact(tr("Filing condition"), file.condition, brief=file.condition)
    if case.filed_at is not None:
        filed = moment(case.filed_at, now)
        tip = tr("Who files a case answers for it to the end.")
        yield Fact(tr("Filed by"), file.owner, tip, brief=file.owner)
        yield Fact(tr("Filed at"), filed, full_moment(case.filed_at), brief=filed)


def dispatch_facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    """To whom, through which centers, and who helps."""
    case = file.case
    yield Fact(tr("Department"), file.department_name, brief=file.department_name)
    if file.levels:
        chain = " → ".join((tr("city"), *file.levels, *_end(file)))
        yield Fact(tr("Dispatched by way of"), chain, brief=chain)
    if case.dispatched_at is not None:
        at = moment(case.dispatched_at, now)
        yield Fact(tr("Dispatched at"), at, full_moment(case.dispatched_at), brief=at)
    if case.departments_tried > 1:
        words = tr("{n} departments, one after another", n=case.departments_tried)
        yield Fact(tr("Tried"), words, lamp="yellow")
    for task in file.co_tasks:
        yield _helper(task, now)


def handling_facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    """Until when, by whom, and whether in time."""
    case = file.case
    yield _limit_fact(file, now)
    yield Fact(tr("Handler"), file.handler, brief=file.handler)
    if case.fed_back_at is not None:
        at = moment(case.fed_back_at, now)
        yield Fact(tr("Fed back at"), at, full_moment(case.fed_back_at), brief=at)
    if case.handle_on_time is not None:
        words = tr("in time") if case.handle_on_time else tr("overdue")
        lamp = "green" if case.handle_on_time else "red"
        yield Fact(tr("Limit kept"), words, lamp=lamp, brief=words)
    if not case.state.is_ended:
        yield Fact(tr("Held by"), file.holder)


def timing_facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    """Every clock of the case: its limit, and how it went or goes."""
    for clock in file.case.clocks:
        if clock.cancelled:
            continue
        label = clock.kind.label + (f" {clock.round}" if clock.round > 1 else "")
        used, lamp = _course(file, clock, now)
        brief = f"{label} {used}" if clock.stopped_at is None or lamp else ""
        yield Fact(label, f"{clock.limit} · {used}", clock.rule, lamp, brief)


def _end(file: CaseFile) -> tuple[str, ...]:
    return (file.department_name,) if file.department_name else ()


def _helper(task: CoTaskRow, now: datetime) -> Fact:
    label = tr("Helps")
    if task.replied_at is not None:
        at = moment(task.replied_at, now)
        words = tr("{name} · replied {time}", name=task.department_name, time=at)
        return Fact(label, words, full_moment(task.replied_at), "green")
    due, tip = moment(task.due_at, now), full_moment(task.due_at)
    if now > task.due_at:
        late = duration((now - task.due_at).total_seconds())
        words = tr("{name} · {late} overdue", name=task.department_name, late=late)
        return Fact(label, words, tip, "red")
    return Fact(label, tr("{name} · until {due}", name=task.department_name, due=due), tip)


def _course(file: CaseFile, clock: Clock, now: datetime) -> tuple[str, str]:
    """How a clock went or goes, in counted time where its calendar is at hand, and its colour."""
    is_late = clocks.is_overdue(clock, now)
    lamp = "red" if is_late else ""
    calendar = file.calendars.get(clock.calendar_version)
    if calendar is None:
        spent = (clock.stopped_at or now) - clock.started_at
    else:
        spent = clocks.used(clock, calendar, now)
    words = tr("used {time}", time=duration(max(spent, timedelta()).total_seconds()))
    if is_late:
        words = tr("{used}, overdue", used=words)
    if clock.stopped_at is None:
        due = moment(clock.due_at, now)
        goes = tr("stands still") if clock.is_paused else tr("due {due}", due=due)
        return f"{words} · {goes}", "blue" if clock.is_paused and not is_late else lamp
    return words, lamp


def _limit_fact(file: CaseFile, now: datetime) -> Fact:
    handle = file.case.newest_clock(ClockKind.HANDLE)
    clock = current_clock(file)
    if handle is not None and handle.stopped_at is None:
        due = moment(handle.due_at, now)
        words = tr("{limit} · until {due}", limit=file.limit_text, due=due)
        return Fact(tr("Handling limit"), words, handle.rule, brief=words)
    rule = clock.rule if clock else ""
    return Fact(tr("Handling limit"), file.limit_text, rule, brief=file.limit_text)

"""The deadline of a case in words: for the print, for hints, and for who cannot see the ruler."""

from collections.abc import Iterator
from datetime import datetime

from resources.language import tr
from ui.case_form.panel_model import current_clock, state_name
from ui.case_form.wording import listed
from ui.deadline.cells import Course, course
from ui.deadline.clock_rows import used_seconds
from ui.deadline.current import main_clocks, side_clocks
from ui.deadline.responsibility import ShareLine, share_table
from ui.deadline.sentences import clock_sentence, move_sentence, pause_sentence, step_at
from ui.deadline.words import exact, instant, joined
from workflow.calendar import WorkCalendar
from workflow.case_file import CaseFile
from workflow.clock import Clock, ClockKind
from workflow.clocks import is_overdue, is_provisional
from workflow.limits import TimeUnit


def explain(file: CaseFile, now: datetime) -> list[str]:
    """Every sentence that there is to say about the deadline of a case, the newest clock first.

    Raises:
        NotFound: the version of a calendar is missing.
    """
    made = course(file, now)
    lines = [headline(file, made, now), *rule_lines(file, now)]
    for clock in main_clocks(file.case):
        lines += [pause_sentence(clock.kind.label, one, file, now) for one in clock.pauses]
    lines += [move_sentence(move, now) for move in file.due_moves]
    table = share_table(file, made.pieces)
    lines += [_share_words(line) for line in (*table.lines, table.total)]
    lines += [
        clock_sentence(clock, used_seconds(clock, file, now), file, now)
        for clock in side_clocks(file.case)
    ]
    return lines


def short(file: CaseFile, now: datetime) -> str:
    """The same in two or three lines, for a hint."""
    return "\n".join([headline(file, course(file, now), now), *rule_lines(file, now)])


def headline(file: CaseFile, made: Course, now: datetime) -> str:
    """Which clock, its limit, what is used, when it is due, and what is left."""
    clock = made.clock
    if clock is None:
        wall = sum(piece.segment.wall_ms for piece in made.pieces) / 1000
        return tr(
            "{state} since {at}, after {time}: no clock runs any more",
            state=state_name(file.case.state),
            at=instant(made.until, now),
            time=exact(wall, days=True),
        )
    used = used_seconds(clock, file, now)
    limit = file.calendars[clock.calendar_version].limit_ms(clock.limit) / 1000
    parts = [
        tr("{clock} clock, limit {limit}", clock=clock.kind.label, limit=_limit(clock, limit)),
        tr("used {used}", used=exact(used)),
        _left(clock, limit - used, now),
    ]
    if made.due_at is None:
        parts.append(tr("paused, due once it goes on"))
    elif clock.is_paused:
        parts.append(
            tr("paused; due {due} if it goes on at its review date", due=instant(made.due_at, now))
        )
    else:
        parts.append(tr("due {due}", due=instant(made.due_at, now)))
    return joined(parts)


def _left(clock: Clock, seconds: float, now: datetime) -> str:
    """What is left of the limit; once it is due, what was used beyond it, which a night is not."""
    if seconds < 0:
        return tr("overdue by {time}", time=exact(seconds))
    if is_overdue(clock, now):
        return tr("overdue, no working time since")
    return tr("left {time}", time=exact(seconds))


def _limit(clock: Clock, seconds: float) -> str:
    """The limit; of work days with their hours, in which everything else is said."""
    if clock.limit.unit is not TimeUnit.WORK_DAY:
        return str(clock.limit)
    return tr("{limit} ({hours})", limit=str(clock.limit), hours=exact(seconds))


def rule_lines(file: CaseFile, now: datetime) -> Iterator[str]:
    """Where the limit comes from, since when it runs, on which calendar, and how sure that is."""
    clock = current_clock(file) or file.case.newest_clock(ClockKind.HANDLE)
    if clock is None:
        return
    calendar = file.calendars[clock.calendar_version]
    yield tr("Rule: {rule}", rule=clock.rule or "—")
    yield tr(
        "{clock} runs since {at}: {step}; {counting}",
        clock=clock.kind.label,
        at=instant(clock.started_at, now),
        step=step_at(file, clock.started_at) or "—",
        counting=_counting(clock, calendar),
    )
    if is_provisional(clock, calendar):
        year = calendar.first_provisional(clock.started_at).year
        yield tr(
            "Provisional: there is no official holiday notice for {year} yet, "
            "the deadline may still move.",
            year=year,
        )


def _counting(clock: Clock, calendar: WorkCalendar) -> str:
    if not clock.limit.unit.is_working:
        return tr("counted round the clock, calendar version {n}", n=calendar.version)
    spans = listed([f"{begin:%H:%M}–{end:%H:%M}" for begin, end in calendar.spans])
    return tr(
        "counted in working time ({spans}), calendar version {n}", spans=spans, n=calendar.version
    )


def _share_words(line: ShareLine) -> str:
    parts = [tr("counted {time}", time=exact(line.counted))]
    if line.limit:
        parts[0] += tr(" of {limit}", limit=line.limit)
    if line.late:
        parts.append(tr("{time} of it overdue", time=exact(line.late)))
    elif line.is_late:
        parts.append(tr("Overdue"))
    if line.paused:
        parts.append(tr("paused {time}", time=exact(line.paused, days=True)))
    if line.idle:
        parts.append(tr("not counted {time}", time=exact(line.idle, days=True)))
    who = f"{line.name} · {line.clock}" if line.clock else line.name
    return tr("{who}: {what}", who=who, what=joined(parts))

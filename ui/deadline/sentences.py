"""Every part of the ruler in one sentence: what it was, exact times, what of it counted."""

from collections import Counter
from datetime import datetime

from resources.language import tr
from ui.case_form.panel_model import state_name
from ui.case_form.wording import listed
from ui.deadline.cells import Cell, Look
from ui.deadline.words import between, exact, instant, joined, span
from workflow.case_file import CaseFile, ProcessRow
from workflow.clock import Clock, Pause
from workflow.clocks import is_overdue
from workflow.due_moves import DueMove


def cell_sentence(cell: Cell, file: CaseFile, now: datetime) -> str:
    """A stretch of time: "11-20 12:00–14:00 午休，不计时"."""
    if cell.look is Look.FOLDED:
        return _folded_sentence(cell, now)
    when = span(cell.start, cell.end, now)
    if cell.look is Look.PAUSED:
        return _paused_sentence(cell, file, now)
    if cell.look is Look.EXTRA:
        return tr(
            "{when} would be added by the extension: {length}",
            when=when,
            length=exact(cell.seconds),
        )
    if not cell.counted:
        return f"{when} {idle_name(cell.look, cell.label)} {exact(cell.seconds, days=True)}"
    return _counted_sentence(cell, when)


def idle_name(look: Look, label: str = "") -> str:
    """Why a stretch does not count."""
    return {
        Look.LUNCH: tr("Midday break, not counted"),
        Look.NIGHT: tr("Outside working hours, not counted"),
        Look.WEEKEND: tr("Weekend, not counted"),
        Look.HOLIDAY: tr("Holiday ({name}), not counted", name=label),
        Look.PAUSED: tr("paused, not counted"),
        Look.UNCOUNTED: tr("no clock ran, not counted"),
    }[look]


def _counted_sentence(cell: Cell, when: str) -> str:
    clock = cell.clock.label if cell.clock else ""
    length = exact(cell.seconds)
    name = _holder(cell)
    if not cell.past:
        return tr(
            "{when} still ahead: {length} of the {clock} clock",
            when=when,
            length=length,
            clock=clock,
        )
    if cell.look is Look.LATE:
        return tr(
            "{when} beyond the {clock} limit by {length}, with {name}",
            when=when,
            clock=clock,
            length=length,
            name=name,
        )
    if cell.label:
        return tr(
            "{when} counted {length} on the {clock} clock, with {name} ({day})",
            when=when,
            length=length,
            clock=clock,
            name=name,
            day=cell.label,
        )
    return tr(
        "{when} counted {length} on the {clock} clock, with {name}",
        when=when,
        length=length,
        clock=clock,
        name=name,
    )


def _paused_sentence(cell: Cell, file: CaseFile, now: datetime) -> str:
    """By whom and why it stood still; the pause itself may be longer than the cell."""
    pause = _pause_of(cell, file)
    if pause is None:
        return f"{span(cell.start, cell.end, now)} {idle_name(Look.PAUSED)}"
    clock = cell.clock.label if cell.clock else ""
    return pause_sentence(clock, pause, file, now)


def pause_sentence(clock: str, pause: Pause, file: CaseFile, now: datetime) -> str:
    """ "11-18 09:12:05 起核实计时暂停：发核实（何静），09:40:11 恢复，停表 28 分 6 秒"."""
    began = tr(
        "{start}: the {clock} clock was paused by {why}",
        start=instant(pause.start, now),
        clock=clock,
        why=step_at(file, pause.start, pause.reason),
    )
    if pause.end is None:
        length = exact(between(pause.start, now), days=True)
        until = file.case.suspended_until
        if until is not None:
            return began + tr(
                ", until the review date {until}; it has stood still for {length}",
                until=instant(until, now),
                length=length,
            )
        return began + tr(", it has stood still for {length}", length=length)
    return began + tr(
        ", resumed {end}; it stood still for {length}",
        end=instant(pause.end, now),
        length=exact(between(pause.start, pause.end), days=True),
    )


def step_at(file: CaseFile, at: datetime, name: str = "") -> str:
    """The step that the record has at an instant, with who took it: "发核实（何静）"."""
    row = _row_at(file, at)
    if row is None:
        return name
    return tr("{step} ({name})", step=name or row.operation_name, name=row.person_name)


def _row_at(file: CaseFile, at: datetime) -> ProcessRow | None:
    return next((row for row in reversed(file.process) if row.at == at), None)


def _pause_of(cell: Cell, file: CaseFile) -> Pause | None:
    for clock in file.case.clocks:
        if (clock.kind, clock.round) == (cell.clock, cell.round):
            for pause in clock.pauses:
                begun = pause.start <= cell.start
                if begun and (pause.end is None or cell.start < pause.end):
                    return pause
    return None


def _folded_sentence(cell: Cell, now: datetime) -> str:
    """Many days at once: how many of them were worked, what counted, what did not and why."""
    idle: Counter[str] = Counter()
    for part in cell.inside:
        if not part.counted:
            idle[idle_name(part.look, part.label)] += int(part.seconds)
    counted = exact(cell.counted_seconds)
    rest = [f"{why} {exact(seconds, days=True)}" for why, seconds in idle.items()]
    return tr(
        "{when} drawn short: counted {counted}, with {name}; {rest}",
        when=span(cell.start, cell.end, now),
        counted=counted,
        name=_holder(cell),
        rest=listed(rest) or tr("nothing left out"),
    )


def _holder(cell: Cell) -> str:
    if cell.tenure is None:
        return tr("nobody")
    return cell.tenure.name or tr("nobody")


def tenure_sentence(cells: list[Cell], now: datetime) -> str:
    """Somebody's turn: from when to when, in which state, what of it counted."""
    first, last = cells[0], cells[-1]
    past = [cell for cell in cells if cell.past]
    counted = sum(cell.counted_seconds for cell in past)
    wall = sum(cell.seconds for cell in past)
    state = "" if first.tenure is None else state_name(first.tenure.state)
    if not past:
        return tr(
            "{when} still ahead, with {name}",
            when=span(first.start, last.end, now),
            name=_holder(first),
        )
    return tr(
        "{name}, {state}: {when}, counted {counted} of {wall}",
        name=_holder(first),
        state=state,
        when=span(first.start, past[-1].end, now),
        counted=exact(counted),
        wall=exact(wall, days=True),
    )


def clock_sentence(clock: Clock, used: float, file: CaseFile, now: datetime) -> str:
    """A clock: its limit, what it used, when it was due, how it ended, and the rule."""
    parts = [
        tr("{clock} clock, limit {limit}", clock=clock.kind.label, limit=str(clock.limit)),
        tr("started {at} by {step}", at=instant(clock.started_at, now), step=_start(clock, file)),
        tr("used {used}", used=exact(used)),
        _due_words(clock, now),
    ]
    if clock.round > 1:
        parts.insert(1, tr("round {n}", n=clock.round))
    if clock.stopped_at is not None:
        ended = tr("cancelled {at}") if clock.cancelled else tr("stopped {at}")
        parts.append(ended.format(at=instant(clock.stopped_at, now)))
    if clock.rule:
        parts.append(clock.rule)
    return joined(parts)


def _start(clock: Clock, file: CaseFile) -> str:
    return step_at(file, clock.started_at) or "—"


def _due_words(clock: Clock, now: datetime) -> str:
    if clock.is_paused:
        return tr("paused")
    due = instant(clock.due_at, now)
    if is_overdue(clock, now):
        return tr("was due {due}, overdue", due=due)
    return tr("due {due}", due=due)


def move_sentence(move: DueMove, now: datetime) -> str:
    """What moved a deadline, from when to when, and by whom."""
    words = {
        "at": instant(move.at, now),
        "clock": move.kind.label,
        "before": instant(move.before, now),
        "after": instant(move.after, now),
        "name": move.person_name,
        "post": move.post_name,
    }
    if move.by is None:
        return tr(
            "{at}: calendar version {version} moved the {clock} deadline from {before} to {after}",
            version=move.calendar_version,
            **words,
        )
    return tr(
        "{at}: the {clock} clock was extended by {by} ({post} {name}), due {after} instead of "
        "{before}",
        by=str(move.by),
        **words,
    )

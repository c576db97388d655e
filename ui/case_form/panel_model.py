"""What the case panel says: headline, steps, facts and process record, as plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from resources.language import tr
from resources.profile import name_of
from ui.case_form.change_words import change_words, department_names
from ui.case_form.flag_words import case_marks
from ui.case_form.ruler_model import Ruler, deadline_ruler, remaining_words
from ui.case_form.synthetic_picture import Scene
from ui.case_form.wording import duration, full_moment, lamp_meaning, moment, usage_name
from workflow.case import PhotoUsage
from workflow.clock import Clock, ClockKind, Lamp
from workflow.clocks import lamp as lamp_of
from workflow.posts import Seat
from workflow.queries import CaseFile, ProcessRow
from workflow.states import State, Step
from workflow.transitions import MAIN

LONGEST_CONDITION = 24


class StepPlace(StrEnum):
    """Where a step of the trail stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class TrailStep:
    """One of the seven steps, with what is going on in it where it is the current one."""

    name: str
    place: StepPlace
    tip: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The first lines: lamp, class, condition, number, and marks such as urgent or rework.

    Attributes:
        left_lamp: of the clock that `remaining` tells of. While a case is verified its lamp is
            blue, for its own clock stands still, but the verification itself may be overdue.
    """

    lamp: Lamp
    lamp_tip: str
    class_name: str
    condition: str
    whole_condition: str
    number: str
    remaining: str
    left_lamp: Lamp
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo with the words under it."""

    sha256: str
    usage: str
    time: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the process record (办理经过); `changes` says what the step set or moved."""

    time: str
    time_tip: str
    operation: str
    who: str
    opinion: str
    took: str
    overdue: bool
    photos: int
    changes: tuple[str, ...] = ()


def current_clock(file: CaseFile) -> Clock | None:
    """The clock whose deadline counts now; a suspended case still has its handling clock."""
    if file.case.state.is_ended:
        return None
    return file.case.main_clock or file.case.newest_clock(ClockKind.HANDLE)


def headline(file: CaseFile, now: datetime) -> Headline:
    """Who the case is, in one glance."""
    case, clock = file.case, current_clock(file)
    colour = case.timing.lamp(now)
    return Headline(
        lamp=colour,
        lamp_tip=_lamp_tip(colour, clock, now),
        class_name=case.class_name,
        condition=shortened(file.condition),
        whole_condition=file.condition,
        number=case.number,
        remaining=remaining_words(clock, now) if clock else state_name(case.state),
        left_lamp=lamp_of(clock, now),
        marks=tuple(mark.text for mark in case_marks(file)),
    )


def shortened(condition: str) -> str:
    """A condition short enough for the headline; the facts below have all of it."""
    if len(condition) <= LONGEST_CONDITION:
        return condition
    return condition[: LONGEST_CONDITION - 1].rstrip("，、；。 ") + "…"


def trail(file: CaseFile) -> tuple[TrailStep, ...]:
    """The seven steps of CJJ/T 106 with the case's place among them."""
    state = file.case.state
    current = _last_step_reached(file) if state is State.REJECTED else state.step
    steps = []
    for step in Step:
        if step == current:
            steps.append(TrailStep(step_name(step), StepPlace.NOW, state_name(state)))
        else:
            place = StepPlace.DONE if step < current else StepPlace.AHEAD
            steps.append(TrailStep(step_name(step), place, ""))
    return tuple(steps)


def ruler(file: CaseFile, now: datetime) -> Ruler | None:
    """The deadline ruler of the clock that counts now; None where none does."""
    clock = current_clock(file)
    if clock is None:
        return None
    return deadline_ruler(clock, file.segments, now, provisional=file.provisional)


def process(file: CaseFile, now: datetime) -> tuple[RecordLine, ...]:
    """The process record, oldest first."""
    names = department_names(file)
    return tuple(_record_line(row, names, now) for row in file.process)


def photos(file: CaseFile, now: datetime) -> tuple[ShownPhoto, ...]:
    """The case's photos with what they show and when; a photo without a time has its step's."""
    step_times = {photo.sha256: row.at for row in file.process for photo in row.photos}
    shown = []
    for photo in file.photos:
        at = photo.taken_at or step_times.get(photo.sha256)
        usage = usage_name(photo.usage)
        time, tip = (moment(at, now), f"{usage} {full_moment(at)}") if at else ("", usage)
        shown.append(ShownPhoto(photo.sha256, usage, time, tip))
    return tuple(shown)


def scene(file: CaseFile, now: datetime) -> Scene:
    """What a synthetic picture of the case would show at this step."""
    usages = {move.transition.photo_usage for move in file.moves}
    return Scene(
        class_name=file.case.class_name,
        place=file.case.place.address or file.case.place.road,
        at=now,
        mended=bool(usages & {PhotoUsage.AFTER, PhotoUsage.CHECK}),
        lon=file.case.place.lon,
        lat=file.case.place.lat,
    )


def waiting_sentence(file: CaseFile) -> str:
    """Whom the case waits for and what for, where this seat can do nothing."""
    if file.case.state.is_ended:
        return tr("This case has ended: {state}.", state=state_name(file.case.state))
    return tr(
        "Waiting for {holder}: {state}", holder=file.holder, state=state_name(file.case.state)
    )


def taken_sentence(before: CaseFile, after: CaseFile, seat: Seat) -> str:
    """Who took the case's step while this seat was about to; empty where nobody did."""
    if not _is_next(before) or _is_next(after) or len(after.process) <= len(before.process):
        return ""
    last = after.process[-1]
    if last.person_name == seat.person_name:
        return ""
    return tr(
        "{name} ({post}) took this case's step meanwhile: {step}.",
        name=last.person_name,
        post=last.post_name,
        step=last.operation_name,
    )


def _is_next(file: CaseFile) -> bool:
    """Whether the seat has the step onward; who may only urge or link is not the next."""
    return any(move.transition.tone == MAIN for move in file.moves)


def step_name(step: Step) -> str:
    """The short name of a step, as on the trail."""
    return {
        Step.COLLECT: tr("Report"),
        Step.FILE: tr("File"),
        Step.DISPATCH: tr("Dispatch"),
        Step.HANDLE: tr("Handle"),
        Step.FEED_BACK: tr("Feed back"),
        Step.CHECK_AND_CLOSE: tr("Check"),
        Step.EVALUATE: tr("Evaluate"),
    }[step]


def state_name(state: State) -> str:
    """A state as the profile's operators call it."""
    return name_of(state.value)


def _lamp_tip(colour: Lamp, clock: Clock | None, now: datetime) -> str:
    meaning = lamp_meaning(colour)
    if clock is None:
        return meaning
    return tr(
        "{meaning}: {clock} limit {limit}, {left}",
        meaning=meaning,
        clock=clock.kind.label,
        limit=str(clock.limit),
        left=remaining_words(clock, now),
    )


def _last_step_reached(file: CaseFile) -> Step:
    reached = [row.from_state.step for row in file.process if row.from_state is not None]
    return max(reached, default=Step.COLLECT)


def _record_line(row: ProcessRow, departments: dict[int, str], now: datetime) -> RecordLine:
    return RecordLine(
        time=moment(row.at, now),
        time_tip=full_moment(row.at),
        operation=row.operation_name,
        who=f"{row.post_name} {row.person_name}",
        opinion=row.opinion,
        took="—" if row.took_seconds is None else duration(row.took_seconds),
        overdue=row.overdue,
        photos=len(row.photos),
        changes=change_words(row, departments, now),
    )

"""The sheet of a case as plain values: what is printed, in words, before anything is laid out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.case_blocks import Block, case_blocks
from ui.case_form.panel_model import headline, state_name
from ui.case_form.wording import duration, full_moment
from ui.map_view.view import ATTRIBUTION
from ui.photo_viewer.pairs import SeenPhoto, photo_captions
from ui.printing.deadline_words import ClockLine, clock_lines
from workflow.calendar import WorkCalendar
from workflow.posts import Seat
from workflow.queries import CaseFile, CityInfo, ProcessRow

TIMING = "timing"
"""The block that says in short what the table of deadlines says in full."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A line of the process record (办理经过)."""

    time: str
    step: str
    who: str
    opinion: str
    took: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the paper says.

    Attributes:
        blocks: the facts of the form, as whoever prints may read them.
        marks: what stands beside the state: lamp in words, urgent, rework.
        synthetic: the words that mark invented data; empty in a real city.
        printed: by whom and when. attribution: whose map gave the addresses.
    """

    title: str
    number: str
    state: str
    marks: str
    city: str
    synthetic: str
    blocks: Sequence[Block]
    clocks: Sequence[ClockLine]
    provisional: bool
    steps: Sequence[StepLine]
    photos: Sequence[SeenPhoto]
    printed: str
    attribution: str


def case_sheet(
    file: CaseFile, city: CityInfo, calendar: WorkCalendar, seat: Seat, now: datetime
) -> Sheet:
    """The sheet of a case as it stands now, printed by whoever sits at the desk."""
    head = headline(file, now)
    words = (head.class_name, head.whole_condition)
    return Sheet(
        title=" · ".join(word for word in words if word),
        number=head.number,
        state=state_name(file.case.state),
        marks=" · ".join(dict.fromkeys((head.lamp_tip, *head.marks))),
        city=city.name,
        synthetic=tr("Synthetic data, no real case") if city.synthetic else "",
        blocks=[one for one in case_blocks(file, now, seat) if one.id != TIMING],
        clocks=tuple(clock_lines(file.case.clocks, calendar, now)),
        provisional=file.provisional,
        steps=tuple(_step_lines(file.process)),
        photos=photo_captions(file),
        printed=tr(
            "Printed by {post} {name}, {time}",
            post=seat.post_name,
            name=seat.person_name,
            time=full_moment(now),
        ),
        attribution=tr("Map data: {attribution}", attribution=ATTRIBUTION),
    )


def _step_lines(rows: Sequence[ProcessRow]) -> Iterator[StepLine]:
    for row in rows:
        yield StepLine(
            time=full_moment(row.at),
            step=row.operation_name,
            who=f"{row.post_name} {row.person_name}".strip(),
            opinion=row.opinion,
            took="—" if row.took_seconds is None else duration(row.took_seconds),
            overdue=row.overdue,
        )

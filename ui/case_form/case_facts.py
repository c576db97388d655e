"""The facts of a case as labelled lines; each says on hover where it comes from, or all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from resources.language import tr
from ui.case_form.panel_model import current_clock, state_name
from ui.case_form.wording import cell, full_moment, moment
from workflow.case import Place
from workflow.clock import ClockKind
from workflow.queries import CaseFile


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line of the case; `tip` says where it comes from or says it in full."""

    label: str
    text: str
    tip: str = ""


def facts(file: CaseFile, now: datetime) -> tuple[Fact, ...]:
    """The labelled lines, only those that have something to say."""
    return tuple(fact for fact in _facts(file, now) if fact.text)


def _facts(file: CaseFile, now: datetime) -> Iterator[Fact]:
    case, place, component = file.case, file.case.place, file.component
    reported = moment(case.reported_at, now)
    yield Fact(tr("Source"), case.source)
    yield Fact(
        tr("Reporter"),
        f"{file.reporter_name} · {reported}",
        full_moment(case.reported_at),
    )
    yield Fact(tr("Description"), case.description)
    yield Fact(
        tr("Place"), place.address or place.road, f"{place.lon:.6f}, {place.lat:.6f} CGCS2000"
    )
    yield Fact(
        tr("Unit cell"),
        tr(
            "{cell} · {street} · beat {beat}",
            cell=cell(place.cell_code),
            street=place.street_name,
            beat=_beat(place),
        ),
        tr(
            "{district} {street} {community}, unit cell {cell}, beat {beat}",
            beat=place.beat_code,
            district=place.district_name,
            street=place.street_name,
            community=place.community_name,
            cell=place.cell_code,
        ),
    )
    if component is not None:
        yield Fact(tr("Component"), f"{component.code} {component.class_name}", component.address)
        yield Fact(
            tr("Owner / maintainer"),
            f"{component.owner_name} / {component.maintainer_name}",
            tr("Authority: {name}", name=component.authority_name),
        )
    elif case.component_code:
        yield Fact(tr("Component"), case.component_code)
    yield Fact(tr("Filing condition"), file.condition)
    yield Fact(tr("Closing condition"), file.closing_condition)
    yield _limit_fact(file, now)
    yield Fact(tr("Department"), file.department_name)
    yield Fact(tr("Collector"), file.collector_name)
    if not case.state.is_ended:
        yield Fact(tr("Held by"), file.holder, state_name(case.state))
    elif case.closed_at is not None:
        yield Fact(tr("Closed at"), moment(case.closed_at, now), full_moment(case.closed_at))


def _beat(place: Place) -> str:
    """The beat's own part of its code; street and community stand beside it already."""
    for prefix in (place.community_code, place.street_code):
        if prefix and place.beat_code.startswith(prefix):
            return place.beat_code.removeprefix(prefix).lstrip("-")
    return place.beat_code


def _limit_fact(file: CaseFile, now: datetime) -> Fact:
    handle = next((c for c in file.case.clocks if c.kind is ClockKind.HANDLE), None)
    clock = current_clock(file)
    if handle is not None and handle.stopped_at is None:
        due = moment(handle.due_at, now)
        return Fact(
            tr("Handling limit"),
            tr("{limit} · until {due}", limit=file.limit_text, due=due),
            handle.rule,
        )
    return Fact(tr("Handling limit"), file.limit_text, clock.rule if clock else "")

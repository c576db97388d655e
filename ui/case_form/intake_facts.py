"""What is told of a case by those who brought it: source, caller, class, place, description."""

from collections.abc import Iterator
from datetime import datetime

from resources.language import tr
from resources.profile import rows
from ui.case_form.fact import Fact
from ui.case_form.wording import cell, full_moment, moment
from workflow.case import Case, CaseKind, Place
from workflow.posts import Seat
from workflow.queries import CaseFile

SUPERVISION = "supervision"
HIDDEN = "＊"


def sees_callers(seat: Seat | None) -> bool:
    """Whether a seat may read who called in confidence: those of the supervision axis may."""
    if seat is None:
        return False
    return any(row["code"] == seat.post and row["axis"] == SUPERVISION for row in rows("posts"))


def essentials(file: CaseFile) -> Iterator[Fact]:
    """What and where."""
    case, place, component = file.case, file.case.place, file.component
    yield Fact(tr("Description"), case.description)
    yield Fact(tr("Remark"), case.remark)
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


def source_facts(file: CaseFile, now: datetime, seat: Seat | None) -> Iterator[Fact]:
    """Where it comes from, and who called."""
    case = file.case
    reported = moment(case.reported_at, now)
    yield Fact(tr("Source"), case.source, brief=case.source)
    yield Fact(
        tr("Reporter"),
        f"{file.reporter_name} · {reported}",
        full_moment(case.reported_at),
        brief=f"{file.reporter_name} {reported}",
    )
    yield from _caller(case, is_open=not case.confidential or sees_callers(seat))
    if case.wants_reply:
        yield Fact(tr("Reply"), tr("the caller asks to be told"), brief=tr("wants a reply"))
    yield Fact(tr("Other number"), case.external_number, brief=case.external_number)
    if case.verify_result is not None:
        words = tr("true") if case.verify_result == "true" else tr("not true")
        yield Fact(tr("Verified"), words, lamp="" if case.verify_result == "true" else "yellow")


def class_facts(file: CaseFile) -> Iterator[Fact]:
    """How it is classed."""
    case = file.case
    kind = tr("Component") if case.kind is CaseKind.COMPONENT else tr("Event")
    words = f"{kind} · {case.class_name} {case.class_code}"
    yield Fact(tr("Class"), words, case.edition, brief=words)
    area = {1: tr("first-class area"), 2: tr("second-class area")}.get(case.place.area_class, "")
    yield Fact(tr("Area class"), area, brief=area)
    if case.time_tier:
        tier = tr("Tier {tier}", tier=case.time_tier)
        yield Fact(tr("Time tier"), tier, brief=tier)


def identity_facts(file: CaseFile) -> Iterator[Fact]:
    """Under which rules and in whose loop it runs."""
    case = file.case
    yield Fact(tr("Case number"), case.number)
    name = next((row["name"] for row in rows("profile", case.profile)), case.profile)
    rules = tr("{profile}, rules of version {version}", profile=name, version=case.rules_version)
    yield Fact(tr("Rules"), rules, brief=rules)
    loop = tr("run by the district") if case.level == "district" else tr("run by the city")
    yield Fact(tr("Loop"), loop, brief=loop)


def _caller(case: Case, *, is_open: bool) -> Iterator[Fact]:
    name, phone = case.caller_name, case.caller_phone
    tip = (
        tr("In confidence: the desks of the supervision axis read it.") if case.confidential else ""
    )
    if not is_open:
        name, phone = name and name[0] + HIDDEN * 2, phone and _masked(phone)
    yield Fact(tr("Caller"), name, tip, brief=name)
    yield Fact(tr("Phone"), phone, tip, brief=phone)
    if case.confidential and (name or phone):
        yield Fact(tr("Confidence"), tr("the caller is not to be named"), tip)


def _masked(phone: str) -> str:
    """138****5678: enough to tell two callers apart."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"


def _beat(place: Place) -> str:
    """The beat's own part of its code; street and community stand beside it already."""
    for prefix in (place.community_code, place.street_code):
        if prefix and place.beat_code.startswith(prefix):
            return place.beat_code.removeprefix(prefix).lstrip("-")
    return place.beat_code

"""Cases that belong together: merged, linked, or so alike that they may be one."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from db.queries.names import Names
from db.tables import AttachmentRow, CaseRow
from workflow.address import METRES_PER_DEGREE, offset
from workflow.case import Case
from workflow.case_file import RelatedCase
from workflow.ids import CaseId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.states import State

NEAR_METRES, NEAR_DAYS = 100, 7
"""同类、100 米、7 日内: how far apart two reports of one problem may lie. No source gives it."""

_MOST = 12


def related_cases(connection: Connection, case: Case, names: Names) -> tuple[RelatedCase, ...]:
    """Merged and linked cases, then proposals, the nearest first."""
    bound = [_related(row, case, names) for row in connection.execute(_bound(case))]
    known = {one.case_id for one in bound} | {case.id}
    alike = (
        _related(row, case, names)
        for row in connection.execute(_alike(case))
        if row.id not in known
    )
    near = sorted(
        (one for one in alike if one.metres <= NEAR_METRES),
        key=lambda one: (one.metres, one.case_id),
    )
    return (*bound, *near[:_MOST])


def _bound(case: Case) -> Select[*tuple[Any, ...]]:
    """Its master, those merged into it, and what it is linked with, in either direction.

    A case that others were merged into may be merged itself later; it brings them along.
    """
    first = select(CaseRow.id).where(CaseRow.duplicate_of == case.id).cte("merged", recursive=True)
    merged = first.union(select(CaseRow.id).join(first, CaseRow.duplicate_of == first.c.id))
    named = [one for one in (case.duplicate_of, case.similar_to) if one is not None]
    return (
        _shown()
        .where(
            or_(
                CaseRow.id.in_(named),
                CaseRow.id.in_(select(merged.c.id)),
                CaseRow.similar_to == case.id,
            )
        )
        .order_by(CaseRow.id)
    )


def _alike(case: Case) -> Select[*tuple[Any, ...]]:
    """Of the same class, reported within a week and within a square around the case."""
    apart = timedelta(days=NEAR_DAYS)
    tall = NEAR_METRES / METRES_PER_DEGREE
    wide = 2 * tall  # more than enough short of the polar circle; metres are measured afterwards
    return _shown().where(
        CaseRow.class_code == case.class_code,
        CaseRow.reported_at.between(
            epoch_ms(case.reported_at - apart), epoch_ms(case.reported_at + apart)
        ),
        CaseRow.kind == case.kind.value,
        CaseRow.lon.between(case.place.lon - wide, case.place.lon + wide),
        CaseRow.lat.between(case.place.lat - tall, case.place.lat + tall),
        CaseRow.duplicate_of.is_(None),
    )


def _shown() -> Select[*tuple[Any, ...]]:
    photo = (
        select(AttachmentRow.sha256)
        .where(AttachmentRow.case_id == CaseRow.id)
        .order_by(AttachmentRow.event_seq, AttachmentRow.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(
        CaseRow.id,
        CaseRow.number,
        CaseRow.state,
        CaseRow.class_name,
        CaseRow.description,
        CaseRow.address,
        CaseRow.reporter_id,
        CaseRow.reported_at,
        CaseRow.lon,
        CaseRow.lat,
        CaseRow.duplicate_of,
        CaseRow.similar_to,
        photo.label("photo"),
    )


def _related(row: Row[*tuple[Any, ...]], case: Case, names: Names) -> RelatedCase:
    metres = offset(case.place.lon, case.place.lat, row.lon, row.lat).metres
    reported_at = from_epoch_ms(row.reported_at)
    relation = _relation(row, case)
    days = abs((reported_at.date() - case.reported_at.date()).days)
    return RelatedCase(
        case_id=CaseId(row.id),
        number=row.number,
        state=State(row.state),
        class_name=row.class_name,
        description=row.description,
        address=row.address,
        reporter_name=names.people.get(row.reporter_id, ""),
        reported_at=reported_at,
        relation=relation,
        metres=round(metres),
        reason=f"同类 · 相距 {metres:.0f} 米 · 相隔 {days} 日" if relation == "similar" else "",
        photo=row.photo or "",
    )


def _relation(row: Row[*tuple[Any, ...]], case: Case) -> str:
    if row.id == case.duplicate_of:
        return "master"
    if row.id == case.similar_to or row.similar_to == case.id:
        return "linked"
    # Whatever is merged into another one and is not proposed is merged into this one in the end.
    return "similar" if row.duplicate_of is None else "duplicate"

"""Versions of the working calendar in the database: read, and published one after the other."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from db.repositories.unit_of_work import hold_steps
from db.rules import load_calendar
from db.tables import (
    CalendarDayRow,
    CaseRow,
    ChangeLogRow,
    CityRow,
    ClockRow,
    PersonPostRow,
    PersonRow,
    WorkCalendarRow,
)
from resources import rulebook
from workflow.calendar import WorkCalendar
from workflow.calendar_rows import HOLIDAY, MAKE_UP
from workflow.calendar_versions import CalendarChanged, CalendarDraft, CalendarVersion
from workflow.errors import NotAllowed
from workflow.instants import epoch_ms, from_epoch_ms, readable
from workflow.posts import Post, Seat

RULES: Final = "rules"
"""What the change log calls whatever cases live under."""


def read_versions(connection: Connection) -> tuple[CalendarVersion, ...]:
    """Every version, newest first."""
    in_force = connection.execute(select(CityRow.calendar_version)).scalar_one()
    running = {row.version: row.clocks for row in connection.execute(_RUNNING)}
    return tuple(
        CalendarVersion(
            calendar=load_calendar(connection, row.version),
            notices=_notice_names(row.notices, row.years_with_notice),
            published_at=None if row.published_at is None else from_epoch_ms(row.published_at),
            published_by=row.name or "",
            in_force=row.version == in_force,
            open_clocks=running.get(row.version, 0),
        )
        for row in connection.execute(_VERSIONS)
    )


def publish(connection: Connection, draft: CalendarDraft, seat: Seat, now: datetime) -> int:
    """Add the draft as a new version and let the city live under it; answers its number.

    Old versions stay as they are: clocks that run on them do so until they are counted anew.

    Raises:
        NotAllowed: not the administrator, or nothing differs from the version in force.
        CalendarChanged: another seat published one since the draft was begun.
        InvalidCalendar: the first fault of its rows.
    """
    hold_steps(connection)
    _refuse_others(connection, seat)
    in_force = connection.execute(select(CityRow.calendar_version)).scalar_one()
    if in_force != draft.base:
        raise _changed(connection, in_force)
    version = connection.execute(select(func.max(WorkCalendarRow.version))).scalar_one() + 1
    calendar = draft.calendar(version)
    _refuse_the_same(connection, calendar, draft)
    connection.execute(
        insert(WorkCalendarRow).values(
            version=version,
            spans=spans_json(calendar),
            years_with_notice=json.dumps(sorted(calendar.notice_years)),
            notices=notices_json(draft.notice_names()),
            published_at=epoch_ms(now),
            published_by=seat.person_id,
        )
    )
    if days := _day_values(calendar):
        connection.execute(insert(CalendarDayRow), days)
    connection.execute(update(CityRow).values(calendar_version=version))
    line = {"at": epoch_ms(now), "entity": RULES, "entity_id": version, "kind": "publish"}
    connection.execute(insert(ChangeLogRow).values(line))
    return version


def spans_json(calendar: WorkCalendar) -> str:
    """The working hours as they are stored."""
    return json.dumps([[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in calendar.spans])


def notices_json(notices: dict[int, str]) -> str:
    """The names of the notices as they are stored."""
    written = {str(year): name for year, name in sorted(notices.items())}
    return json.dumps(written, ensure_ascii=False)


def _day_values(calendar: WorkCalendar) -> list[dict[str, object]]:
    return [
        {"version": calendar.version, "day": day.isoformat(), "kind": kind, "name": name}
        for kind, days in ((HOLIDAY, calendar.holidays), (MAKE_UP, calendar.make_up_days))
        for day, name in sorted(days.items())
    ]


def _refuse_others(connection: Connection, seat: Seat) -> None:
    held = select(PersonPostRow.id).where(
        PersonPostRow.person_id == seat.person_id, PersonPostRow.post == Post.ADMIN.value
    )
    if seat.post is not Post.ADMIN or connection.execute(held.limit(1)).scalar() is None:
        raise NotAllowed(
            "{name} cannot publish a working calendar as {post}; ask the administrator.",
            name=seat.person_name,
            post=seat.post,
        )


def _changed(connection: Connection, version: int) -> CalendarChanged:
    row = connection.execute(_VERSIONS.where(WorkCalendarRow.version == version)).one()
    return CalendarChanged(
        "This draft cannot be published: {name} published version {version} of the working "
        "calendar at {at}. Look at that version and draw yours from it.",
        name=row.name or "—",
        version=version,
        at="—" if row.published_at is None else readable(from_epoch_ms(row.published_at)),
    )


def _refuse_the_same(connection: Connection, new: WorkCalendar, draft: CalendarDraft) -> None:
    old = load_calendar(connection, draft.base)
    row = connection.execute(_VERSIONS.where(WorkCalendarRow.version == draft.base)).one()
    if _notice_names(row.notices, row.years_with_notice) == draft.notice_names() and _days_of(
        old
    ) == _days_of(new):
        raise NotAllowed(
            "There is nothing to publish: the draft is the same as version {version} of the "
            "working calendar.",
            version=draft.base,
        )


def _notice_names(notices: str, years: str) -> dict[int, str]:
    """Those that were stored; the first calendars knew years only, and had the shipped notices."""
    stored = {int(year): name for year, name in json.loads(notices).items()}
    shipped = rulebook.notices()
    return {year: stored.get(year) or shipped.get(year) or str(year) for year in json.loads(years)}


def _days_of(calendar: WorkCalendar) -> tuple[object, ...]:
    return (
        calendar.spans,
        calendar.holidays,
        calendar.make_up_days,
        calendar.notice_years,
    )


_VERSIONS: Final = (
    select(
        WorkCalendarRow.version,
        WorkCalendarRow.notices,
        WorkCalendarRow.years_with_notice,
        WorkCalendarRow.published_at,
        PersonRow.name,
    )
    .outerjoin(PersonRow, PersonRow.id == WorkCalendarRow.published_by)
    .order_by(WorkCalendarRow.version.desc())
)
_RUNNING: Final = (
    select(ClockRow.calendar_version.label("version"), func.count().label("clocks"))
    .join(CaseRow, CaseRow.id == ClockRow.case_id)
    .where(~CaseRow.ended, ClockRow.stopped_at.is_(None))
    .group_by(ClockRow.calendar_version)
)

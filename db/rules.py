"""The rules in force, read back from the database as the values that deciding works with."""

import json
from dataclasses import replace
from datetime import date, time

from sqlalchemy import Connection, select

from db.tables import (
    CalendarDayRow,
    CityRow,
    ClassEntryRow,
    FilingConditionRow,
    StageLimitRow,
    TransitionPostRow,
    TransitionRow,
    WorkCalendarRow,
)
from resources import profile as profiles
from workflow.calendar import WorkCalendar
from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition
from workflow.clocks import ClockKind
from workflow.errors import NotFound
from workflow.limits import Limit, TimeUnit
from workflow.rules import RuleSet, StageLimit
from workflow.settings import Authorisation, Settings, authorisations_from, settings_from
from workflow.shelf import RuleShelf
from workflow.transition_rows import stage_limits_from, table_from
from workflow.transitions import TransitionTable


def load_rules(connection: Connection) -> RuleSet:
    """The rules that the database's city lives under. Raises NotFound where it has no city yet."""
    city = connection.execute(
        select(CityRow.profile, CityRow.rules_version, CityRow.calendar_version, CityRow.edition)
    ).one_or_none()
    if city is None:
        raise NotFound("This database holds no city yet; build the demo city with `./wanmi demo`.")
    calendars = {
        version: load_calendar(connection, version)
        for version in connection.execute(select(WorkCalendarRow.version)).scalars()
    }
    settings, authorisations = load_settings(city.profile, city.rules_version)
    return RuleSet(
        table=load_table(connection, city.profile, city.rules_version),
        catalog=load_catalog(connection, city.profile, city.edition),
        calendar=calendars.pop(city.calendar_version),
        stage_limits=load_stage_limits(connection, city.profile),
        settings=settings,
        authorisations=authorisations,
        earlier_calendars=calendars,
    )


def load_shelf(connection: Connection) -> RuleShelf:
    """The rules in force, and beside them every version that cases of the record live under."""
    current = load_rules(connection)
    table = current.table
    earlier = {}
    for profile, version in connection.execute(_VERSIONS):
        if (profile, version) == (table.profile, table.version):
            continue
        settings, authorisations = load_settings(profile, version)
        earlier[profile, version] = replace(
            current,
            table=load_table(connection, profile, version),
            settings=settings,
            authorisations=authorisations,
        )
    return RuleShelf(current, earlier)


def load_settings(profile: str, version: int) -> tuple[Settings, dict[str, Authorisation]]:
    """Settings and standing rules of a profile; its first version knew neither."""
    if version == 1:
        return Settings(), {}
    return (
        settings_from(profiles.rows("settings", profile)),
        authorisations_from(profiles.rows("authorisations", profile)),
    )


def load_table(connection: Connection, profile: str, version: int) -> TransitionTable:
    """The transition table of a profile in one version."""
    posts: dict[int, list[str]] = {}
    for ord_, post in connection.execute(
        select(TransitionPostRow.ord, TransitionPostRow.post).where(
            TransitionPostRow.profile == profile, TransitionPostRow.version == version
        )
    ):
        posts.setdefault(ord_, []).append(post)
    rows = connection.execute(
        select(TransitionRow.__table__)
        .where(TransitionRow.profile == profile, TransitionRow.version == version)
        .order_by(TransitionRow.ord)
    ).mappings()
    return table_from(
        profile, version, [{**row, "posts": ";".join(posts[row["ord"]])} for row in rows]
    )


def load_catalog(connection: Connection, profile: str, edition: str) -> Catalog:
    """The classes of an edition with the filing standard of a profile."""
    entries = connection.execute(
        select(ClassEntryRow).where(ClassEntryRow.edition == edition).order_by(ClassEntryRow.id)
    )
    conditions = connection.execute(
        select(FilingConditionRow)
        .where(FilingConditionRow.profile == profile)
        .order_by(FilingConditionRow.ord)
    )
    return Catalog(
        edition,
        [
            ClassEntry(
                kind=CaseKind(row.kind),
                edition=row.edition,
                big_code=row.big_code,
                big_name=row.big_name,
                small_code=row.small_code,
                small_name=row.small_name,
                confidence=row.confidence,
            )
            for row in entries
        ],
        [
            FilingCondition(
                id=row.id,
                kind=CaseKind(row.kind),
                class_code=row.class_code,
                text=row.text,
                limit=_limit(row.limit_amount, row.limit_unit),
                limit_text=row.limit_text,
                limit_note=row.limit_note,
                closing_condition=row.closing_condition,
                handling_departments=row.handling_departments,
                supervising_departments=row.supervising_departments,
            )
            for row in conditions
        ],
    )


def load_calendar(connection: Connection, version: int) -> WorkCalendar:
    """One version of the working calendar."""
    calendar = connection.execute(
        select(WorkCalendarRow.spans, WorkCalendarRow.years_with_notice).where(
            WorkCalendarRow.version == version
        )
    ).one()
    days: dict[str, dict[date, str]] = {"holiday": {}, "makeup": {}}
    for day, kind, name in connection.execute(
        select(CalendarDayRow.day, CalendarDayRow.kind, CalendarDayRow.name).where(
            CalendarDayRow.version == version
        )
    ):
        days[kind][date.fromisoformat(day)] = name
    return WorkCalendar(
        version=version,
        spans=tuple(
            (time.fromisoformat(start), time.fromisoformat(end))
            for start, end in json.loads(calendar.spans)
        ),
        holidays=days["holiday"],
        make_up_days=days["makeup"],
        notice_years=frozenset(json.loads(calendar.years_with_notice)),
    )


def load_stage_limits(connection: Connection, profile: str) -> dict[ClockKind, StageLimit]:
    """How long each stage may take in a profile."""
    return stage_limits_from(
        connection.execute(
            select(
                StageLimitRow.kind, StageLimitRow.amount, StageLimitRow.unit, StageLimitRow.source
            ).where(StageLimitRow.profile == profile)
        )
    )


def _limit(amount: int | None, unit: str | None) -> Limit | None:
    return None if amount is None or unit is None else Limit(amount, TimeUnit(unit))


# Every version that is loaded, not only those that cases have: the next case may come with it.
_VERSIONS = select(TransitionRow.profile, TransitionRow.version).distinct()

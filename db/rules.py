"""The rules in force, read back from the database as the values that deciding works with."""

import json
from collections.abc import Mapping
from datetime import date, time

from sqlalchemy import Connection, select

from db.rule_versions import read_transitions, versions
from db.tables import (
    AuthorisationRow,
    CalendarDayRow,
    CityRow,
    ClassEntryRow,
    FilingConditionRow,
    SettingRow,
    StageLimitRow,
    TierLimitRow,
    WorkCalendarRow,
)
from workflow.calendar import WorkCalendar
from workflow.case import CaseKind
from workflow.catalog import Catalog, ClassEntry, FilingCondition, TierLimit
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
    return _rule_set(
        connection, city.profile, city.rules_version, city.edition, calendars, city.calendar_version
    )


def load_shelf(connection: Connection) -> RuleShelf:
    """The rules in force, and beside them every version that cases of the record live under."""
    current = load_rules(connection)
    table, catalog = current.table, current.catalog
    calendars = {**current.earlier_calendars, current.calendar.version: current.calendar}
    # Every version that is loaded, not only those that cases have: the next case may come with it.
    earlier = {
        (profile, version): _rule_set(
            *(connection, profile, version, catalog.edition, calendars, current.calendar.version)
        )
        for profile, version in versions(connection)
        if (profile, version) != (table.profile, table.version)
    }
    return RuleShelf(current, earlier)


def _rule_set(
    connection: Connection,
    profile: str,
    version: int,
    edition: str,
    calendars: Mapping[int, WorkCalendar],
    in_force: int,
) -> RuleSet:
    return RuleSet(
        table=load_table(connection, profile, version),
        catalog=load_catalog(connection, profile, version, edition),
        calendar=calendars[in_force],
        stage_limits=load_stage_limits(connection, profile, version),
        settings=load_settings(connection, profile, version),
        authorisations=load_authorisations(connection, profile, version),
        earlier_calendars={
            number: calendar for number, calendar in calendars.items() if number != in_force
        },
    )


def load_settings(connection: Connection, profile: str, version: int) -> Settings:
    """The settings of a version; what none names keeps its default."""
    rows = connection.execute(
        select(SettingRow.key, SettingRow.value).where(
            SettingRow.profile == profile, SettingRow.version == version
        )
    )
    return settings_from([{"key": row.key, "value": row.value} for row in rows])


def load_authorisations(
    connection: Connection, profile: str, version: int
) -> dict[str, Authorisation]:
    """The standing rules of a version by id."""
    rows = connection.execute(
        select(AuthorisationRow.__table__)
        .where(AuthorisationRow.profile == profile, AuthorisationRow.version == version)
        .order_by(AuthorisationRow.id)
    ).mappings()
    return authorisations_from([{**row, "per_day": str(row["per_day"])} for row in rows])


def load_table(connection: Connection, profile: str, version: int) -> TransitionTable:
    """The transition table of a profile in one version."""
    return table_from(profile, version, read_transitions(connection, profile, version))


def load_catalog(connection: Connection, profile: str, version: int, edition: str) -> Catalog:
    """The classes of an edition with the filing standard of one version of a profile."""
    entries = connection.execute(
        select(ClassEntryRow).where(ClassEntryRow.edition == edition).order_by(ClassEntryRow.id)
    )
    conditions = connection.execute(
        select(FilingConditionRow)
        .where(FilingConditionRow.profile == profile, FilingConditionRow.version == version)
        .order_by(FilingConditionRow.ord)
    )
    tiers = _tier_limits(connection, profile, version)
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
                tier_limits=tuple(tiers.get(row.id, ())),
            )
            for row in conditions
        ],
    )


def _tier_limits(connection: Connection, profile: str, version: int) -> dict[str, list[TierLimit]]:
    found: dict[str, list[TierLimit]] = {}
    for row in connection.execute(
        select(TierLimitRow.__table__)
        .where(TierLimitRow.profile == profile, TierLimitRow.version == version)
        .order_by(TierLimitRow.condition_id, TierLimitRow.area_class, TierLimitRow.tier)
    ):
        limit = Limit(row.amount, TimeUnit(row.unit))
        tier = TierLimit(row.area_class, row.tier, limit, row.source)
        found.setdefault(row.condition_id, []).append(tier)
    return found


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


def load_stage_limits(
    connection: Connection, profile: str, version: int
) -> dict[ClockKind, StageLimit]:
    """How long each stage may take in one version of a profile."""
    rows = connection.execute(
        select(StageLimitRow.__table__).where(
            StageLimitRow.profile == profile, StageLimitRow.version == version
        )
    )
    return stage_limits_from((row.kind, row.amount, row.unit, row.source) for row in rows)


def _limit(amount: int | None, unit: str | None) -> Limit | None:
    return None if amount is None or unit is None else Limit(amount, TimeUnit(unit))

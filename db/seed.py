"""The shipped rules as rows: posts, transition table, class lists, filing standard, calendar."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert

from db.rule_versions import RuleRows, insert_version
from db.tables import (
    CalendarDayRow,
    ClassEntryRow,
    PostRow,
    WorkCalendarRow,
)
from resources import profile as profiles
from resources import rulebook
from workflow.calendar import DEFAULT_SPANS

CALENDAR_VERSION = 1


def seed_rules(
    connection: Connection,
    profile: str = profiles.DEFAULT_PROFILE,
    version: int = profiles.DEFAULT_VERSION,
    edition: str = rulebook.DEMO_EDITION,
) -> None:
    """Load all that deciding needs into a new database.

    Args:
        profile, version: the transition table, under the version that cases will keep.
        edition: the class list in force; the others are loaded beside it.
    """
    connection.execute(insert(PostRow), [dict(row) for row in profiles.rows("posts", profile)])
    _seed_classes(connection, edition)
    insert_version(connection, profile, version, shipped_rules(profile, edition))
    _seed_calendar(connection)


def shipped_rules(profile: str, edition: str = rulebook.DEMO_EDITION) -> RuleRows:
    """A shipped profile as the rows of a version; of several with one key the last one counts."""
    return RuleRows(
        transitions=profiles.rows("transitions", profile),
        settings=_last("key", profiles.rows("settings", profile)),
        authorisations=[
            {**row, "per_day": int(row["per_day"])}
            for row in _last("id", profiles.rows("authorisations", profile))
        ],
        duties=_last("duty", profiles.rows("duties", profile)),
        stage_limits=[
            {
                "kind": row.kind,
                "amount": row.limit_amount,
                "unit": row.limit_unit,
                "source": row.basis,
            }
            for row in rulebook.stage_limit_rows()
        ],
        # The filing standard is that of one list of classes.
        conditions=_conditions() if edition == rulebook.DEMO_EDITION else (),
        tier_limits=_tier_limits() if edition == rulebook.DEMO_EDITION else (),
    )


def _last(key: str, rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    return list({row[key]: row for row in rows}.values())


def _conditions() -> list[dict[str, object]]:
    return [
        {
            "id": row.id,
            "ord": ord_,
            "kind": row.kind,
            "class_code": row.class_code,
            "text": row.text,
            "limit_amount": row.limit_amount,
            "limit_unit": row.limit_unit,
            "limit_text": row.limit_text,
            "limit_note": row.limit_note,
            "closing_condition": row.closing_condition,
            "handling_departments": row.handling_departments,
            "supervising_departments": row.supervising_departments,
        }
        for ord_, row in enumerate(rulebook.condition_rows())
    ]


def _tier_limits() -> list[dict[str, object]]:
    return [
        {
            "condition_id": row.condition_id,
            "area_class": row.area_class,
            "tier": row.tier,
            "amount": row.limit_amount,
            "unit": row.limit_unit,
            "source": row.source,
        }
        for row in rulebook.tier_limit_rows()
    ]


def _seed_classes(connection: Connection, edition: str) -> None:
    connection.execute(
        insert(ClassEntryRow),
        [
            {
                "edition": row.edition,
                "kind": row.kind,
                "big_code": row.big_code,
                "big_name": row.big_name,
                "small_code": row.small_code,
                "small_name": row.small_name,
                "confidence": row.confidence,
                "in_force": row.edition == edition,
            }
            for row in rulebook.class_rows()
        ],
    )


def _seed_calendar(connection: Connection) -> None:
    spans = [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in DEFAULT_SPANS]
    connection.execute(
        insert(WorkCalendarRow).values(
            version=CALENDAR_VERSION,
            spans=json.dumps(spans),
            years_with_notice=json.dumps(sorted(rulebook.notices())),
        )
    )
    connection.execute(
        insert(CalendarDayRow),
        [
            {
                "version": CALENDAR_VERSION,
                "day": row.day.isoformat(),
                "kind": row.kind,
                "name": row.name,
            }
            for row in rulebook.day_rows()
        ],
    )

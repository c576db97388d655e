"""The shipped rules as rows: posts, transition table, class lists, filing standard, calendar."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert

from db.tables import (
    CalendarDayRow,
    ClassEntryRow,
    FilingConditionRow,
    PostRow,
    StageLimitRow,
    TransitionPostRow,
    TransitionRow,
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
    seed_transitions(connection, profile, version, profiles.rows("transitions", profile))
    _seed_catalogs(connection, profile, edition)
    _seed_stage_limits(connection, profile)
    _seed_calendar(connection)


def seed_transitions(
    connection: Connection, profile: str, version: int, rows: Iterable[Mapping[str, str]]
) -> None:
    """Load a transition table from rows with the columns of a profile's transitions.csv."""
    table = [
        {"profile": profile, "version": version, "ord": ord_, **row}
        for ord_, row in enumerate(rows)
    ]
    posts = [
        {"profile": profile, "version": version, "ord": row["ord"], "post": post}
        for row in table
        for post in str(row["posts"]).split(";")
    ]
    columns = [{name: row[name] for name in row if name != "posts"} for row in table]
    connection.execute(insert(TransitionRow), columns)
    connection.execute(insert(TransitionPostRow), posts)


def _seed_catalogs(connection: Connection, profile: str, edition: str) -> None:
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
    if edition != rulebook.DEMO_EDITION:
        return  # the filing standard is that of one list of classes
    connection.execute(
        insert(FilingConditionRow),
        [
            {
                "id": row.id,
                "ord": ord_,
                "profile": profile,
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
        ],
    )


def _seed_stage_limits(connection: Connection, profile: str) -> None:
    connection.execute(
        insert(StageLimitRow),
        [
            {
                "profile": profile,
                "kind": row.kind,
                "amount": row.limit_amount,
                "unit": row.limit_unit,
                "source": row.basis,
            }
            for row in rulebook.stage_limit_rows()
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

"""Versions of a city's rules as rows: read, loaded beside the old ones, and put in force.

A version is never changed once it stands here: what is edited becomes the next one, and each case
keeps the version that it was reported under.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from db.tables import (
    AuthorisationRow,
    ChangeLogRow,
    CityRow,
    DutyRow,
    FilingConditionRow,
    RuleVersionRow,
    SettingRow,
    StageLimitRow,
    TierLimitRow,
    TransitionPostRow,
    TransitionRow,
)
from workflow.instants import epoch_ms

Row = Mapping[str, Any]
RULES = "rules"
"""The entity of a line of the change log that says: read the rules again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRows:
    """Everything of one version but whose it is, in the columns of its tables.

    Attributes:
        transitions: with `posts`, parted by semicolons, as a profile's transitions.csv has them.
    """

    transitions: Sequence[Row]
    settings: Sequence[Row] = ()
    authorisations: Sequence[Row] = ()
    duties: Sequence[Row] = ()
    stage_limits: Sequence[Row] = ()
    conditions: Sequence[Row] = ()
    tier_limits: Sequence[Row] = ()


_TABLES: Mapping[str, Any] = {
    "settings": SettingRow,
    "authorisations": AuthorisationRow,
    "duties": DutyRow,
    "stage_limits": StageLimitRow,
    "conditions": FilingConditionRow,
    "tier_limits": TierLimitRow,
}


def versions(connection: Connection) -> list[tuple[str, int]]:
    """Profile and version of all rules that are loaded, oldest first."""
    rows = connection.execute(
        select(RuleVersionRow.profile, RuleVersionRow.version).order_by(
            RuleVersionRow.profile, RuleVersionRow.version
        )
    )
    return [(row.profile, row.version) for row in rows]


def newest(connection: Connection, profile: str) -> int | None:
    """The newest version of a profile that is loaded, if there is one."""
    found = connection.execute(
        select(func.max(RuleVersionRow.version)).where(RuleVersionRow.profile == profile)
    ).scalar()
    return None if found is None else int(found)


def insert_version(
    connection: Connection,
    profile: str,
    version: int,
    rows: RuleRows,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Load a version under its number, which must be free."""
    whose = {"profile": profile, "version": version}
    connection.execute(
        insert(RuleVersionRow).values(
            **whose, note=note, loaded_at=None if at is None else epoch_ms(at)
        )
    )
    insert_transitions(connection, profile, version, rows.transitions)
    for name, table in _TABLES.items():
        if lines := [{**row, **whose} for row in getattr(rows, name)]:
            connection.execute(insert(table), lines)


def insert_transitions(
    connection: Connection, profile: str, version: int, rows: Iterable[Row]
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


def read_version(connection: Connection, profile: str, version: int) -> RuleRows:
    """All rows of a version, such as `insert_version` takes them."""
    found = {name: _rows_of(connection, table, profile, version) for name, table in _TABLES.items()}
    return RuleRows(transitions=read_transitions(connection, profile, version), **found)


def read_transitions(connection: Connection, profile: str, version: int) -> list[Row]:
    """The rows of a transition table with their posts, in order."""
    posts: dict[int, list[str]] = {}
    for line in _rows_of(connection, TransitionPostRow, profile, version):
        posts.setdefault(line["ord"], []).append(line["post"])
    rows = _rows_of(connection, TransitionRow, profile, version)
    rows.sort(key=lambda row: int(row["ord"]))
    return [
        {name: cell for name, cell in row.items() if name != "ord"}
        | {"posts": ";".join(posts.get(row["ord"], ()))}
        for row in rows
    ]


def add_version(
    connection: Connection, profile: str, rows: RuleRows, note: str, at: datetime
) -> int:
    """Load rows as the next version of a profile and answer its number."""
    version = 1 + (newest(connection, profile) or 0)
    insert_version(connection, profile, version, rows, note, at)
    return version


def put_in_force(connection: Connection, profile: str, version: int, at: datetime) -> None:
    """New cases are reported under this version from now on; every desk hears of it."""
    connection.execute(update(CityRow).values(profile=profile, rules_version=version))
    announce(connection, at)


def announce(connection: Connection, at: datetime) -> None:
    """Tell every desk that the rules are to be read again."""
    connection.execute(
        insert(ChangeLogRow).values(at=epoch_ms(at), entity=RULES, entity_id=1, kind="change")
    )


def with_settings(rows: RuleRows, changed: Mapping[str, str], source: str) -> RuleRows:
    """The rows with other values for some settings."""
    kept = [row for row in rows.settings if row["key"] not in changed]
    new = [{"key": key, "value": value, "source": source} for key, value in changed.items()]
    return replace(rows, settings=sorted([*kept, *new], key=lambda row: str(row["key"])))


def with_stage_limits(rows: RuleRows, changed: Sequence[Row]) -> RuleRows:
    """The rows with other limits for some kinds of clocks."""
    kinds = {row["kind"] for row in changed}
    kept = [row for row in rows.stage_limits if row["kind"] not in kinds]
    return replace(rows, stage_limits=[*kept, *changed])


def with_authorisations(rows: RuleRows, authorisations: Sequence[Row]) -> RuleRows:
    """The rows with other standing rules."""
    return replace(rows, authorisations=list(authorisations))


def _rows_of(connection: Connection, table: Any, profile: str, version: int) -> list[Row]:
    found = connection.execute(
        select(table.__table__).where(table.profile == profile, table.version == version)
    ).mappings()
    return [
        {name: cell for name, cell in row.items() if name not in ("profile", "version")}
        for row in found
    ]

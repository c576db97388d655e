"""Profiles of a city: which is in force, which cases live under which, and changing over.

The rules of a profile stand in the database beside those of the others. Changing over moves the
city's one row on; open cases keep what they were reported under.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.database import Database
from db.rule_versions import (
    Row,
    RuleRows,
    add_version,
    insert_version,
    newest,
    put_in_force,
    read_version,
)
from db.rules import load_rules
from db.seed import shipped_rules
from db.tables import CaseRow, CityRow, PersonPostRow, RuleVersionRow
from resources import profile as profiles
from resources.profile_rows import IncompleteProfile
from resources.profile_source import read_profile
from workflow.catalog import Catalog
from workflow.errors import NotAllowed
from workflow.instants import from_epoch_ms
from workflow.posts import Post, Seat
from workflow.profile_check import check_written
from workflow.profile_findings import ProfileFault
from workflow.profiles import ProfileRefused, ProfileStanding, ProfileSwitch, RulesVersion
from workflow.transition_rows import transition_from

_NEEDS_NOBODY = frozenset({Post.PUBLIC})
"""Citizens report without holding a post."""


def read_standings(connection: Connection) -> tuple[ProfileStanding, ...]:
    """Every shipped profile, and behind them others that the database still has."""
    loaded = _loaded(connection)
    held = _held(connection)
    shipped = profiles.profiles()
    names = (*shipped, *(name for name in loaded if name not in shipped))
    return tuple(
        ProfileStanding(
            name=name,
            versions=tuple(loaded.get(name, ())),
            unheld=_unheld(name, held) if name in shipped else (),
        )
        for name in names
    )


def use_profile(
    database: Database, name: str, now: datetime, seat: Seat | None = None
) -> ProfileSwitch:
    """Let new cases be reported under a profile, in one transaction; every desk hears of it.

    The rules are loaded where the database has none of the profile yet, or where its shipped table
    has changed since. What the city set for itself in an earlier version stays, and so does its
    filing standard: both are the city's, not the table's.

    Args:
        seat: who wants it; None for whoever has the database at hand and no desk.

    Raises:
        ProfileRefused: there is no such profile, it has faults, nobody holds one of its posts, or
            it is in force as it stands.
        NotAllowed: the seat is not the administrator's.
    """
    with database.read() as connection:
        _refuse_faulty(name, load_rules(connection).catalog)
    with database.write() as connection:
        if seat is not None:
            _refuse_others(connection, seat)
        _refuse_unheld(connection, name)
        city = connection.execute(
            select(CityRow.profile, CityRow.rules_version, CityRow.edition)
        ).one()
        was = (city.profile, city.rules_version)
        version = _ready(connection, name, was, city.edition, now)
        if (name, version) == was:
            raise ProfileRefused(
                "The profile {name} is in force already, in version {version}; "
                "nothing was changed.",
                name=name,
                version=version,
            )
        put_in_force(connection, name, version, now)
        kept = connection.execute(select(func.count()).where(~CaseRow.ended)).scalar_one()
    return ProfileSwitch(name, version, was, kept)


def _ready(
    connection: Connection, name: str, was: tuple[str, int], edition: str, now: datetime
) -> int:
    """The version of the profile to put in force, loaded where it is not there yet."""
    current, shipped = read_version(connection, *was), shipped_rules(name, edition)
    standard = {"conditions": current.conditions, "tier_limits": current.tier_limits}
    known = newest(connection, name)
    if known is None:
        insert_version(
            connection, name, profiles.DEFAULT_VERSION, replace(shipped, **standard), at=now
        )
        return profiles.DEFAULT_VERSION
    there = read_version(connection, name, known)
    wanted = replace(there, transitions=shipped.transitions, duties=shipped.duties, **standard)
    is_the_same = _decides_alike(there, wanted) and all(
        _plain(getattr(there, table)) == _plain(getattr(wanted, table))
        for table in ("duties", *standard)
    )
    return known if is_the_same else add_version(connection, name, wanted, "", now)


def _decides_alike(one: RuleRows, other: RuleRows) -> bool:
    """Whether two transition tables are one; the posts of a row have no order."""
    return [*map(transition_from, one.transitions)] == [*map(transition_from, other.transitions)]


def _plain(rows: Sequence[Row]) -> list[str]:
    """Rows to compare: a table without an order of its own comes back in any."""
    return sorted(repr(sorted(row.items())) for row in rows)


def _refuse_faulty(name: str, catalog: Catalog) -> None:
    if name not in profiles.profiles():
        raise ProfileRefused(
            "There is no profile {name}; there are {known}.",
            name=name,
            known="、".join(profiles.profiles()),
        )
    if faults := _faults(name, catalog):
        raise ProfileRefused(
            "The profile {name} was not put in force: it has {count} faults. "
            "`./wanmi check-profile {name}` says which; correct them first.",
            name=name,
            count=faults,
        )


def _faults(name: str, catalog: Catalog) -> int:
    source = read_profile(name)
    if source.problems:
        return len(source.problems)
    try:
        found = check_written(source, catalog)
    except IncompleteProfile:
        return 1
    return sum(isinstance(one, ProfileFault) for one in found)


def _refuse_others(connection: Connection, seat: Seat) -> None:
    holds = select(PersonPostRow.id).where(
        PersonPostRow.person_id == seat.person_id, PersonPostRow.post == Post.ADMIN.value
    )
    if seat.post is Post.ADMIN and connection.execute(holds.limit(1)).scalar() is not None:
        return
    raise NotAllowed(
        "{name} cannot change the city's profile from the post {post}; that is the "
        "administrator's. Ask the administrator.",
        name=seat.person_name,
        post=seat.post,
    )


def _refuse_unheld(connection: Connection, name: str) -> None:
    if newest(connection, name) is not None:
        return  # see ProfileStanding.lacks
    if unheld := _unheld(name, _held(connection)):
        raise ProfileRefused(
            "The profile {name} was not put in force: nobody is {posts} yet. "
            "Give somebody each of these posts first.",
            name=name,
            posts="、".join(profiles.name_of(post) for post in unheld),
        )


def _held(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(PersonPostRow.post).distinct()).scalars())


def _unheld(name: str, held: frozenset[str]) -> tuple[Post, ...]:
    named = {post for row in profiles.rows("transitions", name) for post in row["posts"].split(";")}
    missing = named - held - _NEEDS_NOBODY
    return tuple(post for post in Post if post in missing)


def _loaded(connection: Connection) -> Mapping[str, list[RulesVersion]]:
    city = connection.execute(select(CityRow.profile, CityRow.rules_version)).one()
    whose = (CaseRow.profile, CaseRow.rules_version)
    open_cases = {
        (profile, version): count
        for profile, version, count in connection.execute(
            select(*whose, func.count()).where(~CaseRow.ended).group_by(*whose)
        )
    }
    found: dict[str, list[RulesVersion]] = {}
    for row in connection.execute(
        select(RuleVersionRow.__table__).order_by(RuleVersionRow.profile, RuleVersionRow.version)
    ):
        found.setdefault(row.profile, []).append(
            RulesVersion(
                version=row.version,
                note=row.note,
                loaded_at=None if row.loaded_at is None else from_epoch_ms(row.loaded_at),
                open_cases=open_cases.get((row.profile, row.version), 0),
                in_force=(row.profile, row.version) == tuple(city),
            )
        )
    return found

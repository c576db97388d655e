"""Bringing an older database up to this program: a copy first, then all of it or nothing."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from db import migrating, schema
from db.address import is_server
from db.engine import Database, connect
from db.errors import DiskFull, NotWritable
from db.files import check_file, fold_log
from db.rule_versions import insert_version, read_version
from db.rules import load_rules
from db.seed import shipped_rules
from db.tables import CityRow, PersonPostRow, PersonRow, PostRow
from resources import profile as profiles
from resources.reasons import reason
from workflow.posts import Post

_GROWTH = 0.5
"""An upgrade makes indexes; a file of one million cases grew by less than this share."""

_SPARE = 16_000_000
_COPIED_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did.

    Attributes:
        before, after: schemas; equal where there was nothing to do.
        copy: where the database stands as it was before; None on a server or without an upgrade.
        rules: the version of the rules that new cases are reported under from now on.
    """

    name: str
    before: str
    after: str
    copy: Path | None
    rules: int


def upgrade_database(where: str | Path) -> Upgrade:
    """Bring a database to the newest schema and its city to the newest rules.

    Cases keep the rules that they were reported under. A file is copied beside itself first; an
    error leaves it as it was, without the copy. On a server the upgrade is one transaction too,
    and a copy is for its keeper to make.

    Raises:
        StorageError: one of its kinds says in a sentence what is wrong: no database of ours, a
            newer one, a desk that has it open, a full disk.
    """
    if is_server(where):
        with closing(connect(where)) as database:
            return _upgraded(database, None)
    path = Path(where)
    check_file(path)
    with closing(connect(path)) as database, database.read() as connection:
        before = schema.known_revision(connection, database.name)
    if before == schema.HEAD:
        with closing(connect(path)) as database:
            return _upgraded(database, None)
    _refuse_little_room(path)
    fold_log(path)
    copy = _free_name(path, before)
    try:
        _copy(path, copy)
        with closing(connect(path)) as database:
            done = _upgraded(database, copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    with closing(connect(path)) as database:
        database.keep_write_ahead_log()
    return done


def _upgraded(database: Database, copy: Path | None) -> Upgrade:
    with database.write() as connection:
        before = schema.known_revision(connection, database.name)
        if before != schema.HEAD:
            migrating.upgrade(connection)
            renew_rules(connection)
        return Upgrade(
            database.name, before, schema.HEAD, copy, load_rules(connection).table.version
        )


def renew_rules(connection: Connection) -> None:
    """Put the shipped version of the city's profile beside the one that its cases keep.

    The city keeps its own filing standard. Posts that came with it are added, and the seat from
    which the record itself takes the steps whose date has come.
    """
    city = connection.execute(select(CityRow.profile, CityRow.rules_version, CityRow.edition)).one()
    _add_missing(connection, PostRow, ("code",), profiles.rows("posts", city.profile))
    add_system_seat(connection)
    if city.rules_version >= profiles.DEFAULT_VERSION:
        return
    old = read_version(connection, city.profile, city.rules_version)
    rows = replace(shipped_rules(city.profile, city.edition), conditions=old.conditions)
    insert_version(connection, city.profile, profiles.DEFAULT_VERSION, rows)
    connection.execute(update(CityRow).values(rules_version=profiles.DEFAULT_VERSION))


def add_system_seat(connection: Connection) -> None:
    """The person 系统 in the post System, where the city has none."""
    held = select(PersonPostRow.id).where(PersonPostRow.post == Post.SYSTEM.value).limit(1)
    if connection.execute(held).scalar() is not None:
        return
    last = connection.execute(select(func.max(PersonRow.id))).scalar() or 0
    person = {"id": last + 1, "staff_no": f"X{last + 1:04}", "name": profiles.name_of(Post.SYSTEM)}
    connection.execute(insert(PersonRow).values(person))
    seat = {"person_id": last + 1, "post": Post.SYSTEM.value, "department_id": None}
    connection.execute(insert(PersonPostRow).values(seat))


def _add_missing(
    connection: Connection, rows_of: Any, key: tuple[str, ...], rows: Iterable[Mapping[str, Any]]
) -> None:
    table = rows_of.__table__
    known = {(*row,) for row in connection.execute(select(*(table.c[name] for name in key)))}
    for row in rows:
        if tuple(row[name] for name in key) not in known:
            connection.execute(insert(table).values({**row}))


def _refuse_little_room(path: Path) -> None:
    size = path.stat().st_size
    needed = int(size * (1 + _GROWTH)) + _SPARE
    free = shutil.disk_usage(path.absolute().parent).free
    if free < needed:
        raise DiskFull(
            "{name} was not upgraded: a copy and the upgrade need {needed} MB, and {folder} has "
            "{free} MB free. Free some space and try again.",
            name=path.name,
            needed=needed // 1_000_000 + 1,
            folder=path.absolute().parent,
            free=free // 1_000_000,
        )


def _free_name(path: Path, before: str) -> Path:
    names = (f"{path.stem}-schema-{before}{more}{path.suffix}" for more in _endings())
    return next(one for name in names if not os.path.lexists(one := path.with_name(name)))


def _endings() -> Iterable[str]:
    yield ""
    yield from (f"-{number}" for number in range(2, 1_000))


def _copy(path: Path, copy: Path) -> None:
    """A whole copy, on the disk before anything is changed."""
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target, pages=_COPIED_AT_ONCE)
        with copy.open("rb") as file:
            os.fsync(file.fileno())
    except (OSError, sqlite3.Error) as error:
        raise NotWritable(
            "{name} was not upgraded: no copy of it could be made in {folder} ({reason}). "
            "Make room there, or put it into a folder that you may write.",
            name=path.name,
            folder=path.absolute().parent,
            reason=reason(error) if isinstance(error, OSError) else str(error),
        ) from error

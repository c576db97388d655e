"""The filters that people keep under names."""

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from db.tables import SavedFilterRow
from workflow.errors import NotFound, WanmiError
from workflow.filters import (
    LONGEST_NAME,
    QueueFilter,
    SavedFilter,
    UnreadableFilter,
    from_plain,
    to_plain,
)
from workflow.ids import PersonId

MOST_KEPT = 60
"""A list of filters that is longer than a screen helps nobody."""


class FilterRefused(WanmiError):
    """A filter that cannot be kept so."""


def read_saved(connection: Connection, person_id: PersonId) -> tuple[SavedFilter, ...]:
    """A person's filters in the order in which they were kept."""
    found = connection.execute(
        select(SavedFilterRow.id, SavedFilterRow.name, SavedFilterRow.body)
        .where(SavedFilterRow.person_id == person_id)
        .order_by(SavedFilterRow.id)
    )
    return tuple(map(_saved, found))


def keep_filter(
    connection: Connection, person_id: PersonId, name: str, wanted: QueueFilter
) -> None:
    """Keep a filter; one of that name is replaced. Raises FilterRefused."""
    name = _good(name)
    body = json.dumps(to_plain(wanted), ensure_ascii=False, sort_keys=True)
    kept = read_saved(connection, person_id)
    known = next((one.id for one in kept if one.name == name), None)
    if known is not None:
        connection.execute(
            update(SavedFilterRow).where(SavedFilterRow.id == known).values(body=body)
        )
        return
    if len(kept) >= MOST_KEPT:
        raise FilterRefused(
            "The filter “{name}” was not kept: there are {most} already. Delete one that you no "
            "longer need.",
            name=name,
            most=MOST_KEPT,
        )
    connection.execute(insert(SavedFilterRow).values(person_id=person_id, name=name, body=body))


def rename_filter(connection: Connection, person_id: PersonId, filter_id: int, name: str) -> None:
    """Give a kept filter another name. Raises FilterRefused, NotFound."""
    name = _good(name)
    taken = [one for one in read_saved(connection, person_id) if one.name == name]
    if any(one.id != filter_id for one in taken):
        raise FilterRefused(
            "The filter was not renamed: another one is called “{name}”. Choose another name.",
            name=name,
        )
    mine = (SavedFilterRow.id == filter_id, SavedFilterRow.person_id == person_id)
    changed = connection.execute(update(SavedFilterRow).where(*mine).values(name=name))
    if not changed.rowcount:
        raise NotFound(
            "The filter was not renamed: it was deleted meanwhile, perhaps in another window."
        )


def drop_filter(connection: Connection, person_id: PersonId, filter_id: int) -> None:
    """Forget a kept filter; one that is gone already is no error."""
    mine = (SavedFilterRow.id == filter_id, SavedFilterRow.person_id == person_id)
    connection.execute(delete(SavedFilterRow).where(*mine))


def _saved(row: Row[int, str, str]) -> SavedFilter:
    try:
        return SavedFilter(row.id, row.name, from_plain(_plain(row.body)))
    except UnreadableFilter as error:
        return SavedFilter(row.id, row.name, None, error)


def _plain(body: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body


def _good(name: str) -> str:
    name = " ".join(name.replace("\x00", " ").split())
    if not name:
        raise FilterRefused("The filter was not kept: it needs a name. Type one.")
    if len(name) > LONGEST_NAME:
        raise FilterRefused(
            "The filter was not kept: its name is longer than {most} characters. Shorten it.",
            most=LONGEST_NAME,
        )
    return name.encode(errors="replace").decode()

"""Steps whose date has come, done by the record itself: suspensions that end, cases archived."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, select, text

from db.database import Database
from db.tables import CaseRow, PersonPostRow, PersonRow
from resources import profile
from workflow.commands import Move
from workflow.errors import CaseChanged, ClockTurnedBack, NotAllowed
from workflow.ids import CaseId, PersonId
from workflow.instants import epoch_ms
from workflow.posts import Post, Seat
from workflow.queries import Changes
from workflow.service import CaseService
from workflow.shelf import Shelf

AT_ONCE: Final = 20
"""Steps in one call; a desk that comes back from holidays has others to do in between."""


def run_dates(
    database: Database, service: CaseService, shelf: Shelf, now: datetime
) -> Changes | None:
    """Take every step whose date has come, through the one service, as the seat System.

    Two desks may do so at once: whoever comes second finds the step done and goes on.
    """
    with database.read() as connection:
        seat = _system(connection)
        due = [] if seat is None else _due(connection, shelf, now)
    seq, cases = 0, frozenset[CaseId]()
    for case_id, version, operation in due:
        assert seat is not None
        try:
            made = service.move(case_id, version, Move(operation=operation), seat, now)
        except (CaseChanged, NotAllowed, ClockTurnedBack):
            continue  # another desk was first, or one whose clock runs ahead of ours
        seq, cases = max(seq, made.seq), cases | made.cases
    return Changes(seq, cases) if cases else None


def _system(connection: Connection) -> Seat | None:
    """The seat of the record itself; None in a city that has none."""
    row = connection.execute(
        select(PersonRow.id, PersonRow.name)
        .join(PersonPostRow, PersonPostRow.person_id == PersonRow.id)
        .where(PersonPostRow.post == Post.SYSTEM.value)
        .order_by(PersonRow.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Seat(PersonId(row.id), row.name, Post.SYSTEM, profile.name_of(Post.SYSTEM))


def _due(connection: Connection, shelf: Shelf, now: datetime) -> list[tuple[CaseId, int, str]]:
    """Case, version and operation of every step whose date has come, oldest date first."""
    reviewed = connection.execute(_REVIEWED, {"until": epoch_ms(now), "most": AT_ONCE})
    due = [(CaseId(row.id), row.version, "resume") for row in reviewed]
    for rules in (shelf.current, *shelf.earlier.values()):
        if all(row.operation != "archive" for row in rules.table.rows):
            continue  # the first rules archived nothing
        rested = now - timedelta(days=rules.settings.archive_days)
        found = connection.execute(
            _RESTED,
            {
                "profile": rules.table.profile,
                "version": rules.table.version,
                "until": epoch_ms(rested),
                "most": AT_ONCE - len(due),
            },
        )
        due += [(CaseId(row.id), row.version, "archive") for row in found]
    return due


_REVIEWED: Final = (
    select(CaseRow.id, CaseRow.version)
    .where(
        CaseRow.state == "Suspended",
        CaseRow.suspended_until.is_not(None),
        CaseRow.suspended_until <= bindparam("until"),
    )
    .order_by(CaseRow.suspended_until, CaseRow.id)
    .limit(bindparam("most"))
)
_RESTED: Final = (
    select(CaseRow.id, CaseRow.version)
    .where(
        CaseRow.profile == bindparam("profile"),
        CaseRow.rules_version == bindparam("version"),
        CaseRow.request_kind.is_(None),
        text("state IN ('Closed', 'ForceClosed')"),
        CaseRow.closed_at <= bindparam("until"),
    )
    .order_by(CaseRow.closed_at, CaseRow.id)
    .limit(bindparam("most"))
)

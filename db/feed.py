"""What other seats committed: the change log, read on from where one stopped."""

from sqlalchemy import text

from db.engine import Database
from workflow.ids import CaseId, ComponentId
from workflow.queries import Changes

# SQLite has one writer at a time: lines are committed in the order of their numbers.
_SINCE_ON_SQLITE = text(
    "SELECT seq, entity, entity_id FROM change_log WHERE seq > :seq ORDER BY seq"
)
_LAST_ON_SQLITE = text("SELECT max(seq) FROM change_log")

# PostgreSQL commits side by side, and a later number may be committed first. So lines are read in
# the order of their transactions, and only up to the oldest transaction that is still running:
# what is behind that mark can no longer change.
_SINCE_ON_POSTGRESQL = text(
    "SELECT seq, entity, entity_id FROM change_log"
    " WHERE (xact, seq) > (coalesce((SELECT xact FROM change_log WHERE seq = :seq), 0), :seq)"
    " AND xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    " ORDER BY xact, seq"
)
_LAST_ON_POSTGRESQL = text(
    "SELECT seq FROM change_log"
    " WHERE xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    " ORDER BY xact DESC, seq DESC LIMIT 1"
)


class Feed:
    """Reads the change log for one seat.

    A seat starts at `position` and then passes the `seq` of the last answer of `since`, never that
    of its own commit: others may have committed in between. What it did itself comes along too.
    """

    def __init__(self, database: Database) -> None:
        # A connection of its own, outside of any transaction: SQLite tells by it, in microseconds,
        # whether anyone else has committed since.
        self._is_sqlite = database.engine.dialect.name == "sqlite"
        outside = {"begin": ""} if self._is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._connection = database.engine.connect().execution_options(**outside)
        self._seen: tuple[int, int] | None = None

    def position(self) -> int:
        """The newest line that `since` would answer; 0 where there is none."""
        last = _LAST_ON_SQLITE if self._is_sqlite else _LAST_ON_POSTGRESQL
        with self._connection.begin():
            found = self._connection.execute(last).scalar()
        return int(found or 0)

    def since(self, seq: int) -> Changes | None:
        """What was committed after the line `seq`; None where nothing was."""
        # Between questions nothing is open, so that a lost connection is made anew at the next.
        with self._connection.begin():
            return self._since_on_sqlite(seq) if self._is_sqlite else self._changes(seq)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _since_on_sqlite(self, seq: int) -> Changes | None:
        version = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        if self._seen == (version, seq):
            return None
        changes = self._changes(seq)
        # The mark was read before the lines, so what came between the two is found next time.
        self._seen = (version, seq if changes is None else changes.seq)
        return changes

    def _changes(self, seq: int) -> Changes | None:
        statement = _SINCE_ON_SQLITE if self._is_sqlite else _SINCE_ON_POSTGRESQL
        rows = self._connection.execute(statement, {"seq": seq}).all()
        if not rows:
            return None
        return Changes(
            seq=rows[-1].seq,
            cases=frozenset(CaseId(row.entity_id) for row in rows if row.entity == "case"),
            components=frozenset(
                ComponentId(row.entity_id) for row in rows if row.entity == "component"
            ),
            rules=any(row.entity == "rules" for row in rows),
        )

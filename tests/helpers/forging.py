"""Steps written past the program, each well chained: what the database's own guards say to them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from db.repositories.event_rows import event_values
from tests.helpers.trade import SEAT_OF
from workflow.case import Case
from workflow.events import CaseEvent, seal
from workflow.posts import Post
from workflow.states import State

LET_THROUGH = ""
NOT_ALLOWED = "The transition table does not allow this step to this post."

Row = Mapping[str, Any]


def forged(case: Case, operation: str, outcome: str, to_state: State, post: Post) -> CaseEvent:
    """A step that somebody claims to have taken, sealed and chained to the case's last one."""
    clocks = [clock.started_at for clock in case.clocks]
    pauses = [pause.start for clock in case.clocks for pause in clock.pauses]
    latest = max(clocks + pauses).replace(year=2029)  # later than any step of the case
    event = CaseEvent(
        case_id=case.id,
        seq=case.version + 1,
        at=latest,
        operation=operation,
        outcome=outcome,
        from_state=case.state,
        to_state=to_state,
        person_id=SEAT_OF[post].person_id,
        post=post,
        opinion="理由",
        changes={},
    )
    return seal(event, case.head_hash)


def resealed(event: CaseEvent, **changes: Any) -> CaseEvent:
    """The step altered by somebody who knows how to hash."""
    return seal(replace(event, **changes), event.prev_hash)


def answers(connection: Connection, events: Sequence[CaseEvent]) -> list[str]:
    """What the database says to each step, tried alone; LET_THROUGH where it took it."""
    rows = [event_values(event) for event in events]
    if not rows:
        return []
    if connection.dialect.name == "sqlite":
        return _on_file(connection, rows)
    return _on_server(connection, rows)


def _on_file(connection: Connection, rows: list[dict[str, Any]]) -> list[str]:
    columns = list(rows[0])
    statement = f"INSERT INTO case_event ({', '.join(columns)}) VALUES ({_places('?', columns)})"
    driver: Any = connection.connection.dbapi_connection
    said = []
    driver.execute("SAVEPOINT forged")
    for row in rows:
        try:
            driver.execute(statement, list(row.values()))
        except sqlite3.IntegrityError as refusal:
            said.append(str(refusal))  # and nothing of it stays
        else:
            said.append(LET_THROUGH)
            driver.execute("ROLLBACK TO forged")
            driver.execute("RELEASE forged")  # one that is used again and again grows slow
            driver.execute("SAVEPOINT forged")
    driver.execute("RELEASE forged")
    return said


def _on_server(connection: Connection, rows: list[dict[str, Any]]) -> list[str]:
    """All of them in one block on the server: each in a subtransaction that never stays."""
    columns = list(rows[0])
    connection.exec_driver_sql("DROP TABLE IF EXISTS forged")
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE forged AS SELECT 0 AS number, '' AS said, {', '.join(columns)}"
        " FROM case_event WHERE false"
    )
    driver: Any = connection.connection.dbapi_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY forged (number, said, {', '.join(columns)}) FROM STDIN") as copy,
    ):
        for number, row in enumerate(rows):
            copy.write_row((number, "", *row.values()))
    driver.execute(
        "DO $block$ DECLARE one record; BEGIN FOR one IN SELECT * FROM forged LOOP BEGIN"
        f" INSERT INTO case_event ({', '.join(columns)})"
        f" VALUES ({', '.join(f'one.{name}' for name in columns)});"
        " RAISE EXCEPTION USING ERRCODE = 'P0002', MESSAGE = '';"
        " EXCEPTION WHEN OTHERS THEN"
        "  UPDATE forged SET said = CASE WHEN SQLSTATE = 'P0002' THEN '' ELSE SQLERRM END"
        "   WHERE number = one.number;"
        " END; END LOOP; END $block$"
    )
    found = driver.execute("SELECT said FROM forged ORDER BY number").fetchall()
    return [said for (said,) in found]


def _places(mark: str, columns: Iterable[str]) -> str:
    return ", ".join(mark for _ in columns)

"""The database's own guards: the legal path passes, everything else is refused, on both engines."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from db import guards
from db.engine import Database
from db.guards.sentences import REFUSALS
from db.verify import verify
from resources.profile import DEFAULT_VERSION
from tests.helpers.case_walk import CaseWalk
from tests.helpers.raw_steps import (
    insert_clocks,
    insert_empty_case,
    insert_event,
    insert_photos,
    project,
    take,
    walked,
)
from tests.helpers.trade import (
    ACCEPTOR,
    COLLECTOR,
    DISPATCHER,
    OTHER_COLLECTOR,
    OTHER_DEPARTMENT,
    SHIFT_LEADER,
)
from workflow.errors import (
    ClockTurnedBack,
    NotAllowed,
    RecordDamaged,
    RequirementMissing,
    WanmiError,
)
from workflow.states import State

CHANGED_BY_STEPS = "A case changes only through a step of the transition table."
CHANGE = "INSERT INTO change_log (at, entity, entity_id, kind) VALUES (1, 'case', 1, 'x')"
REFUSED_DELETE = "A step that was recorded cannot be deleted."
IN_USE = "The transition table of cases in the record cannot be changed; load a new version."


def stored(connection: Connection, steps: int) -> None:
    """A case after the first steps of the main line."""
    for case, event in walked(steps):
        take(connection, case, event)


def refused(connection: Connection, statement: str, sentence: str, **values: Any) -> None:
    """Expect the statement to be refused with exactly that sentence."""
    with pytest.raises(WanmiError, match=f"^{re.escape(sentence)}$"):
        connection.execute(text(statement), values)


def test_plain_statements_walk_a_case_from_report_to_closing(database: Database) -> None:
    with database.write() as connection:
        stored(connection, 10)
    found = verify(database)
    assert (found.cases, found.events, found.damages) == (1, 10, 0)


WRONG_STEPS = [
    pytest.param(
        {"to_state": "Closed"},
        "The transition table does not allow this step to this post.",
        id="skips to closed",
    ),
    pytest.param(
        {"operation": "close", "to_state": "Closed", "post": "ShiftLeader"},
        "The transition table does not allow this step to this post.",
        id="closes what was only reported",
    ),
    pytest.param(
        {"post": "Dispatcher", "person_id": DISPATCHER.person_id},
        "The transition table does not allow this step to this post.",
        id="from the wrong post",
    ),
    pytest.param(
        {"person_id": SHIFT_LEADER.person_id},
        "The person does not hold this post.",
        id="person without the post",
    ),
    pytest.param(
        {"from_state": "PendingFiling"},
        "A step must start from the state that its case is in.",
        id="from another state",
    ),
    pytest.param(
        {"seq": 3},
        "The case has moved on; a step must carry the next number of its case.",
        id="leaves a gap",
    ),
    pytest.param(
        {"seq": 1},
        "The case has moved on; a step must carry the next number of its case.",
        id="comes a second time",
    ),
    pytest.param(
        {"prev_hash": bytes(32)},
        "A step must be chained to the last step of its case.",
        id="unchained",
    ),
    pytest.param({"hash": b"short"}, "A step needs its hash of 32 bytes.", id="short hash"),
    pytest.param(
        {"case_id": 77},
        "A step needs its case; this one names a case that is not in the record.",
        id="of no case",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG_STEPS)
def test_a_wrong_step_is_refused(city: Database, changes: dict[str, Any], sentence: str) -> None:
    (_, event) = walked(2)[1]
    with city.write_uncommitted() as connection:
        stored(connection, 1)
        with pytest.raises(NotAllowed, match=f"^{re.escape(sentence)}$"):
            insert_event(connection, event, **changes)


def test_a_step_before_the_last_one_is_refused(city: Database) -> None:
    (_, event) = walked(2)[1]
    with city.write_uncommitted() as connection:
        stored(connection, 1)
        with pytest.raises(ClockTurnedBack, match="check the machine's clock"):
            insert_event(connection, event, at=1)


@pytest.mark.parametrize("opinion", ["", "  \t\n", "　"])
def test_a_rejection_without_an_opinion_is_refused(city: Database, opinion: str) -> None:
    (_, event) = walked(2)[1]
    rejected = {"operation": "reject", "to_state": "Rejected", "opinion": opinion}
    with city.write_uncommitted() as connection:
        stored(connection, 1)
        with pytest.raises(RequirementMissing, match="needs an opinion"):
            insert_event(connection, event, **rejected)


def test_a_rejection_with_an_opinion_passes(city: Database) -> None:
    walk = CaseWalk().do("reject")
    with city.write_uncommitted() as connection:
        stored(connection, 1)
        take(connection, walk.case, walk.events[-1])


@pytest.mark.parametrize(
    ("before", "person", "sentence"),
    [
        (4, OTHER_DEPARTMENT, "The case was dispatched to another department."),
        (8, OTHER_COLLECTOR, "This task was given to another person."),
    ],
)
def test_a_step_of_someone_elses_task_is_refused(
    city: Database, before: int, person: Any, sentence: str
) -> None:
    (_, event) = walked(before + 1)[before]
    with city.write_uncommitted() as connection:
        stored(connection, before)
        with pytest.raises(NotAllowed, match=sentence):
            insert_event(connection, event, person_id=person.person_id)


def test_who_dispatched_a_case_cannot_close_it(city: Database) -> None:
    (_, event) = walked(10)[9]
    with city.write_uncommitted() as connection:
        stored(connection, 9)
        connection.execute(
            text("INSERT INTO person_post (person_id, post) VALUES (:person, 'ShiftLeader')"),
            {"person": DISPATCHER.person_id},
        )
        with pytest.raises(NotAllowed, match="dispatched or handled"):
            insert_event(connection, event, person_id=DISPATCHER.person_id)


def test_a_case_whose_check_failed_cannot_be_closed(city: Database) -> None:
    walk = CaseWalk().to(State.CHECKING, after=1)
    made = [*walked(8), (walk.case, walk.events[-1])][:8]
    walk.do("replyCheck:undone", after=1)
    (_, close) = walked(10)[9]
    with city.write_uncommitted() as connection:
        for case, event in made:
            take(connection, case, event)
        take(connection, walk.case, walk.events[-1])
        with pytest.raises(NotAllowed, match="stands against this step"):
            insert_event(connection, close, prev_hash=walk.case.head_hash)


def test_a_step_waits_until_the_one_before_is_whole(city: Database) -> None:
    made = walked(3)
    with city.write_uncommitted() as connection:
        stored(connection, 1)
        insert_event(connection, made[1][1])
        with pytest.raises(NotAllowed, match="in the middle of another step"):
            insert_event(connection, made[2][1])


FORBIDDEN = [
    ("UPDATE case_event SET opinion = 'x'", "A step that was recorded cannot be changed."),
    ("UPDATE case_event SET at = at - 1", "A step that was recorded cannot be changed."),
    ("DELETE FROM case_event", "A step that was recorded cannot be deleted."),
    ("DELETE FROM cases", "A case cannot be deleted."),
    ("UPDATE cases SET state = 'Closed'", CHANGED_BY_STEPS),
    ("UPDATE cases SET due_at = due_at + 3600000", CHANGED_BY_STEPS),
    ("UPDATE cases SET version = version + 1", CHANGED_BY_STEPS),
    ("UPDATE cases SET version = version + 1, state = 'Closed'", CHANGED_BY_STEPS),
    ("UPDATE cases SET version = 0, projected_version = 0", CHANGED_BY_STEPS),
    ("UPDATE cases SET projected_version = projected_version + 1", CHANGED_BY_STEPS),
    ("UPDATE cases SET head_hash = prev_hash FROM case_event", CHANGED_BY_STEPS),
    ("UPDATE cases SET department_id = 2, number = '1'", CHANGED_BY_STEPS),
    ("UPDATE clock SET due_at = due_at + 1", "A clock changes only as the step in progress says."),
    ("UPDATE clock SET stopped_at = 1", "A clock changes only as the step in progress says."),
    ("DELETE FROM clock", "A clock cannot be deleted."),
    ("UPDATE attachment SET sha256 = 'x'", "A photo in the record cannot be changed."),
    ("DELETE FROM attachment", "A photo in the record cannot be deleted."),
    ("UPDATE change_log SET entity_id = 2", "The change log cannot be changed."),
    ("DELETE FROM change_log", "The change log cannot be changed."),
    ("UPDATE transition SET to_state = 'Closed'", IN_USE),
    ("DELETE FROM transition_post", IN_USE),
    ("UPDATE transition_post SET post = 'Leader'", IN_USE),
    (
        "INSERT INTO transition_post (profile, version, ord, post)"
        " SELECT profile, version, ord, 'Admin' FROM transition",
        IN_USE,
    ),
    (
        "INSERT INTO transition SELECT profile, version, 999, operation, outcome, from_state,"
        " 'Closed', needs, guards, clock_effects, photo_usage, name, key, tone, takes"
        " FROM transition",
        IN_USE,
    ),
]


@pytest.mark.parametrize(("statement", "sentence"), FORBIDDEN)
def test_a_statement_that_bends_the_record_is_refused(
    city: Database, statement: str, sentence: str
) -> None:
    with city.write_uncommitted() as connection:
        stored(connection, 4)
        connection.execute(text(CHANGE))
        refused(connection, statement, sentence)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "INSERT OR REPLACE INTO case_event SELECT id, case_id, seq, at, operation, outcome,"
            " from_state, to_state, person_id, post, 'x', body, prev_hash, hash FROM case_event",
            "A step that was recorded cannot be changed.",
        ),
        ("REPLACE INTO cases SELECT * FROM cases", "A case enters the record empty"),
        ("REPLACE INTO change_log SELECT * FROM change_log", "The change log cannot be changed."),
        ("REPLACE INTO attachment SELECT * FROM attachment", "A photo in the record cannot be"),
        ("REPLACE INTO clock SELECT * FROM clock", "A clock changes only as the step"),
    ],
)
def test_sqlites_way_of_replacing_rows_is_no_way_around(
    shared_file: Database, statement: str, sentence: str
) -> None:
    with shared_file.write_uncommitted() as connection:
        stored(connection, 2)
        connection.execute(text(CHANGE))
        with pytest.raises(WanmiError, match=sentence):
            connection.execute(text(statement))


@pytest.mark.parametrize("table", ["case_event", "cases", "clock", "attachment", "change_log"])
@pytest.mark.postgis
def test_a_server_does_not_empty_a_table_of_the_record(shared_server: Database, table: str) -> None:
    with shared_server.write_uncommitted() as connection, pytest.raises(RecordDamaged):
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize(
    "changes",
    [{"version": 3}, {"projected_version": 1}, {"state": "Closed"}, {"head_hash": bytes(31)}],
)
def test_a_case_cannot_enter_the_record_with_a_past(
    city: Database, changes: dict[str, Any]
) -> None:
    (case, _) = walked(1)[0]
    with city.write_uncommitted() as connection, pytest.raises(NotAllowed, match="empty"):
        insert_empty_case(connection, case, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"due_at": 4_000_000_000_000},
        {"limit_amount": 999},
        {"rule": "别的"},
        {"pauses": '[[1,2,"x"]]'},
        {"stopped_at": 1},
        {"cancelled": True},
        {"round": 2},
    ],
)
def test_a_clock_other_than_the_steps_own_is_refused(
    city: Database, changes: dict[str, Any]
) -> None:
    (case, event) = walked(1)[0]
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, case)
        insert_event(connection, event)
        with pytest.raises(NotAllowed, match="as the step in progress says"):
            insert_clocks(connection, case, event, **changes)


def test_a_deadline_that_no_clock_has_is_refused(city: Database) -> None:
    (case, event) = walked(1)[0]
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, case)
        insert_event(connection, event)
        insert_clocks(connection, case, event)
        insert_photos(connection, event)
        with pytest.raises(NotAllowed, match="one of its clocks"):
            project(connection, case, due_at=4_000_000_000_000)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_at": None, "warn_at": None}, "one of its clocks"),
        ({"ended": True}, "has ended when its state says so"),
        ({"reported_at": 1}, "only through a step"),
        ({"rules_version": 99}, "only through a step"),
        ({"projected_version": 0}, "only through a step"),
    ],
)
def test_a_projection_that_bends_the_step_is_refused(
    city: Database, changes: dict[str, Any], sentence: str
) -> None:
    (case, event) = walked(1)[0]
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, case)
        insert_event(connection, event)
        insert_clocks(connection, case, event)
        insert_photos(connection, event)
        with pytest.raises(NotAllowed, match=sentence):
            project(connection, case, **changes)


def test_a_photo_that_the_step_did_not_bring_is_refused(city: Database) -> None:
    (case, event) = walked(1)[0]
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, case)
        insert_event(connection, event)
        with pytest.raises(NotAllowed, match="only with the step in progress"):
            insert_photos(connection, event, sha256="cd" * 32)


def test_a_photo_added_to_an_old_step_is_refused(city: Database) -> None:
    (_, event) = walked(1)[0]
    with city.write_uncommitted() as connection:
        stored(connection, 2)
        with pytest.raises(NotAllowed, match="only with the step in progress"):
            insert_photos(connection, event)


def test_a_new_version_of_the_transition_table_may_be_loaded_and_changed(
    city: Database,
) -> None:
    with city.write_uncommitted() as connection:
        stored(connection, 1)
        connection.execute(
            text(
                "INSERT INTO transition SELECT profile, 99, ord, operation, outcome, from_state,"
                " to_state, needs, guards, clock_effects, photo_usage, name, key, tone, takes"
                " FROM transition WHERE version = :used"
            ),
            {"used": DEFAULT_VERSION},
        )
        connection.execute(text("UPDATE transition SET name = 'x' WHERE version = 99"))
        connection.execute(text("DELETE FROM transition WHERE version = 99"))


def test_guards_stand_again_after_bulk_loading(database: Database) -> None:
    with database.write() as connection:
        stored(connection, 1)
        with guards.suspended(connection):
            connection.execute(text("UPDATE case_event SET opinion = 'x'"))
        assert guards.missing(connection) == []
    with database.write_uncommitted() as connection:
        refused(connection, "DELETE FROM case_event", REFUSED_DELETE)


def test_an_error_while_loading_leaves_the_guards_as_they_were(database: Database) -> None:
    with (
        pytest.raises(LookupError),
        database.write() as connection,
        guards.suspended(connection),
    ):
        raise LookupError
    with database.read() as connection:
        assert guards.missing(connection) == []


def test_every_sentence_of_the_guards_is_known_on_both_engines() -> None:
    folder = Path(guards.__file__).parent
    for file in ("sqlite.sql", "postgresql.sql"):
        sql = (folder / file).read_text(encoding="utf-8")
        said = {
            found.replace("''", "'")
            for found in re.findall(r"'((?:[^'\n]|'')+)'", sql)
            if re.fullmatch(r"(A|The|This|Who) .*\.", found)
        }
        assert said == set(REFUSALS), file


def test_collectors_and_acceptors_may_report(city: Database) -> None:
    (case, event) = walked(1)[0]
    with city.write_uncommitted() as connection:
        insert_empty_case(connection, case)
        insert_event(
            connection, event, operation="register", post="Acceptor", person_id=ACCEPTOR.person_id
        )
    assert event.person_id == COLLECTOR.person_id

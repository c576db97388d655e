"""The record proves itself: what was altered behind the guards' back is named."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app import verify as command
from db import guards
from db.building import new_database
from db.engine import Database, open_database
from db.proof import CASE_COLUMNS, CLOCK_COLUMNS, EVENT_COLUMNS, TASK_COLUMNS, rebuilt
from db.repositories.case_rows import case_values, co_task_values
from db.repositories.clock_rows import clock_values
from db.repositories.event_rows import event_values
from db.repositories.stored import stored_events
from db.repositories.unit_of_work import units_of_work
from db.verify import Verification, verify
from resources.language import tr
from tests.helpers.stored_city import add_cases, fill_city
from tests.helpers.stored_walk import report, walk
from tests.helpers.trade import demo_shelf
from workflow.events import CaseEvent
from workflow.ids import CaseId
from workflow.replay import replay
from workflow.service import CaseService


@pytest.fixture
def three_cases(database: Database, service: CaseService) -> Database:
    """A record with a reported, a dispatched and a closed case."""
    for steps in (0, 4, 9):
        case_id, _ = report(service)
        walk(service, case_id, steps)
    return database


def altered(database: Database, *statements: str) -> Verification:
    """The verification after someone with the right to drop guards did this."""
    with database.write() as connection, guards.suspended(connection):
        for statement in statements:
            connection.execute(text(statement))
    return verify(database)


def test_an_untouched_record_is_clean(three_cases: Database) -> None:
    told: list[tuple[int, int]] = []
    found = verify(three_cases, lambda done, of: told.append((done, of)))
    assert (found.cases, found.events, found.damages, found.first) == (3, 16, 0, ())
    assert told == [(3, 3)]


ALTERED = [
    pytest.param(
        "UPDATE case_event SET opinion = 'x' WHERE case_id = 2 AND seq = 3",
        "step 3: its content does not match",
        id="an opinion rewritten",
    ),
    pytest.param(
        "UPDATE case_event SET person_id = 2 WHERE case_id = 2 AND seq = 1",
        "step 1: its content does not match",
        id="another person",
    ),
    pytest.param(
        "UPDATE case_event SET at = at + 1 WHERE case_id = 3 AND seq = 10",
        "step 10: its content does not match",
        id="another time",
    ),
    pytest.param(
        "UPDATE case_event SET body = replace(body, '{\"', '{ \"') WHERE case_id = 3 AND seq = 2",
        "step 2 is not spelled as it was sealed",
        id="a body spelled otherwise",
    ),
    pytest.param(
        "UPDATE case_event SET body = 'no json' WHERE case_id = 3 AND seq = 2",
        "Step 2 of case id 3 cannot be read",
        id="a body that is none",
    ),
    pytest.param(
        "DELETE FROM attachment WHERE case_id = 3",
        "26112000003 is damaged: its photos",
        id="photos gone",
    ),
    pytest.param(
        "UPDATE attachment SET sha256 = 'x' WHERE case_id = 1",
        "26112000001 is damaged: its photos",
        id="a photo exchanged",
    ),
    pytest.param(
        "UPDATE case_event SET seq = 11 WHERE case_id = 2 AND seq = 5",
        "step 5 was expected here",
        id="a gap",
    ),
    pytest.param(
        "DELETE FROM case_event WHERE case_id = 2 AND seq = 5",
        "26112000002 is damaged: its steps say otherwise about version",
        id="the last step gone",
    ),
    pytest.param(
        "UPDATE cases SET state = 'Closed' WHERE id = 2",
        "26112000002 is damaged: its steps say otherwise about state",
        id="a state set",
    ),
    pytest.param(
        "UPDATE cases SET due_at = due_at + 3600000 WHERE id = 2",
        "26112000002 is damaged: its steps say otherwise about due_at",
        id="a deadline bent",
    ),
    pytest.param(
        "UPDATE cases SET address = 'x' WHERE id = 1",
        "26112000001 is damaged: its steps say otherwise about address",
        id="another place",
    ),
    pytest.param(
        "UPDATE cases SET department_id = 2 WHERE id = 3",
        "26112000003 is damaged: its steps say otherwise about department_id",
        id="another department",
    ),
    pytest.param(
        "UPDATE clock SET due_at = due_at + 1 WHERE case_id = 2 AND kind = 'handle'",
        "26112000002 is damaged: its clocks",
        id="a clock bent",
    ),
    pytest.param(
        "DELETE FROM clock WHERE case_id = 2 AND kind = 'handle'",
        "26112000002 is damaged: its clocks",
        id="a clock gone",
    ),
    pytest.param(
        "UPDATE transition SET to_state = 'Rejected' WHERE operation = 'file'",
        "its transition table does not allow step 3",
        id="the table changed afterwards",
    ),
]


@pytest.mark.parametrize(("statement", "said"), ALTERED)
def test_an_alteration_is_named(three_cases: Database, statement: str, said: str) -> None:
    found = altered(three_cases, statement)
    assert found.damages >= 1
    assert any(said in sentence for sentence in map(str, found.first)), [
        str(sentence) for sentence in found.first
    ]


def test_a_case_taken_away_leaves_orphans_that_are_named(three_cases: Database) -> None:
    off, on = "PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"
    if three_cases.path is None:
        off, on = "SET session_replication_role = replica", "RESET session_replication_role"
    with three_cases.engine.connect().execution_options(begin="") as connection:
        connection.exec_driver_sql(off)
        guards.remove(connection)
        connection.execute(text("DELETE FROM cases WHERE id = 2"))
        guards.install(connection)
        connection.exec_driver_sql(on)
        connection.commit()
    found = verify(three_cases)
    assert [str(one).split(",")[0] for one in found.first] == ["The case with the id 2 is gone"]


def test_guards_that_are_gone_are_named(three_cases: Database) -> None:
    with three_cases.write() as connection:
        guards.remove(connection)
    (said,) = map(str, verify(three_cases).first)
    assert "does not guard itself: guard_attachment_delete" in said


def test_the_command_says_in_one_line_that_a_record_is_clean(
    three_cases: Database, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--db", place]) == 0
    assert capsys.readouterr().out == (
        tr(
            "{name} is clean: {cases} cases rebuilt from {events} steps.",
            name=three_cases.name,
            cases=3,
            events=16,
        )
        + "\n"
    )


def test_the_command_names_damage_and_fails(
    three_cases: Database, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    altered(three_cases, "UPDATE cases SET address = 'x' WHERE id = 1")
    assert command.main(["--db", place]) == 1
    assert "address" in capsys.readouterr().err


def test_more_cases_than_are_read_at_once_are_all_looked_at(
    city_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.looking_over.AT_ONCE", 2)
    copy = tmp_path / "city.db"
    copy.write_bytes(city_file.read_bytes())
    database = open_database(copy)
    service = CaseService(units_of_work(database), demo_shelf())
    for _ in range(5):
        report(service)
    assert verify(database).cases == 5
    assert altered(database, "UPDATE cases SET address = 'x'").damages == 5
    database.close()


def test_several_processes_find_what_one_finds(three_cases: Database) -> None:
    statements = (
        "UPDATE cases SET address = 'x' WHERE id = 2",
        "DELETE FROM attachment WHERE case_id = 1",
    )
    alone = altered(three_cases, *statements)
    together = verify(three_cases, processes=2)
    assert alone.damages == together.damages == 2
    assert [str(one) for one in together.first] == [str(one) for one in alone.first]


def test_the_rows_that_steps_make_are_those_that_the_careful_way_makes(tmp_path: Path) -> None:
    place = tmp_path / "city.db"
    with new_database(place) as database, database.write() as connection:
        fill_city(connection)
    with closing(open_database(place)) as database:
        add_cases(database, 60)
        with database.read() as connection:
            for case_id in range(1, 61):
                events = stored_events(connection, CaseId(case_id))
                made = rebuilt([plain(event) for event in events])
                assert made is not None
                case = replay(events)
                values = case_values(case)
                assert made.case == tuple(values[name] for name in CASE_COLUMNS)
                clocks = [tuple(row[name] for name in CLOCK_COLUMNS) for row in clock_values(case)]
                assert made.clocks == clocks
                tasks = [tuple(row[name] for name in TASK_COLUMNS) for row in co_task_values(case)]
                assert made.tasks == tasks


def plain(event: CaseEvent) -> tuple[object, ...]:
    """The step as a plain row."""
    values = event_values(event)
    return tuple(values[name] for name in EVENT_COLUMNS)

"""Whole histories of cases taken over, written many at a time and through the guards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from db.engine import Database
from db.repositories.histories import (
    add_histories,
    known_numbers,
    newly_known,
    reserve_numbers,
)
from db.repositories.stored import stored_case, stored_events
from db.verify import verify
from tests.helpers.trade import LIGHTS, SYSTEM, demo_rules, manhole_report
from workflow.clock_orders import IMPORTED_LIMIT
from workflow.commands import Move, TakenOver
from workflow.decide import Decision, decide, decide_report
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.limits import Limit, TimeUnit
from workflow.past import Past
from workflow.replay import replay

OPENED = datetime(2011, 7, 1, 5, 32, 33, tzinfo=UTC)
WEEK = TakenOver(LIGHTS, Limit(604_799, TimeUnit.SECOND), IMPORTED_LIMIT)


def history(number: int, *, open_still: bool = False) -> list[Decision]:
    """A case opened and, unless it is open still, closed so many hours later."""
    report = manhole_report(
        operation="import", photos=(), taken_over=WEEK, external_number=f"F-{number}"
    )
    first = decide_report(
        report,
        SYSTEM,
        OPENED,
        demo_rules(),
        case_id=CaseId(number),
        number=f"110701{number:05}",
    )
    if open_still:
        return [first]
    closed = OPENED + timedelta(hours=60 * number)
    past = Past.of([first.event])
    move = Move(operation="importClose", opinion="已处置")
    return [first, decide(first.case, move, SYSTEM, closed, demo_rules(), past)]


def test_open_and_closed_ones_go_in_together_and_the_record_is_clean(database: Database) -> None:
    histories = [history(1), history(2, open_still=True), history(3), history(4)]
    with database.write() as connection:
        add_histories(connection, histories)
    with database.read() as connection:
        for told in histories:
            last = told[-1].case
            assert stored_case(connection, last.id) == last
            assert replay(stored_events(connection, last.id)) == last
        assert known_numbers(connection, SYSTEM.person_id) == {"F-1", "F-2", "F-3", "F-4"}
        assert newly_known(connection, SYSTEM.person_id, ["F-3", "F-9"]) == {"F-3"}
    assert [one[-1].case.handle_on_time for one in histories] == [True, None, False, False]
    found = verify(database, lambda done, total: None)
    assert [str(damage) for damage in found.first] == []
    assert found.cases == 4


def test_a_history_that_stands_there_already_is_refused_with_all_its_lot(
    database: Database,
) -> None:
    with database.write() as connection:
        add_histories(connection, [history(1)])
    with pytest.raises((WanmiError, IntegrityError)), database.write() as connection:
        add_histories(connection, [history(2), history(1)])
    with database.read() as connection:
        assert known_numbers(connection, SYSTEM.person_id) == {"F-1"}


def test_numbers_of_several_days_follow_those_that_were_given(database: Database) -> None:
    first, second = date(2011, 7, 1), date(2011, 7, 2)
    with database.write() as connection:
        assert reserve_numbers(connection, [first, second, first]) == [
            "11070100001",
            "11070200001",
            "11070100002",
        ]
        assert reserve_numbers(connection, [second]) == ["11070200002"]

"""The life of every stored case: who held it when, on which calendar, and no second lost."""

from datetime import timedelta

import pytest

from db.record import SqlRecord
from tests.helpers.stored_city import NOW, states_of_the_table
from tests.helpers.trade import LEADER
from workflow.attribution import held, shares
from workflow.case import Case
from workflow.life import life
from workflow.states import State

MS = timedelta(milliseconds=1)


@pytest.mark.parametrize("state", sorted(states_of_the_table()))
def test_the_file_of_a_case_has_all_that_explains_its_deadline(
    record: SqlRecord, cases: tuple[Case, ...], state: State
) -> None:
    case = [one for one in cases if one.state is state][-1]
    file = record.case_file(case.id, LEADER, NOW)
    assert file.tenures[0].start == case.reported_at
    assert file.tenures[-1].state is state
    assert file.tenures[-1].post is case.holder_post
    assert {clock.calendar_version for clock in case.clocks} <= set(file.calendars)
    segments = life(case.clocks, file.calendars, NOW)
    found = shares(held(segments, file.tenures, case.clocks))
    assert sum(share.wall for share in found) == (NOW - case.reported_at) // MS
    assert all(share.name for share in found if share.counted)

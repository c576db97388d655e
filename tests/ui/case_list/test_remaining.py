"""How long a case has left, in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.helpers.fake_record import NOW, FakeRecord
from ui.case_list.remaining import remaining_text
from workflow.ids import CaseId
from workflow.queries import QueueRow
from workflow.states import State


def row_due_in(left: timedelta) -> QueueRow:
    """A row whose clock runs out after that time."""
    (row,) = FakeRecord(1).rows([CaseId(1)])
    return replace(row, state=State.HANDLING, due_at=NOW + left, warn_at=NOW, paused=False)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=35), "余 35 秒"),
        (timedelta(minutes=4), "余 4 分"),
        (timedelta(minutes=-12), "超 12 分"),
        (timedelta(hours=2, minutes=5), "余 2 时 5 分"),
        (timedelta(days=2, hours=3), "余 2 天 3 时"),
        (timedelta(seconds=-1), "超 1 秒"),
        (timedelta(days=-1), "超 1 天"),
    ],
)
def test_the_words_follow_the_length_of_the_time(left: timedelta, words: str) -> None:
    assert remaining_text(row_due_in(left), NOW) == words


def test_a_paused_an_ended_and_a_timeless_case_say_so() -> None:
    row = row_due_in(timedelta(minutes=4))
    assert remaining_text(replace(row, paused=True), NOW) == "暂停"
    assert remaining_text(replace(row, state=State.CLOSED), NOW) == "已结案"
    assert remaining_text(replace(row, due_at=None), NOW) == "无时限"


def test_a_deadline_that_a_holiday_notice_may_still_move_says_so() -> None:
    row = replace(row_due_in(timedelta(days=44)), provisional=True)
    assert remaining_text(row, NOW) == "余 44 天（暂定）"
    assert remaining_text(replace(row, paused=True), NOW) == "暂停"

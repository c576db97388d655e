"""Counts as people read them."""

import pytest

from tests.helpers.fake_city import SEATS, boxes_of
from ui.case_list.counts import short_count
from ui.case_list.sorting import order_name
from workflow.posts import Post
from workflow.queries import Box, QueueQuery, QueueSort
from workflow.states import State

ALL_OPEN = boxes_of(Post.DISPATCHER)[-1]
CLOSED = Box(id="closed", title="已结案", states=(State.CLOSED,))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (312, "312"), (9_999, "9999"), (10_000, "1万+"), (22_261, "2.2万")],
)
def test_small_counts_are_exact_and_large_ones_short(count: int, words: str) -> None:
    assert short_count(count) == words


def test_ended_cases_have_no_remaining_time_to_be_ordered_by() -> None:
    seat = SEATS[0]
    assert order_name(QueueQuery(box=ALL_OPEN, seat=seat)) == "按剩余时间"
    assert order_name(QueueQuery(box=CLOSED, seat=seat)) == "最新在前"
    by_class = QueueQuery(box=CLOSED, seat=seat, sort=QueueSort.CLASS)
    assert order_name(by_class) == "按类别"

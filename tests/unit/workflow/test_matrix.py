"""A profile as a matrix of operations and posts, and what changes with another profile."""

import pytest

from resources import profile
from tests.helpers.trade import demo_rules
from workflow.matrix import EVERYWHERE, Difference, Matrix, differences, matrix
from workflow.posts import Post
from workflow.states import State

SHIFT_LEADER, POOL = "shift_leader_closes", "acceptor_pool"


def of(name: str) -> Matrix:
    return matrix(demo_rules(name).table)


def change(before: str, after: str, operation: str, outcome: str = "") -> Difference:
    (found,) = (
        one for one in differences(of(before), of(after)) if one.key == (operation, outcome)
    )
    return found


@pytest.mark.parametrize("name", profile.profiles())
def test_every_row_of_the_table_stands_in_exactly_one_row_of_the_matrix(name: str) -> None:
    shown = [row for one in of(name).rows for row in one.rows]
    assert sorted(map(repr, shown)) == sorted(map(repr, demo_rules(name).table.rows))


@pytest.mark.parametrize("name", profile.profiles())
def test_a_cell_holds_what_the_table_opens_to_the_post(name: str) -> None:
    for row in of(name).rows:
        for post in Post:
            allowed = any(post in step.posts for step in row.rows)
            assert (post in row.cells) is allowed


def test_rows_follow_the_life_of_a_case() -> None:
    places = {row.key: place for place, row in enumerate(of(SHIFT_LEADER).rows)}
    wanted = [("report", ""), ("accept", ""), ("file", ""), ("dispatch", ""), ("sign", "")]
    wanted += [("feedback", ""), ("sendCheck", ""), ("close", ""), ("urge", "")]
    assert [places[key] for key in wanted] == sorted(places[key] for key in wanted)


def test_what_can_be_done_nearly_everywhere_belongs_to_no_state() -> None:
    (urge,) = (row for row in of(SHIFT_LEADER).rows if row.operation == "urge")
    assert urge.at is None
    assert len(urge.rows) >= EVERYWHERE


def test_columns_are_the_posts_that_do_anything_at_all() -> None:
    assert Post.TOWN_DISPATCHER not in of(SHIFT_LEADER).posts
    assert Post.TOWN_DISPATCHER in of(SHIFT_LEADER + "+two_level_command").posts
    assert Post.EVALUATOR not in of(SHIFT_LEADER).posts


def test_a_profile_does_not_differ_from_itself() -> None:
    assert differences(of(POOL), of(POOL)) == ()


def test_closing_goes_from_the_shift_leader_to_the_acceptor() -> None:
    closing = change(SHIFT_LEADER, POOL, "close")
    assert (closing.before, closing.after) == ((Post.SHIFT_LEADER,), (Post.ACCEPTOR,))


def test_an_operation_that_comes_or_goes_has_nobody_on_the_other_side() -> None:
    district = change(SHIFT_LEADER, SHIFT_LEADER + "+two_level_command", "districtDispatch")
    assert (district.before, district.after) == ((), (Post.DISTRICT_DISPATCHER,))
    accepting = change(SHIFT_LEADER, POOL, "accept")
    assert (accepting.before, accepting.after) == ((Post.ACCEPTOR,), ())


def test_the_same_posts_under_other_conditions_are_a_difference_too() -> None:
    assert change(SHIFT_LEADER, POOL, "sendCheck").same_posts


def test_states_that_one_of_both_does_not_have_make_no_difference() -> None:
    told = differences(of(SHIFT_LEADER), of(SHIFT_LEADER + "+two_level_command"))
    assert State.PENDING_TOWN_DISPATCH in of(SHIFT_LEADER + "+two_level_command").states
    assert "urge" not in {one.operation for one in told}

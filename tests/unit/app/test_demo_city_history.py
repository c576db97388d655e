"""The cases of the demo city: every state and lamp, people kept apart, the same from a seed."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from app.demo_city.copies import CASE_COLUMNS, EVENT_COLUMNS, Mould, Spot
from app.demo_city.history import WANTED, Told
from app.demo_city.scale import copies, scale_for
from app.demo_city.tale import Tale
from db.repositories.case_rows import case_values
from db.repositories.event_rows import event_from, event_values
from tests.helpers.demo_city import FRIDAY_MORNING, HOLIDAY, SUNDAY_NIGHT, history, small_city
from tests.helpers.trade import demo_rules
from workflow.clocks import Lamp
from workflow.ids import PersonId
from workflow.posts import COMMAND_AXIS, Post
from workflow.replay import differences, first_break, replay
from workflow.states import State

MOMENTS = [FRIDAY_MORNING, SUNDAY_NIGHT, HOLIDAY]


@pytest.fixture(scope="module")
def cases() -> list[Told]:
    return history(FRIDAY_MORNING)


@pytest.mark.parametrize("now", MOMENTS, ids=["friday", "sunday night", "holiday"])
def test_open_cases_stand_in_every_state_and_every_lamp(now: datetime) -> None:
    lamps = Counter(
        (told.decisions[-1].case.state, told.decisions[-1].case.timing.lamp(now))
        for told in history(now)
    )
    for state in WANTED:
        shown = {lamp for found, lamp in lamps if found is state}
        wanted = {Lamp.BLUE} if state is State.VERIFYING else {Lamp.GREEN, Lamp.YELLOW, Lamp.RED}
        assert wanted <= shown, state


def test_the_history_reaches_from_a_month_ago_to_today(cases: list[Told]) -> None:
    first, last = cases[0].decisions[0].event.at, cases[-1].decisions[0].event.at
    assert first.date() == (FRIDAY_MORNING - timedelta(days=29)).date()
    assert last.date() == FRIDAY_MORNING.date()


def test_nothing_happens_after_now(cases: list[Told]) -> None:
    assert max(told.decisions[-1].event.at for told in cases) <= FRIDAY_MORNING


def test_ids_and_numbers_follow_the_order_of_the_reports(cases: list[Told]) -> None:
    firsts = [told.decisions[0].case for told in cases]
    assert [case.id for case in firsts] == list(range(1, len(cases) + 1))
    assert [case.number for case in firsts] == sorted(case.number for case in firsts)
    assert all(case.number[:6] == f"{case.reported_at:%y%m%d}" for case in firsts)


def test_there_are_returns_reworks_rejections_and_overdue_ones_but_not_many(
    cases: list[Told],
) -> None:
    ends = [told.decisions[-1].case for told in cases]
    closed = [case for case in ends if case.state is State.CLOSED]
    assert 0.8 < sum(bool(case.handle_on_time) for case in closed) / len(closed) < 0.98
    assert 0 < sum(case.rework_count for case in ends) < len(ends) * 0.2
    assert 0 < sum(case.return_count for case in ends) < len(ends) * 0.2
    assert 0 < sum(case.state is State.REJECTED for case in ends) < len(ends) * 0.15


def test_nobody_dispatches_or_handles_and_checks_or_closes_the_same_case(
    cases: list[Told],
) -> None:
    for told in cases:
        events = [decision.event for decision in told.decisions]
        hands = {event.person_id for event in events if event.post in COMMAND_AXIS}
        ends = {e.person_id for e in events if e.operation in ("replyCheck", "close")}
        assert not hands & ends


def test_nobody_holds_posts_of_both_axes() -> None:
    command: set[PersonId] = set()
    supervision: set[PersonId] = set()
    for seat in small_city().organisation.seats:
        (command if seat.post in COMMAND_AXIS else supervision).add(seat.person_id)
    assert not command & supervision


def test_every_post_has_somebody() -> None:
    assert {seat.post for seat in small_city().organisation.seats} == set(Post)


def test_the_same_seed_and_moment_make_the_same_chains(cases: list[Told]) -> None:
    again = history(FRIDAY_MORNING)
    heads = [told.decisions[-1].event.hash for told in cases]
    assert [told.decisions[-1].event.hash for told in again] == heads
    other = history(FRIDAY_MORNING, seed=8)
    assert [told.decisions[-1].event.hash for told in other] != heads


def test_a_mould_filled_with_its_own_case_gives_the_rows_that_the_record_would_write(
    cases: list[Told],
) -> None:
    for told in cases[::7]:
        case = told.decisions[-1].case
        first = told.decisions[0].case
        rows = Mould(told.decisions).rows(
            case.id, case.number, Spot.at(case.place), first.component_code
        )
        assert dict(zip(CASE_COLUMNS, rows.case, strict=True)) == case_values(case)
        written = [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in rows.events]
        assert written == [event_values(decision.event) for decision in told.decisions]


def test_a_copy_at_another_place_has_a_sound_chain_and_differs_in_its_own_fields_only(
    cases: list[Told],
) -> None:
    city = small_city()
    for told in cases[::11]:
        original = told.decisions[-1].case
        spot = Spot.at(city.place_of(17))
        code = None if original.component_code is None else city.codes[17]
        rows = Mould(told.decisions).rows(99_999, "26112099999", spot, code)
        events = [event_from(dict(zip(EVENT_COLUMNS, row, strict=True))) for row in rows.events]  # type: ignore[arg-type]
        assert first_break(events) is None
        copy = replay(events)
        assert case_values(copy) == dict(zip(CASE_COLUMNS, rows.case, strict=True))
        own = {"id", "number", "place", "component_code", "head_hash"}
        assert set(differences(copy, original)) <= own


@pytest.mark.parametrize("wanted", [60, 600, 5_000, 1_000_000])
def test_tales_become_as_many_cases_as_asked_for(wanted: int) -> None:
    scale = scale_for(wanted)
    tales = [told_like(stands=index % 10 == 0) for index in range(400)]
    assert sum(copies(tales, scale)) == wanted


def told_like(*, stands: bool) -> Tale:
    """A tale without content, made to stand or not."""
    return Tale(None, (), (1, 2) if stands else (1,))  # type: ignore[arg-type]


def test_the_rules_of_the_copies_are_those_of_the_shipped_profile(cases: list[Told]) -> None:
    assert {told.decisions[-1].case.rules_version for told in cases} == {demo_rules().table.version}

"""The record proving itself: rebuilt cases, broken chains, and the sentence for each damage."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.case_walk import MAIN_LINE, CaseWalk
from tests.helpers.trade import photo
from workflow.case import Case, PhotoUsage
from workflow.clocks import Clock
from workflow.encoding import FIELDS, decode, decode_photo, encode, encode_photo
from workflow.errors import NotFound, RecordDamaged
from workflow.events import CaseEvent, event_hash, seal
from workflow.replay import differences, first_break, replay
from workflow.states import State


@pytest.fixture
def events() -> list[CaseEvent]:
    """A case with a verification, a rework and an end."""
    walk = CaseWalk().do("sendVerify", after=2).do("replyVerify:true", after=9)
    walk.to(State.PENDING_CLOSE, after=7).do("rework", after=3).to(State.CLOSED, after=20)
    return walk.events


def resealed(events: list[CaseEvent], index: int, **changes: Any) -> list[CaseEvent]:
    """The events with one altered by someone who knows how to hash, chain and all."""
    altered, link = [], bytes(32)
    for number, event in enumerate(events):
        event = seal(replace(event, **(changes if number == index else {})), link)
        link = event.hash
        altered.append(event)
    return altered


def through_json(event: CaseEvent) -> CaseEvent:
    """The event as it comes back from a database: its body was text."""
    body = json.loads(event.body())
    clocks, photos = tuple(body["clocks"]), tuple(body["photos"])
    return replace(event, changes=body["changes"], clocks=clocks, photos=photos)


def test_every_prefix_of_the_events_makes_the_case_as_it_stood_then() -> None:
    walk = CaseWalk()
    cases = [walk.case]
    for step in MAIN_LINE:
        cases.append(walk.do(step, after=11).case)
    for count, case in enumerate(cases, 1):
        assert replay(walk.events[:count]) == case
        assert differences(case, replay(walk.events[:count])) == ()


def test_events_read_back_from_text_make_the_same_case_and_the_same_chain(
    events: list[CaseEvent],
) -> None:
    read = [through_json(event) for event in events]
    assert replay(read) == replay(events)
    assert first_break(read) is None
    assert [event.body() for event in read] == [event.body() for event in events]


def test_a_case_without_events_cannot_be_rebuilt() -> None:
    with pytest.raises(NotFound):
        replay([])


@pytest.mark.parametrize(
    "change",
    [
        {"opinion": "改过的意见"},
        {"person_id": 99},
        {"to_state": State.CLOSED},
        {"changes": {}},
        {"clocks": ()},
        {"photos": ()},
    ],
)
def test_an_event_altered_in_place_breaks_the_chain_at_that_event(
    events: list[CaseEvent], change: dict[str, Any]
) -> None:
    index = next(i for i, e in enumerate(events) if e.photos and e.clocks and i > 2)
    events[index] = replace(events[index], **change)
    broken = first_break(events)
    assert broken is not None
    assert broken.values["seq"] == index + 1
    assert str(broken) == (
        f"The record of case 1 is damaged at step {index + 1}: its content does not match its "
        "own hash. Keep the file as it is and restore a backup."
    )


def test_an_event_taken_out_breaks_the_chain(events: list[CaseEvent]) -> None:
    broken = first_break(events[:3] + events[4:])
    assert broken is not None
    assert "step 4 was expected here" in str(broken)
    with pytest.raises(RecordDamaged, match="step 4 was expected here"):
        replay(events[:3] + events[4:])


def test_an_event_with_a_foreign_link_breaks_the_chain(events: list[CaseEvent]) -> None:
    foreign = replace(events[4], prev_hash=bytes(31) + b"\x01")
    events[4] = replace(foreign, hash=event_hash(foreign, foreign.body()))
    broken = first_break(events)
    assert broken is not None
    assert "does not follow from the step before it" in str(broken)


def test_a_forger_who_recomputes_the_chain_is_found_by_replaying(
    events: list[CaseEvent],
) -> None:
    skipped = resealed(events, 5, from_state=State.REPORTED)
    assert first_break(skipped) is None
    with pytest.raises(RecordDamaged, match="starts from Reported"):
        replay(skipped)
    bent = resealed(events, 5, changes={"rework_count": [7, 0]})
    with pytest.raises(RecordDamaged, match="from a value that the case did not have"):
        replay(bent)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"changes": {"score": [None, 100]}}, "no field score"),
        ({"changes": {"holder_post": ["Collector"]}}, "ValueError"),
        ({"clocks": ({"kind": "lunch"},)}, "cannot be read"),
        ({"case_id": 2}, "among the steps of case 1"),
    ],
)
def test_events_that_make_no_sense_are_told_with_their_step(
    events: list[CaseEvent], change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RecordDamaged, match=sentence):
        replay(resealed(events, 1, **change))


def test_a_report_without_the_fields_of_a_case_is_damage(events: list[CaseEvent]) -> None:
    changes = {**events[0].changes, "place": [None, {"lon": 1.0}]}
    with pytest.raises(RecordDamaged, match="damaged at step 1"):
        replay(resealed(events, 0, changes=changes))


def test_a_projection_bent_from_outside_is_named_field_by_field(events: list[CaseEvent]) -> None:
    rebuilt = replay(events)
    bent = replace(rebuilt, urgent=True, rework_count=0, state=State.REJECTED, clocks=())
    assert set(differences(bent, rebuilt)) == {"urgent", "rework_count", "state", "clocks"}


def test_every_field_of_a_case_is_written_in_json_and_comes_back(events: list[CaseEvent]) -> None:
    case: Case = replay(events[:-1])
    for name in FIELDS:
        value = getattr(case, name)
        assert decode(name, json.loads(json.dumps(encode(name, value)))) == value
    for clock in case.clocks:
        assert Clock.from_dict(json.loads(json.dumps(clock.to_dict()))) == clock


def test_a_photo_takes_the_usage_of_its_step_and_comes_back() -> None:
    written = encode_photo(photo(), "after")
    assert decode_photo(written) == replace(photo(), usage=PhotoUsage.AFTER)
    plain = replace(photo(), taken_at=None, lon=None, lat=None)
    assert decode_photo(encode_photo(plain, "report")) == plain

"""Filters as they are kept: what is written is read again, what cannot be read says so."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.clocks import Lamp
from workflow.filters import (
    FILTERED,
    DaySpan,
    QueueFilter,
    UnreadableFilter,
    from_plain,
    to_plain,
)
from workflow.ids import DepartmentId, PersonId
from workflow.instants import CHINA_STANDARD_TIME
from workflow.states import State

FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=CHINA_STANDARD_TIME)
DAYS = st.dates(date(1970, 1, 2), date(2200, 1, 1))
SPANS = st.one_of(
    st.none(),
    st.builds(DaySpan, first=st.none() | DAYS, last=DAYS),
    st.builds(DaySpan, days=st.integers(1, 400) | st.integers(-400, -1)),
)
CODES = st.none() | st.from_regex(r"[0-9]{2,12}", fullmatch=True)
FILTERS = st.builds(
    QueueFilter,
    text=st.text(max_size=20),
    lamp=st.none() | st.sampled_from(Lamp),
    kind=st.none() | st.sampled_from(("component", "event")),
    class_code=CODES,
    big_code=CODES,
    source=st.none() | st.text(max_size=9),
    street_code=CODES,
    community_code=CODES,
    urgent=st.none() | st.booleans(),
    states=st.sets(st.sampled_from(State)).map(sorted).map(tuple),
    department_id=st.none() | st.integers(1, 9_999).map(DepartmentId),
    holder_person_id=st.none() | st.integers(1, 9_999).map(PersonId),
    area_class=st.none() | st.integers(1, 2),
    flags=st.frozensets(st.sampled_from(FILTERED)),
    reported=SPANS,
    closed=SPANS,
    due=SPANS,
)


@given(wanted=FILTERS)
def test_a_kept_filter_is_read_as_it_was(wanted: QueueFilter) -> None:
    body = json.dumps(to_plain(wanted))
    assert from_plain(json.loads(body)) == wanted


def test_only_what_is_given_is_written() -> None:
    assert to_plain(QueueFilter()) == {}
    assert to_plain(QueueFilter(urgent=False)) == {"urgent": False}


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        "text",
        7,
        {"colour": "red"},
        {"lamp": "purple"},
        {"lamp": []},
        {"states": ["Nowhere"]},
        {"states": 5},
        {"flags": ["mine"]},
        {"flags": None},
        {"urgent": "yes"},
        {"urgent": 1},
        {"department_id": "7"},
        {"department_id": True},
        {"text": 7},
        {"reported": "today"},
        {"reported": {"first": "yesterday"}},
        {"reported": {"first": 5}},
        {"reported": {"days": 0}},
        {"reported": {"days": "7"}},
        {"reported": {"days": 10**12}},
        {"reported": {"hours": 7}},
        {"closed": {"last": "2026-13-01"}},
    ],
    ids=str,
)
def test_what_no_filter_ever_was_is_refused_with_its_part(plain: object) -> None:
    with pytest.raises(UnreadableFilter, match="another version of Wanmi"):
        from_plain(plain)


@pytest.mark.parametrize(
    ("span", "first", "behind"),
    [
        (DaySpan(days=1), date(2026, 11, 20), date(2026, 11, 21)),
        (DaySpan(days=7), date(2026, 11, 14), date(2026, 11, 21)),
        (DaySpan(days=-1), date(2026, 11, 20), date(2026, 11, 21)),
        (DaySpan(days=-3), date(2026, 11, 20), date(2026, 11, 23)),
        (DaySpan(date(2026, 11, 1), date(2026, 11, 1)), date(2026, 11, 1), date(2026, 11, 2)),
    ],
)
def test_a_span_holds_whole_days(span: DaySpan, first: date, behind: date) -> None:
    start, end = span.bounds(FRIDAY)
    assert start == datetime(first.year, first.month, first.day, tzinfo=CHINA_STANDARD_TIME)
    assert end == datetime(behind.year, behind.month, behind.day, tzinfo=CHINA_STANDARD_TIME)


def test_a_span_may_be_open_at_either_end() -> None:
    assert DaySpan().bounds(FRIDAY) == (None, None)
    assert DaySpan(first=date(2026, 1, 1)).bounds(FRIDAY)[1] is None
    assert DaySpan(last=date.max).bounds(FRIDAY) == (None, None)

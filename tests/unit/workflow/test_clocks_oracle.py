"""Clocks with a past against a table of every minute, which shares no line with the calendar."""

from datetime import date, time

import pytest

from tests.helpers.clock_cases import Pasts, ours, pasts, real_table
from tests.helpers.clock_oracle import MinuteTable, figures
from tests.helpers.ground import real_calendar
from workflow.calendar import WorkCalendar

REAL = real_calendar()
REAL_TABLE = real_table()
OFF = [date(2024, 2, day) for day in range(5, 20)] + [date(2026, 10, 1), date(2027, 5, 3)]
WORKED = [date(2024, 2, 25), date(2025, 6, 1), date(2027, 5, 2)]
ODD = WorkCalendar(
    version=2,
    spans=(
        (time(0), time(1, 30)),
        (time(7), time(11)),
        (time(12, 15), time(16)),
        (time(22), time(0)),
    ),
    weekend=frozenset({6}),
    holidays=dict.fromkeys(OFF, "假"),
    make_up_days=dict.fromkeys(WORKED, "班"),
)
"""Early, day and night shift on six days a week."""
ODD_TABLE = MinuteTable([(0, 90), (420, 660), (735, 960), (1320, 1440)], [6], OFF, WORKED)


@pytest.mark.parametrize(
    ("lived", "calendar", "then", "table"),
    [
        (pasts(14_000, seed=20260915), REAL, None, REAL_TABLE),
        (pasts(3_000, seed=2), ODD, None, ODD_TABLE),
        (pasts(3_000, seed=3), REAL, ODD, ODD_TABLE),
    ],
    ids=["China's calendar", "three shifts", "recounted from the one to the other"],
)
def test_every_figure_agrees_with_the_table_of_minutes(
    lived: Pasts, calendar: WorkCalendar, then: WorkCalendar | None, table: MinuteTable
) -> None:
    assert list(ours(lived, calendar, then).mismatches(figures(lived.cases, table))) == []

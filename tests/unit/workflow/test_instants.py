"""Instants: the day they belong to is China's, whatever zone they are written in."""

from datetime import UTC, datetime

from workflow.instants import CHINA_STANDARD_TIME, midnight


def test_the_day_begins_at_midnight_in_china_not_where_the_instant_was_written() -> None:
    written = datetime(2026, 11, 19, 17, 30, 15, 250_000, tzinfo=UTC)
    assert midnight(written) == datetime(2026, 11, 20, tzinfo=CHINA_STANDARD_TIME)

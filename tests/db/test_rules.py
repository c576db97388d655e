"""The shipped rules come back from the database as they went in."""

import pytest
from sqlalchemy import text

from db.engine import Database
from db.rules import load_rules
from tests.helpers.trade import demo_rules
from workflow.errors import NotFound


def test_rules_read_back_are_the_shipped_ones(city: Database) -> None:
    shipped = demo_rules()
    with city.read() as connection:
        rules = load_rules(connection)
    assert rules.table == shipped.table
    assert list(rules.catalog) == list(shipped.catalog)
    assert rules.catalog.conditions == shipped.catalog.conditions
    assert rules.stage_limits == shipped.stage_limits


def test_the_calendar_read_back_is_the_shipped_one(city: Database) -> None:
    shipped = demo_rules().calendar
    with city.read() as connection:
        calendar = load_rules(connection).calendar
    for name in ("version", "spans", "weekend", "holidays", "make_up_days", "notice_years"):
        assert getattr(calendar, name) == getattr(shipped, name)


def test_a_database_without_a_city_says_what_to_do(city: Database) -> None:
    with city.write_uncommitted() as connection:
        connection.execute(text("DELETE FROM city"))
        with pytest.raises(NotFound, match="build the demo city"):
            load_rules(connection)

"""Guards of what stands beside the cases: posts, people, numbers, what searches read, the city."""

import re

import pytest
from sqlalchemy import text

from db import guards
from db.engine import Database
from db.verify import verify
from tests.helpers.raw_steps import take, walked
from workflow.errors import WanmiError

AXIS = "A post keeps its axis while the record has cases."
STAY = "The people and departments of a record stay in it; take their posts away instead."
NUMBERS = "The numbers of a day only go on."
SEARCH = "The words by which a case is found change only with a step of it."
RULES = "A city runs under rules that are loaded."

REFUSED = [
    ("UPDATE post SET axis = 'other' WHERE code = 'Dispatcher'", AXIS),
    ("DELETE FROM post WHERE code = 'Public'", AXIS),
    ("DELETE FROM person WHERE id = 9", STAY),
    ("UPDATE person SET id = 77 WHERE id = 9", STAY),
    ("UPDATE department SET id = 77 WHERE id = 4", STAY),
    ("DELETE FROM department WHERE id = 4", STAY),
    ("UPDATE number_series SET last = 0", NUMBERS),
    ("UPDATE number_series SET day = '000101'", NUMBERS),
    ("DELETE FROM number_series", NUMBERS),
    ("UPDATE case_search SET said = ''", SEARCH),
    ("DELETE FROM case_search", SEARCH),
    ("UPDATE city SET rules_version = 99", RULES),
    ("UPDATE city SET profile = 'none'", RULES),
    ("DELETE FROM city", RULES),
]


@pytest.mark.parametrize(("statement", "sentence"), REFUSED)
def test_what_steps_refer_to_cannot_be_bent(city: Database, statement: str, sentence: str) -> None:
    with city.write_uncommitted() as connection:
        take(connection, *walked(1)[0])
        connection.execute(text("INSERT INTO number_series (day, last) VALUES ('261120', 7)"))
        with pytest.raises(WanmiError, match=f"^{re.escape(sentence)}$"):
            connection.execute(text(statement))


def test_numbers_go_on_and_a_person_gets_another_name(city: Database) -> None:
    with city.write_uncommitted() as connection:
        take(connection, *walked(1)[0])
        connection.execute(text("INSERT INTO number_series (day, last) VALUES ('261120', 7)"))
        connection.execute(text("UPDATE number_series SET last = 8"))
        connection.execute(text("UPDATE person SET name = '王芳芳' WHERE id = 2"))
        connection.execute(text("UPDATE post SET name = '网格员' WHERE code = 'Collector'"))


def test_a_case_that_no_search_finds_is_named(database: Database) -> None:
    with database.write() as connection:
        take(connection, *walked(1)[0])
    assert verify(database).is_clean
    with database.write() as connection:
        guards.remove(connection)
        connection.execute(text("DELETE FROM case_search"))
        guards.install(connection)
    found = verify(database)
    assert found.damages == 1
    assert "no search finds it" in str(found.first[0])

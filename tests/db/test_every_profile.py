"""Chance walks in every profile: the database lets pass what the program decides, and stays whole.

The other half, that it refuses what the table refuses, is in the tests of the whole matrix.
"""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db.building import new_database
from db.engine import open_database
from db.verify import verify
from resources.profile import profiles
from tests.helpers.postgres import Server
from tests.helpers.stored_city import add_cases, fill_city

CASES = 40
ON_A_SERVER = ("operator_closes+two_level_command", "acceptor_pool+two_loops")


def walk_in(where: str | Path, profile: str) -> set[str]:
    """Cases that walk by chance; the operations that they came by."""
    with new_database(where) as database, database.write() as connection:
        fill_city(connection, profile)
    with closing(open_database(where)) as database:
        add_cases(database, CASES, profile=profile)
        assert verify(database).is_clean
        with database.read() as connection:
            return set(connection.execute(text("SELECT operation FROM case_event")).scalars())


@pytest.mark.parametrize("profile", profiles())
def test_a_file_takes_every_step_that_the_program_decides(tmp_path: Path, profile: str) -> None:
    assert len(walk_in(tmp_path / "city.db", profile)) > 25


@pytest.mark.postgis
@pytest.mark.parametrize("profile", ON_A_SERVER)
def test_a_server_takes_every_step_that_the_program_decides(server: Server, profile: str) -> None:
    name = server.create()
    assert len(walk_in(server.url(name), profile)) > 25
    server.drop(name)

"""One city with cases for all tests of queries, on each engine: they only read."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from db.building import new_database
from db.engine import Database, open_database
from db.media import MediaStore
from db.record import SqlRecord
from db.repositories.stored import stored_case
from db.tables import CaseRow
from tests.db.conftest import ENGINES
from tests.helpers.postgres import Server
from tests.helpers.stored_city import add_cases, fill_city
from workflow.case import Case
from workflow.ids import CaseId


@pytest.fixture(scope="session", params=ENGINES)
def city(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The city, open; nothing may write it."""
    if request.param == "spatialite":
        where = str(tmp_path_factory.mktemp("queries") / "city.db")
    else:
        server: Server = request.getfixturevalue("server")
        where = server.url(server.create())
    with new_database(where) as database:
        with database.write() as connection:
            fill_city(connection)
        add_cases(database)
    opened = open_database(where)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def record(city: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlRecord]:
    """The record of that city."""
    opened = SqlRecord(city, MediaStore(tmp_path_factory.mktemp("photos")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def cases(city: Database) -> tuple[Case, ...]:
    """Every case of that city, as the workflow knows it."""
    with city.read() as connection:
        ids = connection.execute(select(CaseRow.id).order_by(CaseRow.id)).scalars().all()
        return tuple(stored_case(connection, CaseId(case_id)) for case_id in ids)

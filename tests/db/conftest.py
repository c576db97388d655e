"""Every database test runs twice: on a SpatiaLite file and on a PostgreSQL server with PostGIS."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.building import new_database
from db.engine import Database, open_database
from db.repositories.unit_of_work import units_of_work
from tests.helpers.postgres import Server, running_server
from tests.helpers.stored_trade import fill
from tests.helpers.trade import demo_shelf
from workflow.service import CaseService

ENGINES = [
    pytest.param("spatialite", id="spatialite"),
    pytest.param("postgis", id="postgis", marks=pytest.mark.postgis),
]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The PostgreSQL server of this session."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished city file; copy it, do not write it."""
    path = tmp_path_factory.mktemp("template") / "city.db"
    with new_database(path) as database, database.write() as connection:
        fill(connection)
    return path


@pytest.fixture(scope="session")
def city_template(server: Server) -> str:
    """Name of a finished city on the server; copy it, do not write it."""
    name = server.create()
    with new_database(server.url(name)) as database, database.write() as connection:
        fill(connection)
    return name


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a city of the test's own is: a path or a URL, also for other processes."""
    if request.param == "spatialite":
        copy = tmp_path / "city.db"
        shutil.copyfile(request.getfixturevalue("city_file"), copy)
        yield str(copy)
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(request.getfixturevalue("city_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(place: str) -> Iterator[Database]:
    """The city of the test's own, open."""
    opened = open_database(place)
    yield opened
    opened.close()


@pytest.fixture
def service(database: Database) -> CaseService:
    """The service on that city."""
    return CaseService(units_of_work(database), demo_shelf())


@pytest.fixture(scope="session")
def shared_file(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A city on a file for tests that commit nothing."""
    copy = tmp_path_factory.mktemp("shared") / "city.db"
    shutil.copyfile(city_file, copy)
    opened = open_database(copy)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared_server(server: Server, city_template: str) -> Iterator[Database]:
    """A city on the server for tests that commit nothing."""
    opened = open_database(server.url(server.create(city_template)))
    yield opened
    opened.close()


@pytest.fixture(scope="session", params=ENGINES)
def city(request: pytest.FixtureRequest) -> Database:
    """A city that many tests share: commit nothing into it."""
    name = "shared_file" if request.param == "spatialite" else "shared_server"
    shared: Database = request.getfixturevalue(name)
    return shared


@pytest.fixture(params=ENGINES)
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet: a path without a file, the URL of an empty database."""
    if request.param == "spatialite":
        yield str(tmp_path / "city.db")
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    yield server.url(name)
    server.drop(name)

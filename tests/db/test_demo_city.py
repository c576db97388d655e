"""The demo city in a database: whole, proven, the same every time, or not there at all."""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from app.demo_city.age import age_note
from app.demo_city.build import build
from db import guards
from db.base import Base
from db.engine import open_database
from db.errors import DatabaseExists, DiskFull
from db.media import MediaStore
from db.queries.places import locate
from db.tables import (
    AttachmentRow,
    CaseRow,
    CityRow,
    ComponentRow,
    UnitCellRow,
)
from db.verify import verify
from tests.helpers.demo_city import FRIDAY_MORNING
from tests.helpers.postgres import Server
from workflow.instants import epoch_ms

COMPONENTS, CASES = 900, 120
SAME_ON_BOTH = (
    (CaseRow.id, CaseRow.number, CaseRow.state, CaseRow.due_at, CaseRow.head_hash),
    (ComponentRow.id, ComponentRow.code, ComponentRow.cell_code, ComponentRow.address),
    (UnitCellRow.id, UnitCellRow.code, UnitCellRow.beat_id, UnitCellRow.component_count),
)


def build_small(where: str | Path, progress: Callable[[float, str], None] | None = None) -> None:
    build(where, components=COMPONENTS, cases=CASES, now=FRIDAY_MORNING, progress=progress)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build_small(path)
    return path


def test_the_record_proves_itself_and_its_guards_stand(built: Path) -> None:
    with closing(open_database(built)) as database:
        found = verify(database)
        assert (found.first, found.cases) == ((), CASES)
        with database.read() as connection:
            assert guards.missing(connection) == []


@pytest.mark.postgis
def test_a_server_holds_the_same_city(built: Path, server: Server) -> None:
    name = server.create()
    url = server.url(name)
    build_small(url)
    with closing(open_database(url)) as database, database.read() as there:
        assert verify(database).is_clean
        with closing(open_database(built)) as file, file.read() as here:
            for columns in SAME_ON_BOTH:
                wanted = here.execute(select(*columns).order_by(columns[0])).all()
                assert there.execute(select(*columns).order_by(columns[0])).all() == wanted
    server.drop(name)


def test_the_same_seed_and_moment_make_the_same_rows(built: Path, tmp_path: Path) -> None:
    build_small(tmp_path / "again.db")
    with (
        closing(open_database(built)) as one,
        closing(open_database(tmp_path / "again.db")) as two,
        one.read() as first,
        two.read() as second,
    ):
        for mapper in Base.registry.mappers:
            assert digest(first, mapper.class_) == digest(second, mapper.class_)


def test_a_city_of_one_component_and_hardly_any_cases_can_be_built(tmp_path: Path) -> None:
    build(tmp_path / "demo.db", components=1, cases=1, now=FRIDAY_MORNING)
    with closing(open_database(tmp_path / "demo.db")) as database:
        assert verify(database).is_clean


def test_the_city_row_says_what_it_holds_and_that_it_is_synthetic(built: Path) -> None:
    with closing(open_database(built)) as database, database.read() as connection:
        city = connection.execute(select(CityRow.__table__)).one()
        cells = connection.execute(select(func.count()).select_from(UnitCellRow)).scalar_one()
        counted = connection.execute(select(func.sum(UnitCellRow.component_count))).scalar_one()
    assert city.synthetic
    assert (city.cells, city.components, counted) == (cells, COMPONENTS, COMPONENTS)
    assert city.built_at == epoch_ms(FRIDAY_MORNING)


def test_every_component_is_found_in_its_own_cell(built: Path) -> None:
    with closing(open_database(built)) as database, database.read() as connection:
        rows = connection.execute(
            select(
                ComponentRow.cell_code,
                func.ST_X(ComponentRow.geom, type_=None).label("lon"),
                func.ST_Y(ComponentRow.geom, type_=None).label("lat"),
            ).where(ComponentRow.id % 97 == 0)
        ).all()
        assert rows
        for row in rows:
            assert locate(connection, row.lon, row.lat).place.cell_code == row.cell_code


def test_every_photo_of_the_cases_is_kept_beside_the_database(built: Path) -> None:
    media = MediaStore.beside(built)
    with closing(open_database(built)) as database, database.read() as connection:
        kept = connection.execute(select(AttachmentRow.sha256).distinct()).scalars().all()
    assert kept
    assert all(media.read(sha256) for sha256 in kept)


def test_progress_only_grows_and_ends_with_all_of_it(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    build_small(tmp_path / "demo.db", lambda share, sentence: told.append((share, sentence)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(sentence for _, sentence in told)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_an_interrupted_build_leaves_nothing(tmp_path: Path, share: float) -> None:
    def interrupt(done: float, _: str) -> None:
        if done > share:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_small(tmp_path / "demo.db", interrupt)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_build_leaves_the_photos_of_others(tmp_path: Path) -> None:
    sha256 = MediaStore(tmp_path / "media").keep(b"a photo of another database")

    def interrupt(_: float, __: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_small(tmp_path / "demo.db", interrupt)
    assert MediaStore(tmp_path / "media").read(sha256)


def test_too_little_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 90, 10))
    with pytest.raises(DiskFull, match="needs"):
        build_small(tmp_path / "demo.db")
    assert list(tmp_path.iterdir()) == []


def test_a_city_that_stands_is_never_built_over(built: Path) -> None:
    before = built.read_bytes()
    with pytest.raises(DatabaseExists):
        build_small(built)
    assert built.read_bytes() == before


def test_an_old_city_says_how_old_it_is_and_a_fresh_one_says_nothing(built: Path) -> None:
    assert age_note(built, FRIDAY_MORNING + timedelta(hours=3)) == ""
    assert "3" in age_note(built, FRIDAY_MORNING + timedelta(days=3, hours=1))


def digest(connection: Connection, rows_of: type) -> str:
    """All rows of a table in the order of their keys, geometries as well-known text."""
    table = rows_of.__table__  # type: ignore[attr-defined]
    columns = [
        func.ST_AsText(column, type_=None) if column.name == "geom" else column
        for column in table.columns
    ]
    result = hashlib.sha256()
    for row in connection.execute(select(*columns).order_by(*table.primary_key.columns)):
        result.update(repr(tuple(row)).encode())
    return result.hexdigest()

"""A new database stands whole in its place, or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import text

from db.building import new_database
from db.engine import open_database
from db.errors import DatabaseBusy, DatabaseExists, DiskFull, NotWritable, StorageError
from tests.helpers.stored_trade import fill


def build(place: str, error: Exception | None = None, pages: int = 0) -> None:
    """Fill a new database, on so many pages at most, and perhaps fail at the end."""
    with new_database(place) as database:
        if pages:
            with database.read() as connection:
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with database.write() as connection:
            fill(connection)
        if error:
            raise error


def test_a_finished_database_opens(empty_place: str) -> None:
    with new_database(empty_place) as database, database.write() as connection:
        fill(connection)
    opened = open_database(empty_place)
    with opened.read() as connection:
        assert connection.execute(text("SELECT name FROM city")).scalar() == "外滩"
    opened.close()


def test_an_error_while_building_leaves_nothing(empty_place: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        build(empty_place, LookupError())
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StorageError, match="cannot be opened"):
        open_database(empty_place)


def test_a_full_disk_while_building_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        build(str(tmp_path / "city.db"), pages=200)
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_is_not_overwritten(place: str) -> None:
    with pytest.raises(DatabaseExists), new_database(place):
        pass
    open_database(place).close()


def test_a_file_of_any_kind_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "city.db").write_text("letters")
    with pytest.raises(DatabaseExists), new_database(tmp_path / "city.db"):
        pass
    assert (tmp_path / "city.db").read_text() == "letters"


def test_two_programs_do_not_build_the_same_file(tmp_path: Path) -> None:
    with new_database(tmp_path / "city.db") as database, database.write() as connection:
        fill(connection)
        with (
            pytest.raises(DatabaseBusy, match="is being built"),
            new_database(tmp_path / "city.db"),
        ):
            pass
    open_database(tmp_path / "city.db").close()


def test_what_an_earlier_attempt_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "city.db.building").write_bytes(b"half a city" * 1000)
    with new_database(tmp_path / "city.db") as database, database.write() as connection:
        fill(connection)
    assert [path.name for path in tmp_path.iterdir()] == ["city.db"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable, match="Choose a folder"), new_database(tmp_path / "file" / "x"):
        pass


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    with new_database(tmp_path / "a" / "b" / "city.db"):
        pass
    assert (tmp_path / "a" / "b" / "city.db").exists()

"""Filters that people keep: theirs alone, by name, and never the end of a list."""

import pytest
from sqlalchemy import insert, text

from db.database import Database
from db.queries.saved_filters import (
    MOST_KEPT,
    FilterRefused,
    drop_filter,
    keep_filter,
    read_saved,
    rename_filter,
)
from db.tables import SavedFilterRow
from tests.helpers.trade import ACCEPTOR, LEADER
from workflow.errors import NotFound
from workflow.queries import DaySpan, QueueFilter

MINE, OTHERS = ACCEPTOR.person_id, LEADER.person_id
WANTED = QueueFilter(urgent=True, reported=DaySpan(days=7), text="井盖 😀")


def test_a_filter_is_kept_and_read_again_by_its_owner_alone(city: Database) -> None:
    with city.write_uncommitted() as connection:
        keep_filter(connection, MINE, "  急件  七天 ", WANTED)
        (kept,) = read_saved(connection, MINE)
        assert (kept.name, kept.filter, kept.problem) == ("急件 七天", WANTED, None)
        assert read_saved(connection, OTHERS) == ()


def test_a_name_given_again_replaces_the_filter(city: Database) -> None:
    with city.write_uncommitted() as connection:
        keep_filter(connection, MINE, "急件", WANTED)
        keep_filter(connection, MINE, "急件", QueueFilter(urgent=False))
        (kept,) = read_saved(connection, MINE)
        assert kept.filter == QueueFilter(urgent=False)


def test_a_filter_is_renamed_and_dropped_by_its_owner_only(city: Database) -> None:
    with city.write_uncommitted() as connection:
        keep_filter(connection, MINE, "甲", WANTED)
        keep_filter(connection, MINE, "乙", WANTED)
        first, second = read_saved(connection, MINE)
        rename_filter(connection, MINE, first.id, "丙")
        assert [one.name for one in read_saved(connection, MINE)] == ["丙", "乙"]
        rename_filter(connection, MINE, first.id, "丙")
        with pytest.raises(FilterRefused, match="another one is called “乙”"):
            rename_filter(connection, MINE, first.id, "乙")
        with pytest.raises(NotFound):
            rename_filter(connection, OTHERS, first.id, "丁")
        drop_filter(connection, OTHERS, second.id)
        drop_filter(connection, MINE, first.id)
        drop_filter(connection, MINE, first.id)
        assert [one.name for one in read_saved(connection, MINE)] == ["乙"]


@pytest.mark.parametrize("name", ["", "   ", "\x00", "名" * 41])
def test_a_name_that_is_none_is_refused(city: Database, name: str) -> None:
    with city.write_uncommitted() as connection, pytest.raises(FilterRefused):
        keep_filter(connection, MINE, name, WANTED)


@pytest.mark.parametrize("name", ["'; DROP TABLE saved_filter; --", "a\x00b", "\ud800", "😀"])
def test_any_other_name_is_kept(city: Database, name: str) -> None:
    with city.write_uncommitted() as connection:
        keep_filter(connection, MINE, name, WANTED)
        assert len(read_saved(connection, MINE)) == 1


def test_more_filters_than_a_screen_shows_are_refused(city: Database) -> None:
    with city.write_uncommitted() as connection:
        for number in range(MOST_KEPT):
            keep_filter(connection, MINE, f"第 {number} 个", WANTED)
        with pytest.raises(FilterRefused, match="there are 60 already"):
            keep_filter(connection, MINE, "再一个", WANTED)
        keep_filter(connection, MINE, "第 0 个", QueueFilter())


@pytest.mark.parametrize("body", ["", "{", "[]", '{"lamp": "purple"}', "[" * 100_000, "null"])
def test_a_filter_that_cannot_be_read_is_listed_with_why(city: Database, body: str) -> None:
    with city.write_uncommitted() as connection:
        row = {"person_id": MINE, "name": "旧", "body": body}
        connection.execute(insert(SavedFilterRow).values(row))
        keep_filter(connection, MINE, "新", WANTED)
        old, new = read_saved(connection, MINE)
        assert (old.name, old.filter) == ("旧", None)
        assert "another version of Wanmi" in str(old.problem)
        assert new.filter == WANTED


def test_two_filters_of_one_name_cannot_stand_in_the_table(city: Database) -> None:
    insertion = text(f"INSERT INTO saved_filter (person_id, name, body) VALUES ({MINE}, '甲', '')")
    with city.write_uncommitted() as connection:
        connection.execute(insertion)
        with pytest.raises(Exception, match=r"(?i)unique|twice|already|constraint|saved"):
            connection.execute(insertion)

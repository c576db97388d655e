"""The migrations make exactly the tables that the program knows, on both engines, and undo them."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

import db.tables as tables
from db import guards, migrating, schema, spatial
from db.base import Base
from db.engine import Database, connect


def ours(thing: Any, name: str | None, kind: str, reflected: bool, _: Any) -> bool:
    """Leave out what the engines bring along, and places, which other tests look at."""
    if kind == "table":
        return name in Base.metadata.tables
    return name is None or not name.endswith("geom")


def test_migrated_tables_are_those_of_the_program(city: Database) -> None:
    with city.read() as connection:
        options = {"include_object": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_every_layer_has_its_kind_its_index_and_cgcs2000(city: Database) -> None:
    with city.read() as connection:
        assert {name: layer(connection, name) for name in spatial.LAYERS} == {
            name: (kind, 4490, True) for name, kind in spatial.LAYERS.items()
        }


def layer(connection: Connection, table: str) -> tuple[str, int, bool]:
    """Kind, reference system and whether there is a spatial index."""
    if connection.dialect.name == "postgresql":
        row = connection.execute(
            text("SELECT type, srid FROM geometry_columns WHERE f_table_name = :name"),
            {"name": table},
        ).one()
        names = {index["name"] for index in inspect(connection).get_indexes(table)}
        return row.type, row.srid, f"ix_{table}_geom" in names
    kinds = {1: "POINT", 3: "POLYGON", 5: "MULTILINESTRING", 6: "MULTIPOLYGON"}
    row = connection.execute(
        text(
            "SELECT geometry_type, srid, spatial_index_enabled FROM geometry_columns"
            " WHERE f_table_name = :name"
        ),
        {"name": table},
    ).one()
    return kinds[row.geometry_type], row.srid, bool(row.spatial_index_enabled)


def test_every_table_of_the_program_is_in_the_list_of_tables() -> None:
    listed = {getattr(tables, name).__tablename__ for name in tables.__all__}
    assert listed == set(Base.metadata.tables)


def test_the_newest_migration_is_the_one_that_opening_expects() -> None:
    assert migrating.revisions()[0] == schema.HEAD


def test_going_back_leaves_none_of_our_tables_and_going_forth_makes_them_again(
    empty_place: str,
) -> None:
    database = connect(empty_place)
    with database.write() as connection:
        migrating.upgrade(connection)
    with database.write() as connection:
        migrating.downgrade(connection, "base")
        left = set(inspect(connection).get_table_names())
        assert left.isdisjoint(Base.metadata.tables)
        assert not any("guard" in name for name in inspect(connection).get_view_names())
    with database.write() as connection:
        migrating.upgrade(connection)
        assert guards.missing(connection) == []
    database.close()


def test_a_layer_is_loaded_without_its_index_and_has_it_again(city: Database) -> None:
    insert = text("INSERT INTO poi (name, kind, geom) VALUES ('x', 'y', :place)")
    with city.write_uncommitted() as connection:
        with spatial.index_rebuilt(connection, "poi"):
            made = "ST_GeomFromText('POINT(121.5 31.2)', 4490)"
            connection.execute(text(insert.text.replace(":place", made)))
        assert layer(connection, "poi") == ("POINT", 4490, True)
        spatial.refresh_statistics(connection)


@pytest.mark.parametrize("kind", ["POINT(1 2)", "LINESTRING(1 2, 3 4)"])
def test_a_place_of_another_kind_is_refused(city: Database, kind: str) -> None:
    made = f"ST_GeomFromText('{kind}', 4490)"
    with (
        city.write_uncommitted() as connection,
        pytest.raises(Exception, match=r"(?i)geom|geometry"),
    ):
        connection.execute(
            text(f"INSERT INTO beat (code, name, street_code, geom) VALUES ('1', '1', '1', {made})")
        )

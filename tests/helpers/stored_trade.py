"""The people and departments of `tests.helpers.trade` as rows, in a city of one community."""

from typing import Any

from sqlalchemy import Connection, insert

from db.seed import CALENDAR_VERSION, seed_rules
from db.tables import CityRow, ComponentRow, DepartmentRow, PersonPostRow, PersonRow
from resources import profile, rulebook
from tests.helpers.trade import (
    BUND,
    DEPARTMENT_NAMES,
    DISTRICT_CENTER,
    EVERYONE,
    LIGHTS,
    MANHOLE,
    ROADS,
    TOWN_CENTER,
)

CENTER_KINDS = {DISTRICT_CENTER: "district_center", TOWN_CENTER: "town_center"}
MANHOLE_CODE = "3101010101000001"


def fill(connection: Connection, name: str = profile.DEFAULT_PROFILE) -> None:
    """A city that can take cases: the rules of a profile, people, departments, one component."""
    seed_rules(connection, name)
    connection.execute(insert(CityRow).values(city_values() | {"profile": name}))
    connection.execute(
        insert(DepartmentRow),
        [
            {
                "id": key,
                "code": f"D{key:02}",
                "name": name,
                "short_name": name,
                "kind": CENTER_KINDS.get(key, "unit"),
                "district_code": BUND.district_code if key in CENTER_KINDS else None,
            }
            for key, name in DEPARTMENT_NAMES.items()
        ],
    )
    people = {seat.person_id: seat.person_name for seat in EVERYONE}
    connection.execute(
        insert(PersonRow),
        [{"id": key, "staff_no": f"S{key:04}", "name": name} for key, name in people.items()],
    )
    connection.execute(
        insert(PersonPostRow),
        [
            {"person_id": s.person_id, "post": s.post.value, "department_id": s.department_id}
            for s in EVERYONE
        ],
    )
    connection.execute(insert(ComponentRow).values(component_values()))


def city_values() -> dict[str, Any]:
    """The city row."""
    return {
        "id": 1,
        "name": "外滩",
        "profile": profile.DEFAULT_PROFILE,
        "rules_version": profile.DEFAULT_VERSION,
        "calendar_version": CALENDAR_VERSION,
        "edition": rulebook.DEMO_EDITION,
        "view_crs": "EPSG:4549",
        "west": 121.48,
        "south": 31.22,
        "east": 121.5,
        "north": 31.25,
        "synthetic": True,
        "seed": 1,
        "cells": 0,
        "components": 1,
        "count_breaks": "[]",
    }


def component_values() -> dict[str, Any]:
    """A manhole cover on the Bund."""
    return {
        "code": MANHOLE_CODE,
        "edition": rulebook.DEMO_EDITION,
        "class_code": MANHOLE,
        "big_code": MANHOLE[:2],
        "small_code": MANHOLE[2:],
        "name": "上水井盖",
        "authority_id": ROADS,
        "owner_id": ROADS,
        "maintainer_id": LIGHTS,
        "cell_code": BUND.cell_code,
        "state": "完好",
        "data_source": "合成",
        "address": BUND.address,
        "geom": f"SRID=4490;POINT({BUND.lon} {BUND.lat})",
    }

"""The census of the demo city as rows: every component with its synthetic attributes."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import shapely
from sqlalchemy import Connection

from app.demo_city.city import City
from app.demo_city.load import Row, binary, insert_rows
from db.tables import ComponentRow

_STATES = (("完好", 0.968), ("破损", 0.022), ("丢失", 0.004), ("占用", 0.006))
_SOURCES = (("实测", 0.86), ("地形图", 0.11), ("其它", 0.03))
_OLDEST = date(2009, 1, 1)
_SURVEYED_WITHIN = 400
"""Days before today: the census is never older than a good year."""


def load_components(
    connection: Connection, city: City, today: date, rng: np.random.Generator
) -> Iterator[int]:
    """Every component; says after each chunk how many more there are."""
    columns = (
        *("id", "code", "edition", "class_code", "big_code", "small_code", "name"),
        *("authority_id", "owner_id", "maintainer_id", "cell_code", "state"),
        *("placed_on", "changed_on", "data_source", "note", "address", "geom"),
    )
    yield from insert_rows(connection, ComponentRow, columns, _components(city, today, rng))


def _components(city: City, today: date, rng: np.random.Generator) -> Iterator[Row]:
    placed = city.components
    size = len(placed)
    classes = [
        (edition, row.class_code, row.class_code[:2], row.class_code[2:], name)
        for row in placed.mix
        for edition, name in (city.class_names[row.class_code],)
    ]
    answerable = _answerable(city)
    states = _drawn(_STATES, size, rng)
    sources = _drawn(_SOURCES, size, rng)
    surveyed = rng.integers(1, _SURVEYED_WITHIN, size).tolist()
    age = rng.integers(_SURVEYED_WITHIN, (today - _OLDEST).days, size).tolist()
    points = binary(shapely.points(city.located.degrees))
    days = [
        (today - timedelta(days=back)).isoformat() for back in range((today - _OLDEST).days + 1)
    ]
    street = [city.divisions.beats[b].community.street.code for b in city.divisions.beat_of]
    for index, (row, cell) in enumerate(
        zip(placed.row.tolist(), placed.cell.tolist(), strict=True)
    ):
        yield (
            index + 1,
            city.codes[index],
            *classes[row],
            *answerable[row, street[cell]],
            city.divisions.codes[cell],
            states[index],
            days[age[index]],
            days[surveyed[index]],
            sources[index],
            None,
            city.located.addresses[index],
            points[index],
        )


def _answerable(city: City) -> dict[tuple[int, str], tuple[int, int, int]]:
    """Authority, owner and maintainer of a class of the mix in a street."""
    find = city.organisation.responsible
    return {
        (index, street.code): (
            find(row.authority, street.code[:6], street.code).id,
            find(row.owner, street.code[:6], street.code).id,
            find(row.maintainer, street.code[:6], street.code).id,
        )
        for index, row in enumerate(city.components.mix)
        for street in city.divisions.streets
    }


def _drawn(shares: tuple[tuple[str, float], ...], size: int, rng: np.random.Generator) -> list[str]:
    words, weights = zip(*shares, strict=True)
    picked = np.searchsorted(np.cumsum(weights)[:-1], rng.random(size), side="right")
    return [words[i] for i in picked.tolist()]

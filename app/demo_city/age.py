"""How old a demo city is: its open cases were open when it was built, and time went on."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from db.engine import open_database
from db.tables import CityRow
from resources.language import tr
from workflow.instants import from_epoch_ms

FRESH_FOR = timedelta(hours=20)
"""After a night every clock of a standing case has run out."""


def built_at(where: str | Path) -> datetime | None:
    """When the synthetic city in a database was built; None where it holds a real one, or none.

    Raises:
        StorageError: the database cannot be opened.
    """
    with closing(open_database(where)) as database, database.read() as connection:
        found = connection.execute(select(CityRow.built_at)).scalar()
    return None if found is None else from_epoch_ms(found)


def age_note(where: str | Path, now: datetime) -> str:
    """A sentence for whoever opens an old demo city; empty while it is fresh."""
    built = built_at(where)
    if built is None or now - built < FRESH_FOR:
        return ""
    return tr(
        "This demo city was built on {day}, {days} days ago: most of its open cases are overdue "
        "by now. Build a fresh one with --fresh; the old one is kept.",
        day=f"{built:%Y-%m-%d}",
        days=(now - built).days,
    )

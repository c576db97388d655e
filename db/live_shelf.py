"""The shelf of rules of an open record: read again as soon as the city lives under others."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from db.database import Database
from db.rules import load_shelf
from db.tables import CityRow
from workflow.case import Case
from workflow.errors import NotFound
from workflow.ports import Rules
from workflow.shelf import RuleShelf

_IN_FORCE = select(
    CityRow.profile, CityRow.rules_version, CityRow.calendar_version, CityRow.edition
)


class LiveShelf:
    """All versions of the rules; another desk may put one in force at any moment.

    What is in force stands in the city's one row. It is looked at each time the rules are asked
    for, a few hundredths of a millisecond; the rules themselves are read when it changed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.read() as connection:
            self._mark = _mark(connection)
            self._shelf = load_shelf(connection)

    @property
    def current(self) -> Rules:
        """The rules that new cases are reported under."""
        return self._fresh().current

    @property
    def earlier(self) -> Mapping[tuple[str, int], Rules]:
        """The others by profile and version."""
        return self._fresh().earlier

    def of(self, case: Case) -> Rules:
        """The rules that the case was filed under. Raises NotFound."""
        try:
            return self._fresh().of(case)
        except NotFound:
            # Loaded, used and left again since this desk looked last.
            self._read_again()
            return self._shelf.of(case)

    def _fresh(self) -> RuleShelf:
        with self._database.read() as connection:
            is_old = _mark(connection) != self._mark
        if is_old:
            self._read_again()
        return self._shelf

    def _read_again(self) -> None:
        with self._database.snapshot() as connection:
            self._mark = _mark(connection)
            self._shelf = load_shelf(connection)


def _mark(connection: Connection) -> tuple[Any, ...] | None:
    found = connection.execute(_IN_FORCE).one_or_none()
    return None if found is None else tuple(found)

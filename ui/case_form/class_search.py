"""Finds a class of the catalog by Chinese, code, full pinyin, initials, or any mix of them.

The readings of every name are looked up once, when the index is made (on the record's thread);
a search then walks about 190 names and takes well under a millisecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from resources.readings import Readings, characters_read, readings, reads
from workflow.catalog import Catalog, ClassEntry, FilingCondition
from workflow.ports import Rules

WHOLE_NAME, PREFIX, INSIDE, CODE, WHOLE_READING, READING, READING_INSIDE, BIG_CLASS = range(8)
"""Ranks of a hit, best first."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A class with the readings of each character of its name and of its big class's."""

    entry: ClassEntry
    readings: Readings
    big_readings: Readings


class CatalogSearch:
    """Search over the classes of a catalog that a case can be reported under."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._index = [
            Indexed(entry, readings(entry.small_name), readings(entry.big_name))
            for entry in catalog
            if entry.is_usable
        ]

    def find(self, text: str, limit: int = 20) -> Sequence[ClassEntry]:
        """The best hits first; every class, in the catalog's order, for an empty text."""
        wanted = "".join(text.split()).lower()
        if not wanted:
            return [indexed.entry for indexed in self._index[:limit]]
        hits = [
            (rank, len(indexed.entry.small_name), place)
            for place, indexed in enumerate(self._index)
            if (rank := _rank(wanted, indexed)) is not None
        ]
        return [self._index[place].entry for _, _, place in sorted(hits)[:limit]]

    def conditions(self, entry: ClassEntry) -> Sequence[FilingCondition]:
        """The filing conditions of a class; none where the profile has none."""
        return self._catalog.conditions_of(entry.kind, entry.code)


def search_of(rules: Rules) -> CatalogSearch:
    """The search over the catalog in force; made on the record's thread."""
    return CatalogSearch(rules.catalog)


def _rank(wanted: str, indexed: Indexed) -> int | None:
    entry = indexed.entry
    name = entry.small_name.lower()
    if wanted == name:
        return WHOLE_NAME
    if name.startswith(wanted):
        return PREFIX
    if wanted in name:
        return INSIDE
    if wanted.isdigit():
        return CODE if f"{entry.big_code}{entry.small_code}".startswith(wanted) else None
    reached = characters_read(wanted, indexed.readings, 0)
    if reached is not None:
        return WHOLE_READING if reached == len(indexed.readings) else READING
    if any(reads(wanted, indexed.readings, start) for start in range(1, len(name))):
        return READING_INSIDE
    if wanted in entry.big_name or reads(wanted, indexed.big_readings, 0):
        return BIG_CLASS
    return None

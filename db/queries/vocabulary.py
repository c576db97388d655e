"""Names that pinyin is turned into: classes, places, people, departments, read once."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select

from db.tables import (
    ClassEntryRow,
    CommunityRow,
    DepartmentRow,
    DivisionRow,
    PersonRow,
    RoadRow,
)
from workflow.grams import plain

MOST_MEANT: Final = 24
"""Names that letters may stand for; "zl" is a part of a hundred, and most of those say nothing."""


class Vocabulary:
    """What typed letters may mean in this city.

    The readings of a thousand names take a tenth of a second, so they are looked up for the first
    word of letters that anybody types, not when a desk opens.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(name for name in map(plain, names) if name))
        self._meant: dict[str, tuple[str, ...]] = {}

    def meant_by(self, word: str) -> tuple[str, ...]:
        """The word itself, and the parts of names that it spells, the most frequent first."""
        if not _may_be_spelt(word):
            return (word,)
        if word not in self._meant:
            if len(self._meant) > 1_000:
                self._meant.clear()
            self._meant[word] = (word, *self._spelt(word))
        return self._meant[word]

    def _spelt(self, word: str) -> tuple[str, ...]:
        # Loading pinyin's dictionaries takes as long as all the rest; who types Chinese needs none.
        from resources.readings import parts_read

        parts = Counter(part for name in self._names for part in set(parts_read(word, name)))
        return tuple(part for part, _ in parts.most_common(MOST_MEANT) if part != word)


def read_vocabulary(connection: Connection) -> Vocabulary:
    """All names of the city that a case can say."""
    columns = (
        ClassEntryRow.small_name,
        ClassEntryRow.big_name,
        RoadRow.name,
        CommunityRow.name,
        DivisionRow.name,
        PersonRow.name,
        DepartmentRow.name,
    )
    return Vocabulary(
        name
        for column in columns
        for name in connection.execute(select(column).distinct().order_by(column)).scalars()
        if name
    )


def _may_be_spelt(word: str) -> bool:
    """Two signs or more with a letter in them, and nothing but letters: jg, jinggai, 井g."""
    return len(word) > 1 and word.isalpha() and any(sign.isascii() for sign in word)

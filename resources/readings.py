"""Chinese words by how they are typed: full pinyin, initials, characters, or any mix of them."""

from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

Readings = tuple[frozenset[str], ...]


@lru_cache(maxsize=4096)
def readings(name: str) -> Readings:
    """For each character, every way to type it: its pinyin without tones, or itself."""
    return tuple(
        frozenset(reading.lower().replace("ü", "v") for reading in character)
        | {name[place].lower()}
        for place, character in enumerate(_per_character(name))
    )


def reads(wanted: str, name: Readings, start: int = 0) -> bool:
    """Whether the typed text spells the name from a character on."""
    return characters_read(wanted, name, start) is not None


def reads_within(wanted: str, name: str) -> bool:
    """Whether the typed text, in small letters, spells a part of the name; not an empty text."""
    spelt = readings(name)
    return any(reads(wanted, spelt, start) for start in range(len(spelt)))


def parts_read(wanted: str, name: str) -> Iterator[str]:
    """The parts of the name that the typed text, in small letters, spells."""
    spelt = readings(name)
    for start in range(len(spelt)):
        count = characters_read(wanted, spelt, start)
        if count is not None:
            yield name[start : start + count]


def characters_read(wanted: str, name: Readings, start: int) -> int | None:
    """How many characters from `start` on spell the typed text, each by a beginning of a reading.

    "jg", "jinggai", "jingg" and "井g" all read 井盖. None where the text cannot be read so.
    """
    places = {0}
    for count, ways in enumerate(name[start:], start=1):
        places = {
            place + length
            for place in places
            for way in ways
            for length in range(1, len(way) + 1)
            if wanted.startswith(way[:length], place)
        }
        if len(wanted) in places:
            return count
        if not places:
            return None
    return None


def _per_character(name: str) -> list[list[str]]:
    """One list of readings a character: 行道树 is found by hang and by xing."""
    return [pinyin(c, style=Style.NORMAL, heteronym=True)[0] for c in name]

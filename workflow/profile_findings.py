"""What is wrong with a profile, said by file, row and field: the findings of its check as values.

The rows that are checked carry where they stand under the keys FILE and ROW, beside their cells.
"""

from collections.abc import Iterable, Mapping

from workflow.errors import WanmiError

Row = Mapping[str, str]
FILE, ROW = "@file", "@row"
"""Keys of a row under which it says which file it was read from, and its row in a spreadsheet."""


class ProfileFinding(WanmiError):
    """Something about a profile's tables that somebody should know."""


class ProfileFault(ProfileFinding):
    """Something that cannot work; the profile is not to be used before it is put right."""


class ProfileDoubt(ProfileFinding):
    """Something that works as it stands, but may not be meant."""


def at(row: Row, field: str) -> dict[str, object]:
    """The values by which a finding says where it lies."""
    return {"file": row.get(FILE, ""), "row": row.get(ROW, ""), "field": field}


def parts(cell: str) -> list[str]:
    """The words of a cell, parted by semicolons."""
    return [part for part in cell.split(";") if part]


def listed(words: Iterable[object]) -> str:
    """Words as a sentence lists them."""
    return "、".join(str(word) for word in words)

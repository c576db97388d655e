"""What is found wrong or odd in one row, gathered: a row tells all its faults at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from app.importing.foreign_file import BadRow

T = TypeVar("T")
P = ParamSpec("P")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """Faults keep a row out; notes only tell what is odd about it."""

    faults: list[BadRow] = field(default_factory=list)
    notes: list[BadRow] = field(default_factory=list)

    def attempt(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `read` answers; None where it raises a fault, which is kept."""
        try:
            return read(*args, **kwargs)
        except BadRow as fault:
            self.faults.append(fault)
            return None


def cell(cells: Cells, column: str) -> str:
    """The cell of a column in one line; empty where the file has no such column."""
    return " ".join(cells[column].split()) if column else ""

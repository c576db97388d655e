"""Rows as they come in, sorted lot by lot: what can go into the record, and what stays out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.importing.foreign_case import ForeignCase, RowReader
from app.importing.foreign_file import BadRow, ForeignRow, foreign_rows
from app.importing.taking_over import Porter
from workflow.commands import Report

LOT = 500
"""Rows in one transaction: half a second in which other seats wait, and what a power cut loses."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that stays out, with everything that keeps it out; the number as far as it is there."""

    row: int
    number: str
    faults: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that can go in, or is in already."""

    foreign: ForeignCase
    report: Report
    is_known: bool


Outcome = Refusal | Candidate


class Intake:
    """Reads a file for one city.

    Args:
        known: foreign numbers that the record has.
        now: nothing in a file can have happened later.
    """

    def __init__(self, file: Path, porter: Porter, known: set[str], now: datetime) -> None:
        self._file, self._porter, self._known = file, porter, known
        self._reader = RowReader(porter.mapping, now)
        self._row_of: dict[str, int] = {}

    def lots(self) -> Iterator[tuple[float, list[Outcome]]]:
        """The rows in lots, each with the share of the file that was read; the last may be empty.

        Raises:
            UnreadableFile: see `foreign_rows`.
        """
        lot: list[Outcome] = []
        for row in foreign_rows(self._file, self._porter.mapping):
            lot.append(self._sorted(row))
            if len(lot) == LOT:
                yield row.share, lot
                lot = []
        yield 1.0, lot

    def _sorted(self, row: ForeignRow) -> Outcome:
        if row.fault is not None:
            return Refusal(row.number, "", (row.fault,))
        found = self._reader.read(row.number, row.cells)
        column = self._porter.mapping.columns.number
        if not isinstance(found, ForeignCase):
            return Refusal(row.number, row.cells[column].strip(), found)
        try:
            self._refuse_twice(found, column)
            report = self._porter.report(found)
        except BadRow as fault:
            return Refusal(row.number, found.number, (fault,))
        self._row_of[found.number] = row.number
        return Candidate(found, report, found.number in self._known)

    def _refuse_twice(self, found: ForeignCase, column: str) -> None:
        if (first := self._row_of.get(found.number)) is not None:
            raise BadRow(
                "The number {number} stands in row {row} already; a case is taken over once.",
                column=column,
                number=found.number,
                row=first,
            )

"""What an import has to tell: every odd row into a CSV file, and the sums for the screen."""

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app.importing.agreement import EXPLANATIONS, Reason, Verdict
from app.importing.foreign_case import ForeignCase
from app.importing.foreign_file import BadRow
from app.importing.wall_clock import WallTime
from resources.language import tr, translatable
from resources.reasons import reason
from workflow.errors import WanmiError

REFUSED = translatable("kept out")
NOTED = translatable("noted")
DISAGREES = translatable("disagrees")
NOT_COMPARED = translatable("not compared")
HEADER = (
    translatable("row"),
    translatable("number"),
    translatable("what"),
    translatable("column"),
    translatable("sentence"),
    translatable("opened"),
    translatable("deadline"),
    translatable("closed"),
    translatable("file says"),
    translatable("we say"),
)
ON_TIME, OVERDUE = translatable("on time"), translatable("overdue")
FIRST = 5
"""Sentences that the screen shows; the report has them all."""


class ReportUnwritable(WanmiError):
    """The report's file cannot be written."""


class Writer(Protocol):
    """What `csv.writer` makes."""

    def writerow(self, row: Any, /) -> Any:
        """Write one row."""
        ...


@dataclass(slots=True)
class Tally:
    """The sums of one run.

    Attributes:
        rows: read; each is imported, known before, or refused.
        faults: refused rows by column. notes: remarks on rows that went in, by their wording;
            `examples` has the first sentence of each.
        first: the first sentences about refused rows, for the screen.
        agree, disagree: rows whose flag is, or is not, ours.
        reasons: of disagreements, and of rows that could not be compared.
    """

    rows: int = 0
    imported: int = 0
    known: int = 0
    refused: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)
    agree: int = 0
    disagree: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)


class Reporter:
    """Hears of every row and keeps what is worth telling.

    Args:
        writer: of the report's file; None where nobody wants one.
    """

    def __init__(self, writer: Writer | None = None) -> None:
        self._writer = writer
        self.tally = Tally()

    def refuse(self, row: int, number: str, faults: tuple[BadRow, ...]) -> None:
        """A row that stays out, with everything that keeps it out."""
        self.tally.rows += 1
        self.tally.refused += 1
        for fault in faults:
            sentence = _sentence(fault)
            self.tally.faults[fault.column] += 1
            self._write(row, number, REFUSED, fault.column, sentence)
            if len(self.tally.first) < FIRST:
                place = fault.column or tr("the whole row")
                self.tally.first.append(
                    tr("Row {row}, {column}: {sentence}", row=row, column=place, sentence=sentence)
                )

    def accept(self, foreign: ForeignCase, found: Verdict, *, is_known: bool) -> None:
        """A row that is in the record now, or was before."""
        self.tally.rows += 1
        self.tally.known += is_known
        self.tally.imported += not is_known
        for note in foreign.notes:
            sentence = _sentence(note)
            self.tally.notes[note.template] += 1
            self.tally.examples.setdefault(note.template, sentence)
            self._write(foreign.row, foreign.number, NOTED, note.column, sentence, _times(foreign))
        if found.reason is None:
            self.tally.agree += 1
            return
        self.tally.reasons[found.reason] += 1
        self.tally.disagree += not found.reason.is_no_comparison
        what = NOT_COMPARED if found.reason.is_no_comparison else DISAGREES
        sentence = tr(EXPLANATIONS[found.reason])  # words of a table
        cells = (*_times(foreign), _word(found.theirs), _word(found.ours))
        self._write(foreign.row, foreign.number, what, "", sentence, cells)

    def _write(
        self,
        row: int,
        number: str,
        what: str,
        column: str,
        sentence: str,
        more: tuple[str, ...] = (),
    ) -> None:
        if self._writer is not None:
            cells = (row, number, tr(what), column, sentence, *more)  # words of a table
            self._writer.writerow([*cells, *[""] * (len(HEADER) - len(cells))])


@contextmanager
def report_file(path: Path | None) -> Iterator[Reporter]:
    """A reporter that writes to the file; without one it only counts. Raises ReportUnwritable."""
    if path is None:
        yield Reporter()
        return
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ReportUnwritable(
            "The report {file} cannot be written: {reason}. Choose another place; "
            "nothing was imported.",
            file=path,
            reason=reason(error),
        ) from error
    with file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([tr(word) for word in HEADER])  # words of a table
        yield Reporter(writer)


def _sentence(fault: BadRow) -> str:
    return tr(fault.template, **fault.values)  # words of a table


def _times(foreign: ForeignCase) -> tuple[str, ...]:
    times = foreign.times
    return _written(times.opened), _written(times.deadline), _written(times.closed)


def _written(found: WallTime | None) -> str:
    return "" if found is None else str(found.written)


def _word(on_time: bool | None) -> str:
    if on_time is None:
        return ""
    return tr(ON_TIME) if on_time else tr(OVERDUE)  # words of a table

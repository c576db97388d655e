"""One row of a foreign file read by its mapping: a case of the other system, or its faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.importing.findings import Cells, Findings, cell
from app.importing.foreign_file import BadRow
from app.importing.foreign_times import CaseTimes, TimesReader
from app.importing.mapping import CaseMapping, ForeignClass

_NEAR = 1e-6
"""Degrees, a tenth of a metre: the same point, written with other zeros."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCase:
    """A case of the other system.

    Attributes:
        number: what that system knows it by.
        on_time: what the file's own flag says; None where it says nothing.
        division: the cell of the division column, as it stands.
        notes: what is odd about the row and does not keep it out.
    """

    row: int
    number: str
    times: CaseTimes
    on_time: bool | None
    what: ForeignClass
    department: str
    source: str
    address: str
    lon: float
    lat: float
    division: str
    description: str
    remark: str
    closing: str
    notes: tuple[BadRow, ...]


class RowReader:
    """Reads rows by a mapping.

    Args:
        now: nothing in a file can have happened later.
    """

    def __init__(self, mapping: CaseMapping, now: datetime) -> None:
        self._mapping = mapping
        self._times = TimesReader(mapping, now)

    def read(self, row: int, cells: Cells) -> ForeignCase | tuple[BadRow, ...]:
        """The case of a row, or everything that keeps it out."""
        findings = Findings()
        number = findings.attempt(self._number, cells)
        times = self._times.read(cells, findings)
        what = findings.attempt(self._class, cells)
        department = findings.attempt(self._department, cells)
        point = findings.attempt(self._point, cells, findings)
        on_time = self._flag(cells, findings)
        if findings.faults or not (number and times and what and department and point):
            return tuple(findings.faults)
        names = self._mapping.columns
        return ForeignCase(
            row=row,
            number=number,
            times=times,
            on_time=on_time,
            what=what,
            department=department,
            source=self._source(cells),
            address=cell(cells, names.address),
            lon=point[0],
            lat=point[1],
            division=cell(cells, names.division),
            description="；".join(dict.fromkeys(self._words(cells))) or what.small_name,
            remark="；".join(self._remarks(cells)),
            closing=cell(cells, names.closing),
            notes=tuple(findings.notes),
        )

    def _number(self, cells: Cells) -> str:
        column = self._mapping.columns.number
        if not (found := cell(cells, column)):
            raise BadRow(
                "The number is empty; without it the case could not be told from others.",
                column=column,
            )
        return found

    def _class(self, cells: Cells) -> ForeignClass:
        names = self._mapping.columns
        big = cells[names.big_class].strip() if names.big_class else ""
        small = cells[names.small_class].strip()
        found = self._mapping.classes.get((big, small))
        if found is None:
            raise BadRow(
                "The type “{type}” is not in the mapping's list of classes; add it there.",
                column=names.small_class,
                type=" / ".join(part for part in (big, small) if part),
            )
        return found

    def _department(self, cells: Cells) -> str:
        column = self._mapping.columns.department
        word = cell(cells, column)
        found = self._mapping.departments.get(word)
        if found is None:
            raise BadRow(
                "The department “{word}” is not in the mapping; add it there.",
                column=column,
                word=word,
            )
        return found

    def _point(self, cells: Cells, findings: Findings) -> tuple[float, float]:
        names = self._mapping.columns
        lon, lat = self._degrees(cells, names.lon, 180), self._degrees(cells, names.lat, 90)
        if lon == 0 and lat == 0:
            raise BadRow(
                "The coordinates are 0, 0, which is no place but a missing one.", column=names.lon
            )
        if not cell(cells, names.address) and self._is_stand_in(lon, lat):
            findings.notes.append(
                BadRow(
                    "The row has no place of its own: no address, and the point that the file "
                    "gives to all such rows.",
                    column=names.address,
                )
            )
        return lon, lat

    def _is_stand_in(self, lon: float, lat: float) -> bool:
        point = self._mapping.stand_in
        return point is not None and abs(lon - point[0]) < _NEAR and abs(lat - point[1]) < _NEAR

    def _degrees(self, cells: Cells, column: str, most: int) -> float:
        text = cell(cells, column)
        if not text:
            raise BadRow("The coordinate is empty; the case lies nowhere.", column=column)
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not abs(found) <= most:
            raise BadRow(
                "“{text}” is no coordinate in degrees from −{most} to {most}.",
                column=column,
                text=text,
                most=most,
            )
        return found

    def _flag(self, cells: Cells, findings: Findings) -> bool | None:
        mapping, column = self._mapping, self._mapping.columns.on_time
        word = cell(cells, column)
        if word in mapping.on_time_words:
            return True
        if word in mapping.overdue_words:
            return False
        if word:
            findings.notes.append(
                BadRow(
                    "The word “{word}” is not in the mapping's words for on time and overdue; "
                    "the row is not compared.",
                    column=column,
                    word=word,
                )
            )
        return None

    def _source(self, cells: Cells) -> str:
        word = cell(cells, self._mapping.columns.source)
        return self._mapping.sources.get(word) or word or self._mapping.system

    def _words(self, cells: Cells) -> Iterator[str]:
        found = (cell(cells, column) for column in self._mapping.columns.description)
        return (word for word in found if word)

    def _remarks(self, cells: Cells) -> Iterator[str]:
        for word, column in self._mapping.columns.remark.items():
            if value := cell(cells, column):
                yield f"{word}：{value}"

"""The three times of a foreign case, opened, due and closed: read, and held against each other."""

from dataclasses import dataclass
from datetime import datetime

from app.importing.findings import Cells, Findings, cell
from app.importing.foreign_file import BadRow
from app.importing.mapping import CaseMapping
from app.importing.wall_clock import Doubt, WallClock, WallTime
from workflow.decide import EARLIEST
from workflow.limits import LONGEST_IN_SECONDS

_EXAMPLE = datetime(2011, 7, 31, 17, 30)


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """The deadline is None where the file gives none, `closed` where the case is open there."""

    opened: WallTime
    deadline: WallTime | None
    closed: WallTime | None


class TimesReader:
    """Reads the times of rows.

    Args:
        now: nothing in a file can have happened later.
    """

    def __init__(self, mapping: CaseMapping, now: datetime) -> None:
        self._mapping, self._now = mapping, now
        self._clock = WallClock(mapping.zone, mapping.time_format)

    def read(self, cells: Cells, findings: Findings) -> CaseTimes | None:
        """The times of a row; None where there is no opening."""
        opened = findings.attempt(self._opened, cells, findings)
        deadline = findings.attempt(self._deadline, cells, findings, opened)
        closed = findings.attempt(self._closed, cells, findings, opened)
        return None if opened is None else CaseTimes(opened, deadline, closed)

    def _opened(self, cells: Cells, findings: Findings) -> WallTime:
        column = self._mapping.columns.opened
        found = self._time(cells, column, findings)
        if found is None:
            raise BadRow("The time of opening is empty.", column=column)
        if found.at < EARLIEST:
            raise BadRow(
                "The case was opened at {at}: no case of the trade is older than {earliest}.",
                column=column,
                at=found.written,
                earliest=EARLIEST.date(),
            )
        self._refuse_future(found, column)
        return found

    def _deadline(
        self, cells: Cells, findings: Findings, opened: WallTime | None
    ) -> WallTime | None:
        column = self._mapping.columns.deadline
        found = self._time(cells, column, findings)
        if found is None:
            self._accept_empty(column, findings)
            return None
        if opened is not None and found.at < opened.at:
            raise BadRow(
                "The deadline {deadline} lies before the opening {opened}.",
                column=column,
                deadline=found.written,
                opened=opened.written,
            )
        if opened and (found.at - opened.at).total_seconds() > LONGEST_IN_SECONDS:
            raise BadRow(
                "The deadline {deadline} lies further off than any limit can reach.",
                column=column,
                deadline=found.written,
            )
        return found

    def _accept_empty(self, column: str, findings: Findings) -> None:
        if self._mapping.if_empty is None:
            raise BadRow("The deadline is empty; no clock can run without one.", column=column)
        findings.notes.append(
            BadRow(
                "The deadline is empty; the clock has the mapping's own limit of {limit}.",
                column=column,
                limit=self._mapping.if_empty,
            )
        )

    def _closed(self, cells: Cells, findings: Findings, opened: WallTime | None) -> WallTime | None:
        column = self._mapping.columns.closed
        found = self._time(cells, column, findings)
        self._refuse_other_status(cells, found is not None)
        if found is None:
            return None
        if opened is not None and found.at < opened.at:
            raise BadRow(
                "The case was closed at {closed}, before it was opened at {opened}.",
                column=column,
                closed=found.written,
                opened=opened.written,
            )
        self._refuse_future(found, column)
        return found

    def _refuse_other_status(self, cells: Cells, is_closed: bool) -> None:
        mapping, column = self._mapping, self._mapping.columns.status
        if not column:
            return
        word = cell(cells, column)
        if word not in mapping.open_words | mapping.closed_words:
            raise BadRow(
                "The status “{word}” is not in the mapping; add it to its words for open or "
                "closed.",
                column=column,
                word=word,
            )
        if is_closed and word in mapping.open_words:
            raise BadRow(
                "The status “{word}” says open, and there is a time of closing.",
                column=column,
                word=word,
            )
        if not is_closed and word in mapping.closed_words:
            raise BadRow(
                "The status “{word}” says closed, and the time of closing is empty.",
                column=column,
                word=word,
            )

    def _refuse_future(self, found: WallTime, column: str) -> None:
        if found.at > self._now:
            raise BadRow(
                "{at} lies in the future; check the year, or this machine's clock.",
                column=column,
                at=found.written,
            )

    def _time(self, cells: Cells, column: str, findings: Findings) -> WallTime | None:
        """The time in a column; None where it is empty."""
        if not (text := cell(cells, column)):
            return None
        try:
            found = self._clock.read(text)
        except (ValueError, OverflowError) as error:
            raise BadRow(
                "“{text}” is no time; the mapping says that times are written like {example}.",
                column=column,
                text=text,
                example=f"{_EXAMPLE:{self._mapping.time_format}}",
            ) from error
        if found.doubt is Doubt.TWICE:
            findings.notes.append(
                BadRow(
                    "{text} came twice when the clocks of {zone} were set back; "
                    "the first is taken.",
                    column=column,
                    text=text,
                    zone=self._mapping.zone.key,
                )
            )
        elif found.doubt is Doubt.NEVER:
            findings.notes.append(
                BadRow(
                    "{text} never was: the clocks of {zone} were set forward over it. "
                    "It is read as if they had not been.",
                    column=column,
                    text=text,
                    zone=self._mapping.zone.key,
                )
            )
        return found

"""An import from the first row to the last: read, decide, write in lots, each all or nothing."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.importing.agreement import verdict
from app.importing.cells import Survey
from app.importing.foreign_case import ForeignCase, RowReader
from app.importing.foreign_file import UnreadableFile, foreign_rows
from app.importing.intake import Candidate, Intake, Outcome, Refusal
from app.importing.mapping import CaseMapping
from app.importing.mapping_file import InvalidMapping
from app.importing.new_city import build_city
from app.importing.receiving_city import receiving_city
from app.importing.report import Reporter
from app.importing.taking_over import Porter
from app.importing.wall_clock import WallClock
from db import spatial
from db.address import is_server
from db.database import Database
from db.engine import open_database
from db.errors import MissingDatabase
from db.repositories.histories import (
    History,
    add_histories,
    known_numbers,
    newly_known,
    reserve_numbers,
)
from db.repositories.unit_of_work import SqlUnitOfWork
from workflow.ids import CaseId
from workflow.instants import CHINA_STANDARD_TIME

Progress = Callable[[float, int, int], None]
"""Told the share of the file that is done, the rows read, and how many of them are new."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be imported, where to, and by which mapping; `now` is the moment of the run."""

    file: Path
    mapping: CaseMapping
    into: str
    now: datetime


def needs_city(into: str) -> bool:
    """Whether a city has to be built first: there is no such file."""
    return not is_server(into) and not Path(into).exists()


def survey(task: Task) -> Survey:
    """Where the cases of the file lie: the whole file is read once.

    Raises:
        InvalidMapping: the mapping describes no city.
        UnreadableFile: see `foreign_rows`; also where no case lies in the city.
    """
    plan = task.mapping.city
    if plan is None:
        raise MissingDatabase(
            "{name} is not there, and the mapping describes no city to build. Give a city's "
            "database with --into, or add the section city to the mapping.",
            name=task.into,
        )
    found, reader = Survey(plan), RowReader(task.mapping, task.now)
    for row in foreign_rows(task.file, task.mapping):
        if row.fault is None:
            case = reader.read(row.number, row.cells)
            if isinstance(case, ForeignCase):
                found.add(case.lon, case.lat, case.division)
    if found.is_empty:
        raise UnreadableFile(
            "No city was built: {file} has no row that could be imported. Check that the mapping "
            "is that of this file; importing into a city that is there lists what is wrong.",
            file=task.file.name,
        )
    return found


def build(task: Task, found: Survey) -> None:
    """Build the city of the mapping for the cases surveyed."""
    build_city(task.into, task.mapping, found, task.now)


def take_over(task: Task, reporter: Reporter, progress: Progress) -> None:
    """Import every row that the record does not know yet.

    Killed in the middle, the lots so far stay whole, and running it again brings the rest.

    Raises:
        UnreadableFile: the file cannot be read, or not to its end; what went in stays.
        StorageError: the record cannot be written; the last lot was rolled back.
    """
    with closing(open_database(task.into)) as database:
        city = receiving_city(database, task.mapping.system)
        porter = Porter(task.mapping, city, task.file.name)
        with database.read() as connection:
            known = known_numbers(connection, city.seat.person_id)
        intake = Intake(task.file, porter, known, task.now)
        judged_at = _judged_at(task)
        for share, lot in intake.lots():
            histories = write_lot(database, porter, lot)
            tell(reporter, porter, lot, histories, judged_at)
            progress(share, reporter.tally.rows, reporter.tally.imported)
        if reporter.tally.imported:
            with database.write() as connection:
                spatial.refresh_statistics(connection)


def write_lot(database: Database, porter: Porter, lot: Sequence[Outcome]) -> dict[str, History]:
    """Write the new cases of a lot, all or none; answers their histories by foreign number."""
    new = [one for one in lot if isinstance(one, Candidate) and not one.is_known]
    if not new:
        return {}
    with database.write() as connection:
        taken = newly_known(
            connection, porter.city.seat.person_id, (one.foreign.number for one in new)
        )
        new = [one for one in new if one.foreign.number not in taken]
        first_id = SqlUnitOfWork(connection).next_case_id()
        days = [one.foreign.times.opened.at.astimezone(CHINA_STANDARD_TIME).date() for one in new]
        numbers = reserve_numbers(connection, days)
        histories: dict[str, History] = {
            one.foreign.number: porter.carry(one.foreign, one.report, CaseId(case_id), number)
            for case_id, (one, number) in enumerate(zip(new, numbers, strict=True), first_id)
        }
        add_histories(connection, list(histories.values()))
    return histories


def tell(
    reporter: Reporter,
    porter: Porter,
    lot: Sequence[Outcome],
    histories: dict[str, History],
    judged_at: datetime,
) -> None:
    """Report the lot, row by row; what was known is judged anew, so that no row goes untold."""
    for one in lot:
        if isinstance(one, Refusal):
            reporter.refuse(one.row, one.number, one.faults)
            continue
        history = histories.get(one.foreign.number)
        is_known = history is None
        if history is None:
            history = porter.carry(one.foreign, one.report, CaseId(0), "")
        found = verdict(one.foreign, history[-1].case, judged_at)
        reporter.accept(one.foreign, found, is_known=is_known)


def _judged_at(task: Task) -> datetime:
    """When open cases are judged: when the file was drawn, else now."""
    mapping = task.mapping
    if not mapping.snapshot:
        return task.now
    try:
        return WallClock(mapping.zone, mapping.time_format).read(mapping.snapshot).at
    except ValueError as error:
        raise InvalidMapping(
            "The mapping {file} cannot be used: {key} cannot be {found}. Correct it there; "
            "docs/imports.md says what it may be.",
            file=mapping.system,
            key="times.snapshot",
            found=repr(mapping.snapshot),
        ) from error

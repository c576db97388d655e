"""The city's record as windows know it: the port `workflow.ports.Record` on a database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from db.dates import run_dates
from db.engine import Database, open_database
from db.feed import Feed
from db.live_shelf import LiveShelf
from db.media import MediaStore
from db.profile_rules import read_profile_rules
from db.profiles import read_standings, use_profile
from db.queries.alarms import acknowledge, read_alarms
from db.queries.boxes import count_boxes
from db.queries.boxes_in_use import boxes_in_use
from db.queries.case_files import build_case_file
from db.queries.city import read_city, read_day_sum, read_markers, read_seats
from db.queries.names import read_names
from db.queries.places import locate, read_component
from db.queries.scores import read_scored_cases, read_scores
from db.record_calendars import RecordCalendars
from db.record_queues import RecordQueues
from db.repositories.stored import stored_case, stored_events
from db.repositories.unit_of_work import units_of_work
from db.rule_edits import change_rules
from db.tables import CaseEventRow, CaseRow
from db.upkeep import refresh_statistics
from resources import profile
from workflow.alarms import Alarm, AlarmKind
from workflow.calendar_versions import (
    CalendarDraft,
    CalendarPreview,
    CalendarVersion,
    RecountProgress,
)
from workflow.commands import Move, Report
from workflow.evaluation import Scale
from workflow.ids import CaseId, DepartmentId
from workflow.instants import from_epoch_ms
from workflow.ports import Rules
from workflow.posts import Seat
from workflow.profiles import ProfileRules, ProfileStanding, ProfileSwitch
from workflow.queries import (
    BoxCount,
    CaseFile,
    CaseMarker,
    Changes,
    CityInfo,
    ComponentCard,
    DaySum,
    DepartmentScore,
    LocatedPlace,
    Period,
    ScoredCase,
)
from workflow.rule_edits import RulesEdit
from workflow.service import CaseService


class SqlRecord(RecordQueues):
    """Acting through the one service, reading through the queries; each call is one transaction.

    Names are read when the record is opened; rules are those in force, whichever desk put them so.

    Args:
        database: open, with a city in it.
        media: where the photos of this database lie.
    """

    def __init__(self, database: Database, media: MediaStore) -> None:
        self._database = database
        self._media = media
        with database.read() as connection:
            self._names = read_names(connection)
        super().__init__(database, self._names)
        self._shelf = LiveShelf(database)
        self._service = CaseService(units_of_work(database), self._shelf)
        self._calendars = RecordCalendars(database, self._service, self._shelf)
        self._feed = Feed(database)

    def close(self) -> None:
        """Give the feed's connection back; the database stays open."""
        self._feed.close()

    # -- acting ---------------------------------------------------------------------------------
    def report(self, command: Report, seat: Seat, now: datetime) -> Changes:
        """A new case, at a place that the city's cells hold. Raises OutsideCity too."""
        with self._database.read() as connection:
            locate(connection, command.place.lon, command.place.lat)
        return self._service.report(command, seat, now)

    def move(self, case_id: CaseId, version: int, move: Move, seat: Seat, now: datetime) -> Changes:
        """One step on the case that the seat saw at `version`."""
        return self._service.move(case_id, version, move, seat, now)

    def change_rules(self, edit: RulesEdit, seat: Seat, now: datetime) -> int:
        """The rules in force with an edit, as the next version: its number."""
        return change_rules(self._database, edit, seat, now)

    def run_dates(self, now: datetime) -> Changes | None:
        """Do the steps whose date has come; None where there were none."""
        return run_dates(self._database, self._service, self._shelf, now)

    def publish_calendar(self, draft: CalendarDraft, seat: Seat, now: datetime) -> int:
        """The draft as a new version of the working calendar, in force from now on."""
        return self._calendars.publish(draft, seat, now)

    def recount_next(
        self, seat: Seat, now: datetime, limit: int, after: CaseId | None = None
    ) -> RecountProgress:
        """Count the next open cases anew that run on an earlier calendar."""
        return self._calendars.recount_next(seat, now, limit, after)

    def acknowledge(
        self, alarms: Sequence[tuple[AlarmKind, CaseId, int]], seat: Seat, now: datetime
    ) -> None:
        """This person has seen these alarms, on every desk."""
        with self._database.write() as connection:
            acknowledge(connection, alarms, seat, now)

    def keep_photo(self, data: bytes, media_type: str) -> str:
        """Keep a photo's bytes; the media type goes with the step that they belong to."""
        return self._media.keep(data)

    # -- profiles -------------------------------------------------------------------------------
    def profiles(self) -> Sequence[ProfileStanding]:
        """Every profile that the city could live under."""
        with self._database.read() as connection:
            return read_standings(connection)

    def profile_rules(self, name: str, now: datetime) -> ProfileRules:
        """A profile in its newest version, or as it is shipped. Raises NotFound."""
        with self._database.read() as connection:
            return read_profile_rules(connection, name, now)

    def use_profile(self, name: str, seat: Seat, now: datetime) -> ProfileSwitch:
        """Report new cases under another profile. Raises ProfileRefused, NotAllowed."""
        return use_profile(self._database, name, now, seat)

    # -- reading --------------------------------------------------------------------------------
    def city(self) -> CityInfo:
        """The city of this database."""
        with self._database.read() as connection:
            return read_city(connection)

    def rules(self) -> Rules:
        """The rules in force."""
        return self._shelf.current

    def seats(self) -> Sequence[Seat]:
        """Every seat of the city."""
        with self._database.read() as connection:
            return read_seats(connection)

    def boxes(self, seat: Seat, now: datetime) -> Sequence[BoxCount]:
        """The boxes of a seat's post with their counts."""
        others = [name for name, _ in self._shelf.earlier]
        with self._database.read() as connection:
            boxes = boxes_in_use(connection, seat.post, self._profile, others)
            return count_boxes(connection, boxes, seat, now)

    def alarms(self, seat: Seat, now: datetime) -> Sequence[Alarm]:
        """What the seat has to hear of and has not acknowledged yet, newest first."""
        with self._database.read() as connection:
            return read_alarms(connection, seat, now)

    def case_file(self, case_id: CaseId, seat: Seat, now: datetime) -> CaseFile:
        """Everything about a case. Raises NotFound."""
        with self._database.read() as connection:
            case = stored_case(connection, case_id)
            events = stored_events(connection, case_id)
            rules = self._shelf.of(case)
            return build_case_file(connection, case, events, seat, rules, self._names, now)

    def case_number(self, number: str) -> CaseId | None:
        """The case with that number."""
        with self._database.read() as connection:
            found = connection.execute(select(CaseRow.id).where(CaseRow.number == number)).scalar()
        return None if found is None else CaseId(found)

    def markers(self) -> Sequence[CaseMarker]:
        """Every case that has not ended."""
        with self._database.read() as connection:
            return read_markers(connection)

    def photo(self, sha256: str) -> bytes:
        """The bytes of a photo. Raises NotFound, RecordDamaged."""
        return self._media.read(sha256)

    def locate(self, lon: float, lat: float) -> LocatedPlace:
        """Divisions, address and component of a point. Raises OutsideCity."""
        with self._database.read() as connection:
            return locate(connection, lon, lat)

    def calendars(self) -> Sequence[CalendarVersion]:
        """Every published version of the working calendar, newest first."""
        return self._calendars.versions()

    def preview_calendar(self, draft: CalendarDraft, now: datetime) -> CalendarPreview:
        """What a draft would change in the open cases."""
        return self._calendars.preview(draft)

    def component(self, code: str) -> ComponentCard:
        """The component with that code. Raises NotFound."""
        with self._database.read() as connection:
            return read_component(connection, code)

    def day_sum(self, now: datetime) -> DaySum:
        """Today's reconciliation."""
        with self._database.read() as connection:
            return read_day_sum(connection, now)

    def scores(self, period: Period, now: datetime) -> Sequence[DepartmentScore]:
        """Every department's score in a period."""
        scale = Scale.from_rows(profile.rows("evaluation", self._profile))
        with self._database.read() as connection:
            return read_scores(connection, period, now, scale)

    def scored_cases(
        self, department_id: DepartmentId, period: Period, now: datetime
    ) -> Sequence[ScoredCase]:
        """The cases behind a score."""
        with self._database.read() as connection:
            return read_scored_cases(connection, department_id, period, now)

    @property
    def _profile(self) -> str:
        return self._shelf.current.table.profile

    def latest_step(self) -> datetime | None:
        """When the step recorded last was taken."""
        newest = select(CaseEventRow.at).order_by(CaseEventRow.id.desc()).limit(1)
        with self._database.read() as connection:
            found = connection.execute(newest).scalar()
        return None if found is None else from_epoch_ms(found)

    def last_change(self) -> int:
        """Where a seat that opens now starts to listen."""
        return self._feed.position()

    def changes_since(self, seq: int) -> Changes | None:
        """What was committed after `seq`."""
        return self._feed.since(seq)


@contextmanager
def open_record(where: str | Path, media: Path) -> Iterator[SqlRecord]:
    """The record of a database file or server, closed at the end of the block.

    Args:
        media: the folder of photos.

    Raises:
        StorageError: why the database cannot be used.
    """
    database = open_database(where)
    try:
        record = SqlRecord(database, MediaStore(media))
        try:
            yield record
        finally:
            record.close()
        refresh_statistics(database)
    finally:
        database.close()

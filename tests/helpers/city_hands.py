"""The people of a city at work on one record: each step done by whoever finds it open at a desk."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from db.record import SqlRecord
from tests.helpers.trade import demo_rules, photo
from workflow.case import Case, CaseKind
from workflow.commands import Move, Report
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.posts import Post, Seat
from workflow.queries import CaseFile, OpenMove, QueueQuery
from workflow.transitions import Need

PAGE = 100


class CityHands:
    """Acts from the seats that the city really has, with what the case file suggests.

    Attributes:
        now: a minute later with each step.
    """

    def __init__(self, record: SqlRecord, now: datetime) -> None:
        self.record = record
        self.now = now
        self.seats: Sequence[Seat] = record.seats()

    def report(self, lon: float, lat: float, class_code: str) -> CaseId:
        """An event told by telephone."""
        told = Report(
            kind=CaseKind.EVENT,
            class_code=class_code,
            source="12319热线",
            description="路边堆放垃圾",
            place=self.record.locate(lon, lat).place,
        )
        seat = next(seat for seat in self.seats if seat.post is Post.ACCEPTOR)
        (case_id,) = self.record.report(told, seat, self._tick()).cases
        return case_id

    def case(self, case_id: CaseId) -> Case:
        """The case as it stands."""
        return self.record.case_file(case_id, self.seats[0], self.now).case

    def open_to(self, case_id: CaseId, step: str) -> list[Seat]:
        """Everybody whose desk offers a step without a refusal."""
        seats = self._in_posts(case_id, step)
        return [seat for seat in seats if _open(self._file(case_id, seat), step) is not None]

    def do(self, case_id: CaseId, step: str) -> Seat:
        """The step, "operation" or "operation:outcome", by the first who may; answers who did it.

        It is looked for where a desk shows it: in a box of that seat that holds the case.
        """
        for seat in self._in_posts(case_id, step):
            file = self._file(case_id, seat)
            move = _open(file, step)
            if move is not None:
                assert self.boxes_with(case_id, seat), (step, seat.post)
                made = _filled(move, file, self.record)
                self.record.move(case_id, file.case.version, made, seat, self._tick())
                return seat
        raise LookupError(f"{step} is open to nobody in {self.case(case_id).state}")

    def to(self, case_id: CaseId, *steps: str) -> list[Post]:
        """Several steps; the posts that did them."""
        return [self.do(case_id, step).post for step in steps]

    def boxes_with(self, case_id: CaseId, seat: Seat) -> set[str]:
        """The titles of a seat's boxes that hold the case."""
        return {
            count.box.title
            for count in self.record.boxes(seat, self.now)
            if self._lies_in(case_id, QueueQuery(box=count.box, seat=seat, limit=PAGE))
        }

    def _lies_in(self, case_id: CaseId, query: QueueQuery) -> bool:
        page = self.record.page(query, self.now)
        return any(row.case_id == case_id for row in page.rows)

    def _file(self, case_id: CaseId, seat: Seat) -> CaseFile:
        return self.record.case_file(case_id, seat, self.now)

    def _in_posts(self, case_id: CaseId, step: str) -> list[Seat]:
        """The seats of every post that the case's own table names for a step."""
        wanted = step.partition(":")[::2]
        rows = demo_rules(self.case(case_id).profile).table.rows
        posts = {
            post for row in rows if (row.operation, row.outcome) == wanted for post in row.posts
        }
        return [seat for seat in self.seats if seat.post in posts]

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def _open(file: CaseFile, step: str) -> OpenMove | None:
    wanted = step.partition(":")[::2]
    for move in file.moves:
        row = move.transition
        if (row.operation, row.outcome) == wanted and move.refusal is None:
            return move
    return None


def _filled(move: OpenMove, file: CaseFile, record: SqlRecord) -> Move:
    """The move with the first of whatever is suggested."""
    row, case = move.transition, file.case
    conditions = record.rules().catalog.conditions_of(case.kind, case.class_code)
    needs = row.needs
    return Move(
        operation=row.operation,
        outcome=row.outcome,
        opinion="情况属实" if Need.OPINION in needs else "",
        condition_id=conditions[0].id if Need.CONDITION in needs else None,
        department_id=DepartmentId(file.departments[0].id) if Need.DEPARTMENT in needs else None,
        collector_id=PersonId(file.collectors[0].id) if Need.COLLECTOR in needs else None,
        unit_id=DepartmentId(file.units[0].id) if Need.UNIT in needs else None,
        photos=(photo(),) if Need.PHOTO in needs else (),
    )

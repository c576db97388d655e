"""Cases: read one as a seat sees it, find one by its number."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.posts import Seat
from workflow.queries import CaseFile, QueueRow


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case file with the seat that it was read for."""

    seat: Seat
    file: CaseFile


def open_case(
    *,
    session: DeskSession,
    case_id: CaseId,
    done: Callable[[OpenedCase], None],
    failed: Callable[[WanmiError], None],
) -> None:
    """Read everything about a case; of several in a row only the newest is answered."""
    seat = session.seat

    def work(record: Record) -> OpenedCase:
        return OpenedCase(seat, record.case_file(case_id, seat, session.now()))

    session.door.ask(work, done, failed, key="open-case", ahead=True)


def find_case(
    *, session: DeskSession, number: str, done: Callable[[QueueRow | None], None]
) -> None:
    """The case with a number, in short; None where there is none."""

    def work(record: Record) -> QueueRow | None:
        case_id = record.case_number(number)
        return None if case_id is None else next(iter(record.rows([case_id])), None)

    session.door.ask(work, done, key="find-case", ahead=True)

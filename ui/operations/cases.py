"""Cases: read one as a seat sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ids import CaseId
from workflow.ports import Record
from workflow.posts import Seat
from workflow.queries import CaseFile


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

"""What an operator must hear of without being stopped: alarms (告警), acknowledged once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflow.clocks import Lamp
from workflow.ids import CaseId
from workflow.states import State


class AlarmKind(StrEnum):
    """What happened. OVERDUE comes after SOON and is an alarm of its own."""

    SOON = "soon"
    OVERDUE = "overdue"
    URGENT = "urgent"
    RETURNED = "returned"
    SUPERVISED = "supervised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing about one case that this seat's desk has to know.

    Attributes:
        mark: what the alarm is about within its kind (the deadline, the step): the same thing is
            never told twice, a new deadline is.
        since: the instant from which it holds.
    """

    kind: AlarmKind
    case_id: CaseId
    mark: int
    number: str
    class_name: str
    address: str
    state: State
    lamp: Lamp
    since: datetime

    @property
    def key(self) -> tuple[AlarmKind, CaseId, int]:
        """What an acknowledgement names."""
        return self.kind, self.case_id, self.mark

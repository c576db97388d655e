"""What a seat can ask of the record: a new report, or one step of the transition table."""

from dataclasses import dataclass

from workflow.calendar import Limit
from workflow.case import CaseKind, Photo, Place
from workflow.ids import DepartmentId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A problem reported: becomes a new case in state Reported."""

    kind: CaseKind
    class_code: str
    source: str
    description: str
    place: Place
    component_code: str | None = None
    urgent: bool = False
    opinion: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One operation of the transition table on an existing case.

    Attributes:
        operation, outcome: the row of the table, e.g. ("replyCheck", "done"); outcome "" where the
            operation has only one.
        limit: handling limit that the dispatcher sets instead of the standard's; needs an opinion.
    """

    operation: str
    outcome: str = ""
    opinion: str = ""
    condition_id: str | None = None
    department_id: DepartmentId | None = None
    collector_id: PersonId | None = None
    limit: Limit | None = None
    photos: tuple[Photo, ...] = ()

"""What a seat can ask of the record: a new report, or one step of the transition table."""

from dataclasses import dataclass
from datetime import datetime

from workflow.case import CaseKind, Photo, Place
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.limits import Limit


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What another system had decided on a case that is taken over from it (接入).

    Attributes:
        limit: from the report to the deadline that the other system gave.
        rule: where the limit comes from, in words for the operator.
    """

    department_id: DepartmentId
    limit: Limit
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A problem reported: becomes a new case in state Reported.

    Attributes:
        operation: the row of the table that makes the case, e.g. "selfHandle"; empty for the first
            one that the post has.
        caller_name, caller_phone: who called, where somebody did.
        wants_reply: the caller asks to be told the outcome.
        confidential: who called is shown to the desks of the supervision axis only.
        external_number: the number that another system knows the case by.
        taken_over: what that system had decided; only in an import.
    """

    kind: CaseKind
    class_code: str
    source: str
    description: str
    place: Place
    operation: str = ""
    component_code: str | None = None
    urgent: bool = False
    remark: str = ""
    caller_name: str = ""
    caller_phone: str = ""
    wants_reply: bool = False
    confidential: bool = False
    external_number: str = ""
    taken_over: TakenOver | None = None
    opinion: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is put right (更正) in a case that is not filed yet; the report itself stays on record.

    Attributes:
        place: None where the place was right.
    """

    kind: CaseKind
    class_code: str
    description: str
    place: Place | None = None
    component_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One operation of the transition table on an existing case.

    Attributes:
        operation, outcome: the row of the table, e.g. ("replyCheck", "done"); outcome "" where the
            operation has only one.
        department_id: the main department of a dispatch.
        co_department_ids: departments asked to help (协办).
        unit_id: the district's or town's center that is to dispatch.
        collector_id: who is to verify or check.
        person_id: the handler of an assignment, or who takes the case over.
        master_id: the case that this one repeats or resembles.
        limit: handling limit that the dispatcher sets instead of the standard's (needs an opinion);
            the time asked for in an extension; the time to answer a supervision.
        until: the review date of a suspension.
        authorisation_id: the standing rule that spares the check.
        time_tier: A, B or C (计时等级) of a filing, where the city's limits have tiers.
    """

    operation: str
    outcome: str = ""
    opinion: str = ""
    condition_id: str | None = None
    department_id: DepartmentId | None = None
    co_department_ids: tuple[DepartmentId, ...] = ()
    unit_id: DepartmentId | None = None
    collector_id: PersonId | None = None
    person_id: PersonId | None = None
    master_id: CaseId | None = None
    limit: Limit | None = None
    until: datetime | None = None
    authorisation_id: str | None = None
    time_tier: str = ""
    amendment: Amendment | None = None
    photos: tuple[Photo, ...] = ()

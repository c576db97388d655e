"""Posts (岗位): the unit of permission. A person acts from a seat, which is a person in a post."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.ids import DepartmentId, PersonId


class Post(StrEnum):
    """The posts that the transition table may name.

    INSPECTOR is a member of the enforcement squads (督查队员), who check in some cities. SYSTEM is
    the record itself, where a date does a step (挂账恢复, 归档) and nobody's hand.
    """

    COLLECTOR = "Collector"
    ACCEPTOR = "Acceptor"
    SHIFT_LEADER = "ShiftLeader"
    DISPATCHER = "Dispatcher"
    DISTRICT_ACCEPTOR = "DistrictAcceptor"
    DISTRICT_SHIFT_LEADER = "DistrictShiftLeader"
    DISTRICT_DISPATCHER = "DistrictDispatcher"
    TOWN_DISPATCHER = "TownDispatcher"
    DEPARTMENT = "Department"
    HANDLER = "Handler"
    INSPECTOR = "Inspector"
    SUPERVISOR = "Supervisor"
    EVALUATOR = "Evaluator"
    LEADER = "Leader"
    DATA_KEEPER = "DataKeeper"
    ADMIN = "Admin"
    PUBLIC = "Public"
    SYSTEM = "System"


COMMAND_AXIS = frozenset(
    {
        Post.DISPATCHER,
        Post.DISTRICT_DISPATCHER,
        Post.TOWN_DISPATCHER,
        Post.DEPARTMENT,
        Post.HANDLER,
    }
)
"""Posts that dispatch and handle; who acted from one on a case neither checks nor closes it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who acts, and from which post.

    Attributes:
        department_id: the department whose work the seat does: of a Department or Handler seat, or
            the district's or town's center of a seat there; else None.
        post_name: the post in Chinese, as data has it.
        district_code: the district whose center the seat belongs to; empty at the city's own.
    """

    person_id: PersonId
    person_name: str
    post: Post
    post_name: str
    department_id: DepartmentId | None = None
    department_name: str = ""
    district_code: str = ""

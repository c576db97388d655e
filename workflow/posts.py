"""Posts (岗位): the unit of permission. A person acts from a seat, which is a person in a post."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.ids import DepartmentId, PersonId


class Post(StrEnum):
    """The posts that the transition table may name."""

    COLLECTOR = "Collector"
    ACCEPTOR = "Acceptor"
    SHIFT_LEADER = "ShiftLeader"
    DISPATCHER = "Dispatcher"
    DEPARTMENT = "Department"
    HANDLER = "Handler"
    SUPERVISOR = "Supervisor"
    EVALUATOR = "Evaluator"
    LEADER = "Leader"
    DATA_KEEPER = "DataKeeper"
    ADMIN = "Admin"
    PUBLIC = "Public"


COMMAND_AXIS = frozenset({Post.DISPATCHER, Post.DEPARTMENT, Post.HANDLER})
"""Posts that dispatch and handle; who acted from one on a case neither checks nor closes it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who acts, and from which post.

    Attributes:
        department_id: the department whose work a Department or Handler seat does, else None.
        post_name: the post in Chinese, as data has it.
    """

    person_id: PersonId
    person_name: str
    post: Post
    post_name: str
    department_id: DepartmentId | None = None
    department_name: str = ""

"""What is entered for a case and not yet sent; kept while other cases are looked at."""

from dataclasses import dataclass, field
from datetime import datetime

from workflow.case import Photo
from workflow.commands import Amendment
from workflow.ids import CaseId, DepartmentId, PersonId
from workflow.limits import Limit


@dataclass(slots=True)
class Draft:
    """All that a step may be given; each step takes what the table says of it.

    Attributes:
        step: name of the step that is being filled in; empty for the step onward.
        limit: the handling limit to set instead of the standard's.
        extension: the time asked for; None for the original limit once more.
        reply_limit: the time to answer a supervision; None for the standard's.
        master_number: the number of the case chosen as master, for people.
    """

    step: str = ""
    opinion: str = ""
    department_id: DepartmentId | None = None
    co_department_ids: list[DepartmentId] = field(default_factory=list)
    unit_id: DepartmentId | None = None
    collector_id: PersonId | None = None
    person_id: PersonId | None = None
    condition_id: str | None = None
    time_tier: str = ""
    limit: Limit | None = None
    extension: Limit | None = None
    reply_limit: Limit | None = None
    until: datetime | None = None
    master_id: CaseId | None = None
    master_number: str = ""
    authorisation_id: str | None = None
    amendment: Amendment | None = None
    photos: list[Photo] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        given = (self.limit, self.extension, self.reply_limit, self.until, self.amendment)
        is_written = bool(self.opinion.strip() or self.photos or self.co_department_ids)
        return not is_written and all(one is None for one in given)

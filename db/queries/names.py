"""Names that stand behind ids: departments, people, posts, classes' conditions; read once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.tables import DepartmentRow, FilingConditionRow, PersonRow, PostRow


@dataclass(frozen=True, slots=True)
class Names:
    """Lookups from id to the words that a window shows; unknown ids read as an empty text."""

    departments: dict[int, str]
    people: dict[int, str]
    posts: dict[str, str]
    conditions: dict[str, str]

    def holder(self, post: str | None, person_id: int | None, department_id: int | None) -> str:
        """Who must act, in words: the department, else the person, else the post's pool."""
        if department_id is not None:
            return self.departments.get(department_id, "")
        if person_id is not None:
            return self.people.get(person_id, "")
        return self.posts.get(post or "", "")


def read_names(connection: Connection) -> Names:
    """All names; a few thousand short strings even in a large city."""

    def pairs(key: Any, value: Any) -> dict[Any, Any]:
        return {row[0]: row[1] for row in connection.execute(select(key, value).distinct())}

    return Names(
        departments=pairs(DepartmentRow.id, DepartmentRow.name),
        people=pairs(PersonRow.id, PersonRow.name),
        posts=pairs(PostRow.code, PostRow.name),
        conditions=pairs(FilingConditionRow.id, FilingConditionRow.text),
    )

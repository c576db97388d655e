"""What of this city a filter can be narrowed to."""

from typing import Any

from sqlalchemy import Connection, Select, select

from db.tables import CommunityRow, DepartmentRow, DivisionRow, PersonRow
from workflow.queries import FilterChoices


def read_choices(connection: Connection) -> FilterChoices:
    """Streets and communities by their code, departments and people by their id, in that order."""

    def pairs(query: Select[Any, Any]) -> dict[Any, str]:
        return {row[0]: row[1] for row in connection.execute(query)}

    streets = select(DivisionRow.code, DivisionRow.name).where(DivisionRow.level == "street")
    return FilterChoices(
        streets=pairs(streets.order_by(DivisionRow.code)),
        communities=pairs(select(CommunityRow.code, CommunityRow.name).order_by(CommunityRow.code)),
        departments=pairs(select(DepartmentRow.id, DepartmentRow.name).order_by(DepartmentRow.id)),
        people=pairs(select(PersonRow.id, PersonRow.name).order_by(PersonRow.id)),
    )

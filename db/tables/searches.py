"""What search reads beside its index, and the filters that people keep."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id


class CaseSearchRow(Base):
    """What a case says, as one plain text of fields (db.search_index.FIELDS).

    The pieces of it are in `case_tokens`, which is another kind of table on each engine.
    """

    __tablename__ = "case_search"

    case_id: Mapped[int] = mapped_column(
        ID_TYPE, ForeignKey("cases.id"), primary_key=True, autoincrement=False
    )
    said: Mapped[str]


class SavedFilterRow(Base):
    """A filter that a person keeps under a name; `body` is the JSON of workflow.filters."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("person.id"))
    name: Mapped[str]
    body: Mapped[str]

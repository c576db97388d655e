"""Departments, people and the posts (岗位) that people hold."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id


class DepartmentRow(Base):
    """A department or company that handles cases or answers for components.

    The centers of districts and towns are departments of the kinds district_center and town_center;
    `district_code` says for which division they dispatch, and is None elsewhere.
    """

    __tablename__ = "department"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ID_TYPE, ForeignKey("department.id"))
    district_code: Mapped[str | None]


class PostRow(Base):
    """A post; `axis` is supervision, command, department or other."""

    __tablename__ = "post"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    axis: Mapped[str]


class PersonRow(Base):
    """A person who acts on cases."""

    __tablename__ = "person"

    id: Mapped[Id]
    staff_no: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class PersonPostRow(Base):
    """A person holds a post, in a department where the post belongs to one."""

    __tablename__ = "person_post"
    __table_args__ = (
        Index("uq_person_post", "person_id", "post", "department_id", unique=True),
        # A unique index takes NULL as different from NULL.
        Index(
            "uq_person_post_alone",
            "person_id",
            "post",
            unique=True,
            sqlite_where=text("department_id IS NULL"),
            postgresql_where=text("department_id IS NULL"),
        ),
        Index(None, "post", "department_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("person.id"))
    post: Mapped[str] = mapped_column(ForeignKey("post.code"))
    department_id: Mapped[int | None] = mapped_column(ID_TYPE, ForeignKey("department.id"))

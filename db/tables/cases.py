"""The case row: a projection of the case's events that boxes, queues and maps read."""

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id, Millis


def _open_index(name: str, *columns: str) -> Index:
    """An index over the cases that have not ended: a few thousand of a million."""
    return Index(name, *columns, sqlite_where=text("ended = 0"), postgresql_where=text("NOT ended"))


def _some_index(name: str, where: str, *columns: str, on_server: str | None = None) -> Index:
    """An index over the few cases that meet a condition."""
    return Index(
        name, *columns, sqlite_where=text(where), postgresql_where=text(on_server or where)
    )


class CaseRow(Base):
    """A case as its events leave it.

    `version` and `state` are moved by the database itself when an event comes in; the other columns
    follow in the same transaction, and `projected_version` says up to which event they have.
    `due_at`, `warn_at` and `paused` belong to the clock that runs now, `handle_due_at` to the
    handle clock; they are copied here so that boxes and lamps are plain indexed comparisons.
    `handle_limit` is written "amount unit".
    """

    __tablename__ = "cases"
    __table_args__ = (
        _open_index("ix_cases_box", "state", "due_at", "id"),
        _open_index("ix_cases_department_box", "department_id", "state", "due_at", "id"),
        _open_index("ix_cases_person_box", "collector_id", "state", "due_at", "id"),
        _open_index("ix_cases_due", "due_at", "id"),
        Index("ix_cases_reported_at", "reported_at", "id"),
        Index("ix_cases_state_number", "state", "number"),
        Index("ix_cases_state_reported", "state", "reported_at", "id"),
        Index("ix_cases_department_reported", "department_id", "state", "reported_at", "id"),
        Index("ix_cases_filed", "department_id", "filed_at"),
        Index("ix_cases_precedents", "state", "class_code", "street_code", "kind", "department_id"),
        Index("ix_cases_closed_at", "closed_at"),
        Index("ix_cases_class_sort", "class_code", "id", "state"),
        Index("ix_cases_place_sort", "address", "id", "state"),
        Index("ix_cases_class_reported", "class_code", "reported_at", "id"),
        Index("ix_cases_street_reported", "street_code", "reported_at", "id"),
        Index("ix_cases_community_reported", "community_code", "reported_at", "id"),
        Index("ix_cases_source_reported", "source", "reported_at", "id"),
        _some_index("ix_cases_urgent", "urgent = 1", "reported_at", "id", on_server="urgent"),
        _some_index("ix_cases_rework", "rework_count > 0", "reported_at", "id"),
        _some_index("ix_cases_returned", "return_count > 0", "reported_at", "id"),
        _some_index(
            "ix_cases_holder",
            "holder_person_id IS NOT NULL",
            "holder_person_id",
            "reported_at",
            "id",
        ),
        Index(None, "cell_code"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int]
    projected_version: Mapped[int]
    profile: Mapped[str]
    rules_version: Mapped[int]
    state: Mapped[str]
    came_from: Mapped[str | None]
    kind: Mapped[str]
    edition: Mapped[str]
    class_code: Mapped[str]
    class_name: Mapped[str]
    condition_id: Mapped[str | None]
    source: Mapped[str]
    description: Mapped[str]
    urgent: Mapped[bool]
    lon: Mapped[float]
    lat: Mapped[float]
    cell_code: Mapped[str]
    beat_code: Mapped[str]
    community_code: Mapped[str]
    community_name: Mapped[str]
    street_code: Mapped[str]
    street_name: Mapped[str]
    district_code: Mapped[str]
    district_name: Mapped[str]
    area_class: Mapped[int]
    road: Mapped[str]
    address: Mapped[str]
    component_code: Mapped[str | None]
    reporter_id: Mapped[int] = mapped_column(ID_TYPE, ForeignKey("person.id"))
    collector_id: Mapped[int | None] = mapped_column(ID_TYPE)
    department_id: Mapped[int | None] = mapped_column(ID_TYPE)
    handle_limit: Mapped[str | None]
    verify_result: Mapped[str | None]
    check_result: Mapped[str | None]
    rework_count: Mapped[int]
    return_count: Mapped[int]
    departments_tried: Mapped[int]
    holder_post: Mapped[str | None]
    holder_person_id: Mapped[int | None] = mapped_column(ID_TYPE)
    holder_department_id: Mapped[int | None] = mapped_column(ID_TYPE)
    reported_at: Mapped[Millis]
    filed_at: Mapped[Millis | None]
    dispatched_at: Mapped[Millis | None]
    fed_back_at: Mapped[Millis | None]
    handle_on_time: Mapped[bool | None]
    closed_at: Mapped[Millis | None]
    handle_due_at: Mapped[Millis | None]
    due_at: Mapped[Millis | None]
    warn_at: Mapped[Millis | None]
    paused: Mapped[bool | None]
    ended: Mapped[bool]
    head_hash: Mapped[bytes] = mapped_column(LargeBinary)

"""The case row: a projection of the case's events that boxes, queues and maps read."""

from typing import Annotated

from sqlalchemy import ForeignKey, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from db.base import ID_TYPE, Base, Id, Millis
from db.tables.case_indexes import case_indexes

Flag = Annotated[bool, mapped_column(server_default=false())]
Count = Annotated[int, mapped_column(server_default="0")]
Words = Annotated[str, mapped_column(server_default="")]
"""Columns that came later; what was there before them has the default."""


class CaseRow(Base):
    """A case as its events leave it.

    `version` and `state` are moved by the database itself when an event comes in; the other columns
    follow in the same transaction, and `projected_version` says up to which event they have.
    `due_at`, `warn_at` and `paused` belong to the clock that runs now, `handle_due_at` to the
    handle clock; they are copied here so that boxes and lamps are plain indexed comparisons.
    `handle_limit` and `request_limit` are written "amount unit", `co_tasks` is JSON.
    """

    __tablename__ = "cases"
    __table_args__ = case_indexes()

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int]
    projected_version: Mapped[int]
    profile: Mapped[str]
    rules_version: Mapped[int]
    state: Mapped[str]
    came_from: Mapped[str | None]
    ended_from: Mapped[str | None]
    level: Mapped[str] = mapped_column(server_default="city")
    kind: Mapped[str]
    edition: Mapped[str]
    class_code: Mapped[str]
    class_name: Mapped[str]
    condition_id: Mapped[str | None]
    time_tier: Mapped[Words]
    source: Mapped[str]
    description: Mapped[str]
    remark: Mapped[Words]
    caller_name: Mapped[Words]
    caller_phone: Mapped[Words]
    wants_reply: Mapped[Flag]
    confidential: Mapped[Flag]
    external_number: Mapped[Words]
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
    owner_id: Mapped[int | None] = mapped_column(ID_TYPE)
    claimed_by: Mapped[int | None] = mapped_column(ID_TYPE)
    collector_id: Mapped[int | None] = mapped_column(ID_TYPE)
    department_id: Mapped[int | None] = mapped_column(ID_TYPE)
    last_department_id: Mapped[int | None] = mapped_column(ID_TYPE)
    dispatch_unit_id: Mapped[int | None] = mapped_column(ID_TYPE)
    upper_unit_id: Mapped[int | None] = mapped_column(ID_TYPE)
    handler_id: Mapped[int | None] = mapped_column(ID_TYPE)
    co_tasks: Mapped[str] = mapped_column(server_default="[]")
    handle_limit: Mapped[str | None]
    verify_result: Mapped[str | None]
    check_result: Mapped[str | None]
    emergency: Mapped[Flag]
    responsibility_open: Mapped[Flag]
    duplicate_of: Mapped[int | None] = mapped_column(ID_TYPE)
    similar_to: Mapped[int | None] = mapped_column(ID_TYPE)
    request_kind: Mapped[str | None]
    request_tier: Mapped[Count]
    request_limit: Mapped[str | None]
    request_until: Mapped[Millis | None]
    request_by: Mapped[int | None] = mapped_column(ID_TYPE)
    extension_count: Mapped[Count]
    extended_at: Mapped[Millis | None]
    over_quota: Mapped[Flag]
    suspend_count: Mapped[Count]
    suspended_until: Mapped[Millis | None]
    supervised: Mapped[str | None]
    supervise_count: Mapped[Count]
    urge_count: Mapped[Count]
    self_handled: Mapped[Flag]
    closing_route: Mapped[Words]
    authorisation_id: Mapped[str | None]
    needs_visit: Mapped[Flag]
    satisfaction: Mapped[str | None]
    appeal_result: Mapped[str | None]
    exempt: Mapped[Flag]
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

"""The case file: everything that the case panel shows, read in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.queries.choices import (
    colleagues_for,
    collectors_for,
    departments_for,
    handlers_for,
    units_for,
)
from db.queries.names import Names
from db.queries.places import read_component
from db.queries.process import process_of, request_of
from db.queries.related import related_cases
from db.repositories.surroundings import count_uses, read_quota
from db.tables import DepartmentRow, PersonPostRow, PersonRow
from resources import profile as profiles
from workflow.calendar import Segment
from workflow.case import Case
from workflow.case_file import CaseFile, CoTaskRow, OpenMove
from workflow.catalog import FilingCondition
from workflow.clocks import ClockKind, is_provisional
from workflow.decide import open_moves
from workflow.due_moves import due_moves
from workflow.errors import UnknownClass
from workflow.events import CaseEvent
from workflow.ids import DepartmentId, PersonId
from workflow.instants import midnight
from workflow.past import Past
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.service import quota_month
from workflow.settings import Authorisation
from workflow.surroundings import Quota
from workflow.tenures import tenures

_ABOUT_QUOTA = frozenset({"askExtension", "forwardExtension", "auditExtension"})


def build_case_file(
    connection: Connection,
    case: Case,
    events: Sequence[CaseEvent],
    seat: Seat,
    rules: Rules,
    names: Names,
    now: datetime,
) -> CaseFile:
    """The file of a case as this seat sees it.

    Args:
        events: all events of the case, in order.
        rules: those that the case was filed under.
    """
    condition = rules.catalog.condition(case.condition_id) if case.condition_id else None
    component = read_component(connection, case.component_code) if case.component_code else None
    process = process_of(events, case, rules, names)
    segments, provisional = _ruler(case, rules)
    moves = open_moves(case, seat, rules, Past.of(events), now)
    authorisations = _authorisations(case, moves, rules)
    return CaseFile(
        case=_without_caller(case) if _is_kept_from(case, seat) else case,
        condition=condition.text if condition else "",
        closing_condition=condition.closing_condition if condition else "",
        limit_text=_limit_text(case, condition),
        reporter_name=names.people.get(case.reporter_id, ""),
        department_name=names.departments.get(case.department_id or 0, ""),
        collector_name=names.people.get(case.collector_id or 0, ""),
        holder=names.holder(case.holder_post, case.holder_person_id, case.holder_department_id),
        component=component,
        process=process,
        photos=tuple(photo for row in process for photo in row.photos),
        moves=moves,
        departments=departments_for(connection, case, component, names),
        collectors=collectors_for(connection, case, rules, names),
        segments=segments,
        provisional=provisional,
        waiting_for=_waiting_for(connection, case, rules, names),
        handlers=handlers_for(connection, case, seat),
        units=units_for(connection, case),
        colleagues=colleagues_for(connection, case),
        authorisations=authorisations,
        used_today=_used_today(connection, authorisations, now),
        quota=_quota(connection, case, moves, rules, now),
        request=request_of(case, events, rules, names),
        claimed_by=names.people.get(case.claimed_by or 0, ""),
        owner=names.people.get(case.owner_id or 0, ""),
        handler=names.people.get(case.handler_id or 0, ""),
        levels=_levels(case, names),
        co_tasks=_co_tasks(case, names),
        related=related_cases(connection, case, names),
        calendars={
            version: rules.calendar_of(version)
            for version in (rules.calendar.version, *(one.calendar_version for one in case.clocks))
        },
        tenures=tenures(events, names),
        due_moves=due_moves(events, names),
        **_of_its_rules(case, rules),
    )


def _of_its_rules(case: Case, rules: Rules) -> dict[str, Any]:
    """What the rules that the case lives under say, which may be older than those in force."""
    stage = rules.stage_limits.get(ClockKind.SUPERVISE_REPLY)
    return {
        "settings": rules.settings,
        "conditions": _conditions(case, rules),
        "reply_limit": stage.limit if stage else None,
    }


def _conditions(case: Case, rules: Rules) -> tuple[FilingCondition, ...]:
    try:
        return rules.catalog.conditions_of(case.kind, case.class_code)
    except UnknownClass:
        return ()  # a case of an older edition: the service says what then holds


def _limit_text(case: Case, condition: FilingCondition | None) -> str:
    if case.handle_limit is not None:
        return str(case.handle_limit)
    if condition is None:
        return ""
    limit, _ = condition.limit_at(case.place.area_class, case.time_tier)
    return str(limit) if limit else condition.limit_text


def _is_kept_from(case: Case, seat: Seat) -> bool:
    """A caller who asked for it (保密) is shown to the desks of the supervision axis only."""
    if not case.confidential:
        return False
    return all(
        row["axis"] != "supervision"
        for row in profiles.rows("posts", case.profile)
        if row["code"] == seat.post
    )


def _without_caller(case: Case) -> Case:
    return replace(case, caller_name="", caller_phone="")


def _ruler(case: Case, rules: Rules) -> tuple[tuple[Segment, ...], bool]:
    """What lies between start and due of the clock that runs now; nothing once the case ended."""
    clock = None if case.state.is_ended else case.main_clock
    if clock is None:
        return (), False
    calendar = rules.calendar_of(clock.calendar_version)
    return (
        calendar.segments(clock.started_at, clock.due_at),
        is_provisional(clock, calendar),
    )


def _authorisations(
    case: Case, moves: Iterable[OpenMove], rules: Rules
) -> tuple[Authorisation, ...]:
    """The standing rules that cover this case for a step that this seat may take."""
    operations = {move.transition.operation for move in moves}
    return tuple(
        rule
        for rule in rules.authorisations.values()
        if rule.operation in operations and rule.covers(case, rule.operation)
    )


def _used_today(
    connection: Connection, rules: Iterable[Authorisation], now: datetime
) -> Mapping[str, int]:
    return {rule.id: count_uses(connection, rule.id, midnight(now)) for rule in rules}


def _quota(
    connection: Connection, case: Case, moves: Iterable[OpenMove], rules: Rules, now: datetime
) -> Quota | None:
    """The department's month, where this seat may ask for an extension or rule on one."""
    if case.department_id is None:
        return None
    if _ABOUT_QUOTA.isdisjoint(move.transition.operation for move in moves):
        return None
    return read_quota(connection, case.department_id, quota_month(case, now), rules)


def _levels(case: Case, names: Names) -> tuple[str, ...]:
    units = (case.upper_unit_id, case.dispatch_unit_id)
    return tuple(names.departments.get(unit, "") for unit in units if unit is not None)


def _co_tasks(case: Case, names: Names) -> tuple[CoTaskRow, ...]:
    due = {clock.round: clock.due_at for clock in case.clocks if clock.kind is ClockKind.CO_HANDLE}
    return tuple(
        CoTaskRow(
            department_name=names.departments.get(task.department_id, ""),
            asked_at=task.asked_at,
            due_at=due[task.round],
            replied_at=task.replied_at,
        )
        for task in case.co_tasks
    )


def _ruling_posts(case: Case, rules: Rules) -> set[Post]:
    """The posts that may rule on the case's open request; none where nothing is asked for."""
    if case.request_kind is None:
        return set()
    wanted, tier = f"request:{case.request_kind}", f"tier:{case.request_tier}"
    return {
        post
        for row in rules.table.leaving(case.state)
        if wanted in row.guards
        and (tier in row.guards or not any(one.startswith("tier:") for one in row.guards))
        for post in row.posts
    }


def _waiting_for(connection: Connection, case: Case, rules: Rules, names: Names) -> Seat | None:
    """Who can take the next step: who rules on what was asked for, else whoever holds the case."""
    ruling = _ruling_posts(case, rules)
    posts = ruling or {post for post in (case.holder_post,) if post is not None}
    if not posts:
        return None
    if not ruling and case.holder_person_id is not None:
        # a task can go to any post that may answer it
        posts = {post for row in rules.table.leaving(case.state) for post in row.posts}
    query = (
        select(PersonRow.id, PersonRow.name, PersonPostRow.post, PersonPostRow.department_id)
        .join(PersonPostRow, PersonPostRow.person_id == PersonRow.id)
        .where(PersonPostRow.post.in_(sorted(posts)))
        .order_by(PersonPostRow.post != (case.holder_post or ""), PersonRow.id)
        .limit(1)
    )
    if case.holder_person_id is not None and not ruling:
        query = query.where(PersonRow.id == case.holder_person_id)
    in_department = not ruling or Post.DEPARTMENT in ruling
    if case.holder_department_id is not None and in_department:
        query = query.where(PersonPostRow.department_id == case.holder_department_id)
    elif case.level == "district" and case.holder_person_id is None:
        query = query.join(DepartmentRow, DepartmentRow.id == PersonPostRow.department_id).where(
            DepartmentRow.district_code == case.place.district_code
        )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    district = connection.execute(
        select(DepartmentRow.district_code).where(DepartmentRow.id == row.department_id)
    ).scalar()
    return Seat(
        PersonId(row.id),
        row.name,
        Post(row.post),
        names.posts.get(row.post, ""),
        None if row.department_id is None else DepartmentId(row.department_id),
        names.departments.get(row.department_id or 0, ""),
        district or "",
    )

"""Whom a step can be given: departments, centers, collectors, handlers, colleagues, best first."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.queries.names import Names
from db.repositories.surroundings import checking_posts, read_checkers
from db.tables import (
    BeatCollectorRow,
    BeatRow,
    CaseRow,
    DepartmentRow,
    PersonPostRow,
    PersonRow,
)
from resources import profile as profiles
from workflow.case import Case
from workflow.case_file import ComponentCard, Suggestion
from workflow.ports import Rules
from workflow.posts import Post, Seat
from workflow.service import CENTERS, allowed_checkers
from workflow.settings import CheckerRule
from workflow.states import State

_PRECEDENTS = 5
_TO_CHECK = (State.PENDING_CHECK, State.CHECKING, State.PENDING_CLOSE)
_OWN_BEAT, _OTHER_BEAT = "本责任网格", "异地核查"


def departments_for(
    connection: Connection, case: Case, component: ComponentCard | None, names: Names
) -> tuple[Suggestion, ...]:
    """Departments with their reasons: ownership, then precedents; the rest without."""
    reasons: dict[int, list[str]] = {}
    if component is not None:
        reasons.setdefault(component.maintainer_id, []).append("部件养护单位")
        reasons.setdefault(component.owner_id, []).append("部件权属单位")
    precedents = connection.execute(
        select(CaseRow.department_id, func.count().label("times"))
        .where(
            CaseRow.class_code == case.class_code,
            CaseRow.kind == case.kind.value,
            CaseRow.state.in_([State.CLOSED.value, State.ARCHIVED.value]),
            CaseRow.street_code == case.place.street_code,
            CaseRow.department_id.is_not(None),
        )
        .group_by(CaseRow.department_id)
        .order_by(func.count().desc(), CaseRow.department_id)
        .limit(_PRECEDENTS)
    )
    for department, times in precedents:
        if department is not None:
            reasons.setdefault(department, []).append(f"本街道同类已结 {times} 件")
    first = tuple(
        Suggestion(department, names.departments.get(department, ""), " · ".join(why))
        for department, why in reasons.items()
    )
    rest = connection.execute(
        select(DepartmentRow.id, DepartmentRow.name)
        .where(DepartmentRow.id.not_in(list(reasons)), DepartmentRow.kind.not_in(CENTERS.values()))
        .order_by(DepartmentRow.id)
    )
    return first + tuple(Suggestion(department, name, "") for department, name in rest)


def units_for(connection: Connection, case: Case) -> tuple[Suggestion, ...]:
    """The centers that can go on with the dispatch; the one of the case's own area first."""
    kind = "town_center" if case.state is State.PENDING_DISTRICT_DISPATCH else "district_center"
    found = connection.execute(
        select(DepartmentRow.id, DepartmentRow.name, DepartmentRow.district_code)
        .where(DepartmentRow.kind == kind)
        .order_by(DepartmentRow.id)
    ).all()
    place = case.place
    if kind == "town_center":
        found = [row for row in found if row.district_code == place.district_code]
        own = {row.id for row in found if row.name.startswith(place.street_name)}
        reason = "案件所在街道"
    else:
        own = {row.id for row in found if row.district_code == place.district_code}
        reason = "案件所在区"
    listed = [Suggestion(row.id, row.name, reason if row.id in own else "") for row in found]
    return tuple(sorted(listed, key=lambda one: not one.reason))


def collectors_for(
    connection: Connection, case: Case, rules: Rules, names: Names
) -> tuple[Suggestion, ...]:
    """Who can be sent to verify, or to check as the profile's setting allows."""
    walking = _walking(connection, case, names)
    if case.state not in _TO_CHECK:
        return tuple(walking.values())
    posts = _in_order_of_duty(case.profile, checking_posts(connection, case))
    others = _of_posts(connection, posts, names)
    rule = rules.settings.checker_rule
    if rule is CheckerRule.NEAREST:
        squads = [one for one in others if one.id not in walking and one.reason]
        beats = [one for one in walking.values() if Post.COLLECTOR in posts]
        ordered = squads + beats if posts[:1] != (Post.COLLECTOR,) else beats + squads
        return tuple(ordered)
    apart = read_checkers(connection, case)
    allowed = allowed_checkers(case, rule, apart) or frozenset()
    chosen = [one for one in others if one.id in allowed]
    if rule is CheckerRule.DRAWN:
        why = f"随机抽取：{len(apart)} 人中由上一步的哈希定出，任何人不能挑选"
        return tuple(Suggestion(one.id, one.name, why) for one in chosen)
    near = [walking[one.id] for one in chosen if one.id in walking]
    far = [one for one in chosen if one.id not in walking]
    return tuple(
        Suggestion(one.id, one.name, " · ".join(part for part in (_OTHER_BEAT, one.reason) if part))
        for one in near + far
    )


def handlers_for(connection: Connection, case: Case, seat: Seat) -> tuple[Suggestion, ...]:
    """The handlers of the seat's own department, the one with the least work first."""
    if case.department_id is None or seat.department_id != case.department_id:
        return ()
    work = (
        select(CaseRow.handler_id, func.count().label("cases"))
        .where(CaseRow.handler_id.is_not(None), CaseRow.ended.is_(False))
        .group_by(CaseRow.handler_id)
        .subquery()
    )
    found = connection.execute(
        _holders([Post.HANDLER], case.department_id)
        .add_columns(func.coalesce(work.c.cases, 0).label("cases"))
        .outerjoin(work, work.c.handler_id == PersonPostRow.person_id)
    ).all()
    return tuple(
        Suggestion(row.id, row.name, f"手中 {row.cases} 件")
        for row in sorted(found, key=lambda row: (row.cases, row.id))
    )


def colleagues_for(connection: Connection, case: Case) -> tuple[Suggestion, ...]:
    """Who else holds the post whose pool the case is in."""
    if case.holder_post is None or (case.holder_person_id or case.holder_department_id):
        return ()
    found = connection.execute(_holders([case.holder_post])).all()
    return tuple(Suggestion(row.id, row.name, "") for row in found if row.id != case.claimed_by)


def _walking(connection: Connection, case: Case, names: Names) -> dict[int, Suggestion]:
    """Collectors of the beat first, then those of the neighbouring beats of the street."""
    found = connection.execute(
        select(BeatCollectorRow.person_id, BeatRow.code, BeatRow.name)
        .join(BeatRow, BeatRow.id == BeatCollectorRow.beat_id)
        .where(BeatRow.street_code == case.place.street_code)
        .order_by(BeatRow.code != case.place.beat_code, BeatRow.code, BeatCollectorRow.person_id)
    )
    listed: dict[int, Suggestion] = {}
    for person, code, beat_name in found:
        reason = _OWN_BEAT if code == case.place.beat_code else beat_name
        listed.setdefault(person, Suggestion(person, names.people.get(person, ""), reason))
    return listed


def _in_order_of_duty(profile: str, posts: Sequence[str]) -> tuple[str, ...]:
    """The posts in the order in which the profile gives them the duty; others behind."""
    duties = {row["duty"]: row["posts"].split(";") for row in profiles.rows("duties", profile)}
    order = duties.get("checking", [])
    return tuple(sorted(posts, key=lambda post: (post not in order, [*order, post].index(post))))


def _of_posts(connection: Connection, posts: Iterable[str], names: Names) -> list[Suggestion]:
    """Everybody in these posts, a post after the other; the reason names all but collectors."""
    listed: dict[int, Suggestion] = {}
    for post in posts:
        reason = "" if post == Post.COLLECTOR else names.posts.get(post, post)
        for row in connection.execute(_holders([post])):
            listed.setdefault(row.id, Suggestion(row.id, row.name, reason))
    return list(listed.values())


def _holders(posts: Sequence[str], department_id: int | None = None) -> Select[*tuple[Any, ...]]:
    found = (
        select(PersonPostRow.person_id.label("id"), PersonRow.name.label("name"))
        .join(PersonRow, PersonRow.id == PersonPostRow.person_id)
        .where(PersonPostRow.post.in_(list(posts)))
        .order_by(PersonPostRow.person_id)
    )
    if department_id is not None:
        found = found.where(PersonPostRow.department_id == department_id)
    return found

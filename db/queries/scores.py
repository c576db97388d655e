"""Step 7 from the record: each department's counts in a period, and the cases behind them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from db.tables import CaseRow, DepartmentRow
from workflow.evaluation import CaseFacts, DepartmentFacts, Scale, counts_in, evaluate
from workflow.ids import CaseId, DepartmentId
from workflow.instants import epoch_ms, from_epoch_ms
from workflow.queries import DepartmentScore, Period, ScoredCase
from workflow.states import State

_FACTS = (
    CaseRow.state,
    CaseRow.fed_back_at,
    CaseRow.handle_on_time,
    CaseRow.handle_due_at,
    CaseRow.rework_count,
    CaseRow.closing_route,
    CaseRow.exempt,
    CaseRow.extension_count,
    CaseRow.over_quota,
)


def read_scores(
    connection: Connection, period: Period, now: datetime, scale: Scale
) -> tuple[DepartmentScore, ...]:
    """The score of every department, best first; departments without a score last."""
    names = {
        row.id: row.name for row in connection.execute(select(DepartmentRow.id, DepartmentRow.name))
    }
    counts: Mapping[int, Counter[str]] = {department: Counter() for department in names}
    for row in connection.execute(_alike(period, now)):
        parts = counts_in(_facts(row), now)
        counts[row.department_id].update(dict.fromkeys(parts, row.cases))
    scores = [
        evaluate(
            DepartmentFacts(
                department_id=DepartmentId(department),
                department_name=name,
                **counts[department],
            ),
            scale,
        )
        for department, name in names.items()
    ]
    return tuple(sorted(scores, key=_best_first))


def read_scored_cases(
    connection: Connection, department_id: DepartmentId, period: Period, now: datetime
) -> tuple[ScoredCase, ...]:
    """Every case that a department's score stands on, newest first, with the parts it counts in."""
    rows = connection.execute(
        select(CaseRow.id, CaseRow.number, CaseRow.class_name, CaseRow.address, *_FACTS)
        .where(CaseRow.department_id == department_id, *_filed_in(period))
        .order_by(CaseRow.filed_at.desc(), CaseRow.id.desc())
    )
    return tuple(
        ScoredCase(
            case_id=CaseId(row.id),
            number=row.number,
            class_name=row.class_name,
            address=row.address,
            state=State(row.state),
            counts_in=counts_in(_facts(row), now),
        )
        for row in rows
    )


def _alike(period: Period, now: datetime) -> Select[*tuple[Any, ...]]:
    """One row of facts for all cases of a department that count alike, and how many they are.

    A month of a large city has 80,000 cases, but they differ in few ways that a score can see.
    """
    handled = CaseRow.fed_back_at.is_not(None)
    late = CaseRow.handle_due_at < epoch_ms(now)
    reworked = CaseRow.rework_count > 0
    extended = CaseRow.extension_count > 0
    return (
        select(
            CaseRow.department_id,
            CaseRow.state,
            func.min(CaseRow.fed_back_at).label("fed_back_at"),
            CaseRow.handle_on_time,
            func.min(CaseRow.handle_due_at).label("handle_due_at"),
            func.min(CaseRow.rework_count).label("rework_count"),
            CaseRow.closing_route,
            CaseRow.exempt,
            func.min(CaseRow.extension_count).label("extension_count"),
            CaseRow.over_quota,
            func.count().label("cases"),
        )
        .where(CaseRow.department_id.is_not(None), *_filed_in(period))
        .group_by(
            CaseRow.department_id,
            CaseRow.state,
            handled,
            CaseRow.handle_on_time,
            late,
            reworked,
            CaseRow.closing_route,
            CaseRow.exempt,
            extended,
            CaseRow.over_quota,
        )
    )


def _filed_in(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        CaseRow.filed_at >= epoch_ms(period.start),
        CaseRow.filed_at < epoch_ms(period.end),
    )


def _facts(row: Row[*tuple[Any, ...]]) -> CaseFacts:
    return CaseFacts(
        state=State(row.state),
        fed_back_at=None if row.fed_back_at is None else from_epoch_ms(row.fed_back_at),
        handle_on_time=row.handle_on_time,
        handle_due_at=None if row.handle_due_at is None else from_epoch_ms(row.handle_due_at),
        rework_count=row.rework_count,
        closing_route=row.closing_route,
        exempt=row.exempt,
        extension_count=row.extension_count,
        over_quota=row.over_quota,
    )


def _best_first(score: DepartmentScore) -> tuple[bool, float, int]:
    return (score.score is None, -(score.score or 0.0), score.department_id)

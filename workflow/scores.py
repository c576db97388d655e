"""What the evaluation reads: periods, department scores and the cases behind them."""

from dataclasses import dataclass
from datetime import datetime

from workflow.ids import CaseId, DepartmentId
from workflow.states import State


@dataclass(frozen=True, slots=True)
class Period:
    """Evaluation period, half-open: start <= t < end."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentScore:
    """A department's score by the CJ/T 292 department formula, with every part of it.

    Attributes:
        filed: 立案数; due_to_close: 应结案数 = handled + overdue_unhandled; closed: 结案数.
        due_to_handle: 应处置数; handled: 处置数; handled_on_time: 按期处置数.
        reworked: 返工数; extended: 延期数, over_quota of them beyond the month's quota.
        exempt: 申诉通过数: handled late, and not held against the department.
        suspended, forced, voided: 挂账, 强制结案, 作废: listed beside the rates, in none of them.
        cut: points off for what was extended beyond the quota.
        score: 0 to 100, None where the department had no case; grade A to E.
    """

    department_id: DepartmentId
    department_name: str
    filed: int
    due_to_handle: int
    handled: int
    handled_on_time: int
    overdue_unhandled: int
    due_to_close: int
    closed: int
    reworked: int
    filed_points: float
    closing_rate: float | None
    on_time_rate: float | None
    rework_rate: float | None
    score: float | None
    grade: str
    exempt: int = 0
    extended: int = 0
    over_quota: int = 0
    suspended: int = 0
    forced: int = 0
    voided: int = 0
    cut: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCase:
    """A case behind a score, with the parts it counts in (names of DepartmentScore fields)."""

    case_id: CaseId
    number: str
    class_name: str
    address: str
    state: State
    counts_in: tuple[str, ...]

"""Step 7: the department's score by the CJ/T 292 department formula, and which cases make it.

    score = 立案数分值 x 10 % + 结案率 x 30 % + 按期处置率 x 30 % + (1 - 返工率) x 30 %

The weights, the scale of 立案数分值 and the grades are the city's own (the standard prints them as
examples), so they are data. How the disagreements of the source are settled here:

- A case counts in the period in which it was filed, for the department that has it now.
- 应处置数 and 应结案数 are both 处置数 + 超时未处置数. The source says so for 应结案数; for
  应处置数 it says 已派给该部门、应处置, and work that is in hand and still in time is not yet due.
- 返工率 is 返工数 / 处置数 as the source's page prints it; its program divides by 应结案数.
- 返工数 counts cases, not times, and only when they are closed (结案时统计).
- 强制结案 is no 结案数; it is counted apart.
- 作废 is no 立案数 any more; 挂账 is not due while it lasts. Both are listed beside the rates, or
  they would be the way to better ones.
- 申诉通过: the case stays late (按期处置数 does not grow), and 按期处置率 takes it for in time.
- 延期 beyond the month's quota cuts the score (S001, 杭州); by how much is data of ours.
- A rate without a denominator is None, never 0; its weight is spread over the other parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.case import Case
from workflow.ids import DepartmentId
from workflow.queries import DepartmentScore
from workflow.states import State

FINISHED = frozenset({State.CLOSED, State.ARCHIVED})
PUT_ASIDE = frozenset({State.RETURNED, State.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the score asks of a case that was dispatched to the department."""

    state: State
    fed_back_at: datetime | None
    handle_on_time: bool | None
    handle_due_at: datetime | None
    rework_count: int
    closing_route: str = ""
    exempt: bool = False
    extension_count: int = 0
    over_quota: bool = False

    @classmethod
    def of(cls, case: Case) -> "CaseFacts":
        """The facts of a case."""
        return cls(
            state=case.state,
            fed_back_at=case.fed_back_at,
            handle_on_time=case.handle_on_time,
            handle_due_at=case.timing.handle_due_at,
            rework_count=case.rework_count,
            closing_route=case.closing_route,
            exempt=case.exempt,
            extension_count=case.extension_count,
            over_quota=case.over_quota,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFacts:
    """A department's counts in a period: how many of its cases `counts_in` puts under each name."""

    department_id: DepartmentId
    department_name: str
    filed: int = 0
    handled: int = 0
    handled_on_time: int = 0
    overdue_unhandled: int = 0
    closed: int = 0
    reworked: int = 0
    exempt: int = 0
    extended: int = 0
    over_quota: int = 0
    suspended: int = 0
    forced: int = 0
    voided: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """The city's choices in the formula.

    Attributes:
        points: (from how many filed cases on, points), rising; the first from 0.
        weights: percent of filed_points, closing_rate, on_time_rate and rework_rate.
        grades: (from which score on, grade), falling; half-open, so 90 is an A and 89.9 a B.
        cut_each, cut_most: points off for each case extended beyond the quota, and at most.
    """

    points: tuple[tuple[int, float], ...]
    weights: Mapping[str, float]
    grades: tuple[tuple[float, str], ...]
    cut_each: float = 0.0
    cut_most: float = 0.0

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> "Scale":
        """The scale of a profile's `evaluation` rows: kind, key, value."""
        listed = [(row["kind"], row["key"], row["value"]) for row in rows]
        points = sorted((int(k), float(v)) for kind, k, v in listed if kind == "points")
        grades = sorted(((float(k), v) for kind, k, v in listed if kind == "grade"), reverse=True)
        weights = {k: float(v) for kind, k, v in listed if kind == "weight"}
        cuts = {k: float(v) for kind, k, v in listed if kind == "cut"}
        return cls(
            tuple(points), weights, tuple(grades), cuts.get("each", 0.0), cuts.get("most", 0.0)
        )

    def filed_points(self, filed: int) -> float:
        """立案数分值: the fewer cases were filed against a department, the more points."""
        return next(points for start, points in reversed(self.points) if filed >= start)

    def cut(self, over_quota: int) -> float:
        """Points off for cases extended beyond the month's quota."""
        return min(self.cut_most, self.cut_each * over_quota)

    def grade(self, score: float | None) -> str:
        """A to E; empty where there is no score."""
        if score is None:
            return ""
        return next(grade for start, grade in self.grades if score >= start)


def counts_in(facts: CaseFacts, now: datetime) -> tuple[str, ...]:
    """The parts of DepartmentFacts that a case counts in at `now`."""
    if facts.closing_route in ("void", "merged"):
        return ("voided",)
    handled = facts.fed_back_at is not None
    forced = facts.closing_route == "forced"
    overdue = (
        not handled
        and not forced
        and facts.state not in PUT_ASIDE
        and facts.handle_due_at is not None
        and now > facts.handle_due_at
    )
    closed = facts.state in FINISHED and not forced
    late = handled and facts.handle_on_time is not True
    parts = {
        "filed": True,
        "handled": handled,
        "handled_on_time": handled and facts.handle_on_time is True,
        "overdue_unhandled": overdue,
        "closed": closed,
        "reworked": closed and facts.rework_count > 0,
        "exempt": late and facts.exempt,
        "extended": facts.extension_count > 0,
        "over_quota": facts.over_quota,
        "suspended": facts.state is State.SUSPENDED,
        "forced": forced,
    }
    return tuple(name for name, counts in parts.items() if counts)


def evaluate(facts: DepartmentFacts, scale: Scale) -> DepartmentScore:
    """The score with every part of it; None where nothing of the department's work was due yet."""
    due = facts.handled + facts.overdue_unhandled
    points = scale.filed_points(facts.filed)
    closing_rate = _rate(facts.closed, due)
    on_time_rate = _rate(facts.handled_on_time + facts.exempt, due)
    cut = scale.cut(facts.over_quota)
    rework_rate = _rate(facts.reworked, facts.handled)
    score = None
    if due:
        parts = {
            "filed_points": points,
            "closing_rate": _percent(closing_rate),
            "on_time_rate": _percent(on_time_rate),
            "rework_rate": None if rework_rate is None else 100 * (1 - rework_rate),
        }
        before = _weighted(parts, scale.weights)
        cut = min(cut, before)
        score = before - cut
    return DepartmentScore(
        department_id=facts.department_id,
        department_name=facts.department_name,
        filed=facts.filed,
        due_to_handle=due,
        handled=facts.handled,
        handled_on_time=facts.handled_on_time,
        overdue_unhandled=facts.overdue_unhandled,
        due_to_close=due,
        closed=facts.closed,
        reworked=facts.reworked,
        exempt=facts.exempt,
        extended=facts.extended,
        over_quota=facts.over_quota,
        suspended=facts.suspended,
        forced=facts.forced,
        voided=facts.voided,
        cut=cut,
        filed_points=points,
        closing_rate=closing_rate,
        on_time_rate=on_time_rate,
        rework_rate=rework_rate,
        score=score,
        grade=scale.grade(score),
    )


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(rate: float | None) -> float | None:
    return None if rate is None else 100 * rate


def _weighted(parts: Mapping[str, float | None], weights: Mapping[str, float]) -> float:
    known = {name: value for name, value in parts.items() if value is not None}
    total = sum(weights[name] for name in known)
    return sum(value * weights[name] for name, value in known.items()) / total

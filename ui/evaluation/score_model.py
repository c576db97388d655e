"""What the evaluation says: periods, scores, how a score adds up, and the cases behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from resources.language import tr
from resources.profile import rows
from workflow.evaluation import Scale
from workflow.instants import midnight
from workflow.queries import DepartmentScore, Period, ScoredCase

NONE = "—"
SOURCE = "CJ/T 292 部门"


class Span(StrEnum):
    """The periods that the desk offers."""

    WEEK = "week"
    MONTH = "month"
    LAST_30_DAYS = "30days"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score.

    Attributes:
        sum_of: how its value came about, in the counts of the period.
        value: 0 to 100, or a dash where it has no denominator.
        weight: in percent, as it was used for this department.
        points: what it adds to the score; the points of all parts add up to the score.
    """

    name: str
    sum_of: str
    value: str
    weight: str
    points: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a score came about."""

    parts: tuple[Part, ...]
    total: str
    remark: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A count of a department that can be opened as cases; `parts` are names of `counts_in`."""

    key: str
    name: str
    count: int
    parts: frozenset[str]


def period(span: Span, now: datetime) -> Period:
    """From the first instant of the span's first day to the end of today, China Standard Time."""
    today = midnight(now)
    start = {
        Span.WEEK: today - timedelta(days=today.weekday()),
        Span.MONTH: today.replace(day=1),
        Span.LAST_30_DAYS: today - timedelta(days=29),
        Span.YEAR: today.replace(month=1, day=1),
    }[span]
    return Period(start, today + timedelta(days=1))


def span_name(span: Span) -> str:
    """The span as a button says it."""
    return {
        Span.WEEK: tr("This week"),
        Span.MONTH: tr("This month"),
        Span.LAST_30_DAYS: tr("Last 30 days"),
        Span.YEAR: tr("This year"),
    }[span]


def period_words(chosen: Period) -> str:
    """First and last day of a period."""
    last = chosen.end - timedelta(days=1)
    return f"{chosen.start:%Y-%m-%d} – {last:%Y-%m-%d}"


def scale_of(profile: str) -> Scale:
    """The weights, points and grades of a profile."""
    return Scale.from_rows(rows("evaluation", profile))


def legend(scale: Scale) -> tuple[tuple[str, str], ...]:
    """Each grade with the scores that it stands for."""
    tops = [100.0, *(start for start, _ in scale.grades)]
    return tuple(
        (grade, f"{start:g}–{top:g}")
        for (start, grade), top in zip(scale.grades, tops, strict=False)
    )


def score_text(score: DepartmentScore) -> str:
    """The score with one decimal; a dash where nothing of the department's was due."""
    return NONE if score.score is None else f"{score.score:.1f}"


def rate_text(rate: float | None) -> str:
    """A rate in percent with one decimal; a dash where it has no denominator."""
    return NONE if rate is None else f"{100 * rate:.1f}%"


def filters(score: DepartmentScore) -> tuple[Filter, ...]:
    """The counts of a department in the order of the work."""
    due = frozenset({"handled", "overdue_unhandled"})
    return (
        Filter("filed", tr("Filed"), score.filed, frozenset({"filed"})),
        Filter("due_to_close", tr("Due to close"), score.due_to_close, due),
        Filter("handled", tr("Handled"), score.handled, frozenset({"handled"})),
        Filter(
            "handled_on_time",
            tr("Handled on time"),
            score.handled_on_time,
            frozenset({"handled_on_time"}),
        ),
        Filter(
            "overdue_unhandled",
            tr("Overdue, not handled"),
            score.overdue_unhandled,
            frozenset({"overdue_unhandled"}),
        ),
        Filter("closed", tr("Closed cases"), score.closed, frozenset({"closed"})),
        Filter("reworked", tr("Reworked"), score.reworked, frozenset({"reworked"})),
        *_beside_the_rates(score),
    )


def _beside_the_rates(score: DepartmentScore) -> tuple[Filter, ...]:
    """What every city leaves out or forgives: shown with the score, and only where there is any."""
    counts = (
        ("extended", tr("Extended"), score.extended),
        ("over_quota", tr("Beyond the quota"), score.over_quota),
        ("exempt", tr("Appeal granted"), score.exempt),
        ("suspended", tr("Suspended"), score.suspended),
        ("forced", tr("Force-closed"), score.forced),
        ("voided", tr("Voided"), score.voided),
    )
    return tuple(Filter(key, name, n, frozenset({key})) for key, name, n in counts if n)


def cases_of(cases: Sequence[ScoredCase], chosen: Filter) -> list[ScoredCase]:
    """The cases that make up a count."""
    return [case for case in cases if chosen.parts.intersection(case.counts_in)]


def breakdown(score: DepartmentScore, scale: Scale) -> Breakdown:
    """The parts of a score with their weights; the points shown add up to the score shown."""
    values = _values(score)
    known = {name: value for name, value in values.items() if value is not None}
    if score.score is None or not known:
        remark = tr("No work of this department was due in the period, so it has no score.")
        return Breakdown((), NONE, remark)
    total_weight = sum(scale.weights[name] for name in known)
    points = _adding_up(
        {name: value * scale.weights[name] / total_weight for name, value in known.items()},
        score.score + score.cut,
    )
    parts = tuple(
        Part(
            name=_part_name(name),
            sum_of=_sum_of(name, score),
            value=NONE if value is None else f"{value:.1f}",
            weight=f"{100 * scale.weights[name] / total_weight:.3g}%" if name in known else NONE,
            points=f"{points[name]:.2f}" if name in known else NONE,
        )
        for name, value in values.items()
    )
    if score.cut:
        parts += (_cut(score),)
    remark = ""
    if len(known) < len(values):
        remark = tr("A part without a denominator does not count; its weight is spread.")
    return Breakdown(parts, f"{sum(points.values()) - score.cut:.2f}", remark)


def _cut(score: DepartmentScore) -> Part:
    """What extensions beyond the month's quota cost (S001, 杭州)."""
    return Part(
        name=tr("Extended beyond the quota"),
        sum_of=tr("{n} cases", n=score.over_quota),
        value=NONE,
        weight=NONE,
        points=f"−{score.cut:.2f}",
    )


def _values(score: DepartmentScore) -> dict[str, float | None]:
    """Each part on the scale 0 to 100, by the names that weights have."""
    rework = score.rework_rate
    return {
        "filed_points": score.filed_points,
        "closing_rate": None if score.closing_rate is None else 100 * score.closing_rate,
        "on_time_rate": None if score.on_time_rate is None else 100 * score.on_time_rate,
        "rework_rate": None if rework is None else 100 * (1 - rework),
    }


def _adding_up(points: Mapping[str, float], total: float) -> dict[str, float]:
    """Points rounded to hundredths so that they sum to the rounded total (largest remainders)."""
    cents = {name: int(value * 100) for name, value in points.items()}
    missing = round(total * 100) - sum(cents.values())
    by_remainder = sorted(points, key=lambda name: points[name] * 100 % 1, reverse=True)
    for name in by_remainder[: max(0, missing)]:
        cents[name] += 1
    return {name: value / 100 for name, value in cents.items()}


def _part_name(name: str) -> str:
    return {
        "filed_points": tr("Points for filed cases"),
        "closing_rate": tr("Closing rate"),
        "on_time_rate": tr("On-time handling rate"),
        "rework_rate": tr("1 − rework rate"),
    }[name]


def _sum_of(name: str, score: DepartmentScore) -> str:
    if name == "filed_points":
        return tr("{n} cases filed", n=score.filed)
    part, whole = {
        "closing_rate": (score.closed, score.due_to_close),
        "on_time_rate": (score.handled_on_time + score.exempt, score.due_to_handle),
        "rework_rate": (score.reworked, score.handled),
    }[name]
    fraction = f"{part} / {whole}"
    return f"1 − {fraction}" if name == "rework_rate" else fraction

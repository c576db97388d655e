"""The shipped tables of classes, filing conditions, stage limits and holidays, row by row.

Rows are plain values, just as the CSV files have them; whoever reads them makes them into rules.
What each file holds and how sure it is stands in the README beside it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

STANDARDS = Path(__file__).parent / "standards"
CALENDAR = Path(__file__).parent / "calendar"

CJT_214_2007 = "CJ/T 214-2007"
GBT_30428_2_2013 = "GB/T 30428.2-2013"
GBT_47678_5_2026 = "GB/T 47678.5-2026"
DEMO_EDITION = "运城市清单"
"""The class list that the filing conditions belong to."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class of one edition; `kind` is "component" or "event". Blank cells stay blank."""

    kind: str
    edition: str
    big_code: str
    big_name: str
    small_code: str
    small_name: str
    confidence: str
    notes: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A filing condition; the limit is counted in `limit_unit`, as the source's words were read."""

    id: str
    kind: str
    class_code: str
    text: str
    limit_amount: int
    limit_unit: str
    limit_text: str
    limit_note: str
    closing_condition: str
    handling_departments: str
    supervising_departments: str


@dataclass(frozen=True, slots=True)
class TierLimitRow:
    """A limit of a condition in one management class of areas (0: either), one tier, or both."""

    condition_id: str
    area_class: int
    tier: str
    limit_amount: int
    limit_unit: str
    source: str


@dataclass(frozen=True, slots=True)
class StageLimitRow:
    """How long one step may take; `basis` says in Chinese whether anything stands behind it."""

    kind: str
    limit_amount: int
    limit_unit: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that differs from its weekday; `kind` is "holiday" or "makeup"."""

    day: date
    kind: str
    name: str


@cache
def class_rows() -> tuple[ClassRow, ...]:
    """Every class of every edition, components first."""
    return tuple(
        ClassRow(kind=kind, **row)
        for kind in ("component", "event")
        for row in _read(STANDARDS / f"{kind}_classes.csv")
    )


@cache
def condition_rows() -> tuple[ConditionRow, ...]:
    """The demo profile's filing standard, in its source's order."""
    return tuple(
        ConditionRow(
            id=row["id"],
            kind=row["kind"],
            class_code=row["class_code"],
            text=row["text"],
            limit_amount=int(row["limit_amount"]),
            limit_unit=row["limit_unit"],
            limit_text=row["limit_text"],
            limit_note=row["limit_note"],
            closing_condition=row["closing_condition"],
            handling_departments=row["handling_departments"],
            supervising_departments=row["supervising_departments"],
        )
        for row in _read(STANDARDS / "filing_conditions.csv")
    )


@cache
def tier_limit_rows() -> tuple[TierLimitRow, ...]:
    """Limits that go before those of their conditions."""
    return tuple(
        TierLimitRow(
            condition_id=row["condition_id"],
            area_class=int(row["area_class"]),
            tier=row["tier"],
            limit_amount=int(row["limit_amount"]),
            limit_unit=row["limit_unit"],
            source=row["source"],
        )
        for row in _read(STANDARDS / "tier_limits.csv")
    )


@cache
def stage_limit_rows() -> tuple[StageLimitRow, ...]:
    """The limit of every clock but handling, which the filing condition sets."""
    return tuple(
        StageLimitRow(
            kind=row["kind"],
            limit_amount=int(row["limit_amount"]),
            limit_unit=row["limit_unit"],
            basis=row["basis"],
            source=row["source"],
        )
        for row in _read(STANDARDS / "stage_limits.csv")
    )


@cache
def day_rows() -> tuple[DayRow, ...]:
    """China's holidays and make-up days, by date, for the years of `notices`."""
    return tuple(
        DayRow(day=date.fromisoformat(row["date"]), kind=row["kind"], name=row["name"])
        for row in _read(CALENDAR / "cn_days.csv")
    )


@cache
def notices() -> dict[int, str]:
    """The holiday notice of each year that has one; any other year is provisional."""
    return {int(row["year"]): row["notice"] for row in _read(CALENDAR / "cn_notices.csv")}


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

"""What a city sets for itself beside the transition table: quotas, dates, who checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from workflow.case import Case, CaseKind
from workflow.errors import WanmiError
from workflow.instants import CHINA_STANDARD_TIME


class InvalidSetting(WanmiError):
    """A setting of a profile that cannot be read."""


class QuotaBase(StrEnum):
    """What the extension quota of a month is a share of; the source (杭州) does not say."""

    DUE = "due_in_month"
    DISPATCHED = "dispatched_in_month"
    FILED = "filed_in_month"


class CheckerRule(StrEnum):
    """Who may be sent to check.

    NEAREST: anybody, the beat's own collector first. APART: neither who reported the case nor who
    walks its beat (异地核查). DRAWN: whom the lot falls on, from those of APART (随机核查).
    """

    NEAREST = "nearest"
    APART = "apart"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a profile.

    Attributes:
        extension_max: extensions that one dispatch can be granted.
        quota_percent: share of a department's month that may be extended; 杭州 sets 3.
        quota_base: what the share is counted on.
        suspend_max: suspensions that one case can be granted.
        suspend_days: the longest suspension, in calendar days.
        visit_sources: sources whose callers are asked afterwards.
        checker_rule: who may be sent to check.
        same_time_minutes: how far from the time of day of the report an event is checked
            (同时段核查); 0 where the city does not ask for it.
        archive_days: days after its end on which a case is archived by itself.
    """

    extension_max: int = 2
    quota_percent: int = 3
    quota_base: QuotaBase = QuotaBase.DUE
    suspend_max: int = 1
    suspend_days: int = 365
    visit_sources: frozenset[str] = frozenset()
    checker_rule: CheckerRule = CheckerRule.NEAREST
    same_time_minutes: int = 0
    archive_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """A standing rule (授权) by which cases are closed without the shift leader, or a check.

    Attributes:
        operation: the operation that it allows.
        kind, class_prefix: which classes it covers; an empty prefix covers the kind.
        per_day: how often a day it may be used.
        until: the instant from which it no longer holds.
        granted_by: who gave it, in words.
    """

    id: str
    name: str
    operation: str
    kind: CaseKind
    class_prefix: str
    per_day: int
    until: datetime
    granted_by: str

    def covers(self, case: Case, operation: str) -> bool:
        """Whether it speaks of this operation on a case of this class."""
        return (
            operation == self.operation
            and case.kind is self.kind
            and case.class_code.startswith(self.class_prefix)
        )


def settings_from(rows: Iterable[Mapping[str, str]]) -> Settings:
    """Settings from rows with the columns `key` and `value`; what is not named keeps its default.

    Raises:
        InvalidSetting: no such key, or a value that is none for it.
    """
    return Settings(**{row["key"]: _value(row["key"], row["value"]) for row in rows})


def authorisations_from(rows: Iterable[Mapping[str, str]]) -> dict[str, Authorisation]:
    """Standing rules by id, from rows with the columns of a profile's authorisations.csv.

    Raises:
        InvalidSetting: a cell that cannot be read.
    """
    return {row["id"]: _authorisation(row) for row in rows}


def _authorisation(row: Mapping[str, str]) -> Authorisation:
    try:
        return Authorisation(
            id=row["id"],
            name=row["name"],
            operation=row["operation"],
            kind=CaseKind(row["kind"]),
            class_prefix=row["class_prefix"],
            per_day=int(row["per_day"]),
            until=datetime.fromisoformat(row["until"]).replace(tzinfo=CHINA_STANDARD_TIME),
            granted_by=row["granted_by"],
        )
    except ValueError as error:
        raise InvalidSetting(
            "The authorisation {id} of the profile cannot be read: {detail}. "
            "Correct the profile's authorisations.",
            id=row["id"],
            detail=str(error),
        ) from error


def _value(key: str, text: str) -> Any:
    try:
        match key:
            case "quota_base":
                return QuotaBase(text)
            case "checker_rule":
                return CheckerRule(text)
            case "visit_sources":
                return frozenset(part for part in text.split(";") if part)
            case _ if key in _NUMBERS and text.isdecimal():
                return int(text)
    except ValueError:
        pass
    raise InvalidSetting(
        "The setting {key} of the profile cannot be {value}; correct the profile's settings.",
        key=key,
        value=text,
    )


_NUMBERS = frozenset(field.name for field in fields(Settings)) - {
    "quota_base",
    "checker_rule",
    "visit_sources",
}

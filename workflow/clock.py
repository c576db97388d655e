"""One clock of a case as a value: its kind, limit, deadline and pauses, and its JSON-ready form.

A clock says everything about its own deadline: the limit, the rule that set it, the version of the
calendar and every pause. What may happen to it stands in workflow.clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from workflow.calendar import Limit, TimeUnit, epoch_ms, from_epoch_ms
from workflow.errors import RecordDamaged, WanmiError


class ClockKind(StrEnum):
    """What is timed. Verify is before filing (核实), check is before closing (核查)."""

    ACCEPT = "accept"
    VERIFY = "verify"
    FILING = "filing"
    DISPATCH = "dispatch"
    DISTRICT_DISPATCH = "district_dispatch"
    TOWN_DISPATCH = "town_dispatch"
    SIGN = "sign"
    HANDLE = "handle"
    FEEDBACK = "feedback"
    SEND_CHECK = "send_check"
    CHECK = "check"
    CLOSE = "close"
    CO_HANDLE = "co_handle"
    SUPERVISE_REPLY = "supervise_reply"
    VISIT = "visit"

    @property
    def label(self) -> str:
        """The name that operators read."""
        return _LABELS[self]


_LABELS = {
    ClockKind.ACCEPT: "受理",
    ClockKind.VERIFY: "核实",
    ClockKind.FILING: "立案",
    ClockKind.DISPATCH: "派遣",
    ClockKind.DISTRICT_DISPATCH: "区级派遣",
    ClockKind.TOWN_DISPATCH: "镇级派遣",
    ClockKind.SIGN: "签收",
    ClockKind.HANDLE: "处置",
    ClockKind.FEEDBACK: "反馈",
    ClockKind.SEND_CHECK: "发核查",
    ClockKind.CHECK: "核查",
    ClockKind.CLOSE: "结案",
    ClockKind.CO_HANDLE: "协办",
    ClockKind.SUPERVISE_REPLY: "督办回复",
    ClockKind.VISIT: "回访",
}


class Lamp(StrEnum):
    """GREEN below 80 % of the limit, YELLOW to 100 %, RED after; BLUE paused, GREY no clock."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch that does not count (挂账 and the like); `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One timed duty.

    Attributes:
        round: 1 for the first time that the case comes here, 2 after a rework, and so on.
        rule: where the limit comes from, in words for the operator.
        due_at: when the limit is used up; while paused, as it stood when the pause began.
        warn_at: when 80 % of the limit is used; the lamp needs comparisons only, in SQL too.
        cancelled: stopped because the duty fell away; not to be judged as kept or missed.
    """

    kind: ClockKind
    round: int
    limit: Limit
    rule: str
    calendar_version: int
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None
    cancelled: bool = False

    @property
    def is_paused(self) -> bool:
        """Whether a pause is open."""
        return bool(self.pauses) and self.pauses[-1].end is None

    @property
    def is_running(self) -> bool:
        """Whether it is neither paused nor stopped."""
        return self.stopped_at is None and not self.is_paused

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, instants as epoch milliseconds."""
        return {
            "kind": self.kind.value,
            "round": self.round,
            "limit": [self.limit.amount, self.limit.unit.value],
            "rule": self.rule,
            "calendar": self.calendar_version,
            "started": epoch_ms(self.started_at),
            "due": epoch_ms(self.due_at),
            "warn": epoch_ms(self.warn_at),
            "pauses": [[epoch_ms(p.start), _ms_or_none(p.end), p.reason] for p in self.pauses],
            "stopped": _ms_or_none(self.stopped_at),
            "cancelled": self.cancelled,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Clock":
        """The clock that `to_dict` wrote. Raises RecordDamaged."""
        try:
            amount, unit = data["limit"]
            return cls(
                kind=ClockKind(data["kind"]),
                round=data["round"],
                limit=Limit(amount, TimeUnit(unit)),
                rule=data["rule"],
                calendar_version=data["calendar"],
                started_at=from_epoch_ms(data["started"]),
                due_at=from_epoch_ms(data["due"]),
                warn_at=from_epoch_ms(data["warn"]),
                pauses=tuple(
                    Pause(from_epoch_ms(begin), _instant_or_none(end), reason)
                    for begin, end, reason in data["pauses"]
                ),
                stopped_at=_instant_or_none(data["stopped"]),
                cancelled=data["cancelled"],
            )
        except (KeyError, TypeError, ValueError, WanmiError) as error:
            raise RecordDamaged(
                "A clock in the record cannot be read: {detail}. Run the record's verification.",
                detail=str(error),
            ) from error


def _ms_or_none(instant: datetime | None) -> int | None:
    return None if instant is None else epoch_ms(instant)


def _instant_or_none(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_epoch_ms(milliseconds)

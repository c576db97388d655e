"""What earlier steps of a case leave behind for the rules and the case row does not carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflow.errors import ClockTurnedBack
from workflow.events import CaseEvent
from workflow.ids import PersonId
from workflow.instants import epoch_ms, from_epoch_ms, readable
from workflow.posts import COMMAND_AXIS


@dataclass(frozen=True, slots=True)
class Past:
    """The case's history as far as the next step needs it.

    Attributes:
        last_at: when the last step was; None before the report.
        hands: who acted on the case from a post of the command axis; they do not check or close it.
    """

    last_at: datetime | None = None
    hands: frozenset[PersonId] = frozenset()

    def after(self, event: CaseEvent) -> "Past":
        """The past one step later."""
        if event.post in COMMAND_AXIS and event.person_id not in self.hands:
            return Past(event.at, self.hands | {event.person_id})
        return Past(event.at, self.hands)

    def next_instant(self, number: str, now: datetime) -> datetime:
        """`now` in whole milliseconds, as the instant of the case's next step.

        Raises:
            ClockTurnedBack: it lies before the last step of the case with that number.
        """
        at = from_epoch_ms(epoch_ms(now))
        if self.last_at is not None and at < self.last_at:
            raise ClockTurnedBack(
                "Case {number} cannot take a step at {now}: its last step was at {last}. "
                "Set this machine's clock right.",
                number=number,
                now=readable(now),
                last=readable(self.last_at),
            )
        return at

    @classmethod
    def of(cls, events: Iterable[CaseEvent]) -> "Past":
        """The past that these events make, given in order."""
        past = cls()
        for event in events:
            past = past.after(event)
        return past

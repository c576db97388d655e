"""The rules in force as a whole: read with their history, and changed into the next version."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.session import DeskSession
from workflow.catalog import Catalog
from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.profiles import ProfileRules, ProfileStanding, RulesVersion
from workflow.rule_edits import RulesEdit

Failed = Callable[[WanmiError], None]


@dataclass(frozen=True, slots=True)
class RulesRead:
    """What is in force, and what was before it.

    Attributes:
        open_cases: those of the whole city, under whichever profile and version.
    """

    standing: ProfileStanding
    rules: ProfileRules
    catalog: Catalog
    open_cases: int

    @property
    def in_force(self) -> RulesVersion:
        """The version that new cases are reported under."""
        return next(one for one in self.standing.versions if one.in_force)

    @property
    def next_version(self) -> int:
        """The number that the next edit gets."""
        return 1 + max(one.version for one in self.standing.versions)


def read_rules(
    *, session: DeskSession, key: str, done: Callable[[RulesRead], None], failed: Failed
) -> None:
    """Read the rules in force; of several questions with one key only the newest is answered."""
    now = session.now()

    def work(record: Record) -> RulesRead:
        standings = record.profiles()
        standing = next(one for one in standings if one.in_force)
        return RulesRead(
            standing,
            record.profile_rules(standing.name, now),
            record.rules().catalog,
            sum(one.open_cases for one in standings),
        )

    session.door.ask(work, done, failed, key=key)


def change_rules(
    *, session: DeskSession, edit: RulesEdit, done: Callable[[int], None], failed: Failed
) -> None:
    """Put an edit in force from the seat at this desk; `done` gets the number of the version."""
    seat = session.seat

    def work(record: Record) -> int:
        return record.change_rules(edit, seat, session.now())

    session.door.ask(work, done, failed, writes=True)

"""Profiles: those that the city could live under, what one says, and changing over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.session import DeskSession
from workflow.errors import WanmiError
from workflow.ports import Record
from workflow.profiles import ProfileRules, ProfileStanding, ProfileSwitch

Failed = Callable[[WanmiError], None]


@dataclass(frozen=True, slots=True)
class ProfilesRead:
    """All profiles as they stand, and what two of them say.

    Attributes:
        current: the profile in force. chosen: the one that is looked at, which may be the same.
    """

    standings: Sequence[ProfileStanding]
    current: ProfileRules
    chosen: ProfileRules


def read_profiles(
    *, session: DeskSession, chosen: str, done: Callable[[ProfilesRead], None], failed: Failed
) -> None:
    """Read the profile in force and the one named; an empty name stands for the one in force."""
    now = session.now()

    def work(record: Record) -> ProfilesRead:
        standings = record.profiles()
        in_force = next(one.name for one in standings if one.in_force)
        current = record.profile_rules(in_force, now)
        is_other = chosen not in ("", in_force)
        return ProfilesRead(
            standings, current, record.profile_rules(chosen, now) if is_other else current
        )

    session.door.ask(work, done, failed, key="profiles")


def use_profile(
    *, session: DeskSession, name: str, done: Callable[[ProfileSwitch], None], failed: Failed
) -> None:
    """Let new cases be reported under another profile."""
    seat = session.seat

    def work(record: Record) -> ProfileSwitch:
        return record.use_profile(name, seat, session.now())

    session.door.ask(work, done, failed, writes=True)

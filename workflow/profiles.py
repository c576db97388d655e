"""The profiles that a city may live under, as they stand in its record, and changing over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow.clocks import ClockKind
from workflow.errors import WanmiError
from workflow.posts import Post, Seat
from workflow.rules import StageLimit
from workflow.settings import Authorisation, Settings
from workflow.transitions import TransitionTable


class ProfileRefused(WanmiError):
    """A profile that cannot be put in force, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesVersion:
    """One version of a profile's rules that the record holds.

    Attributes:
        note: what was changed in it, and by whom; empty for one as it is shipped.
        loaded_at: None where it came with the city.
        open_cases: cases that live under it and have not ended.
    """

    version: int
    note: str = ""
    loaded_at: datetime | None = None
    open_cases: int = 0
    in_force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileStanding:
    """A profile and what the record has of it.

    Attributes:
        versions: those that are loaded, oldest first; none until the profile is first used.
        unheld: posts that its table names and nobody in the city holds.
    """

    name: str
    versions: tuple[RulesVersion, ...] = ()
    unheld: tuple[Post, ...] = ()

    @property
    def lacks(self) -> tuple[Post, ...]:
        """Posts that somebody must be given first; a city may go back to what it has lived under.

        Such a profile ran with the people that there are, others standing in where a post is empty.
        """
        return () if self.versions else self.unheld

    @property
    def in_force(self) -> bool:
        """Whether new cases are reported under it."""
        return any(one.in_force for one in self.versions)

    @property
    def open_cases(self) -> int:
        """Cases that live under one of its versions and have not ended."""
        return sum(one.open_cases for one in self.versions)


@dataclass(frozen=True, slots=True)
class ProfileSwitch:
    """What a change of profile came to.

    Attributes:
        version: the version that new cases are reported under from now on.
        was: profile and version before.
        kept: open cases that stay under the rules they were reported under.
    """

    name: str
    version: int
    was: tuple[str, int]
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRules:
    """What a profile says, as it would be put in force.

    Attributes:
        sources: where each setting comes from, by its key.
        used_today: how often each standing rule was used since midnight, by its id.
    """

    table: TransitionTable
    settings: Settings
    sources: Mapping[str, str]
    authorisations: Mapping[str, Authorisation]
    used_today: Mapping[str, int]
    stage_limits: Mapping[ClockKind, StageLimit]


class ProfileDoor(Protocol):
    """What windows may ask of the record about profiles."""

    def profiles(self) -> Sequence[ProfileStanding]:
        """Every profile that the city could live under."""
        ...

    def profile_rules(self, name: str, now: datetime) -> ProfileRules:
        """A profile in its newest version, or as it is shipped. Raises NotFound."""
        ...

    def use_profile(self, name: str, seat: Seat, now: datetime) -> ProfileSwitch:
        """Report new cases under another profile. Raises ProfileRefused, NotAllowed."""
        ...

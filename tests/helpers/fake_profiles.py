"""Profiles of a fake record: the shipped ones, changed over to in memory."""

from collections.abc import Sequence
from datetime import datetime

from resources import profile
from tests.helpers.trade import demo_rules
from workflow.errors import NotAllowed
from workflow.posts import Post, Seat
from workflow.profiles import (
    ProfileRefused,
    ProfileRules,
    ProfileStanding,
    ProfileSwitch,
    RulesVersion,
)

VERSION = profile.DEFAULT_VERSION


class FakeProfiles:
    """The profile in force, and the open cases of those that were.

    Attributes:
        profile: the one in force. open_cases: by profile. unheld: posts that nobody holds.
    """

    def __init__(self) -> None:
        self.profile = profile.DEFAULT_PROFILE
        self.open_cases = {profile.DEFAULT_PROFILE: 48}
        self.unheld: dict[str, tuple[Post, ...]] = {}

    def profiles(self) -> Sequence[ProfileStanding]:
        """All shipped ones; loaded is what has cases or is in force."""
        return tuple(
            ProfileStanding(
                name=name,
                versions=self._versions(name),
                unheld=self.unheld.get(name, ()),
            )
            for name in profile.profiles()
        )

    def profile_rules(self, name: str, now: datetime) -> ProfileRules:
        """A profile as it is shipped; each standing rule was used three times today."""
        rules = demo_rules(name)
        return ProfileRules(
            table=rules.table,
            settings=rules.settings,
            sources={row["key"]: row["source"] for row in profile.rows("settings", name)},
            authorisations=rules.authorisations,
            used_today=dict.fromkeys(rules.authorisations, 3),
            stage_limits=rules.stage_limits,
        )

    def use_profile(self, name: str, seat: Seat, now: datetime) -> ProfileSwitch:
        """Change over, for the administrator only and not without people."""
        if seat.post is not Post.ADMIN:
            raise NotAllowed("{name} is no administrator.", name=seat.person_name)
        if self.unheld.get(name):
            raise ProfileRefused("The profile {name} was not put in force.", name=name)
        was, self.profile = self.profile, name
        return ProfileSwitch(name, VERSION, (was, VERSION), sum(self.open_cases.values()))

    def _versions(self, name: str) -> tuple[RulesVersion, ...]:
        if name != self.profile and name not in self.open_cases:
            return ()
        count = self.open_cases.get(name, 0)
        return (RulesVersion(version=VERSION, open_cases=count, in_force=name == self.profile),)

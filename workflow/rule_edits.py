"""What an administrator changes in the rules in force: settings, stage limits, standing rules.

An edit never changes a version: it makes the next one, for cases that are reported from then on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workflow.clocks import ClockKind
from workflow.errors import WanmiError
from workflow.limits import Limit
from workflow.settings import Authorisation


class EditRefused(WanmiError):
    """An edit of the rules that cannot be made, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesEdit:
    """What is to be other than in the version in force.

    Attributes:
        settings: new values by key, as a profile's settings.csv writes them.
        stage_limits: new limits of clocks other than handling.
        authorisations: all standing rules from now on; None leaves them as they are.
        reason: why, in words; it stands with the version.
        source: what the new values rest on; without one the reason stands there too.
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    stage_limits: Mapping[ClockKind, Limit] = field(default_factory=dict)
    authorisations: Sequence[Authorisation] | None = None
    reason: str
    source: str = ""

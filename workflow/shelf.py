"""All versions of the rules side by side: a case keeps those that it was filed under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from workflow.case import Case
from workflow.errors import NotFound
from workflow.ports import Rules


class Shelf(Protocol):
    """Where the rules stand, in all their versions; what stands there may change meanwhile."""

    @property
    def current(self) -> Rules:
        """The rules that new cases are reported under."""
        ...

    @property
    def earlier(self) -> Mapping[tuple[str, int], Rules]:
        """The others by profile and version."""
        ...

    def of(self, case: Case) -> Rules:
        """The rules that the case was filed under. Raises NotFound."""
        ...


@dataclass(frozen=True, slots=True)
class RuleShelf:
    """Every version of the rules that a case of the record lives under.

    Attributes:
        current: the one that new cases are reported under.
        earlier: the others by profile and version.
    """

    current: Rules
    earlier: Mapping[tuple[str, int], Rules] = field(default_factory=dict)

    def of(self, case: Case) -> Rules:
        """The rules that the case was filed under. Raises NotFound."""
        table = self.current.table
        if (case.profile, case.rules_version) == (table.profile, table.version):
            return self.current
        found = self.earlier.get((case.profile, case.rules_version))
        if found is None:
            raise NotFound(
                "Case {number} runs under version {version} of the profile {profile}, which is "
                "not in this desk's rules. Start the desk again.",
                number=case.number,
                version=case.rules_version,
                profile=case.profile,
            )
        return found

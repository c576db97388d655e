"""The rules of a city as one value: transition table, catalog, calendars, limits and settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.calendar import WorkCalendar
from workflow.catalog import Catalog
from workflow.clocks import ClockKind
from workflow.errors import NotFound
from workflow.limits import Limit
from workflow.settings import Authorisation, Settings
from workflow.transitions import TransitionTable


@dataclass(frozen=True, slots=True)
class StageLimit:
    """How long a stage may take, and where that comes from, in words for the operator."""

    limit: Limit
    source: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that deciding needs to know beside the case.

    Attributes:
        calendar: the version in force, on which clocks are started.
        earlier_calendars: versions that open clocks may still run on, by number.
    """

    table: TransitionTable
    catalog: Catalog
    calendar: WorkCalendar
    stage_limits: Mapping[ClockKind, StageLimit]
    settings: Settings = field(default_factory=Settings)
    authorisations: Mapping[str, Authorisation] = field(default_factory=dict)
    earlier_calendars: Mapping[int, WorkCalendar] = field(default_factory=dict)

    def calendar_of(self, version: int) -> WorkCalendar:
        """The calendar that a clock was started on. Raises NotFound."""
        if version == self.calendar.version:
            return self.calendar
        found = self.earlier_calendars.get(version)
        if found is None:
            raise NotFound(
                "Version {version} of the working calendar is not in the record; "
                "run the record's verification.",
                version=version,
            )
        return found

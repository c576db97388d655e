"""The rules of a city as one value: transition table, catalog, calendar and stage limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.calendar import WorkCalendar
from workflow.catalog import Catalog
from workflow.clocks import ClockKind
from workflow.limits import Limit
from workflow.transitions import TransitionTable


@dataclass(frozen=True, slots=True)
class StageLimit:
    """How long a stage may take, and where that comes from, in words for the operator."""

    limit: Limit
    source: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that deciding needs to know beside the case."""

    table: TransitionTable
    catalog: Catalog
    calendar: WorkCalendar
    stage_limits: Mapping[ClockKind, StageLimit]

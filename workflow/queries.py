"""What windows read, in one place: plain values, ready to show."""

from dataclasses import dataclass

from workflow.case import Place
from workflow.case_file import CaseFile, ComponentCard, OpenMove, ProcessRow, Suggestion
from workflow.filters import DaySpan, FilterChoices, QueueFilter, SavedFilter
from workflow.flags import Flag
from workflow.ids import CaseId, ComponentId, PersonId
from workflow.queues import (
    Box,
    BoxCount,
    BoxScope,
    CaseMarker,
    Found,
    QueuePage,
    QueueQuery,
    QueueRow,
    QueueSort,
    QueueTotal,
)
from workflow.scores import DepartmentScore, Period, ScoredCase

__all__ = [
    "Box",
    "BoxCount",
    "BoxScope",
    "CaseFile",
    "CaseMarker",
    "Changes",
    "CityInfo",
    "ComponentCard",
    "DaySpan",
    "DaySum",
    "DepartmentScore",
    "FilterChoices",
    "Flag",
    "Found",
    "LocatedPlace",
    "OpenMove",
    "Period",
    "ProcessRow",
    "QueueFilter",
    "QueuePage",
    "QueueQuery",
    "QueueRow",
    "QueueSort",
    "QueueTotal",
    "SavedFilter",
    "ScoredCase",
    "Suggestion",
]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit, of this seat or another, changed: enough for each view to decide.

    Attributes:
        seq: highest change_log sequence included.
        cases: ids of changed cases.
        components: ids of changed components.
        number: number of the case that a report made, else "".
        rules: other rules were put in force, or another calendar.
    """

    seq: int
    cases: frozenset[CaseId] = frozenset()
    components: frozenset[ComponentId] = frozenset()
    number: str = ""
    rules: bool = False


@dataclass(frozen=True, slots=True)
class CityInfo:
    """The city a database holds.

    Attributes:
        bounds: west, south, east, north in CGCS2000 degrees.
        view_crs: projected zone of CGCS2000 for the map, e.g. "EPSG:4549".
        synthetic: the people, components and cases are generated (the demo city).
    """

    name: str
    bounds: tuple[float, float, float, float]
    view_crs: str
    profile: str
    synthetic: bool
    cells: int
    components: int
    count_breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A point with its divisions, the component under it if any, and collectors of its beat."""

    place: Place
    component: ComponentCard | None = None
    collectors: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySum:
    """Today's reconciliation: received = filed + rejected + still before filing + settled at once.

    Attributes:
        settled: ended without filing: answered at once, put right by the collector, force-closed.
    """

    received: int
    filed: int
    rejected: int
    before_filing: int
    settled: int = 0

    @property
    def adds_up(self) -> bool:
        """True where no report is unaccounted for."""
        return self.received == (self.filed + self.rejected + self.before_filing + self.settled)

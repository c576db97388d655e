"""A foreign case decided by our own rules: the steps that it takes in the record."""

from dataclasses import dataclass
from datetime import timedelta

from app.importing.foreign_case import ForeignCase
from app.importing.foreign_file import BadRow
from app.importing.mapping import CaseMapping
from app.importing.receiving_city import ReceivingCity
from workflow.case import Place
from workflow.clock_orders import IMPORTED_LIMIT
from workflow.commands import Move, Report, TakenOver
from workflow.decide import Decision, decide, decide_report
from workflow.errors import UnknownClass
from workflow.ids import CaseId
from workflow.limits import Limit
from workflow.past import Past

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Porter:
    """Carries cases into a city.

    Args:
        file: the name that the process record tells where a case came from.
    """

    mapping: CaseMapping
    city: ReceivingCity
    file: str

    def report(self, foreign: ForeignCase) -> Report:
        """The case as it is reported here.

        Raises:
            BadRow: the city has no such place, class or department.
        """
        self._refuse_unusable_class(foreign)
        return Report(
            operation="import",
            kind=foreign.what.kind,
            class_code=foreign.what.code,
            source=foreign.source,
            description=foreign.description,
            remark=foreign.remark,
            place=self._place(foreign),
            external_number=foreign.number,
            taken_over=self._taken_over(foreign),
            opinion=f"接入自{self.mapping.system}：{self.file} 第 {foreign.row} 行",
        )

    def carry(
        self, foreign: ForeignCase, report: Report, case_id: CaseId, number: str
    ) -> tuple[Decision, ...]:
        """The import of a case, and its closing where it is closed there."""
        seat, rules, times = self.city.seat, self.city.rules, foreign.times
        at = times.opened.at
        first = decide_report(report, seat, at, rules, case_id=case_id, number=number)
        if times.closed is None:
            return (first,)
        past = Past.of([first.event])
        move = Move(operation="importClose", opinion=foreign.closing)
        return first, decide(first.case, move, seat, times.closed.at, rules, past)

    def _refuse_unusable_class(self, foreign: ForeignCase) -> None:
        what = foreign.what
        try:
            entry = self.city.rules.catalog.entry(what.kind, what.code)
        except UnknownClass:
            entry = None
        if entry is None or not entry.is_usable:
            raise BadRow(
                "The class {code} of the mapping is none of this city's; correct the list of "
                "classes.",
                column=self.mapping.columns.small_class,
                code=what.code,
            )

    def _place(self, foreign: ForeignCase) -> Place:
        found = self.city.cells.place_at(foreign.lon, foreign.lat, foreign.address)
        if found is None:
            raise BadRow(
                "The point {lon}, {lat} lies outside the unit cells of this city.",
                column=self.mapping.columns.lon,
                lon=foreign.lon,
                lat=foreign.lat,
            )
        return found

    def _taken_over(self, foreign: ForeignCase) -> TakenOver:
        department = self.city.departments.get(foreign.department)
        if department is None:
            raise BadRow(
                "This city has no department “{name}”; correct the mapping's departments.",
                column=self.mapping.columns.department,
                name=foreign.department,
            )
        times = foreign.times
        if times.deadline is not None:
            limit = Limit.lasting((times.deadline.at - times.opened.at) // _SECOND)
            return TakenOver(department, limit, IMPORTED_LIMIT)
        assert self.mapping.if_empty is not None, "rows without a deadline are refused"
        return TakenOver(department, self.mapping.if_empty, self.mapping.empty_rule)

"""Whom and what a step can be given, best first, and what is chosen before anybody chooses."""

from collections.abc import Iterable, Sequence

from ui.case_form.draft import Draft
from ui.case_form.step_needs import ASSIGNS, takes
from workflow.catalog import FilingCondition
from workflow.ids import DepartmentId, PersonId
from workflow.queries import CaseFile, Suggestion
from workflow.settings import Authorisation
from workflow.transitions import Need, Transition


def suggestions(file: CaseFile, row: Transition, need: Need) -> Sequence[Suggestion]:
    """The departments, centers or people to choose from; none where the step takes none."""
    if not takes(row, need):
        return ()
    match need:
        case Need.DEPARTMENT | Need.CO_DEPARTMENTS:
            return file.departments
        case Need.UNIT:
            return file.units
        case Need.COLLECTOR:
            return file.collectors
        case Need.PERSON:
            return file.handlers if row.operation == ASSIGNS else file.colleagues
        case _:
            return ()


def authorisations(file: CaseFile, row: Transition) -> Sequence[Authorisation]:
    """The standing rules that speak of this step; those that are used up today come last."""
    if not takes(row, Need.AUTHORISATION):
        return ()
    fitting = [one for one in file.authorisations if one.operation == row.operation]
    return sorted(fitting, key=lambda one: left_today(file, one) <= 0)


def left_today(file: CaseFile, rule: Authorisation) -> int:
    """How often an authorisation may still be used today."""
    return rule.per_day - file.used_today.get(rule.id, 0)


def choose_recommended(
    draft: Draft, file: CaseFile, rows: Iterable[Transition], conditions: Sequence[FilingCondition]
) -> None:
    """Take the first suggestion where nothing valid is chosen; a lone condition likewise.

    Dates, limits, helpers and other cases are for the operator to say.
    """
    for row in rows:
        if people := suggestions(file, row, Need.DEPARTMENT):
            draft.department_id = DepartmentId(_kept(draft.department_id, people))
        if people := suggestions(file, row, Need.UNIT):
            draft.unit_id = DepartmentId(_kept(draft.unit_id, people))
        if people := suggestions(file, row, Need.COLLECTOR):
            draft.collector_id = PersonId(_kept(draft.collector_id, people))
        if people := suggestions(file, row, Need.PERSON):
            draft.person_id = PersonId(_kept(draft.person_id, people))
        rules = authorisations(file, row)
        if rules and draft.authorisation_id not in [one.id for one in rules]:
            draft.authorisation_id = rules[0].id if left_today(file, rules[0]) > 0 else None
    _choose_condition(draft, file, conditions)


def _kept(chosen: int | None, people: Sequence[Suggestion]) -> int:
    """What is chosen, if it is still offered, else the first."""
    return next((one.id for one in people if one.id == chosen), people[0].id)


def _choose_condition(draft: Draft, file: CaseFile, conditions: Sequence[FilingCondition]) -> None:
    known = [condition.id for condition in conditions]
    if draft.condition_id not in known:
        draft.condition_id = file.case.condition_id
    if draft.condition_id not in known:
        draft.condition_id = known[0] if len(known) == 1 else None

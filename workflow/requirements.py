"""What a report or a move must bring along before it is looked at any further."""

from collections.abc import Callable

from workflow.case import PhotoUsage, Place
from workflow.commands import Move, Report
from workflow.errors import NotAllowed, OutsideCity, RequirementMissing
from workflow.transitions import Need, Transition

SELF_HANDLED = "selfHandle"

MISSING = {
    Need.OPINION: "{operation} of case {number} needs an opinion; write the reason.",
    Need.CONDITION: "{operation} of case {number} needs a filing condition; "
    "choose the one that the case meets.",
    Need.DEPARTMENT: "{operation} of case {number} needs a department; "
    "choose who is to handle the case.",
    Need.COLLECTOR: "{operation} of case {number} needs a collector; choose who is to go there.",
    Need.PHOTO: "{operation} of case {number} needs a photo; "
    "add at least one that shows the place.",
    Need.LIMIT: "{operation} of case {number} needs a time limit; set how long it may take.",
    Need.CO_DEPARTMENTS: "{operation} of case {number} needs a department that helps; "
    "choose at least one.",
    Need.UNIT: "{operation} of case {number} needs a center; "
    "choose whose dispatchers are to go on.",
    Need.PERSON: "{operation} of case {number} needs a person; choose who is to do it.",
    Need.UNTIL: "{operation} of case {number} needs a review date; "
    "choose the day on which it is looked at again.",
    Need.MASTER: "{operation} of case {number} needs another case; choose the one that was first.",
    Need.AUTHORISATION: "{operation} of case {number} needs an authorisation; "
    "choose the rule that allows it.",
    Need.AMENDMENT: "{operation} of case {number} needs what is to be put right; "
    "change the class or the text.",
    Need.TIER: "{operation} of case {number} needs a tier; choose A, B or C.",
}
BOTH_SIDES = frozenset({PhotoUsage.REPORT, PhotoUsage.AFTER})
"""A report of something put right on the spot shows it before and after (自行处置)."""


def refuse_incomplete_report(report: Report, row: Transition) -> None:
    """Raises OutsideCity or RequirementMissing for what the report does not say."""
    refuse_outside(report.place)
    if not report.source.strip():
        raise RequirementMissing(
            "{operation} needs a source; choose where the report comes from.", operation=row.name
        )
    if not report.description.strip():
        raise RequirementMissing(
            "{operation} needs a description; write what there is to see.", operation=row.name
        )
    if Need.PHOTO in row.needs and not report.photos:
        raise RequirementMissing(
            "{operation} needs a photo; add at least one that shows the place.", operation=row.name
        )
    if row.operation == SELF_HANDLED and not {one.usage for one in report.photos} >= BOTH_SIDES:
        raise RequirementMissing(
            "{operation} needs two photos: one from before and one from after.", operation=row.name
        )


def refuse_outside(place: Place) -> None:
    """Raises OutsideCity for a place in no unit cell."""
    if not place.cell_code:
        raise OutsideCity(
            "The place at {lon}, {lat} lies in no unit cell of this city; choose a point inside.",
            lon=place.lon,
            lat=place.lat,
        )


def refuse_incomplete_move(move: Move, row: Transition, number: str) -> None:
    """Raises RequirementMissing for what the move lacks, NotAllowed for photos not asked for."""
    for need in Need:
        if need in row.needs and not _is_given(need, move):
            raise RequirementMissing(MISSING[need], operation=row.name, number=number)
    if move.photos and not row.photo_usage:
        raise NotAllowed(
            "{operation} of case {number} takes no photos; "
            "add them at the report, the feedback or the check.",
            operation=row.name,
            number=number,
        )
    for need, is_given in _CHOICES.items():
        if need not in row.needs | row.takes and is_given(move):
            raise NotAllowed(_SUPERFLUOUS[need], operation=row.name, number=number)


def _is_given(need: Need, move: Move) -> bool:
    return _GIVEN[need](move)


_CHOICES: dict[Need, Callable[[Move], bool]] = {
    Need.LIMIT: lambda move: move.limit is not None,
    Need.CO_DEPARTMENTS: lambda move: bool(move.co_department_ids),
    Need.UNIT: lambda move: move.unit_id is not None,
    Need.AMENDMENT: lambda move: move.amendment is not None,
    Need.UNTIL: lambda move: move.until is not None,
}
_GIVEN: dict[Need, Callable[[Move], bool]] = {
    **_CHOICES,
    Need.OPINION: lambda move: bool(move.opinion.strip()),
    Need.CONDITION: lambda move: move.condition_id is not None,
    Need.DEPARTMENT: lambda move: move.department_id is not None,
    Need.COLLECTOR: lambda move: move.collector_id is not None,
    Need.PHOTO: lambda move: bool(move.photos),
    Need.PERSON: lambda move: move.person_id is not None,
    Need.MASTER: lambda move: move.master_id is not None,
    Need.AUTHORISATION: lambda move: move.authorisation_id is not None,
    Need.TIER: lambda move: bool(move.time_tier),
}
_SUPERFLUOUS = {
    Need.LIMIT: "{operation} of case {number} sets no time limit; leave it out.",
    Need.CO_DEPARTMENTS: "{operation} of case {number} asks no other department for help; "
    "leave them out.",
    Need.UNIT: "{operation} of case {number} goes to no center; leave it out.",
    Need.AMENDMENT: "{operation} of case {number} puts nothing right in the report; "
    "leave it as it is.",
    Need.UNTIL: "{operation} of case {number} has no review date; leave it out.",
}
